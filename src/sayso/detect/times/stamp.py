"""A stretch of the calendar, from a day to a millennium: its TIMEX3 value, its first and last day, its neighbours."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

SEASONS = ("SP", "SU", "FA", "WI")
# From the finest unit to the coarsest; a reference answers for its own unit and all behind it.
UNITS = ("day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century", "millennium")
_YEARS = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}
_MONTHS = {"month": 1, "quarter": 3, "half": 6}
_DAYS = {"day": 1, "week": 7, "weekend": 7}


@dataclass(frozen=True, slots=True)
class Stamp:
    """One stretch of `unit`; `year` is astronomical (0 is 1 BC) and the first year of a decade or century.

    `part` is the number of the month, quarter, half, season (1 spring) or ISO week; `clock` a time of
    that day as TIMEX3 writes it behind the date ("T10:35", "TNI"), "" for the whole day.
    """

    unit: str
    year: int
    part: int = 0
    day: int = 0
    clock: str = ""

    def value(self) -> str:
        """The TIMEX3 value: "1998-08-07T10:35", "1989-Q3", "198", "BC0480"."""
        if self.unit == "century":
            return _digits(self.year, 100, 2)
        if self.unit == "decade":
            return _digits(self.year, 10, 3)
        if self.unit == "millennium":
            return _digits(self.year, 1000, 1)
        return _digits(self.year, 1, 4) + self._rest()

    def _rest(self) -> str:
        if self.unit == "year":
            return ""
        if self.unit == "season":
            return f"-{SEASONS[self.part - 1]}"
        if self.unit == "day":
            return f"-{self.part:02d}-{self.day:02d}{self.clock}"
        number = f"{self.part:02d}" if self.unit in ("month", "week", "weekend") else str(self.part)
        return {"half": "-H", "quarter": "-Q", "month": "-"}.get(self.unit, "-W") + number + self._weekend()

    def _weekend(self) -> str:
        return "-WE" if self.unit == "weekend" else ""

    def interval(self) -> tuple[str, str]:
        """First and last day, as ISO dates; years before Christ are astronomical ("-0479-01-01")."""
        first, last = self.bounds()
        return _iso(*first), _iso(*last)

    def bounds(self) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """First and last day as (year, month, day). A winter begins before and ends after its year."""
        y, n = self.year, self.part
        if self.unit in _YEARS:
            # Centuries begin with the year one: the 19th in 1801, the 4th before Christ in 400.
            shift = 0 if self.unit in ("year", "decade") else 1 if y >= 0 else -1
            return (y + shift, 1, 1), (y + shift + _YEARS[self.unit] - 1, 12, 31)
        if self.unit == "season":
            if n == 4:
                return (y - 1, 12, 1), (y + 1, 2, _length(y + 1, 2))
            return (y, 3 * n, 1), (y, 3 * n + 2, _length(y, 3 * n + 2))
        if self.unit in _MONTHS:
            size = _MONTHS[self.unit]
            return (y, (n - 1) * size + 1, 1), (y, n * size, _length(y, n * size))
        if self.unit == "day":
            return (y, n, self.day), (y, n, self.day)
        monday = date.fromisocalendar(y, n, 1)
        start = monday + timedelta(5 if self.unit == "weekend" else 0)
        end = monday + timedelta(6)
        return (start.year, start.month, start.day), (end.year, end.month, end.day)

    def shift(self, count: int, unit: str = "") -> Stamp | None:
        """The stretch `count` units (default: its own) later; None where it is too coarse or leaves the calendar."""
        unit = unit or self.unit
        if unit in _YEARS and self.unit not in _DAYS:
            return replace(self, year=self.year + count * _YEARS[unit])
        if self.unit == "season" and unit == "season":
            return replace(self, year=self.year + (self.part - 1 + count) // 4, part=(self.part - 1 + count) % 4 + 1)
        if unit in _MONTHS and self.unit in _MONTHS and _MONTHS[unit] >= _MONTHS[self.unit]:
            size, steps = 12 // _MONTHS[self.unit], count * _MONTHS[unit] // _MONTHS[self.unit]
            whole = self.part - 1 + steps
            return replace(self, year=self.year + whole // size, part=whole % size + 1)
        return self._shift_days(count, unit) if self.unit in _DAYS else None

    def _shift_days(self, count: int, unit: str) -> Stamp | None:
        if unit in _DAYS:
            here = self.date()
            try:
                moved = here + timedelta(count * _DAYS[unit]) if here else None
            except OverflowError:
                return None
            return None if moved is None else replace(of_date(moved, self.unit), clock=self.clock)
        if self.unit != "day" or (unit not in _MONTHS and unit not in _YEARS):
            return None
        months = count * _MONTHS.get(unit, 0) + 12 * count * _YEARS.get(unit, 0)
        whole = self.part - 1 + months
        year, month = self.year + whole // 12, whole % 12 + 1
        return replace(self, year=year, part=month, day=min(self.day, _length(year, month)))

    def date(self) -> date | None:
        """Its first day as a date; None outside the years 1 to 9999."""
        year, month, day = self.bounds()[0]
        return date(year, month, day) if 1 <= year <= 9999 else None

    def within(self, unit: str) -> Stamp | None:
        """The stretch of the coarser `unit` that holds its first day; None where `unit` is finer or the week is BC."""
        if UNITS.index(unit) < UNITS.index(self.unit):
            return None
        if unit == self.unit:
            return replace(self, clock="")
        if unit in _YEARS:
            return Stamp(unit, _floor(self.year, _YEARS[unit]))
        if unit in ("week", "weekend"):
            here = self.date()
            return of_date(here, unit) if here else None
        month = self.bounds()[1][1] if self.unit == "season" and self.part == 4 else self.bounds()[0][1]
        if unit == "season":
            return Stamp(unit, self.year, (month - 3) % 12 // 3 + 1)
        return Stamp(unit, self.year, (month - 1) // _MONTHS[unit] + 1)


def of_date(day: date, unit: str = "day") -> Stamp:
    """The day, ISO week or weekend that holds a date."""
    if unit == "day":
        return Stamp("day", day.year, day.month, day.day)
    year, week, _ = day.isocalendar()
    return Stamp(unit, year, week)


def of_day(year: int, month: int, day: int) -> Stamp | None:
    """That day, None where the calendar has no such day."""
    fits = 1 <= month <= 12 and 1 <= day <= _length(year, month)
    return Stamp("day", year, month, day) if fits else None


def before_christ(year: int, unit: str = "year") -> Stamp:
    """A year BC, or the decade or century that its digits name ("470s BC", BC047)."""
    return Stamp(unit, 1 - year - (_YEARS[unit] - 1))


def of_iso(text: str) -> Stamp | None:
    """An ISO date, with or without a time, as a day; a year or year and month as such; None for anything else."""
    numbers = text[:10].split("-")
    if not all(n.isdigit() for n in numbers) or len(numbers[0]) != 4:
        return None
    year, *rest = (int(n) for n in numbers)
    if len(rest) == 2:
        return of_day(year, rest[0], rest[1]) if year else None
    if len(rest) == 1:
        return Stamp("month", year, rest[0]) if 1 <= rest[0] <= 12 else None
    return Stamp("year", year) if not rest else None


def third(stamp: Stamp, number: int) -> tuple[str, str]:
    """The first, second or last third of a stretch of at least a week; the whole of anything else.

    A year is cut by months; decades and centuries by years that overlap ("the early 1990s" are 1990 to 1993).
    """
    first, last = stamp.bounds()
    if number and stamp.unit in _YEARS and stamp.unit != "year":
        step = (last[0] - first[0] + 1) // 3
        return _iso(first[0] + step * (number - 1), 1, 1), _iso(first[0] + step * number, 12, 31)
    if number and stamp.unit == "year":
        return _iso(first[0], 4 * number - 3, 1), _iso(first[0], 4 * number, _length(first[0], 4 * number))
    if number == 0 or stamp.unit in ("day", "weekend") or first[0] < 1 or last[0] > 9999:
        return stamp.interval()
    start, end = date(*first), date(*last)
    step = ((end - start).days + 1) // 3
    low = start if number == 1 else start + timedelta(step if number == 2 else 2 * step)
    high = end if number == 3 else start + timedelta(step - 1 if number == 1 else 2 * step - 1)
    return low.isoformat(), high.isoformat()


def _length(year: int, month: int) -> int:
    return 29 if month == 2 and calendar.isleap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _digits(year: int, size: int, width: int) -> str:
    if year > 0 or (year == 0 and size > 1):
        return f"{year // size:0{width}d}"
    return f"BC{(1 - year) // size:0{width}d}"


def _floor(year: int, size: int) -> int:
    if year > 0:
        return year - year % size
    return 1 - ((1 - year) // size * size + size - 1)


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:05d}-{month:02d}-{day:02d}" if year < 0 else f"{year:04d}-{month:02d}-{day:02d}"
