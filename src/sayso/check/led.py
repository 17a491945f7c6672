"""What is said to have led to what, against dates: "the strike of 2 May led to the raid of 1 May"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.case import Page
from sayso.check.days import bounds, told
from sayso.check.rule import Rule
from sayso.records import CausalKind, CausalLink, Check, CheckLevel, Event, Span, TimexKind, When

RULE = Rule("led", CheckLevel.SOFT)
SURE = 0.65  # least score of a link that is compared, as of one that is shown without asking
# What somebody wants, or wants to keep from happening, comes after what he does about it.
_BEFORE = (CausalKind.CAUSES, CausalKind.ENABLES, CausalKind.RESPONDS_TO, CausalKind.BLAMED_FOR)


def led(page: Page) -> Iterator[Check]:
    """What is said to have led to something must not be dated after it.

    Example: "The strike of 9 May led to the raid of 2 May." Compared are links that are sure enough to be shown, whose
    two sides have a date each: that of their first event, else the only one among their words. Purposes and what is
    prevented are left out, and so is what is denied or left open, and dates that overlap.
    """
    times = {when.id: when for when in page.of(When) if when.kind in (TimexKind.DATE, TimexKind.TIME)}
    events = {event.id: event for event in page.of(Event)}
    for link in page.of(CausalLink):
        plain = link.kind in _BEFORE and not link.negated and not link.hypothetical
        if plain and (link.why.score is None or link.why.score >= SURE):
            cause = _dated(link.cause, [events[id] for id in link.causes[:1] if id in events], times)
            effect = _dated(link.effect, [events[id] for id in link.effects[:1] if id in events], times)
            yield from _compared(cause, effect, link) if cause and effect and cause is not effect else ()


def _dated(spans: Iterable[Span], events: list[Event], times: dict[str, When]) -> When | None:
    """The date of a side: that of its event, else the only one that stands within it."""
    held = [times[id] for event in events for id in event.when if id in times]
    if not held:
        held = [w for w in times.values() if any(s.start <= w.span.start and w.span.end <= s.end for s in spans)]
    return held[0] if len(held) == 1 and bounds(held[0]) else None


def _compared(cause: When, effect: When, link: CausalLink) -> Iterator[Check]:
    one, other = bounds(cause), bounds(effect)
    if one is None or other is None:
        return
    spans, about = sorted((cause.span, effect.span)), [link.id, cause.id, effect.id]
    if other[1] < one[0]:
        message = f"What is dated {told(*other)} is said to have come of what is dated {told(*one)}."
        yield RULE.failed(spans, message, "one of the dates, or the link the other way round", about=about)
    elif one[1] < other[0]:
        yield RULE.passed(spans, f"{told(*one)} is before {told(*other)}.", about=about)
