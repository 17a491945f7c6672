"""Weekdays beside dates: 12 June 2019 was a Wednesday."""

from __future__ import annotations

import pytest

from sayso.check.weekday import weekday
from tests.check.pages import outcomes, said

FITS = [
    "They met on Wednesday, June 12, 2019.",
    "They met on Wed., June 12, 2019.",
    "They met on Wednesday 12 June 2019.",
    "They met on Wednesday (12 June 2019).",
    "They met on Wednesday the 12th of June 2019.",
    "They met on June 12, 2019, a Wednesday.",
    "They met on 12 June 2019 (Wednesday).",
    "They met on Tuesday, June 11.",
    "They meet again on Monday, 1 July.",
    "They met on Tuesday, 12 June.",  # of 2018, as the text may mean
]
WRONG = [
    "They met on Tuesday, June 12, 2019.",
    "They met on Fri., June 7, 2018.",
    "They met on Monday 12 June 2019.",
    "They met on Friday (12 June 2019).",
    "They met on June 12, 2019, which was a Friday.",
    "They met on Saturday, June 10.",  # a Monday in 2019, a Sunday in 2018, a Wednesday in 2020
]
SILENT = [
    "They met on Tuesday and Wednesday, June 11 and 12, 2019.",
    "They met from Monday to Wednesday, June 10 to 12.",
    "On Tuesday 12 people died in June 2019.",
    "The Sunday Times wrote about May 3.",
]


@pytest.mark.parametrize("text", FITS[:-1])
def test_a_weekday_that_the_date_has_passes(text: str) -> None:
    assert outcomes(weekday, text) == ["passed"]


@pytest.mark.parametrize("text", WRONG)
def test_a_weekday_that_the_date_has_not_is_an_alarm(text: str) -> None:
    assert outcomes(weekday, text) == ["failed"]


@pytest.mark.parametrize("text", SILENT)
def test_weekdays_without_a_date_of_their_own_are_not_compared(text: str) -> None:
    assert outcomes(weekday, text) == []


def test_the_alarm_is_hard_where_no_year_fits_and_soft_where_another_year_would() -> None:
    assert [one.level for one in said(weekday, "They met on Saturday, June 10.")] == ["hard"]
    assert [one.level for one in said(weekday, FITS[-1])] == ["soft"]


def test_another_year_that_the_text_names_is_given_the_benefit_of_the_doubt() -> None:
    assert outcomes(weekday, "In 2013 the dam broke. It was Monday, June 10.") == ["passed"]
    assert outcomes(weekday, "In 2014 the dam broke. It was Tuesday, June 10.") == ["cant_tell"]


def test_without_a_year_and_a_publication_date_nothing_can_be_told() -> None:
    assert outcomes(weekday, "They met on Saturday, June 10.", None) == ["cant_tell"]


def test_the_alarm_gives_the_arithmetic_and_the_nearest_readings() -> None:
    (alarm,) = said(weekday, "They met on Tuesday, June 12, 2019.")
    assert alarm.message == "12 June 2019 is a Wednesday, not a Tuesday."
    assert alarm.nearest == "Wednesday, 12 June 2019, or Tuesday, 11 June 2019"
