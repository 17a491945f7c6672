"""Timeline: what is said to have happened when, and, in a lane of its own, when it was said."""

from __future__ import annotations

from typing import Any

from sayso.errors import UsageError
from sayso.web.screen import PAGE, Ask, Param, Screen, pages
from sayso.web.screens.shared import decoded

LANES = ("happened", "said", "undated")
DAYS = 400  # columns of the drawing; beyond that, months, then years


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
    """How many entries begin on each day of both lanes; months or years where there are too many days."""
    for length, unit in ((10, "day"), (7, "month"), (4, "year")):
        sql = f"""SELECT substr(first, 1, {length}), lane, count(*) FROM shown_date
                  WHERE lane <> 'undated' AND {where} GROUP BY 1, 2 ORDER BY 1, 2"""
        found = case.rows(sql, *values)
        if len(found) <= DAYS or unit == "year":
            return {"unit": unit, "columns": [list(row) for row in found[:DAYS]]}
    return {}


SCREENS = (
    Screen("timeline", "/timeline", "Timeline", rows, (
        Param("lane", "happened, said, or without a date", "happened", LANES),
        Param("from", "the first day"), Param("to", "the last day"), PAGE)),
)  # fmt: skip
