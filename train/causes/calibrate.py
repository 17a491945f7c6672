"""Calibration and thresholds of the head of causal links on sentences it was not fitted to.

    python -m train.causes.calibrate MODEL --states STATES --fold 0 --gate GATE --cues CUES --scorer score_causal.py

MODEL holds the two ONNX files of a head that was fitted without the fold; prints the `linking` of the card.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import pickle
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.tagger.links import Link, LinkHead, Linking, Onnx, best, logistic, odds_of
from train.causes.data import Sentence

LOOSE = Linking(0.2, 0.0, 0.5, (0.0,) * 6, (1.0, 0.0, 0.0, 0.0))  # keeps every candidate
LEAST = [round(0.2 + 0.025 * n, 3) for n in range(17)]
Floats = npt.NDArray[np.float64]
Read = tuple[Sentence, float, list[Link]]
Cues = dict[str, float]  # the surest cue of each sentence


def newton(x: Floats, y: Floats, ridge: float = 1.0) -> tuple[float, ...]:
    """Logistic regression with a ridge, its weights rounded to four digits."""
    w = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        w += np.linalg.solve(hessian, x.T @ (y - p) - ridge * w)
    return tuple(round(float(v), 4) for v in w)


def module(path: Path) -> ModuleType:
    """The corpus's scorer."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def relation(sentence: Sentence, link: Link) -> dict[str, Any]:
    """A link in characters of its row."""

    def place(run: tuple[int, int]) -> list[int]:
        return [sentence.start[run[0]], sentence.end[run[1] - 1]]

    signal = [place(run) for run in link.signal]
    return {"cause": place(link.cause), "effect": place(link.effect), "signal": signal, "score": link.score}


def right(scorer: ModuleType, sentence: Sentence, link: Link) -> bool:
    """Whether a relation of the row shares half of the words of cause and of effect."""
    words, made = scorer.toks(sentence.row["text"]), relation(sentence, link)
    pairs = [
        [scorer.tspan(words, one[role]) for role in ("cause", "effect")] for one in (made, *sentence.row["relations"])
    ]
    return any(all(scorer.iou(a, b) >= 0.5 for a, b in zip(pairs[0], gold, strict=True)) for gold in pairs[1:])


def fitted(read: list[Read], cues: Cues, scorer: ModuleType) -> Linking:
    """The calibration of links and of sentences, and the thresholds with the best F1."""
    x = np.array([(*link.evidence, 1.0) for _, _, links in read for link in links])
    y = np.array([right(scorer, one, link) for one, _, links in read for link in links], dtype=float)
    weights = newton(x, y)
    read = rescored(read, weights)
    tops = [max((odds_of(link.score) for link in links), default=odds_of(0.0)) for _, _, links in read]
    z = np.array([(odds, top, cues[one.row["id"]], 1.0) for (one, odds, _), top in zip(read, tops, strict=True)])
    labels = np.array([float(one.row["label"]) for one, _, _ in read])
    sentence = newton(z, labels)
    chances = np.array([logistic(row[:3], sentence) for row in z])
    causal = max(np.arange(0.3, 0.7, 0.02), key=lambda least: (f1(chances >= least, labels), -abs(least - 0.5)))
    how = replace(LOOSE, weights=weights, sentence=sentence, causal=round(float(causal), 2))
    least = max(LEAST, key=lambda value: figures(read, scorer, replace(how, least=value), cues)["E2E"]["F1"])
    return replace(how, least=least)


def rescored(read: list[Read], weights: tuple[float, ...]) -> list[Read]:
    """The links with their scores by these weights."""
    return [(s, o, [replace(k, score=logistic(k.evidence, weights)) for k in links]) for s, o, links in read]


def f1(found: npt.NDArray[np.bool_], labels: Floats) -> float:
    """F1 of the positive class."""
    both = float((found & (labels > 0)).sum())
    return 2 * both / (float(found.sum()) + float(labels.sum()))


def figures(read: list[Read], scorer: ModuleType, how: Linking, cues: Cues) -> dict[str, Any]:
    """The scorer's figures with these thresholds."""
    with tempfile.TemporaryDirectory() as folder:
        gold, made = Path(folder) / "gold.jsonl", Path(folder) / "made.jsonl"
        gold.write_text("".join(json.dumps(one.row) + "\n" for one, _, _ in read))
        made.write_text(
            "".join(json.dumps(_line(one, (odds, cues[one.row["id"]]), links, how)) + "\n" for one, odds, links in read)
        )
        found: dict[str, Any] = scorer.main(str(gold), str(made))
    return found


def _line(sentence: Sentence, given: tuple[float, float], links: list[Link], how: Linking) -> dict[str, Any]:
    top = max((odds_of(link.score) for link in links), default=odds_of(0.0))
    label = int(logistic((given[0], top, given[1]), how.sentence) >= how.causal)
    kept = [relation(sentence, link) for link in best(links, how.least)]
    return {"id": sentence.row["id"], "label": label, "relations": kept}


def main() -> None:
    """Parse the command line; print the linking as JSON, then figures a threshold for reading."""
    parser = argparse.ArgumentParser(prog="python -m train.causes.calibrate", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--states", type=Path, required=True)
    parser.add_argument("--fold", type=int, required=True)
    parser.add_argument("--gate", type=Path, required=True, help="what train.causes.gate printed")
    parser.add_argument("--cues", type=Path, required=True, help="what train.causes.cues wrote")
    parser.add_argument("--scorer", type=Path, required=True)
    options = parser.parse_args()
    cues: Cues = json.loads(options.cues.read_text("utf-8"))
    scorer, gate = module(options.scorer), json.loads(options.gate.read_text("utf-8"))
    loose = replace(LOOSE, gate=tuple(gate["gate"]), open=gate["open"])
    head = LinkHead(Onnx(options.model, 2), loose)
    held = [one for one in pickle.loads(options.states.read_bytes()) if one.fold == options.fold]
    read = [(one, *head.candidates(one.states[0], one.word)) for one in held]
    how = replace(fitted(read, cues, scorer), gate=loose.gate, open=loose.open)
    sys.stdout.write(json.dumps(asdict(how)) + "\n")
    read = rescored(read, how.weights)
    for least in (how.least, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7):
        found = figures(read, scorer, replace(how, least=least), cues)
        spans = found["ST2"]["fair"]["overall"]["F1"]
        sys.stderr.write(f"{least} ST1 {found['ST1']} ST2 {spans} E2E {found['E2E']}\n")


if __name__ == "__main__":
    main()
