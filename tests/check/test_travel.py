"""Journeys that nobody can make."""

from __future__ import annotations

import pytest

from sayso.case import Page
from sayso.check.travel import travel, travel_across
from tests.check.memory import Memory
from tests.check.pages import outcomes, page

WRONG = [
    "Nela Whitlow met farmers in Oslo at 10 a.m. on 5 June 2019 and dined in Cape Town at 2 p.m. on the same day.",
    "At 9 a.m. on 5 June 2019, Nela Whitlow met farmers in Paris. At 3 p.m. on 5 June 2019, Whitlow sang in Tokyo.",
    "Nela Whitlow spoke in Paris at 9 a.m. on 5 June 2019. She sang in Tokyo at 3 p.m. on 5 June 2019.",
]
FITS = [
    "Nela Whitlow spoke in Paris at 9 a.m. on 5 June 2019. She sang in Lyon at 3 p.m. on 5 June 2019.",
    "Nela Whitlow spoke in Paris at 9 a.m. on 5 June 2019. She sang in Tokyo at 3 p.m. on 6 June 2019.",
]
SILENT = [
    "Nela Whitlow spoke in Paris at 9 a.m. on 5 June 2019. Karl Wendle sang in Tokyo at 3 p.m. on 5 June 2019.",
    "Nela Whitlow spoke in Paris on 5 June 2019. She sang in Tokyo on 5 June 2019.",
]


@pytest.mark.parametrize("text", WRONG)
def test_two_places_with_too_little_time_between_are_an_alarm(text: str) -> None:
    assert "failed" in outcomes(travel, text)


@pytest.mark.parametrize("text", FITS)
def test_a_journey_that_can_be_made_passes(text: str) -> None:
    assert set(outcomes(travel, text)) == {"cant_tell", "passed"}


@pytest.mark.parametrize("text", SILENT)
def test_two_persons_or_days_without_hours_are_not_compared(text: str) -> None:
    assert not {"passed", "failed"} & set(outcomes(travel, text))


def test_stops_of_one_name_in_two_documents_are_compared() -> None:
    one, other = stop("Paris at 9 a.m.", "a.txt"), stop("Tokyo at 3 p.m.", "b.txt")
    assert [str(check.outcome) for check in travel_across(Memory([one, other]))] == ["failed"]
    near = stop("Lyon at 3 p.m.", "c.txt")
    assert [str(check.outcome) for check in travel_across(Memory([one, near]))] == ["passed"]


def stop(words: str, name: str) -> Page:
    made = page(f"Nela Whitlow met farmers in {words} on 5 June 2019.", name=name)
    made.add(list(travel(made)))
    return made
