"""Pairs of documents that share text: found by the index, aligned word by word, judged passage by passage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from sayso.link.reuse import stock
from sayso.link.reuse.align import Aligned, align
from sayso.link.reuse.index import FEW, Index, Look, Shared
from sayso.link.reuse.judge import reused
from sayso.link.reuse.words import Words

BATCH = 2000  # documents looked up together
DENSE = 0.2  # of the shingles of one sentence: the share that few shared ones must have


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents (numbers; the left has the lesser id) that share passages; `sizes` are the words of each."""

    left: int
    right: int
    sizes: tuple[int, int]
    passages: tuple[Aligned, ...]


@dataclass(frozen=True)
class Text:
    """A document's words with what of them is stock; made once a document, not once a pair."""

    number: int
    words: Words
    index: stock.Stocked

    @property
    def look(self) -> Look:
        """What the index is asked for."""
        return Look(self.number, *self.words.shingles)

    @cached_property
    def furniture(self) -> stock.Flags:
        """For each word whether its sentence is furniture."""
        return stock.furniture(self.words)

    @cached_property
    def stock(self) -> stock.Flags:
        """For each word whether its sentence is furniture or stands in many documents."""
        return self.furniture | stock.common(self.words, self.index)


def candidates(numbers: Collection[int], text: Callable[[int], Text], index: Index) -> Iterator[Shared]:
    """What each of these documents shares with any other, seen from the one with the lesser id, once a pair.

    A pair found from the other side is looked at again from this one, so that the answer does not depend on which
    of the two came later.
    """
    known = frozenset(numbers)
    again: dict[int, set[int]] = {}
    for shared in _looked_up(known, text, index):
        if index.entry(shared.number).id < index.entry(shared.other).id:
            yield from _close(shared)
        elif shared.other in known:
            continue  # seen from the other side as well
        elif shared.rare >= FEW or shared.everywhere:
            yield replace(shared, number=shared.other, other=shared.number)
        else:
            again.setdefault(shared.other, set()).add(shared.number)
    for shared in _looked_up(again, text, index):
        if shared.other in again[shared.number]:
            yield from _close(shared)


def _looked_up(numbers: Collection[int], text: Callable[[int], Text], index: Index) -> Iterator[Shared]:
    """What the index says of each document, some at a time."""
    ordered = sorted(numbers)
    for at in range(0, len(ordered), BATCH):
        yield from index.shared([text(number).look for number in ordered[at : at + BATCH]])


def compare(found: Iterable[Shared], text: Callable[[int], Text]) -> Iterator[Pair]:
    """The pairs among those worth a look that reuse text, with their passages."""
    for shared in found:
        left, right = text(shared.number), text(shared.other)
        passages = reused(left.words, right.words, align(left.words, right.words))
        if passages:  # mostly not; only then what is stock is looked up
            # Where the text itself was printed everywhere, that it is common is no sign of stock: only furniture is.
            flags = (left.furniture, right.furniture) if shared.everywhere else (left.stock, right.stock)
            passages = reused(left.words, right.words, stock.told(left.words, right.words, passages, flags))
        if passages:
            yield Pair(shared.number, shared.other, (len(left.words), len(right.words)), tuple(passages))


def _close(shared: Shared) -> Iterator[Shared]:
    """The pair, unless the little that it shares is strewn over long sentences, as chance is."""
    if shared.rare >= FEW or shared.everywhere or shared.dense >= DENSE:
        yield shared
