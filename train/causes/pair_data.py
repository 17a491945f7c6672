"""Pairs of event mentions as the product sees them: `python -m train.causes.pair_data esl_train.jsonl pairs.pkl`."""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.attribution import documents
from sayso.case import Page
from sayso.detect.causes.pairs import Pair, pairs
from sayso.detect.quotes import quotes
from sayso.nlp import load, parse

Row = dict[str, Any]


def read(path: Path) -> Iterator[tuple[Row, list[Pair]]]:
    """Each document with its pairs."""
    rows, model = [json.loads(line) for line in path.read_text("utf-8").splitlines()], load()
    made = list(documents(rows))
    for row, document, parsed in zip(rows, made, parse(made, model), strict=True):
        page = Page(document, parsed, model.tagger)
        page.add(quotes(page))
        yield row, list(pairs(page, [(m["id"], *m["span"]) for m in row["mentions"]]))


def main() -> None:
    """Parse the command line and write the pairs."""
    parser = argparse.ArgumentParser(prog="python -m train.causes.pair_data", description=__doc__)
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    options.output.write_bytes(pickle.dumps(list(read(options.input))))


if __name__ == "__main__":
    main()
