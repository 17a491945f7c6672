"""Weekdays beside dates: "Friday, May 3" where that day was a Thursday."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from sayso.case import Page
from sayso.check.days import Written, of_match, pattern, prose, published, words
from sayso.check.rule import Rule
from sayso.detect.times.words import table
from sayso.records import Check, CheckLevel, Span

RULE = Rule("weekday", CheckLevel.HARD)
GREGORIAN = 1753  # the first whole year in which all English dates follow today's calendar
# News that writes a date without its year means one so near: of 1,100 dates of that kind in annotated news nearly all
# lie within six weeks of their publication.
NEAR_DAYS = 45
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def weekday(page: Page) -> Iterator[Check]:
    """A weekday that stands beside a date must be the one that the calendar has for it.

    "Friday, May 3, 2013", "Friday (3 May 2013)" and "3 May 2013, a Friday" are compared as they stand. Without a
    year the alarm is hard where none of the years about publication fits, nor any other that the text names; soft
    where the date about publication does not fit but that of another year would. Not compared: two weekdays with
    two dates ("Friday and Saturday, May 3 and 4"), years before 1753. Can't tell: no year and no publication date.
    """
    for part in prose(page):
        for found in _pattern().finditer(page.document.text, part.start, part.end):
            if not _one_of_several(page.document.text, found):
                span = Span(page.document.id, *found.span())
                yield _compared(page, span, found["wd1"] or found["wd2"], of_match(found))


def _one_of_several(text: str, found: re.Match[str]) -> bool:
    """Whether the weekday is the last of several, so that the date is perhaps that of the first."""
    before = text[max(0, found.start() - 24) : found.start()]
    return re.search(rf"(?:{_names()})\W+(?:and|or|to|through|until)?\W*$", before) is not None


def _compared(page: Page, span: Span, name: str, day: Written) -> Check:
    wanted = _number(name)
    if day.year:
        return _whole(span, wanted, day)
    about = published(page.document)
    if about is None:
        return RULE.cant_tell([span], "The date has no year, and the publication date is not known.")
    near = {year: there for year in _years(about) if (there := day.on(year))}
    fits = [year for year, there in near.items() if there.isoweekday() == wanted]
    closest = min(near.values(), key=lambda there: abs(there - about), default=None)
    if closest is None:
        return RULE.cant_tell([span], "No year about publication has such a day.")
    if closest.isoweekday() == wanted:
        return RULE.passed([span], f"{words(closest)} is a {_name(wanted)}.")
    message = f"{words(closest)} is a {_name(closest.isoweekday())}, not a {_name(wanted)}"
    named = {int(year) for year in _YEAR.findall(page.document.text)} - set(near)
    told_of = any((there := day.on(year)) and there.isoweekday() == wanted for year in named)
    if not fits and not told_of:
        years = ", ".join(str(year) for year in near)
        return RULE.failed([span], f"{message}; of {years} no year fits.", _nearest(closest, wanted))
    if fits and not told_of and abs(closest - about).days <= NEAR_DAYS:
        soft = RULE.at(CheckLevel.SOFT)
        message += f"; only {', '.join(map(str, fits))} would fit, published on {words(about)}."
        return soft.failed([span], message, _nearest(closest, wanted))
    return RULE.cant_tell([span], f"{message}, unless another year than {closest.year} is meant.")


def _whole(span: Span, wanted: int, day: Written) -> Check:
    there = day.on()
    if there is None or there.year < GREGORIAN:
        return RULE.cant_tell([span], "The date is none of today's calendar.")
    if there.isoweekday() == wanted:
        return RULE.passed([span], f"{words(there)} is a {_name(wanted)}.")
    message = f"{words(there)} is a {_name(there.isoweekday())}, not a {_name(wanted)}."
    return RULE.failed([span], message, _nearest(there, wanted))


def _years(about: date) -> tuple[int, ...]:
    return (about.year - 1, about.year, about.year + 1)


def _nearest(day: date, wanted: int) -> str:
    """The same date with its weekday, or that weekday's nearest date."""
    shift = (wanted - day.isoweekday() + 3) % 7 - 3
    return f"{_name(day.isoweekday())}, {words(day)}, or {_name(wanted)}, {words(day + timedelta(shift))}"


def _number(name: str) -> int:
    low = name.lower().rstrip(".")
    return int(table("weekdays").get(low) or table("weekday_short")[low])


def _name(number: int) -> str:
    return next(name for name, value in table("weekdays").items() if value == number).title()


@cache
def _names() -> str:
    long, short = "|".join(table("weekdays")).title(), "|".join(table("weekday_short")).title()
    return f"(?:{_either(long)})|(?:{short})\\b\\.?"


def _either(names: str) -> str:
    return f"{names}|{names.upper()}"


@cache
def _pattern() -> re.Pattern[str]:
    after = rf"(?:,?\s+(?:(?:which\s+)?was\s+)?an?\s+|\s+\()(?P<wd2>{_names()})"
    return re.compile(rf"\b(?:(?P<wd1>{_names()})(?:,?\s+(?:the\s+)?|\s+\(){pattern()}|{pattern('3', '4')}{after})")
