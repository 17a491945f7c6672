"""Events of several texts are one happening by what they tell, never over a clash, and each join says why."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from sayso.judgements import Reviewed, judge
from sayso.link.events import events
from sayso.link.events.cluster import clusters
from sayso.link.events.facts import Facts, apart
from sayso.linking import relate
from sayso.records import Document, Event, EventCluster, EventStatus
from sayso.store import CaseFile
from tests import factory as f

GATES = "Engineers in Lunn opened the gates of the Vell dam on Tuesday, flooding 212 homes in the Netmakers quarter."
OPENED = (
    "The gates of the Vell dam above Lunn were opened on Tuesday and 212 homes in the Netmakers quarter were flooded."
)
POLL = "Voters in Karsund go to the poll in April, the electoral office of Osmark said."


def telling(text: str, *triggers: str, published: str = "2026-03-04", **fields: Any) -> tuple[Document, list[Any]]:
    one = f.document(text, name=f"{text[:25]}.txt", published=published)
    held = f.statement(one, text)
    return one, [held, *(f.event(held, f.span(one, words), **{"code": "", **fields}) for words in triggers)]


def related(*pairs: tuple[Document, list[Any]]) -> CaseFile:
    case = f.filed(*pairs)
    relate(case, [events], checks=[])
    return case


def joined(case: CaseFile) -> list[list[str]]:
    found = [[case.quote(case.get(id).trigger[0]) for id in one.events] for one in case.of(EventCluster)]
    return sorted(sorted(one) for one in found)


def test_two_reports_of_one_event_are_one_cluster_and_say_why() -> None:
    case = related(telling(GATES, "opened", "flooding"), telling(OPENED, "opened", "flooded"), telling(POLL, "poll"))
    assert joined(case) == [["flooded", "flooding"], ["opened", "opened"]]
    (one, _) = case.of(EventCluster)
    assert one.why.rule == "events" and one.why.note.startswith("2 reports: ") and len(one.why.spans) == 2


def test_a_plan_and_the_deed_two_types_and_other_weeks_are_never_one() -> None:
    plain = telling(GATES, "opened")
    assert joined(related(plain, telling(OPENED, "opened"))) != []
    assert joined(related(plain, telling(OPENED, "opened", status=EventStatus.PLANNED))) == []
    coded = telling(GATES, "opened", code="ASSAULT")
    assert joined(related(coded, telling(OPENED, "opened", code="AID"))) == []
    assert joined(related(plain, telling(OPENED, "opened", published="2027-03-04"))) == []


@pytest.mark.parametrize(
    ("one", "other", "never"),
    [
        (Facts("", False, ((10, 10),), ()), Facts("", False, ((14, 14),), ()), False),
        (Facts("", False, ((10, 10),), ()), Facts("", False, ((40, 41),), ()), True),
        (Facts("", False, (), ((50.0, 10.0, 5.0),)), Facts("", False, (), ((50.5, 10.0, 5.0),)), False),
        (Facts("", False, (), ((50.0, 10.0, 5.0),)), Facts("", False, (), ((60.0, 10.0, 5.0),)), True),
        (Facts("AID", False, (), ()), Facts("", False, (), ()), False),
    ],
)
def test_small_differences_stay_side_by_side_and_large_ones_keep_apart(one: Facts, other: Facts, never: bool) -> None:
    assert apart(one, other) == apart(other, one) == never


def test_groups_are_joined_by_the_mean_of_all_pairs_and_never_over_what_is_apart() -> None:
    chain = [(0.9, "a", "b"), (0.5, "b", "c")]
    assert clusters(chain, 0.4, lambda one, other: False) == [("a", "b")]
    assert clusters([*chain, (0.4, "a", "c")], 0.4, lambda one, other: False) == [("a", "b", "c")]
    assert clusters([(0.9, "a", "b")], 0.4, lambda one, other: True) == []


def test_documents_in_any_order_give_what_a_run_from_nothing_gives() -> None:
    pairs = [telling(GATES, "opened", "flooding"), telling(OPENED, "opened", "flooded"), telling(POLL, "poll")]
    expected = list(related(*pairs).of(EventCluster))
    assert expected
    for order in permutations(pairs):
        grown = f.filed()
        for one, records in order:
            f.file(grown, one, records)
            relate(grown, [events], checks=[])
        assert list(grown.of(EventCluster)) == expected


def test_what_is_left_when_an_event_is_gone_is_withdrawn() -> None:
    first, second = telling(GATES, "opened"), telling(OPENED, "opened")
    case = related(first, second)
    f.file(case, first[0], first[1][:1], version="2")
    relate(case, [events], checks=[])
    assert list(case.of(EventCluster)) == []


def test_a_join_that_a_person_undid_stays_undone_when_all_is_linked_again() -> None:
    first, second = telling(GATES, "opened"), telling(OPENED, "opened")
    case = related(first, second)
    (one, other) = (event.id for _, records in (first, second) for event in records if isinstance(event, Event))
    judge(case, one, "edit", change={"different": other})
    assert all(len(cluster.events) == 1 for cluster in Reviewed(case).of(EventCluster))
    third = telling(POLL, "poll")
    f.file(case, *third)
    case.rows("UPDATE linker SET version = 'older'")
    relate(case, [events], checks=[])
    assert len(list(case.of(EventCluster))) == 1
    assert all(len(cluster.events) == 1 for cluster in Reviewed(case).of(EventCluster))
