"""What several documents tell otherwise of one happening."""

from __future__ import annotations

from typing import Any

from sayso.case import Page
from sayso.check.variants import variants
from sayso.records import (
    Check,
    Count,
    CountKind,
    Event,
    EventCluster,
    EventStatus,
    Place,
    When,
    event_id,
)
from tests import factory as f
from tests.check.memory import Memory
from tests.check.pages import page


def telling(text: str, *, dead: tuple[int, int | None] | None = None, **options: Any) -> tuple[Page, Event]:
    """A page whose event "sank" has all its times and places, and a count of dead if given; officials say so."""
    made = page(text, **options)
    officials = f.mention(made.document, "Officials", named=False)
    statement = f.statement(made.document, "the ferry sank", f.hop(officials))
    made.add([officials, statement])
    trigger = (f.span(made.document, "sank"),)
    counts = (Count(CountKind.DEAD, *dead, trigger[0]),) if dead else ()
    where = (tuple(w.id for w in made.of(When)), tuple(p.id for p in made.of(Place)), EventStatus.HAPPENED, f.WHY)
    id = event_id(statement.id, trigger)
    event = Event(id, made.document.id, statement.id, trigger, "", "", (), (), (), counts, *where)
    made.add([event])
    return made, event


def found(*tellings: tuple[Page, Event]) -> list[Check]:
    cluster = EventCluster("event_cluster-1", tuple(event.id for _, event in tellings), f.WHY)
    return list(variants(Memory([made for made, _ in tellings], [cluster])))


def test_days_that_exclude_each_other_are_listed_with_who_says_them() -> None:
    one = telling("Officials said the ferry sank on 3 May 2019.", name="a.txt", publisher="Lunn Harbour Mail")
    other = telling("Officials said the ferry sank on 5 May 2019.", name="b.txt", publisher="Vell Courier")
    (check,) = found(one, other)
    assert (check.outcome, check.level) == ("failed", "info")
    assert "3 May 2019 (Lunn Harbour Mail, from Officials)" in check.message
    assert "5 May 2019 (Vell Courier, from Officials)" in check.message


def test_days_that_overlap_pass() -> None:
    one = telling("Officials said the ferry sank on 3 May 2019.", name="a.txt")
    other = telling("Officials said the ferry sank in May 2019.", name="b.txt")
    assert [str(check.outcome) for check in found(one, other)] == ["passed"]


def test_places_far_apart_and_counts_that_do_not_fit_are_variants() -> None:
    one = telling("Officials said the ferry sank off Porto.", dead=(3, 3), name="a.txt")
    other = telling("Officials said the ferry sank off Gdansk.", dead=(5, None), name="b.txt")
    assert [str(check.outcome) for check in found(one, other)] == ["failed", "failed"]


def test_a_count_with_an_open_end_holds_a_larger_one() -> None:
    one = telling("Officials said the ferry sank.", dead=(3, None), name="a.txt")
    other = telling("Officials said the ferry sank.", dead=(5, 5), name="b.txt")
    assert [str(check.outcome) for check in found(one, other)] == ["passed"]


def test_what_one_document_alone_tells_is_no_variant() -> None:
    one = telling("Officials said the ferry sank on 3 May 2019.", name="a.txt")
    other = telling("Officials said the ferry sank.", name="b.txt")
    assert found(one, other) == []
