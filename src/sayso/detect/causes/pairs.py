"""Links between events that are given: how likely one of two mentions is said to have led to the other, and which.

A small network over the states of both mentions and what the parse says of them, taught by EventStoryLine. It is
right in two of five pairs that it links, so it adds no links to a case by itself; `bench links` measures it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.case import Page, Parse
from sayso.detect.causes.cues import pointers
from sayso.detect.causes.states import Reader
from sayso.text import Tokens

Floats = npt.NDArray[np.float32]
TAGS = ("VERB", "NOUN", "AUX", "PROPN", "ADJ")
LABELS = ("ROOT", "dobj", "nsubj", "pobj", "advcl", "conj", "ccomp", "xcomp", "relcl", "acl", "nsubjpass", "compound")
FORMS = ("VBN", "VBG", "VBD")


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an event: its token, its sentence, and its state (the mean of its pieces')."""

    id: str
    token: int
    sentence: int
    state: Floats


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions in text order, what the network reads of them, and whether they stand in one sentence."""

    first: str
    second: str
    row: Floats
    states: tuple[Floats, Floats]
    together: bool


def linked(page: Page, mentions: Sequence[tuple[str, int, int]]) -> Iterator[tuple[str, str]]:
    """Cause and effect (ids) of the pairs that are likely links; `mentions` are `(id, start, end)`."""
    model, found = _model(), list(pairs(page, mentions))
    if not found:
        return
    chances = model.read(found)
    for pair, (no, ahead, back) in zip(found, chances, strict=True):
        if 1 - no >= (model.together if pair.together else model.across):
            yield (pair.first, pair.second) if ahead >= back else (pair.second, pair.first)


def pairs(page: Page, mentions: Sequence[tuple[str, int, int]]) -> Iterator[Pair]:
    """Every two of the mentions that stand in the parse, in text order."""
    placed = list(_placed(page, mentions))
    about = _About(page.parse, placed)
    for one, other in combinations(range(len(placed)), 2):
        a, b = placed[one], placed[other]
        yield Pair(a.id, b.id, about.row(one, other), (a.state, b.state), a.sentence == b.sentence)


def _placed(page: Page, mentions: Sequence[tuple[str, int, int]]) -> Iterator[Mention]:
    parse, reader = page.parse, Reader(page)
    tokens = Tokens(parse.start, parse.end)
    for id, start, end in sorted(mentions, key=lambda mention: mention[1:]):
        inside = tokens.within(start, end)
        if inside:
            top = next((t for t in inside if parse.head[t] not in inside or parse.head[t] == t), inside[0])
            yield Mention(id, top, parse.sent[top], reader.mean(start, end))


class _About:
    """What the parse and the document say of two mentions, as numbers."""

    def __init__(self, parse: Parse, placed: Sequence[Mention]) -> None:
        self.parse, self.placed = parse, placed
        self.lemmas = Counter(parse.lemma[one.token] for one in placed)
        self.between = sorted(pointers("between"))
        self.opening = sorted({one.sentence for one in placed})[:2]
        self.over = [self._above(one.token) for one in placed]

    def row(self, one: int, other: int) -> Floats:
        """The features of the pair."""
        return np.array([*self._places(one, other), *self._grammar(one, other)], dtype=np.float32)

    def _places(self, one: int, other: int) -> Iterator[float]:
        a, b, n = self.placed[one], self.placed[other], len(self.placed)
        apart = b.sentence - a.sentence
        yield from (float(apart == k) for k in range(3))
        yield from (float(apart > 2), min(apart, 10) / 5, min(other - one, 10) / 5)
        yield from (float(other - one == k) for k in (1, 2))
        yield from (min(b.token - a.token, 50) / 25, float(one == 0), min(n, 40) / 20, 1 / n)
        yield from (float(m.sentence == s) for m in (a, b) for s in (self.opening * 2)[:2])
        lemmas = [self.parse.lemma[m.token] for m in (a, b)]
        yield from (float(lemmas[0] == lemmas[1]), self.lemmas[lemmas[0]] / 3, self.lemmas[lemmas[1]] / 3)
        norm = float(np.linalg.norm(a.state) * np.linalg.norm(b.state)) or 1.0
        yield float(a.state @ b.state) / norm

    def _grammar(self, one: int, other: int) -> Iterator[float]:
        parse, (a, b) = self.parse, (self.placed[k].token for k in (one, other))
        yield from (float(b in self.over[one]), float(a in self.over[other]))
        yield from (float(parse.head[a] == b), float(parse.head[b] == a))
        same = parse.sent[a] == parse.sent[b]
        words = {word.lower() for word in parse.text[a + 1 : b]} if same else set()
        yield from (float(word in words) for word in self.between)
        for token in (a, b):
            yield from (float(parse.pos[token] == tag) for tag in TAGS)
            yield from (float(parse.dep[token] == label) for label in LABELS)
            yield from (float(parse.tag[token] == form) for form in FORMS)

    def _above(self, token: int) -> list[int]:
        out: list[int] = []
        while self.parse.head[token] != token and len(out) < 40:
            token = self.parse.head[token]
            out.append(token)
        return out


class Model:
    """The network's weights and the least chance of a link within a sentence and across sentences."""

    def __init__(self, weights: dict[str, Any]) -> None:
        self.weights = {name: np.asarray(value, dtype=np.float32) for name, value in weights.items()}
        self.together, self.across = (float(self.weights[name]) for name in ("together", "across"))

    def read(self, found: Sequence[Pair]) -> Floats:
        """Probabilities [N, (no link, the first led to the second, the second to the first)]."""
        w = self.weights
        rows = np.maximum(np.stack([pair.row for pair in found]) @ w["row"] + w["row_bias"], 0)
        a, b = (np.tanh(np.stack([p.states[k] for p in found]) @ w["state"] + w["state_bias"]) for k in (0, 1))
        hidden = np.concatenate([rows, a, b, a * b], axis=1) @ w["hidden"] + w["hidden_bias"]
        logits = np.maximum(hidden, 0) @ w["out"] + w["out_bias"]
        odds = np.exp(logits - logits.max(1, keepdims=True))
        made: Floats = odds / odds.sum(1, keepdims=True)
        return made


@cache
def _model() -> Model:
    with np.load(Path(__file__).parents[2] / "tagger" / "model" / "pairs.npz") as file:
        return Model(dict(file))
