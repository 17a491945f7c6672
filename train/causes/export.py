"""Export the head of causal links as two ONNX files of 8 bits: `python -m train.causes.export CKPT --out DIR`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch

from train.causes.model import Head, OneSentence, OneSentenceRoles
from train.graphs import smaller, write
from train.model import HIDDEN


def export(head: Head, out: Path) -> None:
    """Write links.onnx and link_roles.onnx."""
    states, at = torch.randn(16, HIDDEN), torch.tensor([3, 5, 7])
    away = torch.zeros(3, 16, dtype=torch.long)
    one, many, both = {0: "T"}, {0: "K"}, {0: "K", 1: "T"}
    roles = OneSentenceRoles(head.roles)
    asked = {"states": one, "anchors": many, "kinds": many, "distances": both}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder)
        made = {"made": one, "anchors": one, "causal": {}}
        write(OneSentence(head.links), (states,), whole / "links.onnx", {"states": one}, made)
        said = {"edges": both, "signal": both, "roles": both}
        write(roles, (states, at, torch.ones_like(at), away), whole / "link_roles.onnx", asked, said)
        for name in ("links.onnx", "link_roles.onnx"):
            smaller(whole / name, out / name)


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(prog="python -m train.causes.export", description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    head = Head()
    head.load_state_dict(torch.load(options.checkpoint, weights_only=True))
    options.out.mkdir(parents=True, exist_ok=True)
    export(head.eval(), options.out)


if __name__ == "__main__":
    main()
