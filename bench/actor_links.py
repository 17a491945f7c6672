"""Which mentions of people, places, times and things are one, as `score_claims.py coref` reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.event_links import Row, grouped, read, scored, texts
from sayso.link.events.near import shipped
from sayso.link.events.vectors import shipped as reader


def predict(rows: Iterable[Row], beside: Path) -> Iterator[Row]:
    """One line a mention, joined as events are, by what was learned of entities; a place is never a person."""
    held = list(rows)
    kind = {row["id"]: row["type"] for row in held}
    model = shipped("entities")
    found = scored(model, read(held, texts(beside, {row["doc"] for row in held}), reader()))
    same = [(chance, one, other) for chance, one, other in found if kind[one] == kind[other]]
    yield from grouped(kind, same, model.threshold)
