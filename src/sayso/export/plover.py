"""The coded events of a case as PLOVER JSON lines: one event a record, as the scheme's record description has it.

What PLOVER has no field for (who says that it happened, and by which chain) stands in `comment` in words and under
`sayso` as ids; `code` and `sector` of an actor are looked up in its words, "" where they tell nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sayso.errors import UsageError
from sayso.export import whole
from sayso.records import Document, Event, EventStatus, Mention, Place, Statement, When
from sayso.store import CaseFile

CODER = "sayso"
# PLOVER's auxiliary modes, which stand among the contexts.
AUXILIARY = {
    EventStatus.PLANNED: "future",
    EventStatus.THREATENED: "future",
    EventStatus.DEMANDED: "hypothetical",
    EventStatus.CONDITIONAL: "hypothetical",
    EventStatus.NEGATED: "negation",
    EventStatus.HISTORICAL: "historical",
}
REQUIRED = ("id", "date", "actor", "event")
Row = dict[str, Any]


def export(case: CaseFile, out: Path | None, *, text: bool = True) -> None:
    """Write the coded events to `out`, None for standard output; `text=False` leaves out the statements' words."""
    if out is None:
        sys.stdout.writelines(lines(case, text=text))
        return
    with whole(out, encoding="ascii") as file:
        file.writelines(lines(case, text=text))


def lines(case: CaseFile, *, text: bool = True) -> Iterator[str]:
    """The lines of a case, by document and place; the same records give the same bytes."""
    for event in case.of(Event):
        if event.code:
            yield json.dumps(record(case, event, text=text)) + "\n"


def load(line: str) -> Row:
    """The record of a line, checked. Raises UsageError where a required field is missing or a type is not PLOVER's."""
    from sayso.detect.events.words import types

    try:
        read: Row = json.loads(line)
        missing = [name for name in REQUIRED if name not in read]
        unknown = [code for code in read["event"] if code not in types()]
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"Not a PLOVER record ({error!r}): {line[:80]!r}") from error
    if missing or unknown:
        raise UsageError(f"Not a PLOVER record (missing {missing}, unknown types {unknown}): {line[:80]!r}")
    return read


def record(case: CaseFile, event: Event, *, text: bool = True) -> Row:
    """An event as PLOVER's record. `date` is the event's day where its words give one, else the day of publication."""
    from sayso.detect.events import codes, words

    document, statement = case.get(event.doc), case.get(event.statement)
    first, last, origin = _dates(case, event, document)
    row: Row = {
        "id": event.id,
        "date": first,
        "actor": [_entity(case, case.get(id)) for id in event.actors],
        "event": [event.code],
        "recipient": [_entity(case, case.get(id)) for id in event.recipients],
        "mode": [event.mode] if event.mode else [],
        "context": [*event.contexts, *([AUXILIARY[event.status]] if event.status in AUXILIARY else [])],
        "enddate": last,
        "event_loc": [_location(case.get(id)) for id in event.where],
        "event_text": [case.quote(span) for span in event.trigger],
        "quad_code": words.types()[event.code].quad,
        "event_scale": codes.score(event.code, event.mode),
        "size": _size(event),
        "text_info": {"start": event.trigger[0].start, "end": event.trigger[-1].end},
        "cite_info": _cite(document),
        "coder": CODER,
        "comment": f"{event.status}; date: {origin}; said by: {_said(case, statement)}",
        "sayso": {"document": event.doc, "statement": event.statement, "status": str(event.status)},
    }
    return row | ({"text": " ... ".join(case.quote(span) for span in statement.content)} if text else {})


def _dates(case: CaseFile, event: Event, document: Document) -> tuple[str | None, str | None, str]:
    """First and last day, and where they are from; None where neither the words nor the document tell."""
    for id in event.when:
        when: When = case.get(id)
        if when.first and when.last:
            return when.first[:10], when.last[:10], "the event's words"
    if document.published is not None:
        return document.published.value[:10], None, "published"
    return None, None, "unknown"


def _entity(case: CaseFile, mention: Mention) -> Row:
    """An actor; members and speakers of a body have their own words first and their body's for the country."""
    from sayso.detect.countries import country, sector

    words = " ".join(case.quote(span) for span in mention.spans)
    owner = case.get(mention.of) if mention.of else None
    known = [words, mention.name, *([case.quote(owner.spans[0]), owner.name] if owner else [])]
    return {
        "code": next(filter(None, map(country, known)), ""),
        "sector": next(filter(None, map(sector, known)), ""),
        "entity_text": words,
        "identifier_text": mention.name,
    }


def _location(place: Place) -> Row:
    scheme, _, id = place.gazetteer.partition(":")
    found: Row = {"extracted_place": place.name, "resolved_place": place.name if place.gazetteer else None}
    return found | {"geonameid": id if scheme == "geonames" else None, "lat": place.lat, "lon": place.lon}


def _size(event: Event) -> Mapping[str, int]:
    """The least that each count says, dead, injured and arrested alone: PLOVER has no others."""
    kinds = ("dead", "injured", "arrested")
    return {str(c.kind): c.first or 0 for c in reversed(event.counts) if c.kind in kinds}


def _cite(document: Document) -> Row:
    fields = {"url": document.url, "title": document.title, "publication": document.publisher}
    return {name: meta.value if meta else None for name, meta in fields.items()}


def _said(case: CaseFile, statement: Statement) -> str:
    """The chain in words: the hop that the text cites first, the origin last; "the text itself" where there is none."""
    hops = []
    for hop in statement.chain:
        named = [m.name or " ".join(case.quote(s) for s in m.spans) for m in map(case.get, hop.sources)]
        hops.append(f"{' and '.join(named) or 'nobody named'} ({hop.manner})")
    return " < ".join(hops) or "the text itself"
