"""Tenses against the day of publication: what "will" happen on a past day, what was "said" on a coming one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sayso.case import Page
from sayso.check.days import bounds, published, told, words
from sayso.check.links import governor, is_future, is_negated, is_past, quoted, up_to_verb
from sayso.check.rule import Rule
from sayso.check.words import listed
from sayso.detect.lexicon import verbs
from sayso.records import Check, CheckLevel, Span, TimexKind, When

RULE = Rule("tense", CheckLevel.HARD)
ZONES = timedelta(1)  # a day may have begun elsewhere


def tense(page: Page) -> Iterator[Check]:
    """What "will" happen cannot lie before publication, and nobody can have said something after it.

    The time must hang on the verb: directly ("will vote on 3 May") or by its object. Example: "will open on 3 May
    2012" in an article of 2013; "said on 7 August" in one of March. Hard where the date is written with its year,
    soft where the year was inferred. Not compared: words in quotation marks, whose day is not that of the article;
    a date that is the object of an agreement ("agreed on 5 May"). Can't tell: no publication date.
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
    found = governor(page, when.span) if when.kind in (TimexKind.DATE, TimexKind.TIME) else None
    if found is None or found[1] not in ("on", "in", "at", "") or when.until:
        return None
    *nouns, verb = up_to_verb(page, found[0])
    if is_negated(page, verb):
        return None
    if is_future(page, verb) and not any(_happens(page, noun) for noun in nouns):
        return verb, True
    lemma = page.parse.lemma[verb]
    said = says(lemma) and lemma not in listed("tense", "prepositional")
    return (verb, False) if said and not nouns and is_past(page, verb) and _beside(page, verb, when) else None


def _happens(page: Page, noun: int) -> bool:
    """Whether a noun on the way to the verb is a happening that may have a date of its own: "discuss the raid on"."""
    lemma = page.parse.lemma[noun]
    return lemma in listed("order", "happenings") or lemma.endswith(tuple(listed("order", "endings")))


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
    rule = RULE if when.anchor == "itself" else RULE.at(CheckLevel.SOFT)
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
