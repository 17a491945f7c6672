"""What the parts of the detector hand one another: a link as token runs, before it becomes a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.case import Parse
from sayso.detect.causes.cues import Cue

Run = tuple[int, int]  # tokens [first, after)
EDGE = frozenset(",.;:-–—…")


@dataclass(frozen=True, slots=True)
class Found:
    """A link: the runs of its cause and effect, the tokens of its signal, the cue that names its kind, and its score.

    `rule` names what found it. `pointer` holds the words ("This", "the move") by which a link reaches back to another
    sentence, whose run then stands as cause.
    """

    cause: Run
    effect: Run
    signal: tuple[int, ...]
    cue: Cue | None
    score: float
    rule: str
    pointer: Run | None = None

    @property
    def explicit(self) -> bool:
        """Whether its cue is one of those that leave no doubt that a link is meant."""
        # A weak verb comes this far only between nouns of deeds and happenings, see rules.
        return self.cue is not None and (self.cue.explicit or self.cue.weak)


def trimmed(parse: Parse, run: Run) -> Run | None:
    """The run without loose punctuation at its ends, None where nothing is left."""
    first, after = run
    while first < after and parse.text[first] in EDGE:
        first += 1
    while after > first and parse.text[after - 1] in EDGE:
        after -= 1
    return (first, after) if first < after else None


def longest(parse: Parse, tokens: Iterable[int]) -> Run | None:
    """The longest run of the tokens, trimmed; punctuation does not break a run. None where there is no token."""
    runs: list[list[int]] = []
    for token in sorted(tokens):
        if runs and all(parse.pos[i] == "PUNCT" for i in range(runs[-1][1] + 1, token)):
            runs[-1][1] = token
        else:
            runs.append([token, token])
    made = [run for a, b in runs if (run := trimmed(parse, (a, b + 1))) is not None]
    return max(made, key=lambda run: run[1] - run[0], default=None)


def shared(one: Run, other: Run) -> float:
    """How much two runs have in common: intersection over union."""
    both = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return both / (one[1] - one[0] + other[1] - other[0] - both)


def touch(one: Run, other: Run) -> bool:
    """Whether two runs have a token in common."""
    return max(one[0], other[0]) < min(one[1], other[1])
