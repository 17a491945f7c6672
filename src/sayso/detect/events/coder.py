"""The learned coder: which triggers are events worth a code, who of several is the recipient, and which type it is."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.errors import ModelError

Floats = npt.NDArray[np.float32]
FOLDER = Path(__file__).parent / "model"
FILES = ("coder.npz", "card.json")
QUADS = ("M-CONF", "M-COOP", "NONE", "V-CONF", "V-COOP")


@dataclass(frozen=True, slots=True)
class Block:
    """Named traits with a row of weights each; with `idf` they are counted and weighed as TF-IDF of length 1."""

    rows: Mapping[str, int]
    weights: Floats
    idf: Floats | None

    def score(self, traits: Iterable[str]) -> Floats:
        """The sum of the weights of the traits that are known, one number a class."""
        known = Counter(row for trait in traits if (row := self.rows.get(trait)) is not None)
        if not known:
            return np.zeros(self.weights.shape[1], dtype=np.float32)
        at = list(known)
        if self.idf is None:
            plain: Floats = self.weights[at].sum(0)
            return plain
        value = np.array([1 + math.log(n) for n in known.values()], dtype=np.float32) * self.idf[at]
        total: Floats = (value / np.linalg.norm(value)) @ self.weights[at]
        return total


@dataclass(frozen=True, slots=True)
class Head:
    """A linear model over blocks of traits and, where it has `dense`, over vectors `[blocks, 384]`.

    `dense` holds their means, deviations and weights; each vector is scaled to length 1 after them.
    """

    blocks: tuple[Block, ...]
    bias: Floats
    sharpness: float
    dense: tuple[Floats, Floats, Floats] | None = None

    def score(self, traits: Sequence[Iterable[str]], vectors: Floats | None = None) -> Floats:
        """The margin of each class times the sharpness that calibrates it."""
        total = self.bias + sum(block.score(given) for block, given in zip(self.blocks, traits, strict=True))
        if self.dense is not None and vectors is not None:
            mean, deviation, weights = self.dense
            scaled = (vectors - mean) / deviation
            scaled /= np.maximum(np.linalg.norm(scaled, axis=1, keepdims=True), 1e-6)
            total = total + scaled.ravel() @ weights
        out: Floats = total * self.sharpness
        return out


class Coder:
    """The heads: `keep` and `seat` say yes or no, `types` and, without an encoder, `plain` name a type,
    `news` the class of a sentence."""

    def __init__(self, heads: Mapping[str, Head], classes: Sequence[str], thresholds: Mapping[str, float]) -> None:
        self.heads, self.classes, self.thresholds = heads, tuple(classes), thresholds

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Coder:
        """Read the files of `folder`. Raises ModelError where one is missing or cannot be read."""
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"{folder}: {', '.join(missing)} missing. Install sayso anew.")
        try:
            card = json.loads((folder / "card.json").read_text("utf-8"))
            with np.load(folder / "coder.npz", allow_pickle=False) as held:
                return cls.of({name: held[name] for name in held.files}, card)
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"{folder}: the event coder cannot be read ({error}). Install sayso anew.") from error

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[Any]], card: Mapping[str, Any]) -> Coder:
        """From arrays named `HEAD.BLOCK.words`, `.weights`, `.idf`, `HEAD.bias`, `HEAD.dense.N`, and the card."""
        named = ((name, shape) for name, shape in card["heads"].items() if f"{name}.bias" in arrays)
        heads = {name: _head(arrays, name, shape) for name, shape in named}
        return cls(heads, card["classes"], {k: float(v) for k, v in card["thresholds"].items()})

    def chance(self, head: str, traits: Iterable[str]) -> float:
        """The probability that a yes-or-no head gives to yes."""
        return float(1 / (1 + math.exp(-float(self.heads[head].score([traits])[0]))))

    def types(self, grams: Iterable[str], clause: Iterable[str], vectors: Floats | None) -> dict[str, float]:
        """The probability of each type; they add up to 1."""
        head = self.heads["plain" if vectors is None else "types"]
        return _chances(head.score([grams, clause], vectors), self.classes)

    def quads(self, grams: Iterable[str], traits: Iterable[str]) -> dict[str, float]:
        """How a sentence's class is weighed: NONE or one of the four quad classes; adds up to 1, not calibrated."""
        return _chances(self.heads["news"].score([grams, traits]), QUADS)


@cache
def shipped() -> Coder:
    """The coder of the package, read once."""
    return Coder.load()


def _chances(margins: Floats, classes: Sequence[str]) -> dict[str, float]:
    odds = np.exp(margins - margins.max())
    return {name: float(p) for name, p in zip(classes, odds / odds.sum(), strict=True)}


def _head(arrays: Mapping[str, npt.NDArray[Any]], name: str, shape: Mapping[str, Any]) -> Head:
    blocks = tuple(_block(arrays, f"{name}.{block}") for block in shape["blocks"])
    dense = None
    if shape.get("dense"):
        mean, deviation, weights = (arrays[f"{name}.dense.{n}"].astype(np.float32) for n in range(3))
        dense = (mean, deviation, weights)
    return Head(blocks, arrays[f"{name}.bias"].astype(np.float32), float(shape["sharpness"]), dense)


def _block(arrays: Mapping[str, npt.NDArray[Any]], name: str) -> Block:
    words = arrays[f"{name}.words"].tobytes().decode("utf-8").split("\n")
    idf = arrays[f"{name}.idf"].astype(np.float32) if f"{name}.idf" in arrays else None
    return Block({word: row for row, word in enumerate(words)}, arrays[f"{name}.weights"].astype(np.float32), idf)
