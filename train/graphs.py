"""Networks as ONNX files: written with 32-bit weights, then made smaller with 8-bit ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn, onnx

Axes = Mapping[str, Mapping[int, str]]  # of each input or output the axes whose length is not fixed, with their names


def write(module: nn.Module, args: tuple[Tensor, ...], path: Path, inputs: Axes, outputs: Axes) -> None:
    """Write a network as it runs on `args`, its inputs and outputs named in their order."""
    axes = {name: dict(free) for name, free in {**inputs, **outputs}.items() if free}
    onnx.export(
        module,
        args,
        str(path),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def smaller(whole: Path, out: Path) -> None:
    """The same network with weights of 8 bits, scaled channel by channel; states are scaled as they come."""
    quantize_dynamic(
        whole,
        out,
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gather"],
        extra_options={"DefaultTensorType": 1},
    )
