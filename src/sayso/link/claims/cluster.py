"""Statements that make the same claim, joined pair by pair, the surest first, and never over a clash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sayso.link.claims.decide import clash
from sayso.link.claims.slots import Piece, Said

DENSE = 1 / 3
TOLD = 2.0  # what a citation adds to the nearness of two statements, which is never so much


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """Two statements that make the same claim, by themselves; better ones sort first."""

    order: float
    left: str
    right: str

    @classmethod
    def of(cls, score: float, one: str, other: str) -> Edge:
        """The edge between two ids, in whichever order they come."""
        return cls(-round(score, 4), min(one, other), max(one, other))

    @property
    def told(self) -> bool:
        """Whether one statement says that it has this from the other's text, so that nearness need not."""
        return self.order <= -TOLD


@dataclass(slots=True)
class _Group:
    """Members, and one of them for each set of slots that can clash."""

    members: list[str]
    kinds: dict[tuple[object, ...], Said] = field(default_factory=dict)


def clusters(edges: Iterable[Edge], held: Mapping[str, Said]) -> list[tuple[str, ...]]:
    """The claims that the edges make, each sorted, in order of their first member; single statements are left out.

    Two groups are joined where at least a third of the pairs across them are edges, so that no chain of small steps
    leads from one thing to another; or where a statement of the one says that it has its words from the other's text.

    Agglomeration under cannot-link constraints (Davidson & Ravi 2005): A and B may each be near to C and yet say
    different numbers; then C stays with the one that it is nearer to.
    """
    groups: dict[str, _Group] = {}
    # What a citation ties comes last: it ties claims, and is no measure of how dense they are.
    ordered = sorted(edges, key=lambda edge: (edge.told, edge))
    near: defaultdict[str, set[str]] = defaultdict(set)
    for edge in ordered:
        near[edge.left].add(edge.right)
        near[edge.right].add(edge.left)
    for edge in ordered:
        one, other = (_group(groups, held[id]) for id in (edge.left, edge.right))
        if one is not other and not _clash(one, other) and _fits(edge, one, other, (held, near)):
            _join(groups, one, other)
    found = {id(group): tuple(sorted(group.members)) for group in groups.values() if len(group.members) > 1}
    return sorted(found.values())


def _group(groups: dict[str, _Group], one: Said) -> _Group:
    if one.id not in groups:
        groups[one.id] = _Group([one.id], {_slots(one): one})
    return groups[one.id]


def _join(groups: dict[str, _Group], one: _Group, other: _Group) -> None:
    small, large = sorted((one, other), key=lambda group: len(group.members))
    large.members += small.members
    large.kinds.update(small.kinds)
    for id in small.members:
        groups[id] = large


def _fits(edge: Edge, one: _Group, other: _Group, known: tuple[Mapping[str, Said], Mapping[str, set[str]]]) -> bool:
    """Whether two groups are near all over, or one cites a text that it holds no statement of.

    Where it holds one, that one may be meant: the nearest statement of a text is not always the right one. A statement
    near no other has nothing else to go by.
    """
    held, near = known
    if not edge.told:
        return _dense(one, other, near)
    if 1 in (len(one.members), len(other.members)):
        return True
    docs = [{held[id].doc for id in group.members} for group in (one, other)]
    return not docs[0] & {held[edge.left].doc, held[edge.right].doc} & docs[1]


def _dense(one: _Group, other: _Group, near: Mapping[str, set[str]]) -> bool:
    small, large = sorted((one, other), key=lambda group: len(group.members))
    members = set(large.members)
    return sum(len(near[id] & members) for id in small.members) >= DENSE * len(small.members) * len(members)


def _clash(one: _Group, other: _Group) -> bool:
    return any(clash(a, b) for a in one.kinds.values() for b in other.kinds.values())


def _slots(one: Said) -> tuple[object, ...]:
    return one.affirms, one.mood, _values(one.numbers), _values(one.days)


def _values(pieces: Iterable[Piece]) -> tuple[object, ...]:
    return tuple(piece.value for piece in pieces)
