"""Fit what reads as reporting: `python -m train.style [--data DIR] [FILE=news ...]`, JSON to standard output.

News and comment against talk, tales and textbooks: with --data PolNeAR train (every third article) and GUM train (its
news with the news); and whatever files are named, one JSON object a line with `text`, and `genre` where FILE=genre.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.case import Page
from sayso.detect.attribution.style import GIVEN, kinds
from sayso.detect.quotes import quotes
from sayso.ingest.layout import parts
from sayso.nlp import load, parse
from sayso.records import Document

Floats = npt.NDArray[np.float64]
Counted = tuple[Counter[str], int, bool]  # kinds of words, tokens, whether it is news
RIDGE = 20.0  # chosen on dev among 10, 20, 30 and 100: they hardly differ
EVERY = 3  # articles of PolNeAR train: more teach nothing new
RARE = 40  # a kind of words must stand that often


def texts(path: Path, *, news: bool | None) -> Iterator[tuple[str, bool]]:
    """The texts of a file and whether they are news; None: by their genre."""
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = row["text"] if "text" in row else "\n\n".join([row["title"], *row["paras"]])
            yield text, row.get("genre") == "news" if news is None else news


def counted(pairs: Iterable[tuple[str, bool]]) -> Iterator[Counted]:
    """The kinds of words of each text."""
    model = load(rules=True)
    for n, (text, news) in enumerate(pairs):
        document = Document(str(n), str(n), "text", "", text, parts=parts(str(n), text))
        page = Page(document, next(iter(parse([document], model))))
        page.add(quotes(page))
        yield kinds(page), len(page.parse), news


def fit(examples: list[Counted]) -> dict[str, Any]:
    """The model as a card holds it: both classes weigh the same, weights are ridged on standardised values."""
    total = sum((c for c, _, _ in examples), Counter[str]())
    names = sorted(k for k, n in total.items() if n >= RARE)
    told = [(c, n) for c, n, news in examples if news]
    words = sum(n for _, n in told)
    common = {k: round(sum(c[k] for c, _ in told) / words, 6) for k in names}
    x = np.array([[math.log1p(100 * (c[k] + common[k] * GIVEN) / (n + GIVEN)) for k in names] for c, n, _ in examples])
    y = np.array([float(news) for _, _, news in examples])
    weights, constant = _logistic(x, y)
    return {
        "common": common,
        "weights": {k: round(float(w), 4) for k, w in zip(names, weights, strict=True)},
        "constant": round(constant, 4),
        "texts": {"news": int(y.sum()), "other": int((1 - y).sum())},
        "right on its own texts": round(float(((x @ weights + constant > 0) == (y > 0)).mean()), 3),
    }


def _logistic(x: Floats, y: Floats) -> tuple[Floats, float]:
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    share = np.where(y > 0, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    ridge = RIDGE * np.eye(z.shape[1])
    ridge[-1, -1] = 1e-3
    w = np.zeros(z.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        hessian = (z * (share * p * (1 - p))[:, None]).T @ z + ridge
        w += np.linalg.solve(hessian, z.T @ (share * (y - p)) - ridge @ w)
    weights: Floats = w[:-1] / spread
    return weights, float(w[-1] - weights @ mean)


def main() -> None:
    """Parse the command line and write the model to standard output."""
    parser = argparse.ArgumentParser(prog="python -m train.style", description=__doc__)
    parser.add_argument("--data", type=Path, help="the folder with polnear.train.jsonl and gum.train.jsonl")
    parser.add_argument("more", nargs="*", metavar="FILE=news|other|genre")
    options = parser.parse_args()
    pairs: list[tuple[str, bool]] = []
    if options.data:
        pairs += list(texts(options.data / "polnear.train.jsonl", news=True))[::EVERY]
        pairs += texts(options.data / "gum.train.jsonl", news=None)
    for path, kind in (one.rsplit("=", 1) for one in options.more):
        pairs += texts(Path(path), news=None if kind == "genre" else kind == "news")
    sys.stdout.write(json.dumps(fit(list(counted(pairs)))) + "\n")


if __name__ == "__main__":
    main()
