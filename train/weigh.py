"""Fit how all findings are weighed: `python -m train.weigh MODEL NEWS CLAUSES --style FILE --scorer FILE`.

Writes MODEL/weighing.json. NEWS teaches the guideline of news (PolNeAR dev), CLAUSES that of clauses (GUM dev); a
finding is right where its content and source would be counted right at half overlap. Figures and calibration error are
of documents left out of the fit (five folds).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.attribution import documents
from sayso.case import Page
from sayso.detect.attribution import learned
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.speech import Piece
from sayso.detect.attribution.tree import Tree
from sayso.detect.attribution.weigh import NAMES, Candidate, Scale, inside, repeats
from sayso.detect.quotes import quotes
from sayso.nlp import load, parse
from sayso.tagger.tagger import Tagger
from sayso.tagger.weighing import FILE, Style, Weighing
from train.fit import FOLDS, calibration_error, scorer

Floats = npt.NDArray[np.float64]
LEAN = 1.0  # log odds towards news: letters and comment are worth more than what talk shows too much
RIDGE, ROUNDS = 1.0, 3
# Least chances, chosen on the folds: half of what names nobody is found, for half a point of F1 over all.
LEASTS = {"least": 0.4, "nobody": 0.105, "elsewhere": 0.42}
SURE = 0.3  # a finding that likely holds others
UNSOURCED, INSIDE, CLAUSAL = (NAMES.index(name) for name in ("unsourced", "inside", "clausal"))
CLAUSAL_INSIDE = NAMES.index("clausal inside")


@dataclass(slots=True)
class Text:
    """A page of an annotated corpus with all that was proposed for it."""

    gold: dict[str, Any]
    page: Page
    tree: Tree
    quoted: list[Piece]
    proposed: list[Candidate]


@dataclass(slots=True)
class Table:
    """The candidates of a corpus as evidence [N, len(NAMES)], whether they are right, text and whether inside."""

    evidence: Floats
    right: Floats
    text: npt.NDArray[np.int64]
    inside: npt.NDArray[np.bool_]
    finds: list[Find]


def read(path: Path, tagger: Tagger) -> Iterator[Text]:
    """The texts of a corpus with their candidates."""
    gold = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    made = list(documents(gold))
    for row, document, parsed in zip(gold, made, parse(made, load(rules=True)), strict=True):
        yield text(row, Page(document, parsed, tagger))


def text(row: dict[str, Any], page: Page) -> Text:
    """One page with its candidates."""
    from sayso.detect.attribution import ruled

    assert page.tagger is not None
    page.add(quotes(page))
    tree, quoted, found = ruled(page)
    return Text(row, page, tree, quoted, learned.propose(page, tree, page.tagger, found))


def table(texts: Sequence[Text], module: ModuleType, weighing: Weighing, *, news: bool) -> Table:
    """Every candidate of a corpus by its own guideline's words."""
    evidence, right, number, finds = [], [], [], []
    for n, one in enumerate(texts):
        scale = learned.scale(one.page, one.tree, one.quoted, weighing)
        judge = Judge(one, module)
        for candidate in one.proposed:
            found = candidate.find(news=news)
            evidence.append(scale.evidence(candidate, found, inside=False))
            right.append(judge.right(found))
            number.append(n)
            finds.append(found)
    flags = np.zeros(len(finds), dtype=bool)
    return Table(np.array(evidence), np.array(right, dtype=float), np.array(number), flags, finds)


class Judge:
    """Whether a Find is one of a text's gold attributions, at half overlap of content and of source."""

    def __init__(self, one: Text, module: ModuleType) -> None:
        self.tree, self.module = one.tree, module
        self.doc = module.Doc(one.page.document.text)
        self.gold = [self.doc.view(a) for a in one.gold["attributions"]]

    def right(self, found: Find) -> bool:
        """Whether one of them has its content and its source, or as it has none."""
        made = self.doc.view({"source": self.tree.spans(found.source), "content": self.tree.spans(found.content)})
        return any(self._same(gold, made, "content") and self._same(gold, made, "source") for gold in self.gold)

    def _same(self, gold: Any, made: Any, role: str) -> bool:
        one, other = gold[role]["tok"], made[role]["tok"]
        return (role == "source" and not (one or other)) or self.module.dice(one, other) >= 0.5


def fit(news: Table, clauses: Table, style: Style, held: int | None = None) -> Weighing:
    """The weights, from all texts or all but one fold; which findings stand inside others is found along the way."""
    weighing = Weighing(style, {}, **LEASTS)
    for one in (news, clauses):
        one.inside[:] = False
    for _ in range(ROUNDS):
        outside = (news.text % FOLDS != held) & ~news.inside
        sourced = news.evidence[:, UNSOURCED] == 0
        x = news.evidence
        weights = {
            "outer": logistic(x[outside & sourced], news.right[outside & sourced]),
            "unsourced": logistic(x[outside & ~sourced], news.right[outside & ~sourced]),
        }
        rest = clauses.text % FOLDS != held
        weights["clausal"] = logistic(_marked(clauses)[rest], clauses.right[rest])
        weighing = replace(weighing, weights={k: tuple(round(float(w), 4) for w in v) for k, v in weights.items()})
        _look_inside(news, weighing, "outer")
        _look_inside(clauses, weighing, "clausal")
    return weighing


def logistic(x: Floats, y: Floats) -> Floats:
    """Logistic regression by Newton's method, ridged."""
    w = np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(w))
        w += np.linalg.solve(hessian, x.T @ (y - p) - RIDGE * w)
    return w


def _marked(one: Table) -> Floats:
    x = one.evidence.copy()
    x[:, INSIDE] = one.inside
    x[:, CLAUSAL_INSIDE] = one.inside * x[:, CLAUSAL]
    return x


def _look_inside(one: Table, weighing: Weighing, kind: str) -> None:
    """Mark the findings that stand in the content of surer ones."""
    x, weights = one.evidence, weighing.weights
    total = x @ np.array(weights[kind])
    if kind == "outer":
        total = np.where(x[:, UNSOURCED] > 0, x @ np.array(weights["unsourced"]), total)
    chance = 1 / (1 + np.exp(-total))
    for n in range(int(one.text.max()) + 1):
        kept: list[Find] = []
        for j in sorted(np.flatnonzero(one.text == n), key=lambda j: -chance[j]):
            one.inside[j] = inside(one.finds[j], kept)
            if chance[j] > SURE and not repeats(one.finds[j], kept):
                kept.append(one.finds[j])


def error(texts: Sequence[Text], module: ModuleType, weighings: Sequence[Weighing]) -> dict[str, float]:
    """Expected calibration error of what is kept, each text by the weights that have not seen it."""
    chances, right = [], []
    for n, one in enumerate(texts):
        judge, weighing = Judge(one, module), weighings[n % FOLDS]
        scale: Scale = learned.scale(one.page, one.tree, one.quoted, weighing)
        for kept in scale.standing(one.proposed):
            if not kept.inside or "nested_in" in str(one.gold):
                chances.append(kept.chance)
                right.append(float(judge.right(kept.find)))
    p, y = np.array(chances), np.array(right)
    return {"kept": len(p), "right": round(float(y.mean()), 4), "calibration_error": round(calibration_error(p, y), 4)}


def main() -> None:
    """Parse the command line, fit, and write the file."""
    parser = argparse.ArgumentParser(prog="python -m train.weigh", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("news", type=Path, metavar="NEWS")
    parser.add_argument("clauses", type=Path, metavar="CLAUSES")
    parser.add_argument("--style", type=Path, required=True, help="what train.style wrote")
    parser.add_argument("--scorer", type=Path, required=True)
    options = parser.parse_args()
    style = json.loads(options.style.read_text("utf-8"))
    style["constant"] = round(style["constant"] + LEAN, 4)
    blank = {"style": style, "weights": {k: [0.0] * len(NAMES) for k in ("outer", "unsourced", "clausal")}}
    blank |= LEASTS
    (options.model / FILE).write_text(json.dumps(blank), "utf-8")
    module, tagger = scorer(options.scorer), Tagger.load(options.model)
    texts = {path.name: list(read(path, tagger)) for path in (options.news, options.clauses)}
    made = write(options.model, style, module, texts)
    sys.stdout.write(json.dumps(made, indent=1) + "\n")


def write(model: Path, style: dict[str, Any], module: ModuleType, texts: dict[str, list[Text]]) -> dict[str, Any]:
    """Fit on the texts of news and of clauses, write the file, and give the calibration errors."""
    shape = Style.of(style)
    weighing = Weighing(shape, {}, **LEASTS)
    news, clauses = (table(one, module, weighing, news=not n) for n, one in enumerate(texts.values()))
    folds = [fit(news, clauses, shape, held) for held in range(FOLDS)]
    errors = {name: error(one, module, folds) for name, one in texts.items()}
    whole = fit(news, clauses, shape)
    row = {"style": style, "names": NAMES, "weights": whole.weights, **LEASTS}
    (model / FILE).write_text(json.dumps({**row, "folds": errors}, indent=1) + "\n", "utf-8")
    return errors


if __name__ == "__main__":
    main()
