"""Dates that the calendar has or has not."""

from __future__ import annotations

import pytest

from sayso.check.exists import exists
from tests.check.pages import outcomes, said

WRONG = {
    "It opened on 31 June.": "30 June",
    "It opened on June 31, 2018.": "30 June 2018",
    "It opened on the 31st of April.": "30 April",
    "It opened on 29 February 2018.": "28 February 2018 or 1 March 2018",
    "It opened on 30 February 2016.": "29 February 2016",
    "It opened on 2018-13-04.": "13 April 2018",
    "It opened on 2018-02-30.": "",
}
SILENT = [
    "In June 31 people came.",
    "In June 31 tired people came.",
    "About 1,031 June bugs were counted.",
    "He is 31. June is 12.",
    "The file is called 2018-13-04-b.",
    "In May 1931 they came.",
]


@pytest.mark.parametrize(("text", "nearest"), WRONG.items())
def test_a_day_that_the_calendar_has_not_is_an_alarm_with_the_nearest_day(text: str, nearest: str) -> None:
    assert [(str(one.outcome), one.nearest) for one in said(exists, text)] == [("failed", nearest)]


@pytest.mark.parametrize("text", ["It opened on 31 May.", "It opened on Feb. 29, 2016.", "It opened on 2018-12-31."])
def test_a_day_that_the_calendar_has_passes(text: str) -> None:
    assert outcomes(exists, text) == ["passed"]


@pytest.mark.parametrize("text", SILENT)
def test_numbers_beside_a_month_that_are_no_day_are_left_alone(text: str) -> None:
    assert outcomes(exists, text) == []


def test_the_29th_of_february_without_its_year_cannot_be_told() -> None:
    assert outcomes(exists, "It opened on 29 February.") == ["cant_tell"]
