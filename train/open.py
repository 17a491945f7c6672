"""Training data under open licences alone: `python -m train.open --data DIR --out DIR`.

Writes annotated texts for each guideline, every fifth kept for thresholds (`*.fit.jsonl`). They hold the rows of GUM
train under CC BY, our own sentences that are not held back, and Wikinews articles (CC BY 2.5) with what our own rules
find in them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.attribution import predict

Row = dict[str, Any]
OWN = Path(__file__).parent.parent / "tests" / "gold" / "sentences.jsonl"
BY = ("CC BY 2.5", "CC BY 3.0", "CC BY 4.0")
ROLES = ("source", "cue", "content")
KEPT = 5  # one row in so many is for thresholds


def rows(path: Path) -> Iterator[Row]:
    """The rows of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def licensed(path: Path) -> Iterator[Row]:
    """The rows of GUM that any use is allowed of, with attribution."""
    return (row for row in rows(path) if row["licence"] in BY)


def own(path: Path = OWN) -> Iterator[Row]:
    """Our own sentences that are not held back, each with its marked statement."""
    for row in rows(path):
        if row["set"] == "dev":
            given = row["statement"]
            words = {role: given[role] if role == "content" else [given[role]] for role in ROLES}
            spans = {role: _places(row["text"], found) for role, found in words.items()}
            yield {"id": row["id"], "text": row["text"], "attributions": [{"id": "1", **spans}]}


def silver(*paths: Path) -> Iterator[Row]:
    """Wikinews with the outermost attributions that the rules find: silver, not gold."""
    given = (row for path in paths for row in rows(path))
    made = {str(r["id"]): {"id": str(r["id"]), "text": _text(r)} for r in given}
    for found in predict(iter(made.values()), rules=True):
        outer = [a for a in found["attributions"] if "nested_in" not in a and a["content"]]
        yield {**made[found["id"]], "attributions": outer}


def _text(row: Row) -> str:
    return row["text"] if "text" in row else "\n\n".join([row["title"], *row["paras"]])


def _places(text: str, words: Iterable[str | None]) -> list[list[int]]:
    found = ((text.find(one), one) for one in words if one)
    return [[at, at + len(one)] for at, one in found if at >= 0]


def main() -> None:
    """Parse the command line and write both files."""
    parser = argparse.ArgumentParser(prog="python -m train.open", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with attribution/, crossdoc/, places/")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    wikinews = (options.data / "crossdoc" / "wikinews_base.jsonl", options.data / "places" / "geo_geovirus.jsonl")
    made = {
        "outer": [*own(), *silver(*wikinews)],
        "clausal": [*licensed(options.data / "attribution" / "gum.train.jsonl"), *own()],
    }
    for name, given in made.items():
        _write(options.out / f"{name}.jsonl", (row for n, row in enumerate(given) if n % KEPT))
        _write(options.out / f"{name}.fit.jsonl", (row for n, row in enumerate(given) if not n % KEPT))


def _write(path: Path, made: Iterable[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), "utf-8")


if __name__ == "__main__":
    main()
