"""Distances and directions told, against where the places lie: "30 kilometres north of" a town that lies east of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from sayso.case import Case, Page
from sayso.check.days import prose
from sayso.check.earth import Point, apart, bearing, degrees, kilometres, way
from sayso.check.rule import Rule
from sayso.check.words import listed, table
from sayso.detect.times.words import compiled, number
from sayso.gazetteer import UNIT, Gazetteer, open_gazetteer
from sayso.records import Check, CheckLevel, Place, PlaceRole, Span

RULE = Rule("distance", CheckLevel.SOFT)
ACROSS = Rule("distance_across", CheckLevel.SOFT, "distance")
NAMESAKES = 40  # of each name, the most populous first
LEAST_SHARE = 0.01  # of the inhabitants of the town that a name stands for, from which a namesake may be meant
# News tells the way by road or by air and rounds it. On 51 such phrases of annotated news three in four held within a
# quarter or 10 km; the half more is for roads.
SHARE, ROAD, LEAST_KM = 0.25, 0.5, 10.0
# Distances are told between the middles of towns; the radius of the gazetteer covers all that is built.
TOWN_KM, OF_TOWN = 60.0, 8.0
TURN = 45.0  # degrees: the neighbour of the eight directions may be told for it
_UNIT = re.compile(r"\d\s?km|kilomet|mile", re.IGNORECASE)  # most texts have none, and are passed over
_NAME = r"[A-Z][\w’'-]*(?:\s+(?:al-|el-|de\s|la\s)?[A-Z][\w’'-]*){0,3}"


@dataclass(frozen=True, slots=True)
class Told:
    """A distance as told: kilometres, direction in degrees or None, and where its words stand."""

    km: float
    way: float | None
    span: Span


@dataclass(frozen=True, slots=True)
class End:
    """One end of a distance: where it lies, how wide it is, its namesakes, whether a country has its name, its id."""

    name: str
    point: Point
    radius: float
    others: tuple[Point, ...]
    land: bool
    about: tuple[str, ...]


def distance(page: Page) -> Iterator[Check]:
    """A place said to lie so far, or in such a direction, from another must lie about there.

    Read are "Leuven, 25 km east of Brussels", "X lies 40 miles from Y", "X (120 km west of Y)": the place stands right
    before the distance. The distance may be a quarter or 10 km too short and, by road, half too long; the direction
    45 degrees off. Can't tell: a place that is not in the gazetteer, or is as wide as the distance; a pair of
    namesakes that would fit. The nearest reading is the great circle between the two.
    """
    named = {p.span.start: p for p in page.of(Place) if not p.anchors and p.role in (PlaceRole.PLACE, PlaceRole.NAME)}
    ends = {place.span.end: place for place in named.values()}
    for part in prose(page) if _UNIT.search(page.document.text) else ():
        for found in _pattern().finditer(page.document.text, part.start, part.end):
            check = _of_match(page, found, (named, ends))
            yield from [check] if check else []


def distance_across(case: Case) -> Iterator[Check]:
    """The same two names with distances or directions in several documents that exclude each other.

    Example: "Camp Oriel, 30 kilometres north of Hadrin" and "130 kilometers south of Hadrin" elsewhere. This needs
    no gazetteer: the places may be invented or too small for it. A distance may be half as long again, as by road.
    """
    first: dict[tuple[str, str], tuple[Told, Check]] = {}
    for check in case.of(Check):
        if check.rule != RULE.name or len(check.spans) != 3:
            continue
        names = (case.quote(check.spans[0]), case.quote(check.spans[2]))
        found = _pattern().match(case.quote(check.spans[1]) + " " + names[1])
        if found is None:
            continue
        told = _told(check.doc, found)
        before, other = first.setdefault(names, (told, check))
        if other.doc != check.doc:
            yield _both(names, (before, other), (told, check))


def _both(names: tuple[str, str], one: tuple[Told, Check], other: tuple[Told, Check]) -> Check:
    spans = (*one[1].spans[:2], *other[1].spans[:2])
    about = [one[1].id, other[1].id]
    message = f"{names[0]} from {names[1]}: {_words(one[0])}, and {_words(other[0])}."
    low, high = sorted((one[0].km, other[0].km))
    turned = one[0].way is not None and other[0].way is not None and apart(one[0].way, other[0].way) > TURN
    if turned or high > max(low * (1 + ROAD), low + LEAST_KM):
        return ACROSS.failed(spans, message, "", about=about)
    return ACROSS.passed(spans, message, about=about)


def _words(told: Told) -> str:
    return f"{told.km:.0f} km" + (f" {way(told.way)}" if told.way is not None else "")


def _of_match(page: Page, found: re.Match[str], places: tuple[dict[int, Place], dict[int, Place]]) -> Check | None:
    named, ends = places
    told = _told(page.document.id, found)
    subject = _subject(page, found.start("told"), ends)
    if subject is None:
        return None
    anchor = named.get(found.start("anchor"))
    behind = anchor.span if anchor else Span(page.document.id, found.start("anchor"), found.end("anchor"))
    one, other = _end(page, subject), _end(page, anchor or behind)
    spans = (subject if isinstance(subject, Span) else subject.span, told.span, behind)
    if one is None or other is None:
        return RULE.cant_tell(spans, f"{_words(told)} are said; one of the places is not in the gazetteer.")
    return _compared(spans, told, (one, other))


def _end(page: Page, place: Place | Span) -> End | None:
    """A place as resolved; a name that is no place elsewhere in the text ("Pilsen") is the largest town of it."""
    gazetteer = open_gazetteer()
    span = place if isinstance(place, Span) else place.span
    units = [unit & UNIT for unit in gazetteer.find(" ".join(page.quote(span).split()))][:NAMESAKES]
    if isinstance(place, Place):
        known = [unit for unit in units if place.gazetteer == f"geonames:{gazetteer.geonames(unit)}"]
        if place.lat is None or place.lon is None:
            return None
        found = End(place.name, (place.lat, place.lon), place.radius_km or 0.0, (), False, (place.id,))
    else:
        known = [unit for unit in units if gazetteer.kind_of(unit) in ("city", "capital")][:1]
        if not known:
            return None
        found = End(gazetteer.name(known[0]), _at(gazetteer, known[0]), gazetteer.radius[known[0]], (), False, ())
    least = LEAST_SHARE * max((gazetteer.people[unit] for unit in known), default=0)
    # A province has its capital's name more often than not, and no distance is told from the middle of one.
    towns = [unit for unit in units if gazetteer.kind_of(unit) in ("city", "capital")]
    others = tuple(_at(gazetteer, unit) for unit in towns if gazetteer.people[unit] >= least)
    return replace(found, others=others, land=any(gazetteer.kind_of(unit) == "country" for unit in units))


def _at(gazetteer: Gazetteer, unit: int) -> Point:
    return (gazetteer.lat[unit], gazetteer.lon[unit])


def _subject(page: Page, start: int, ends: dict[int, Place]) -> Place | Span | None:
    """The place that stands right before a distance, or a name there that no list has."""
    before = page.document.text[max(0, start - 120) : start]
    tied = _tie().search(before)
    if tied is None:
        return None
    at = start - len(before) + tied.start()
    if (place := ends.get(at)) is not None:
        return _town(page, place, ends)
    name = re.search(rf"{_NAME}$", before[: tied.start()])
    first = name and name[0].split()[0].lower() not in listed("distance", "no_name")
    return Span(page.document.id, start - len(before) + name.start(), at) if name and first else None


def _town(page: Page, place: Place, ends: dict[int, Place]) -> Place:
    """Of "Springfield, Ohio" the town: the place before the comma, where the one behind is wide."""
    text = page.document.text
    before = ends.get(place.span.start - 2) if text[place.span.start - 2 : place.span.start] == ", " else None
    return before if before is not None and (before.radius_km or 0) < (place.radius_km or 0) else place


def _told(doc: str, found: re.Match[str]) -> Told:
    unit = re.sub(r"\s+", " ", found["unit"].lower()).rstrip(".")
    km = number(found["count"]) * float(table("conversion")["length"][unit]) / 1000
    return Told(km, degrees(found["way"]) if found["way"] else None, Span(doc, *found.span("told")))


def _compared(spans: tuple[Span, Span, Span], told: Told, pair: tuple[End, End]) -> Check:
    one, other = pair
    km, turn = kilometres(other.point, one.point), bearing(other.point, one.point)
    size = _size(one) + _size(other)
    about = (*one.about, *other.about)
    message = f"{one.name} lies {km:.0f} km {way(turn)} of {other.name}, by the great circle; {_words(told)} are said."
    if size > max(told.km, km):
        return RULE.cant_tell(spans, f"{message} The places are wider than that.", about=about)
    if _fits(told, (other.point, one.point), size):
        return RULE.passed(spans, message, about=about)
    if one.land or other.land:
        return RULE.cant_tell(spans, f"{message} A country of that name may be meant.", about=about)
    others = [(other.point, point) for point in one.others] + [(point, one.point) for point in other.others]
    if any(_fits(told, ends, size) for ends in others):
        return RULE.cant_tell(spans, f"{message} Other places of these names would fit.", about=about)
    return RULE.failed(spans, message, f"{km:.0f} km {way(turn)} of {other.name}", about=about)


def _size(one: End) -> float:
    """How far from its point a place may be meant."""
    return min(one.radius, OF_TOWN) if one.radius <= TOWN_KM else one.radius


def _fits(told: Told, ends: tuple[Point, Point], size: float) -> bool:
    km = kilometres(*ends)
    slack = max(LEAST_KM, SHARE * km) + size
    if not km - slack <= told.km <= km + slack + ROAD * km:
        return False
    return told.way is None or km < size or apart(told.way, bearing(*ends)) <= TURN


@cache
def _pattern() -> re.Pattern[str]:
    units = sorted(table("conversion")["length"], key=len, reverse=True)
    unit = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in units if one not in listed("distance", "short"))
    ways = r"(?:north|south)(?:[- ]?(?:east|west))?(?:ern)?|east(?:ern)?|west(?:ern)?"
    kinds = "|".join(sorted(listed("distance", "kinds"), key=len, reverse=True))
    count = f"(?i:{compiled('{num}').pattern})"
    return re.compile(
        rf"(?P<told>(?<![\w.,$£€])(?P<count>{count})[\s-]+(?P<unit>(?i:{unit}))\.?(?:\s*\([^)]*\))?(?:\s+away)?,?"
        rf"\s+(?:(?:to\s+the\s+|due\s+)?(?P<way>(?i:{ways}))\s+(?:of|from)|from|away\s+from|outside(?:\s+of)?))"
        rf"\s+(?:the\s+(?:[a-z’'-]+\s+|[A-Z]\w+\s+){{0,3}}?(?:{kinds})(?:\s+of|,)?\s+)?(?P<anchor>{_NAME})"
    )


@cache
def _tie() -> re.Pattern[str]:
    """What may stand between a place and its distance: ", a town", "which lies", "(about"."""
    kinds = "|".join(sorted(listed("distance", "kinds"), key=len, reverse=True))
    loose = "|".join(sorted(listed("distance", "loose"), key=len, reverse=True))
    kind = rf",?\s+(?:an?|the)\s+(?:[\w-]+\s+){{0,3}}?(?:{kinds})\s*,?"
    verb = r",?\s+(?:which\s+|that\s+)?(?:is|was|lies|lay|sits|stands|is\s+located|is\s+situated|located|situated)"
    return re.compile(rf"(?:{kind}|{verb}|\s*\(|,)\s*(?:(?:that\s+is|which\s+is)\s+)?(?:(?:{loose})\s+)*$")
