"""What several documents tell otherwise of one happening: its day, its place, how many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from sayso.case import Case
from sayso.check.days import bounds, told
from sayso.check.earth import kilometres
from sayso.check.rule import Rule
from sayso.records import Check, CheckLevel, Count, Document, Event, EventCluster, Mention, Place, Span, Statement, When

RULE = Rule("variants", CheckLevel.INFO)
SHOWN = 6
Value = When | Place | Count
FAR_KM = 30.0


@dataclass(frozen=True, slots=True)
class Telling:
    """One value as one event has it: for a reader, where it stands, whose word it is, and what is compared."""

    words: str
    span: Span
    voice: str
    value: Value


def variants(case: Case) -> Iterator[Check]:
    """Events taken for one happening whose days, places or counts exclude each other, each with its chain of sources.

    Example: one outlet has the ferry sink on 19 October, another, from the coast guard, on 23 October. Nothing is
    said to be wrong: the variants are listed, with who says each. Days exclude each other where they do not overlap,
    places where they lie further apart than they are wide and 30 km, counts of one kind where none fits both.
    """
    for cluster in case.of(EventCluster):
        events = [case.get(id) for id in cluster.events]
        yield from _listed(cluster, "day", _whens(case, events))
        yield from _listed(cluster, "place", _places(case, events))
        for kind in sorted({count.kind for event in events for count in event.counts}):
            yield from _listed(cluster, str(kind), _counts(case, events, kind))


def _listed(cluster: EventCluster, what: str, tellings: Iterable[Telling]) -> Iterator[Check]:
    found = sorted(tellings, key=lambda one: one.span)
    if len({one.span.doc for one in found}) < 2:
        return
    pairs = [(one, other) for one, other in combinations(found, 2) if one.span.doc != other.span.doc]
    spans = tuple(dict.fromkeys(one.span for one in found))
    message = f"Its {what}: " + "; ".join(f"{one.words} ({one.voice})" for one in found[:SHOWN]) + "."
    if any(_differ(one.value, other.value) for one, other in pairs):
        yield RULE.failed(spans, message, about=[cluster.id])
    else:
        yield RULE.passed(spans, message, about=[cluster.id])


def _whens(case: Case, events: list[Event]) -> Iterator[Telling]:
    for event in events:
        for when in (case.get(id) for id in event.when):
            if there := bounds(when):
                yield Telling(told(*there), when.span, _voice(case, event), when)


def _places(case: Case, events: list[Event]) -> Iterator[Telling]:
    for event in events:
        for place in (case.get(id) for id in event.where):
            if place.lat is not None:
                yield Telling(place.name, place.span, _voice(case, event), place)


def _counts(case: Case, events: list[Event], kind: str) -> Iterator[Telling]:
    for event in events:
        for count in event.counts:
            if count.kind == kind:
                words = " to ".join(dict.fromkeys(str(n) for n in (count.first, count.last) if n is not None))
                yield Telling(words, count.span, _voice(case, event), count)


def _differ(one: Value, other: Value) -> bool:
    """Whether two values of one kind exclude each other."""
    match one, other:
        case When(), When():
            a, b = bounds(one), bounds(other)
            return a is not None and b is not None and (a[1] < b[0] or b[1] < a[0])
        case Place(), Place():
            return _apart(one, other)
        case Count(), Count():
            low = max(one.first or 0, other.first or 0)
            return min((n for n in (one.last, other.last) if n is not None), default=low) < low
    return False


def _apart(one: Place, other: Place) -> bool:
    km = kilometres((one.lat or 0.0, one.lon or 0.0), (other.lat or 0.0, other.lon or 0.0))
    return km > max(FAR_KM, (one.radius_km or 0.0) + (other.radius_km or 0.0))


def _voice(case: Case, event: Event) -> str:
    """Who says it: the chain of the event's statement behind the document's publisher."""
    document: Document = case.get(event.doc)
    first = document.publisher.value if document.publisher else document.name
    statement: Statement | None = case.get(event.statement) if event.statement else None
    named = [_name(case, case.get(id)) for hop in (statement.chain if statement else ()) for id in hop.sources]
    return ", from ".join([first, *named])


def _name(case: Case, mention: Mention) -> str:
    return mention.name or " ".join(case.quote(span) for span in mention.spans)
