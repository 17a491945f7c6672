"""In which statement of a page a word stands."""

from __future__ import annotations

import bisect

from sayso.case import Page
from sayso.records import Manner, Span, Statement


class Holders:
    """Which statement holds a word, and which words are cues."""

    def __init__(self, page: Page) -> None:
        self.page, self.parse = page, page.parse
        self.statements = {s.id: s for s in page.of(Statement)}
        self.cues: dict[int, Manner] = {}
        self.by_cue: dict[int, Statement] = {}
        for one in self.statements.values():
            for hop in one.chain[-1:]:
                for span in hop.cue:
                    for token in self._tokens(span):
                        self.cues.setdefault(page.parse.start[token], hop.manner)
                        self.by_cue.setdefault(token, one)
        self.holder = self._innermost()
        self.by_sentence: dict[int, Statement] = {}
        for one in sorted(self.statements.values(), key=lambda s: (len(s.chain), s.content[0])):
            for span in one.content:
                for token in self._tokens(span):
                    self.by_sentence.setdefault(page.parse.sent[token], one)

    def of(self, token: int) -> Statement | None:
        """The innermost statement whose content holds a token; for a cue the one around; else its sentence's."""
        if token in self.holder:
            return self.holder[token]
        own = self.by_cue.get(token)
        if own is not None and own.inside is not None:
            return self.statements.get(own.inside)
        return self.by_sentence.get(self.parse.sent[token])

    def _innermost(self) -> dict[int, Statement]:
        """Each token's statement: the longest chain, then the shortest content."""
        out: dict[int, Statement] = {}
        size = {s.id: sum(x.end - x.start for x in s.content) for s in self.statements.values()}
        for one in sorted(self.statements.values(), key=lambda s: (len(s.chain), -size[s.id])):
            for span in one.content:
                out.update(dict.fromkeys(self._tokens(span), one))
        return out

    def _tokens(self, span: Span) -> range:
        first = bisect.bisect_left(self.parse.start, span.start)
        return range(first, bisect.bisect_left(self.parse.start, span.end))
