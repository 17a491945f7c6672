"""What one source advises: two texts that tell of one piece of advice each tell of the same, in whatever words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.link.change import LinkCase
from sayso.link.claims.decide import LASTING, clash, share
from sayso.link.claims.slots import Said, gap
from sayso.records import Actor, Manner, Statement


def advised(case: LinkCase, doc: str) -> Iterator[tuple[Statement, Statement]]:
    """Pairs of a document's advice and another's, both by one named source that gives no other in either."""
    mine: dict[str, list[Statement]] = {}
    for one in case.of(Statement, doc):
        for source in _advisers(one):
            for actor in case.about(Actor, source):
                mine.setdefault(actor.id, []).append(one)
    for id, held in sorted(mine.items()):
        actor = case.get(id)
        if len(held) == 1:
            for other in _elsewhere(case, actor, doc):
                yield held[0], other


def alike(left: Said, right: Said) -> float | None:
    """How many words two pieces of advice share, None where they share none, or are of two times or contradict."""
    apart = gap(left, right)
    shared = share(left.stems - left.names, right.stems - right.names)
    if not shared or apart is None or apart > LASTING or clash(left, right):
        return None
    return shared


def _elsewhere(case: LinkCase, actor: Actor, doc: str) -> Iterator[Statement]:
    for other in sorted({case.get(id).spans[0].doc for id in actor.mentions} - {doc}):
        held = [one for one in case.of(Statement, other) if set(_advisers(one)) & set(actor.mentions)]
        if len(held) == 1:
            yield held[0]


def _advisers(one: Statement) -> Iterable[str]:
    """The sources of a recommendation."""
    return one.chain[-1].sources if one.chain and one.chain[-1].manner is Manner.RECOMMENDED else ()
