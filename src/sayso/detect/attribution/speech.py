"""Direct speech meets cues: which quotation belongs to which Find."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree
from sayso.records import Quotation
from sayso.text import Tokens

FEW = 4  # words: a shorter quotation is a scare quote or a title unless a cue takes it as its content
NEAR = 14  # tokens between a cue and the quotation it takes ("said on Tuesday in the port of X:")


@dataclass(slots=True)
class Piece:
    """A quotation in tokens `[first, after)`, marks included."""

    first: int
    after: int
    speech: int
    part: int
    opens: bool  # stands at the start of a sentence, so it can be speech of its own
    whole: bool  # fills its paragraph
    taken: bool = False

    @property
    def tokens(self) -> set[int]:
        return set(range(self.first, self.after))

    @property
    def long(self) -> bool:
        return self.after - self.first - 2 >= FEW or self.whole


def pieces(tree: Tree, quotations: Sequence[Quotation]) -> list[Piece]:
    """The quotations that hold tokens, as Pieces in text order."""
    parse = tree.parse
    tokens = Tokens(parse.start, parse.end)
    out = []
    for quotation in quotations:
        inside = tokens.within(quotation.span.start, quotation.span.end)
        if inside:
            before = inside.start - 1
            opens = before < 0 or parse.part[before] != parse.part[inside.start] or tree.text[before] in _ENDS
            fills = (before < 0 or parse.part[before] != parse.part[inside.start]) and (
                inside.stop == len(parse) or parse.part[inside.stop] != parse.part[inside.start]
            )
            out.append(Piece(inside.start, inside.stop, quotation.speech, parse.part[inside.start], opens, fills))
    return out


def touched(quoted: Sequence[Piece], tokens: set[int]) -> Sequence[Piece]:
    """The Pieces between the first and the last of some tokens."""
    low = bisect.bisect_right(quoted, min(tokens), key=lambda piece: piece.after)
    high = bisect.bisect_right(quoted, max(tokens), key=lambda piece: piece.first)
    return quoted[low:high]


_ENDS = frozenset({".", "!", "?", ":", "”", '"', "''", "…"})


def attach(tree: Tree, finds: list[Find], quoted: list[Piece], headings: set[int]) -> list[Find]:
    """Give every quotation that is speech to its cue; Finds that end without content are left out.

    `headings` are the parts that are headlines: a quotation there is nobody's running speech.
    """
    home = {t: n for n, piece in enumerate(quoted) for t in range(piece.first, piece.after)}
    for found in finds:
        _whole(found, quoted, home)
    for found in finds:
        if not found.content and found.speech and found.head not in home:
            _ = speech_before(tree, found, quoted) or speech_after(tree, found, quoted)
    kept = [f for f in finds if f.content]
    speakers = _speakers(kept, home)
    for n, piece in enumerate(quoted):
        if not piece.taken and piece.part not in headings:
            last = bisect.bisect_left(speakers, piece.first, key=lambda f: f.head) - 1
            if last >= 0:
                _ = _split(tree, piece, speakers[last]) or _continued(tree, piece, speakers[last], quoted[:n][-1:])
    return kept


def speech_before(tree: Tree, found: Find, quoted: list[Piece]) -> bool:
    """ "'We ran. Nobody helped,' Lina recalled": the quotation right before a cue that has no other content."""
    low = min(found.cue | found.source | found.addressee)
    n = bisect.bisect_right(quoted, low, key=lambda piece: piece.after) - 1
    if n < 0 or quoted[n].taken or low - quoted[n].after > 2:
        return False
    if any(tree.pos[t] != "PUNCT" for t in range(quoted[n].after, low)):
        return False
    return _take(found, quoted, n, "speech_before")


def speech_after(tree: Tree, found: Find, quoted: list[Piece]) -> bool:
    """ "Lina said on Tuesday: 'We ran.'": the quotation that a cue without other content leads to."""
    high = max(found.cue | found.source | found.addressee)
    n = bisect.bisect_right(quoted, high, key=lambda piece: piece.first)
    if n == len(quoted) or quoted[n].taken or quoted[n].first - high > NEAR or not _leads(tree, high, quoted[n]):
        return False
    return _take(found, quoted, n, "speech_after")


def _take(found: Find, quoted: list[Piece], n: int, rule: str) -> bool:
    quoted[n].taken = True
    found.content |= quoted[n].tokens
    found.rule = rule
    _earlier(found, quoted, n)
    return True


def _speakers(finds: list[Find], home: dict[int, int]) -> list[Find]:
    """Finds that running speech may go to, by place: with a source, outside quotations and others' contents."""
    held = {t: n for n, found in enumerate(finds) for t in found.content}
    return [
        f for n, f in enumerate(finds) if f.speech and f.sources and f.head not in home and held.get(f.head, n) == n
    ]


def _whole(found: Find, quoted: list[Piece], home: dict[int, int]) -> None:
    """Stretch content to the quotations it touches; what is cued inside a quotation stays inside."""
    at = home.get(found.head)
    if at is not None:
        found.content &= quoted[at].tokens
        return
    stray = {t for t in found.cue if t in home}  # "'Probably not,' she said": the parser gives her the "not"
    found.cue -= stray
    found.negated = found.negated and not stray
    for n in {home[t] for t in found.content if t in home}:
        piece = quoted[n]
        if not found.cue & piece.tokens:
            piece.taken = True
            found.content |= piece.tokens - found.source
            if found.speech:
                _earlier(found, quoted, n)


def _earlier(found: Find, quoted: list[Piece], n: int) -> None:
    """Pieces of the same speech in the paragraphs before belong to the cue that ends it."""
    while n > 0 and quoted[n - 1].speech == quoted[n].speech and not quoted[n - 1].taken:
        n -= 1
        quoted[n].taken = True
        found.content |= quoted[n].tokens


def _leads(tree: Tree, high: int, piece: Piece) -> bool:
    """Whether what stands between a cue and a quotation behind it lets the cue take it."""
    gap = range(high + 1, piece.first)
    part = tree.parse.part
    if part[high] != piece.part:
        return part[piece.first] == part[high] + 1 and piece.opens and any(tree.text[t] in (":", ",") for t in gap[-1:])
    same = tree.parse.sent[high] == tree.parse.sent[piece.first]
    return not gap or tree.text[gap[-1]] in (":", ",") or (same and not any(tree.pos[t] == "VERB" for t in gap))


def _split(tree: Tree, piece: Piece, found: Find) -> bool:
    """ "'We waited,' Amir said, 'but no one came.'": the second half right behind the cue."""
    last = max(found.cue | found.source)
    behind = last < piece.first and all(tree.pos[t] == "PUNCT" for t in range(last + 1, piece.first))
    if not behind or min(found.content) > found.head:
        return False
    piece.taken = True
    found.content |= piece.tokens
    return True


def _continued(tree: Tree, piece: Piece, found: Find, before: list[Piece]) -> bool:
    """Speech without a cue of its own goes to the speaker before it: same speech, paragraph, or the one before."""
    if not piece.opens or not piece.long:
        return False
    part = tree.parse.part
    first = piece.first == 0 or part[piece.first - 1] != piece.part
    near = part[found.head] == piece.part or (first and piece.first > 0 and part[found.head] == part[piece.first - 1])
    if not near and not any(b.speech == piece.speech and b.first in found.content for b in before):
        return False
    piece.taken = True
    found.content |= piece.tokens
    found.note = found.note or "speech without a cue of its own goes to the speaker before it"
    return True
