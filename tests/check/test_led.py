"""What is said to have led to what, against the dates of both."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.check.led import led
from sayso.records import CausalKind, Check, Why
from tests import factory as f
from tests.check.pages import page


def checked(text: str, cause: str, effect: str, **fields: Any) -> list[Check]:
    """What is said of a text in which the one is said to have led to the other."""
    made = page(text)
    said = f.statement(made.document, text)
    made.add([said, f.causal_link(said, *(f.span(made.document, words) for words in (cause, effect)), **fields)])
    return list(led(made))


LATER = "The strike of 9 May led to the raid of 2 May.", "The strike of 9 May", "the raid of 2 May"


def test_an_effect_dated_before_its_cause_is_an_alarm_about_the_link() -> None:
    (alarm,) = checked(*LATER)
    assert alarm.outcome == "failed" and alarm.level == "soft"
    assert "2 May 2019 is said to have come of what is dated 9 May 2019" in alarm.message
    assert alarm.about[0].startswith("causal_link-")


def test_an_effect_dated_after_its_cause_passes() -> None:
    found = checked("The raid of 2 May led to the strike of 9 May.", "The raid of 2 May", "the strike of 9 May")
    assert [one.outcome for one in found] == ["passed"]


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": CausalKind.MOTIVATES},
        {"negated": True},
        {"hypothetical": True},
        {"why": Why("tests", score=0.4)},
    ],
)
def test_purposes_and_what_is_denied_left_open_or_unsure_are_not_compared(fields: dict[str, Any]) -> None:
    assert checked(*LATER, **fields) == []


def test_a_side_without_a_date_or_with_two_is_not_compared() -> None:
    assert checked("The strike led to the raid of 2 May.", "The strike", "the raid of 2 May") == []
    text = "The strikes of 8 May and 9 May led to the raid of 2 May."
    assert checked(text, "The strikes of 8 May and 9 May", "the raid of 2 May") == []
