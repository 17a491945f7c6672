"""The exact characters of a content, and whose words they are."""

from __future__ import annotations

from sayso.case import Page
from sayso.detect.attribution.speech import Piece, touched
from sayso.detect.attribution.tree import Tree
from sayso.records import Span, Wording


def spans(page: Page, tree: Tree, tokens: set[int], quoted: list[Piece]) -> tuple[Span, ...]:
    """Content tokens as Spans: quotation marks go with all the words they enclose, loose ends are trimmed."""
    if not tokens:
        return ()
    tokens = set(tokens)
    for piece in touched(quoted, tokens):
        low, high = piece.first, piece.after - 1
        closed = not tree.text[high].strip("\"'”’»")
        if low + 1 in tokens and (high - 1 in tokens or not closed):
            tokens |= {low, high} if closed else {low}
    ranges = [(a, b) for a, b in tree.spans(tokens) if page.document.text[a:b].strip("\"'“”‘’«»`.,;:!?-–— ")]
    return tuple(Span(page.document.id, a, b) for a, b in ranges)


def wording(tokens: set[int], quoted: list[Piece], words: set[int]) -> Wording:
    """Direct where all words stand in quotation marks, mixed where some do."""
    inside = set().union(*(p.tokens for p in touched(quoted, tokens))) & tokens & words
    mine = tokens & words
    if mine and len(inside) >= 0.9 * len(mine):
        return Wording.DIRECT
    return Wording.MIXED if inside else Wording.INDIRECT
