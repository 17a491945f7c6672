"""A case for the workbench: invented texts with records of every kind, written to a file as a run would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.link import Add, Change, LinkCase
from sayso.linking import relate
from sayso.records import (
    FOUND,
    LINKED,
    Actor,
    CausalKind,
    CausalLink,
    Check,
    CheckLevel,
    CheckOutcome,
    Document,
    Event,
    EventCluster,
    EventStatus,
    Mention,
    MentionKind,
    Place,
    PlaceRole,
    Relation,
    RelationKind,
    Statement,
    TimexKind,
    When,
    Why,
    causal_link_id,
    check_id,
    event_id,
    make_id,
    place_id,
    when_id,
)
from sayso.store import CaseFile
from tests import factory as f
from tests.views import linked
from tests.views.affair import crack, ferry, harbour

FLOOD = (
    "The gates of Port Vell failed on 3 May 2031, Ada Lorn said. The flood drowned twelve people in Sarrow. "
    "Because the gates failed, the quay was closed. Orla Venn, who leads the Tidewater League, blamed the ministry."
)


def write_case(path: Path) -> Path:
    """Eight invented texts in a file."""
    fill(f.filed(path=path)).close()
    return path


def fill(case: CaseFile) -> CaseFile:
    """Write the texts into a case, and what is found across them."""
    for writer in (crack(), ferry(), harbour()):
        document, *records = writer.records()
        f.file(case, document, records)
    affair = linked.affair().case
    for document in affair.documents:
        f.file(case, document, [one for kind in FOUND for one in affair.of(kind, document.id)])
    across = [one for kind in LINKED for one in affair.of(kind)]
    document, records = flood()
    f.file(case, document, records)
    across += list(_across(records))

    def found(_: LinkCase, changed: frozenset[str]) -> list[Change]:
        return [Add(record) for record in across]

    relate(case, [found])
    return case


def flood() -> tuple[Document, list[Any]]:
    """A text with an event, a domino, times, places and a failed check."""
    one = f.document(FLOOD, name="flood.txt", title="The flood", publisher="Low Water", published="2031-05-07")
    lorn, venn = f.mention(one, "Ada Lorn"), f.mention(one, "Orla Venn")
    league = f.mention(one, "the Tidewater League", kind=MentionKind.ORGANISATION)
    said = f.statement(one, "The gates of Port Vell failed on 3 May 2031", f.hop(lorn), why=Why("tests", score=0.62))
    own = f.statement(one, "Because the gates failed, the quay was closed")
    drowned = f.statement(one, "The flood drowned twelve people in Sarrow")
    leads = f.statement(one, "blamed the ministry", f.hop(venn))
    day, port, sarrow = _when(one), _place(one, "Port Vell", 54.2, 7.9), _place(one, "Sarrow", None, None)
    return one, [lorn, venn, league, said, own, drowned, leads, day, port, sarrow,
                 *_events(one, (said, own, drowned), day, port), _check(one, day)]  # fmt: skip


def _when(one: Document) -> When:
    span = f.span(one, "3 May 2031")
    value = "2031-05-03"
    id = when_id(one.id, span.start, span.end, "DATE", value)
    return When(id, span, TimexKind.DATE, value, value, value, "itself", None, f.WHY)


def _place(one: Document, words: str, lat: float | None, lon: float | None) -> Place:
    span = f.span(one, words)
    key, radius = ("geonames:1", 12.0) if lat is not None else ("", None)
    return Place(place_id(span), span, words, key, lat, lon, radius, PlaceRole.PLACE, (), (), Why("tests", score=0.8))


def _events(one: Document, said: tuple[Statement, ...], day: When, port: Place) -> list[Any]:
    failed = _event(one, said[0], "failed", (day.id,), (port.id,))
    closed = _event(one, said[1], "was closed", (), ())
    drowned = _event(one, said[2], "drowned", (), ())
    cause, effect = (f.span(one, "the gates failed"),), (f.span(one, "the quay was closed"),)
    signal = (f.span(one, "Because"),)
    domino = CausalLink(causal_link_id(said[1].id, cause, effect, signal), one.id, said[1].id, cause, effect, signal,
                        CausalKind.CAUSES, False, False, (failed.id,), (closed.id,), f.WHY)  # fmt: skip
    return [failed, closed, drowned, domino]


def _event(one: Document, held: Statement, words: str, when: tuple[str, ...], where: tuple[str, ...]) -> Event:
    trigger = (f.span(one, words),)
    return Event(event_id(held.id, trigger), one.id, held.id, trigger, "DISASTER", "", (), (), (), (), when, where,
                 EventStatus.HAPPENED, Why("tests", score=0.4))  # fmt: skip


def _check(one: Document, day: When) -> Check:
    spans = (day.span, f.span(one, "Low Water")) if "Low Water" in one.text else (day.span,)
    return Check(check_id("weekday", spans), one.id, "weekday", CheckLevel.HARD, CheckOutcome.FAILED, (day.id,), spans,
                 "3 May 2031 is a Saturday, not a Monday", "Saturday", f.WHY)  # fmt: skip


def _across(records: list[Any]) -> Iterator[Any]:
    mentions = [one for one in records if isinstance(one, Mention)]
    statement = next(one for one in records if isinstance(one, Statement))
    events = [one.id for one in records if isinstance(one, Event)]
    actors = [Actor(make_id("actor", one.id), one.name, (), one.kind, "", (), (one.id,), (), f.WHY) for one in mentions]
    yield from actors
    yield EventCluster(make_id("event_cluster", events[0]), (events[0], events[2]), f.WHY)
    yield Relation(make_id("relation", 1), actors[1].id, RelationKind.LEADS, actors[2].id, EventStatus.HAPPENED,
                   (statement.id,), f.WHY)  # fmt: skip
