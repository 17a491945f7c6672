"""The timeline keeps apart what is said to have happened when, and when it was said."""

from __future__ import annotations

from sayso.records import Document, TimexKind
from sayso.store import CaseFile
from sayso.views.timeline import Lane, timeline
from tests import factory as f

TEXT = "Ada Lorn said on Tuesday that the gates had opened on 3 May. They stayed open for two days."


def case(published: str = "2031-05-07T09:00") -> tuple[CaseFile, Document]:
    document = f.document(TEXT, publisher="Talpress", title="Gates", published=published)
    lorn = f.mention(document, "Ada Lorn")
    tuesday = f.when(document, "Tuesday", "2031-05-06")
    third = f.when(document, "3 May", "2031-05-03")
    long = f.when(document, "two days", kind=TimexKind.DURATION, timex="P2D")
    hop = f.hop(lorn, cue=(f.span(document, "said"),), said=tuesday.id)
    told = f.statement(document, "the gates had opened on 3 May", hop)
    return f.filed((document, [lorn, tuesday, third, long, told])), document


def test_the_day_of_the_telling_and_the_day_told_stand_in_two_lanes() -> None:
    made, _ = case()
    found = timeline(made)
    assert [(m.first, m.words) for m in found.lane(Lane.HAPPENED)] == [("2031-05-03", "3 May")]
    assert [(m.first, m.words) for m in found.lane(Lane.SAID)] == [("2031-05-06", "Tuesday"), ("2031-05-07", "")]


def test_entries_say_who_tells_them_and_are_in_order_of_time() -> None:
    made, _ = case()
    found = timeline(made).moments
    assert [m.first for m in found] == ["2031-05-03", "2031-05-06", "2031-05-07"]
    assert found[0].chain == "Talpress < Ada Lorn (said)"


def test_a_duration_is_on_no_calendar() -> None:
    made, document = case()
    assert "two days" not in [m.words for m in (*timeline(made).moments, *timeline(made, document.id).undated)]


def test_an_unresolved_date_is_listed_apart() -> None:
    document = f.document("It happened on Friday.")
    made = f.filed((document, [f.when(document, "Friday")]))
    assert [m.words for m in timeline(made).undated] == ["Friday"]


def test_a_range_is_one_entry_from_its_first_day_to_its_last() -> None:
    document = f.document("It lasted from 3 May to 9 May.")
    end = f.when(document, "9 May", "2031-05-09")
    start = f.when(document, "3 May", "2031-05-03", until=end.id)
    found = timeline(f.filed((document, [start, end]))).moments
    assert [(m.first, m.last, m.words) for m in found] == [("2031-05-03", "2031-05-09", "3 May to 9 May")]


def test_an_event_is_told_by_its_own_words() -> None:
    document = f.document("On 3 May the gates, which are old, were blown up.", published="2031-05-07")
    third = f.when(document, "3 May", "2031-05-03")
    said = f.statement(document, document.text)
    event = f.event(said, f.span(document, "blown up"), when=(third.id,))
    (moment,) = timeline(f.filed((document, [third, said, event]))).lane(Lane.HAPPENED)
    assert "blown up" in moment.told
