"""Events: one line a telling with who says so, and the tellings of one happening together."""

from __future__ import annotations

from sayso.records import Count, CountKind, Event, EventCluster, EventStatus
from sayso.store import CaseFile
from sayso.views.events import occurrences
from tests import factory as f

TEXT = "The army killed two rebels in Lunn on 3 March 2031, {} said."


def told(name: str, by: str, code: str = "ASSAULT") -> tuple[object, list[object], Event]:
    one = f.document(TEXT.format(by), name=name, publisher="Talpress", published="2031-03-05")
    who, army, rebels = (
        f.mention(one, by),
        f.mention(one, "The army", named=False),
        f.mention(one, "rebels", named=False),
    )
    day, lunn = f.when(one, "3 March 2031", "2031-03-03"), f.place(one, "Lunn", 1.0, 2.0)
    said = f.statement(one, "The army killed two rebels in Lunn on 3 March 2031", f.hop(who))
    count = Count(CountKind.DEAD, 2, 2, f.span(one, "two"))
    event = f.event(said, f.span(one, "killed"), code, actors=(army.id,), recipients=(rebels.id,), counts=(count,),
                    when=(day.id,), where=(lunn.id,), status=EventStatus.HAPPENED)  # fmt: skip
    return one, [who, army, rebels, day, lunn, said, event], event


def case(*tellings: tuple[object, list[object], Event]) -> CaseFile:
    return f.filed(*((one, records) for one, records, _ in tellings))  # type: ignore[misc]


def test_an_event_is_told_in_one_line_with_who_says_so() -> None:
    (found,) = occurrences(case(told("a", "Ada Lorn")))
    (row,) = found.tellings
    assert row.told == "ASSAULT by The army on rebels; 2 dead; 3 March 2031; Lunn"
    assert (row.words, row.chain) == ("killed", "Talpress < Ada Lorn (said)")


def test_an_event_without_a_code_is_shown_only_when_asked_for() -> None:
    made = case(told("a", "Ada Lorn", ""))
    assert occurrences(made) == []
    assert [one.tellings[0].code for one in occurrences(made, every=True)] == [""]


def test_tellings_of_one_happening_stand_together_and_count_once() -> None:
    tellings = [told("a", "Ada Lorn"), told("b", "Elena Ruiz"), told("c", "Sela Dunn")]
    made = case(*tellings)
    both = EventCluster("event_cluster-1", tuple(event.id for *_, event in tellings[:2]), f.WHY)

    class Clustered:
        """The case with a cluster of two of its events."""

        def of(self, kind: type, doc: str | None = None) -> object:
            return iter([both]) if kind is EventCluster else made.of(kind, doc)

    found = occurrences(Clustered())  # type: ignore[arg-type]
    assert [(len(one.tellings), one.documents) for one in found] == [(2, 2), (1, 1)]
