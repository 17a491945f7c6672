"""Distances and directions against the gazetteer."""

from __future__ import annotations

import pytest

from sayso.case import Page
from sayso.check.distance import distance, distance_across
from tests.check.memory import Memory
from tests.check.pages import outcomes, page, said

WRONG = [
    "Leuven, 25 km west of Brussels, voted.",
    "Leuven, 125 km east of Brussels, voted.",
    "Leuven (25 km west of Brussels) voted.",
    "Leuven lies 90 miles east of Brussels.",
    "He lives in Uppsala, which is 70 kilometres south of Stockholm.",
    "Pilsen, a town 50 miles north-east of Prague, voted.",
]
FITS = [
    "Leuven, 25 km east of Brussels, voted.",
    "Leuven lies about 15 miles east of Brussels.",
    "He lives in Uppsala, which is 70 kilometres north of Stockholm.",
    "Lyon, nearly 400 km from Paris, voted.",
]
UNSURE = [
    "Hadrin, 25 km east of Brussels, voted.",  # invented
    "Leuven, 25 km west of Hadrin, voted.",
]
SILENT = [
    "Brussels voted, and 25 km west of Leuven they did not.",
    "He left Leuven and walked 25 km west of Brussels.",
    "The quake was 25 km west of Brussels.",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_distance_or_direction_that_the_places_have_not_is_an_alarm(text: str) -> None:
    assert outcomes(distance, text) == ["failed"]


@pytest.mark.parametrize("text", FITS)
def test_a_distance_by_air_or_road_passes(text: str) -> None:
    assert outcomes(distance, text) == ["passed"]


@pytest.mark.parametrize("text", UNSURE)
def test_a_place_that_no_list_has_cannot_be_told(text: str) -> None:
    assert outcomes(distance, text) == ["cant_tell"]


@pytest.mark.parametrize("text", SILENT)
def test_a_distance_that_no_place_stands_before_is_not_compared(text: str) -> None:
    assert outcomes(distance, text) == []


def test_the_nearest_reading_is_the_great_circle() -> None:
    (alarm,) = said(distance, WRONG[0])
    assert alarm.nearest.endswith("km east of Brussels")


def test_two_documents_with_opposite_directions_for_one_pair_of_names_are_an_alarm() -> None:
    one, other = told("30 kilometres north of", "a.txt"), told("130 kilometers south of", "b.txt")
    (alarm,) = distance_across(Memory([one, other]))
    assert alarm.outcome == "failed" and alarm.message.startswith("Camp Oriel from Hadrin: ")
    assert "30 km north" in alarm.message and "130 km south" in alarm.message


def test_two_documents_that_agree_pass() -> None:
    one, other = told("30 kilometres north of", "a.txt"), told("20 miles north of", "b.txt")
    assert [str(check.outcome) for check in distance_across(Memory([one, other]))] == ["passed"]


def told(words: str, name: str) -> Page:
    made = page(f"They live at Camp Oriel, {words} Hadrin, the old port.", name=name)
    made.add(list(distance(made)))
    return made
