"""Find: one attribution in tokens, before it becomes records."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.records import Manner, Stance


@dataclass(slots=True)
class Find:
    """A cue with its sources and content as token indices; `under` is the head of the Find it stands in.

    `head` is the token the rule started from, `rule` the function that said so. `speech` tells that the
    cue takes direct speech. `relay` is an outlet that only passes on ("told the Times"). `score` is the
    tagger's calibrated chance that source and content are right, None for a rule.
    """

    head: int
    rule: str
    manner: Manner
    stance: Stance
    cue: set[int]
    sources: list[set[int]]
    content: set[int]
    speech: bool = False
    negated: bool = False
    addressee: set[int] = field(default_factory=set)
    relay: set[int] = field(default_factory=set)
    medium: set[int] = field(default_factory=set)
    said: set[int] = field(default_factory=set)
    under: int | None = None
    note: str = ""
    score: float | None = None

    @property
    def source(self) -> set[int]:
        """All source tokens together."""
        return set().union(*self.sources)
