"""The days of feasts, from the rules of `data/feasts.tsv`: western, eastern, Islamic, Hebrew, Persian and lunar."""

from __future__ import annotations

import calendar
import math
from collections.abc import Callable
from datetime import date, timedelta

Span = tuple[date, date]


def days(rule: str, year: int) -> Span | None:
    """First and last day of a feast in a year; None where that year has none or the rule's calendar does not reach."""
    name, *cells = rule.split()
    return _RULES[name](year, cells) if 1583 <= year <= 2999 else None


def exact(rule: str) -> bool:
    """Whether the rule gives the day for sure, rather than within a day either side."""
    return rule.split()[0] not in ("islamic", "moon", "nowruz")


def _fixed(year: int, cells: list[str]) -> Span:
    month, day = map(int, cells[0].split("-"))
    return date(year, month, day), date(year, month, day)


def _on(year: int, cells: list[str]) -> Span | None:
    day = date.fromisoformat(cells[0])
    return (day, day) if day.year == year else None


def _easter(year: int, cells: list[str]) -> Span:
    # The Gregorian computus (Meeus, Jones, Butcher).
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    found = date(year, month, day + 1) + timedelta(int(cells[0]))
    return found, found


def _orthodox(year: int, cells: list[str]) -> Span:
    # The Julian computus, its day then written in the Gregorian calendar.
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    gap = year // 100 - year // 400 - 2
    found = date(year, month, day + 1) + timedelta(gap + int(cells[0]))
    return found, found


def _nth(year: int, cells: list[str]) -> Span:
    month, weekday, number = int(cells[0]), int(cells[1]), int(cells[2])
    listed = [w[weekday - 1] for w in calendar.monthcalendar(year, month) if w[weekday - 1]]
    day = listed[number if number < 0 else number - 1]
    found = date(year, month, day) + timedelta(int(cells[3]) if len(cells) > 3 else 0)
    return found, found


def _islamic(year: int, cells: list[str]) -> Span | None:
    month, day, length = map(int, cells)
    for lunar in range((year - 622) * 33 // 32 - 1, (year - 622) * 33 // 32 + 3):
        past = day + math.ceil(29.5 * (month - 1)) + (lunar - 1) * 354 + (3 + 11 * lunar) // 30
        first = date.fromordinal(227014 + past)
        if first.year == year:
            return first - timedelta(1), first + timedelta(length)
    return None


def _hebrew(year: int, cells: list[str]) -> Span:
    month, day, length = map(int, cells)
    # Months before Tishri (7) count on from the new year of the autumn before.
    civil = year + 3761 if month >= 7 and month < 10 else year + 3760
    start, after = _new_year(civil), _new_year(civil + 1)
    size = after - start
    lengths = [30, 30 if size % 10 == 5 else 29, 29 if size % 10 == 3 else 30, 29, 30, 29]
    lengths += [30, 29, 30, 29, 30, 29]
    if size > 380:
        lengths.insert(5, 30)
    order = (month - 7) % 12 + (1 if size > 380 and (month - 7) % 12 >= 5 else 0)
    first = date.fromordinal(start + sum(lengths[:order]) + day - 1)
    return first, first + timedelta(length - 1)


def _new_year(civil: int) -> int:
    """The ordinal of Rosh Hashanah of a Hebrew year, its four postponements kept."""
    before, after = (_elapsed(civil + step) for step in (-1, 1))
    here = _elapsed(civil)
    late = 2 if after - here == 356 else 1 if here - before == 382 else 0
    return here + late - 1373427


def _elapsed(civil: int) -> int:
    months = (235 * civil - 234) // 19
    day = months * 29 + (12084 + 13753 * months) // 25920
    return day + (1 if 3 * (day + 1) % 7 < 3 else 0)


def _nowruz(year: int, cells: list[str]) -> Span:
    return date(year, 3, 20), date(year, 3, 21)


def _moon(year: int, cells: list[str]) -> Span:
    month, day = map(int, cells[0].split("-"))
    floor = date(year, month, day).toordinal()
    # Mean new moons, counted from that of 6 January 2000.
    month_length, known = 29.530588861, date(2000, 1, 6).toordinal() + 0.76
    number = math.ceil((floor - known) / month_length)
    found = date.fromordinal(math.floor(known + number * month_length)) + timedelta(int(cells[1]))
    return found - timedelta(1), found + timedelta(1)


_RULES: dict[str, Callable[[int, list[str]], Span | None]] = {
    "fixed": _fixed,
    "on": _on,
    "easter": _easter,
    "orthodox": _orthodox,
    "nth": _nth,
    "islamic": _islamic,
    "hebrew": _hebrew,
    "nowruz": _nowruz,
    "moon": _moon,
}
