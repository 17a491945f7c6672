"""Dating: when something was said, apart from when it is said to have happened."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from sayso.case import Page
from sayso.records import Hop, Span, Statement, TimexKind, When

_HANGS = frozenset({"npadvmod", "advmod", "tmod", "nmod", "pobj", "pcomp"})
_LONG = 4  # steps from a time up to the verb of saying


def dating(page: Page) -> Iterator[Statement]:
    """Statements whose words of saying carry a time: "The ministry said on Tuesday that the camp had closed".

    The time hangs on the cue in the sentence, by no more than a preposition, and stands in no content of the
    statement: in "said that it closed on Tuesday" the Tuesday is the closing's. Yields the statements anew, with
    `said` of the hop set. Blind spots: a time told only in an earlier sentence ("He spoke on Tuesday.").
    """
    times = [when for when in page.of(When) if when.kind in (TimexKind.DATE, TimexKind.TIME)]
    governed = [(when, _governors(page, when)) for when in times]
    for statement in list(page.of(Statement)):
        chain = tuple(_hop(page, hop, statement, governed) for hop in statement.chain)
        if chain != statement.chain:
            yield replace(statement, chain=chain)


def _hop(page: Page, hop: Hop, statement: Statement, governed: list[tuple[When, frozenset[int]]]) -> Hop:
    if hop.said is not None or not hop.cue:
        return hop
    cue = _tokens(page, hop.cue)
    for when, governors in governed:
        if governors & cue and not any(_covers(span, when.span) for span in statement.content):
            return replace(hop, said=when.id)
    return hop


def _governors(page: Page, when: When) -> frozenset[int]:
    """The tokens that the words for a time hang on, up to the first that is not a preposition."""
    parse, own = page.parse, _tokens(page, (when.span,))
    found = set[int]()
    for top in (token for token in own if parse.head[token] not in own):
        at = top
        for _ in range(_LONG):
            if parse.dep[at] not in _HANGS and parse.dep[at] != "prep":
                break
            at = parse.head[at]
            found.add(at)
            if parse.pos[at] not in ("ADP", "SCONJ", "ADV", "NOUN", "PROPN", "NUM"):
                break
    return frozenset(found)


def _tokens(page: Page, spans: tuple[Span, ...]) -> frozenset[int]:
    starts = page.parse.start
    return frozenset(
        token for span in spans for token in range(bisect_left(starts, span.start), bisect_left(starts, span.end))
    )


def _covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
