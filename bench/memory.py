"""How the memory of `sayso trace` depends on how many documents there are: `python -m bench.memory`.

Invented texts of about 200 characters in one JSON Lines file, so that a file too is no reason to hold more. Each size
is a run of its own: the greatest memory of the run until all is analysed, of its greatest worker, and of the run to
its end, links and all. Rows are kept in `docs/figures.json`, and what is kept is drawn.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.growth_plot import draw
from bench.proofs.processes import below, peak_mb
from bench.proofs.workers import write_pile
from sayso import api, linking
from sayso.settings import Settings

KEY = "memory of trace"
ROOT = Path(__file__).parent.parent
FIGURES = ROOT / "docs" / "figures.json"
PICTURE = ROOT / "docs" / "images" / "memory.svg"
ANALYSED, WORKER, LINKED = "the run, until all is analysed", "its greatest worker", "the run, links and all"
Row = dict[str, Any]


def measured(documents: int, workers: int) -> Row:
    """The greatest memory of one run in MB, in a process of its own, with so many workers (0 none)."""
    command = [sys.executable, "-m", "bench.memory", "--one", "--sizes", str(documents), "--workers", str(workers)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    greatest = 0
    while run.poll() is None:
        greatest = max([greatest, *(peak_mb(pid) for pid, words in below(run.pid) if b"spawn_main" in words)])
        time.sleep(0.2)
    row: Row = json.loads(run.stdout.read() if run.stdout else "")
    return {"documents": documents, **row, **({WORKER: greatest} if workers else {})}


def one(documents: int, workers: int) -> Row:
    """Make the texts, trace them here, and say what this process held."""
    found: Row = {}
    relate = linking.relate

    def noting(*given: Any, **named: Any) -> int:
        found[ANALYSED] = peak_mb(os.getpid())
        return relate(*given, **named)

    with tempfile.TemporaryDirectory() as folder, patch("sayso.linking.relate", noting):
        pile = write_pile(Path(folder, "pile", "pile.jsonl"), documents, random.Random(1))
        settings = Settings(rules=True, workers=workers)
        api.trace(pile, Path(folder, "case.sayso"), settings=settings).close()
    return {**found, LINKED: peak_mb(os.getpid())}


def keep(row: Row, workers: int) -> None:
    """Put a row among the figures, and draw them."""
    figures = json.loads(FIGURES.read_text("utf-8"))
    kept = figures.setdefault(KEY, {"command": "python -m bench.memory", "rows": {}})["rows"]
    way = f"{workers} workers" if workers else "no workers"
    rows = [other for other in kept.get(way, []) if other["documents"] != row["documents"]]
    kept[way] = sorted([*rows, row], key=lambda other: int(other["documents"]))
    FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    lines = {
        f"{way}: {what}": [{"documents": row["documents"], "mb": row[what]} for row in rows]
        for way, rows in sorted(kept.items())
        for what in rows[0]
        if what != "documents"
    }
    PICTURE.write_text(draw(lines, (("mb", "greatest memory, MB"),)), encoding="utf-8")


def main() -> None:
    """Measure what the command line names, keep it, draw it."""
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--one", action="store_true", help="measure the first size here and print it")
    given = parser.parse_args()
    if given.one:
        sys.stdout.write(json.dumps(one(given.sizes[0], given.workers)) + "\n")
        return
    for size in given.sizes:
        row = measured(size, given.workers)
        sys.stderr.write(f"{json.dumps(row)}\n")
        keep(row, given.workers)


if __name__ == "__main__":
    main()
