"""The cells of the claims linker's index: spherical k-means over sentences of training news, written in 8 bits.

    python -m train.cells ../shared/data src/sayso/data/claim_cells.npz

Sentences: PolNeAR's train part (texts belong to their publishers: only the centres are kept) and Wikinews (CC BY 2.5).
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from sayso.encoder.encoder import load, whole

CELLS = 512
SENTENCES = 24_000
ROUNDS = 12
_END = re.compile(r"(?<=[.!?”\"])\s+")
SOURCE = (
    "Centres of spherical k-means over the vectors of 24,000 sentences of PolNeAR's train part (no licence given) and "
    "of Wikinews (CC BY 2.5), times 400; made by train/cells.py; no text of either is here."
)


def main() -> None:
    """Parse the command line, read, encode, cluster, write."""
    parser = argparse.ArgumentParser(prog="python -m train.cells", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    found = sorted({one for one in sentences(options.data) if 20 < len(one) < 400})
    random.Random(1).shuffle(found)
    vectors = whole(load().encode(found[:SENTENCES])).astype(np.float32)
    np.savez_compressed(options.out, centres=whole(centres(vectors)), source=np.array(SOURCE))


def sentences(data: Path) -> Iterator[str]:
    """The sentences of both sources, cut where a mark ends one."""
    for row in _rows(data / "attribution" / "polnear.train.jsonl"):
        yield from _END.split(" ".join(row["text"].split()))
    for row in _rows(data / "crossdoc" / "wikinews_base.jsonl"):
        for paragraph in row["paras"]:
            yield from _END.split(paragraph)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def centres(vectors: Any) -> Any:
    """`CELLS` centres of length 1 (Dhillon & Modha 2001), begun at sentences drawn by a fixed seed."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    made = unit[np.random.default_rng(1).choice(len(unit), CELLS, replace=False)]
    for _ in range(ROUNDS):
        nearest = (unit @ made.T).argmax(axis=1)
        sums = np.zeros_like(made)
        np.add.at(sums, nearest, unit)
        length = np.linalg.norm(sums, axis=1, keepdims=True)
        made = np.where(length > 0, sums / np.maximum(length, 1e-9), made)
    return made


if __name__ == "__main__":
    main()
