"""How one document lies upon another: what both have, what was added, what was cut, and in which order."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.link.reuse.align import Aligned


@dataclass(frozen=True, slots=True)
class Side:
    """The words of one document that the other lacks, by place: before, between and after what they share."""

    size: int
    head: int
    middle: int
    tail: int

    @property
    def cover(self) -> float:
        """The share of its words that stand in the other."""
        return (self.size - self.head - self.middle - self.tail) / max(self.size, 1)

    @property
    def left_out(self) -> tuple[float, float]:
        """The share of its words between, and after, what they share."""
        return self.middle / max(self.size, 1), self.tail / max(self.size, 1)


@dataclass(frozen=True, slots=True)
class Shape:
    """Two documents laid upon one another; `edited` is the share of the shared words that were changed.

    `moved` counts passages that stand in another order, `mine` and `its` are the passages' characters.
    """

    me: Side
    it: Side
    edited: float
    moved: int
    mine: tuple[tuple[int, int], ...]
    its: tuple[tuple[int, int], ...]

    @property
    def turned(self) -> Shape:
        """The same, seen from the other document."""
        return Shape(self.it, self.me, self.edited, self.moved, self.its, self.mine)


def shape(passages: Sequence[Aligned], sizes: tuple[int, int]) -> Shape:
    """The shape of the left document upon the right one. `passages` are in the order of the left and not empty."""
    boxes = [passage.box for passage in passages]
    me = _side(sizes[0], [(box.a, box.a_end) for box in boxes])
    it = _side(sizes[1], [(box.b, box.b_end) for box in boxes])
    words = sum(max(box.a_end - box.a, box.b_end - box.b) for box in boxes)
    moved = sum(one.b > other.b for one, other in itertools.pairwise(boxes))
    edited = 1 - min(1.0, sum(box.matched for box in boxes) / max(words, 1))
    return Shape(me, it, edited, moved, tuple(p.left for p in passages), tuple(p.right for p in passages))


def _side(size: int, ranges: Iterable[tuple[int, int]]) -> Side:
    ordered = sorted(ranges)
    shared, end = 0, ordered[0][0]
    for first, after in ordered:
        shared += max(0, after - max(first, end))
        end = max(end, after)
    head, tail = ordered[0][0], size - end
    return Side(size, head, size - head - tail - shared, tail)
