"""Scores who is told of reuse: the passages that a document took without naming whom it took them from.

    python -m bench.score_credit GOLD_FOLDER passages.jsonl

Gold: `passages` of `gold.jsonl`, each copied from the direct parent, `attributed` or not. Predicted: rows with
`attributed` (those of a link with a direction). Counted by characters of the taking document, so that neither a split
passage nor a long one weighs more than its text; and by passage, where a passage counts as found if half of its
characters lie in uncredited ones of the other side.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

Spans = dict[str, set[int]]
Passage = tuple[str, int, int]


def score(gold: list[Passage], predicted: list[Passage]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of uncredited passages, by characters and by passage."""
    there, found = _characters(gold), _characters(predicted)
    both = sum(len(there[doc] & found[doc]) for doc in there)
    return {
        "uncredited_characters": _prf(both, sum(map(len, found.values())), both, sum(map(len, there.values()))),
        "uncredited_passages": _prf(_inside(predicted, there), len(predicted), _inside(gold, found), len(gold)),
    }


def _characters(passages: list[Passage]) -> Spans:
    spans: Spans = defaultdict(set)
    for doc, start, end in passages:
        spans[doc].update(range(start, end))
    return spans


def _inside(passages: list[Passage], spans: Spans) -> int:
    """How many passages lie to at least half in the characters of `spans`."""
    return sum(2 * len(spans[doc].intersection(range(start, end))) >= end - start for doc, start, end in passages)


def _prf(right: int, predicted: int, found: int, gold: int) -> tuple[float, float, float]:
    precision, recall = right / max(predicted, 1), found / max(gold, 1)
    return round(precision, 4), round(recall, 4), round(2 * precision * recall / max(precision + recall, 1e-9), 4)


def main(folder: Path, passages: Path) -> None:
    """Print the figures as JSON."""
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    gold = [(row["id"], p["b"], p["e"]) for row in rows for p in row["passages"] if not p["attributed"]]
    told = [json.loads(line) for line in passages.read_text("utf-8").splitlines()]
    predicted = [(row["doc"], row["b"], row["e"]) for row in told if row.get("attributed") is False]
    sys.stdout.write(json.dumps(score(gold, predicted)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
