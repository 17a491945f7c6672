"""Durations ("two weeks", "the past decade") and repeated times ("every Monday", "twice a year", "daily")."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.detect.times.reading import Reading
from sayso.detect.times.scene import Scene
from sayso.detect.times.stamp import UNITS
from sayso.detect.times.words import month, number, period, table, unit

_PLAIN = {"day": "P1D", "week": "P1W", "month": "P1M", "year": "P1Y", "quarter": "P3M"}


def length(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "two weeks", "several months", "half a century", "10-hour": a DURATION; "the past two weeks" ends, and
    "the next two" begins, at the reference, and so has that end of its interval and, if it is counted, the other."""
    name = unit(m["unit"])
    if _age(m, scene) or _named(m) or (name == "quarter" and not m["which"]):
        return None
    count = _count(m)
    if count is None or (name == "second" and count == "1"):
        return None
    value = period(count, name)
    made = Reading("DURATION", value)
    return _beside(made, m, scene, count, name)


def _count(m: re.Match[str]) -> str | None:
    """The number of a length as TIMEX3 writes it, "X" for a vague one; None where none can be read."""
    words = (m["num"] or "").lower()
    if m["vague"] or not words:
        return "X"
    if m["half"]:
        return "0.5" if words in ("half", "half a", "half an") else f"{number(words) + 0.5:g}"
    amount = 1.0 if words in ("a", "an", "the", "one") else 0.5 if words.startswith("half") else number(words)
    return f"{amount + (0.5 if m['more'] else 0):g}"


def _age(m: re.Match[str], scene: Scene) -> bool:
    """Whether the length is an age: "6-year-old", "22 years of age"."""
    behind = scene.text[m.end() : m.end() + 12].lower().lstrip("- \n")
    return behind.startswith(("old", "of age", "and older", "or older", "and up"))


def _named(m: re.Match[str]) -> bool:
    """Whether it is a name: a capital on the unit of a text that is not all capitals ("60 Minutes", "Six-Day War")."""
    word = m["unit"]
    return word[0].isupper() and not m[0].isupper() and m.start("unit") != m.start()


def _beside(made: Reading, m: re.Match[str], scene: Scene, count: str, name: str) -> Reading:
    which = (m["which"] or "").lower()
    reference = scene.now(m.start())
    if not which or reference is None or reference.stamp.unit != "day":
        return made
    step = float(count) if count != "X" else 0
    steps = int(step * {"fortnight": 14, "week": 7, "quarter": 3}.get(name, 1))
    size = {"fortnight": "day", "week": "day", "quarter": "month"}.get(name, name)
    here = replace(reference.stamp, clock="")
    if which in ("past", "last", "recent"):
        far = here.shift(-steps, size) if size in UNITS and steps else None
        return replace(made, first=far.interval()[0] if far else None, last=here.interval()[1], anchor=reference.name)
    if which in ("next", "coming"):
        far = here.shift(steps, size) if size in UNITS and steps else None
        return replace(made, first=here.interval()[0], last=far.interval()[1] if far else None, anchor=reference.name)
    return made


def stretch(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "the past decade", "the past two summers": a DURATION that ends at the reference."""
    name = unit(m["unit"])
    reading = Reading("DURATION", period("1", name))
    if name == "year" and m["which"].lower() == "past" and scene.base:
        here = scene.base.stamp.within("year")
        before = here.shift(-1) if here else None
        if before:
            first, last = before.interval()
            return Reading("DATE", before.value(), first, last, scene.base.name, "the past year", before)
    return reading


def year_long(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "year-long", "weeklong", "month-long"."""
    return Reading("DURATION", period("1", unit(m["unit"])))


def plural(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "weeks", "in recent months", "for years": a length of unknown number."""
    if _age(m, scene) or (m["unit"][0].isupper() and not scene.opens(m.start("unit"))):
        return None
    name = unit(m["unit"])
    which = (m["which"] or "").lower()
    if name == "quarter" and not which:
        return None
    made = Reading("DURATION", period("X", name))
    reference = scene.now(m.start())
    if reference and which.split()[-1:] in (["recent"], ["past"], ["last"]):
        return replace(made, last=reference.stamp.interval()[1], anchor=reference.name)
    if reference and which.split()[-1:] in (["coming"], ["next"]):
        return replace(made, first=reference.stamp.interval()[0], anchor=reference.name)
    return made


def clocked(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "3:07:35": hours, minutes and seconds run."""
    return Reading("DURATION", f"PT{int(m['h'])}H{int(m['min'])}M{int(m['s'])}S")


def every(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "every Monday", "each July", "every three days", "every other week": a SET."""
    if m["weekday"]:
        part = "T" + table("dayparts")[m["part"].lower().removesuffix("s")] if m["part"] else ""
        return Reading("SET", f"XXXX-WXX-{table('weekdays')[m['weekday'].lower()]}{part}")
    if m["month"]:
        return Reading("SET", f"XXXX-{month(m['month']):02d}") if m["month"][0].isupper() else None
    if m["season"]:
        return Reading("SET", f"XXXX-{table('seasons')[m['season'].lower()]}")
    if m["daypart"]:
        return Reading("SET", f"XXXX-XX-XXT{table('dayparts')[m['daypart'].lower()]}")
    count = "2" if m["other"] else f"{number(m['num']):g}" if m["num"] else "1"
    return Reading("SET", period(count, unit(m["unit"])))


def times_a(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "twice a week", "per day", "three times a year": a SET."""
    return Reading("SET", _PLAIN.get(unit(m["unit"]), period("1", unit(m["unit"]))))


def weekdays(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "Mondays", "Tuesday nights", "on weekday mornings": a SET."""
    if not m["weekday"][0].isupper():
        return None
    part = "T" + table("dayparts")[m["part"].lower().removesuffix("s")] if m["part"] else ""
    return Reading("SET", f"XXXX-WXX-{table('weekdays')[m['weekday'].lower()]}{part}")


def repeated(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "daily", "annually", "monthly": a SET, unless it is the name of a paper ("the Daily Mail")."""
    raw = scene.words[(i := scene.token(m.end()))] if scene.token(m.end()) < len(scene.words) else ""
    if m[0][0].isupper() and raw[:1].isupper() and m[0][1:].islower() and i:
        return None
    return Reading("SET", table("sets")[m[0].lower()])


READERS = (length, stretch, year_long, plural, clocked, every, times_a, weekdays, repeated)
