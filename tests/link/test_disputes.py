"""Clauses that rule each other out are told with the words that differ, in texts about one affair and nowhere else."""

from __future__ import annotations

from typing import Any

from sayso.link.claims import claims
from sayso.link.disputes import disputes
from sayso.linking import relate
from sayso.records import (
    Contradiction,
    ContradictionKind,
    Count,
    CountKind,
    Document,
    Manner,
    MentionKind,
    PlaceRole,
    Polarity,
)
from sayso.store import CaseFile
from tests import factory as f

Told = tuple[Document, list[Any]]
# What makes two texts one affair: the names in them.
AFFAIR = "It was at Lunn, near Saddler Point, where the Alma Reis lay; Karsund and Osmark sent divers."


def said(words: str, name: str, published: str = "2026-03-04", around: str = AFFAIR, **fields: Any) -> Told:
    """A text about the affair in which the harbour master says these words."""
    one = f.document(f"The master said {words}.\n\n{around}", name=name, publisher=f"The {name}", published=published)
    master = f.mention(one, "The master")
    manner = fields.pop("manner", Manner.SAID)
    return one, [master, f.statement(one, words, f.hop(master, manner=manner), **fields)]


def found(*pairs: Told) -> tuple[CaseFile, list[Contradiction]]:
    case = f.filed(*pairs)
    relate(case, [claims, disputes])
    return case, list(case.of(Contradiction))


def differing(*pairs: Told) -> list[tuple[ContradictionKind, set[str]]]:
    case, made = found(*pairs)
    return [(one.kind, {case.quote(one.left_span), case.quote(one.right_span)}) for one in made]


FLOOD = "the flood brought the expulsion of three diplomats, and much talk in the fish hall"
OIL = "that oil led to the expulsion of five diplomats is what the market believes"


def test_how_many_a_deed_befell_is_compared_in_statements_that_say_other_things() -> None:
    assert differing(said(FLOOD, "a"), said(OIL, "b")) == [(ContradictionKind.COUNT, {"three", "five"})]


def test_texts_about_other_affairs_or_far_apart_do_not_contradict_each_other() -> None:
    other = "It was at Tolle, where Norvania keeps the Brevik sluices and the Isle of Marn begins."
    assert differing(said(FLOOD, "a"), said(OIL, "b", around=other)) == []
    assert differing(said(FLOOD, "a"), said(OIL, "b", published="2026-04-20")) == []


def test_a_part_of_a_whole_is_no_deed_and_is_not_compared() -> None:
    five = said("what the market believes of the group of five diplomats is wrong", "b")
    assert differing(said("the flood drove the group of three diplomats to the fish hall", "a"), five) == []


def test_that_there_was_no_such_thing_contradicts_that_there_was_one() -> None:
    crate = said("a crate with the mark of Brightlock was unloaded", "a")
    none = said("the delivery book shows no such crate", "b", polarity=Polarity.NEGATIVE)
    never = said("there ever was a crate", "c", manner=Manner.DENIED)
    assert differing(crate, none) == [(ContradictionKind.DENIAL, {"a crate", "no such crate"})]
    assert differing(crate, never) == [(ContradictionKind.DENIAL, {"a crate", "there ever was a crate"})]
    assert differing(none, never) == []


def test_two_ways_in_which_a_thing_was_done_are_a_contradiction_and_two_descriptions_of_people_are_none() -> None:
    hand, command = "the gates were opened by hand", "the gates had been opened by a command from far away"
    assert differing(said(hand, "a"), said(command, "b")) == [
        (ContradictionKind.ACTOR, {"hand", "a command from far away"})
    ]
    assert differing(said("the gates were opened by soldiers", "a"), said(hand, "b")) == []


def test_two_names_of_one_kind_for_who_did_it_are_a_contradiction() -> None:
    def done_by(who: str, name: str, kind: MentionKind) -> Told:
        one, records = said(f"the gates were opened by {who}", name)
        return one, [*records, f.mention(one, who, kind=kind)]

    talmera, norvania = (done_by(who, who, MentionKind.STATE) for who in ("Talmera", "Norvania"))
    assert differing(talmera, norvania) == [(ContradictionKind.ACTOR, {"Talmera", "Norvania"})]
    assert differing(talmera, done_by("Ilio Brask", "c", MentionKind.PERSON)) == []


def test_where_somebody_named_suffered_a_thing_is_compared_by_the_places_on_the_map() -> None:
    def arrested(where: str, name: str, lat: float) -> Told:
        one, records = said(f"Ilio Brask was arrested in {where}", name)
        return one, [*records, f.place(one, where, lat=lat, lon=10.0, radius_km=5.0, role=PlaceRole.PLACE)]

    lunn, tolle = arrested("Lunn", "a", 50.0), arrested("Tolle", "b", 53.0)
    assert differing(lunn, tolle) == [(ContradictionKind.PLACE, {"Lunn", "Tolle"})]
    assert differing(lunn, arrested("Vell", "c", 50.1)) == []


def test_what_a_building_is_said_to_be_is_compared() -> None:
    office, school = (
        "the building was used by the Signals Office",
        "the building has housed a school of music since 2021",
    )
    assert differing(said(office, "a"), said(school, "b")) == [
        (ContradictionKind.ACTOR, {"the Signals Office", "a school of music"})
    ]


def test_the_greatest_toll_of_a_text_is_compared_and_not_its_parts() -> None:
    def dead(words: str, name: str, number: int, at: str) -> Told:
        one, records = said(words, name)
        count = Count(CountKind.DEAD, number, number, f.span(one, at))
        return one, [*records, f.event(records[1], f.span(one, "killed"), counts=(count,))]

    three = dead("a pump failed in the night in which three people were killed", "a", 3, "three")
    two = dead("two crewmen of a barge were killed when it was torn loose", "b", 2, "two")
    assert differing(three, two) == [(ContradictionKind.COUNT, {"three", "two"})]
    both = dead("three people, all of them crewmen of a barge, were killed", "c", 3, "three")
    assert differing(three, both) == []


def test_a_contradiction_goes_with_the_document_that_it_rested_on() -> None:
    one, other = said(FLOOD, "a"), said(OIL, "b")
    case, made = found(one, other)
    assert made
    f.file(case, other[0], [], version="other")
    relate(case, [claims, disputes])
    assert list(case.of(Contradiction)) == []


def test_what_is_left_when_documents_come_one_by_one_is_what_a_run_from_nothing_gives() -> None:
    pairs = [said(FLOOD, "a"), said(OIL, "b"), said(FLOOD, "c", "2026-03-05"), said(OIL, "d", "2026-03-06")]
    expected = found(*pairs)[1]
    grown = f.filed()
    for one, records in reversed(pairs):
        f.file(grown, one, records)
        relate(grown, [claims, disputes])
    assert expected and list(grown.of(Contradiction)) == expected
