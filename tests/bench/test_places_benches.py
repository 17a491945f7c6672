"""Benches of relative places and timelines: scoring, names of a target, the order of days."""

from __future__ import annotations

from bench.relative import score
from bench.timelines import aliases, ordered, written
from sayso.records import TimexKind, When
from tests import factory


def test_a_relative_place_is_right_within_five_kilometres_or_fifteen_per_cent() -> None:
    gold = {"start": 0, "end": 10, "lat": 10.0, "lon": 10.0, "km": 100.0}
    near, far = {"lat": 10.1, "radius_km": 20.0}, {"lat": 10.2, "radius_km": 20.0}
    made = {"start": 4, "end": 12, "lon": 10.0}
    rows = [{"id": "a", "places": [gold]}, {"id": "b", "places": [gold]}, {"id": "c", "places": []}]
    figures = score(rows, {"a": [made | near], "b": [made | far], "c": [made | far]})
    assert figures == {"parsed": 1.0, "right": 0.5, "covered": 0.5, "false": 0.3333}


def test_a_target_goes_by_its_last_name_its_number_or_its_initials() -> None:
    assert aliases("Ada Kessel") == {"ada kessel", "kessel"}
    assert "k90" in aliases("Lunn K90 Glider")
    assert {"nhb", "norvanian harbour"} <= aliases("Norvanian Harbour Board")


def test_a_month_stands_before_its_days_and_equal_days_share_an_order() -> None:
    events = [{"doc": "1", "sent": n, "word": "sank"} for n in range(4)]
    days = ["2007-02-28", "2007-02-XX", "2007-02-28", "2006-XX-XX"]
    line = ordered(list(zip(days, events, strict=True)))
    assert [(one["order"], one["date"], len(one["events"])) for one in line] == [
        (1, "2006-XX-XX", 1),
        (2, "2007-02-XX", 1),
        (3, "2007-02-28", 2),
    ]


def test_an_interval_is_written_at_its_own_grain() -> None:
    def when(first: str, last: str) -> str:
        span = factory.span(factory.document("in May"), "in May")
        return written(When("w", span, TimexKind.DATE, "", first, last, "published", None, factory.WHY))

    assert when("2007-02-28", "2007-02-28") == "2007-02-28"
    assert when("2007-02-01", "2007-02-28") == "2007-02-XX"
    assert when("2007-01-01", "2007-12-31") == "2007-XX-XX"
