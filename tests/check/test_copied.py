"""Words for a day that a copy took along."""

from __future__ import annotations

import pytest

from sayso.check.copied import copied
from sayso.records import Check, Passage, ReuseDirection, ReuseKind, ReuseLink, Span
from tests import factory as f
from tests.check.memory import Memory
from tests.check.pages import page

TEXT = "The bridge was closed yesterday after a barge had hit it."


def checked(copy: str, published: str, origin: str = TEXT) -> list[Check]:
    """What is said of `origin`, published on 12 June 2019, and its copy."""
    left, right = page(copy, published, name="b.txt"), page(origin, "2019-06-12", name="a.txt")
    spans = [Span(one.document.id, 0, len(one.document.text)) for one in (left, right)]
    passages = (Passage(spans[0], spans[1], False),)
    ends, direction = (left.document.id, right.document.id), ReuseDirection.LEFT_FROM_RIGHT
    link = ReuseLink("reuse-1", *ends, ReuseKind.COPY, direction, False, passages, f.WHY)
    return list(copied(Memory([left, right], [link])))


def test_yesterday_copied_three_days_later_is_an_alarm_with_the_day_that_was_meant() -> None:
    (check,) = checked(TEXT, "2019-06-15")
    assert (check.outcome, check.level, check.nearest) == ("failed", "soft", "11 June 2019")
    assert check.message == "“yesterday” is 14 June 2019 in the one, 11 June 2019 in the other."


def test_yesterday_copied_on_the_same_day_passes() -> None:
    assert [str(check.outcome) for check in checked(TEXT, "2019-06-12")] == ["passed"]


def test_a_weekday_copied_within_the_week_passes_and_a_week_later_does_not() -> None:
    text = "The bridge was closed on Tuesday after a barge had hit it."
    assert [str(check.outcome) for check in checked(text, "2019-06-14", text)] == ["passed"]
    assert [str(check.outcome) for check in checked(text, "2019-06-20", text)] == ["failed"]


@pytest.mark.parametrize("copy", ["The bridge was closed on 11 June after a barge had hit it.", "It was closed."])
def test_a_copy_that_put_the_day_otherwise_is_not_compared(copy: str) -> None:
    assert checked(copy, "2019-06-15") == []


def test_a_date_with_its_year_does_not_move() -> None:
    text = "The bridge was closed on 11 June 2019 after a barge had hit it."
    assert checked(text, "2019-08-15", text) == []
