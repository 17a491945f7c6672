"""Events: who did what to whom as PLOVER codes it and who says so; several tellings of one happening together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.case import Case
from sayso.records import Document, Event, EventCluster, Mention, Place, Statement, When
from sayso.views.chains import chips, line, one_line, publisher, spoken, title
from sayso.views.dates import interval


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as one statement tells it; `score` is the chance of its code, `when` intervals in words."""

    id: str
    words: str
    code: str
    mode: str
    status: str
    score: float | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    counts: tuple[str, ...]
    when: tuple[str, ...]
    where: tuple[str, ...]
    chain: str
    statement: str
    document: str
    title: str
    published: str

    @property
    def told(self) -> str:
        """Who, what and whom in one line: "ASSAULT by the army on two rebels; 2 dead; 3 March 2031; Lunn"."""
        who = f" by {', '.join(self.actors)}" * bool(self.actors)
        whom = f" on {', '.join(self.recipients)}" * bool(self.recipients)
        kind = f"{self.code or 'no code'}{f' ({spoken(self.mode)})' * bool(self.mode)}"
        return "; ".join([f"{kind}{who}{whom}", *self.counts, *self.when, *self.where])


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What is taken for one happening: its tellings in order of publication, and why; one telling stands alone."""

    id: str
    reason: str
    tellings: tuple[EventRow, ...]

    @property
    def documents(self) -> int:
        """In how many documents it is told."""
        return len({one.document for one in self.tellings})


def occurrences(case: Case, doc: str | None = None, *, every: bool = False) -> list[Occurrence]:
    """The happenings of a case or of one document, most told first; with `every` also events that have no code."""
    rows = {row.id: row for document in case.of(Document, doc) for row in _rows(case, document, every=every)}
    found = []
    for cluster in case.of(EventCluster, doc) if doc else case.of(EventCluster):
        held = [rows.pop(id) for id in cluster.events if id in rows]
        if held:
            found.append(Occurrence(cluster.id, cluster.why.note, tuple(sorted(held, key=_order))))
    found += [Occurrence(id, "", (row,)) for id, row in rows.items()]
    return sorted(found, key=lambda one: (-one.documents, _order(one.tellings[0]), one.id))


def _order(row: EventRow) -> tuple[bool, str, str]:
    """By publication, what has no date last."""
    return not row.published, row.published, row.id


def _rows(case: Case, document: Document, *, every: bool) -> Iterator[EventRow]:
    events = [one for one in case.of(Event, document.id) if one.code or every]
    if not events:
        return
    held: dict[str, object] = {}
    for kind in (Mention, When, Place, Statement):
        found: Iterator[Any] = case.of(kind, document.id)
        held |= {one.id: one for one in found}
    mentions = {id: one for id, one in held.items() if isinstance(one, Mention)}
    for event in events:
        yield _row(document, event, held, mentions)


def _row(document: Document, event: Event, held: Mapping[str, object], mentions: Mapping[str, Mention]) -> EventRow:
    statement = held.get(event.statement)
    chain = chips(document, mentions, statement.chain) if isinstance(statement, Statement) else ()
    words = [document.text[span.start : span.end] for span in event.trigger]
    return EventRow(
        id=event.id,
        words=one_line(" ".join(words)),
        code=event.code,
        mode=event.mode,
        status=str(event.status),
        score=event.why.score,
        actors=tuple(_name(document, mentions[id]) for id in event.actors if id in mentions),
        recipients=tuple(_name(document, mentions[id]) for id in event.recipients if id in mentions),
        counts=tuple(_count(one.first, one.last, str(one.kind)) for one in event.counts),
        when=tuple(_days(document, held[id]) for id in event.when if id in held),
        where=tuple(place.name for place in map(held.get, event.where) if isinstance(place, Place)),
        chain=line(publisher(document), chain),
        statement=event.statement,
        document=document.id,
        title=title(document),
        published=document.published.value if document.published else "",
    )


def _name(document: Document, mention: Mention) -> str:
    return one_line(mention.name or " ".join(document.text[span.start : span.end] for span in mention.spans))


def _count(first: int | None, last: int | None, kind: str) -> str:
    """ "3 dead", "3 to 5 injured", "at least 12 dead"."""
    if first is not None and last is not None:
        return f"{first} {kind}" if first == last else f"{first} to {last} {kind}"
    return f"at least {first} {kind}" if first is not None else f"at most {last} {kind}"


def _days(document: Document, when: object) -> str:
    assert isinstance(when, When)
    if when.first or when.last:
        return interval(when.first, when.last)
    return one_line(document.text[when.span.start : when.span.end])
