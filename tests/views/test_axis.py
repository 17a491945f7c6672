"""The drawing of a timeline: bars as long as the words leave open, and an axis that outliers do not stretch."""

from __future__ import annotations

from dataclasses import replace

from sayso.views.axis import WIDE, axis
from sayso.views.timeline import Lane, Moment


def moment(first: str | None, last: str | None = None, lane: Lane = Lane.HAPPENED) -> Moment:
    return Moment(lane, first, last or first, "w", "told", "A", "doc-1", "T", "P", None, None, "itself", "")


def test_nothing_dated_is_no_drawing() -> None:
    assert axis([]) is None


def test_a_single_day_fills_the_axis() -> None:
    drawn = axis([moment("2031-05-03")])
    assert drawn is not None
    (bar,) = drawn.bars[0][1]
    assert (bar.x, bar.width) == (0, WIDE)


def test_entries_of_the_same_days_are_one_bar_and_lanes_are_kept_apart() -> None:
    drawn = axis([moment("2031-05-03"), moment("2031-05-03"), moment("2031-05-09", lane=Lane.SAID)])
    assert drawn is not None
    assert [(lane, [len(bar.moments) for bar in bars]) for lane, bars, _ in drawn.bars] == [
        (Lane.HAPPENED, [2]),
        (Lane.SAID, [1]),
    ]


def test_bars_that_overlap_stand_in_rows_of_their_own() -> None:
    drawn = axis([moment("2031-05-01", "2031-05-20"), moment("2031-05-05", "2031-05-25"), moment("2031-05-29")])
    assert drawn is not None
    assert [bar.row for bar in drawn.bars[0][1]] == [0, 1, 0]


def test_a_few_early_years_do_not_stretch_the_axis_and_are_counted() -> None:
    days = [moment(f"2031-05-{number:02}") for number in range(1, 21)]
    drawn = axis([moment("1998-01-01", "1998-12-31"), moment("2012-01-01", "2012-12-31"), *days])
    assert drawn is not None
    assert (drawn.before, drawn.after) == (2, 0)


def test_an_open_end_is_marked() -> None:
    drawn = axis([moment("2031-05-01"), replace(moment("2031-05-09", lane=Lane.SAID), first=None)])
    assert drawn is not None
    assert [bar.cut_left for bar in drawn.bars[1][1]] == [True]


def test_years_beyond_the_calendar_end_at_its_border() -> None:
    assert axis([moment("12026-01-01"), moment("0000-01-01")]) is not None
