"""Dates as a newspaper prints them."""

import pytest

from sayso.views.dates import day, days, interval


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("2031-03-04", "4 March 2031"),
        ("2031-09-04T08:10:00+02:00", "4 September 2031"),
        ("2031-03", "March 2031"),
        ("2031", "2031"),
        ("in spring", "in spring"),
        ("2031-13-01", "2031-13-01"),
    ],
)
def test_a_date_is_as_precise_as_it_was_given(value: str, printed: str) -> None:
    assert day(value) == printed


@pytest.mark.parametrize(
    ("values", "printed"),
    [
        ([], ""),
        (["2031-03-04", "2031-03-04"], "4 March 2031"),
        (["2031-03-11", "2031-03-04"], "4 to 11 March 2031"),
        (["2031-02-28", "2031-03-01"], "28 February to 1 March 2031"),
        (["2030-12-31", "2031-01-01"], "31 December 2030 to 1 January 2031"),
        (["2031", "2031-03"], "2031 to March 2031"),
    ],
)
def test_a_stretch_of_days_says_once_what_both_ends_share(values: list[str], printed: str) -> None:
    assert days(values) == printed


@pytest.mark.parametrize(
    ("first", "last", "printed"),
    [
        ("2019-01-01", "2019-12-31", "2019"),
        ("1990-01-01", "1999-12-31", "1990 to 1999"),
        ("2028-02-01", "2028-02-29", "February 2028"),
        ("2031-03-03", "2031-03-09", "3 to 9 March 2031"),
        ("2031-03-03", "2031-03-03", "3 March 2031"),
        (None, "2031-03-03", "until 3 March 2031"),
        ("2031-03-03", None, "from 3 March 2031"),
    ],
)
def test_an_interval_is_said_in_the_fewest_words(first: str | None, last: str | None, printed: str) -> None:
    assert interval(first, last) == printed
