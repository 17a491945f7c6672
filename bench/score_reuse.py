"""Scores reuse: the figures of the corpora's own scorer in one flat object, and who is told of reuse.

    python -m bench.score_reuse FOLDER OUTPUT

FOLDER holds the gold, `gold.jsonl` or `cases.jsonl`, and lies two folders below the one that holds `score/`; OUTPUT is
what `python -m bench reuse` wrote. Who is told: the passages that a document took without naming whom it took them
from. Gold: `passages` of `gold.jsonl`, each copied from the direct parent, `attributed` or not. Predicted: rows with
`attributed` (those of a link with a direction). Counted by characters of the taking document, so that a passage weighs
as much as its text; and by passage, where one counts as found if half of its characters lie in uncredited ones of the
other side.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

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


def figures(folder: Path, out: Path) -> dict[str, float]:
    """Every figure, by the names that the scorer gives it, joined by spaces ("clusters pairwise F1")."""
    scorer = folder.resolve().parents[2] / "score" / "score_reuse.py"
    if (folder / "cases.jsonl").exists():
        asked = ["--cases", str(folder / "cases.jsonl"), "--given-pairs"]
        return _flat(_run([str(scorer), *asked, "--passages", str(out / "passages.jsonl")]))
    files = [part for name in ("clusters", "edges", "passages") for part in (f"--{name}", str(out / f"{name}.jsonl"))]
    told = told_figures(folder / "gold.jsonl", out / "passages.jsonl")
    return _flat(_run([str(scorer), "--gold", str(folder), *files])) | told


def told_figures(gold: Path, passages: Path) -> dict[str, float]:
    """The F1 of uncredited passages and characters."""
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    taken = [(row["id"], p["b"], p["e"]) for row in rows for p in row["passages"] if not p["attributed"]]
    told = [json.loads(line) for line in passages.read_text("utf-8").splitlines()]
    predicted = [(row["doc"], row["b"], row["e"]) for row in told if row.get("attributed") is False]
    return {f"{name} F1": values[2] for name, values in score(taken, predicted).items()}


def _run(command: list[str]) -> dict[str, Any]:
    printed = subprocess.run([sys.executable, *command], check=True, text=True, stdout=subprocess.PIPE).stdout
    found: dict[str, Any] = json.loads(printed)
    return found


def _flat(figures: dict[str, Any], before: str = "") -> dict[str, float]:
    flat: dict[str, float] = {}
    for name, value in figures.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{before}{name} ")
        elif isinstance(value, int | float):
            flat[before + name] = float(value)
    return flat


if __name__ == "__main__":
    sys.stdout.write(json.dumps(figures(Path(sys.argv[1]), Path(sys.argv[2])), indent=1) + "\n")
