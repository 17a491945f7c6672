"""Days as checks need them: of a publication, of words for a time, of a date written out, and in words."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from sayso.case import Page
from sayso.detect.times.words import month, ordinal, table
from sayso.nlp import PROSE
from sayso.records import Document, Span, When

YEAR = r"(?:1[5-9]|20)\d\d"


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written, be there such a day or not; `year` None where it was left out."""

    year: int | None
    month: int
    day: int
    start: int
    end: int

    def on(self, year: int | None = None) -> date | None:
        """That day, in its own year or the one given; None where the calendar has none."""
        year = self.year or year
        if year is None or not 1 <= self.day <= calendar.monthrange(year, self.month)[1]:
            return None
        return date(year, self.month, self.day)


def published(document: Document) -> date | None:
    """The day of publication; None where it is unknown or given no finer than a month."""
    return iso(document.published.value[:10]) if document.published else None


def iso(text: str | None) -> date | None:
    """The day of an ISO date; None for anything else, years before Christ included."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def bounds(when: When) -> tuple[date, date] | None:
    """First and last day of a time that is resolved at both ends."""
    first, last = iso(when.first), iso(when.last)
    return (first, last) if first and last else None


def words(day: date) -> str:
    """A day for a reader: "3 March 2026"."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def told(first: date, last: date) -> str:
    """An interval for a reader, as short as it can be said: "1998", "May 1998", "3 May 1998"."""
    if first == last:
        return words(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    same = (first.year, first.month, first.day) == (last.year, last.month, 1)
    if same and last.day == calendar.monthrange(last.year, last.month)[1]:
        return f"{calendar.month_name[first.month]} {first.year}"
    return f"{words(first)} to {words(last)}"


def prose(page: Page) -> Iterator[Span]:
    """The parts that are read."""
    return (part.span for part in page.document.parts if part.kind in PROSE)


def written(page: Page) -> Iterator[Written]:
    """Dates with a day, such as "May 3", "31 June 2019", in the order of the text."""
    for part in prose(page):
        for found in _dates().finditer(page.document.text, part.start, part.end):
            yield of_match(found)


def of_match(found: re.Match[str]) -> Written:
    """The date of a match of a pattern that holds `pattern()`, once or under two names."""
    groups = {key: value for key, value in found.groupdict().items() if value is not None}
    name, day, year = (next((groups[k] for k in groups if k[:-1] == key), "") for key in ("month", "day", "year"))
    where = next(key for key in groups if key[:-1] == "date")
    return Written(int(year) if year else None, month(name), ordinal(day), found.start(where), found.end(where))


@cache
def pattern(a: str = "1", b: str = "2") -> str:
    """A date with its day, either way round, as a piece of a pattern; the names of its groups end in `a` or `b`."""
    names = "|".join(sorted(table("months"), key=len, reverse=True))
    name = rf"(?:{names.title()}|{names.upper()})"
    day = r"\d{1,2}(?:st|nd|rd|th)?(?![\d:.,]\d|%)"
    return (
        rf"(?P<date{a}>(?P<month{a}>{name})\b\.?\s+(?:the\s+)?(?P<day{a}>{day})\b(?:,?\s+(?P<year{a}>{YEAR})\b)?"
        rf"|(?<![\d.,/$£€])(?P<day{b}>{day})\s+(?:of\s+)?(?P<month{b}>{name})\b\.?"
        rf"(?:,?\s+(?:of\s+)?(?P<year{b}>{YEAR})\b)?)"
    )


@cache
def _dates() -> re.Pattern[str]:
    return re.compile(rf"\b{pattern()}")
