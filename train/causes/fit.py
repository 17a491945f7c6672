"""Train the head of causal links on frozen states: `python -m train.causes.fit --data DIR --base CKPT --out DIR`."""

from __future__ import annotations

import argparse
import copy
import math
import pickle
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from sayso.tagger.features import distances
from sayso.tagger.tagger import Tagger
from train.causes.data import Sentence, read
from train.causes.model import Head
from train.model import HIDDEN, LAYERS, MIDDLE, Network

BATCH = 16
RATES = {"layers": 1e-4, "heads": 1e-3}
WARMUP = 0.06
DECAY = 0.99  # of the running mean of the weights, which is what is kept
MODEL = Path("src/sayso/tagger/model")


def batch_of(sentences: list[Sentence]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """States [B, T, H] (alone or in company, by chance), mask, anchors [B, T], labels [B]."""
    width = max(map(len, sentences))
    x, mask = torch.zeros(len(sentences), width, HIDDEN), torch.zeros(len(sentences), width, dtype=torch.bool)
    marks = torch.full(mask.shape, -100)
    for j, one in enumerate(sentences):
        x[j, : len(one)] = torch.from_numpy(random.choice(one.states).astype(np.float32))
        mask[j, : len(one)] = True
        marks[j, : len(one)] = 0
        for relation in one.relations:
            marks[j, relation.anchor] = 1 if relation.signal else 2
    return x, mask, marks, torch.tensor([float(one.row["label"]) for one in sentences])


def loss_of(head: Head, sentences: list[Sentence]) -> tuple[Tensor, Tensor, Tensor]:
    """The losses of the anchors, of the sentence and of the roles."""
    x, mask, marks, labels = batch_of(sentences)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        made, anchors, causal = head.links(x, mask)
    anchor = F.cross_entropy(anchors.float().reshape(-1, 3), marks.view(-1), ignore_index=-100,
                             weight=torch.tensor([1.0, 2.0, 2.0]), reduction="sum") / mask.sum()  # fmt: skip
    sentence = F.binary_cross_entropy_with_logits(causal.float(), labels)
    found = [(j, relation) for j, one in enumerate(sentences) for relation in one.relations]
    if not found:
        return anchor, sentence, torch.zeros(())
    rows, at = torch.tensor([j for j, _ in found]), torch.tensor([r.anchor for _, r in found])
    kinds = torch.tensor([1 if r.signal else 2 for _, r in found])
    away = torch.from_numpy(np.stack([distances(r.anchor, mask.shape[1]) for _, r in found]))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = head.roles(made[rows], mask[rows], made[rows, at], kinds, away)
    edges = torch.tensor([r.edges for _, r in found])
    pointers = F.cross_entropy(out[..., :4].float().transpose(1, 2).flatten(0, 1), edges.view(-1))
    return anchor, sentence, pointers + _labels(out.float(), mask[rows], [r for _, r in found])


def _labels(out: Tensor, mask: Tensor, relations: list) -> Tensor:  # type: ignore[type-arg]
    signal, label = torch.zeros(mask.shape), torch.zeros(mask.shape, dtype=torch.long)
    for k, one in enumerate(relations):
        signal[k, list(one.signal)] = 1.0
        label[k, one.edges[0] : one.edges[1] + 1] = 1
        label[k, one.edges[2] : one.edges[3] + 1] = 2
    weight = mask.float()
    signals = (F.binary_cross_entropy_with_logits(out[..., 4], signal, reduction="none") * weight).sum()
    labels = (F.cross_entropy(out[..., 5:].transpose(1, 2), label, reduction="none") * weight).sum()
    return (labels + 2 * signals) / weight.sum()


def started(base: Path) -> Head:
    """The head with the layers above the middle of the attribution encoder to begin with."""
    whole = Network()
    whole.load_state_dict(torch.load(base, weights_only=True))
    head, layers = Head(), whole.encoder.layers
    for own, layer in zip(head.links.layers, layers[MIDDLE:], strict=True):
        own.load_state_dict(layer.state_dict())
    head.roles.layer.load_state_dict(copy.deepcopy(layers[LAYERS - 1].state_dict()))
    return head


def train(head: Head, sentences: list[Sentence], epochs: int) -> Head:
    """The running mean of the weights after `epochs` rounds over the sentences."""
    deep = [*head.links.layers.parameters(), *head.roles.layer.parameters()]
    ids = {id(p) for p in deep}
    rest = [p for p in head.parameters() if id(p) not in ids]
    groups = [{"params": deep, "lr": RATES["layers"]}, {"params": rest, "lr": RATES["heads"]}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * math.ceil(len(sentences) / BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda i: min(1.0, (i + 1) / (WARMUP * steps)) * max(0.02, 1 - i / steps)
    )
    mean, step = copy.deepcopy(head), 0
    for epoch in range(epochs):
        began, losses = time.time(), []
        head.train()
        for batch in batches(sentences, epoch):
            parts = loss_of(head, batch)
            optimiser.zero_grad()
            (3 * parts[0] + parts[1] + 0.7 * parts[2]).backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimiser.step()
            rate.step()
            step += 1
            with torch.no_grad():
                for kept, now in zip(mean.parameters(), head.parameters(), strict=True):
                    kept.lerp_(now, 1 - min(DECAY, step / (step + 20)))
            losses.append([part.item() for part in parts])
        _say(f"epoch {epoch} {np.round(np.mean(losses, 0), 3)} {time.time() - began:.0f}s")
    return mean.eval()


def batches(sentences: list[Sentence], seed: int) -> Iterator[list[Sentence]]:
    """Sentences of like length together, in an order of their own each epoch."""
    dice = random.Random(seed)
    random.seed(seed)
    order = sorted(sentences, key=lambda one: len(one) + 8 * dice.random())
    made = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    dice.shuffle(made)
    yield from made


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Parse the command line, read the sentences (once) and train, without the sentences of one fold if asked."""
    parser = argparse.ArgumentParser(prog="python -m train.causes.fit", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with cnc_train.jsonl")
    parser.add_argument("--base", type=Path, required=True, help="the checkpoint of the attribution tagger")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hold", type=int, help="a fold (0 to 7) to leave out")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    cache = options.out / "states.pkl"  # our own file: states take a minute to make
    if not cache.exists():
        cache.write_bytes(pickle.dumps(read(options.data / "cnc_train.jsonl", Tagger.load(MODEL), 2)))
    sentences: list[Sentence] = pickle.loads(cache.read_bytes())
    kept = [one for one in sentences if one.fold != options.hold]
    _say(f"{len(kept)} of {len(sentences)} sentences")
    head = train(started(options.base), kept, options.epochs)
    name = "all" if options.hold is None else f"hold{options.hold}"
    torch.save(head.state_dict(), options.out / f"{name}.{options.seed}.pt")


if __name__ == "__main__":
    main()
