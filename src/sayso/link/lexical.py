"""Texts found by their words: BM25 over stems and pairs of stems, and the cosine of character four-grams."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
_WORD = re.compile(r"\d[\d.,]*\d|\w+")
_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
_GRAM = 4
_SATURATION, _LENGTH = 1.2, 0.75  # BM25's k1 and b, the usual values (Robertson & Zaragoza 2009)


@cache
def words() -> Mapping[str, Any]:
    """`data/claim_words.toml`: numbers, what widens them, and words without content."""
    return tomllib.loads((files("sayso") / "data" / "claim_words.toml").read_text("utf-8"))


def stems(text: str) -> list[str]:
    """The words of a text without case and common endings, numbers without separators; a search needs no parse."""
    return [_stem(word) for word in _WORD.findall(text.replace("’", "'").replace("'s", ""))]


def grams(text: str) -> list[str]:
    """The runs of four characters of the words of a text; they meet over inflections, compounds and typing errors."""
    line = f" {' '.join(word.lower() for word in _WORD.findall(text))} "
    return [line[at : at + _GRAM] for at in range(len(line) - _GRAM + 1)]


def pairs(words: Sequence[str]) -> list[str]:
    """Neighbouring words, two by two."""
    return [f"{a} {b}" for a, b in pairwise(words)]


class Bm25:
    """BM25 of texts given as bags of terms."""

    def __init__(self, bags: Iterable[Sequence[str]]) -> None:
        held = list(bags)
        self.size = len(held)
        lengths = np.array([len(bag) for bag in held], dtype=np.float64)
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / max(1e-9, lengths.mean() if held else 1))
        self.idf: dict[str, float] = {}
        self._postings: dict[str, tuple[npt.NDArray[np.int64], Scores]] = {}
        for term, (at, count) in _postings(held).items():
            self.idf[term] = math.log(1 + (self.size - len(at) + 0.5) / (len(at) + 0.5))
            self._postings[term] = at, self.idf[term] * count * (_SATURATION + 1) / (count + norm[at])

    def scores(self, query: Sequence[str]) -> Scores:
        """[N]; a term that the query repeats counts twice at most."""
        out = np.zeros(self.size)
        for term, count in Counter(query).items():
            if term in self._postings:
                at, weight = self._postings[term]
                out[at] += weight * min(count, 2)
        return out

    def rarity(self, terms: Iterable[str]) -> float:
        """The sum of how rare the terms are; those unknown here are left out."""
        return sum(self.idf.get(term, 0.0) for term in terms)


class Cosine:
    """The cosine of bags of terms, weighted by log count and rarity."""

    def __init__(self, bags: Iterable[Sequence[str]]) -> None:
        held = list(bags)
        self.size = len(held)
        found = _postings(held)
        self._idf = {term: math.log((self.size + 1) / (len(at) + 0.5)) for term, (at, _) in found.items()}
        weights = {term: (at, (1 + np.log(count)) * self._idf[term]) for term, (at, count) in found.items()}
        squares = np.zeros(self.size)
        for at, weight in weights.values():
            squares[at] += weight**2
        norm = np.sqrt(np.maximum(squares, 1e-12))
        self._postings = {term: (at, weight / norm[at]) for term, (at, weight) in weights.items()}

    def scores(self, query: Sequence[str]) -> Scores:
        """[N], each 0 to 1."""
        weights = {t: (1 + math.log(n)) * self._idf[t] for t, n in Counter(query).items() if t in self._idf}
        norm = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        out = np.zeros(self.size)
        for term, weight in weights.items():
            at, held = self._postings[term]
            out[at] += held * (weight / norm)
        return out


def _postings(bags: Sequence[Sequence[str]]) -> dict[str, tuple[npt.NDArray[np.int64], Scores]]:
    """For each term in which bags it stands and how often, in order of its first place."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, bag in enumerate(bags):
        for term, count in Counter(bag).items():
            found[term].append((number, count))
    return {
        term: (np.array([n for n, _ in held]), np.array([c for _, c in held], dtype=np.float64))
        for term, held in found.items()
    }


def _stem(word: str) -> str:
    word = word.lower().replace(",", "")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
