"""Fit the weights of claim search: `python -m train.search CT2020 CT2022 --out src/sayso/data/claim_search.json`.

The 800 posts of CheckThat! 2020 train, once against the claims of 2020 and once against those of 2022, which carry
dates (the train part of 2022 holds the same posts). A linear score, maximum likelihood of the right claims among the
candidates (listwise softmax, Cao et al. 2007), features scaled to unit variance, ridge of weight `RIDGE`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from bench.retrieval import entries
from sayso.encoder.encoder import load
from sayso.link.claims.search import FEATURES, Search

RIDGE, STEPS = 1e-3, 300
Example = tuple[Any, Any]
SOURCE = (
    "Weights of sayso.link.claims.search, fitted by train/search.py to the train posts of CheckThat! 2020 task 2 "
    "(free for general research use); no text of it is here. Features are in their own units."
)


def examples(folder: Path, posts: dict[str, str]) -> list[Example]:
    """Features [C, F] and shares of the right claims [C] of the posts of a collection's train part, by their text."""
    search = Search(entries(folder / "claims.jsonl"), load().encode)
    right = {row["query"]: set(row["docs"]) for row in _rows(folder / "qrels.train.jsonl")}
    out = []
    for row in _rows(folder / "queries.train.jsonl"):
        if row["text"] in posts:
            found, features = search.features(row["text"])
            hits = np.array([search.entries[n].id in right[row["id"]] for n in found], dtype=np.float64)
            if hits.any():
                out.append((features, hits / hits.sum()))
    return out


def fit(held: list[Example]) -> list[float]:
    """The weight of each feature."""
    spread = np.concatenate([features for features, _ in held]).std(axis=0)
    spread[spread < 1e-6] = 1
    rows = [(torch.tensor(features / spread), torch.tensor(shares)) for features, shares in held]
    weight = torch.zeros(len(FEATURES), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weight], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        each = [-(shares * (features @ weight).log_softmax(0)).sum() for features, shares in rows]
        total = torch.stack(each).mean() + RIDGE * weight.square().sum()
        total.backward()
        return total

    optimiser.step(loss)
    return [round(float(w), 4) for w in weight.detach().numpy() / spread]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def main() -> None:
    """Parse the command line, fit, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m train.search", description=__doc__)
    parser.add_argument("collections", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    posts = {row["text"]: row["id"] for row in _rows(options.collections[0] / "queries.train.jsonl")}
    weights = fit([one for folder in options.collections for one in examples(folder, posts)])
    held = {"source": SOURCE, "weights": dict(zip(FEATURES, weights, strict=True))}
    options.out.write_text(json.dumps(held, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
