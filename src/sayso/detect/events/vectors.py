"""Vectors of stretches of a page: means over the states that the encoder gave its word pieces, no pass of its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sayso.case import Page
from sayso.nlp import PROSE
from sayso.records import Quotation

Floats = npt.NDArray[np.float32]
SHAPE = (5, 384)  # of an event
NEAR = (4, 6)  # tokens before and behind the trigger's first that count as near; chosen on folds of PLV


class Vectors:
    """The states of a page's encoder by tokens of its parse."""

    def __init__(self, page: Page) -> None:
        tagger = page.tagger
        assert tagger is not None
        prose = [(p.span.start, p.span.end) for p in page.document.parts if p.kind in PROSE]
        pieces = tagger.cut(page.document.text, prose, [(q.span.start, q.span.end) for q in page.of(Quotation)])
        self.parse = page.parse
        self.states = tagger.middle(pieces)
        self.first = np.searchsorted(np.asarray(pieces.end), np.asarray(page.parse.start), side="right")
        self.after = np.searchsorted(np.asarray(pieces.start), np.asarray(page.parse.end), side="left")

    def mean(self, tokens: Sequence[int]) -> Floats:
        """The mean state [384] of some tokens, zeros where there is none."""
        at = [piece for t in tokens for piece in range(self.first[t], self.after[t])]
        if not at:
            return np.zeros(self.states.shape[1], dtype=np.float32)
        mean: Floats = self.states[at].astype(np.float32).mean(0)
        return mean

    def event(self, trigger: Sequence[int], actors: Sequence[int], recipients: Sequence[int]) -> Floats:
        """What the coder reads of an event, [5, 384]: its trigger, the words near it, both sides, its sentence."""
        low, high = self.parse.sentences[self.parse.sent[trigger[0]]]
        sides = {*actors, *recipients}
        near = range(max(low, trigger[0] - NEAR[0]), min(high, trigger[0] + NEAR[1]))
        parts = (trigger, [t for t in near if t not in sides], actors, recipients, range(low, high))
        return np.stack([self.mean(part) for part in parts])
