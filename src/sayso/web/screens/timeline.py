"""Timeline: what is said to have happened when, and, in a lane of its own, when it was said."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import repeat
from typing import Any

from sayso.errors import UsageError
from sayso.views.axis import as_date, window
from sayso.web.screen import PAGE, Ask, Param, Screen, pages
from sayso.web.screens.shared import decoded

LANES = ("happened", "said", "undated")
DAYS = 400  # columns of the drawing; beyond that, months, then years

Row = tuple[str, str, str, int]  # first day, last day, lane, how many entries


def rows(ask: Ask) -> dict[str, Any]:
    """The entries of a lane in order of time, and how many there are by day in both, for the drawing."""
    case = ask.shelf.case
    where, values = _between(ask)
    counts = {lane: case.rows(f"SELECT count(*) FROM shown_date WHERE lane = ? AND {_own(lane, where)}", lane,
                              *_given(lane, values))[0][0] for lane in LANES}  # fmt: skip
    lane = ask["lane"]
    cut = pages(counts[lane], ask["page"], 40)
    sql = f"""SELECT row FROM shown_date WHERE lane = ? AND {_own(lane, where)} ORDER BY first, last, doc, rowid
              LIMIT ? OFFSET ?"""
    found = case.rows(sql, lane, *_given(lane, values), cut.size, cut.skip)
    return {
        "moments": [decoded(row[0]) for row in found],
        "counts": counts,
        "pages": cut,
        **_columns(case, where, values),
    }


def _between(ask: Ask) -> tuple[str, tuple[str, ...]]:
    for name in ("from", "to"):
        if ask[name] and not ask[name].replace("-", "").isdigit():
            raise UsageError(f"{name} is a day such as 2031-05-04, not {ask[name]!r}.")
    return "last >= ? AND first <= ?", (ask["from"] or "", ask["to"] or "9999-99-99")


def _own(lane: str, where: str) -> str:
    return "1" if lane == "undated" else where


def _given(lane: str, values: tuple[str, ...]) -> tuple[str, ...]:
    return () if lane == "undated" else values


def _columns(case: Any, where: str, values: tuple[str, ...]) -> dict[str, Any]:
    """How many entries begin on each day of both lanes, months or years where there are too many days; and how many
    begin before and after what is drawn, so that a few far days do not press all others together."""
    sql = f"""SELECT first, last, lane, count(*) FROM shown_date WHERE lane <> 'undated' AND {where}
              GROUP BY 1, 2, 3 ORDER BY 1"""
    found: list[Row] = case.rows(sql, *values)
    if not found:
        return {"unit": "day", "columns": [], "window": [], "earlier": 0, "later": 0}
    low, high = (day.isoformat() for day in _window(found))
    shown = [row for row in found if low <= row[0] <= high]
    return {
        **_grouped(shown),
        "window": [low, high],
        "earlier": sum(row[3] for row in found if row[0] < low),
        "later": sum(row[3] for row in found if row[0] > high),
        "before": _beside(low, -1),
        "after": _beside(high, 1),
    }


def _window(found: list[Row]) -> tuple[date, date]:
    """What the drawing covers, by the days on which entries begin and end."""
    firsts = [day for first, _, _, count in found for day in repeat(as_date(first), count)]
    lasts = [day for _, last, _, count in found for day in repeat(as_date(last), count)]
    return window(firsts, lasts)


def _grouped(found: list[Row]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for length, unit in ((10, "day"), (7, "month"), (4, "year")):
        counts: Counter[tuple[str, str]] = Counter()
        for first, _, lane, count in found:
            counts[first[:length], lane] += count
        made = {"unit": unit, "columns": [[*key, count] for key, count in sorted(counts.items())[:DAYS]]}
        if len(counts) <= DAYS:
            break
    return made


def _beside(day: str, step: int) -> str:
    """The day before or after, the day itself where a calendar ends."""
    try:
        return (date.fromisoformat(day) + timedelta(step)).isoformat()
    except OverflowError:
        return day


SCREENS = (
    Screen("timeline", "/timeline", "Timeline", rows, (
        Param("lane", "happened, said, or without a date", "happened", LANES),
        Param("from", "the first day"), Param("to", "the last day"), PAGE)),
)  # fmt: skip
