"""Times counted from a reference: "yesterday", "last week", "the next day", "three days later", "that year"."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.detect.times.reading import Reading, dated, unresolved
from sayso.detect.times.scene import Reference, Scene
from sayso.detect.times.stamp import UNITS, Stamp
from sayso.detect.times.words import listed, number, period, table, unit

_UNKNOWN = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "season": "XXXX-XX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
    "millennium": "X",
}


def counted(reference: Reference | None, steps: int, name: str, note: str) -> Reading:
    """The stretch of unit `name` that lies `steps` from the reference; unresolved without one fine enough."""
    if reference is None:
        return unresolved(_UNKNOWN[name])
    here = reference.stamp.within(name)
    moved = here.shift(steps) if here else None
    if moved is None:
        return unresolved(_UNKNOWN[name], note=f"{reference.stamp.value()} is too coarse to count from")
    return dated(moved, reference.name, f"{note}, counted from {reference.stamp.value()}")


def deictic(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "today", "yesterday", "the day before yesterday"; in a history "today" is its writer's."""
    word = m["word"].lower()
    if word == "today" and scene.word(scene.token(m.start()) - 1) in listed("other_friends", "today_before"):
        return None
    if word == "today" and scene.history:
        return Reading("DATE", "PRESENT_REF", note="today, in a history: its writer's present")
    steps = int(table("deictic")[word]) + (-1 if m["before"] else 1 if m["after"] else 0)
    reading = counted(scene.now(m.start()), steps, "day", f"“{m[0]}”")
    part = "night" if word == "tonight" else m["part"]
    return with_part(reading, part) if part else reading


def with_part(reading: Reading, part: str) -> Reading:
    """A day's reading with a part of that day."""
    code = "T" + table("dayparts")[" ".join(part.lower().split()).removesuffix("s")]
    if reading.stamp is None or reading.stamp.unit != "day":
        return replace(reading, kind="TIME", value=reading.value + code) if reading.value.startswith("X") else reading
    stamp = replace(reading.stamp, clock=code)
    return replace(reading, kind="TIME", value=stamp.value(), stamp=stamp)


def day_part(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "this morning", "last night", "that afternoon", "the next morning"."""
    which = re.sub(r"\s+", " ", m["which"].lower())
    near = which in ("this", "last")
    reference = scene.now(m.start()) if near and not scene.history else scene.story("day")
    steps = _direction(which.split()[-1])
    if which == "this" and m["part"].lower() in ("night",):
        steps = 0
    return with_part(counted(reference, steps, "day", f"“{m[0]}”"), m["part"])


def _direction(word: str) -> int:
    return -1 if word in listed("lists", "back") else 1 if word in listed("lists", "on") else 0


def neighbour(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "last week", "this year", "next month" from the reference date; "the previous year", "the next day", "that
    month", "the same day" from the last time told."""
    which = re.sub(r"\s+", " ", m["which"].lower())
    name = unit(m["unit"])
    if m["unit"][0].isupper() and not m[0].isupper():
        return None
    if which in listed("lists", "near"):
        reference = scene.now(m.start())
        if (which == "next" and scene.history) or (name == "quarter" and scene.base is None):
            reference = scene.story(name)
    else:
        reference = scene.story(name)
    return counted(reference, _direction(which.split()[-1]), _calendar(name), f"“{m[0]}”")


def the_unit(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "the day", "the year", "the quarter": the one told last."""
    name = unit(m["unit"])
    if name == "quarter":
        return quarter_told(scene) if scene.quarter else None  # else a part of a town as soon as of a year
    if name == "weekend":
        return weekend(m, scene)
    return counted(scene.story(name), 0, name, f"“{m[0]}”")


def weekend(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "the weekend": until Wednesday, or in the past tense, the one before; else the one of this week."""
    reference = scene.now(m.start())
    here = reference.stamp.date() if reference and reference.stamp.unit == "day" else None
    tense = scene.tense(*m.span())
    day = here.isoweekday() if here else 7
    back = (tense == "past" and day < 6) or (tense != "future" and day < 4)
    return counted(reference, -1 if back else 0, "weekend", f"“{m[0]}”")


def quarter_told(scene: Scene, years: int = 0) -> Reading:
    """The quarter that a report is about: the last one told, else the one before the reference's; `years` from it."""
    stamp, anchor = scene.quarter, "narrative"
    if stamp is None and scene.base:
        here = scene.base.stamp.within("quarter")
        stamp, anchor = (here.shift(-1) if here else None), scene.base.name
    moved = stamp.shift(years, "year") if stamp else None
    return dated(moved, anchor, "the quarter that the report is about") if moved else unresolved("XXXX-QX")


def report_period(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "the latest period", "the year-earlier quarter", "the 1988 period": in a report that tells of a quarter."""
    if scene.quarter is None and "latest" not in m[0].lower():
        return None
    if m["year"] and scene.quarter:
        stamp = replace(scene.quarter, year=int(m["year"]))
        return replace(dated(stamp, "narrative", "the same quarter of that year"), aside=True)
    ago = m["ago"] is not None or (m["last"] is not None)
    return replace(quarter_told(scene, -1 if ago else 0), aside=True)


def year_ago(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "a year ago", "a year earlier", "year-earlier": in a report on a quarter the same quarter a year before."""
    told = scene.quarter
    if told:
        moved = told.shift(-1, "year")
        note = f"a year before {told.value()}"
        return replace(dated(moved, "narrative", note), aside=True) if moved else None
    reference = scene.now(m.start()) if "ago" in m[0].lower() else scene.story("year")
    return counted(reference, -1, "year", f"“{m[0]}”")


def ending(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "the year ended March 31": a length that the date behind it closes."""
    return Reading("DURATION", period("1", unit(m["unit"])))


def year_end(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "year-end", "the end of year": the last month, or the last third, of the year at the reference."""
    reference = scene.now(m.start())
    here = reference.stamp.within("year") if reference else None
    if reference is None or here is None:
        return unresolved("XXXX")
    if m["end"]:
        return dated(here, reference.name, "its last third", edge=3)
    return dated(Stamp("month", here.year, 12), reference.name, "its last month")


def away(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "three days ago", "two years later", "a month earlier": "ago" and "from now" count from the
    reference, the others from the last time told. The answer is as fine as the unit given, a day for weeks."""
    word = re.sub(r"\s+", " ", m["how"].lower())
    name = unit(m["unit"])
    back = word.split()[0] in listed("lists", "back")
    if m["vague"] or m["num"] is None:
        if word != "ago" and not scene.history:
            return Reading("DURATION", period("X", name), note=f"an unknown number of {name}s {word}")
        value = "PAST_REF" if back else "FUTURE_REF"
        return Reading("DATE", value, note="a vague number of " + name + "s")
    count = 1.0 if m["num"].lower() in ("a", "an", "the", "just a") else number(m["num"])
    if name not in UNITS and name != "fortnight":
        return None
    if count != int(count):
        return None
    steps, name = (int(count) * 2, "week") if name == "fortnight" else (int(count), name)
    reference = (
        scene.now(m.start()) if word in listed("lists", "from_now") else scene.story("day" if name == "week" else name)
    )
    steps = -steps if back else steps
    if name == "week":
        steps, name = 7 * steps, "day"
    return counted(reference, steps, _calendar(name), f"“{m[0]}”")


def _calendar(name: str) -> str:
    """The unit of the calendar for a unit of speech."""
    return {"night": "day", "morning": "day", "fortnight": "week", "summer": "season"}.get(name, name)


def part_of_weekday(m: re.Match[str], scene: Scene) -> Reading | None:
    """Never alone: "the morning of" gives its part of the day to the date behind it."""
    return Reading("", m["part"], role="part")


def edge(m: re.Match[str], scene: Scene) -> Reading | None:
    """Never alone: "early", "the end of" narrow the time behind them."""
    return Reading("", re.sub(r"[\s-]+", " ", m["edge"].lower()).strip(), role="edge")


def around(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "the day before", "the day after" where nothing follows that it would be counted from."""
    return counted(scene.story(unit(m["unit"])), _direction(m["how"].lower()), unit(m["unit"]), f"“{m[0]}”")


READERS = (
    deictic,
    day_part,
    neighbour,
    ending,
    the_unit,
    report_period,
    year_ago,
    year_end,
    away,
    around,
    edge,
    part_of_weekday,
)
