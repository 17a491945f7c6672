"""Relative places: number, unit, direction and anchor to a point with a radius."""

from __future__ import annotations

import pytest

from sayso.detect.places import places
from sayso.detect.places.geometry import destination, distance
from sayso.records import Place
from tests import factory

TIRANA, LYON, DIJON, HERAT, OSLO = (41.33, 19.82), (45.75, 4.85), (47.32, 5.04), (34.35, 62.2), (59.91, 10.75)
LIMA = (-12.05, -77.04)


def relatives(text: str) -> list[Place]:
    page = factory.page(text)
    return [place for place in places(page) if place.anchors]


# text | anchor | bearing in degrees | kilometres
POINTS = [
    ("The camp lies 30 kilometers north of the Albanian capital, Tirana.", TIRANA, 0, 30),
    ("The camp lies about 30 km north of Tirana.", TIRANA, 0, 30),
    ("The farm is 12 miles east of Lyon.", LYON, 90, 19.3),
    ("A quake struck 45 km south-west of Herat.", HERAT, 225, 45),
    ("A quake struck 45 kilometres southwest of the city of Herat.", HERAT, 225, 45),
    ("The wreck was found 20 nautical miles west of Lima.", LIMA, 270, 37),
    ("The village, some 60 kilometers (37 miles) northeast of Oslo, was empty.", OSLO, 45, 60),
    ("The mine is ten miles due south of Dijon.", DIJON, 180, 16.1),
    ("The mine is twenty miles due south of Dijon.", DIJON, 180, 32.2),
    ("The shop is 800 metres north of Dijon.", DIJON, 0, 0.8),
    ("They stopped 1,200 km to the south of Oslo.", OSLO, 180, 1200),
    ("They stopped 2.5 km east of Oslo.", OSLO, 90, 2.5),
    ("The plant is three kilometers west of the town of Dijon.", DIJON, 270, 3),
    ("The house is a two-hour drive north of Lyon.", LYON, 0, 140),
]

AREAS = [
    ("He lives an hour's drive from Herat.", HERAT, 105),
    ("He lives half an hour's drive from Lyon.", LYON, 52),
    ("The depot is 15 km from Dijon.", DIJON, 16),
    ("The convoy halted near Herat.", HERAT, 15),
    ("The convoy halted on the outskirts of Lyon.", LYON, 8),
    ("The boat sank off the coast of Lima.", LIMA, 80),
    ("The fair was held just outside Dijon.", DIJON, 8),
]

NOTHING = [
    "The fair was held in Dijon.",
    "Lyon is 30 km long.",
    "It cost 30 euros in Oslo.",
    "He walked north.",
    "",
]


@pytest.mark.parametrize(("text", "anchor", "bearing", "km"), POINTS)
def test_a_distance_and_a_direction_give_a_point(
    text: str, anchor: tuple[float, float], bearing: float, km: float
) -> None:
    (one,) = relatives(text)
    assert distance((one.lat, one.lon), destination(*anchor, bearing, km)) < max(5, 0.15 * km)
    assert one.radius_km > 0.2 * km


@pytest.mark.parametrize(("text", "anchor", "radius"), AREAS)
def test_without_a_direction_the_anchor_gets_a_radius(text: str, anchor: tuple[float, float], radius: float) -> None:
    (one,) = relatives(text)
    assert distance((one.lat, one.lon), anchor) < 5
    assert radius <= one.radius_km < radius + 45


@pytest.mark.parametrize("text", NOTHING)
def test_a_place_without_a_relation_gives_none(text: str) -> None:
    assert relatives(text) == []


def test_midway_lies_between_its_two_anchors() -> None:
    (one,) = relatives("The inn stands midway between Lyon and Dijon.")
    assert distance((one.lat, one.lon), (46.5, 4.95)) < 10
    assert len(one.anchors) == 2


def test_the_span_covers_relation_and_anchor() -> None:
    page = factory.page("A quake struck about 45 km south of Herat on Monday.")
    (one,) = (place for place in places(page) if place.anchors)
    assert page.quote(one.span) == "about 45 km south of Herat"
