"""Patterns: ways by which a claim reached its readers that they are not told of, step by step and in neutral words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from sayso.link.change import Add, Change, LinkCase, Withdraw
from sayso.link.interest import stakes
from sayso.link.lineage import Lineage, lineage_of
from sayso.link.names import plain
from sayso.records import (
    ClaimCluster,
    Document,
    Modality,
    Origin,
    Pattern,
    PatternKind,
    Statement,
    Step,
    Why,
    make_id,
)

# What each kind comes to, for a reader who meets it for the first time; none says that anybody meant it.
_SAID = {
    PatternKind.CIRCLE: "Each of these texts has it from the other, so neither bears the other out.",
    PatternKind.HEDGE_LOST: "The first text, and all before it, put it as possible; the second states it as a fact.",
    PatternKind.ATTRIBUTION_LOST: "The first text names who says so; the second has it from there and does not.",
    PatternKind.TOLD_TWICE: "What is told here as coming from two sources goes back to one.",
    PatternKind.INTEREST_NOT_NAMED: "The origin has an interest in this, and the second text does not name it.",
}
_HEDGED = (Modality.POSSIBLE, Modality.CAPABLE)


def patterns(case: LinkCase, changed: frozenset[str]) -> Iterable[Change]:
    """What happened to a claim on its way: an interested origin that a text does not name, a circle of citations, a
    hedge or an attribution that was lost (with the last text that had it), one source told as two.

    Each is shown with its steps; none says that anybody meant it. Blind spots: whatever `claims` and `origins` do not
    join; a hedge that stands in another sentence.
    """
    seen = dict[str, ClaimCluster]()
    for doc in sorted(changed):
        seen |= {claim.id: claim for claim in case.about(ClaimCluster, doc)}
    # A claim that is gone takes its patterns with it: what it held is found by the documents that changed.
    stale = {one.id: one for doc in sorted(changed) for one in case.about(Pattern, doc)}
    made: dict[str, Pattern] = {}
    for _, claim in sorted(seen.items()):
        lineage = lineage_of(case, claim)
        made |= {one.id: one for one in _of(claim, lineage)}
        for origin in claim.origins:
            made |= {one.id: one for one in _stake_not_named(case, claim, lineage, origin)}
    yield from (Withdraw(id) for id in sorted(set(stale) - set(made)))
    for _, one in sorted(made.items()):
        yield Add(one)


def _of(claim: ClaimCluster, lineage: Lineage) -> Iterator[Pattern]:
    for circle in lineage.circles():
        yield _pattern(claim, PatternKind.CIRCLE, [_step(lineage, id, "cites the next") for id in circle])
    for origin in claim.origins:
        held = _in_time(lineage, origin)
        yield from _hedge_lost(claim, lineage, held)
        yield from _attribution_lost(claim, lineage, held)
        yield from _told_twice(claim, lineage, held)
        if origin.interests and origin.named:
            yield from _not_named(claim, lineage, origin)


def _in_time(lineage: Lineage, origin: Origin) -> list[Statement]:
    """The statements that go back to an origin, the earliest first; undated ones are left out.

    A text of which only the day is known comes after those of that day whose hour is known: it may be as late as that.
    """
    held = [(_latest(lineage.facts.documents[lineage.statements[id].doc]), id) for id in origin.statements]
    return [lineage.statements[id] for published, id in sorted(held) if published]


def _hedge_lost(claim: ClaimCluster, lineage: Lineage, held: list[Statement]) -> Iterator[Pattern]:
    """The first text that states plainly what all before it had hedged, behind the last of those."""
    for n, one in enumerate(held):
        if one.modality not in _HEDGED:
            before = [other for other in held[:n] if other.doc != one.doc]
            if before and all(other.modality in _HEDGED for other in before):
                steps = [_step(lineage, before[-1].id, "has it hedged"), _step(lineage, one.id, "has it without")]
                yield _pattern(claim, PatternKind.HEDGE_LOST, steps)
            return


def _attribution_lost(claim: ClaimCluster, lineage: Lineage, held: list[Statement]) -> Iterator[Pattern]:
    """A text that says in its own voice what the text that it goes back to has from somebody."""
    for one in held:
        sources = [lineage.statements[other] for _, other in lineage.steps[one.id]]
        had = [other for other in sources if other.chain and other.doc != one.doc]
        if not one.chain and had and not any(not other.chain for other in sources):
            steps = [_step(lineage, had[-1].id, "says who says so"), _step(lineage, one.id, "does not")]
            yield _pattern(claim, PatternKind.ATTRIBUTION_LOST, steps)


def _told_twice(claim: ClaimCluster, lineage: Lineage, held: list[Statement]) -> Iterator[Pattern]:
    """A text that has a claim from two sources, no name in common, both of which go back to this one origin."""
    for one, other in combinations(held, 2):
        if one.doc == other.doc and one.chain and other.chain:
            names = [lineage.told_by(each.id) for each in (one, other)]
            if names[0] and names[1] and not names[0] & names[1]:
                steps = [_step(lineage, each.id, "told as a source of its own") for each in (one, other)]
                first = next((each for each in held if each.doc != one.doc and not lineage.steps[each.id]), None)
                steps += [_step(lineage, first.id, "what both go back to")] if first else []
                yield _pattern(claim, PatternKind.TOLD_TWICE, steps)


def _not_named(claim: ClaimCluster, lineage: Lineage, origin: Origin) -> Iterator[Pattern]:
    """Texts that go back to an interested origin through another and do not name it anywhere."""
    first = next((id for id in origin.statements if lineage.statements[id].doc == origin.doc), None)
    for id in origin.statements:
        document = lineage.facts.documents[lineage.statements[id].doc]
        passed_on = first is not None and document.id != origin.doc and lineage.steps[id]
        if passed_on and not _names(document, origin.name):
            steps = [_step(lineage, str(first), "; ".join(origin.interests)), _step(lineage, id, "does not name it")]
            yield _pattern(claim, PatternKind.INTEREST_NOT_NAMED, steps)


def _stake_not_named(case: LinkCase, claim: ClaimCluster, lineage: Lineage, origin: Origin) -> Iterator[Pattern]:
    """Texts that have a claim from an origin and do not name who has a stake in it, as another text does."""
    document = lineage.facts.documents[origin.doc]
    for stake in stakes(case, claim, origin.source, document):
        if stake.span is None:
            continue
        tells = Step(stake.span.doc, (stake.span,), f"says who paid for {origin.name}’s work")
        silent = [
            _step(lineage, one.id, f"does not name {stake.party}")
            for one in _in_time(lineage, origin)
            if not _names(lineage.facts.documents[one.doc], stake.party)
        ]
        if silent:
            said = (
                f"{stake.party} paid for what {origin.name} says here, and sells what it speaks for. The first text "
                f"tells its readers so; those that make this claim ({len({step.doc for step in silent})}) do not."
            )
            yield _pattern(claim, PatternKind.INTEREST_NOT_NAMED, [tells, *silent], said)


def _names(document: Document, name: str) -> bool:
    return f" {plain(name)} " in f" {plain(document.text)} "


def _step(lineage: Lineage, id: str, note: str) -> Step:
    one = lineage.statements[id]
    return Step(one.doc, one.content, note)


def _pattern(claim: ClaimCluster, kind: PatternKind, steps: list[Step], said: str = "") -> Pattern:
    places = tuple((step.doc, tuple((span.start, span.end) for span in step.spans)) for step in steps)
    why = Why("patterns", tuple(step.spans[0] for step in steps), note=said or _SAID[kind])
    return Pattern(make_id("pattern", str(kind), places), kind, claim.id, tuple(steps), why)


def _latest(document: Document) -> str:
    published = document.published.value if document.published else ""
    return f"{published}~" if 0 < len(published) <= 10 else published
