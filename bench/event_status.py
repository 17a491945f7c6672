"""The status of events on the own gold: `python -m bench.event_status GOLD PRED [--held]`, figures as JSON.

PRED is what `python -m bench event-status` writes. Each item is a document of one body part; its event is the one whose
trigger holds the marked word. A word that no event has for a trigger counts as "none", a wrong answer. Macro-F1 is
over the eight labels.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.events import pages
from sayso.detect.events import events
from sayso.records import Event

Row = dict[str, Any]


def main() -> None:
    """Parse the command line and write the figures of one set: "dev", or with --held the third kept for the end."""
    parser = argparse.ArgumentParser(prog="python -m bench.event_status", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--held", action="store_true")
    options = parser.parse_args()
    said = {row["id"]: row["status"] for row in _rows(options.predicted)}
    wanted = (row for row in _rows(options.gold) if row["set"] == ("held" if options.held else "dev"))
    found = figures([(row["status"], said.get(row["id"], "none")) for row in wanted])
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """One line an item: the status of the event at its trigger, "none" where no event stands there."""
    for row, page in pages(rows):
        yield {"id": row["id"], "status": _found(row, list(events(page)))}


def figures(found: list[tuple[str, str]]) -> dict[str, float]:
    """Macro-F1, the share of triggers found, and F1 a label, of pairs of the gold's label and the one said."""
    gold, said, right = (
        Counter(g for g, _ in found),
        Counter(f for _, f in found),
        Counter(g for g, f in found if g == f),
    )
    each = {label: round(2 * right[label] / (gold[label] + said[label]), 4) for label in sorted(gold)}
    missed = said["none"] / len(found)
    return {"macro_f1": round(sum(each.values()) / len(each), 4), "found": round(1 - missed, 4), **each}


def _found(row: Row, records: list[Any]) -> str:
    start, end = row["trigger"]
    held = (e for e in records if isinstance(e, Event) for s in e.trigger if s.start < end and start < s.end)
    return next((e.status.value for e in held), "none")


def _rows(path: Path) -> Iterator[Row]:
    return (json.loads(line) for line in path.read_text("utf-8").splitlines())


if __name__ == "__main__":
    main()
