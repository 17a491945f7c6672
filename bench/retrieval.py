"""Claim retrieval as `score_claims.py retrieval` reads it: for each post the claims it may repeat, best first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sayso.encoder.encoder import load
from sayso.link.claims.posts import day_of
from sayso.link.claims.search import Entry, Search

MOST = 100


def predict(rows: Iterable[dict[str, Any]], beside: Path) -> Iterator[dict[str, Any]]:
    """One line a post; the claims stand in `claims.jsonl` beside it."""
    search = Search(entries(beside / "claims.jsonl"), load().encode)
    for row in rows:
        yield {"query": row["id"], "ranked": [id for id, _ in search.rank(row["text"], MOST)]}


def entries(path: Path) -> list[Entry]:
    """The claims of a collection, in its order."""
    with path.open(encoding="utf-8") as lines:
        held = [json.loads(line) for line in lines if line.strip()]
    return [Entry(one["id"], one["claim"], one["title"], day_of(one.get("date", ""))) for one in held]
