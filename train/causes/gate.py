"""Fit the gate of the head of causal links: `python -m train.causes.gate --states STATES --fold 0`.

A logistic model over mean and maximum of a sentence's middle states; sentences below its threshold are not read by the
head, which halves its cost. The threshold keeps 95 of 100 causal sentences of the fold that is left out. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from pathlib import Path

import numpy as np
import torch

from sayso.tagger.links import pooled
from train.causes.data import Sentence

RIDGE, LOST = 0.03, 0.05


def fit(sentences: list[Sentence]) -> np.ndarray:  # type: ignore[type-arg]
    """The weights, the constant last."""
    rows = np.array([pooled(states.astype(np.float32)) for one in sentences for states in one.states])
    labels = torch.tensor([float(one.row["label"]) for one in sentences for _ in one.states])
    mean, wide = rows.mean(0), rows.std(0) + 1e-3
    x = torch.from_numpy((rows - mean) / wide)
    w, b = torch.zeros(x.shape[1], requires_grad=True), torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([w, b], max_iter=150)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        made = torch.nn.functional.binary_cross_entropy_with_logits(x @ w + b, labels) + RIDGE * (w**2).sum()
        made.backward()
        return made

    optimiser.step(loss)
    weights = w.detach().numpy() / wide
    return np.append(weights, float(b.detach()) - float(mean @ weights))


def main() -> None:
    """Parse the command line and print the gate."""
    parser = argparse.ArgumentParser(prog="python -m train.causes.gate", description=__doc__)
    parser.add_argument("--states", type=Path, required=True)
    parser.add_argument("--fold", type=int, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    sentences: list[Sentence] = pickle.loads(options.states.read_bytes())
    weights = fit([one for one in sentences if one.fold != options.fold])
    held = [one for one in sentences if one.fold == options.fold and one.row["label"]]
    odds = [float(pooled(one.states[0].astype(np.float32)) @ weights[:-1] + weights[-1]) for one in held]
    least = float(np.quantile(odds, LOST))
    sys.stdout.write(json.dumps({"gate": [round(float(w), 5) for w in weights], "open": round(least, 3)}) + "\n")


if __name__ == "__main__":
    main()
