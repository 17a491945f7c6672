"""Calibration and thresholds from cached candidates: `python -m train.fit GOLD CACHE --rule outer --scorer FILE`."""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.tagger.decode import Decoding, Tagged, best, score
from sayso.tagger.pieces import Pieces
from train.data import pieces_of, tokenizer
from train.lines import predictions, rows

FOLDS = 5
ANCHOR, SOURCED = 0.05, 0.5  # least probabilities of an anchor and of a source; the score does the choosing
UNSOURCED = 0.36  # of the threshold: half of the unsourced ones are then found, for a point of F1 over all
LEAST = (0.25, 0.3, 0.35, 0.38, 0.4, 0.42, 0.45, 0.5)
SHOWN = (
    "content exact",
    "content token",
    "source exact",
    "cue exact",
    "joint joint@50",
    "joint content@50",
    "joint chain",
    "recall by type no source joint@50",
    "recall by type nested joint@50",
    "recall by type direct joint@50",
    "recall by type mixed joint@50",
    "recall by type indirect joint@50",
)
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
        """Evidence with a constant [N, 6], whether a gold attribution has that content and source, the document.

        A column more tells whether a source was found: the two kinds are fitted apart.
        """
        x, y, doc = [], [], []
        for n, (gold, pieces, found) in enumerate(zip(self.gold, self.pieces, self.found, strict=True)):
            x += [(*t.evidence, 1.0, float(bool(t.source))) for t in found]
            y += self._right(gold, predictions(pieces, found))
            doc += [n] * len(found)
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

    def score(self, how: Decoding, *, outermost: bool) -> dict[str, tuple[float, float, float]]:
        """All figures with these weights and thresholds."""
        counts = []
        for gold, pieces, found in zip(self.gold, self.pieces, self.found, strict=True):
            made = predictions(pieces, best([_scored(t, how) for t in found], how))
            if outermost:
                made = [a for a in made if "nested_in" not in a]
            counts.append(self.scorer.score_doc(gold, {"attributions": made}))
        return {" ".join(k): self.scorer.prf(*v) for k, v in self.scorer.total(counts).items()}


def fit(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Weights of attributions with a source and of those without."""
    has = x[:, -1] > 0
    return _logistic(x[has, :-1], y[has]), _logistic(x[~has, :-1], y[~has])


def chances(x: Floats, weights: tuple[Floats, Floats]) -> Floats:
    """The chance of each example by the weights of its kind."""
    total = np.where(x[:, -1] > 0, x[:, :-1] @ weights[0], x[:, :-1] @ weights[1])
    made: Floats = 1 / (1 + np.exp(-total))
    return made


def _logistic(x: Floats, y: Floats, rounds: int = 60) -> Floats:
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
        p[held] = chances(x[held], fit(x[~held], y[~held]))
    return p


def _tagged(row: list[Any]) -> Tagged:
    anchor, cue, source, content, evidence = row
    return Tagged(anchor, *(tuple((a, b) for a, b in runs) for runs in (cue, source, content)), tuple(evidence), 0.0)


def _scored(t: Tagged, how: Decoding) -> Tagged:
    return replace(t, score=score(t.evidence, how.weights if t.source else how.unsourced_weights))


def decoding(least: float, weights: tuple[Floats, Floats]) -> Decoding:
    """Thresholds and weights as a card holds them."""
    sourced, unsourced = (tuple(round(float(w), 4) for w in kind) for kind in weights)
    return Decoding(ANCHOR, SOURCED, least, round(UNSOURCED * least, 3), sourced, unsourced)


def main() -> None:
    """Parse the command line; print figures a threshold, those of the best one, and its decoding as JSON."""
    parser = argparse.ArgumentParser(prog="python -m train.fit", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--outermost", action="store_true")
    parser.add_argument("--least", type=float, choices=LEAST, help="take this threshold in place of the best one")
    options = parser.parse_args()
    dev = Dev(options.gold, options.cache, options.base, scorer(options.scorer))
    x, y, doc = dev.examples()
    tried = [decoding(least, fit(x, y)) for least in LEAST]
    figures = [dev.score(how, outermost=options.outermost) for how in tried]
    for how, one in zip(tried, figures, strict=True):
        _say(f"{how.score:.2f} joint@50", one["joint joint@50"])
    top = max(range(len(tried)), key=lambda n: (tried[n].score == options.least, figures[n]["joint joint@50"][2]))
    for name in SHOWN:
        if name in figures[top]:
            _say(name, figures[top][name])
    p = crossed(x, y, doc)
    kept = p >= np.where(x[:, -1] > 0, tried[top].score, tried[top].unsourced)
    errors = {
        "calibration_error": round(calibration_error(p, y), 4),
        "candidates": len(y),
        "calibration_error_kept": round(calibration_error(p[kept], y[kept]), 4),
    }
    sys.stdout.write(json.dumps({**asdict(tried[top]), **errors}) + "\n")


def _say(name: str, figure: tuple[float, float, float]) -> None:
    sys.stdout.write(f"{name:36s} " + "/".join(f"{100 * v:.1f}" for v in figure) + "\n")


if __name__ == "__main__":
    main()
