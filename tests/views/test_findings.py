"""Checks are shown by weight: failed first, hard before soft, with the words at both places."""

from __future__ import annotations

from sayso.records import CheckLevel, CheckOutcome
from sayso.views.findings import findings
from tests import factory as f

TEXT = "On Friday, May 3, the gates opened. They lie 30 km north of Hadrin."


def test_failed_checks_come_before_passed_ones_and_hard_before_soft() -> None:
    document = f.document(TEXT)
    day, date, far = (f.span(document, words) for words in ("Friday", "May 3", "30 km"))
    passed = f.check(day, outcome=CheckOutcome.PASSED)
    soft = f.check(far, rule="distance", level=CheckLevel.SOFT)
    hard = f.check(day, date)
    found = findings(f.filed((document, [passed, soft, hard])))
    assert [row.id for row in found.rows] == [hard.id, soft.id, passed.id]
    assert found.counts == (("distance", 1, 0, 0), ("weekday", 1, 0, 1))
    assert found.rows[0].words == ("Friday", "May 3")
