"""Ages in one text, published on 12 June 2019, and in several."""

from __future__ import annotations

import pytest

from sayso.case import Page
from sayso.check.ages import ages, ages_across
from sayso.records import Check
from tests.check.memory import Memory
from tests.check.pages import outcomes, page

WRONG = [
    "Ida Brannock, 48, who was born in 1958, leads the guild.",
    "Born in 1958, Ida Brannock, 48, leads the guild.",
    "Ida Brannock (48), born on 3 May 1958, leads the guild.",
    "Ida Brannock was born in 1958 and died in 2003 aged 55.",
    "Ida Brannock (1958-2003), who died at the age of 55, led the guild.",
    "The oldest, Ida Brannock, born 3 May 1958, is 48 and lives here.",
    "The 48-year-old pilot, born in 1958, leads the guild.",
    "Ida Brannock, who was born in 1958, joined in 1988 at the age of 20.",
]
FITS = [
    "Ida Brannock, 61, who was born in 1958, leads the guild.",
    "Ida Brannock, 60, born in Ghent in 1958, leads the guild.",
    "Ida Brannock (1958-2003), who died at the age of 44, led the guild.",
]
UNSURE = [
    "Ida Brannock, 48, leads the guild.",
    "Ida Brannock, 48, and Karl Wendle, 61, who was born in 1958, lead the guild.",
]


@pytest.mark.parametrize("text", WRONG)
def test_an_age_that_the_birth_date_excludes_is_an_alarm(text: str) -> None:
    assert "failed" in outcomes(ages, text)


@pytest.mark.parametrize("text", FITS)
def test_an_age_within_a_year_passes(text: str) -> None:
    assert outcomes(ages, text) == ["passed"]


@pytest.mark.parametrize("text", UNSURE)
def test_an_age_without_a_birth_date_of_its_own_cannot_be_told(text: str) -> None:
    assert set(outcomes(ages, text)) == {"cant_tell"}


def test_two_ages_of_one_person_in_a_text_are_an_alarm() -> None:
    assert "failed" in outcomes(ages, "Ida Brannock, 48, spoke. “Never,” said Brannock, 53, who left.")


def test_a_father_and_his_son_are_two_persons() -> None:
    text = "Karl Wendle, 54, runs the shop. His father, Karl Wendle senior, 80, helps. So does Anna Wendle, 20."
    assert "failed" not in outcomes(ages, text)


@pytest.mark.parametrize(
    "text", ["They beat Halden, 21, 22.", "In May, 45, they said.", "It is in New York, 20, they said."]
)
def test_numbers_behind_what_is_no_person_are_no_ages(text: str) -> None:
    assert "failed" not in outcomes(ages, text)


def test_two_ages_of_one_name_in_two_documents_are_an_alarm_unless_the_years_between_explain_it() -> None:
    one, other = aged("48", "2019-06-12", "a.txt"), aged("58", "2019-06-13", "b.txt")
    assert [str(check.outcome) for check in ages_across(Memory([one, other]))] == ["failed"]
    later = aged("58", "2029-06-13", "c.txt")
    assert [str(check.outcome) for check in ages_across(Memory([one, later]))] == ["passed"]


def aged(age: str, published: str, name: str) -> Page:
    made = page(f"Ida Brannock, {age}, leads the guild.", published, name=name)
    made.add(list(ages(made)))
    assert list(made.of(Check))
    return made
