"""What a rule makes of words for a time, and the record that a time becomes."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.detect.times.stamp import Stamp, third
from sayso.records import Span, TimexKind, When, Why, when_id

# A note of what no reference could be found for.
UNRESOLVED = "no reference date: left unresolved"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule reads in a stretch of text.

    `stamp` is the stretch of the calendar, None for durations, sets, vague and unresolved words; `bare` says
    that it was written without its year (or its day, for a clock), so that a neighbour may give it. `role`
    marks words that are no time alone but change the one behind them: "edge" ("early"), "part" ("the morning of");
    `aside` that the story does not move on to it ("a year earlier"); `edge` is the third of the stretch that is meant.
    """

    kind: str
    value: str
    first: str | None = None
    last: str | None = None
    anchor: str = ""
    note: str = ""
    stamp: Stamp | None = None
    bare: bool = False
    role: str = ""
    aside: bool = False
    edge: int = 0


@dataclass(slots=True)
class Found:
    """A reading and where it stands."""

    start: int
    end: int
    reading: Reading
    until: Found | None = None


def dated(stamp: Stamp, anchor: str, note: str = "", *, bare: bool = False, edge: int = 0) -> Reading:
    """The reading of a stretch of the calendar: a TIME where it has a clock, else a DATE; `edge` a third of it."""
    first, last = third(stamp, edge)
    kind = "TIME" if stamp.clock else "DATE"
    return Reading(kind, stamp.value(), first, last, anchor, note, stamp, bare, edge=edge)


def unresolved(value: str, kind: str = "DATE", note: str = UNRESOLVED) -> Reading:
    """The reading of words whose reference is not in hand: a value with X for what is not known, no interval."""
    return Reading(kind, value, anchor="unknown", note=note)


def record(doc: str, found: Found, rule: str) -> When:
    """The record of a reading."""
    span, r = Span(doc, found.start, found.end), found.reading
    why = Why(rule, (span,), note=r.note)
    until = _id(doc, found.until) if found.until else None
    return When(_id(doc, found), span, TimexKind(r.kind), r.value, r.first, r.last, r.anchor, until, why)


def _id(doc: str, found: Found) -> str:
    return when_id(doc, found.start, found.end, found.reading.kind, found.reading.value)
