"""Which event mentions of a corpus are one event, as `score_claims.py coref` reads it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

from sayso.link.events.cluster import Edge, clusters
from sayso.link.events.compare import NEAR, candidates, edges
from sayso.link.events.near import Model, shipped
from sayso.link.events.told import Reader, Text, Told, Trigger
from sayso.link.events.vectors import shipped as reader

_LEADING = re.compile(r"^(?:(?:in|at|of|on|to|into|near|from|the|an?)\s+)+", re.IGNORECASE)
_BEHIND = re.compile(r"\s+(?:[,(]|of\b|in\b|at\b|on\b|for\b|from\b|near\b|'s?\b).*|['’]s?$", re.IGNORECASE | re.DOTALL)
Row = dict[str, Any]
Read = dict[str, tuple[Text, list[Told]]]


def predict(rows: Iterable[Row], beside: Path) -> Iterator[Row]:
    """One line a mention; its documents stand in `docs.PART.jsonl` beside it, of which ids and texts are read."""
    held = list(rows)
    read_ = read(held, texts(beside, {row["doc"] for row in held}), reader())
    yield from grouped([row["id"] for row in held], list(scored(shipped(), read_)), shipped().threshold)


def grouped(ids: Iterable[str], found: Iterable[Edge], least: float) -> Iterator[Row]:
    """One line for each id: the first of its group is its chain."""
    chain = {id: group[0] for group in clusters(found, least, lambda one, other: False) for id in group}
    yield from ({"id": id, "chain": chain.get(id, id)} for id in ids)


def texts(folder: Path, wanted: set[str]) -> dict[str, str]:
    """The texts of the documents that mentions stand in."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("docs.*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            found |= {row["id"]: row["text"] for row in map(json.loads, lines) if row["id"] in wanted}
    return found


def read(rows: Iterable[Row], held: dict[str, str], by: Reader) -> Read:
    """The documents and their mentions ready to be compared, by document."""
    mentions = defaultdict(list)
    for row in rows:
        mentions[row["doc"]].append(Trigger(row["id"], row["text"], row["b"], row["e"], head(row)))
    return {doc: by.read(doc, text, _lines(text), mentions[doc]) for doc, text in sorted(held.items())}


def head(row: Row) -> str:
    """The word that says what an entity is: the last before a preposition or comma; an event's is its first."""
    if row["kind"] == "event":
        return ""
    bare = _LEADING.sub("", row["text"])
    return (_BEHIND.split(bare)[0].split() or [row["text"]])[-1]


def scored(model: Model, held: Read) -> Iterator[Edge]:
    """The likely pairs of mentions, of documents that may be about one affair."""
    weighed = {doc: model.weigh(text) for doc, (text, _) in held.items()}
    for one, other in combinations_with_replacement(sorted(held), 2):
        near = 1.0 if one == other else model.near(weighed[one], weighed[other])
        if near >= NEAR:
            pairs = candidates(held[one][1], held[other][1])
            yield from edges(model, pairs, [near] * len(pairs))


def _lines(text: str) -> list[tuple[int, int]]:
    places, at = [], 0
    for line in text.split("\n"):
        places.append((at, at + len(line)))
        at += len(line) + 1
    return places
