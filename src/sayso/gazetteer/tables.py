"""The own place tables of `sayso/data/` as rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.resources import files

NAMES = (
    "places_countries.tsv",
    "places_states.tsv",
    "places_regions.tsv",
    "places_aliases.tsv",
)


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/NAME`: tab-separated, `#` lines are notes, the first row names the columns."""
    lines = [line.split("\t") for line in _text(name).splitlines() if line and not line.startswith("#")]
    for cells in lines[1:]:
        yield dict(zip(lines[0], cells, strict=True))


def split(cell: str) -> list[str]:
    """The parts of a cell that `|` separates; none of an empty one."""
    return [part for part in cell.split("|") if part]


def digest() -> str:
    """A hash of all tables: a gazetteer built from others is another gazetteer."""
    return hashlib.sha256("\0".join(_text(name) for name in NAMES).encode()).hexdigest()[:12]


def _text(name: str) -> str:
    return (files("sayso") / "data" / name).read_text("utf-8")
