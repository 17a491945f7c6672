"""Events: a table of sentences with who did what to whom, where none must be found, status, counts, and ids."""

from __future__ import annotations

from functools import cache

import pytest

from sayso.case import Page
from sayso.detect import DETECTORS
from sayso.detect.events import codes, events, words
from sayso.records import Event, EventStatus, Mention, Statement
from tests import factory

# What, the sentence, its trigger, and: code | actors | recipients | status.
FOUND = [
    (
        "active",
        "Norvanian troops attacked the rebels at dawn.",
        "attacked",
        "ASSAULT | Norvanian troops | the rebels | happened",
    ),
    (
        "passive",
        "The rebels were attacked by Norvanian troops.",
        "attacked",
        "ASSAULT | Norvanian troops | The rebels | happened",
    ),
    (
        "a passive without an agent",
        "Two teachers were kidnapped in the hills.",
        "kidnapped",
        "ASSAULT |  | Two teachers | happened",
    ),
    (
        "a light verb",
        "The army launched an attack on the rebels.",
        "launched",
        "ASSAULT | The army | the rebels | happened",
    ),
    ("control", "The minister refused to meet the rebels.", "refused", "REJECT | The minister | the rebels | happened"),
    (
        "joined subjects",
        "The army and the police arrested the protesters.",
        "arrested",
        "COERCE | The army + the police | the protesters | happened",
    ),
    (
        "a shared subject",
        "The police stormed the hall and arrested the mayor.",
        "arrested",
        "COERCE | The police | the mayor | happened",
    ),
    (
        "a relative clause",
        "The gunmen who kidnapped the judge fled to the hills.",
        "kidnapped",
        "ASSAULT | The gunmen | the judge | happened",
    ),
    (
        "of the speaker himself",
        "The army said it had arrested the rebels.",
        "arrested",
        "COERCE | The army | the rebels | happened",
    ),
    (
        "a verb of saying that does more",
        "The president condemned the rebels.",
        "condemned",
        "ACCUSE | The president | the rebels | happened",
    ),
    (
        "a deed ahead",
        "The government agreed to provide aid to the refugees.",
        "agreed",
        "AGREE | The government | the refugees | happened",
    ),
    (
        "a meeting",
        "President Odal Renn met the envoy of the rebels.",
        "met",
        "CONSULT | President Odal Renn | the envoy of the rebels | happened",
    ),
    (
        "yielding in deeds",
        "The rebels released two soldiers.",
        "released",
        "RETREAT | The rebels | two soldiers | happened",
    ),
    (
        "yielding in words",
        "The government pardoned the rebels.",
        "pardoned",
        "CONCEDE | The government | the rebels | happened",
    ),
]

SILENT = [
    ("plain saying", "The minister said on Monday that it was late."),
    ("showing", "The report shows that the river is deep."),
    ("no event at all", "The sky over Lunn was grey and the sea was calm."),
    ("nothing", ""),
]


@cache
def analysed(text: str, *, headline: bool = False) -> Page:
    page = factory.page(text, headline=headline)
    for detector in (*(d for d in DETECTORS if d is not events), events):
        page.add(list(detector(page)))
    return page


def found(page: Page) -> dict[str, Event]:
    return {page.quote(span): event for event in page.of(Event) for span in event.trigger}


def names(page: Page, ids: tuple[str, ...]) -> str:
    return " + ".join(page.quote(page.get(id).spans[0]) for id in ids)


def told(page: Page, event: Event) -> str:
    return f"{event.code} | {names(page, event.actors)} | {names(page, event.recipients)} | {event.status}"


@pytest.mark.parametrize(("text", "trigger", "expected"), [c[1:] for c in FOUND], ids=[c[0] for c in FOUND])
def test_who_does_what_to_whom(text: str, trigger: str, expected: str) -> None:
    page = analysed(text)
    assert told(page, found(page)[trigger]) == expected


@pytest.mark.parametrize("text", [case[1] for case in SILENT], ids=[case[0] for case in SILENT])
def test_words_that_tell_no_event_are_not_coded(text: str) -> None:
    assert [e for e in analysed(text).of(Event) if e.code] == []


def test_an_event_stands_in_the_innermost_statement_that_holds_it() -> None:
    page = analysed("The ministry said that the rebels had attacked the harbour.")
    event = found(page)["attacked"]
    statement: Statement = page.get(event.statement)
    assert names(page, statement.chain[-1].sources) == "The ministry"
    assert event.status is EventStatus.HAPPENED


def test_a_deed_that_is_denied_happened_as_what_is_denied() -> None:
    page = analysed("The army denied that it had shelled the mill.")
    assert found(page)["shelled"].status is EventStatus.HAPPENED


def test_a_threatened_assault_is_a_threat() -> None:
    page = analysed("The rebels threatened to attack the harbour.")
    coded = [e for e in page.of(Event) if e.code]
    assert [e.code for e in coded] == ["THREATEN"]
    assert found(page)["attack"].status is EventStatus.THREATENED


def test_what_another_event_tells_is_not_coded_twice() -> None:
    page = analysed("The government agreed to provide aid to the refugees.")
    assert sum(bool(e.code) for e in page.of(Event)) == 1


def test_a_mention_that_stands_there_is_used_again() -> None:
    page = analysed("The ministry accused the rebels of treason.")
    event = found(page)["accused"]
    source = next(h.sources[0] for s in page.of(Statement) for h in s.chain)
    assert event.actors == (source,)
    assert len({(m.spans[0].start, m.spans[0].end) for m in page.of(Mention)}) == len(list(page.of(Mention)))


def test_a_short_name_is_taken_for_the_full_one() -> None:
    page = analysed("General Jorun Calder spoke in Lunn.\n\nLater, Calder attacked the rebels.")
    event = found(page)["attacked"]
    assert page.get(event.actors[0]).name == "Jorun Calder"


COUNTED = [
    ("The rebels shelled the mill, killing two guards.", "shelled", ("dead", 2, 2)),
    ("Police arrested eleven strikers.", "arrested", ("arrested", 11, 11)),
    ("At least 40 people were killed in Lunn.", "killed", ("dead", 40, None)),
    ("Gunmen kidnapped up to 30 pupils.", "kidnapped", ("abducted", None, 30)),
    ("The police injured dozens of protesters.", "injured", ("injured", 24, None)),
]


@pytest.mark.parametrize(("text", "trigger", "expected"), COUNTED, ids=[c[0] for c in COUNTED])
def test_those_befallen_are_counted(text: str, trigger: str, expected: tuple[str, int | None, int | None]) -> None:
    event = found(analysed(text))[trigger]
    assert [(str(c.kind), c.first, c.last) for c in event.counts] == [expected]


def test_times_and_places_of_the_clause_are_named() -> None:
    page = analysed("Rebels attacked the harbour of Oslo on 3 May 2024.")
    event = found(page)["attacked"]
    assert [page.quote(page.get(id).span) for id in event.when] == ["3 May 2024"]
    assert [page.quote(page.get(id).span) for id in event.where] == ["Oslo"]


def test_every_code_says_how_likely_it_is_and_why() -> None:
    event = found(analysed("The police arrested the mayor."))["arrested"]
    assert event.why.score is not None and 0.3 <= event.why.score <= 1
    assert event.why.rule == "events.events" and "actor by subject" in event.why.note


def test_the_same_page_gives_the_same_events() -> None:
    text = "The police stormed the hall and arrested the mayor, the union said."
    once = list(analysed(text).of(Event))
    analysed.cache_clear()
    assert list(analysed(text).of(Event)) == once


def test_without_the_encoder_events_are_coded_all_the_same() -> None:
    page = analysed("The police arrested the mayor.")
    assert page.tagger is None and found(page)["arrested"].code == "COERCE"


def test_every_type_has_a_quad_class_and_its_modes_a_score() -> None:
    assert len(words.types()) == 16
    assert {t.quad for t in words.types().values()} == {1, 2, 3, 4}
    assert codes.score("ASSAULT", "aerial") == words.types()["ASSAULT"].score
    assert codes.score("ASSAULT", "heavy-weapons") == -9.5


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        ("AID", EventStatus.PLANNED, "AGREE"),
        ("ASSAULT", EventStatus.CONDITIONAL, "THREATEN"),
        ("RETREAT", EventStatus.PLANNED, "CONCEDE"),
        ("AID", EventStatus.HAPPENED, "AID"),
        ("ACCUSE", EventStatus.PLANNED, "ACCUSE"),
    ],
)
def test_a_status_turns_a_type_into_what_plover_says(code: str, status: EventStatus, expected: str) -> None:
    assert codes.shifted(code, status) == expected


@pytest.mark.parametrize(
    ("text", "alias", "full"),
    [
        (
            "The Dock League (formerly the Net Union) met. The Net Union denied the theft.",
            "The Net Union",
            "Dock League",
        ),
        ("Odal Renn, nicknamed the Fox, fled. The Fox told Radio Lantern that he was safe.", "The Fox", "Odal Renn"),
    ],
)
def test_another_name_that_the_text_states_is_the_same_actor(text: str, alias: str, full: str) -> None:
    page = analysed(text)
    assert {m.name for m in page.of(Mention) if page.quote(m.spans[0]) == alias} == {full}


@pytest.mark.parametrize("text", ["😀 \u200b «", "(((", "“Attack", "attack " * 300, "\ud800 bombed \ud800", "A" * 5000])
def test_nasty_text_raises_nothing_and_spans_lie_in_it(text: str) -> None:
    page = analysed(text)
    for event in page.of(Event):
        assert all(0 <= s.start < s.end <= len(text) for s in event.trigger)


def test_denying_is_said_of_an_event_and_is_none_itself() -> None:
    page = analysed("The ministry denied that the army had shelled the mill.")
    assert "denied" not in found(page)


def test_left_dead_is_counted() -> None:
    page = analysed("The bombing of the bridge by the rebels left six people dead.")
    assert [(str(c.kind), c.first) for c in found(page)["left"].counts] == [("dead", 6)]
