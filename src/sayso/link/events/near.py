"""How near two documents are, and how likely two events are one: the learned part, a few thousand numbers."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.errors import ModelError
from sayso.link.events.told import Floats, Text, Told

FOLDER = Path(__file__).parent / "model"
BLOCK = 4_096  # pairs whose vectors are in memory at a time
DIGITS = 3  # of a probability: nothing rests on the last digits of a product
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A document with its terms weighed by rarity, each kind of length 1; `mean` is of its sentences' vectors."""

    doc: str
    bags: tuple[Mapping[str, float], ...]
    mean: Floats
    vectors: Floats


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted regression trees (Friedman 2001) as flat arrays: a leaf has no feature (-1) and a value."""

    roots: npt.NDArray[np.int32]
    feature: npt.NDArray[np.int16]
    threshold: Doubles
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: Doubles
    base: float

    def chances(self, traits: Doubles) -> Doubles:
        """[N, F] -> [N], the probability of yes."""
        total = np.full(len(traits), self.base)
        rows = np.arange(len(traits))
        for root in self.roots:
            at = np.full(len(traits), root)
            while (inner := self.feature[at] >= 0).any():
                goes = traits[rows, np.maximum(self.feature[at], 0)] <= self.threshold[at]
                at = np.where(inner, np.where(goes, self.left[at], self.right[at]), at)
            total += self.value[at]
        chances: Doubles = 1 / (1 + np.exp(-total))
        return chances


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned: how rare stems are, how near documents are weighed, and the trees."""

    rarity: Mapping[str, float]
    unseen: float
    weights: Doubles
    bias: float
    trees: Trees
    threshold: float

    def weigh(self, text: Text) -> Weighed:
        """A document ready to be compared with others."""
        mean = text.vectors.mean(axis=0) if len(text.vectors) else np.zeros(384, dtype=np.float32)
        mean = mean / max(float(np.linalg.norm(mean)), 1e-6)
        bags = (text.stems, text.names, text.numbers, text.pairs)
        return Weighed(text.doc, tuple(self._scaled(bag) for bag in bags), mean, text.vectors)

    def rare(self, term: str) -> float:
        """How rare a stem is, the sum for a pair of them; numbers are as rare as what was never seen."""
        return sum(self.rarity.get(stem, self.unseen) for stem in term.split())

    def _scaled(self, bag: Counter[str]) -> dict[str, float]:
        raw = {term: (1 + math.log(count)) * self.rare(term) for term, count in sorted(bag.items())}
        length = math.sqrt(sum(weight**2 for weight in raw.values())) or 1.0
        return {term: weight / length for term, weight in raw.items()}

    def near(self, one: Weighed, other: Weighed) -> float:
        """The probability that two documents are about one affair."""
        margin = float(np.dot(affinity(one, other), self.weights)) + self.bias
        return round(1 / (1 + math.exp(-margin)), DIGITS)

    def same(self, pairs: Sequence[tuple[Told, Told]], near: Sequence[float]) -> list[float]:
        """The probability that two events are one, for each pair."""
        if not pairs:
            return []
        return [round(float(chance), DIGITS) for chance in self.trees.chances(traits(pairs, near))]

    @classmethod
    def load(cls, kind: str = "events", folder: Path = FOLDER) -> Model:
        """Read the model for `kind` from `folder`. Raises ModelError where a file is missing or cannot be read."""
        try:
            card = json.loads((folder / f"{kind}.json").read_text("utf-8"))
            with np.load(folder / f"{kind}.npz", allow_pickle=False) as held:
                return cls.of({name: held[name] for name in held.files}, float(card["threshold"]))
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"{folder}: what joins {kind} cannot be read ({error}). Install sayso anew.") from error

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[Any]], threshold: float) -> Model:
        """From the arrays of the file."""
        words = arrays["rarity.words"].tobytes().decode("utf-8").split("\n")
        rarity = dict(zip(words, arrays["rarity.values"].astype(float).tolist(), strict=True))
        trees = Trees(
            arrays["trees.roots"],
            arrays["trees.feature"],
            arrays["trees.threshold"],
            arrays["trees.left"],
            arrays["trees.right"],
            arrays["trees.value"],
            float(arrays["trees.base"]),
        )
        weights = arrays["near.weights"].astype(np.float64)
        return cls(rarity, float(arrays["rarity.unseen"]), weights, float(arrays["near.bias"]), trees, threshold)


@cache
def shipped(kind: str = "events") -> Model:
    """The model of the package for "events" or "entities", read once."""
    return Model.load(kind)


def affinity(one: Weighed, other: Weighed) -> Doubles:
    """[7]: what two documents have in common: stems, names, numbers, pairs of stems; mean and best sentence; both."""
    shared = [_dot(a, b) for a, b in zip(one.bags, other.bags, strict=True)]
    mean = float(one.mean @ other.mean)
    best = float((one.vectors @ other.vectors.T).max()) if len(one.vectors) and len(other.vectors) else 0.0
    return np.array([*shared, mean, best, shared[0] * best])


def traits(pairs: Sequence[tuple[Told, Told]], near: Sequence[float]) -> Doubles:
    """[N, F]: what is compared of each pair; the order of the two does not matter."""
    cosines = np.concatenate([_cosines(pairs[at : at + BLOCK]) for at in range(0, len(pairs), BLOCK)])
    plain = [[*_words(one, other), *_places(one, other), near[n]] for n, (one, other) in enumerate(pairs)]
    return np.round(np.concatenate([cosines, np.array(plain, dtype=np.float64)], axis=1), 4)


def _cosines(pairs: Sequence[tuple[Told, Told]]) -> Doubles:
    left = np.stack([one.vectors for one, _ in pairs])
    right = np.stack([other.vectors for _, other in pairs])
    cosines: Doubles = np.einsum("nvd,nvd->nv", left, right).astype(np.float64)
    return cosines


def _words(one: Told, other: Told) -> list[float]:
    first, second = sorted((one.words.lower(), other.words.lower()))
    around, there = one.before | one.after, other.before | other.after
    return [
        one.stem == other.stem,
        one.stem[:4] == other.stem[:4],
        _overlap(one.stems, other.stems),
        _alike(first, second),
        _overlap(one.before, other.before),
        _overlap(one.after, other.after),
        max(_overlap(one.before, other.after), _overlap(one.after, other.before)),
        len(around & there) / max(1, len(around | there)),
        max(_overlap(one.stems, there), _overlap(other.stems, around)),
        _overlap(one.names, other.names),
        len(one.names & other.names),
        _overlap(one.numbers, other.numbers),
    ]


@lru_cache(65_536)
def _alike(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _places(one: Told, other: Told) -> list[float]:
    here = one.doc == other.doc
    return [
        here,
        abs(one.sentence - other.sentence) if here else -1,
        abs(one.start - other.start) if here and one.sentence == other.sentence else -1,
        min(one.sentence, other.sentence),
        max(one.sentence, other.sentence),
        one.crowd + other.crowd,
        max(one.repeats, other.repeats),
        one.hollow + other.hollow,
        one.named + other.named,
    ]


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter's terms that the other has; -1 where one has none."""
    return len(one & other) / min(len(one), len(other)) if one and other else -1.0


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * long[term] for term, weight in short.items() if term in long)
