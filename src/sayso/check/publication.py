"""Events told as done that lie after the publication of the text that tells them."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.case import Page
from sayso.check.days import bounds, published, told, words
from sayso.check.links import governor, is_negated, is_past, quoted, tokens
from sayso.check.rule import Rule
from sayso.check.tense import ZONES, says
from sayso.check.words import listed
from sayso.records import Check, CheckLevel, Event, EventStatus, Span, TimexKind, When

RULE = Rule("publication", CheckLevel.HARD)
NOT_DONE = (EventStatus.PLANNED, EventStatus.THREATENED, EventStatus.DEMANDED, EventStatus.CONDITIONAL)


def publication(page: Page) -> Iterator[Check]:
    """An event that is told as done cannot lie after the publication of the text.

    Example: "A ship ran aground on 12 June 2025", published on 6 June. The date must be written with its year and
    hang on a verb in the past ("sank", "was closed", "has died"). Not compared: verbs that look ahead ("was set
    for", "moved to"), negated ones, events whose status is planned, threatened, demanded or conditional. Can't
    tell: no publication date.
    """
    about, open_ = published(page.document), set(_not_done(page))
    for when in page.of(When):
        verb = _verb(page, when)
        if verb is None or verb in open_ or quoted(page, when.span):
            continue
        ends = (page.parse.start[verb], page.parse.end[verb])
        span = Span(page.document.id, min(ends[0], when.span.start), max(ends[1], when.span.end))
        there = bounds(when)
        if about is None:
            yield RULE.cant_tell([span], "The publication date is not known.", about=[when.id])
        elif there and there[0] > about + ZONES:
            message = f"It is told as done on {told(*there)}, but the text was published on {words(about)}."
            yield RULE.failed([span], message, f"a day up to {words(about)}", about=[when.id])
        elif there:
            yield RULE.passed([span], f"{told(*there)}, published on {words(about)}.", about=[when.id])


def _verb(page: Page, when: When) -> int | None:
    """The verb in the past that a date with its year belongs to."""
    if when.anchor != "itself" or when.kind not in (TimexKind.DATE, TimexKind.TIME):
        return None
    found = governor(page, when.span)
    if found is None or found[1] not in ("on", "in", "at", "") or (not found[1] and not _is_day(when)):
        return None
    verb, lemma = found[0], page.parse.lemma[found[0]]
    told_ = is_past(page, verb) and not is_negated(page, verb) and (_is_day(when) or _beside(page, verb, when))
    ahead = lemma in listed("publication", "ahead") or says(lemma)
    return verb if told_ and not ahead else None


def _is_day(when: When) -> bool:
    return when.first is not None and when.first == when.last


def _beside(page: Page, verb: int, when: When) -> bool:
    """Whether a year or month stands beside the verb: behind an object it may be that of the object."""
    between = page.document.text[page.parse.end[verb] : when.span.start]
    return when.span.end <= page.parse.start[verb] or len(between.split()) <= 2


def _not_done(page: Page) -> Iterator[int]:
    for event in page.of(Event):
        if event.status in NOT_DONE:
            for span in event.trigger:
                yield from tokens(page, span)
