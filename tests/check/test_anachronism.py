"""Names told of a time in which they were not in use."""

from __future__ import annotations

import pytest

from sayso.check.anachronism import anachronism
from tests.check.pages import outcomes, said

WRONG = [
    "She taught in Zaire in 2005.",
    "In 2005 Zaire sent a delegation.",
    "The Soviet Union signed the treaty in 1999.",
    "The ship was built in South Sudan in 1980.",
    "In 1985 the European Union paid for it.",
]
FITS = [
    "She taught in Zaire in 1985.",
    "In 2012 South Sudan sent a delegation.",
    "The treaty was signed in Zaire in 1997.",
]
SILENT = [
    "She taught in the former Zaire in 2005.",
    "She taught in what is now South Sudan in 1980.",
    "She was born in Bangladesh in 1950.",
    "In 2005 he wrote a book about Zaire as it was.",
    "They sang for the Zaire River Boatmen in 2005.",
    "She left Zaire. In 2005 she came back.",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_name_out_of_its_time_is_a_soft_alarm(text: str) -> None:
    assert [(str(one.outcome), str(one.level)) for one in said(anachronism, text)] == [("failed", "soft")]


@pytest.mark.parametrize("text", FITS)
def test_a_name_in_its_time_passes(text: str) -> None:
    assert outcomes(anachronism, text) == ["passed"]


@pytest.mark.parametrize("text", SILENT[:3] + SILENT[4:])
def test_a_name_that_is_not_meant_as_of_then_is_not_compared(text: str) -> None:
    assert outcomes(anachronism, text) == []


@pytest.mark.xfail(strict=True, reason="a book about a name hangs on the verb of the date as its place would")
def test_a_name_that_is_only_written_about_is_not_compared() -> None:
    assert outcomes(anachronism, SILENT[3]) == []
