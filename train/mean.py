"""The mean of the weights of two checkpoints: `python -m train.mean LEFT RIGHT OUT`."""

from __future__ import annotations

import sys

import torch


def main() -> None:
    """Read two checkpoints and write their mean."""
    left, right, out = sys.argv[1:]
    a, b = torch.load(left, weights_only=True), torch.load(right, weights_only=True)
    torch.save({name: (a[name] + b[name]) / 2 for name in a}, out)


if __name__ == "__main__":
    main()
