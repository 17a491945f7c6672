"""Times of day: "10:35 a.m.", "0735 GMT", "noon", "Sunday night"."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.detect.times.reading import Reading, dated
from sayso.detect.times.relative import with_part
from sayso.detect.times.scene import Scene
from sayso.detect.times.words import listed, number, table


def twelve(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "10:35 a.m.", "6 pm", "5 p.m. EST"."""
    hour, minute = int(m["h"]), int(m["min"] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return None
    hour = hour % 12 + (12 if m["ap"][0].lower() == "p" else 0)
    return at(scene, m.start(), f"T{hour:02d}:{minute:02d}", m["zone"])


def twenty_four(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "18:00 UTC", "at 14:30": a zone or a preposition tells it from a score or a verse."""
    if m["zone"] is None and scene.word(scene.token(m.start()) - 1) not in listed("lists", "before_clock"):
        return None
    return at(scene, m.start(), f"T{int(m['h']):02d}:{m['min']}", m["zone"])


def military(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "0735 GMT", "1900 hours"."""
    return at(scene, m.start(), f"T{m['h']}:{m['min']}", m["zone"])


def spoken(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "seven o'clock", "half past six in the evening": before noon or after is not known unless said."""
    hour = int(number(m["num"] or m["oclock"]))
    if not 1 <= hour <= 24:
        return None
    part = (m["part"] or "").lower()
    hour += 12 if part in ("afternoon", "evening") and hour < 12 else 0
    return at(scene, m.start(), f"T{hour:02d}:{'30' if m['half'] else '00'}", None)


def word(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "noon", "midnight"."""
    return at(scene, m.start(), "T" + table("clock_words")[m["clock"].lower()], None)


def at(scene: Scene, start: int, clock: str, zone: str | None) -> Reading:
    """A time of the day told last, else of the reference; a neighbour that is a day replaces it."""
    clock += "Z" if zone and re.match(r"\(?(?:UTC|GMT|Z)\b", zone) else ""
    told = scene.told if scene.told and scene.told.unit == "day" else None
    reference = scene.now(start)
    base = reference.stamp if reference and reference.stamp.unit == "day" else None
    day = told if scene.history or (told and base and abs(_gap(told, base)) < 8) else base
    if day is None:
        return Reading("TIME", f"XXXX-XX-XX{clock}", anchor="unknown", note="a time of an unknown day", bare=True)
    anchor = "narrative" if day is told else reference.name if reference else ""
    return dated(replace(day, clock=clock), anchor, f"of the day {replace(day, clock='').value()}", bare=True)


def _gap(a: object, b: object) -> int:
    first, second = a.date(), b.date()  # type: ignore[attr-defined]
    return (first - second).days if first and second else 0


def weekday_part(m: re.Match[str], scene: Scene) -> Reading | None:
    """A part of the day alone: "the night", "mid afternoon", "at night": of the day told last."""
    words = m[0].lower()
    if words.startswith("at n"):
        return Reading("TIME", "XXXX-XX-XXT" + table("dayparts")[m["part"].lower()])
    reference = scene.story("day")
    if reference is None or reference.stamp.unit != "day":
        return None
    day = dated(replace(reference.stamp, clock=""), reference.name, "of the day told last")
    return replace(with_part(day, m["part"]), bare=True)


READERS = (twelve, twenty_four, military, spoken, word, weekday_part)
