"""Events told as done, against the publication on 12 June 2019."""

from __future__ import annotations

import pytest

from sayso.check.publication import publication
from sayso.records import Event, EventStatus, Statement, When
from tests import factory as f
from tests.check.pages import outcomes, page

WRONG = [
    "A grain ship sank off the coast on 20 June 2019.",
    "The pier was closed on June 20, 2019.",
    "The bridge has been shut since the storm, and it collapsed on 1 July 2019.",
    "Two warehouses burned down on June 20, 2019.",
]
SILENT = [
    "The sale was set for 20 June 2019.",
    "The vote was moved to 20 June 2019.",
    "The ship did not sink on 20 June 2019.",
    "The ship would have sailed on 20 June 2019.",
    "He was sentenced until 20 June 2024.",
    "The lease ran to 20 June 2020.",
    "The council decided on 20 June 2019 as the day.",
]


@pytest.mark.parametrize("text", WRONG)
def test_what_is_told_as_done_after_publication_is_an_alarm(text: str) -> None:
    assert outcomes(publication, text) == ["failed"]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_planned_negated_or_looks_ahead_is_none(text: str) -> None:
    assert "failed" not in outcomes(publication, text)


def test_a_day_before_publication_passes_and_without_publication_nothing_can_be_told() -> None:
    assert outcomes(publication, "A ship sank on 10 June 2019.") == ["passed"]
    assert outcomes(publication, WRONG[0], None) == ["cant_tell"]


def test_an_event_whose_status_is_planned_is_no_alarm() -> None:
    made = page(WRONG[0])
    trigger = (f.span(made.document, "sank"),)
    whens = tuple(when.id for when in made.of(When))
    made.add(
        [Event("event-1", made.document.id, "", trigger, "", "", (), (), (), (), whens, (), EventStatus.PLANNED, f.WHY)]
    )
    assert list(publication(made)) == []
    assert not list(made.of(Statement))
