"""Dates that no calendar has: "31 June", "29 February 2023", "2023-13-04"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from sayso.case import Page
from sayso.check.days import Written, prose, words, written
from sayso.check.links import tokens
from sayso.check.rule import Rule
from sayso.records import Check, CheckLevel, Span

RULE = Rule("exists", CheckLevel.HARD)
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NUMBERS = re.compile(r"(?<![\w.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w-])")


def exists(page: Page) -> Iterator[Check]:
    """A date must be one that the calendar has.

    Example: "31 June" (June has 30 days), "29 February 2023" (no leap year), "2023-13-04" (no month 13). Numbers
    above 31 are no days. A number behind a month that counts what follows it is none either ("in June 31 people
    came"). Can't tell: 29 February without its year. The nearest reading is the last day of the month and, for
    dates in figures, day and month swapped.
    """
    for day in written(page):
        span = Span(page.document.id, day.start, day.end)
        if 1 <= day.day <= 31 and not _counts(page, day):
            yield _verdict(span, day)
    for part in prose(page):
        for found in _NUMBERS.finditer(page.document.text, part.start, part.end):
            yield _in_figures(Span(page.document.id, *found.span()), found)


def _counts(page: Page, day: Written) -> bool:
    """Whether the number behind the month counts a noun, or is the head of a list of such."""
    text = page.document.text
    if day.year or not text[day.start].isalpha():
        return False
    behind = tokens(page, Span(page.document.id, day.end, min(len(text), day.end + 2)))
    return any(page.parse.tag[t][:2] in ("NN", "JJ", "VB") and page.parse.text[t].islower() for t in behind[:1])


def _verdict(span: Span, day: Written) -> Check:
    name = calendar.month_name[day.month]
    if day.day > _LONGEST[day.month - 1]:
        last = _LONGEST[day.month - 1] if day.month != 2 or not day.year else calendar.monthrange(day.year, 2)[1]
        return RULE.failed([span], f"{name} has {last} days, not {day.day}.", f"{last} {name}{_of(day.year)}")
    if day.year and day.on() is None:
        message = f"{day.year} is no leap year: its {name} has 28 days."
        return RULE.failed([span], message, f"28 {name} {day.year} or 1 March {day.year}")
    if (day.month, day.day) == (2, 29) and not day.year:
        return RULE.cant_tell([span], "29 February is a day of leap years alone, and the year is not given.")
    return RULE.passed([span], f"{name} has {_LONGEST[day.month - 1]} days.")


def _of(year: int | None) -> str:
    return f" {year}" if year else ""


def _in_figures(span: Span, found: re.Match[str]) -> Check:
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    if _day(year, month, day):
        return RULE.passed([span], "The calendar has such a day.")
    swapped = _day(year, day, month)
    what = f"there is no month {month}" if not 1 <= month <= 12 else f"{calendar.month_name[month]} has no day {day}"
    return RULE.failed([span], f"As year, month and day {what}.", f"{words(swapped)}" if swapped else "")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
