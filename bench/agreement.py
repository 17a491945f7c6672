"""How far a second reader of the gold agrees with the first: `python -m bench.agreement`.

The second reader labelled a random part of both golds from the guides, without having seen the rules or the labels; for
50 sentences the statement was not marked and had to be found too. Figures: per cent of labels alike, Cohen's kappa
(Cohen 1960), macro-F1 of the second by the first.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GOLD = Path(__file__).parent.parent / "tests" / "gold"
Pair = tuple[Any, Any]


def read(name: str) -> Iterator[dict[str, Any]]:
    """The lines of a file of the gold; a marked statement's fields stand beside the others."""
    for line in (GOLD / name).read_text("utf-8").splitlines():
        row = json.loads(line)
        yield {**row, **row.get("statement", {})}


def pairs() -> dict[str, list[Pair]]:
    """For every field the labels of both readers."""
    first = {row["id"]: row for name in ("sentences.jsonl", "event_status.jsonl") for row in read(name)}
    out: dict[str, list[Pair]] = {}
    for row in read("second_reader.jsonl"):
        for field, label in row.items():
            if field != "id":
                out.setdefault(field, []).append((first[row["id"]][field], label))
    return out


def alike(found: list[Pair]) -> float:
    """The share of labels that are the same."""
    return sum(a == b for a, b in found) / len(found)


def kappa(found: list[Pair]) -> float:
    """Agreement beyond what chance would give."""
    left, right = Counter(a for a, _ in found), Counter(b for _, b in found)
    chance = sum(left[label] * right[label] for label in left) / len(found) ** 2
    return (alike(found) - chance) / (1 - chance)


def macro(found: list[Pair]) -> float:
    """Mean F1 over the first reader's labels."""
    return sum(_f1(found, label) for label in {a for a, _ in found}) / len({a for a, _ in found})


def _f1(found: list[Pair], label: Any) -> float:
    both = sum(a == b == label for a, b in found)
    return 2 * both / (sum(a == label for a, _ in found) + sum(b == label for _, b in found))


def main() -> None:
    """Write the figures of every field."""
    for field, found in sorted(pairs().items()):
        line = f"{field:10s} {len(found):4d} labels  alike {100 * alike(found):5.1f}"
        if field not in ("source", "cue", "content"):
            line += f"  kappa {100 * kappa(found):5.1f}  macro-F1 {100 * macro(found):5.1f}"
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
