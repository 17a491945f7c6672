"""What is compared of a statement is made once, and reads back as it was."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from sayso import shards
from sayso.encoder.encoder import load, whole
from sayso.export.jsonl import lines
from sayso.ingest.blocks import Item
from sayso.integrity import verify_case
from sayso.link.claims.basis import Basis, basis_version, compared, of_records, unpacked
from sayso.link.claims.slots import said
from sayso.pipeline import with_vectors
from sayso.records import Problem, StatementVectors
from sayso.shards import Result, write
from tests import factory as f

TEXT = "Rell said about 212 homes were flooded in Lunn \ud800. Wick denied that Brask opened the gates of Lunn."
ONE = f.document(TEXT, published="2026-03-04", title="Flood at Lunn")
WHO = [f.mention(ONE, "Rell"), f.mention(ONE, "Wick")]
FOUND = [
    f.statement(ONE, "about 212 homes were flooded in Lunn \ud800", f.hop(WHO[0])),
    f.statement(ONE, "Brask opened the gates of Lunn", f.hop(WHO[1])),
]


def test_slots_read_back_as_they_were() -> None:
    made = compared(ONE, FOUND, [], load().encode)
    _, words, frames, slots = unpacked(made)
    basis = Basis(ONE.id, made.published, words, frames, slots)
    assert [basis.said(n) for n in range(2)] == list(said(ONE, FOUND, []))
    assert basis.words.shape == basis.frames.shape == (2, 384)


def test_vectors_are_those_of_title_words_and_frames() -> None:
    _, words, _, _ = unpacked(compared(ONE, FOUND, [], load().encode))
    expected = whole(load().encode(["Flood at Lunn", *(one.text for one in said(ONE, FOUND, []))]))
    assert np.array_equal(np.frombuffer(words, np.int8).reshape(-1, 384), expected)


def test_the_order_in_which_records_were_found_does_not_matter() -> None:
    assert of_records(ONE, FOUND, load().encode) == of_records(ONE, FOUND[::-1], load().encode)


def test_a_document_without_statements_has_an_empty_basis() -> None:
    made = compared(ONE, [], [], load().encode)
    assert unpacked(made)[:3] == (b"", b"", b"")


def test_a_text_that_the_encoder_cannot_take_costs_its_vectors_and_not_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> StatementVectors:
        raise ValueError("no such thing")

    monkeypatch.setattr(import_module("sayso.link.claims.basis"), "of_records", fails)
    ((_, records),) = with_vectors([(ONE, list(FOUND))])
    assert records[:2] == FOUND
    assert isinstance(records[2], Problem) and "no such thing" in records[2].message


def test_whole_numbers_give_exact_products_in_any_order() -> None:
    vectors = whole(load().encode(["The gates of Lunn were opened.", "Nobody opened them.", "A vote is due."]))
    exact = vectors.astype(np.int64) @ vectors.astype(np.int64).T
    assert np.array_equal(vectors.astype(np.float32) @ vectors.astype(np.float32).T, exact)
    assert np.allclose(np.sqrt(np.diag(exact)), 400, atol=4)


def test_a_shard_keeps_what_is_compared_to_the_letter(tmp_path: Path) -> None:
    (one,) = with_vectors([(ONE, list(FOUND))])
    item = Item(ONE, TEXT.encode("utf-8", "surrogatepass"))
    result = Result("/pile/a", "mark", "v1", ((item, tuple(one[1])),), ())
    write(tmp_path / "a.parquet", [result])
    assert shards.read(tmp_path / "a.parquet") == [result]


def test_a_case_keeps_it_until_the_document_changes_and_exports_none_of_it() -> None:
    case = f.filed()
    ((_, records),) = with_vectors([(ONE, [*WHO, *FOUND])])
    f.file(case, ONE, records)
    ((version, marks),) = case.rows("SELECT version, marks FROM statement_vectors")
    assert (version, marks) == (basis_version(), unpacked(compared(ONE, FOUND, [], load().encode))[0])
    assert not any("statement_vectors" in line for line in lines(case))
    assert verify_case(case) == []
    f.file(case, ONE, [], version="another")
    assert case.rows("SELECT doc FROM statement_vectors") == []
