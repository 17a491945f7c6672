"""Calibration and thresholds from cached candidates: `python -m train.fit GOLD CACHE --rule outer --scorer FILE`."""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.detect.attribution.decode import Tagged, best, score
from sayso.detect.attribution.pieces import Pieces
from train.data import pieces_of, tokenizer
from train.evaluate import predictions, rows

FOLDS = 5
Floats = npt.NDArray[np.float64]


def scorer(path: Path) -> ModuleType:
    """The corpora's scorer as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Dev:
    """A dev part with cached candidates."""

    def __init__(self, gold: Path, cache: Path, base: Path, scorer: ModuleType) -> None:
        tok = tokenizer(base)
        self.scorer = scorer
        self.gold = list(rows(gold))
        self.pieces: list[Pieces] = [pieces_of(row["text"], tok) for row in self.gold]
        self.found = [[_tagged(t) for t in row["found"]] for row in rows(cache)]

    def examples(self) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
        """Evidence with a constant [N, 7], whether a gold attribution has that content and source, and the document."""
        x, y, doc = [], [], []
        for n, (gold, pieces, found) in enumerate(zip(self.gold, self.pieces, self.found, strict=True)):
            right = self._right(gold, predictions(pieces, found))
            for t in found:
                x.append((*t.evidence, 1.0))
                doc.append(n)
            y += right
        return np.array(x), np.array(y, dtype=float), np.array(doc)

    def _right(self, gold: dict[str, Any], made: list[dict[str, Any]]) -> list[bool]:
        doc = self.scorer.Doc(gold["text"])
        g = [doc.view(a) for a in gold["attributions"]]
        out = []
        for p in map(doc.view, made):
            out.append(
                any(
                    self.scorer.dice(a["content"]["tok"], p["content"]["tok"]) >= 0.5
                    and (
                        self.scorer.dice(a["source"]["tok"], p["source"]["tok"]) >= 0.5
                        or not (a["source"]["tok"] or p["source"]["tok"])
                    )
                    for a in g
                )
            )
        return out

    def score(self, weights: Floats, least: float, *, outermost: bool) -> dict[str, tuple[float, float, float]]:
        """All figures at a threshold."""
        counts = []
        for gold, pieces, found in zip(self.gold, self.pieces, self.found, strict=True):
            made = predictions(pieces, best([_scored(t, weights) for t in found], least))
            if outermost:
                made = [a for a in made if "nested_in" not in a]
            counts.append(self.scorer.score_doc(gold, {"attributions": made}))
        return {" ".join(k): self.scorer.prf(*v) for k, v in self.scorer.total(counts).items()}


def fit(x: Floats, y: Floats, rounds: int = 60) -> Floats:
    """Logistic regression by Newton's method, slightly ridged."""
    w = np.zeros(x.shape[1])
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 0.5 * np.eye(len(w))
        w += np.linalg.solve(hessian, x.T @ (y - p) - 0.5 * w)
    return w


def calibration_error(p: Floats, y: Floats, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    at = np.minimum((p * bins).astype(int), bins - 1)
    return float(
        sum(abs(p[at == b].mean() - y[at == b].mean()) * (at == b).mean() for b in range(bins) if (at == b).any())
    )


def crossed(x: Floats, y: Floats, doc: npt.NDArray[np.int64]) -> Floats:
    """Each example's chance by weights fitted on the other documents."""
    p = np.zeros(len(y))
    for fold in range(FOLDS):
        held = doc % FOLDS == fold
        p[held] = 1 / (1 + np.exp(-x[held] @ fit(x[~held], y[~held])))
    return p


def _tagged(row: list[Any]) -> Tagged:
    anchor, cue, source, content, evidence = row
    return Tagged(anchor, *(tuple((a, b) for a, b in runs) for runs in (cue, source, content)), tuple(evidence), 0.0)


def _scored(t: Tagged, weights: Floats) -> Tagged:
    return Tagged(t.anchor, t.cue, t.source, t.content, t.evidence, score(t.evidence, list(weights)))


def main() -> None:
    """Parse the command line; print figures a threshold, the best threshold's weights and the calibration error."""
    parser = argparse.ArgumentParser(prog="python -m train.fit", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--outermost", action="store_true")
    options = parser.parse_args()
    dev = Dev(options.gold, options.cache, options.base, scorer(options.scorer))
    x, y, doc = dev.examples()
    weights = fit(x, y)
    p = crossed(x, y, doc)
    chosen: tuple[float, float, dict[str, tuple[float, float, float]]] = (0.0, 0.0, {})
    for least in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        figures = dev.score(weights, least, outermost=options.outermost)
        joint = figures["joint joint@50"]
        sys.stdout.write(f"{least:.2f} joint@50 " + "/".join(f"{100 * v:.1f}" for v in joint) + "\n")
        if joint[2] > chosen[1]:
            chosen = (least, joint[2], figures)
    for name in (
        "content exact",
        "content token",
        "source exact",
        "cue exact",
        "joint content@50",
        "joint chain",
        "recall by type no source joint@50",
        "recall by type nested joint@50",
        "recall by type direct joint@50",
        "recall by type mixed joint@50",
        "recall by type indirect joint@50",
    ):
        if name in chosen[2]:
            sys.stdout.write(f"{name:36s} " + "/".join(f"{100 * v:.1f}" for v in chosen[2][name]) + "\n")
    sys.stdout.write(
        json.dumps(
            {
                "score": chosen[0],
                "weights": [round(float(w), 4) for w in weights],
                "candidates": len(y),
                "calibration_error": round(calibration_error(p, y), 4),
                "calibration_error_kept": round(calibration_error(p[p >= chosen[0]], y[p >= chosen[0]]), 4),
            }
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
