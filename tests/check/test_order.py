"""Orders said, against dates and against one another."""

from __future__ import annotations

import pytest

from sayso.check.order import order
from tests.check.pages import outcomes, said

WRONG = [
    "The vote on 1 May came after the debate on 9 May.",
    "The pier collapsed on 2 May after the storm of 9 May.",
    "After the storm of 9 May, the pier collapsed on 2 May.",
    "Before the sale on 2 May 2019, the ship was painted on 9 May 2019.",
    "The raid of 2 May followed the warning of 9 May.",
    "The warning of 9 May 2019 preceded the raid of 2 May 2019.",
    "The hearing on May 9, 2019 was held before the arrest on May 2, 2019.",
]
FITS = [
    "The vote on 9 May came after the debate on 1 May.",
    "After the storm of 2 May, the pier collapsed on 9 May.",
    "The raid of 9 May followed the warning of 2 May.",
]
SILENT = [
    "The minister, elected in 2010, resigned after the raid of 2008.",
    "The sale was moved to 3 May 2019 after the storm of 5 May 2019.",
    "The vote on 1 May did not come after the debate on 9 May.",
    "“The vote on 1 May came after the debate on 9 May,” he joked.",
]


@pytest.mark.parametrize("text", WRONG)
def test_an_order_that_the_dates_contradict_is_an_alarm(text: str) -> None:
    assert outcomes(order, text) == ["failed"]


@pytest.mark.parametrize("text", FITS)
def test_an_order_that_the_dates_have_passes(text: str) -> None:
    assert outcomes(order, text) == ["passed"]


@pytest.mark.parametrize("text", SILENT)
def test_dates_that_do_not_hang_on_what_is_ordered_are_not_compared(text: str) -> None:
    assert "failed" not in outcomes(order, text)


def test_an_order_that_goes_round_in_a_circle_is_an_alarm_with_every_step() -> None:
    text = "The audit preceded the sale. The sale came before the flood. The flood preceded the audit."
    (alarm,) = said(order, text)
    assert alarm.outcome == "failed" and len(alarm.spans) == 3
    assert "the audit before the sale" in alarm.message


def test_an_order_of_three_steps_is_none() -> None:
    assert (
        outcomes(order, "The audit preceded the sale. The sale came before the flood. The flood followed the audit.")
        == []
    )


@pytest.mark.xfail(strict=True, reason="the parser hangs the last phrase on the verb")
def test_a_date_behind_what_is_written_about_is_not_compared() -> None:
    assert outcomes(order, "He wrote in 2010 about life after the war of 2014.") == []
