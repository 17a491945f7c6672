"""Towns in countries, and borders."""

from __future__ import annotations

import pytest

from sayso.check.containment import containment
from tests.check.pages import outcomes, said

WRONG = [
    "He lives in Lyon, Germany.",
    "A bakery in Gothenburg, Finland, has won.",
    "He lives in Antwerp, in France.",
    "He lives in Kyoto (China).",
    "He lives in Kyoto in China.",
    "They met in Vienna, the capital of Hungary.",
    "He lives in the Polish city of Leipzig.",
    "They guard Portugal’s border with France.",
    "They met at the border between Austria and Poland.",
    "Portugal, which borders France, voted.",
]
FITS = [
    "He lives in Lyon, France.",
    "He lives in Toledo, Spain.",
    "He lives in the German city of Leipzig.",
    "They guard Portugal’s border with Spain.",
    "They met at the border between Austria and Hungary.",
]
UNSURE = [
    "He lives in Moscow, Canada.",  # a country of namesakes
]
SILENT = [
    "They beat Lyon in Germany.",
    "They flew to Lyon, Germany and Denmark.",
    "After the talks in Lyon, Germany sent help.",
    "They have played Lyon, Germany, Italy and Spain.",
    "They share a maritime border: Italy’s border with Spain is at sea.",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_town_or_border_that_is_elsewhere_is_an_alarm(text: str) -> None:
    assert outcomes(containment, text) == ["failed"]


@pytest.mark.parametrize("text", FITS)
def test_a_town_or_border_that_the_gazetteer_has_passes(text: str) -> None:
    assert outcomes(containment, text) == ["passed"]


@pytest.mark.parametrize("text", UNSURE)
def test_a_country_of_namesakes_cannot_be_told(text: str) -> None:
    assert outcomes(containment, text) == ["cant_tell"]


@pytest.mark.parametrize("text", SILENT)
def test_lists_and_neighbours_in_a_sentence_are_not_compared(text: str) -> None:
    assert outcomes(containment, text) == []


def test_towns_are_hard_and_borders_soft() -> None:
    assert [one.level for one in said(containment, WRONG[0])] == ["hard"]
    assert [one.level for one in said(containment, WRONG[-1])] == ["soft"]
