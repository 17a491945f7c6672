"""Which causes and effects are one happening: by the clusters of events, by the events, else by their words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sayso.records import Span, make_id

End = tuple[tuple[Span, ...], tuple[str, ...], str]  # spans, events in them, words
MOST = 40  # happenings that one word may point to; a commoner one says nothing of which is meant
CLOSE = 0.7  # of the words of the shorter telling, those that the longer one has to share
_WORD = re.compile(r"[^\W_]{3,}")


@dataclass(frozen=True, slots=True)
class Happening:
    """One happening: the ends (numbers of causes and effects) that tell of it, and why they are taken for one."""

    id: str
    ends: tuple[int, ...]
    spans: tuple[Span, ...]
    events: tuple[str, ...]
    tellings: tuple[str, ...]
    joined: str


def happenings(ends: Sequence[End], clusters: Mapping[str, str]) -> list[Happening]:
    """The happenings that `ends` tell of, in order of their first telling.

    Two ends are one where they hold the same event or events of one cluster; where no event is known of one of them,
    if they share two words or more and seven tenths of the shorter one's, words being compared by how they begin; or
    if, in one document, one is a bare noun ("the expulsion") that the other holds. A cause never joins its effect.
    """
    sets = _Sets(len(ends))  # the first half of the ends are causes, the second their effects
    by_event: dict[str, int] = {}
    for number, (_, events, _) in enumerate(ends):
        for event in events[:1]:  # the first is what the words are about; others stand inside it
            sets.join(by_event.setdefault(clusters.get(event, event), number), number, "the same event")
    _join_by_words(ends, sets)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in range(len(ends)):
        groups[sets.top(number)].append(number)
    return [_happening([(n, ends[n]) for n in group], sets.reason(group[0])) for group in groups.values()]


def _happening(group: list[tuple[int, End]], reason: str) -> Happening:
    spans = tuple(dict.fromkeys(span for _, (spans, _, _) in group for span in spans))
    events = tuple(dict.fromkeys(event for _, (_, events, _) in group for event in events[:1]))
    key = tuple(sorted((span.doc, span.start, span.end) for span in spans))
    tellings = tuple(words for _, (_, _, words) in group)
    return Happening(
        make_id("happening", key), tuple(n for n, _ in group), spans, events, tellings, reason if len(group) > 1 else ""
    )


def _join_by_words(ends: Sequence[End], sets: _Sets) -> None:
    stems = [frozenset(stem for stem in _stems(words)) for _, _, words in ends]
    places: dict[str, list[int]] = defaultdict(list)
    for number, held in enumerate(stems):
        shared = Counter(other for stem in sorted(held) for other in places[stem][-MOST:])
        for other, count in sorted(shared.items()):
            if _same(ends, stems, (number, other), count):
                both = ", ".join(sorted(held & stems[other]))
                sets.join(other, number, f"the same words ({both})")
        for stem in held:
            places[stem].append(number)


def _same(ends: Sequence[End], stems: Sequence[frozenset[str]], pair: tuple[int, int], count: int) -> bool:
    one, other = pair
    if ends[one][0] == ends[other][0]:
        return True
    shorter, longer = sorted((len(stems[one]), len(stems[other])))
    if count >= 2 and count >= CLOSE * shorter and longer <= 2 * shorter + 4:
        return True
    here = ends[one][0][0].doc == ends[other][0][0].doc
    return here and shorter == 1 and count == 1 and longer <= 4


def _stems(words: str) -> Iterator[str]:
    """How the telling words of a phrase begin: "closed", "closing" and "closure" begin alike."""
    for word in _WORD.findall(words.casefold()):
        if word not in _empty():
            yield word[:5] if len(word) > 7 else word[:4]


@cache
def _empty() -> frozenset[str]:
    lines = files("sayso").joinpath("data", "dominoes_words.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


class _Sets:
    """Disjoint sets of ends, the least of each its top, with the reasons for which they were joined."""

    def __init__(self, size: int) -> None:
        self._up = list(range(size))
        self._why: dict[int, str] = {}
        self._links = [{number % (size // 2 or 1)} for number in range(size)]

    def top(self, number: int) -> int:
        while self._up[number] != number:
            self._up[number] = self._up[self._up[number]]
            number = self._up[number]
        return number

    def join(self, one: int, other: int, why: str) -> None:
        """One set of two, unless a cause would be its own effect."""
        low, high = sorted((self.top(one), self.top(other)))
        if low != high and not self._links[low] & self._links[high]:
            self._up[high] = low
            self._links[low] |= self._links[high]
            self._why.setdefault(low, self._why.get(high, why))

    def reason(self, number: int) -> str:
        return self._why.get(self.top(number), "")
