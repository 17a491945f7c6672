"""PLOVER JSON lines: one coded event a record, with what the scheme requires, that reads back as it was."""

from __future__ import annotations

import json

import pytest

from sayso.errors import UsageError
from sayso.export.plover import lines, load
from sayso.records import Count, CountKind, Event, EventStatus, Span, event_id
from sayso.store import CaseFile
from tests import factory as f

TEXT = "The army said that Norwegian troops had killed two rebels in Lunn."


@pytest.fixture
def case() -> CaseFile:
    document = f.document(TEXT, publisher="Talpress", published="2024-05-03")
    army, troops, rebels = (f.mention(document, w, named=False) for w in ("The army", "Norwegian troops", "two rebels"))
    said = f.statement(document, TEXT[19:-1], f.hop(army, cue=(f.span(document, "said"),)))
    trigger = (f.span(document, "killed"),)
    counted = (Count(CountKind.DEAD, 2, 2, f.span(document, "two")),)
    sides = ((troops.id,), (rebels.id,))
    coded, unsure = (
        Event(
            event_id(said.id, (span,)),
            document.id,
            said.id,
            (span,),
            code,
            "firearms" if code else "",
            (),
            *sides,
            counted,
            (),
            (),
            EventStatus.HAPPENED,
            f.WHY,
        )
        for span, code in ((trigger[0], "ASSAULT"), (Span(document.id, 0, 3), ""))
    )
    return f.filed((document, [army, troops, rebels, said, coded, unsure]))


def test_only_coded_events_are_written_one_a_line(case: CaseFile) -> None:
    assert len(list(lines(case))) == 1


def test_a_record_has_what_plover_requires_and_reads_back(case: CaseFile) -> None:
    line = next(lines(case))
    read = load(line)
    assert json.dumps(read) + "\n" == line
    assert (read["date"], read["event"], read["mode"]) == ("2024-05-03", ["ASSAULT"], ["firearms"])
    assert (read["quad_code"], read["event_scale"], read["size"]) == (4, -9.0, {"dead": 2})
    assert [(a["code"], a["sector"], a["entity_text"]) for a in read["actor"]] == [("NOR", "MIL", "Norwegian troops")]
    assert [r["sector"] for r in read["recipient"]] == ["REB"]


def test_who_says_so_stands_in_the_comment(case: CaseFile) -> None:
    assert load(next(lines(case)))["comment"] == "happened; date: published; said by: The army (said)"


def test_without_text_the_words_of_the_statement_are_left_out(case: CaseFile) -> None:
    assert "text" in load(next(lines(case))) and "text" not in load(next(lines(case, text=False)))


@pytest.mark.parametrize("line", ["{}", "[]", "nonsense", '{"id": "x", "date": null, "actor": [], "event": ["BIRD"]}'])
def test_a_line_of_something_else_is_refused(line: str) -> None:
    with pytest.raises(UsageError):
        load(line)
