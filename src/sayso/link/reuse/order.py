"""In which order pairs of documents are compared: so that few texts are wanted at a time, however many there are."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from sayso.link.reuse.index import FEW, Shared


class Families:
    """Documents (numbers) that hang together by pairs, directly or through others; a family is named by its least."""

    def __init__(self) -> None:
        self._above = array("I")  # by number; a number of itself is the least of its family

    def join(self, one: int, other: int) -> None:
        """Make one family of those of two documents."""
        self._above.extend(range(len(self._above), max(one, other) + 1))
        one, other = self.head(one), self.head(other)
        self._above[max(one, other)] = min(one, other)

    def head(self, number: int) -> int:
        """The least document of a document's family."""
        above = self._above
        if number >= len(above):
            return number
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number


def together(found: Iterable[Shared]) -> tuple[list[Shared], Families]:
    """The pairs in the order in which they are compared, and the families of documents with much in common.

    Families are small, a story and its copies: their pairs go family by family. Pairs of two families that have
    little in common go by the widest shingle that they share, which at most `COMMON` documents hold.
    """
    pairs, families = list(found), Families()
    for pair in pairs:
        if pair.rare >= FEW or pair.everywhere:
            families.join(pair.number, pair.other)
    return sorted(pairs, key=lambda pair: _place(pair, families)), families


def _place(pair: Shared, families: Families) -> tuple[int, int, int, int]:
    one, other = families.head(pair.number), families.head(pair.other)
    return (0, one, pair.number, pair.other) if one == other else (1, pair.widest, pair.number, pair.other)
