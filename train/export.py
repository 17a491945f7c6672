"""Export a checkpoint as ONNX files, quantised to 8 bits: `python -m train.export CHECKPOINT --base DIR --out DIR`."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch
from torch import Tensor, nn

from train.graphs import smaller, write
from train.model import HIDDEN, Encoder, Network, RoleHead, merged


class Cues(nn.Module):
    """The cue head with its softmax."""

    def __init__(self, head: nn.Module) -> None:
        super().__init__()
        self.head = head

    def forward(self, states: Tensor) -> Tensor:
        """[N, H] -> [N, 2, 3]."""
        out: Tensor = self.head(states).softmax(-1)
        return out


class Roles(nn.Module):
    """The role head over one window, its labels merged to outside, source, content, and cue."""

    def __init__(self, head: RoleHead) -> None:
        super().__init__()
        self.head = head

    def forward(
        self, states: Tensor, anchors: Tensor, pairs: Tensor, distances: Tensor, rules: Tensor
    ) -> tuple[Tensor, Tensor]:
        """States [T, H], anchors [K], pairs, distances [K, T], rules [K] -> [K, T, 4], [K]."""
        roles, sourced = self.head(states[None], states[anchors], pairs, distances, rules)
        return merged(roles), sourced.sigmoid()


class Both(nn.Module):
    """The encoder with the states of its last and its middle layer."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        """ids, kinds [1, T] -> twice [1, T, H]."""
        return self.encoder.both(ids, kinds)


def export(model: Network, out: Path) -> None:
    """Write the three graphs with 32-bit weights."""
    model.encoder.padded = False
    ids = torch.ones(1, 16, dtype=torch.long)
    long = {"ids": {1: "T"}, "kinds": {1: "T"}}
    write(Both(model.encoder), (ids, ids * 0), out / "encoder.onnx", long, {"states": {}, "middle": {}})
    states, at = torch.randn(16, HIDDEN), torch.tensor([3, 5, 7])
    write(Cues(model.cue), (states,), out / "cues.onnx", {"states": {0: "N"}}, {"cues": {}})
    grid, axes = torch.zeros(3, 16, dtype=torch.long), {0: "K", 1: "T"}
    asked = {"states": {0: "T"}, "anchors": {0: "K"}, "pairs": axes, "distances": axes, "rules": {0: "K"}}
    args = (states, at, grid, grid, at * 0)
    write(Roles(model.role), args, out / "roles.onnx", asked, {"roles": {}, "sourced": {}})


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(prog="python -m train.export", description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    model = Network()
    model.load_state_dict(torch.load(options.checkpoint, weights_only=True))
    model.eval()
    whole = options.out / "float"
    whole.mkdir(parents=True, exist_ok=True)
    export(model, whole)
    for name in ("encoder.onnx", "cues.onnx", "roles.onnx"):
        smaller(whole / name, options.out / name)
    shutil.copy(options.base / "tokenizer.json", options.out / "tokenizer.json")


if __name__ == "__main__":
    main()
