"""Time said to have passed between two dates: "in 2009, ten years after the 1997 raid"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from sayso.case import Page
from sayso.check import counts
from sayso.check.counts import Length
from sayso.check.days import bounds, prose, published, told
from sayso.check.links import sentence
from sayso.check.rule import Rule
from sayso.check.words import listed
from sayso.records import Check, CheckLevel, Span, TimexKind, When

RULE = Rule("elapsed", CheckLevel.SOFT)
_BESIDE = re.compile(
    r"[\s,(–—-]*(?:(?:early|late|back|only|just|first|again|about|some|almost|nearly|roughly|exactly|over|more\s+than"
    r"|less\s+than|around)\s+){0,2}(?:in|on|of)?\s*(?:the\s+)?",
    re.IGNORECASE,
)
# Between "after" and its date: the name of what happened, without a comma, a full stop or another clause.
_HAPPENING = re.compile(r"\s+(?:[\w’'-]+\s+){0,7}?")
_OWN_DATE = re.compile(r"(?:\s+[a-z’-]+){0,2},\s+(?:in|on)\s+")  # "after the 1997 raid, in 2009"
_DAY = re.compile(r"(?:[A-Z][a-z]+,?\s+)?(?:[A-Z][a-z]+\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]+)")
_FOUNDED = re.compile(
    r"\b(?:founded|established|opened|built|created|formed|launched)\s+in\s+(?P<year>\d{4})\b[^.;]{0,60}?"
    r"\b(?:its|the)\s+(?P<n>\d{1,3})(?:st|nd|rd|th)\s+(?:anniversary|birthday)(?!\s+of)"
)
_ORDINAL = re.compile(r"\b(?P<n>\d{1,3})(?:st|nd|rd|th)\s+anniversary\s+of\s+(?:the\s+|its\s+|his\s+|her\s+)?")


@dataclass(frozen=True, slots=True)
class Claim:
    """A length, and the two times that it is said to lie between."""

    length: Length
    span: Span
    start: tuple[date, date]
    end: tuple[date, date]
    about: tuple[str, ...]


def elapsed(page: Page) -> Iterator[Check]:
    """A length of time beside the two dates that it lies between must be their difference.

    Read are "in 2009, ten years after the 1997 raid", "the raid of 1997 ... ten years later, in 2009", "twelve years
    ago, in 1997" and "marks the 20th anniversary of the 1997 raid" (of the year of publication). One unit may be
    missing or too many; with "about", and for round numbers, a fifth of it. Not compared: "years ago" and
    anniversaries without a publication date.
    """
    for claim in _claims(page):
        low, high = counts.between(claim.start, claim.end)
        there = f"{told(*claim.start)} to {told(*claim.end)}"
        many = f"{_in(low, claim.length)} to {_in(high, claim.length)} {claim.length.unit}s"
        message = f"{claim.length.told()} are said, {there} are {many}."
        if claim.start <= claim.end and claim.length.allows(low, high):
            yield RULE.passed([claim.span], message, about=claim.about)
        else:
            yield RULE.failed([claim.span], message, many, about=claim.about)


def _in(days: float, length: Length) -> str:
    return f"{round(days / counts.DAYS[length.unit]):g}"


def _claims(page: Page) -> Iterator[Claim]:
    whens = [when for when in page.of(When) if when.kind is TimexKind.DATE and bounds(when) and _sure(page, when)]
    for part in prose(page) if whens else ():
        inside = [w for w in whens if part.start <= w.span.start and w.span.end <= part.end]
        for found in _pattern().finditer(page.document.text, part.start, part.end) if inside else ():
            reader = {"after": _after, "before": _after, "later": _later, "earlier": _later, "ago": _ago}
            claim = reader[found["how"].lower()](page, found, inside)
            yield from [claim] if claim else []
        yield from _anniversaries(page, part, inside)
        yield from _founded(page, part, inside)


def _sure(page: Page, when: When) -> bool:
    """Whether a time is written with its year, or as a day and month about publication."""
    near = when.anchor in ("published", "dateline") and _DAY.fullmatch(page.quote(when.span))
    return when.anchor == "itself" or bool(near)


def _after(page: Page, found: re.Match[str], whens: list[When]) -> Claim | None:
    """Reads "in 2009, ten years after the 1997 raid", and the same with its own date behind it."""
    text = page.document.text
    anchor = next((w for w in whens if w.span.start >= found.end()), None)
    if anchor is None or not _HAPPENING.fullmatch(text, found.end(), anchor.span.start):
        return None
    before = [w for w in whens if w.span.end <= found.start()][-1:]
    behind = [w for w in whens if w.span.start >= anchor.span.end][:1]
    own = next((w for w in before if _BESIDE.fullmatch(text, w.span.end, found.start())), None)
    if own is None:
        own = next((w for w in behind if _OWN_DATE.fullmatch(text, anchor.span.end, w.span.start)), None)
    if own is None:
        return None
    later = found["how"].lower() == "after"
    return _claim(page, found, (anchor, own) if later else (own, anchor))


def _later(page: Page, found: re.Match[str], whens: list[When]) -> Claim | None:
    """Reads "founded in 1997, was sold ten years later, in 2009": from the last date told to the one beside."""
    text = page.document.text
    own = next((w for w in whens if w.span.start >= found.end()), None)
    beside = own and re.fullmatch(r",?\s+\(?(?:in|on)\s+", text[found.end() : own.span.start])
    before = [w for w in whens if w.span.end <= found.start()][-1:]
    if own is None or not beside or not before:
        return None
    here, there = sentence(page, own.span), sentence(page, before[0].span)
    if here is None or there is None or here.start - there.end > 2:
        return None
    later = found["how"].lower() == "later"
    return _claim(page, found, (before[0], own) if later else (own, before[0]))


def _ago(page: Page, found: re.Match[str], whens: list[When]) -> Claim | None:
    """Reads "twelve years ago, in 1997"."""
    about = published(page.document)
    own = next((w for w in whens if w.span.start >= found.end()), None)
    if own is None or about is None:
        return None
    there = bounds(own)
    beside = re.fullmatch(r",\s+(?:in|on)\s+", page.document.text[found.end() : own.span.start])
    if not beside or there is None:
        return None
    span = Span(page.document.id, found.start(), own.span.end)
    return Claim(counts.length(found, page.document.text), span, there, (about, about), (own.id,))


def _claim(page: Page, found: re.Match[str], ends: tuple[When, When]) -> Claim | None:
    first, last = bounds(ends[0]), bounds(ends[1])
    if first is None or last is None:
        return None
    length = counts.length(found, page.document.text)
    if {ends[0].anchor, ends[1].anchor} != {"itself"} and (
        "itself" in (ends[0].anchor, ends[1].anchor) or length.days > 60
    ):
        return None  # the year of the one would be inferred
    places = [found.start(), found.end(), *(at for w in ends for at in (w.span.start, w.span.end))]
    span = Span(page.document.id, min(places), max(places))
    return Claim(length, span, first, last, tuple(w.id for w in ends))


def _anniversaries(page: Page, part: Span, whens: list[When]) -> Iterator[Claim]:
    """Reads "marks the 20th anniversary of the 1997 raid": that of the year of publication."""
    about = published(page.document)
    for found in _ORDINAL.finditer(page.document.text, part.start, part.end) if about else ():
        own = _anniversary(page, found, whens)
        there = bounds(own) if own else None
        if own and there and about:
            span = Span(page.document.id, found.start(), own.span.end)
            now = (date(about.year, 1, 1), date(about.year, 12, 31))
            yield Claim(Length(float(found["n"]), "year", False), span, there, now, (own.id,))


def _founded(page: Page, part: Span, whens: list[When]) -> Iterator[Claim]:
    """Reads "founded in 1990 and celebrates its 30th anniversary": that of the year of publication."""
    about = published(page.document)
    for found in _FOUNDED.finditer(page.document.text, part.start, part.end) if about else ():
        own = next((when for when in whens if when.span.start == found.start("year")), None)
        there = bounds(own) if own else None
        if own and there and about and listed("elapsed", "now") & set(found[0].split()):
            now = (date(about.year, 1, 1), date(about.year, 12, 31))
            length = Length(float(found["n"]), "year", False)
            yield Claim(length, Span(page.document.id, *found.span()), there, now, (own.id,))


def _anniversary(page: Page, found: re.Match[str], whens: list[When]) -> When | None:
    """The date whose anniversary is told as one of today: it is the only date of a sentence in the present."""
    text, whole = page.document.text, sentence(page, Span(page.document.id, found.start(), found.end()))
    own = next((when for when in whens if when.span.start >= found.end()), None)
    if (
        own is None
        or own.anchor != "itself"
        or whole is None
        or not _HAPPENING.fullmatch(" " + text[found.end() : own.span.start])
    ):
        return None
    alone = [when for when in whens if whole.start <= when.span.start < whole.end] == [own]
    now = listed("elapsed", "now") & set(text[whole.start : whole.end].lower().split())
    return own if alone and now else None


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"{counts.pattern()}\s+(?:\(?to the day\)?\s+)?(?P<how>after|before|later|earlier|ago)\b", re.IGNORECASE
    )
