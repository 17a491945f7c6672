"""Lengths beside ranges of dates: "a three-day siege from 4 to 9 May"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from sayso.case import Page
from sayso.check import counts
from sayso.check.counts import DAYS, Length
from sayso.check.days import bounds, prose, told
from sayso.check.rule import Rule
from sayso.records import Check, CheckLevel, Span, TimexKind, When

RULE = Rule("duration", CheckLevel.SOFT)
# Between a length and the range that it is said of: a noun and a word or two that tie them.
_TIED = re.compile(
    r"(?:[\s-]+long)?,?(?:\s+(?!(?:after|before|when|while|since|ago|later|earlier)\b)[\w’'-]+){0,5}?,?\s*"
    r"(?:\(|\b(?:from|between|in|of)\s+(?:the\s+)?)",
    re.IGNORECASE,
)
# Between a range and the length of it that follows.
_OF_IT = re.compile(
    r"\)?,?\s+(?:(?:was|were|lasted|ran|is|had\s+been|that\s+is|a\s+total\s+of|in\s+all)\s+|[\w’'-]+\s+){0,6}?(?:for\s+)?",
    re.IGNORECASE,
)


def duration(page: Page) -> Iterator[Check]:
    """A length said of a range of dates must be that of the range.

    Example: "a three-day siege from 4 to 9 May" (five days, or six with both ends). Read are "the nine-year lease
    (1997-2006)", "for 16 days, from April 2 until April 13", "from 5 to 10 May the pilots were out for six days".
    The range may count both its ends or neither, and one unit more or less passes; round numbers and "about" may be
    off by a fifth. Not compared: a sentence with several ranges or lengths, unless they touch.
    """
    whens = {when.id: when for when in page.of(When)}
    ranges = [(w, whens[w.until]) for w in whens.values() if w.until in whens]
    for part in prose(page) if ranges else ():
        inside = [ends for ends in ranges if part.start <= ends[0].span.start and ends[1].span.end <= part.end]
        lengths = list(_pattern().finditer(page.document.text, part.start, part.end)) if inside else []
        for ends in inside:
            yield from _of_range(page, ends, lengths)


def _of_range(page: Page, ends: tuple[When, When], lengths: list[re.Match[str]]) -> Iterator[Check]:
    text, (first, last) = page.document.text, ends
    before = [m for m in lengths if m.end() <= first.span.start][-1:]
    behind = [m for m in lengths if m.start() >= last.span.end][:1]
    tied = [m for m in before if _TIED.fullmatch(text, m.end(), first.span.start)]
    tied = tied or [m for m in behind if _OF_IT.fullmatch(text, last.span.end, m.start())]
    for found in tied:
        if found["count"].lower() not in ("a", "an") and not re.match(
            r"[\s-]+(?:ago|later|earlier|after|before|old)\b", text[found.end() :]
        ):
            start, end = min(found.start(), first.span.start), max(found.end(), last.span.end)
            check = _compared(Span(page.document.id, start, end), counts.length(found, text), ends)
            yield from [check] if check else []


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(counts.pattern(), re.IGNORECASE)


def _compared(span: Span, length: Length, ends: tuple[When, When]) -> Check | None:
    first, last = bounds(ends[0]), bounds(ends[1])
    if first is None or last is None or any(w.kind is not TimexKind.DATE for w in ends):
        return None
    # "Four months between 2015 and 2017" does not fill the years.
    if DAYS[length.unit] < max((first[1] - first[0]).days, (last[1] - last[0]).days) - 1:
        return None
    start, end = first[0], last[1]
    if end < start:
        end = date(end.year + 1, end.month, min(end.day, 28))
    low, high = (last[0] - first[1]).days, (end - start + timedelta(1)).days
    many = f"{max(0, low) / DAYS[length.unit]:.0f} to {high / DAYS[length.unit]:.0f} {length.unit}s"
    message = f"{length.told()} are said, {told(start, end)} are {many}."
    about = [w.id for w in ends]
    if length.allows(low, high):
        return RULE.passed([span], message, about=about)
    return RULE.failed([span], message, many, about=about)
