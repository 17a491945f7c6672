"""Colons and dashes that attribute: "Rama: it was Iran", "It was Iran: Rama", "MODERATOR: Good evening."."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.case import Page
from sayso.detect import lexicon
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.speech import Piece, touched
from sayso.detect.attribution.tree import DASHES, Tree
from sayso.records import Manner, PartKind, Stance

LONGEST = 6  # tokens: a longer label before a colon is a clause
SOURCES = ("person", "document", "poll", "medium")
LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})


def colon(page: Page, tree: Tree, taken: set[int], quoted: list[Piece]) -> Iterator[Find]:
    """A name set off by a colon in a headline, speaker labels of a transcript, and names beside bare quotations.

    Only names (or, in a transcript, capitals) count, and only where the other side has a verb: "Update:
    the bridge is shut" has no name, "Tessel: a portrait" no verb. `taken` are tokens other cues hold.
    """
    at = 0
    for n, part in enumerate(page.document.parts):
        while at < len(tree.text) and tree.parse.part[at] < n:
            at += 1
        after = at
        while after < len(tree.text) and tree.parse.part[after] == n:
            after += 1
        marks = [t for t in range(at, after) if tree.text[t] == ":"]
        if marks:
            free = len(marks) == 1 and taken.isdisjoint(range(at, after))
            found = _label(tree, at, marks[0], after, part.kind is PartKind.HEADLINE and free)
            if found is not None:
                yield found
        inside = touched(quoted, {at, after - 1}) if after > at else []
        yield from (f for piece in inside if (f := _beside(page, tree, piece, range(at, after), taken)))
        at = after


def _beside(page: Page, tree: Tree, piece: Piece, bounds: range, taken: set[int]) -> Find | None:
    """ "In a statement, the firm: 'We regret this.'" and "'No comment.' - Ministry spokesman"."""
    first, after = bounds.start, bounds.stop
    if taken & piece.tokens:
        return None
    if piece.first - 1 > first and tree.text[piece.first - 1] == ":":
        left = range(
            max((t + 1 for t in range(first, piece.first - 1) if tree.text[t] in (",", ".")), default=first),
            piece.first - 1,
        )
        return _speaker(tree, piece.first - 1, set(left), piece)
    if piece.after < after and tree.text[piece.after] in DASHES:
        return _speaker(tree, piece.after, set(range(piece.after + 1, _line(page, tree, piece.after, after))), piece)
    return None


def _line(page: Page, tree: Tree, first: int, after: int) -> int:
    """The token behind the line that holds `first`, at most `after`: the next quotation may open the next line."""
    parse, text = tree.parse, page.document.text
    return next((t for t in range(first + 1, after) if "\n" in text[parse.end[t - 1] : parse.start[t]]), after)


def _speaker(tree: Tree, mark: int, name: set[int], piece: Piece) -> Find | None:
    name = {t for t in name if tree.pos[t] != "PUNCT"}
    nominal = any(tree.pos[t] in ("NOUN", "PROPN", "PRON") for t in name)
    if not nominal or len(name) > 2 * LONGEST or any(tree.pos[t] in ("VERB", "AUX") for t in name):
        return None
    piece.taken = True
    return Find(mark, "colon", Manner.SAID, Stance.NEUTRAL, {mark}, [name], piece.tokens, speech=True)


def _label(tree: Tree, first: int, mark: int, after: int, headline: bool) -> Find | None:
    left, right = set(range(first, mark)), set(range(mark + 1, after))
    capitals = bool(left) and all(tree.text[t].isupper() for t in left if tree.text[t].isalpha())
    capitals = capitals and any(len(tree.text[t]) > 2 and tree.text[t].isalpha() for t in left)
    if right and len(left) <= LONGEST and capitals:
        return transcript(mark, left, right)
    if right and len(left) <= LONGEST and headline and _named(tree, left) and _clause(tree, right):
        return _make(mark, left, right)
    if headline and left and 0 < len(right) <= LONGEST and _named(tree, right) and _clause(tree, left):
        return _make(mark, right, left)
    return None


def transcript(mark: int, source: set[int], content: set[int]) -> Find:
    """ "MODERATOR: Good evening.": a label in capitals before a colon says what follows in its paragraph."""
    return Find(mark, "transcript", Manner.SAID, Stance.NEUTRAL, {mark}, [source], content)


def _make(mark: int, source: set[int], content: set[int]) -> Find:
    return Find(mark, "colon", Manner.SAID, Stance.NEUTRAL, {mark}, [source], content)


def _named(tree: Tree, tokens: set[int]) -> bool:
    """Whether the words are a name with its title, or people or papers: "Two officials", "Report"."""
    proper = [t for t in tokens if tree.pos[t] == "PROPN"]
    if any(tree.pos[t] in ("VERB", "AUX") for t in tokens):
        return False
    source = any(tree.lemma[t].lower() in lexicon.terms(kind) for t in tokens for kind in SOURCES)
    return source or any(tree.parse.ent[t] in LABELS for t in proper) or len(proper) == len(tokens)


def _clause(tree: Tree, tokens: set[int]) -> bool:
    return any(tree.pos[t] in ("VERB", "AUX") for t in tokens)
