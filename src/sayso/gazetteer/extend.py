"""Adds places and names of a user's files to a built gazetteer: the same packed file, with more in it.

The files are read line by line and go into tables of the new file at once; what is kept in memory are the columns
(29 bytes a place) and the codes of divisions, whatever the size of the files.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from sayso.gazetteer.build import ALTERNATE, KINDS, MOST, UNIT, Progress
from sayso.gazetteer.feeds import Alias, Feature, read
from sayso.gazetteer.names import exact, key

COLUMNS = {
    "kind": "B",
    "lat": "f",
    "lon": "f",
    "radius": "f",
    "people": "I",
    "country": "I",
    "state": "I",
    "county": "I",
}
_TELL = 500_000  # lines between two words of progress
_SAME = 0.15  # degrees within which a nameless id is the place that is there already


class Extension:
    """A copy of a gazetteer that takes in more."""

    def __init__(self, path: Path) -> None:
        self.base = sqlite3.connect(path, isolation_level=None)
        self.base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE;")
        self.base.execute("BEGIN")
        self.base.execute("CREATE TABLE more (key TEXT, unit INTEGER)")
        self.columns: dict[str, Any] = {name: self._column(name, code) for name, code in COLUMNS.items()}
        rows = self.base.execute("SELECT number, note FROM unit WHERE note != ''").fetchall()
        kinds = self.columns["kind"]
        self.codes = {note.split("|")[0]: number for number, note in rows if kinds[number] < 3}

    def take(self, one: Feature | Alias) -> None:
        """A place that is not there yet, with its names; of one that is there, the names."""
        if isinstance(one, Alias):
            if number := self._known(one.id):
                self._call(number | ALTERNATE, one.name)
            return
        number = self._known(one.id) if one.id else self._same(one)
        number = number or self._add(one)
        for other in one.names:
            if not exact(other):
                self._call(number | ALTERNATE, other)

    def close(self, version: str) -> None:
        """Pack what was taken in."""
        self.base.execute("CREATE INDEX more_key ON more (key)")
        self.base.executemany("INSERT OR REPLACE INTO name VALUES (?, ?)", self._names())
        self.base.execute("DROP TABLE more")
        for name, column in self.columns.items():
            self.base.execute("UPDATE packed SET value = ? WHERE name = ?", (column.tobytes(), name))
        self.base.execute("UPDATE about SET value = ? WHERE name = 'version'", (version,))
        self.base.execute("COMMIT")
        self.base.close()

    def _column(self, name: str, code: str) -> Any:
        values: Any = array(code)
        values.frombytes(self.base.execute("SELECT value FROM packed WHERE name = ?", (name,)).fetchone()[0])
        return values

    def _known(self, id: str) -> int:
        row = self.base.execute("SELECT number FROM unit WHERE id = ? AND id != ''", (id,)).fetchone()
        return int(row[0]) if row else 0

    def _same(self, one: Feature) -> int:
        """A place of this name and kind at this point: files without ids name many that are there."""
        row = self.base.execute("SELECT units FROM name WHERE key = ?", (key(one.name),)).fetchone()
        for unit in (flagged & UNIT for flagged in array("I", row[0])) if row else ():
            lat, lon, kind = (self.columns[name][unit] for name in ("lat", "lon", "kind"))
            close = max(_SAME, one.radius / 111)
            if abs(lat - one.point[0]) < close and abs(lon - one.point[1]) < close and KINDS[kind] == one.kind:
                return int(unit)
        return 0

    def _add(self, one: Feature) -> int:
        number = len(self.columns["kind"])
        country, state, county = self._above(one.codes)
        values = (KINDS.index(one.kind), *one.point, one.radius, min(one.people, 2**32 - 1), country, state, county)
        for column, value in zip(self.columns.values(), values, strict=True):
            column.append(value)
        note = ".".join(code for code in one.codes if code) if one.kind in ("state", "county") else ""
        self.base.execute("INSERT INTO unit VALUES (?, ?, ?, ?)", (number, one.name, one.id, note))
        if one.kind == "state":
            self.columns["state"][number] = self.codes[note] = number
        self._call(number, one.name)
        return number

    def _above(self, codes: Sequence[str]) -> tuple[int, ...]:
        """Country, state and county by their codes joined: "US", "US.TX", "US.TX.471"."""
        joined = (".".join(codes[: depth + 1]) for depth in range(3))
        return tuple(self.codes.get(code, 0) if len(codes) > depth else 0 for depth, code in enumerate(joined))

    def _call(self, flagged: int, name: str) -> None:
        self.base.execute("INSERT INTO more VALUES (?, ?)", (key(name), flagged))

    def _names(self) -> Iterator[tuple[str, bytes]]:
        """Each key that has more, with all its units, the most populous first; read and written in turns."""
        people, reader = self.columns["people"], self.base.execute("SELECT key, unit FROM more ORDER BY key")
        for word, rows in groupby(reader, key=lambda row: row[0]):
            found = self.base.execute("SELECT units FROM name WHERE key = ?", (word,)).fetchone()
            units = {*array("I", found[0] if found else b""), *(row[1] for row in rows)}
            units = {unit for unit in units if unit <= UNIT or (unit & UNIT) not in units}
            yield word, array("I", sorted(units, key=lambda n: (-people[n & UNIT], n))[:MOST]).tobytes()


def extend(base: Path, files: Sequence[Path], out: Path, progress: Progress) -> None:
    """Write at `out` the gazetteer of `base` with the places of `files`, whole or not at all.

    Raises UsageError for a file that is no dump of GeoNames nor GeoJSON, and OSError where one cannot be read.
    """
    scratch = out.with_name(out.name + ".part")
    shutil.copyfile(base, scratch)
    try:
        extension = Extension(scratch)
        version = extension.base.execute("SELECT value FROM about WHERE name = 'version'").fetchone()[0]
        digest = hashlib.sha256()
        for file in files:
            _feed(extension, file, progress)
            digest.update(f"{file.name} {file.stat().st_size}".encode())
        progress("packing")
        extension.close(f"{version}+{digest.hexdigest()[:8]}")
        scratch.replace(out)
    finally:
        scratch.unlink(missing_ok=True)


def _feed(extension: Extension, file: Path, progress: Progress) -> None:
    size, taken = max(1, file.stat().st_size), 0
    for line, (done, one) in enumerate(read(file), 1):
        if one is not None:
            extension.take(one)
            taken += 1
        if line % _TELL == 0:
            progress(f"{file.name}: {done / size:.0%}, {taken:,} places and names taken")
    progress(f"{file.name}: {taken:,} places and names taken")
