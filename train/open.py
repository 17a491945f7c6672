"""Training data under open licences alone: `python -m train.open --data DIR --out DIR`.

Writes two files of annotated texts, one a guideline: `outer.jsonl` and `clausal.jsonl`. They hold the rows of GUM train
under CC BY, passages of RiQuA whose spans can only belong together (one source, one cue), our own sentences that are
not held back, and Wikinews articles (CC BY 2.5) with what our own rules find in them.
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


def rows(path: Path) -> Iterator[Row]:
    """The rows of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def licensed(path: Path) -> Iterator[Row]:
    """The rows of GUM that any use is allowed of, with attribution."""
    return (row for row in rows(path) if row["licence"] in BY)


def linked(path: Path) -> Iterator[Row]:
    """The passages of RiQuA with one source, one cue, and contents: they can only belong together."""
    for row in rows(path):
        spans = {role: [s for a in row["attributions"] for s in a[role]] for role in ROLES}
        if len(spans["source"]) == len(spans["cue"]) == 1 and spans["content"]:
            yield {"id": row["id"], "text": row["text"], "attributions": [{"id": "1", **spans}]}


def own(path: Path = OWN) -> Iterator[Row]:
    """Our own sentences that are not held back, each with its marked statement."""
    for row in rows(path):
        if row["set"] == "dev":
            given = row["statement"]
            words = {role: given[role] if role == "content" else [given[role]] for role in ROLES}
            spans = {role: _places(row["text"], found) for role, found in words.items()}
            yield {"id": row["id"], "text": row["text"], "attributions": [{"id": "1", **spans}]}


def silver(path: Path) -> Iterator[Row]:
    """Wikinews with the outermost attributions that the rules find: silver, not gold."""
    texts = ({"id": str(r["id"]), "text": "\n\n".join([r["title"], *r["paras"]])} for r in rows(path))
    made = {row["id"]: row for row in texts}
    for found in predict(iter(made.values()), rules=True):
        outer = [a for a in found["attributions"] if "nested_in" not in a and a["content"]]
        yield {**made[found["id"]], "attributions": outer}


def _places(text: str, words: Iterable[str | None]) -> list[list[int]]:
    found = ((text.find(one), one) for one in words if one)
    return [[at, at + len(one)] for at, one in found if at >= 0]


def main() -> None:
    """Parse the command line and write both files."""
    parser = argparse.ArgumentParser(prog="python -m train.open", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with attribution/ and crossdoc/")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    novels = list(linked(options.data / "attribution" / "riqua.train.jsonl"))
    outer = [*own(), *silver(options.data / "crossdoc" / "wikinews_base.jsonl"), *novels]
    clausal = [*licensed(options.data / "attribution" / "gum.train.jsonl"), *novels]
    for name, made in (("outer", outer), ("clausal", clausal)):
        lines = (json.dumps(row, ensure_ascii=False) for row in made)
        (options.out / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
