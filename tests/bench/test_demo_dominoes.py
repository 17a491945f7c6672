"""What the measure of the example's dominoes counts as found, missed and invented."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import sayso
from bench.demo import dominoes
from bench.demo.compare import documents
from bench.demo.gold import lines
from sayso.case import Case
from sayso.demo import articles
from sayso.store import CaseFile
from tests import factory as f

TEXT = "The flood led to the strike. The strike led to the sale."
STRIKE = {"type": "link", "document": "a.txt", "cause": "The flood", "effect": "the strike", "planted": True}
SALE = {"type": "link", "document": "a.txt", "cause": "The strike", "effect": "the sale", "planted": False}


@pytest.fixture(scope="module")
def example() -> Iterator[CaseFile]:
    with sayso.trace([articles()], settings=sayso.Settings(rules=True)) as traced:
        yield traced


def told(*pairs: tuple[str, str]) -> Case:
    document = f.document(TEXT, name="a.txt")
    said = f.statement(document, TEXT)
    links = (f.causal_link(said, f.span(document, cause), f.span(document, effect)) for cause, effect in pairs)
    return f.filed((document, [said, *links]))


def compared(monkeypatch: pytest.MonkeyPatch, *pairs: tuple[str, str]) -> tuple[int, int, int]:
    monkeypatch.setattr(dominoes, "lines", lambda _: [STRIKE, SALE])
    found, missed, invented = dominoes.compare(told(*pairs))
    return len(found), len(missed), len(invented)


def test_a_link_is_found_where_both_its_sides_are_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    assert compared(monkeypatch, ("flood", "the strike")) == (1, 1, 0)


def test_a_link_the_other_way_round_is_invented_and_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert compared(monkeypatch, ("the strike", "The flood")) == (0, 2, 1)


def test_a_side_that_swallows_the_other_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert compared(monkeypatch, ("The flood led to the strike", "the strike. The strike led")) == (0, 2, 1)


def test_the_words_of_every_gold_link_stand_in_its_document(example: CaseFile) -> None:
    named = documents(example)
    for line in lines("link"):
        assert dominoes._places(line, named[line["document"]].text)


def test_the_rules_alone_find_four_tenths_of_what_was_planted(example: CaseFile) -> None:
    found, missed, _ = dominoes.compare(example)
    planted = [line["planted"] for line in (*found, *missed)]
    assert sum(line["planted"] for line in found) >= 0.4 * sum(planted)
