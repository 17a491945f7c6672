"""Neighbours that are one time: "early" and "1998", "5 p.m." and "Friday", "the spring of" and "next year"; ranges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from sayso.detect.times.reading import Found, Reading, dated
from sayso.detect.times.relative import with_part
from sayso.detect.times.scene import Scene
from sayso.detect.times.stamp import UNITS, Stamp
from sayso.detect.times.words import table

Joiner = Callable[[Reading, Reading, str], Reading | None]
_GAP = re.compile(r"[\s,’'s()–-]{0,4}(?:\s(?:of|on|at|in|the|to|and|through)\s)?(?:the\s)?")
_RANGE = re.compile(r"(?:\s?[-–—]\s?|\s(?:to|through|until|till)\s)")
# Farther apart two times are not one.
_FAR = 12
_BETWEEN = re.compile(r"\sand\s")


def join(found: list[Found], new: Found, scene: Scene) -> None:
    """Add `new` to `found`, as one with the last of them where the two are one time; tell the scene its date."""
    gap = _gap(found, new, scene)
    if gap is not None and _GAP.fullmatch(gap):
        joined = _joined(found[-1].reading, new.reading, gap)
        if joined is not None:
            new = Found(found.pop().start, new.end, joined, new.until)
            gap = _gap(found, new, scene)
    if gap is not None and _ranges(found[-1], new, gap, scene):
        found[-1].reading = _year_of_end(found[-1].reading, new.reading)
        found[-1].until = new
    found.append(new)
    stamp = new.reading.stamp
    if stamp is not None and not _aside(new, scene):
        scene.tell(stamp)


def _gap(found: list[Found], new: Found, scene: Scene) -> str | None:
    """The text between the last time found and a new one, None where there is none or it is long."""
    if not found or new.start - found[-1].end > _FAR:
        return None
    return scene.text[found[-1].end : new.start]


def close(found: list[Found]) -> Iterator[Found]:
    """What was found, without the words that waited for a date behind them."""
    for one in found:
        if not one.reading.role:
            if one.until is not None and one.until.reading.role:
                one.until = None
            yield one


def _aside(new: Found, scene: Scene) -> bool:
    """Whether a time does not move the story on: it stands in brackets, or compares; in a history also one of
    another year within a sentence ("since 1995", "as of 2006"), unless the time before it is of that year too."""
    if scene.text[max(0, new.start - 1) : new.start] == "(" or new.reading.aside:
        return True
    stamp = new.reading.stamp
    if not scene.history or scene.told is None or stamp is None or _begins(new, scene):
        return False
    again, scene.aside = stamp.year == scene.aside, stamp.year
    return stamp.year != scene.told.year and not again


def _begins(new: Found, scene: Scene) -> bool:
    """Whether a time opens its sentence, but for a word or two ("In", "By early")."""
    before = scene.text[max(0, new.start - 24) : new.start]
    head = re.split(r"[.!?:]['\"”)]*\s|\n", before)
    return len(head) > 1 and len(head[-1].split()) <= 2


def _ranges(last: Found, new: Found, gap: str, scene: Scene) -> bool:
    """Whether two times are the ends of a range: "from May to July", "between 2003 and 2005"."""
    if last.reading.stamp is None or new.reading.stamp is None or last.until is not None:
        return False
    before = scene.word(scene.token(last.start) - 1)
    linked = _RANGE.fullmatch(gap) or (before == "between" and _BETWEEN.fullmatch(gap))
    ordered = (last.reading.first or "") <= (new.reading.first or "") or last.reading.bare
    return bool(linked) and ordered


def _year_of_end(a: Reading, b: Reading) -> Reading:
    """The beginning of a range with the year of its end ("from April to September 1957"), or the year before it."""
    if not a.bare or b.bare or a.stamp is None or b.stamp is None or {a.stamp.unit, b.stamp.unit} - {"month", "day"}:
        return a
    late = (a.stamp.part, a.stamp.day) > (b.stamp.part, b.stamp.day or 31)
    note = "its year is that of the end of the range"
    return dated(replace(a.stamp, year=b.stamp.year - late), b.anchor, note, edge=a.edge)


def _joined(a: Reading, b: Reading, gap: str) -> Reading | None:
    for joiner in (_edge, _part, _clock_day, _day_clock, _of_year, _year_first):
        made = joiner(a, b, gap)
        if made is not None:
            return made
    return None


def _edge(a: Reading, b: Reading, gap: str) -> Reading | None:
    """Reads "early" + a time of a day or more: a third of it; "the first half of" a year is the half."""
    if a.role != "edge" or b.role or b.kind not in ("DATE", "TIME") or not re.fullmatch(r"[\s-]{1,3}", gap):
        return None
    if b.stamp is None:
        return b if b.value[:1] == "X" else None
    if "half" in a.value and b.stamp.unit == "year":
        return replace(dated(Stamp("half", b.stamp.year, 1 if a.value.startswith("first") else 2), b.anchor, b.note))
    third = int(table("edges")[a.value])
    made = dated(
        b.stamp, b.anchor, f"{b.note}; “{a.value}”: a third of it".strip("; ") if third else b.note, edge=third
    )
    return replace(made, bare=b.bare)


def _part(a: Reading, b: Reading, gap: str) -> Reading | None:
    """Reads "the morning of" + a day; a day + "night" is read by its own rule."""
    if a.role != "part" or b.stamp is None or b.stamp.unit != "day" or b.stamp.clock or not gap.isspace():
        return None
    if a.value in ("before", "after"):
        moved = b.stamp.shift(-1 if a.value == "before" else 1)
        return dated(moved, b.anchor, f"{b.note}; the day {a.value} it".strip("; ")) if moved else None
    if a.value == "week":
        week = b.stamp.within("week")
        return dated(week, b.anchor, b.note) if week else None
    return with_part(b, a.value)


def _clock_day(a: Reading, b: Reading, gap: str) -> Reading | None:
    """Reads "5 p.m." + "Friday", "noon on Nov. 6": the clock takes the day."""
    if a.kind != "TIME" or not a.bare or b.stamp is None or b.stamp.unit != "day" or b.stamp.clock:
        return None
    if not re.fullmatch(r",?\s(?:on\s)?", gap):
        return None
    clock = a.stamp.clock if a.stamp else "T" + a.value.rpartition("T")[2]
    return replace(dated(replace(b.stamp, clock=clock), b.anchor, b.note), bare=False)


def _day_clock(a: Reading, b: Reading, gap: str) -> Reading | None:
    """Reads "Friday at 5 p.m.", "Sunday" + "night"."""
    if b.kind != "TIME" or not b.bare or a.stamp is None or a.stamp.unit != "day" or a.stamp.clock:
        return None
    if not re.fullmatch(r",?\s(?:at\s)?", gap):
        return None
    clock = b.stamp.clock if b.stamp else "T" + b.value.rpartition("T")[2]
    return dated(replace(a.stamp, clock=clock), a.anchor, a.note)


def _of_year(a: Reading, b: Reading, gap: str) -> Reading | None:
    """Reads "June" + "last year", "the spring of" + "next year", "the first quarter of" + "the year"."""
    if a.stamp is None or b.stamp is None or b.stamp.unit != "year" or not a.bare:
        return None
    if UNITS.index(a.stamp.unit) >= UNITS.index("year") or not re.fullmatch(r",?\s(?:of\s)?", gap):
        return None
    return dated(replace(a.stamp, year=b.stamp.year), b.anchor, b.note)


def _year_first(a: Reading, b: Reading, gap: str) -> Reading | None:
    """Reads "last year's" + "third quarter", "2009" + "fourth-quarter"."""
    if (
        a.stamp is None
        or b.stamp is None
        or a.stamp.unit != "year"
        or not b.bare
        or b.stamp.unit not in ("quarter", "season")
    ):
        return None
    return dated(replace(b.stamp, year=a.stamp.year), a.anchor, a.note) if re.fullmatch(r"['’]?s?\s", gap) else None
