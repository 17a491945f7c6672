"""Tenses against the day of publication: what "will" happen on a past day, what was "said" on a coming one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sayso.case import Page
from sayso.check.days import bounds, published, told, words
from sayso.check.links import governor, is_future, is_negated, is_past, quoted, tokens, up_to_verb
from sayso.check.rule import Rule
from sayso.check.words import listed
from sayso.detect.lexicon import verbs
from sayso.records import Check, CheckLevel, Span, TimexKind, When

RULE = Rule("tense", CheckLevel.HARD)
ZONES = timedelta(1)  # a day may have begun elsewhere


def tense(page: Page) -> Iterator[Check]:
    """What "will" happen cannot lie before publication, and nobody can have said something after it.

    The time must hang on the verb: directly ("will vote on 3 May") or by its object. Example: "will open on 3 May
    2012" in an article of 2013; "said on 7 August 2018" in one of March 2018. Hard for a day, soft for a month or
    year. The date must be written with its year: another was given the year that suits the tense. Not compared: words
    in quotation marks, whose day is not that of the article; a date behind the name of a happening ("will discuss the
    raid on"); the object of an agreement ("agreed on 5 May"). Can't tell: no publication date.
    """
    about = published(page.document)
    for when in page.of(When):
        linked = _linked(page, when)
        if linked is None or quoted(page, when.span):
            continue
        verb, future = linked
        span = _stretch(page, verb, when)
        if about is None:
            yield RULE.cant_tell([span], "The publication date is not known.", about=[when.id])
        elif there := bounds(when):
            yield _compared(span, when, (there, about), future=future)


def _linked(page: Page, when: When) -> tuple[int, bool] | None:
    """The verb in the future, or of saying in the past, that a date belongs to, and whether it is the former."""
    # A time without its year was given the year, or week, that suits the publication: no second witness.
    compared = when.kind in (TimexKind.DATE, TimexKind.TIME) and when.anchor == "itself"
    found = governor(page, when.span) if compared else None
    if found is None or found[1] not in ("on", "in", "at", "") or when.until:
        return None
    if not found[1] and not _is_day(when):
        return None
    *nouns, verb = up_to_verb(page, found[0])
    if is_negated(page, verb):
        return None
    if is_future(page, verb):
        own = not any(_happens(page, noun) for noun in nouns) and not _compares(page, verb, when)
        return (verb, True) if own else None
    lemma = page.parse.lemma[verb]
    said = says(lemma) and lemma not in listed("tense", "prepositional")
    return (verb, False) if said and not nouns and is_past(page, verb) and _beside(page, verb, when) else None


def _is_day(when: When) -> bool:
    """Whether a time is one day: without a preposition only a day is told of a verb ("met Friday")."""
    return when.first is not None and when.first == when.last


def _happens(page: Page, noun: int) -> bool:
    """Whether a noun on the way to the verb is a happening that may have a date of its own: "discuss the raid on"."""
    lemma = page.parse.lemma[noun]
    return lemma in listed("order", "happenings") or lemma.endswith(tuple(listed("order", "endings")))


def _compares(page: Page, verb: int, when: When) -> bool:
    """Whether words between verb and date bring in another time: "will rise less than forecast in July"."""
    between = page.document.text[page.parse.end[verb] : when.span.start].lower()
    behind = tokens(page, when.span)[0] - 1
    if any(_happens(page, token) for token in range(max(verb + 1, behind - 1), behind + 1)):
        return True
    return not listed("tense", "other_time").isdisjoint(between.replace(",", " ").split())


def _beside(page: Page, verb: int, when: When) -> bool:
    """Whether the date stands right behind the verb and its hearer, or in front of the clause."""
    between = page.document.text[page.parse.end[verb] : when.span.start]
    direct = len(between.split()) <= 1
    hearer = page.parse.lemma[verb] in listed("tense", "with_hearer") and len(between.split()) <= 5
    return when.span.end <= page.parse.start[verb] or direct or hearer


def _stretch(page: Page, verb: int, when: When) -> Span:
    start, end = page.parse.start[verb], page.parse.end[verb]
    return Span(page.document.id, min(start, when.span.start), max(end, when.span.end))


def _compared(span: Span, when: When, days: tuple[tuple[date, date], date], *, future: bool) -> Check:
    (first, last), about = days
    rule = RULE if _is_day(when) else RULE.at(CheckLevel.SOFT)
    said = f"published on {words(about)}"
    if future and last < about - ZONES:
        message = f"It “will” happen on a day that is past: {told(first, last)}, {said}."
        return rule.failed([span], message, f"a day after {words(about)}", about=[when.id])
    if not future and first > about + ZONES:
        message = f"It was said after publication: {told(first, last)}, {said}."
        return rule.failed([span], message, f"a day up to {words(about)}", about=[when.id])
    return RULE.passed([span], f"{told(first, last)}, {said}.", about=[when.id])


def says(lemma: str) -> bool:
    """Whether a verb is one of saying: one that takes a clause."""
    return lemma in verbs() and "c" in verbs()[lemma].frames
