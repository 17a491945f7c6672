"""Train the attribution tagger on two CPU cores: `python -m train.train --data DIR --base DIR --out DIR`."""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from sayso.tagger.features import distances, pairs
from sayso.tagger.pieces import CLS, SEP
from train.data import GUIDELINES, Example, Text, epoch, read, tokenizer
from train.model import Network, pretrained

BATCH = 8
RATES = {"encoder": 1.5e-4, "heads": 1e-3}
WARMUP = 0.06
EVERY = 500  # steps between checkpoints
DECAY = 0.998  # of the running mean of the weights, which is what is kept
FILES = {"polnear.train.jsonl": ("polnear", 1), "gum.train.jsonl": ("gum", 2)}  # guideline, times an epoch
OPEN = {"outer.jsonl": ("polnear", 1), "clausal.jsonl": ("gum", 2)}  # what train.open writes


def batch_of(examples: list[Example]) -> dict[str, Tensor]:
    """Tensors for a batch: inputs [B, T]; the anchors of all rows with their labels, K of them."""
    width = max(e.after - e.first for e in examples) + 2
    ids, kinds = (torch.zeros(len(examples), width, dtype=torch.long) for _ in range(2))
    marks = torch.full((len(examples), width), -100)
    rows, at, roles, cues, pair, far, rule = [], [], [], [], [], [], []
    for j, e in enumerate(examples):
        p, n = e.text.pieces, e.after - e.first
        ids[j, : n + 2] = torch.tensor([CLS, *p.ids[e.first : e.after], SEP])
        kinds[j, 1 : n + 1] = torch.tensor(p.kind[e.first : e.after])
        marks[j, 1 + e.low - e.first : 1 + e.high - e.first] = torch.tensor(e.text.marks[e.low : e.high])
        for k in e.anchors:
            anchor = e.text.anchors[k]
            rows.append(j)
            at.append(anchor - e.first + 1)
            rule.append(e.text.guideline)
            pad = [-100] * (width - n - 1)
            roles.append([-100, *e.text.roles[k][e.first : e.after], *pad])
            cues.append([-100, *e.text.cues[k][e.first : e.after], *pad])
            pair.append([0, *pairs(p, anchor, e.first, e.after).tolist(), *([0] * len(pad))])
            far.append(distances(anchor - e.first + 1, width).tolist())
    named = {"rows": rows, "at": at, "roles": roles, "cues": cues, "pairs": pair, "distances": far, "rule": rule}
    return {
        "ids": ids,
        "kinds": kinds,
        "marks": marks,
        "guideline": torch.tensor([e.text.guideline for e in examples]),
        **{name: torch.tensor(value, dtype=torch.long) for name, value in named.items()},
    }


def loss_of(model: Network, b: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """The losses of the cue head and of the role head."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.encoder.dropout(model.encoder(b["ids"], b["kinds"]))
        logits = model.cue(states)
    logits = logits.float()[torch.arange(len(states)), :, b["guideline"]]
    cue = F.cross_entropy(
        logits.reshape(-1, 3), b["marks"].view(-1), ignore_index=-100, weight=torch.tensor([1.0, 1.5, 1.5])
    )
    if not len(b["rows"]):
        return cue, torch.zeros(())
    with torch.autocast("cpu", dtype=torch.bfloat16):
        roles, sourced = model.role(
            states[b["rows"]], states[b["rows"], b["at"]], b["pairs"], b["distances"], b["rule"]
        )
    roles, has = roles.float(), ((b["roles"] == 1) | (b["roles"] == 2)).any(1).float()
    role = F.cross_entropy(roles[..., :5].reshape(-1, 5), b["roles"].view(-1), ignore_index=-100)
    part = F.cross_entropy(roles[..., 5:].reshape(-1, 2), b["cues"].view(-1), ignore_index=-100)
    return cue, role + part + 0.1 * F.binary_cross_entropy_with_logits(sourced.float(), has)


def optimiser(model: Network, steps: int) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    """AdamW with warm-up and linear decay; the word embeddings stay as they are."""
    model.encoder.words.weight.requires_grad = False  # a third of the parameters' work, and nothing was gained by it
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [*model.cue.parameters(), *model.role.parameters()]
    made = torch.optim.AdamW(
        [{"params": encoder, "lr": RATES["encoder"]}, {"params": heads, "lr": RATES["heads"]}],
        weight_decay=0.01,
        fused=True,
    )
    warm = WARMUP * steps
    return made, torch.optim.lr_scheduler.LambdaLR(made, lambda i: min(1.0, (i + 1) / warm) * max(0.02, 1 - i / steps))


class Run:
    """A training run that can stop at any step and go on from its last checkpoint."""

    def __init__(self, texts: list[Text], base: Path, out: Path, epochs: int) -> None:
        torch.manual_seed(0)
        self.texts, self.out, self.epochs = texts, out, epochs
        self.model = Network()
        self.model.encoder.load_state_dict(pretrained(base).state_dict())
        self.steps = epochs * math.ceil(len(epoch(texts, 0)) / BATCH)
        self.optimiser, self.schedule = optimiser(self.model, self.steps)
        self.mean = {n: p.detach().clone() for n, p in self.model.named_parameters() if p.requires_grad}
        self.epoch, self.at, self.step = 0, 0, 0

    def resume(self) -> None:
        """Go back to the checkpoint, if there is one."""
        path = self.out / "checkpoint.pt"
        if path.exists():
            kept = torch.load(path, weights_only=True)
            self.model.load_state_dict(kept["model"])
            self.optimiser.load_state_dict(kept["optimiser"])
            self.schedule.load_state_dict(kept["schedule"])
            self.mean = kept["mean"]
            self.epoch, self.at, self.step = kept["epoch"], kept["at"], kept["step"]

    def save(self, name: str = "checkpoint.pt") -> None:
        """Write the checkpoint, whole or not at all."""
        kept = {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "mean": self.mean,
            "schedule": self.schedule.state_dict(),
            "epoch": self.epoch,
            "at": self.at,
            "step": self.step,
        }
        torch.save(kept, self.out / "writing.pt")
        (self.out / "writing.pt").rename(self.out / name)

    def keep(self) -> None:
        """Write the running mean of the weights as the epoch's model."""
        whole = {**self.model.state_dict(), **self.mean}
        torch.save(whole, self.out / f"epoch{self.epoch}.pt")

    def go(self) -> None:
        """Train to the end."""
        while self.epoch < self.epochs:
            data = epoch(self.texts, self.epoch)
            random.seed(self.epoch)
            began = time.time()
            for at in range(self.at, len(data), BATCH):
                losses = self._step(data[at : at + BATCH])
                self.at = at + BATCH
                if self.step % 20 == 0:
                    _say(f"epoch {self.epoch} step {self.step}/{self.steps} {losses} {time.time() - began:.0f}s")
                if self.step % EVERY == 0:
                    self.save()
            self.epoch, self.at = self.epoch + 1, 0
            self.keep()
            self.save()

    def _step(self, examples: list[Example]) -> str:
        self.model.train()
        cue, role = loss_of(self.model, batch_of(examples))
        self.optimiser.zero_grad()
        (cue + role).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.schedule.step()
        self.step += 1
        decay = min(DECAY, self.step / (self.step + 20))
        with torch.no_grad():
            for name, p in self.model.named_parameters():
                if p.requires_grad:
                    self.mean[name].lerp_(p, 1 - decay)
        return f"cue {cue.item():.3f} role {role.item():.3f}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(prog="python -m train.train", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="the folder with polnear.train.jsonl and gum.train.jsonl"
    )
    parser.add_argument("--base", type=Path, required=True, help="the folder with model.safetensors and tokenizer.json")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--open", action="store_true", help="train on what train.open wrote to --data")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    tok = tokenizer(options.base)
    texts: list[Text] = []
    for name, (guideline, times) in (OPEN if options.open else FILES).items():
        texts += list(read(options.data / name, GUIDELINES[guideline], tok)) * times
    _say(
        f"{len(texts)} texts, {sum(len(t.pieces) for t in texts)} pieces, {sum(len(t.anchors) for t in texts)} anchors"
    )
    run = Run(texts, options.base, options.out, options.epochs)
    run.resume()
    run.go()


if __name__ == "__main__":
    main()
