"""Find the claims that a text may repeat: words, characters, vectors, numbers, names and dates weighed together."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.link.claims.posts import Post, read
from sayso.link.lexical import Bm25, Cosine, Scores, grams, pairs, stems

Floats = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]
CANDIDATES = 60  # by each way of searching; together they held the right one for 99.7 % of 800 posts
PROMPT, LATE = 14, 60  # days in which most checks of a post follow, and nearly all
RANKED = 10  # 1 / (10 + rank): what a way of searching puts first counts, how far it is ahead does not
_NUMBER = re.compile(r"\d[\d.,]*")
_NAME = re.compile(r"\b[A-Z][\w’'-]+")
_STOP = re.compile(r"(?<=[.!?:;…])\s+|\n")


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim to be found: its words, the headline that it stands under, and its day, None unknown."""

    id: str
    words: str
    title: str = ""
    day: date | None = None

    @property
    def text(self) -> str:
        """Headline and words."""
        return f"{self.title}. {self.words}" if self.title else self.words


class Search:
    """An index over entries that ranks them for a text.

    The weights were fitted by maximum likelihood of the right claim among the candidates (`train/search.py`) and
    stand in `data/claim_search.json`.
    """

    def __init__(self, entries: Sequence[Entry], encode: Encode) -> None:
        self.entries, self.encode = entries, encode
        texts = [entry.text for entry in entries]
        bags = [stems(text) for text in texts]
        self.words, self.pairs = Bm25(bags), Bm25(pairs(bag) for bag in bags)
        self.grams = Cosine(grams(text) for text in texts)
        self.sets = [frozenset(bag) for bag in bags]
        self.numbers, self.names = [_numbers(text) for text in texts], [_names(text) for text in texts]
        self.vectors = {
            "claim": encode([entry.words for entry in entries]),
            "title": encode([entry.title or entry.words for entry in entries]),
            "both": encode(texts),
        }

    def rank(self, text: str, most: int = 10) -> list[tuple[str, float]]:
        """The ids of the nearest entries with their scores, best first; equal ones in order of their place."""
        if not self.entries:
            return []
        found, features = self.features(text)
        scores = features @ self._weights
        order = np.lexsort((found, -scores))[:most]
        return [(self.entries[found[n]].id, float(scores[n])) for n in order]

    def features(self, text: str) -> tuple[npt.NDArray[np.int64], Scores]:
        """The candidates [C] and what speaks for each, [C, features], in the order of `FEATURES`."""
        post = read(text)
        ways = self._ways(post)
        found = np.unique(np.concatenate([_first(scores, CANDIDATES) for scores in ways.values()]))
        columns = [ways[name][found] for name in WAYS]
        columns += [_ranks(ways[name])[found] for name in ("grams",)]
        columns += self._overlaps(post, found)
        return found, np.stack(columns, axis=1)

    def _ways(self, post: Post) -> dict[str, Scores]:
        """Each way of searching with its score of every entry, [N]."""
        bag = stems(post.signed)
        most = self.words.rarity(set(bag)) or 1.0
        words, signed = self.encode([post.words, post.signed])
        sentences = self.encode([s for s in _STOP.split(post.words) if len(s) > 15] or [post.words])
        return {
            "words": self.words.scores(bag) / most,
            "pairs": self.pairs.scores(pairs(bag)) / most,
            "grams": self.grams.scores(grams(post.signed)),
            "claim": _wide(self.vectors["claim"] @ words),
            "title": _wide(self.vectors["title"] @ words),
            "both": _wide(self.vectors["both"] @ words),
            "signed": _wide(self.vectors["claim"] @ signed),
            "sentence": _wide((self.vectors["claim"] @ sentences.T).max(axis=1)),
        }

    def _overlaps(self, post: Post, found: npt.NDArray[np.int64]) -> Iterator[Scores]:
        bag, numbers, names = frozenset(stems(post.signed)), _numbers(post.words), _names(post.signed)
        rows = [self._overlap(int(n), (bag, numbers, names), post.day) for n in found]
        yield from np.array(rows, dtype=np.float64).T

    def _overlap(self, n: int, post: tuple[frozenset[str], ...], day: date | None) -> tuple[float, ...]:
        """Shares of numbers, names and words that entry `n` and the post have in common, and how their days lie."""
        bag, numbers, names = post
        shared = self.words.rarity(self.sets[n] & bag)
        after = (held - day).days if day and (held := self.entries[n].day) else None
        return (
            len(numbers & self.numbers[n]) / (1 + len(numbers)),
            len(self.numbers[n] - numbers) / (1 + len(self.numbers[n])),
            len(names & self.names[n]) / (1 + len(self.names[n])),
            shared / (self.words.rarity(self.sets[n]) or 1.0),
            shared / (self.words.rarity(bag) or 1.0),
            float(after is not None and -3 <= after <= PROMPT),
            float(after is not None and PROMPT < after <= LATE),
        )

    @cached_property
    def _weights(self) -> Scores:
        held: dict[str, Any] = json.loads((files("sayso") / "data" / "claim_search.json").read_text("utf-8"))
        return np.array([held["weights"][name] for name in FEATURES])


WAYS = ("words", "pairs", "grams", "claim", "title", "both", "signed", "sentence")
OVERLAPS = ("numbers", "other numbers", "names", "words of the claim", "words of the text", "days 0-14", "days 15-60")
FEATURES = (*WAYS, "grams, rank", *OVERLAPS)


def _first(scores: Scores, most: int) -> npt.NDArray[np.int64]:
    """Where the `most` highest scores stand; of equal ones the first."""
    return np.argsort(-scores, kind="stable")[:most]


def _ranks(scores: Scores) -> Scores:
    out = np.empty(len(scores))
    out[np.argsort(-scores, kind="stable")] = RANKED / (RANKED + np.arange(len(scores)))
    return out


def _wide(scores: Floats) -> Scores:
    return scores.astype(np.float64)


def _numbers(text: str) -> frozenset[str]:
    return frozenset(found.strip(".,").replace(",", "") for found in _NUMBER.findall(text))


def _names(text: str) -> frozenset[str]:
    """Words with a capital; those that open a sentence come along."""
    return frozenset(stem for name in _NAME.findall(text) for stem in stems(name))
