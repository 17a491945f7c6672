"""Readers of files that users have: the GeoNames dump, its alternate names, and Natural Earth as GeoJSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sayso.errors import UsageError
from sayso.gazetteer import tables
from sayso.gazetteer.names import exact, latin

_DUMP, _ALTERNATE = 19, 10  # columns of allCountries.txt, of alternateNamesV2.txt
_TONGUES = frozenset({"", "en", "abbr"})  # languages of names that English news prints
_SEAT = frozenset({"PPLA", "PPLA2", "PPLA3", "PPLC"})  # towns that count without a population
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Feature:
    """A place of a file: `codes` are country, first and second division, as far as the file gives them."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    point: tuple[float, float]
    radius: float
    people: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """A further name of a place that is known by its GeoNames id."""

    id: str
    name: str


def read(path: Path) -> Iterator[tuple[int, Feature | Alias | None]]:
    """Each line of a file as bytes read so far and what it holds, None where it is left out; one line at a time.

    Raises UsageError for a file of another form.
    """
    shape = _shape(path)
    done = 0
    with path.open("rb") as lines:
        for line in lines:
            done += len(line)
            yield done, shape(line.decode("utf-8", "replace").rstrip("\r\n"))


def _shape(path: Path) -> Any:
    """The reader of a file's lines, by its first line that is no comment."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    columns = len(first.rstrip("\r\n").split("\t"))
    if columns == _DUMP:
        return _dumped
    if columns in (8, _ALTERNATE):
        return _alternate
    if first.lstrip().startswith("{") and '"Topology"' not in first:
        return _geojson
    raise UsageError(
        f"{path}: not a file that can be imported. Give allCountries.txt, a country's or cities' .txt or "
        "alternateNamesV2.txt of GeoNames, or GeoJSON of Natural Earth with one feature a line."
    )


@cache
def features() -> dict[str, tuple[str, float]]:
    """Kind and radius by feature code."""
    return {row["code"]: (row["kind"], float(row["radius_km"])) for row in tables.rows("places_features.tsv")}


def _dumped(line: str) -> Feature | None:
    cells = line.split("\t")
    if len(cells) != _DUMP or cells[7] not in features():
        return None
    kind, radius = features()[cells[7]]
    people = int(cells[14] or 0)
    if cells[6] == "P" and not people and cells[7] not in _SEAT:
        return None  # millions of hamlets of which no list knows more than the name
    names = tuple(other for other in (cells[2], *cells[3].split(",")) if _printed(other) and other != cells[1])
    point = float(cells[4]), float(cells[5])
    if kind in ("city", "capital"):
        radius = max(radius, math.sqrt(people / 2000 / math.pi))
    return Feature(cells[0], cells[1], names, kind, point, radius, people, (cells[8], cells[10], cells[11]))


def _printed(name: str) -> bool:
    return latin(name) and not exact(name)


def _alternate(line: str) -> Alias | None:
    cells = line.split("\t")
    if len(cells) < 4 or cells[2] not in _TONGUES or not latin(cells[3]):
        return None
    return Alias(cells[1], cells[3]) if cells[2] == "abbr" or not exact(cells[3]) else None


def _geojson(line: str) -> Feature | None:
    text = line.strip().rstrip(",")
    if not text.startswith("{") or '"geometry"' not in text or not text.endswith("}"):
        return None
    try:
        feature = json.loads(text)
    except json.JSONDecodeError:
        return None
    facts = {str(name).lower(): value for name, value in (feature.get("properties") or {}).items()}
    name, kind = facts.get("name_en") or facts.get("name"), features().get(str(facts.get("featurecla", "")).lower())
    points = list(_points((feature.get("geometry") or {}).get("coordinates", ())))
    if not name or kind is None or not points:
        return None
    point, radius = _middle(points)
    names = tuple({str(facts[key]) for key in ("name", "namealt", "name_alt") if facts.get(key)} - {name})
    people, country = facts.get("pop_max") or 0, str(facts.get("iso_a2") or "")
    return Feature("", str(name), names, kind[0], point, radius or kind[1], int(people), (country,))


def _points(shape: Any) -> Iterator[tuple[float, float]]:
    """Longitude and latitude of all points of a geometry."""
    if shape and isinstance(shape[0], int | float):
        yield float(shape[0]), float(shape[1])
    else:
        for inner in shape:
            yield from _points(inner)


def _middle(points: list[tuple[float, float]]) -> tuple[tuple[float, float], float]:
    """The middle of the box about points, and half of its lesser side: a circle that lies about inside."""
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    high = math.radians(max(lats) - min(lats)) * _EARTH_KM
    wide = math.radians(max(lons) - min(lons)) * _EARTH_KM * math.cos(math.radians(lat))
    return (lat, lon), min(high, wide) / 2
