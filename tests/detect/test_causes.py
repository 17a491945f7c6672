"""Dominoes of one document: causes, effects and signals, by whose word, and what is no cause."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sayso.case import Page
from sayso.detect import DETECTORS
from sayso.detect.causes import causes
from sayso.detect.causes.cues import cues
from sayso.nlp import load
from sayso.pipeline import analyse
from sayso.records import CausalKind, CausalLink, Event, Problem, Span, Statement
from tests import factory as f

FIRST = tuple(detector for detector in DETECTORS if detector is not causes)

# sentence, cause, effect, signal, kind: found by the rules alone
SENTENCES = [
    ("The gate was shut because the river rose.", "the river rose", "The gate was shut", "because", "causes"),
    ("Because the river rose, the gate was shut.", "the river rose", "the gate was shut", "Because", "causes"),
    ("The raid led Norvania to close its ports.", "The raid", "Norvania to close its ports", "led to", "causes"),
    ("The raid led to a strike.", "The raid", "a strike", "led to", "causes"),
    ("The strike was triggered by the raid.", "the raid", "The strike", "triggered", "causes"),
    ("Trains stopped because of the flood.", "the flood", "Trains stopped", "because of", "causes"),
    ("In response to the raid, Tessel shut its ports.", "the raid", "Tessel shut its ports", "In response to",
     "responds_to"),
    ("Tessel blamed Norvania for the flood.", "Norvania", "the flood", "blamed for", "blamed_for"),
    ("Tessel blamed the flood on Norvania.", "Norvania", "the flood", "blamed on", "blamed_for"),
    ("The dam prevented a flood.", "The dam", "a flood", "prevented", "prevents"),
    ("The accord enabled the exchange.", "The accord", "the exchange", "enabled", "enables"),
    ("The riots stem from the shortage.", "the shortage", "The riots", "stem from", "causes"),
    ("There was a raid, which caused the country to sever ties.", "a raid", "the country to sever ties", "caused",
     "causes"),
    ("The river rose, after which the gates were shut.", "The river rose", "the gates were shut", "after which",
     "causes"),
]  # fmt: skip

NONE = [
    "The minister spoke on Monday.",
    "Maro brought his son to the harbour.",
    "A week later the envoy left Tessel.",
    "The ship sailed at noon and reached the port at dusk.",
]


def ruled(text: str) -> tuple[Page, list[CausalLink]]:
    """The page and its links by the rules alone."""
    page = f.page(text)
    for detector in FIRST:
        page.add(detector(page))
    return page, list(causes(page))


def words(page: Page, spans: tuple[Span, ...]) -> str:
    return " ".join(page.quote(span) for span in spans)


@pytest.mark.parametrize(("text", "cause", "effect", "signal", "kind"), SENTENCES)
def test_a_cue_names_cause_effect_and_kind(text: str, cause: str, effect: str, signal: str, kind: str) -> None:
    page, found = ruled(text)
    rows = [(words(page, k.cause), words(page, k.effect), words(page, k.signal), str(k.kind)) for k in found]
    assert (cause, effect, signal, kind) in rows


@pytest.mark.parametrize("text", NONE)
def test_what_comes_after_is_not_caused(text: str) -> None:
    assert ruled(text)[1] == []


def test_despite_says_that_a_cause_did_not_prevent() -> None:
    _, (link,) = ruled("The ship sailed despite the storm.")
    assert (link.kind, link.negated) == (CausalKind.PREVENTS, True)


def test_a_denied_link_is_negated() -> None:
    _, found = ruled("The flood was not caused by the storm.")
    assert [link.negated for link in found] == [True]


def test_a_condition_and_a_may_are_left_open() -> None:
    for text in ("If the dam breaks, the valley will flood.", "The raid may lead to a strike."):
        assert [link.hypothetical for link in ruled(text)[1]] == [True], text


def test_this_points_to_the_sentence_before() -> None:
    page, found = ruled("Tessel closed the strait. This led to a strike.")
    assert [(words(page, link.cause), words(page, link.effect)) for link in found] == [
        ("Tessel closed the strait", "a strike")
    ]
    assert "This" in found[0].why.note


def test_in_retaliation_answers_the_sentence_before() -> None:
    page, found = ruled("Tessel expelled two envoys. In retaliation, Norvania closed its ports.")
    rows = [(words(page, link.cause), words(page, link.effect), link.kind) for link in found]
    assert rows == [("Tessel expelled two envoys", "Norvania closed its ports", CausalKind.RESPONDS_TO)]


def test_a_noun_reaches_back_for_its_stem() -> None:
    page, found = ruled("Raiders attacked two ferries. The sea was calm. The attack triggered a strike.")
    assert [words(page, link.cause) for link in found] == ["Raiders attacked two ferries"]


def test_whoever_blames_claims_the_link() -> None:
    page, found = ruled("Tessel blamed Norvania for the flood.")
    (link,) = found
    said = page.get(link.statement)
    assert isinstance(said, Statement)
    assert [page.quote(page.get(source).spans[0]) for source in said.chain[-1].sources] == ["Tessel"]


def test_a_link_inside_what_somebody_said_is_his() -> None:
    page, found = ruled("The raid led to a strike, Maro Lind said.")
    assert [len(page.get(link.statement).chain) for link in found] == [1]


def test_the_articles_own_link_is_the_articles() -> None:
    page, found = ruled("The raid led to a strike.")
    assert [page.get(link.statement).chain for link in found] == [()]


def test_events_in_cause_and_effect_are_named() -> None:
    page = f.page("The raid led to a strike.")
    for detector in FIRST:
        page.add(detector(page))
    said = next(page.of(Statement))
    raid, strike = (f.event(said, f.span(page.document, word)) for word in ("raid", "strike"))
    for old in list(page.of(Event)):
        page._records.pop(old.id)
    page.add([raid, strike])
    (link,) = causes(page)
    assert (link.causes, link.effects) == ((raid.id,), (strike.id,))


def learned(text: str) -> Iterator[CausalLink]:
    """The links by the learned head."""
    records = analyse(f.document(text), load(), (*FIRST, causes))
    assert not [r for r in records if isinstance(r, Problem)]
    return (r for r in records if isinstance(r, CausalLink))


def test_the_learned_head_scores_its_links() -> None:
    found = list(learned("Workers in Lunn walked out after the harbour was closed because the gates had failed."))
    assert found
    assert all(link.why.score is None or 0 < link.why.score < 1 for link in found)


def test_the_same_text_gives_the_same_links() -> None:
    text = "Because the strait was closed, the barges had to wait. This led to a shortage in Norvania."
    assert list(learned(text)) == list(learned(text))


@pytest.mark.parametrize(
    "text", ["", "😀 because", "led to", "\u200bThis\u200b led to.", "because because because of of"]
)
def test_odd_text_raises_nothing_and_spans_lie_in_it(text: str) -> None:
    for link in (*ruled(text)[1], *learned(text)):
        assert all(0 <= span.start < span.end <= len(text) for span in (*link.cause, *link.effect, *link.signal))


def test_every_cue_has_a_form_that_is_read() -> None:
    from sayso.detect.causes.rules import FORMS

    forms = {cue.form for rows in cues().values() for cue in rows}
    assert forms <= {*FORMS, "adverb", "name"}
