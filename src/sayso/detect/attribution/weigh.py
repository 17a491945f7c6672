"""Which findings stand: both guidelines of the tagger, the rules and the style of the text weighed into one chance."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.detect.attribution.find import Find
from sayso.tagger.decode import SAME
from sayso.tagger.weighing import Weighing

# What marks alone tell, which the tagger hardly sees: labels, dashes, quotations beside a name.
MARKS = frozenset({"transcript", "colon", "speech_before", "speech_after"})
CLAUSES = frozenset({"clause", "according_to", "parenthetical", "citing"})
# Log odds of news under which a text counts as talk or tale: quotations are a dialogue then, and only what is likelier
# than not is kept.
TALE = 2.0
# Log odds of news that are added for what names nobody: GUM, which teaches the clausal guideline, marks none of it, so
# that guideline's word against it counts for little. On both dev parts: recall on PolNeAR 45 to 50 at the same F1, GUM
# 67.0 to 64.0; 2 and 2.5 give 49, more than 3 no more.
LIFT = 3.0
ASIDE = frozenset({"according_to"})
# The tagger's score under which a rule that found the same cue has its way: chosen among .1, .2, .35 and .5 on both dev
# parts, where .35 gives the most exact borders (content exact +.1 and +.8) and loses nothing.
DOUBT = 0.35
ABSENT = 0.01  # the chance given to what a guideline does not see at all
NAMES = (
    "outer",
    "clausal",
    "quoted",
    "own person",
    "unsourced",
    "clause rule",
    "marks rule",
    "other rule",
    "unsourced rule",
    "alone",
    "marks alone",
    "inside",
    "clausal inside",
    "constant",
)


@dataclass(slots=True)
class Candidate:
    """One attribution as each of those saw it who did: both guidelines of the tagger and the rules."""

    outer: Find | None = None
    clausal: Find | None = None
    rule: Find | None = None

    def find(self, *, news: bool) -> Find:
        """Its words: by the guideline of news in news, by that of clauses elsewhere, by a rule where no other is."""
        found = (self.outer or self.clausal) if news else (self.clausal or self.outer)
        found = found or self.rule
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate's Find with the chance that it is right."""

    find: Find
    candidate: Candidate
    chance: float
    inside: bool


def candidates(outer: Iterable[Find], clausal: Iterable[Find], ruled: Iterable[Find]) -> list[Candidate]:
    """The findings of both guidelines and of the rules, those that share a cue together."""
    out = [Candidate(outer=found) for found in outer]
    for slot, finds in (("clausal", clausal), ("rule", ruled)):
        _join(out, finds, slot)
    for one in out:
        _defer(one)
    return out


class Scale:
    """Weighs the candidates of one text, whose log odds of being news are `style`.

    `spoken` are the tokens between quotation marks, `own` those of the first and second person.
    """

    def __init__(self, weighing: Weighing, style: float, spoken: set[int], own: set[int]) -> None:
        self.weighing, self.style, self.spoken, self.own = weighing, style, spoken, own
        self.share = _share(style)

    def standing(self, all: Sequence[Candidate]) -> list[Weighed]:
        """Those that stand, the surest first: with the least chance, and saying nothing that a surer one says."""
        kept: list[Weighed] = []
        for one in self.ordered(all):
            finds = [k.find for k in kept]
            weighed = self.weigh(one.candidate, inside=True) if inside(one.find, finds) else one
            if self._stands(weighed) and not repeats(weighed.find, finds):
                kept.append(weighed)
        return kept

    def ordered(self, all: Sequence[Candidate]) -> list[Weighed]:
        """All as if each stood alone, the surest first."""
        weighed = (self.weigh(one, inside=False) for one in all)
        return sorted(weighed, key=lambda one: (-one.chance, one.find.head))

    def weigh(self, one: Candidate, *, inside: bool) -> Weighed:
        """The chance of a candidate: by each guideline, as much as the style says; inside another by clauses alone.

        What names nobody is judged by the guideline of news, unless the style is plainly another's.
        """
        found = one.find(news=self.style >= 0 and not inside)
        values = self.evidence(one, found, inside=inside)
        clausal = self._chance(values, "clausal")
        if inside:
            return Weighed(found, one, clausal, inside)
        outer = self._chance(values, "outer" if found.sources else "unsourced")
        share = self.share if found.sources else _share(self.style + LIFT)
        return Weighed(found, one, share * outer + (1 - share) * clausal, inside)

    def evidence(self, one: Candidate, found: Find, *, inside: bool) -> list[float]:
        """The values of NAMES."""
        outer, clausal = _odds(one.outer), _odds(one.clausal)
        rule = one.rule.rule if one.rule is not None else ""
        alone = one.outer is None and one.clausal is None
        flags = (
            found.head in self.spoken,
            bool(found.source) and found.source <= self.own,
            not found.sources,
            rule in CLAUSES,
            rule in MARKS,
            bool(rule) and rule not in CLAUSES | MARKS,
            one.rule is not None and not one.rule.sources,
            alone,
            alone and rule in MARKS,
            inside,
        )
        return [outer, clausal, *map(float, flags), clausal * inside, 1.0]

    def _stands(self, one: Weighed) -> bool:
        """With the least chance; in news also what a rule finds with its source, whatever its chance: inside another's
        content, since GUM, which teaches what stands inside, holds little news; elsewhere by the surer constructions.
        In talk and tales a clause inside another's content stands ("I think that she knew").
        """
        rule = one.candidate.rule
        if one.chance >= self._least(one.find):
            return True
        if rule is None or not rule.sources:
            return False
        if self.style < TALE:
            return one.inside and rule.rule == "clause"
        return one.inside or rule.rule in CLAUSES | MARKS

    def _least(self, found: Find) -> float:
        if not found.sources and self.style >= 0:
            return self.weighing.nobody
        return self.weighing.elsewhere if self.style < TALE else self.weighing.least

    def _chance(self, values: Sequence[float], kind: str) -> float:
        total = sum(w * v for w, v in zip(self.weighing.weights[kind], values, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _share(style: float) -> float:
    return 1 / (1 + math.exp(-style))


def repeats(found: Find, kept: Iterable[Find]) -> bool:
    """Whether one of `kept` has the same head, or nearly the same content and neither holds the other's cue in it.

    Whom an outlet cites says the same as the outlet and is none of these.
    """
    return any(
        found.head == k.head
        or (found.head not in k.content and k.head not in found.content and _shared(found.content, k.content) > SAME)
        for k in kept
        if found.under != k.head
    )


def inside(found: Find, kept: Iterable[Find]) -> bool:
    """Whether a Find stands in the content of one of `kept`."""
    return any(found.head in k.content and found.content < k.content | k.cue | k.source for k in kept)


def _join(out: list[Candidate], finds: Iterable[Find], slot: str) -> None:
    """Put each of `finds` into the candidate whose cue it shares, of several the one with its content, else alone."""
    by_token: dict[int, list[Candidate]] = {}
    for one in out:
        for token in set().union(*(f.cue for f in _views(one))):
            by_token.setdefault(token, []).append(one)
    for found in finds:
        near = [one for token in sorted(found.cue) for one in by_token.get(token, ()) if getattr(one, slot) is None]
        if near:
            best = max(near, key=lambda one: _shared(one.find(news=True).content, found.content))
            setattr(best, slot, found)
        else:
            out.append(Candidate(**{slot: found}))


def _defer(one: Candidate) -> None:
    """Where syntax decides, or the tagger doubts, its words give way to the rule's.

    What stands behind its sentence ("..., he said") or aside of it ("according to X") covers all of it; "the alleged
    plot" is no word of whom the plot belongs to.
    """
    rule = one.rule
    for found in (one.outer, one.clausal) if rule is not None else ():
        if found is not None and rule is not None:
            aside = rule.rule in ASIDE or (rule.rule == "clause" and max(rule.content) < rule.head)
            if aside and found.content < rule.content:
                found.content = set(rule.content)
            elif rule.rule in ("adjective", "citing") or (found.score or 0.0) < DOUBT:
                found.cue, found.content, found.under = set(rule.cue), set(rule.content), rule.under
                found.sources = [set(who) for who in rule.sources]


def _views(one: Candidate) -> Iterator[Find]:
    return (found for found in (one.outer, one.clausal, one.rule) if found is not None)


def _shared(one: set[int], other: set[int]) -> float:
    """Dice of two sets of tokens."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _odds(found: Find | None) -> float:
    p = min(max(found.score or 0.0, ABSENT), 1 - ABSENT) if found is not None else ABSENT
    return math.log(p / (1 - p))
