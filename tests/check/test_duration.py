"""Lengths beside ranges of dates."""

from __future__ import annotations

import pytest

from sayso.check.duration import duration
from tests.check.pages import outcomes, said

WRONG = [
    "The three-day siege from 4 to 9 May ended.",
    "The siege lasted three weeks, from 4 to 9 May.",
    "The nine-year lease (1997-2001) was not renewed.",
    "From 4 to 9 May the pilots were out for eleven days.",
    "He was mayor between 1997 and 2001, nine years in all.",
    "The mine was under water for nine years, from 1997 to 2001.",
    "A 14-day trial that ran from April 10 to April 14 ended.",
]
FITS = [
    "The six-day siege from 4 to 9 May ended.",
    "The five-day siege from 4 to 9 May ended.",
    "The four-year lease (1997-2001) was not renewed.",
    "The mine was under water for five years, from 1997 to 2001.",
    "The nearly six-year war (1939-1945) was over.",
    "The three-week siege from 1 May to 22 May ended.",
]
SILENT = [
    "She spent four months at the camp between 2015 and 2017.",
    "Three days before the siege from 4 to 9 May they left.",
    "It rained for two days in the siege, which, from 4 to 9 May, took all they had.",
    "A three-day siege ended.",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_length_that_the_range_has_not_is_an_alarm(text: str) -> None:
    assert outcomes(duration, text) == ["failed"]


@pytest.mark.parametrize("text", FITS)
def test_a_length_with_both_ends_counted_or_neither_passes(text: str) -> None:
    assert outcomes(duration, text) == ["passed"]


@pytest.mark.parametrize("text", SILENT)
def test_a_length_that_is_not_said_of_the_range_is_not_compared(text: str) -> None:
    assert "failed" not in outcomes(duration, text)


def test_the_alarm_gives_the_arithmetic() -> None:
    (alarm,) = said(duration, WRONG[0])
    assert alarm.message == "3 days are said, 4 May 2019 to 9 May 2019 are 5 to 6 days."
