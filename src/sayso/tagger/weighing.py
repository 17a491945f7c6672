"""What a model holds beside its networks: the style of reporting, and how all findings are weighed into one chance."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = "weighing.json"
KINDS = ("outer", "unsourced", "clausal")  # whose marks a chance foretells: see Weighing


@dataclass(frozen=True, slots=True)
class Style:
    """A logistic model of reporting over shares of words: `common` shares in the news, `weights` of their logarithms.

    The names of both are those that `sayso.detect.attribution.style` counts.
    """

    common: Mapping[str, float]
    weights: Mapping[str, float]
    constant: float

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Style:
        """Read it from a file's object."""
        common, weights = ({k: float(v) for k, v in row[name].items()} for name in ("common", "weights"))
        return cls(common, weights, float(row["constant"]))


@dataclass(frozen=True, slots=True)
class Weighing:
    """Logistic models of the chance that a finding is one that people mark, and the least chances that are kept.

    `outer` and `unsourced` foretell the guideline of news, for findings with and without a source, `clausal` the one
    of clauses and nesting; the style of a text says how much each counts. The weights go by the names of
    `sayso.detect.attribution.weigh`. `least` is for findings with a source, `nobody` for those without, `elsewhere` for
    all where the text is no news.
    """

    style: Style
    weights: Mapping[str, tuple[float, ...]]
    least: float
    nobody: float
    elsewhere: float

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Weighing:
        """Read it from a file's object. Raises KeyError, ValueError."""
        weights = {kind: tuple(map(float, row["weights"][kind])) for kind in KINDS}
        return cls(Style.of(row["style"]), weights, float(row["least"]), float(row["nobody"]), float(row["elsewhere"]))

    @classmethod
    def load(cls, folder: Path) -> Weighing:
        """Read it from a model's folder. Raises OSError, KeyError, ValueError."""
        return cls.of(json.loads((folder / FILE).read_text("utf-8")))
