"""Tenses against the publication on 12 June 2019."""

from __future__ import annotations

import pytest

from sayso.check.tense import tense
from tests.check.pages import outcomes, said

WRONG = [
    "The council will vote on the plan on 3 May 2019.",
    "The museum will reopen on March 4, 2018.",
    "The hall is going to be sold on 3 May 2019.",
    "On 3 May 2019 the museum will reopen.",
    "The mayor said on 7 August 2019 that it was late.",
    "“It is late,” the mayor said on August 7, 2019.",
    "The firm told its workers on 7 August 2019 that it would close.",
]
FITS = [
    "The council will vote on 3 July 2019.",
    "The mayor said on 7 June 2019 that it was late.",
]
SILENT = [
    "The director had said: “It will open on 1 May 2018.”",
    "The board will discuss the raid on 3 May 2019.",
    "The film will be about the strike of 2004.",
    "He said it would open on 7 August 2019.",
    "They agreed on 7 August 2019 as the day.",
    "The council will not vote on 3 May 2019.",
    "The mayor said on Friday that it was late.",
    "Output will rise less than forecast in July 2018.",
]


@pytest.mark.parametrize("text", WRONG)
def test_what_will_happen_on_a_past_day_or_was_said_on_a_coming_one_is_an_alarm(text: str) -> None:
    assert outcomes(tense, text) == ["failed"]


@pytest.mark.parametrize("text", FITS)
def test_a_tense_that_fits_the_publication_passes(text: str) -> None:
    assert outcomes(tense, text) == ["passed"]


@pytest.mark.parametrize("text", SILENT)
def test_dates_that_belong_to_another_verb_noun_or_speaker_are_not_compared(text: str) -> None:
    assert "failed" not in outcomes(tense, text)


def test_an_alarm_is_hard_for_a_day_and_soft_for_a_year() -> None:
    assert [one.level for one in said(tense, WRONG[0])] == ["hard"]
    assert [one.level for one in said(tense, "The museum will reopen in 2018.")] == ["soft"]


def test_without_a_publication_date_nothing_can_be_told() -> None:
    assert outcomes(tense, WRONG[0], None) == ["cant_tell"]
