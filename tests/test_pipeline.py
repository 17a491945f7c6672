"""The pipeline over any text: nothing raises, every span lies in it, the same input gives the same records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bench.nasty import texts
from sayso import nlp
from sayso.case import Page
from sayso.pipeline import analyse, analyse_many
from sayso.records import Document, Meta, Part, Problem, Span, Statement, to_plain
from tests import factory


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """All spans in a record made plain."""
    if isinstance(value, dict):
        if {"doc", "start", "end"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def test_nasty_texts_give_records_with_true_spans() -> None:
    """60 texts of odd marks, surrogates and half sentences: no Problem, every span inside its text."""
    documents = [factory.document(text, name=f"{n}.txt") for n, text in enumerate(texts(60))]
    for document, records in analyse_many(documents, nlp.load()):
        assert not [r for r in records if isinstance(r, Problem)]
        for span in spans([to_plain(r) for r in records]):
            assert span["doc"] == document.id
            assert 0 <= span["start"] < span["end"] <= len(document.text)


def test_same_input_same_records() -> None:
    """Alone or in a batch, twice over: equal records in equal order."""
    documents = [factory.document(text, name=f"{n}.txt") for n, text in enumerate(texts(12, seed=3))]
    together = [records for _, records in analyse_many(documents, nlp.load())]
    assert together == [analyse(document, nlp.load()) for document in documents]


@pytest.mark.parametrize("text", ["", " ", "word", "“", "said", "\ud800", "🙂"])
def test_smallest_texts(text: str) -> None:
    """A text of one word, one mark or nothing is no fault."""
    assert not [r for r in analyse(factory.document(text), nlp.load()) if isinstance(r, Problem)]


def test_a_long_paragraph_is_cut_not_lost() -> None:
    """A paragraph longer than what is parsed at once still gives statements to its end."""
    text = "The dam was weak. " * 600 + "Elena Ruiz said the road was shut."
    found = [r for r in analyse(factory.document(text), nlp.load()) if isinstance(r, Statement) and r.chain]
    assert [text[s.start : s.end] for s in found[-1].content] == ["the road was shut"]


def test_another_language_is_kept_without_statements() -> None:
    """A document that is not English has a Problem that says what to do, and nothing else."""
    document = factory.document("Le ministre a dit que non.", language="fr")
    (only,) = analyse(document, nlp.load())
    assert isinstance(only, Problem)
    assert "--language en" in only.message


def test_a_detector_that_fails_costs_its_stage() -> None:
    """Its exception becomes a Problem that names it; what other detectors found stays."""

    def broken(page: Page) -> list[object]:
        raise ValueError("odd")

    from sayso.detect import DETECTORS

    records = analyse(factory.document("He said it rained."), nlp.load(), (*DETECTORS, broken))
    assert [r.stage for r in records if isinstance(r, Problem)] == ["broken"]
    assert any(isinstance(r, Statement) for r in records)


def test_menus_and_related_lines_are_not_read() -> None:
    """Only prose parts are parsed."""
    text = "Two officials said it rained."
    document = Document(
        "doc-x",
        "x",
        "txt",
        "",
        text,
        language=Meta("en", "test"),
        parts=(Part("related", Span("doc-x", 0, len(text)), "test"),),
    )  # type: ignore[arg-type]
    assert analyse(document, nlp.load()) == []
