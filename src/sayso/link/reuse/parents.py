"""Whom a document took its text from: of those that had it first, the one that explains most of it best.

The weights were fitted (conditional logit over a document's candidates and "none of them") on generated corpora, other
draws than those that are measured.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from sayso.link.reuse.dates import gap
from sayso.link.reuse.direction import Member, chance, evidence, odds
from sayso.link.reuse.shape import Shape

MEMBERS = 2048  # documents with their neighbours in memory at a time

# What speaks for a candidate, at full strength: it had the text first (log of its chance), it explains as much as any
# other, few words changed, none moved, nothing of it left out at its head, in its middle or at its end, it comes before
# the other candidates, it was published shortly before, the document credits it, and has a credit from its text.
WEIGHTS = {
    "first": 3.6,
    "cover": 6.9,
    "edited": -11.0,
    "moved": -2.8,
    "head": -1.2,
    "middle": -3.8,
    "tail": -1.75,
    "earliest": 0.85,
    "late": -0.4,
    "undated": -0.65,
    "credited": 2.9,
    "inherited": 3.0,
}
NONE = -3.6
REFUSED = 0.7  # chance of "none of them" beyond which the direction stays unknown
THIN = 0.4  # log-odds below which the direction stays unknown
MORE = 15  # words that a first parent does not explain and a second one does


@dataclass(frozen=True, slots=True)
class Parent:
    """A document that another one goes back to, or may: `chance` that it had the text first.

    `known` is False where the evidence is too thin to say which of the two took from the other.
    """

    id: str
    chance: float
    known: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    member: Member
    shape: Shape
    odds: float


class Family:
    """The members that documents share text with, each read once, and the log-odds between any two."""

    def __init__(self, member: Callable[[str], Member]) -> None:
        self.member = lru_cache(MEMBERS)(member)
        self._odds = lru_cache(MEMBERS * 8)(self._weighed)

    def odds(self, me: str, it: str) -> float:
        """The log-odds that `me` took from `it`."""
        return self._odds(me, it) if me < it else -self._odds(it, me)

    def _weighed(self, me: str, it: str) -> float:
        return odds(list(evidence(self.member(me), self.member(it))))


def parents(me: Member, family: Family) -> list[Parent]:
    """The documents that `me` took text from, the main one first; one of unknown direction where none is clear.

    A second parent explains words that the first does not. Empty for a document that all others took from. It
    depends on the documents that `me` shares text with and on what those share: nothing further off.
    """
    others = [_Candidate(family.member(id), me.shapes[id], family.odds(me.id, id)) for id in sorted(me.shapes)]
    before = [one for one in others if one.odds > 0]
    unclear = [one for one in others if abs(one.odds) < THIN]
    if not before:
        return [_parent(max(unclear, key=lambda one: one.shape.me.cover), False)] if unclear else []
    ranks = [_rank(one, before, family) for one in before]
    most = max(other.shape.me.cover for other in others)
    values = [_value(me, one, most, rank) for one, rank in zip(before, ranks, strict=True)]
    best = max(range(len(before)), key=lambda n: values[n])
    refused = 1 / (1 + sum(math.exp(value - NONE) for value in values))
    first = before[best]
    if refused > REFUSED:
        return [_parent(first, False)]
    more = _second(first, before, values)
    return [_parent(one, one.odds > THIN) for one in [first, *more]]


def _parent(one: _Candidate, known: bool) -> Parent:
    return Parent(one.member.id, chance(one.odds), known)


def _value(me: Member, one: _Candidate, most: float, rank: float) -> float:
    return sum(WEIGHTS[name] * value for name, value in terms(me, one, most, rank).items())


def terms(me: Member, one: _Candidate, most: float, rank: float) -> dict[str, float]:
    """How far each of `WEIGHTS` holds of a candidate."""
    shape, apart = one.shape, gap(one.member.when, me.when)
    return {
        "first": math.log(chance(one.odds)),
        "cover": shape.me.cover - most,
        "edited": shape.edited,
        "moved": min(shape.moved, 3) / 3,
        "head": _few(shape.it.head),
        "middle": _few(shape.it.middle),
        "tail": shape.it.left_out[1],
        "earliest": rank,
        "late": math.log1p(max(apart or 0.0, 0.0) / 60),
        "undated": float(apart is None),
        "credited": float(me.name != one.member.name and bool(me.own_credits(one.member))),
        "inherited": float(any(a <= credit.span.start < b for credit in me.credits for a, b in shape.mine)),
    }


def _few(words: int) -> float:
    """Words that a copy would have had to leave out before the end, on a scale from 0 to 1: the first count most."""
    return min(math.log1p(words), 4) / 4


def _rank(one: _Candidate, before: list[_Candidate], family: Family) -> float:
    """The share of the other candidates that this one comes before."""
    others = [other for other in before if other is not one]
    if not others:
        return 0.0
    ahead = 0.0
    for other in others:
        known = other.member.id in one.member.shapes
        ahead += chance(family.odds(other.member.id, one.member.id)) if known else 0.5
    return ahead / len(others)


def _second(first: _Candidate, before: list[_Candidate], values: list[float]) -> list[_Candidate]:
    """The best document that explains words which the first one does not, if there is one."""
    best: list[tuple[float, _Candidate]] = []
    for one, value in zip(before, values, strict=True):
        gain = _beyond(first.shape, one)
        if gain >= MORE:
            added = gain / first.shape.me.size - one.shape.me.cover
            best.append((value + WEIGHTS["cover"] * added, one))
    return [max(best, key=lambda pair: (pair[0], pair[1].member.id))[1]] if best else []


def _beyond(first: Shape, one: _Candidate) -> int:
    """About how many words of its passages lie outside the first parent's (six characters a word)."""
    extra = 0
    for start, end in one.shape.mine:
        inside = sum(max(0, min(end, b) - max(start, a)) for a, b in first.mine)
        extra += (end - start) - inside
    return extra // 6
