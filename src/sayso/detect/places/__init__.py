"""Places: which words name one, and which place they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from sayso.case import Page
from sayso.detect.places.border import border_places
from sayso.detect.places.described import described_places
from sayso.detect.places.find import Name, names
from sayso.detect.places.geometry import distance
from sayso.detect.places.home import home
from sayso.detect.places.judge import Sight, judge
from sayso.detect.places.lands import lands
from sayso.detect.places.relative import relative_places
from sayso.detect.places.resolve import Choice, Group, resolve
from sayso.detect.places.roles import role
from sayso.gazetteer import Gazetteer, open_gazetteer
from sayso.records import Candidate, Place, Span, Why, place_id

__all__ = ["locate", "named_places", "places"]

SHOWN = 3
_SEAT_KM = 250.0  # a town so near to the middle of a division of its name is its seat
DOUBT = 0.45  # a best candidate with less of the belief than this is no answer
# Share of the belief -> share of such places that lay within 161 km of where annotators put them: 3,750 places of
# LGL, TR-News, GeoVirus and GeoWebNews, folds 0 to 3; linear between.
CALIBRATED = ((0.0, 0.3), (0.3, 0.47), (0.6, 0.63), (0.8, 0.88), (1.0, 0.96))


def places(page: Page) -> Iterator[Place]:
    """Names of places, each with the place it most likely stands for, and places said by another place.

    Example: in "She drove from Springfield to Columbus, Ohio" both are the towns in Ohio: the second because its
    state stands behind it, the first because the rest of the text plays there. A name is a place where the parser
    or the words beside it say so and the gazetteer knows it. "Tehran said" is an actor, "Syrian forces" a people:
    only the role `place` is a pin. Blind spots: places that no list has (streets, villages, buildings) are found by
    their form and stay unresolved; a person whose surname is a town and who is named by it alone. Words that place
    something by a name ("30 km north of Lyon") are a place of their own, see `relative_places`.
    """
    gazetteer, named = open_gazetteer(), list(named_places(page))
    towns = [_as_town(place, gazetteer) for place in named]
    countries = lands(towns, gazetteer)
    told = list(described_places(page, gazetteer, countries))
    anchors = sorted((*towns, *told), key=_order)
    relative = (*relative_places(page, anchors), *border_places(page, gazetteer, countries))
    yield from _distinct(sorted((*named, *told, *relative), key=_order))


def _order(place: Place) -> tuple[int, int]:
    return place.span.start, -place.span.end


def _distinct(found: Iterable[Place]) -> Iterator[Place]:
    """One place for each span, for the span is its id: names and descriptions come before what is said by them."""
    seen: set[Span] = set()
    for place in found:
        if place.span not in seen:
            seen.add(place.span)
            yield place


def named_places(page: Page) -> Iterator[Place]:
    """The names of places alone, in the order of the text; they do not overlap."""
    gazetteer = open_gazetteer()
    found = judge(names(page, gazetteer), Sight(page, gazetteer), home(page.document, gazetteer))
    yield from locate(found, page, gazetteer)


def locate(found: list[Name], page: Page, gazetteer: Gazetteer) -> Iterator[Place]:
    """The place a name most likely means: by fame, words beside it, the text's other places, the outlet's home.

    Takes names that are known to be places; yields their records in the order of the text.
    """
    found = sorted(found, key=lambda name: name.start)
    made: list[Place] = []
    for group in resolve(found, page, gazetteer, home(page.document, gazetteer)):
        best = zip(group.choices[:SHOWN], group.shares[:SHOWN], strict=True)
        candidates = tuple(_candidate(choice, share, gazetteer) for choice, share in best)
        made.extend(_record(name, group, candidates, (page, gazetteer)) for name in group.names)
    yield from sorted(made, key=lambda place: place.span)


def _candidate(choice: Choice, share: float, gazetteer: Gazetteer) -> Candidate:
    unit = choice.unit
    return Candidate(
        gazetteer.name(unit),
        _id(unit, gazetteer),
        round(gazetteer.lat[unit], 5),
        round(gazetteer.lon[unit], 5),
        round(share, 3),
        tuple(choice.reasons),
    )


def _record(name: Name, group: Group, candidates: tuple[Candidate, ...], at: tuple[Page, Gazetteer]) -> Place:
    page, gazetteer = at
    span = Span(page.document.id, name.start, name.end)
    sure = bool(candidates) and candidates[0].share >= DOUBT
    unit = group.choices[0].unit if sure else 0
    what = role(name, unit, page, gazetteer)
    if not sure:
        note = "no place of this name is known" if not candidates else "several places of this name fit"
        why = Why("places.locate", (span,), None, note)
        return Place(place_id(span), span, name.text, "", None, None, None, what, (), candidates, why)
    best = candidates[0]
    why = Why("places.locate", (span,), _confidence(best.share), ", ".join(best.reasons))
    radius = round(gazetteer.radius[unit], 1)
    return Place(place_id(span), span, best.name, best.gazetteer, best.lat, best.lon, radius, what, (), candidates, why)


def _as_town(place: Place, gazetteer: Gazetteer) -> Place:
    """The town of a division's name, for "20 km from Mendoza" is counted from the town."""
    if not place.candidates or place.candidates[0].reasons[0] not in ("state", "county"):
        return place
    towns = (c for c in place.candidates if c.reasons[0] in ("city", "capital"))
    best = next((c for c in towns if distance((c.lat, c.lon), (place.lat or 0.0, place.lon or 0.0)) < _SEAT_KM), None)
    if best is None or place.lat is None:
        return place
    radius = gazetteer.radius[gazetteer.unit(best.gazetteer.removeprefix("geonames:"))]
    return replace(place, gazetteer=best.gazetteer, lat=best.lat, lon=best.lon, radius_km=round(radius, 1))


def _confidence(share: float) -> float:
    """How often a best candidate with this share of the belief was right."""
    for (low, at_low), (high, at_high) in pairwise(CALIBRATED):
        if share <= high:
            return round(at_low + (at_high - at_low) * (share - low) / (high - low), 2)
    return CALIBRATED[-1][1]


def _id(unit: int, gazetteer: Gazetteer) -> str:
    id = gazetteer.geonames(unit)
    return f"geonames:{id}" if id else f"sayso:{gazetteer.name(unit)}"
