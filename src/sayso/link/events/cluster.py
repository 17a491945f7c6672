"""Events that are one happening, joined pair by pair, the likeliest first, and never over what keeps two apart."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable

Edge = tuple[float, str, str]  # chance, and two ids, the lesser first


def clusters(edges: Iterable[Edge], least: float, apart: Callable[[str, str], bool]) -> list[tuple[str, ...]]:
    """The happenings that edges make, each sorted, in order of their first member; single events are left out.

    Average linkage: two groups are joined while the mean chance over all pairs across them is `least` or more; a pair
    without an edge counts 0. Groups two of whose members are `apart` are never joined (Davidson & Ravi 2005).
    """
    return _Groups(sorted(edges), least, apart).joined()


class _Groups:
    """Groups by their least member, and the sum of the chances between each two that have an edge."""

    def __init__(self, edges: list[Edge], least: float, apart: Callable[[str, str], bool]) -> None:
        self.least, self.apart = least, apart
        self.members = {id: [id] for _, one, other in edges for id in (one, other)}
        self.sums: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for chance, one, other in edges:
            self.sums[one][other] = self.sums[other][one] = chance
        self.heap: list[tuple[float, str, str, int, int]] = []
        for one in sorted(self.members):
            self._push(one, (other for other in self.sums[one] if other > one))

    def joined(self) -> list[tuple[str, ...]]:
        while self.heap:
            _, one, other, size, others = heapq.heappop(self.heap)
            if size == len(self.members.get(one, ())) and others == len(self.members.get(other, ())):
                self._join(one, other)
        return sorted(tuple(sorted(group)) for group in self.members.values() if len(group) > 1)

    def _join(self, one: str, other: str) -> None:
        if any(self.apart(a, b) for a in self.members[one] for b in self.members[other]):
            return
        self.members[one] += self.members.pop(other)
        for third, total in sorted(self.sums.pop(other).items()):
            del self.sums[third][other]
            if third != one:
                self.sums[one][third] = self.sums[third][one] = self.sums[one].get(third, 0.0) + total
        self._push(one, self.sums[one])

    def _push(self, one: str, others: Iterable[str]) -> None:
        for other in others:
            a, b = sorted((one, other))
            sizes = len(self.members[a]), len(self.members[b])
            mean = round(self.sums[a][b] / (sizes[0] * sizes[1]), 6)
            if mean >= self.least:
                heapq.heappush(self.heap, (-mean, a, b, *sizes))
