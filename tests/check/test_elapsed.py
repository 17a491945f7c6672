"""Lengths of time beside the two dates that they lie between."""

from __future__ import annotations

import pytest

from sayso.check.elapsed import elapsed
from tests.check.pages import outcomes

WRONG = [
    "In 2009, four years after the 1997 raid, the dam broke.",
    "The dam broke in 2009, four years after the 1997 raid.",
    "Founded in 1997, the firm was sold four years later, in 2009.",
    "The dam broke in 1997. It was mended three decades later, in 2009.",
    "She left four years ago, in 2009.",
    "The town marks the 15th anniversary of the 1997 flood.",
    "The dam broke nine years before the quake of 2009, in 1997.",
    "On 9 May, three weeks before the storm of 12 May, the beach was shut.",
    "Two years after its 1997 founding, in 2009, the firm moved.",
    "The firm was founded in 1990 and celebrates its 40th anniversary this year.",
    "The bridge fell on 9 May 2019, two weeks after the storm of 6 May 2019.",
]
FITS = [
    "In 2009, twelve years after the 1997 raid, the dam broke.",
    "In 2009, about a decade after the 1997 raid, the dam broke.",
    "Founded in 1997, the firm was sold twelve years later, in 2009.",
    "She left ten years ago, in 2009.",
    "The town marks the 22nd anniversary of the 1997 flood.",
    "The bridge fell on 9 May 2019, three days after the storm of 6 May 2019.",
    "The dam broke in 1997. It was mended 10 years later, in 2009.",  # round
]
SILENT = [
    "Four years after the raid, the dam broke in 2009.",
    "Four years after he left, and a year after the 1997 raid, the dam broke.",
    "The dam broke four years after the war, and in 2009 it was mended.",
    "Four years later the dam broke.",
    "They will not meet until June 14, two weeks before the current deadline.",
    "They recalled the 40th anniversary of the flood, as they did yesterday.",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_length_that_the_dates_have_not_is_an_alarm(text: str) -> None:
    assert outcomes(elapsed, text) == ["failed"]


@pytest.mark.parametrize("text", FITS)
def test_a_length_that_the_dates_have_about_passes(text: str) -> None:
    assert outcomes(elapsed, text) == ["passed"]


@pytest.mark.parametrize("text", SILENT)
def test_a_length_without_both_its_dates_is_not_compared(text: str) -> None:
    assert outcomes(elapsed, text) == []


def test_without_a_publication_date_anniversaries_and_years_ago_are_not_compared() -> None:
    assert outcomes(elapsed, "She left four years ago, in 2009.", None) == []
    assert outcomes(elapsed, "The town marks the 15th anniversary of the 1997 flood.", None) == []
