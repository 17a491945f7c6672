"""Words for a day that a copy took along: "yesterday", re-published three days later."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.case import Case
from sayso.check.days import bounds, told
from sayso.check.rule import Rule
from sayso.records import Check, CheckLevel, Passage, ReuseDirection, ReuseLink, Span, TimexKind, When

RULE = Rule("copied", CheckLevel.SOFT)
MOVING = ("published", "dateline")


def copied(case: Case) -> Iterator[Check]:
    """A day told from the day of publication moves where the text is copied on another day.

    Example: "The bridge was closed yesterday", copied three days later as it stands: the bridge is now closed three
    days later. Compared are words for a day that both texts have at the same place of a passage they share, and
    that are counted from the publication (or dateline) of each. Not compared: what both resolve to the same days.
    """
    for link in case.of(ReuseLink):
        times = {doc: [w for w in case.of(When, doc) if _counted(w)] for doc in (link.left, link.right)}
        for passage in link.passages:
            for left, right in _both(case, passage, times):
                check = _compared(case, link, (left, right))
                yield from [check] if check else []


def _counted(when: When) -> bool:
    return when.anchor in MOVING and when.kind in (TimexKind.DATE, TimexKind.TIME) and bounds(when) is not None


def _both(case: Case, passage: Passage, times: dict[str, list[When]]) -> Iterator[tuple[When, When]]:
    """Words for a time that stand in both sides of a passage: the nth of the same words in each."""
    sides = []
    for span in (passage.left, passage.right):
        seen: dict[tuple[str, int], When] = {}
        for when in times.get(span.doc, []):
            if _within(when.span, span):
                words = " ".join(case.quote(when.span).lower().split())
                nth = sum(1 for key in seen if key[0] == words)
                seen[(words, nth)] = when
        sides.append(seen)
    yield from ((sides[0][key], sides[1][key]) for key in sides[0] if key in sides[1])


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _compared(case: Case, link: ReuseLink, pair: tuple[When, When]) -> Check | None:
    left, right = (bounds(when) for when in pair)
    if left is None or right is None:
        return None
    spans, about = (pair[0].span, pair[1].span), [link.id, *(when.id for when in pair)]
    words = case.quote(pair[0].span)
    message = f"“{words}” is {told(*left)} in the one, {told(*right)} in the other."
    if left[0] <= right[1] and right[0] <= left[1]:
        return RULE.passed(spans, message, about=about)
    known = link.direction is not ReuseDirection.UNKNOWN
    return RULE.failed(spans, message, told(*right) if known else "", about=about)
