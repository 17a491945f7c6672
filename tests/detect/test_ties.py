"""Ties: who is said to be what to whom, in which statement, and what is no tie."""

from __future__ import annotations

import pytest

from sayso.case import Page
from sayso.detect import DETECTORS
from sayso.detect.events.states import state_of
from sayso.records import EventStatus, Mention, RelationKind, Statement, Tie, When
from tests import factory as f

FRONT = "Harrow Front"


def read(text: str) -> Page:
    page = f.page(text, published="2031-03-05")
    for detector in DETECTORS:
        page.add(list(detector(page)))
    return page


def ties(page: Page) -> list[tuple[str, str, str, str]]:
    names = {mention.id: mention.name for mention in page.of(Mention)}
    return [(names[t.subject], str(t.kind), names[t.object], str(t.status)) for t in page.of(Tie)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norvania funds the Harrow Front.", ("Norvania", "funds", FRONT, "happened")),
        ("The Harrow Front is funded by Norvania.", ("Norvania", "funds", FRONT, "happened")),
        ("Norvania supplied the Harrow Front with rifles.", ("Norvania", "arms", FRONT, "happened")),
        ("Mara Voss, leader of the Harrow Front, was seen in Dell.", ("Mara Voss", "leads", FRONT, "happened")),
        ("Harrow Front leader Mara Voss was seen in Dell.", ("Mara Voss", "leads", FRONT, "happened")),
        ("Mara Voss is a member of the Dock League.", ("Mara Voss", "belongs_to", "Dock League", "happened")),
        ("Norvania's ally Talmera closed its border.", ("Norvania", "allied_with", "Talmera", "happened")),
        ("The Norvania-trained Harrow Front crossed the river.", ("Norvania", "trains", FRONT, "happened")),
    ],
)
def test_a_tie_has_its_two_sides_and_its_kind(text: str, expected: tuple[str, ...]) -> None:
    assert ties(read(text)) == [expected]


def test_joined_sides_are_a_tie_each() -> None:
    found = ties(read("Norvania bankrolls the Dock League and the Harbour Union."))
    assert [(one[0], one[2]) for one in found] == [("Norvania", "Dock League"), ("Norvania", "Harbour Union")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Norvania does not fund the Harrow Front.", EventStatus.NEGATED),
        ("Norvania refused to fund the Harrow Front.", EventStatus.NEGATED),
        ("Norvania no longer funds the Harrow Front.", EventStatus.HISTORICAL),
        ("Norvania stopped funding the Harrow Front.", EventStatus.HISTORICAL),
        ("Norvania plans to fund the Harrow Front.", EventStatus.PLANNED),
        ("Norvania may fund the Harrow Front.", EventStatus.CONDITIONAL),
        ("Norvania funded the Harrow Front.", EventStatus.HAPPENED),
    ],
)
def test_the_words_say_whether_it_is_so(text: str, status: EventStatus) -> None:
    assert [one.status for one in read(text).of(Tie)] == [status]


@pytest.mark.parametrize(
    "text",
    [
        "Norvania will host the summit in May.",
        "Norvania hosted Ada Lorn for dinner on Tuesday.",
        "Talmera leads Norvania 2-1 at half time.",
        "The Dock League opposed the bill.",
        "Ada Lorn joined Elena Ruiz in condemning the raid.",
        "Norvania armed its own navy with new missiles.",
        "The Harrow Front attacked the Grey Brigade's camp.",
        "Norvania's opposition leader Mara Voss spoke.",
        "The group is hosted by Norvania, said Elena Ruiz.",
        "Talmera urged Norvania to stop arming the Harrow Front.",
    ],
)
def test_what_only_looks_like_a_tie_is_none(text: str) -> None:
    assert ties(read(text)) == []


def test_a_tie_stands_in_the_statement_of_whoever_says_it() -> None:
    page = read("Talmera said that Norvania had armed the Harrow Front.")
    tie = next(page.of(Tie))
    statement = page.get(tie.statement)
    sources = [page.get(id).name for hop in statement.chain for id in hop.sources]
    assert (sources, tie.aside) == (["Talmera"], False)


def test_what_names_a_source_is_not_said_by_that_source() -> None:
    page = read("Harrow Front leader Mara Voss said the talks had failed.")
    tie = next(page.of(Tie))
    assert tie.aside and isinstance(page.get(tie.statement), Statement)


def test_a_tie_holds_the_times_of_its_clause() -> None:
    page = read("Norvania has funded the Harrow Front since 2029.")
    tie = next(page.of(Tie))
    assert [page.quote(page.get(id).span) for id in tie.when] == [page.quote(one.span) for one in page.of(When)]


def test_the_adjective_of_a_people_stands_for_its_state() -> None:
    found = ties(read("Talmeran President Ada Lorn spoke on Monday. Voters in Talmera will go to the polls in May."))
    assert found == [("Ada Lorn", "leads", "Talmera", "happened")]
    page = f.page("Norwegian boats left.")
    assert state_of(page, f.span(page.document, "Norwegian"))[0] == "Norway"
    assert state_of(page, f.span(page.document, "boats")) == ("", None)


def test_allies_stand_in_one_order_whoever_is_named_first() -> None:
    one, other = (
        next(read(text).of(Tie)) for text in ("Sarrow is allied with Norvania.", "Norvania is allied with Sarrow.")
    )
    assert one.kind is other.kind is RelationKind.ALLIED_WITH
    assert ties(read("Sarrow is allied with Norvania.")) == ties(read("Norvania is allied with Sarrow."))
