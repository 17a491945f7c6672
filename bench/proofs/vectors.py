"""A million vectors searched: memory, queries a second, and how much of what is nearest is found.

    python -m bench.proofs.vectors DOCS.jsonl [--count 1000000] [--queries 200]

Vectors are those of `bench.growth_claims`: of real sentences of the generator's texts, moved. Flat: every vector, in 8
bits, against the ten nearest by 32-bit floats. Cells: those that share one of the two nearest centres with the query.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.growth_claims import Maker
from sayso.encoder.encoder import SCALE, WIDTH, Whole, whole
from sayso.link.claims.basis import nearest_cells

BLOCK, TEN = 16_384, 10
NEAR = 0.7  # cosine above which three quarters of the same claims lie
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


def measure(texts: Path, count: int, queries: int) -> dict[str, Any]:
    """The figures."""
    maker = Maker(texts)
    asked = np.stack([maker.moved(str(n), f"asked {n}") for n in range(queries)])
    held = np.zeros((count, WIDTH), np.int8)
    true = np.empty((queries, 0), np.int64), np.empty((queries, 0), np.float32)
    for first in range(0, count, BLOCK):
        block = np.stack([maker.moved(str(n % (count // 2)), str(n)) for n in range(first, min(count, first + BLOCK))])
        held[first : first + BLOCK] = whole(block)
        true = best(*true, asked @ block.T, first)
    began = time.process_time()
    found = flat(whole(asked), held)
    seconds = time.process_time() - began
    return {
        "vectors": count,
        "queries": queries,
        "flat, recall of the ten nearest": round(
            float(np.mean([same(*one) for one in zip(true[0], found, strict=True)])), 4
        ),
        "flat, queries a second": round(queries / seconds, 1),
        **by_cells(whole(asked), held),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
    }


def best(ids: Ints, scores: Floats, new: Floats, first: int) -> tuple[Ints, Floats]:
    """The ten nearest of those known and of a block's, for each query."""
    ids = np.concatenate([ids, np.broadcast_to(np.arange(first, first + new.shape[1]), new.shape)], axis=1)
    scores = np.concatenate([scores, new], axis=1)
    kept = np.argsort(-scores, axis=1, kind="stable")[:, :TEN] if scores.shape[1] <= 4 * TEN else _first(scores)
    return np.take_along_axis(ids, kept, axis=1), np.take_along_axis(scores, kept, axis=1)


def _first(scores: Floats) -> Ints:
    return np.argpartition(-scores, TEN, axis=1)[:, :TEN]


def flat(asked: Whole, held: Whole) -> Ints:
    """The ten nearest of all, by products in blocks."""
    found = np.empty((len(asked), 0), np.int64), np.empty((len(asked), 0), np.float32)
    for first in range(0, len(held), BLOCK):
        scores = asked.astype(np.float32) @ held[first : first + BLOCK].astype(np.float32).T
        found = best(*found, scores, first)
    return found[0]


def same(one: Ints, other: Ints) -> float:
    """The share of the first that is in the second."""
    return len(set(one.tolist()) & set(other.tolist())) / len(one)


def by_cells(asked: Whole, held: Whole) -> dict[str, Any]:
    """What share of the vectors a query meets, and of those nearer than `NEAR`."""
    own, met, near, found = nearest_cells(asked), 0, 0, 0
    for first in range(0, len(held), BLOCK):
        block = held[first : first + BLOCK]
        shared = (nearest_cells(block)[None, :, :, None] == own[:, None, None, :]).any(axis=(2, 3))
        close = asked.astype(np.float32) @ block.astype(np.float32).T >= NEAR * SCALE**2
        met += int(shared.sum())
        near, found = near + int(close.sum()), found + int((close & shared).sum())
    return {
        "cells, share of the vectors met": round(met / (len(held) * len(asked)), 4),
        f"cells, recall of those nearer than {NEAR}": round(found / max(near, 1), 4),
    }


def main() -> None:
    """Parse the command line and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.proofs.vectors", description=__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    sys.stdout.write(json.dumps(measure(options.documents, options.count, options.queries), indent=1) + "\n")


if __name__ == "__main__":
    main()
