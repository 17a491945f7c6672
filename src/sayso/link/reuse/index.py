"""The shingles of all documents as sorted arrays: which documents share some, and which shingles are common.

A posting is one number: the upper 40 bits of a shingle's hash and the number of a document (24 bits). A segment is a
sorted array of postings. Two shingles fall together by chance once in some 30,000 look-ups among 30 million; the
alignment sees that nothing is shared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sayso.link.reuse.words import Hashes, Ints

BITS = 24
COMMON = 48  # documents; a shingle in more of them is stock, or stands in a text that was printed everywhere
ANCHORS = 8  # of the documents with a common shingle, the earliest: the others are compared with these alone
LEAST = 3  # shared shingles of a pair worth aligning; fewer are mostly chance
FEW = 8  # shared shingles below which they must lie close together
NEARLY = 0.3  # of the longer document's shingles, common ones: worth aligning though nothing shared is rare
STRETCH = 1 << 20  # postings looked at together
_NUMBER = np.uint64((1 << BITS) - 1)
ABOVE = ~_NUMBER  # the part of a posting that is the shingle

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index knows of a document: its `id`, how many shingles it has, when and by whom it was published.

    `mark` sums the shingles, so that a text that is not the one indexed is noticed.
    """

    id: str
    size: int
    published: str
    publisher: str = ""
    mark: int = 0

    @property
    def order(self) -> tuple[str, str]:
        """Its place in time; undated ones come last."""
        return self.published or "9", self.id


Ranges = list[tuple[Ints, Ints]]  # for each segment where the postings of each shingle begin and end


@dataclass(frozen=True, slots=True)
class Look:
    """A document to look up: its number, its distinct shingles, the sentence of each and how many that sentence has."""

    number: int
    shingles: Hashes
    sentence: Ints
    among: Ints


@dataclass(frozen=True, slots=True)
class Shared:
    """What the document looked up shares with another: how many rare shingles.

    Where these are fewer than `FEW`: `dense` is the greatest share that they have of the shingles of one of its
    sentences, `widest` the one of them that most documents hold; else both are 0. All but `dense` is the same seen
    from the other. `everywhere`: both are texts that many documents hold, by their common shingles.
    """

    number: int
    other: int
    rare: int
    dense: float
    everywhere: bool
    widest: int = 0


def postings(shingles: Iterable[tuple[int, Hashes]]) -> Hashes:
    """One segment of the shingles of some documents, given with their numbers."""
    parts = [(hashes & ABOVE) | np.uint64(number) for number, hashes in shingles]
    return merged([*parts, np.zeros(0, np.uint64)])


def merged(segments: Sequence[Hashes]) -> Hashes:
    """Segments as one."""
    if len(segments) == 1:
        return segments[0]
    whole = np.concatenate(segments)
    whole.sort(kind="stable")  # in place: the postings of a large case are most of its memory
    return whole


def without(segment: Hashes, numbers: Iterable[int]) -> Hashes:
    """A segment less the postings of some documents."""
    return segment[~held(segment, numbers)]


def held(segment: Hashes, numbers: Iterable[int]) -> Flags:
    """Which postings of a segment are of these documents."""
    return np.isin(segment & _NUMBER, np.array(sorted(numbers), dtype=np.uint64))


def repeated(segment: Hashes, often: int) -> Hashes:
    """The shingles, without the numbers, that stand in a segment at least so often."""
    found = []
    for at in range(0, len(segment), STRETCH):
        shingles = segment[at : at + STRETCH + often - 1] & ABOVE
        ends = shingles[often - 1 :]
        found.append(np.unique(ends[ends == shingles[: len(ends)]]))
    return np.unique(np.concatenate(found)) if found else np.zeros(0, np.uint64)


def held_in(sorted_values: Hashes, values: Hashes) -> Flags:
    """Whether each value stands among sorted ones."""
    at = np.searchsorted(sorted_values, values)
    inside = at < len(sorted_values)
    inside[inside] = sorted_values[at[inside]] == values[inside]
    return inside


class Index:
    """Postings in segments, looked up by shingle; `entry` says what is known of a document, by its number."""

    def __init__(
        self, segments: Sequence[Hashes], entry: Callable[[int], Entry], ranks: Callable[[], Ints] | None = None
    ) -> None:
        self._segments = [segment for segment in segments if len(segment)]
        self.entry = entry
        self._ranks = ranks or (lambda: np.zeros(0, np.int64))
        self._anchors: dict[int, frozenset[int]] = {}

    @cached_property
    def ranks(self) -> Ints:
        """The place in time of each document, by its number."""
        return self._ranks()

    def counts(self, hashes: Hashes) -> Ints:
        """In how many documents each shingle stands."""
        return _total(self._ranges(hashes), len(hashes))

    @cached_property
    def commons(self) -> Hashes:
        """The common shingles, sorted, without the numbers.

        They are few: whoever asks of one text after another looks here, not in all postings, where each look costs
        the more the larger the case is.
        """
        # A shingle in more than COMMON documents stands in one segment so often at least.
        often = COMMON // max(len(self._segments), 1) + 1
        found = [repeated(segment, often) for segment in self._segments]
        candidates = np.unique(np.concatenate(found)) if found else np.zeros(0, np.uint64)
        return candidates[self.counts(candidates) > COMMON]

    def common(self, hashes: Hashes) -> Flags:
        """Whether each shingle is common."""
        return held_in(self.commons, hashes & ABOVE)

    def documents(self, shingle: np.uint64) -> list[int]:
        """The numbers of the documents that hold a shingle, sorted."""
        found = [
            segment[low[0] : high[0]]
            for segment, (low, high) in zip(self._segments, self._ranges(np.array([shingle])), strict=True)
        ]
        return sorted((np.concatenate(found) & _NUMBER).tolist()) if found else []

    def anchors(self, shingle: np.uint64) -> frozenset[int]:
        """The earliest documents that hold a common shingle."""
        key = int(shingle & ABOVE)
        if key not in self._anchors:
            found = np.array(self.documents(shingle))
            self._anchors[key] = frozenset(found[np.argsort(self.ranks[found])[:ANCHORS]].tolist())
        return self._anchors[key]

    def shared(self, looks: Sequence[Look]) -> Iterator[Shared]:
        """What each document looked up shares with any other, where that is enough for a closer look; sorted.

        Enough are `LEAST` rare shingles, or common ones that make up `NEARLY` of the longer document. For common
        shingles only the pairs with an anchor are seen: a text printed a thousand times costs thousands of pairs,
        not a million.
        """
        if not looks:
            return
        owner = np.repeat(np.arange(len(looks)), [len(look.shingles) for look in looks])
        hashes = np.concatenate([look.shingles for look in looks])
        order = np.argsort(hashes)  # sorted keys are looked up five times as fast
        ranges = self._ranges(hashes[order])
        counts = _total(ranges, len(hashes))
        rare = self._rare(looks, owner, order, ranges)
        common = self._anchored(looks, owner[order[counts > COMMON]], hashes[order[counts > COMMON]])
        for key in sorted(rare.keys() | common.keys()):
            number, other = looks[key >> 32].number, key & 0xFFFFFFFF
            few, dense, widest = rare.get(key, (0, 0.0, 0))
            many = common.get(key, 0)
            everywhere = bool(many) and many >= NEARLY * max(len(looks[key >> 32].shingles), self.entry(other).size)
            if few >= LEAST or everywhere:
                yield Shared(number, other, few, dense, everywhere, widest)

    def _rare(
        self, looks: Sequence[Look], owner: Ints, order: Ints, ranges: Ranges
    ) -> dict[int, tuple[int, float, int]]:
        """For each pair with `LEAST` rare shingles how many, and where these are few how dense and the widest."""
        counts = _total(ranges, len(order))
        wanted = (counts > 1) & (counts <= COMMON)
        keys, places = self._matches(looks, owner, order[wanted], [(low[wanted], high[wanted]) for low, high in ranges])
        pairs, inverse, number = np.unique(keys, return_inverse=True, return_counts=True)
        few = (number >= LEAST) & (number < FEW)
        kept = few[inverse]
        pair, place = inverse[kept], places[kept]
        held = np.zeros(len(order), np.int64)
        held[order] = counts
        sentence = np.concatenate([look.sentence for look in looks])[place]
        among = np.concatenate([look.among for look in looks])[place]
        dense = _densest(pair, sentence, among, len(pairs))
        widest = _widest(pair, held[place], np.concatenate([look.shingles for look in looks])[place], len(pairs))
        enough = number >= LEAST
        found = zip(number[enough].tolist(), dense[enough].tolist(), widest[enough].tolist(), strict=True)
        return dict(zip(pairs[enough].tolist(), found, strict=True))

    def _matches(self, looks: Sequence[Look], owner: Ints, places: Ints, ranges: Ranges) -> tuple[Hashes, Ints]:
        """For every shared shingle the pair, packed, and where it stands among all shingles looked up."""
        numbers = np.array([look.number for look in looks])
        keys, found = [], []
        for segment, (low, high) in zip(self._segments, ranges, strict=True):
            count = high - low
            inner = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
            others = segment[np.repeat(low, count) + inner] & _NUMBER
            place = np.repeat(places, count)
            apart = others != numbers[owner[place]].astype(np.uint64)
            keys.append((owner[place[apart]].astype(np.uint64) << np.uint64(32)) | others[apart])
            found.append(place[apart])
        return np.concatenate(keys), np.concatenate(found)

    def _anchored(self, looks: Sequence[Look], owner: Ints, hashes: Hashes) -> Counter[int]:
        """Shared common shingles of which one document is an anchor, for documents that are mostly common."""
        places, counts = np.unique(owner, return_counts=True)
        sizes = zip(places.tolist(), counts.tolist(), strict=True)
        mostly = {place for place, count in sizes if count >= NEARLY * len(looks[place].shingles)}
        found: Counter[int] = Counter()
        for place, shingle in zip(owner.tolist(), hashes, strict=True):
            if place in mostly:
                number, anchors = looks[place].number, self.anchors(shingle)
                others = self.documents(shingle) if number in anchors else anchors
                found.update((place << 32) | other for other in others if other != number)
        return found

    def _ranges(self, hashes: Hashes) -> Ranges:
        first, after = hashes & ABOVE, hashes | _NUMBER
        return [(np.searchsorted(s, first, "left"), np.searchsorted(s, after, "right")) for s in self._segments]


def _total(ranges: Ranges, length: int) -> Ints:
    return sum((high - low for low, high in ranges), np.zeros(length, np.int64))


def _widest(pair: Ints, held: Ints, shingles: Hashes, count: int) -> Hashes:
    """For each pair the shingle among its matches that most documents hold, the greatest of several."""
    widest = np.zeros(count, np.uint64)
    order = np.lexsort((shingles, held, pair))
    widest[pair[order]] = shingles[order] & ABOVE  # the last one written stays
    return widest


def _densest(pair: Ints, sentence: Ints, among: Ints, count: int) -> NDArray[np.float64]:
    """For each pair the greatest share of one sentence's shingles among its matches."""
    dense = np.zeros(count)
    if len(pair):
        order = np.lexsort((sentence, pair))
        pair, sentence, among = pair[order], sentence[order], among[order]
        first = np.flatnonzero(np.concatenate(([True], (np.diff(pair) != 0) | (np.diff(sentence) != 0))))
        share = np.diff(np.concatenate((first, [len(pair)]))) / np.maximum(among[first], 1)
        np.maximum.at(dense, pair[first], share)
    return dense
