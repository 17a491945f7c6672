"""The encoder's states of a page, from the pass that its attributions were made in, by sentence and by mention."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sayso.case import Page, Parse
from sayso.detect.causes.cues import named
from sayso.detect.causes.found import Found, Run, shared, trimmed
from sayso.nlp import PROSE
from sayso.records import Quotation
from sayso.tagger.decode import Floats
from sayso.tagger.links import Link, sentences
from sayso.tagger.pieces import Pieces
from sayso.tagger.tagger import HIDDEN
from sayso.text import Tokens


class Reader:
    """The states of a page's sentences, and the head's pieces as tokens."""

    def __init__(self, page: Page) -> None:
        tagger = page.tagger
        assert tagger is not None, "only the learned parts ask for states"
        prose = [(p.span.start, p.span.end) for p in page.document.parts if p.kind in PROSE]
        quoted = [(q.span.start, q.span.end) for q in page.of(Quotation)]
        self.parse: Parse = page.parse
        self.pieces: Pieces = tagger.cut(page.document.text, prose, quoted)
        self.states = tagger.middle(self.pieces)
        self.tokens = Tokens(self.parse.start, self.parse.end)
        self._pieces = Tokens(self.pieces.start, self.pieces.end)
        spans = [(self.parse.start[first], self.parse.end[after - 1]) for first, after in self.parse.sentences]
        self.places = list(sentences(self.pieces, spans))

    def mean(self, start: int, end: int) -> Floats:
        """The mean state of the pieces that share a character with a stretch of the text; zeros where there is none."""
        held = self._pieces.within(start, end)
        rows = self.states[held.start : held.stop].astype(np.float32)
        made: Floats = rows.mean(0) if len(rows) else np.zeros(HIDDEN, dtype=np.float32)
        return made

    def piece(self, rule: Found, first: int, after: int) -> int:
        """The piece of the sentence at which the rule's cue begins."""
        start = self.parse.start[min(rule.signal)]
        return next((i - first for i in range(first, after) if self.pieces.end[i] > start), 0)

    def found(self, first: int, link: Link) -> Found | None:
        """A link of the head as tokens, None where no word is left of a side."""
        cause, effect = (self._run(first, run) for run in (link.cause, link.effect))
        if cause is None or effect is None or shared(cause, effect) > 0:
            return None
        signal = tuple(t for run in link.signal for t in self._tokens(first, run))
        return Found(cause, effect, signal, named(self.parse, signal), round(link.score, 4), "causes.learned")

    def _run(self, first: int, run: Run) -> Run | None:
        inside = self._tokens(first, run)
        return trimmed(self.parse, (inside[0], inside[-1] + 1)) if inside else None

    def _tokens(self, first: int, run: Run) -> Sequence[int]:
        return self.tokens.within(self.pieces.start[first + run[0]], self.pieces.end[first + run[1] - 1])
