"""The head of causal links: from the middle layer's states of a sentence to its causes, effects and signals."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from sayso.errors import ModelError
from sayso.tagger.decode import Floats
from sayso.tagger.features import Ints, distances
from sayso.tagger.pieces import Halves

FILES = ("links.onnx", "link_roles.onnx", "links.json")
LONGEST = 256  # pieces of a sentence; what is longer is a list, and is cut
SHUT = -4.0  # log odds that are given to a sentence that is not read
LEAST_ODDS = -1.0  # of a sentence that is looked at further: below, hardly one link is kept
WIDTH = 6  # starts and ends that are tried for a cause and for an effect
SAME = 0.5  # two links whose causes and effects share more than this (intersection over union) are one


@dataclass(frozen=True, slots=True)
class Linking:
    """Thresholds and calibration, fitted on held-out sentences of the train part."""

    anchor: float  # least probability that a link hangs on a piece
    least: float  # least score of a link that is kept
    causal: float  # least chance with which a sentence counts as causal
    weights: tuple[float, ...]  # of a link's evidence, the last one constant
    sentence: tuple[float, ...]  # of (its log odds, those of its surest link, its surest cue), the last one constant
    gate: tuple[float, ...] = ()  # of the mean and the maximum of a sentence's states, the last one constant
    open: float = 0.0  # least log odds by the gate of a sentence that is read

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Linking:
        """Read it from a card."""
        anchor, least, causal = (float(row[name]) for name in ("anchor", "least", "causal"))
        weights, sentence = (tuple(map(float, row[name])) for name in ("weights", "sentence"))
        gate = tuple(map(float, row["gate"]))
        return cls(anchor, least, causal, weights, sentence, gate, float(row["open"]))


@dataclass(frozen=True, slots=True)
class Link:
    """A link as runs `[first, after)` of the sentence's pieces; `score` is the calibrated chance that a person would
    mark cause and effect there (half of the words shared)."""

    anchor: int
    cause: tuple[int, int]
    effect: tuple[int, int]
    signal: tuple[tuple[int, int], ...]
    evidence: tuple[float, ...]
    score: float


class Engine(Protocol):
    """The two networks; T pieces of a sentence, K anchors."""

    def read(self, states: Floats) -> tuple[Floats, Floats, Floats]:
        """[T, H] -> states [T, H], probabilities [T, (no anchor, on a signal, without one)], log odds of causal []."""
        ...

    def roles(self, states: Floats, anchors: Ints, kinds: Ints, away: Ints) -> tuple[Floats, Floats, Floats]:
        """[T, H], [K], [K], [K, T] -> log probabilities [K, T, 4] of first and last piece of cause and effect,
        probability [K, T] of the signal, log probabilities [K, T, (neither, cause, effect)]."""
        ...


class Onnx:
    """The networks as ONNX files, run by onnxruntime on the CPU."""

    def __init__(self, folder: Path, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.log_severity_level = 3
        self._links, self._roles = (
            onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
            for name in FILES[:2]
        )

    def read(self, states: Floats) -> tuple[Floats, Floats, Floats]:
        """See Engine."""
        made, anchors, causal = self._links.run(None, {"states": states})
        return made, anchors, causal

    def roles(self, states: Floats, anchors: Ints, kinds: Ints, away: Ints) -> tuple[Floats, Floats, Floats]:
        """See Engine."""
        given = {"states": states, "anchors": anchors, "kinds": kinds, "distances": away}
        edges, signal, roles = self._roles.run(None, given)
        return edges, signal, roles


class LinkHead:
    """The networks with their thresholds."""

    def __init__(self, engine: Engine, how: Linking) -> None:
        self.engine, self.how = engine, how
        self._gate = np.array(how.gate, dtype=np.float32)

    @classmethod
    def load(cls, folder: Path, *, threads: int = 1) -> LinkHead:
        """Read the files of `folder`. Raises ModelError where one is missing or cannot be read."""
        try:
            card = json.loads((folder / FILES[2]).read_text("utf-8"))
            return cls(Onnx(folder, threads), Linking.of(card["linking"]))
        except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
            raise ModelError(
                f"{folder}: the files of the head of causal links cannot be read ({error}). "
                "Install sayso anew, or ask for --rules."
            ) from error

    def causal(self, odds: float, found: Sequence[Link], cue: float) -> float:
        """The chance that a sentence tells of cause and effect, by its log odds, its surest link and its surest cue."""
        top = max((odds_of(link.score) for link in found), default=odds_of(0.0))
        return logistic((odds, top, cue), self.how.sentence)

    def candidates(
        self, states: Floats | Halves, word: Sequence[int], given: Sequence[int] = ()
    ) -> tuple[float, list[Link]]:
        """The log odds of a sentence, and every link however unlikely, one an anchor.

        `states` are the middle layer's, `word` the number of each piece's word: no border falls inside one. The pieces
        `given` are taken for anchors too.
        """
        word = word[:LONGEST]
        if not len(word):
            return odds_of(0.0), []
        x = np.ascontiguousarray(states[:LONGEST], dtype=np.float32)
        if not given and self._closed(x):
            return SHUT, []
        made, chance, causal = self.engine.read(x)
        odds = float(causal)
        asked = {piece for piece in given if piece < len(word)}
        found = peaks(1 - chance[:, 0], self.how.anchor) if odds >= LEAST_ODDS else []
        at = np.array(sorted({*found, *asked}), dtype=np.int64)
        if not len(at):
            return odds, []
        kinds = np.where(chance[at, 2] > chance[at, 1], 2, 1).astype(np.int64)
        kinds[[int(a) in asked for a in at]] = 1  # a cue is a signal
        away = np.stack([distances(int(a), len(made)) for a in at])
        edges, signal, roles = self.engine.roles(made, at, kinds, away)
        links = (
            self._link((edges[k], signal[k], roles[k]), word, int(a), (odds, float(1 - chance[a, 0]), int(kinds[k])))
            for k, a in enumerate(at)
        )
        return odds, [link for link in links if link is not None]

    def _closed(self, x: Floats) -> bool:
        """Whether the gate is sure enough that the sentence holds no link: half the work for one link in eight."""
        return bool(len(self._gate)) and float(pooled(x) @ self._gate[:-1] + self._gate[-1]) < self.how.open

    def _link(
        self,
        scored: tuple[Floats, Floats, Floats],
        word: Sequence[int],
        anchor: int,
        given: tuple[float, float, int],
    ) -> Link | None:
        edges, signal, roles = scored
        spans = arguments(edges, word)
        if spans is None:
            return None
        sure, cause, effect = spans
        odds, chance, kind = given
        agree = float(np.mean([*roles[slice(*cause), 1], *roles[slice(*effect), 2]]))
        evidence = (odds, odds_of(chance), max(sure, -12.0), max(agree, -6.0), float(kind == 1))
        score = logistic(evidence, self.how.weights)
        return Link(anchor, cause, effect, runs(signal > 0.5, word), evidence, score)


def pooled(x: Floats) -> Floats:
    """[T, H] -> mean and maximum [2 H]."""
    made: Floats = np.concatenate([x.mean(0), x.max(0)])
    return made


def peaks(p: Floats, least: float) -> list[int]:
    """Pieces where the probability of an anchor is `least` or more and not higher beside it."""
    wide = np.concatenate(([0.0], p, [0.0]))
    found = (p >= least) & (p >= wide[:-2]) & (p > wide[2:])
    return [int(i) for i in np.flatnonzero(found)]


def arguments(edges: Floats, word: Sequence[int]) -> tuple[float, tuple[int, int], tuple[int, int]] | None:
    """The likeliest cause and effect that do not overlap, with their log probability; borders are those of words."""
    n = len(edges)
    opens = [i for i in range(n) if i == 0 or word[i] != word[i - 1]]
    closes = [i for i in range(n) if i == n - 1 or word[i] != word[i + 1]]
    causes, effects = (list(_spans(edges[:, k : k + 2], opens, closes)) for k in (0, 2))
    pairs = (
        (p + q, (a, b + 1), (c, d + 1)) for p, a, b in causes for q, c, d in effects if b < c or d < a
    )  # fmt: skip
    return max(pairs, key=lambda pair: pair[0], default=None)


def _spans(edges: Floats, opens: list[int], closes: list[int]) -> list[tuple[float, int, int]]:
    first, last = edges[:, 0].tolist(), edges[:, 1].tolist()
    starts = sorted(opens, key=lambda i: -first[i])[:WIDTH]
    ends = sorted(closes, key=lambda i: -last[i])[:WIDTH]
    made = [(first[a] + last[b], a, b) for a in starts for b in ends if a <= b]
    return sorted(made, reverse=True)[: 2 * WIDTH]


def runs(mask: Any, word: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The words with a marked piece, as runs; a word between two marked ones is taken in."""
    marked = sorted({word[int(i)] for i in np.flatnonzero(mask)})
    out: list[list[int]] = []
    for number in marked:
        if out and number - out[-1][1] <= 2:
            out[-1][1] = number
        else:
            out.append([number, number])
    return tuple(_pieces(word, a, b) for a, b in out)


def _pieces(word: Sequence[int], first: int, last: int) -> tuple[int, int]:
    inside = [i for i, number in enumerate(word) if first <= number <= last]
    return inside[0], inside[-1] + 1


def best(found: Sequence[Link], least: float) -> list[Link]:
    """The links with at least that score, the surest first, of two alike the surer."""
    kept: list[Link] = []
    for link in sorted(found, key=lambda one: (-one.score, one.cause, one.effect)):
        if link.score >= least and not any(_alike(link, other) for other in kept):
            kept.append(link)
    return kept


def _alike(one: Link, other: Link) -> bool:
    straight = (one.cause, other.cause), (one.effect, other.effect)
    crossed = (one.cause, other.effect), (one.effect, other.cause)
    return any(all(_shared(*pair) > SAME for pair in pairs) for pairs in (straight, crossed))


def _shared(one: tuple[int, int], other: tuple[int, int]) -> float:
    both = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return both / (one[1] - one[0] + other[1] - other[0] - both)


def logistic(evidence: Sequence[float], weights: Sequence[float]) -> float:
    """The logistic function of the weighted evidence and a constant."""
    total = sum(w * e for w, e in zip(weights, (*evidence, 1.0), strict=True))
    return float(1 / (1 + np.exp(-total)))


def odds_of(p: float) -> float:
    """Log odds, between those of 1 in 1,000 and of 999 in 1,000."""
    p = min(max(p, 0.001), 0.999)
    return float(np.log(p / (1 - p)))


def sentences(pieces: Any, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """For each span of characters, in order, the pieces `[first, after)` that stand in it."""
    at = 0
    for start, end in spans:
        while at < len(pieces) and pieces.start[at] < start:
            at += 1
        first = at
        while at < len(pieces) and pieces.end[at] <= end:
            at += 1
        last = at
        while last > first and pieces.start[last - 1] == pieces.end[last - 1]:  # paragraph marks have no width
            last -= 1
        yield first, last
