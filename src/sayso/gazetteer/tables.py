"""The own place tables of `sayso/data/` as rows."""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Iterator
from importlib.resources import files

NAMES = (
    "places_countries.tsv",
    "places_states.tsv",
    "places_regions.tsv",
    "places_aliases.tsv",
    "places_divisions.tsv.xz",
    "places_counties.tsv.xz",
)


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/NAME`: tab-separated, `#` lines are notes, the first row names the columns; `.xz` is packed."""
    data = _bytes(name)
    text = (lzma.decompress(data) if name.endswith(".xz") else data).decode()
    lines = (line.split("\t") for line in text.split("\n") if line and not line.startswith("#"))
    columns = next(lines)
    for cells in lines:
        yield dict(zip(columns, cells, strict=True))


def split(cell: str) -> list[str]:
    """The parts of a cell that `|` separates; none of an empty one."""
    return [part for part in cell.split("|") if part]


def digest() -> str:
    """A hash of all tables: a gazetteer built from others is another gazetteer."""
    return hashlib.sha256(b"\0".join(_bytes(name) for name in NAMES)).hexdigest()[:12]


def _bytes(name: str) -> bytes:
    return (files("sayso") / "data" / name).read_bytes()
