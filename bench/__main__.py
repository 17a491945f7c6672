"""Run one task over an annotated file, from which only the fields that the task may read are kept."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import attribution, times

Row = dict[str, Any]
# What a task may read of its input: the gold cannot leak into a prediction.
READS: dict[str, tuple[str, ...]] = {"attribution": ("id", "text"), "times": ("id", "title", "text", "dct")}
TASKS: dict[str, Callable[[Iterator[Row]], Iterator[Row]]] = {
    "attribution": attribution.predict,
    "times": times.predict,
}


def rows(path: Path, fields: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a JSONL file with only `fields`."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                whole = json.loads(line)
                yield {field: whole[field] for field in fields if field in whole}


def main() -> None:
    """Parse the command line and write OUTPUT."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("task", choices=sorted(TASKS))
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    with options.output.open("w", encoding="utf-8") as out:
        for row in TASKS[options.task](rows(options.input, READS[options.task])):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
