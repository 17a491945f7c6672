"""Rows of a corpus, and attributions as lines that its scorer reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.tagger.decode import Tagged
from sayso.tagger.pieces import Pieces


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def line(pieces: Pieces, n: int, one: Tagged) -> dict[str, Any]:
    """One attribution as the scorer reads it."""

    def spans(runs: Any) -> list[list[int]]:
        return [[pieces.start[a], pieces.end[b - 1]] for a, b in runs]

    return {
        "id": str(n),
        "source": spans(one.source),
        "cue": spans(one.cue),
        "content": spans(one.content),
        "score": one.score,
    }


def predictions(pieces: Pieces, found: list[Tagged]) -> list[dict[str, Any]]:
    """Lines with `nested_in`: the smallest content that holds the anchor."""
    out = []
    for n, one in enumerate(found):
        made = line(pieces, n, one)
        holders = [
            m
            for m, other in enumerate(found)
            if m != n
            and one.anchor in other.held()
            and not (other.anchor in one.held() and len(other.held()) <= len(one.held()))
        ]
        if holders:
            made["nested_in"] = str(min(holders, key=lambda m: len(found[m].held())))
        out.append(made)
    return out
