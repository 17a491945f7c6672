"""A statement gets the time that its words of saying carry, and no other."""

from __future__ import annotations

import pytest

from sayso.records import Statement, When
from tests import factory as f

CASES = [
    ("The ministry said on Tuesday that the camp had closed.", "Tuesday"),
    ("Ada Lorn told reporters last week that the gates were old.", "last week"),
    ("The paper reported on 3 May that the gates had failed.", "3 May"),
    ("On Sunday, the army said it would leave the town.", "Sunday"),
    ("On Monday the group claimed responsibility for the attack.", "Monday"),
    ("Officials said the camp closed on Monday.", None),
    ("The minister said that the camp, closed in 2019, would open again.", None),
    ("The camp closed on Monday.", None),
]


@pytest.mark.parametrize(("text", "words"), CASES)
def test_a_statement_gets_the_time_of_its_saying(text: str, words: str | None) -> None:
    case = f.case(text, published="2031-05-21")
    said = {hop.said for statement in case.of(Statement) for hop in statement.chain if hop.said}
    assert [case.quote(when.span) for when in case.of(When) if when.id in said] == ([words] if words else [])
