"""How time, memory and disk grow with the documents: `python -m bench.growth DOCS.jsonl --half reuse`.

DOCS.jsonl has a text a line (`id`, `outlet`, `title`, `text`, `published`), as the generator of syndicated news writes
them. Each half of the work is measured at each size in a process of its own, on a real case file: processor seconds of
one core, the greatest memory, the size of the case, and for what is linked the seconds that `MORE` documents cost
which come later. What is measured is kept in `docs/figures.json`; `--draw` fits the growth and draws all that is kept.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bench.growth_plot import draw
from sayso.link import Linker, within
from sayso.linking import name, relate
from sayso.records import Document, Statement
from sayso.store import CaseFile, create_case
from tests import factory as f

Row = dict[str, Any]
MORE = 100  # documents added to a linked case
FAR = 10_000_000  # documents to which the fit is carried on
KEY = "growth"
ROOT = Path(__file__).parent.parent
FIGURES = ROOT / "docs" / "figures.json"
PICTURE = ROOT / "docs" / "images" / "growth.svg"


def main() -> None:
    """Measure what the command line names, keep it, draw it."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("documents", type=Path, nargs="?")
    parser.add_argument("--half", choices=sorted(HALVES), help="what to measure")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--one", action="store_true", help="measure the first size here and print it")
    parser.add_argument("--draw", action="store_true", help="fit and draw what is kept")
    options = parser.parse_args()
    if options.one:
        sys.stdout.write(json.dumps(HALVES[options.half](options.documents, options.sizes[0])) + "\n")
        return
    for size in options.sizes if options.half else ():
        keep(options.half, measured(options.documents, options.half, size))
    if options.draw:
        kept = json.loads(FIGURES.read_text("utf-8"))[KEY]
        PICTURE.write_text(draw({half: one["rows"] for half, one in kept.items()}), encoding="utf-8")


def measured(documents: Path, half: str, size: int) -> Row:
    """One size of one half, in a process whose memory is its own."""
    command = [sys.executable, "-m", "bench.growth", str(documents), "--half", half, "--one", "--sizes", str(size)]
    row: Row = json.loads(subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout)
    sys.stderr.write(f"{half} {json.dumps(row)}\n")
    return row


def keep(half: str, row: Row) -> None:
    """Put a row among the figures, and fit its half anew."""
    figures = json.loads(FIGURES.read_text("utf-8"))
    halves = figures.setdefault(KEY, {})
    rows = [one for one in halves.get(half, {}).get("rows", []) if one["documents"] != row["documents"]]
    rows = sorted([*rows, row], key=lambda one: int(one["documents"]))
    command = f"python -m bench.growth DOCS.jsonl --half {half}"
    halves[half] = {"command": command, "rows": rows, **fit([(one["documents"], one["s"]) for one in rows])}
    FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def fit(points: Sequence[tuple[int, float]]) -> Row:
    """The exponent of the growth (1 is linear, least squares of the logarithms) and what it says of `FAR` documents."""
    if len(points) < 2:
        return {}
    logs = [(math.log(size), math.log(seconds)) for size, seconds in points]
    middle = [sum(axis) / len(logs) for axis in zip(*logs, strict=True)]
    slope = sum((x - middle[0]) * (y - middle[1]) for x, y in logs) / sum((x - middle[0]) ** 2 for x, _ in logs)
    last, seconds = points[-1]
    hours = seconds * (FAR / last) ** slope / 3600
    return {"exponent": round(slope, 3), f"core-hours at {FAR:,}": float(f"{hours:.2g}")}


def documents(path: Path, count: int) -> Iterator[Document]:
    """The first documents of a file of texts, as a reader of plain text makes them."""
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, itertools.islice(lines, count)):
            given = {"publisher": row["outlet"], "title": row["title"], "published": row["published"]}
            yield f.document(row["text"], name=row["id"], **{field: value for field, value in given.items() if value})


def analysis(path: Path, count: int) -> Row:
    """Reading `count` documents and writing what is found in them; the model is loaded before."""
    from sayso.settings import Settings
    from sayso.steps import steps

    analyse = steps(Settings()).analyse
    with _case() as case:
        began = time.process_time()
        for document, records in analyse(documents(path, count)):
            f.file(case, document, records)
        row = _row(count, time.process_time() - began, case)
        return {**row, "statements": case.count(Statement)}


def reuse(path: Path, count: int, *, memory: int = 0) -> Row:
    """Linking the texts of `count` documents by reuse, nothing else being found in them."""

    def write(case: CaseFile, first: int, after: int) -> None:
        for document in itertools.islice(documents(path, after), first, None):
            f.file(case, document)

    return _linking(count, write, [linker for linker in within(memory) if name(linker) == "reuse"])


def claims(path: Path, count: int) -> Row:
    """Linking claims over `count` documents, their records and vectors made from the generator's gold beside them."""
    from bench.growth_claims import Maker, fill

    made, maker = list[int](), Maker(path)
    linkers = [linker for linker in within(0) if name(linker) == "claims"]
    row = _linking(count, lambda case, first, after: made.append(fill(case, maker, first, after)), linkers)
    return {**row, "statements": made[0]}


def _linking(count: int, write: Callable[[CaseFile, int, int], None], linkers: Sequence[Linker]) -> Row:
    """What linkers take for `count` documents, and for `MORE` that come later."""
    with _case() as case:
        write(case, 0, count)
        row = _row(count, linked(case, linkers), case)
        write(case, count, count + MORE)
        return {**row, "added": MORE, "added s": round(linked(case, linkers), 1)}


def linked(case: CaseFile, linkers: Sequence[Linker]) -> float:
    """The processor seconds that linkers take for what is new to a case."""
    began = time.process_time()
    relate(case, linkers, checks=[])
    return time.process_time() - began


def _row(count: int, seconds: float, case: CaseFile) -> Row:
    assert case.path
    case.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"documents": count, "s": round(seconds, 1), "mb": peak >> 10, "case mb": case.path.stat().st_size >> 20}


def _case() -> CaseFile:
    return create_case(Path(tempfile.mkdtemp()) / "growth.sayso")


HALVES: dict[str, Callable[[Path, int], Row]] = {
    "analysis": analysis,
    "claims": claims,
    "reuse": reuse,
    "reuse within 512 MB": partial(reuse, memory=1 << 29),
}


if __name__ == "__main__":
    main()
