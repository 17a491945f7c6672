"""What a rule makes of words for a time, and the record that a time becomes."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.detect.times.stamp import Stamp, third
from sayso.records import Span, Why, make_id

# A note of what no reference could be found for.
UNRESOLVED = "no reference date: left unresolved"


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words for a time: TIMEX3 type (`kind`) and value (`timex`), and the interval `[first, last]` of ISO dates.

    `first` or `last` is None where that end is open or unresolved. `anchor` names the reference that the words
    are counted from: "itself" (a whole date), "published", "dateline", "narrative", "quotation", "unknown" (none
    in hand), "" (needs none, such as a duration). `until` is the id of the time that ends the range this one begins.
    """

    id: str
    span: Span
    kind: str
    timex: str
    first: str | None
    last: str | None
    anchor: str
    until: str | None
    why: Why


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


def record(doc: str, found: Found, rule: str) -> TimeWords:
    """The record of a reading; its id hashes document, place, kind and value."""
    span, r = Span(doc, found.start, found.end), found.reading
    why = Why(rule, (span,), note=r.note)
    until = _id(doc, found.until) if found.until else None
    return TimeWords(_id(doc, found), span, r.kind, r.value, r.first, r.last, r.anchor, until, why)


def _id(doc: str, found: Found) -> str:
    return make_id("when", doc, found.start, found.end, found.reading.kind, found.reading.value)
