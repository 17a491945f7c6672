"""Export the head of causal links as two ONNX files of 8 bits: `python -m train.causes.export CKPT --out DIR`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from train.causes.model import Head, OneSentence, OneSentenceRoles
from train.model import HIDDEN


def export(head: Head, out: Path) -> None:
    """Write links.onnx and link_roles.onnx."""
    states, at = torch.randn(16, HIDDEN), torch.tensor([3, 5, 7])
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder)
        _write(OneSentence(head.links), (states,), whole / "links.onnx", ["states"], ["made", "anchors", "causal"])
        _write(
            OneSentenceRoles(head.roles),
            (states, at, torch.ones_like(at), torch.zeros(3, 16, dtype=torch.long)),
            whole / "link_roles.onnx",
            ["states", "anchors", "kinds", "distances"],
            ["edges", "signal", "roles"],
        )
        for name in ("links.onnx", "link_roles.onnx"):
            quantize_dynamic(
                whole / name,
                out / name,
                weight_type=QuantType.QInt8,
                per_channel=True,
                op_types_to_quantize=["MatMul", "Gather"],
                extra_options={"DefaultTensorType": 1},
            )


def _write(module: nn.Module, args: tuple[Tensor, ...], path: Path, names: list[str], outputs: list[str]) -> None:
    axes = {"states": {0: "T"}, "made": {0: "T"}, "anchors": {0: "K"}, "kinds": {0: "K"}}
    axes |= {"distances": {0: "K", 1: "T"}, **{name: {0: "K", 1: "T"} for name in ("edges", "signal", "roles")}}
    if "made" in outputs:
        axes["anchors"] = {0: "T"}
    used = {name: axes[name] for name in (*names, *outputs) if name in axes}
    torch.onnx.export(
        module,
        args,
        str(path),
        input_names=names,
        output_names=outputs,
        dynamic_axes=used,
        opset_version=17,
        dynamo=False,
    )


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
