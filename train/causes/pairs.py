"""Train the model of pairs on EventStoryLine: `python -m train.causes.pairs --data DIR --out DIR --scorer FILE`.

OUT holds the `pairs.pkl` that `python -m train.causes.pair_data` makes.
Five folds by topic give the thresholds and figures; the weights are then fitted to all topics.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from sayso.detect.causes.pairs import Pair
from train.causes.calibrate import module

FOLDS, EPOCHS, BATCH, SEEDS = 5, 6, 128, 3
WIDTH = 64
STEPS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55)
Row = dict[str, Any]


class Net(nn.Module):
    """Both states made narrow, their product, and the row of features."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.state, self.row = nn.Linear(384, WIDTH), nn.Linear(features, WIDTH)
        self.hidden, self.out = nn.Linear(4 * WIDTH, WIDTH), nn.Linear(WIDTH, 3)
        self.dropout, self.last = nn.Dropout(0.4), nn.Dropout(0.3)

    def forward(self, row: Tensor, a: Tensor, b: Tensor) -> Tensor:
        """row [N, F], a, b [N, 384] -> logits [N, (no link, ahead, back)]."""
        a, b = (self.dropout(torch.tanh(self.state(self.dropout(one)))) for one in (a, b))
        x = torch.cat([torch.relu(self.row(row)), a, b, a * b], -1)
        made: Tensor = self.out(self.last(torch.relu(self.hidden(x))))
        return made


def tensors(data: Sequence[tuple[Row, list[Pair]]]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Features, both states and labels of all pairs."""
    found = [pair for _, made in data for pair in made]
    labels = [label for row, made in data for label in _labels(row, made)]
    row = torch.from_numpy(np.stack([pair.row for pair in found]))
    a, b = (torch.from_numpy(np.stack([pair.states[k] for pair in found])) for k in (0, 1))
    return row, a, b, torch.tensor(labels)


def _labels(row: Row, made: list[Pair]) -> Iterator[int]:
    links = {(link["cause"], link["effect"]) for link in row["links"]}
    for pair in made:
        yield 1 if (pair.first, pair.second) in links else 2 if (pair.second, pair.first) in links else 0


def train(data: Sequence[tuple[Row, list[Pair]]], seed: int) -> Net:
    """The network after EPOCHS rounds."""
    torch.manual_seed(seed)
    row, a, b, labels = tensors(data)
    net = Net(row.shape[1])
    optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.05)
    for _ in range(EPOCHS):
        for some in torch.randperm(len(labels)).split(BATCH):
            logits = net(row[some], a[some], b[some])
            loss = nn.functional.cross_entropy(logits, labels[some], weight=torch.tensor([1.0, 3.0, 3.0]))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return net.eval()


@torch.no_grad()
def chances(net: Net, data: Sequence[tuple[Row, list[Pair]]]) -> dict[str, list[tuple[Pair, list[float]]]]:
    """Each document's pairs with their probabilities."""
    out = {}
    for row, made in data:
        found = net(*tensors([(row, made)])[:3]).softmax(-1).tolist() if made else []
        out[row["id"]] = list(zip(made, found, strict=True))
    return out


def figures(
    found: dict[str, list[tuple[Pair, list[float]]]], least: tuple[float, float], gold: Path, scorer: ModuleType
) -> dict[str, Any]:
    """The scorer's figures with these thresholds (in one sentence, across)."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        for id, made in found.items():
            links = [
                {"cause": p.first if q[1] >= q[2] else p.second, "effect": p.second if q[1] >= q[2] else p.first}
                for p, q in made
                if 1 - q[0] >= least[0 if p.together else 1]
            ]
            file.write(json.dumps({"id": id, "links": links}) + "\n")
        file.flush()
        result: dict[str, Any] = scorer.main(str(gold), file.name)
    return result


def fold_of(data: Sequence[tuple[Row, list[Pair]]]) -> dict[str, int]:
    """The fold of each topic."""
    return {topic: n % FOLDS for n, topic in enumerate(sorted({row["topic"] for row, _ in data}))}


def main() -> None:
    """Parse the command line; print the figures over the folds; write pairs.npz."""
    parser = argparse.ArgumentParser(prog="python -m train.causes.pairs", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with esl_train.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="where pairs.npz and the cache go")
    parser.add_argument("--scorer", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    gold, scorer = options.data / "esl_train.jsonl", module(options.scorer)
    data: list[tuple[Row, list[Pair]]] = pickle.loads((options.out / "pairs.pkl").read_bytes())
    folds, found = fold_of(data), {}
    for held in range(FOLDS):
        net = train([one for one in data if one[1] and folds[one[0]["topic"]] != held], 0)
        found.update(chances(net, [one for one in data if folds[one[0]["topic"]] == held]))
    tried = {(t, a): figures(found, (t, a), gold, scorer) for t in STEPS for a in STEPS}
    # F1 over all pairs among the thresholds that leave the links across sentences an F1 of .12 or more
    best = max(tried, key=lambda pair: (tried[pair]["cross"]["F1"] >= 0.12, tried[pair]["all"]["F1"]))
    sys.stdout.write(json.dumps({"together": best[0], "across": best[1], **tried[best]}, indent=1) + "\n")
    net = train([one for one in data if one[1]], 0)
    weights = {}
    for name in ("row", "state", "hidden", "out"):
        layer = getattr(net, name)
        weights[name], weights[f"{name}_bias"] = layer.weight.detach().numpy().T, layer.bias.detach().numpy()
    np.savez_compressed(options.out / "pairs.npz", together=best[0], across=best[1], **weights)


if __name__ == "__main__":
    main()
