"""From probabilities to attributions: anchors, and for each of them the runs of its cue, source and content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.tagger.pieces import SEP, Pieces

Floats = npt.NDArray[np.float32]
Runs = tuple[tuple[int, int], ...]
SOURCE, CONTENT, CUE = 1, 2, 3  # columns of the role head's probabilities; 0 is neither source nor content
SWITCH = 3.0  # log odds; chosen on dev
SAME = 0.6  # two contents with more than this Dice are one attribution told twice: the surer is kept


@dataclass(frozen=True, slots=True)
class Decoding:
    """The thresholds and calibration of one guideline, fitted on its dev part."""

    anchor: float  # least probability of an anchor
    sourced: float  # least probability that there is a source
    score: float  # least calibrated score of an attribution that names a source
    unsourced: float  # the same where none is named; lower, or most of them would be lost
    weights: tuple[float, ...]  # of the evidence, the last one constant
    unsourced_weights: tuple[float, ...]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Decoding:
        """Read it from a card."""
        anchor, sourced, least, unsourced = (float(row[name]) for name in ("anchor", "sourced", "score", "unsourced"))
        weights, others = (tuple(map(float, row[name])) for name in ("weights", "unsourced_weights"))
        return cls(anchor, sourced, least, unsourced, weights, others)


@dataclass(frozen=True, slots=True)
class Tagged:
    """One attribution as runs `[first, after)` of word pieces.

    `score` is the calibrated chance that source and content are those a person would mark, `evidence` what
    it was computed from.
    """

    anchor: int
    cue: Runs
    source: Runs
    content: Runs
    evidence: tuple[float, ...]
    score: float

    def held(self) -> set[int]:
        """The pieces of the content."""
        return {i for a, b in self.content for i in range(a, b)}


def anchors(cue: Floats, least: float) -> list[int]:
    """Pieces where a cue begins: peaks of P(anchor) of at least `least`. `cue` is [N, (outside, anchor, inside)]."""
    p = np.concatenate(([0.0], cue[:, 1], [0.0]))
    peak = (p[1:-1] >= least) & (p[1:-1] >= p[:-2]) & (p[1:-1] > p[2:])
    return [int(i) for i in np.flatnonzero(peak)]


def read(
    pieces: Pieces, anchor: tuple[int, float], first: int, scored: tuple[Floats, float], how: Decoding
) -> Tagged | None:
    """One attribution from an anchor, `(piece, probability)`, and what the role head says of it.

    `scored` holds the role probabilities [T, 4] of the pieces from `first` on and the probability that there
    is a source. None where there is no content.
    """
    at, sure = anchor
    roles, sourced = _by_word(scored[0], pieces.word[first : first + len(scored[0])]), scored[1]
    label = roles[:, :3].argmax(-1)
    content = _content(pieces, roles[:, CONTENT], label == CONTENT, first)
    if not content:
        return None
    source = _source(roles, label == SOURCE, first) if sourced >= how.sourced else ()
    cue = tuple((a + first, b + first) for a, b in _runs((roles[:, CUE] > 0.5) & (label != CONTENT)))
    evidence = (
        _odds(sure),
        _odds(_mean(roles[:, CONTENT], content, first)),
        _odds(_mean(roles[:, SOURCE], source, first)) if source else 0.0,
        _odds(sourced),
        float(np.log(sum(b - a for a, b in content))),
    )
    chance = score(evidence, how.weights if source else how.unsourced_weights)
    return Tagged(at, cue or ((at, at + 1),), source, content, evidence, chance)


def score(evidence: Sequence[float], weights: Sequence[float]) -> float:
    """Logistic in the evidence."""
    total = sum(w * e for w, e in zip(weights, (*evidence, 1.0), strict=True))
    return float(1 / (1 + np.exp(-total)))


def best(found: Sequence[Tagged], how: Decoding) -> list[Tagged]:
    """The sure ones, of two with nearly the same content the surer, in text order."""
    kept: list[tuple[set[int], Tagged]] = []
    for one in sorted(found, key=lambda t: (-t.score, t.anchor)):
        held = one.held()
        sure = one.score >= (how.score if one.source else how.unsourced)
        if sure and not any(2 * len(held & h) > SAME * (len(held) + len(h)) for h, _ in kept):
            kept.append((held, one))
    return sorted((one for _, one in kept), key=lambda t: t.anchor)


def _runs(mask: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        yield int(a), int(b)


def _by_word(roles: Floats, word: Sequence[int]) -> Floats:
    """Every piece with the mean of its word: no border falls inside a word."""
    number = np.asarray(word) - word[0]
    total = np.zeros((number[-1] + 1, roles.shape[1]), dtype=np.float32)
    np.add.at(total, number, roles)
    mean: Floats = (total / np.bincount(number)[:, None])[number]
    return mean


def _content(pieces: Pieces, p: Floats, mask: npt.NDArray[np.bool_], first: int) -> Runs:
    """The runs of content: a gap or a run with less than SWITCH of log odds against or for it is noise."""
    odds = np.log(np.clip(p, 0.02, 0.98) / (1 - np.clip(p, 0.02, 0.98)))
    runs: list[tuple[int, int]] = []
    for a, b in _runs(mask):
        if runs and float(odds[runs[-1][1] : a].sum()) > -SWITCH:
            runs[-1] = (runs[-1][0], b)
        else:
            runs.append((a, b))
    most = max((float(odds[a:b].sum()) for a, b in runs), default=0.0)
    kept = [(a + first, b + first) for a, b in runs if float(odds[a:b].sum()) >= min(SWITCH, most)]
    return tuple((a, b) for a, b in kept if any(pieces.ids[i] != SEP for i in range(a, b)))


def _source(roles: Floats, mask: npt.NDArray[np.bool_], first: int) -> Runs:
    """The run with the most probability; a source in two places is rarer than a stray run."""
    runs = sorted(_runs(mask), key=lambda r: -float(roles[r[0] : r[1], SOURCE].sum()))
    return tuple((a + first, b + first) for a, b in runs[:1])


def _mean(p: Floats, runs: Runs, first: int) -> float:
    return float(np.concatenate([p[a - first : b - first] for a, b in runs]).mean())


def _odds(p: float) -> float:
    p = min(max(p, 0.001), 0.999)
    return float(np.log(p / (1 - p)))
