"""A timeline as a drawing: which stretch of time it covers, and where each bar lies; numbers only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.views.dates import day, interval
from sayso.views.timeline import Lane, Moment

WIDE = 1000.0
LEAST = 7.0  # width of a bar, so that a day in a year can still be seen and hit
GAP = 3.0
ROWS = 14  # of one lane; what does not fit shares the last
CORE = 0.1  # of the entries at either end may lie off the axis, where that shortens it
SHORTER = 0.5  # by at least this share


@dataclass(frozen=True, slots=True)
class Bar:
    """All entries of one lane with the same days: where it lies, 0 to WIDE, in which row, and whether an end is off
    the axis or open."""

    x: float
    width: float
    row: int
    first: str
    last: str
    moments: tuple[Moment, ...]
    cut_left: bool
    cut_right: bool

    @property
    def label(self) -> str:
        """Its days and how much is told of them."""
        more = f" and {len(self.moments) - 1} more" if len(self.moments) > 1 else ""
        return f"{interval(self.first, self.last)}: {self.moments[0].told}{more}"


@dataclass(frozen=True, slots=True)
class Axis:
    """A drawing of a timeline: its bars by lane, marks `(x, words)`, rows a lane needs, and how many entries lie
    before it and after it."""

    bars: tuple[tuple[Lane, tuple[Bar, ...], int], ...]
    ticks: tuple[tuple[float, str], ...]
    before: int
    after: int


def axis(moments: Sequence[Moment]) -> Axis | None:
    """The drawing of dated entries, None where there is none.

    Where a tenth of the entries at either end would stretch the axis to more than twice its length, they are left
    off it and counted.
    """
    days = {id(moment): _days(moment) for moment in moments}
    found = sorted(days.values())
    if not found:
        return None
    low, high = window([first for first, _ in found], [last for _, last in found])
    shown = [moment for moment in moments if days[id(moment)][0] <= high and days[id(moment)][1] >= low]
    before = sum(days[id(moment)][1] < low for moment in moments)
    lanes = []
    for lane in Lane:
        bars = _bars([m for m in shown if m.lane is lane], low, high)
        lanes.append((lane, bars, max((bar.row for bar in bars), default=0) + 1))
    return Axis(tuple(lanes), tuple(_ticks(low, high)), before, len(moments) - len(shown) - before)


def _days(moment: Moment) -> tuple[date, date]:
    first, last = moment.first or moment.last or "", moment.last or moment.first or ""
    return as_date(first), max(as_date(first), as_date(last))


def as_date(value: str) -> date:
    """The day of an ISO date, or date and time."""
    # Years outside of what a date can hold (BC, 12026) end at its borders.
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return date.min if value.startswith("-") or value.startswith("0") else date.max


def window(firsts: Sequence[date], lasts: Sequence[date]) -> tuple[date, date]:
    """What the axis of entries with these first and last days covers: each end is cut where that alone takes half of
    the length away."""
    firsts, lasts = sorted(firsts), sorted(lasts)
    skip = int(len(firsts) * CORE)
    low, high = firsts[0], lasts[-1]
    if _shortens(firsts[skip], high, (high - low).days):
        low = firsts[skip]
    if _shortens(low, lasts[-1 - skip], (high - low).days):
        high = lasts[-1 - skip]
    return low, high


def _shortens(low: date, high: date, length: int) -> bool:
    return 0 <= (high - low).days < SHORTER * length


def _bars(moments: Iterable[Moment], low: date, high: date) -> tuple[Bar, ...]:
    together: dict[tuple[date, date], list[Moment]] = defaultdict(list)
    for moment in moments:
        together[_days(moment)].append(moment)
    scale = WIDE / ((high - low).days + 1)
    ends: list[float] = []
    bars: list[Bar] = []
    for (first, last), told in sorted(together.items()):
        x = max(0.0, (first - low).days * scale)
        right = min(WIDE, ((last - low).days + 1) * scale)
        width = max(LEAST, right - x)
        row = next((number for number, end in enumerate(ends) if end + GAP <= x), len(ends))
        row = min(row, ROWS - 1)
        ends[row : row + 1] = [x + width]
        cut_left, cut_right = first < low or told[0].first is None, last > high or told[0].last is None
        names = (first.isoformat(), last.isoformat())
        bars.append(Bar(round(x, 1), round(width, 1), row, *names, tuple(told), cut_left, cut_right))
    return tuple(bars)


def _ticks(low: date, high: date) -> list[tuple[float, str]]:
    """At most nine marks at round days, months or years."""
    span = (high - low).days + 1
    scale = WIDE / span
    if span <= 9:
        days = [low + timedelta(n) for n in range(span)]
        return [(round((one - low).days * scale, 1), day(one.isoformat()).rpartition(" ")[0]) for one in days]
    if span <= 70:
        step = 7 if span <= 63 else 14
        days = [low + timedelta(n) for n in range(0, span, step)]
        return [(round((one - low).days * scale, 1), day(one.isoformat()).rpartition(" ")[0]) for one in days]
    months = (high.year - low.year) * 12 + high.month - low.month
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 300, 600, 1200, 12000, 120000) if months / step <= 8)
    marks = []
    for number in range(low.month - 1 + 12 * low.year, high.month + 12 * high.year, 1):
        if number % step == 0 and number > low.month - 1 + 12 * low.year:
            one = date(number // 12, number % 12 + 1, 1)
            words = day(one.isoformat()[:7]) if step < 12 else str(one.year)
            marks.append((round((one - low).days * scale, 1), words))
    return marks
