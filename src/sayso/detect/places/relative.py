"""Places said by another place: "30 km north of X", "midway between X and Y", "an hour's drive from X"."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.case import Page
from sayso.detect.lexicon import numbers
from sayso.records import Place, PlaceRole, Span, Why, place_id

_BACK = 160  # characters looked at in front of an anchor
_EARTH_KM = 6371.0
_POINTS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
_EXACT, _LOOSE = 0.05, 0.15  # share of a distance by which it may be off, as written and with "about"
_HALF_POINT = math.radians(22.5)  # "north" is anything between north-northwest and north-northeast


def relative_places(page: Page, found: Iterable[Place]) -> Iterator[Place]:
    """A place said by another: a distance and a direction from it, a journey, midway, near it, off its coast.

    Example: "30 kilometers north of the capital, Tirana" lies 30 km north of Tirana, give or take 40 %: 22.5 degrees to
    either side, and the town's own size. Blind spots: "near the border with", roads ("on the road to"), an anchor that
    is only described ("north of the capital").
    """
    may = (PlaceRole.PLACE, PlaceRole.NAME)
    anchors = [place for place in found if place.lat is not None and place.role in may]
    for index, anchor in enumerate(anchors):
        before = page.document.text[max(0, anchor.span.start - _BACK) : anchor.span.start]
        if index and (made := _midway(page, anchors[index - 1], anchor)):
            yield made
        elif found_ := _patterns().distance.search(before):
            yield _by_distance(page, anchor, found_, len(before))
        elif found_ := _patterns().time.search(before):
            yield _by_time(page, anchor, found_, len(before))
        elif found_ := _patterns().area.search(before):
            yield _about(page, anchor, found_, len(before))


@dataclass(frozen=True, slots=True)
class _Patterns:
    distance: re.Pattern[str]
    time: re.Pattern[str]
    area: re.Pattern[str]
    midway: re.Pattern[str]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("sayso") / "data" / "places_relations.toml").read_text("utf-8"))


@cache
def _numbers() -> dict[str, float]:
    return {word: float(value) for word, value in (dict(numbers()) | _table()["numbers"]).items()}


@cache
def _patterns() -> _Patterns:
    table = _table()
    number = rf"(?P<number>\d[\d,]*(?:\.\d+)?|half an?|{_any(_numbers())})"
    loose = rf"(?:(?P<loose>{_any(table['words']['loose'])})\s+)?"
    way = r"(?:(?:to\s+the\s+|due\s+)?(?P<way>(?:north|south)(?:[- ]?(?:east|west))?|east|west))"
    kind = rf"(?:(?:the|an?)\s+(?:[\w’'-]+\s+){{0,3}}?(?:{_any(table['words']['kinds'])})(?:\s+of|,)?\s+)?(?:the\s+)?"
    unit = rf"[\s-]*(?P<unit>{_any(table['units'])})\.?\b(?:\s*\([^)]*\))?"
    means = rf"[\s-]+(?P<span>hours?|minutes?)[’']?s?[\s-]+(?P<means>{_any(table['hours'])})"
    return _Patterns(
        re.compile(rf"{loose}\b{number}{unit}(?:\s+away)?\s+(?:{way}\s+)?(?:of|from|off|outside)\s+{kind}$", re.I),
        re.compile(rf"{loose}\b{number}{means}\s+(?:{way}\s+)?(?:of|from|outside)\s+{kind}$", re.I),
        re.compile(rf"\b(?P<area>{_any(table['areas'])})\s+{kind}$", re.I),
        re.compile(r"\b(?:mid-?way|half-?way)\s+between\s+(?:the\s+)?$", re.I),
    )


def _any(words: Iterable[str]) -> str:
    """Alternatives, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


def _by_distance(page: Page, anchor: Place, found: re.Match[str], at: int) -> Place:
    unit = re.sub(r"\s+", " ", found["unit"].lower())
    return _off(page, anchor, found, at, _number(found["number"]) * _table()["units"][unit])


def _by_time(page: Page, anchor: Place, found: re.Match[str], at: int) -> Place:
    """A journey: its length by what such a journey makes in an hour, never surer than "about"."""
    hours = _number(found["number"]) / (60 if found["span"].lower().startswith("minute") else 1)
    means = re.sub(r"\s+", " ", found["means"].lower())
    return _off(page, anchor, found, at, hours * _table()["hours"][means], journey=True)


def _off(page: Page, anchor: Place, found: re.Match[str], at: int, km: float, *, journey: bool = False) -> Place:
    """A point `km` off the anchor, or, without a direction, all that lies within it."""
    slack = km * (0.5 if journey else _LOOSE if found["loose"] else _EXACT)
    own = anchor.radius_km or 0.0
    if not found["way"]:
        return _made(page, (anchor,), found.start() - at, (anchor.lat or 0.0, anchor.lon or 0.0), km + slack + own)
    way = found["way"].lower().replace("-", "").replace(" ", "")
    point = destination(anchor.lat or 0.0, anchor.lon or 0.0, 45.0 * _POINTS.index(way), km)
    return _made(page, (anchor,), found.start() - at, point, own + math.hypot(slack, km * math.sin(_HALF_POINT)))


def _about(page: Page, anchor: Place, found: re.Match[str], at: int) -> Place:
    area = re.sub(r"\s+", " ", found["area"].lower())
    radius = (anchor.radius_km or 0.0) + _table()["areas"][area]
    return _made(page, (anchor,), found.start() - at, (anchor.lat or 0.0, anchor.lon or 0.0), radius)


def _midway(page: Page, one: Place, other: Place) -> Place | None:
    text = page.document.text
    before = text[max(0, one.span.start - _BACK) : one.span.start]
    found = _patterns().midway.search(before)
    if not found or text[one.span.end : other.span.start].strip() not in ("and", "and the"):
        return None
    lat, lon = ((one.lat or 0.0) + (other.lat or 0.0)) / 2, ((one.lon or 0.0) + (other.lon or 0.0)) / 2
    radius = 0.25 * distance((one.lat or 0.0, one.lon or 0.0), (other.lat or 0.0, other.lon or 0.0))
    return _made(page, (one, other), found.start() - len(before), (lat, lon), radius)


def _made(page: Page, anchors: tuple[Place, ...], back: int, point: tuple[float, float], radius: float) -> Place:
    span = Span(anchors[0].doc, anchors[0].span.start + back, anchors[-1].span.end)
    why = Why("places.relative_places", (span,), None, f"by {' and '.join(anchor.name for anchor in anchors)}")
    ids = tuple(anchor.id for anchor in anchors)
    lat, lon = round(point[0], 5), round(point[1], 5)
    words = " ".join(page.quote(span).split())
    return Place(place_id(span), span, words, "", lat, lon, round(radius, 1), PlaceRole.PLACE, ids, (), why)


def _number(words: str) -> float:
    low = words.lower()
    if low.startswith("half"):
        return 0.5
    if low[0].isdigit():
        return float(low.replace(",", ""))
    return _numbers()[re.sub(r"\s+", " ", low)]


def destination(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Where one is after `km` along a great circle at `bearing` degrees from north."""
    phi, theta, arc = math.radians(lat), math.radians(bearing), km / _EARTH_KM
    end = math.asin(math.sin(phi) * math.cos(arc) + math.cos(phi) * math.sin(arc) * math.cos(theta))
    turn = math.atan2(math.sin(theta) * math.sin(arc) * math.cos(phi), math.cos(arc) - math.sin(phi) * math.sin(end))
    return math.degrees(end), (lon + math.degrees(turn) + 540) % 360 - 180


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points along a great circle."""
    p, q = math.radians(one[0]), math.radians(other[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(h)))
