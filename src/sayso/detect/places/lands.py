"""The country that a place is or lies in, and the borders of countries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sayso.detect.lexicon import rows
from sayso.gazetteer import UNIT, Gazetteer
from sayso.records import Place


class Land(NamedTuple):
    """A place of the text with its unit and its country's (0 unknown); `whole` where it is the country itself."""

    place: Place
    unit: int
    country: int
    whole: bool


class Border(NamedTuple):
    """The middle of a border, and the radius of a circle about it that holds all of it."""

    lat: float
    lon: float
    radius_km: float


def lands(found: Sequence[Place], gazetteer: Gazetteer) -> list[Land]:
    """Each place with its country; of an adjective that is unresolved, its most populous country."""
    return [_land(place, gazetteer) for place in found if not place.anchors]


def _land(place: Place, gazetteer: Gazetteer) -> Land:
    unit = gazetteer.unit(place.gazetteer.removeprefix("geonames:")) if place.gazetteer else 0
    country = gazetteer.country[unit]
    return Land(place, unit, country, bool(unit) and unit == country)


def iso(country: int, gazetteer: Gazetteer) -> str:
    """The two-letter code of a country's unit, "" of none."""
    return gazetteer.code(country) if country else ""


@cache
def borders() -> dict[frozenset[str], Border]:
    """Land borders by the ISO codes of both sides."""
    table = rows("places_borders.tsv")
    return {
        frozenset((row["one"], row["other"])): Border(float(row["lat"]), float(row["lon"]), float(row["radius_km"]))
        for row in table
    }


@cache
def described() -> dict[str, frozenset[str]]:
    """Words for countries ("balkan", "landlocked") with the ISO codes of those that they fit."""
    table = rows("places_descriptions.tsv")
    return {word: frozenset(row["countries"].split("|")) for row in table for word in row["words"].split("|")}


def named(words: str, gazetteer: Gazetteer) -> frozenset[str]:
    """The ISO codes of all countries that words may name: both of "Congolese"."""
    units = (unit & UNIT for unit in gazetteer.find(words))
    return frozenset(gazetteer.code(unit) for unit in units if gazetteer.kind_of(unit) == "country")
