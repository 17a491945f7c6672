"""Verification names what another hand changed, and nothing else."""

from __future__ import annotations

import zlib
from dataclasses import replace

import pytest

from sayso.integrity import verify_case
from sayso.judgements import judge
from sayso.records import Link, Part, PartKind, Span, problem
from sayso.store import CaseFile
from tests import factory as f

TEXT = "Two officials told Talpress that the gates failed.\n\nThe ministry denied it. \ud800"


@pytest.fixture
def case() -> CaseFile:
    document = f.document(TEXT, publisher="Talpress")
    officials = f.mention(document, "Two officials", named=False, number=2)
    said = f.statement(document, "the gates failed", f.hop(officials, cue=(f.span(document, "told"),)))
    loaded = f.loaded_word(document, "failed", said)
    made = f.filed((document, [officials, said, loaded, problem(document.id, "quotes", "odd")]))
    judge(made, said.id, "accept")
    return made


def messages(case: CaseFile) -> str:
    return "\n".join(f"{one.about}: {one.message}" for one in verify_case(case))


def test_an_untouched_case_is_well(case: CaseFile) -> None:
    assert verify_case(case) == []


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE document SET text = replace(text, 'gates', 'goats')", "text column differs"),
        ("UPDATE document SET text_exact = NULL", "changed after it was written"),
        ("UPDATE document SET publisher = 'Other'", "changed after it was written"),
        ("UPDATE document SET name = 'other.txt'", "its id is not the one"),
        ("UPDATE mention SET number = 3", "changed after it was written"),
        ("UPDATE mention SET spans = '[[1,9]]'", "its id is not the one that its place and words give"),
        ("UPDATE mention SET of = 'mention-x'", "its of is mention-x, which is not there"),
        ("UPDATE mention SET spans = 'x'", "cannot be read back"),
        ("UPDATE statement SET wording = 'direct'", "changed after it was written"),
        ("UPDATE statement SET wording = 'loud'", "cannot be read back"),
        ("UPDATE statement SET content = '[[1,9]]'", "its id is not the one that its place and words give"),
        ("UPDATE statement SET content = '[[1,9999]]'", "outside the text"),
        ("UPDATE statement SET content = '[[1,9,\"doc-x\"]]'", "points into another document"),
        ("UPDATE statement SET inside = 'statement-x'", "its outer statement is statement-x"),
        ("UPDATE loaded_word SET voice = 'quoted'", "changed after it was written"),
        ("UPDATE loaded_word SET kind = 'epithet'", "its id is not the one that its place and words give"),
        ("UPDATE loaded_word SET span_end = 999", "outside the text"),
        ("UPDATE loaded_word SET statement = 'statement-x'", "its statement is statement-x"),
        ("UPDATE loaded_word SET kind = 'loud'", "cannot be read back"),
        ("DELETE FROM loaded_word", "changed after it was written"),
        ("UPDATE hop SET sources = '[\"mention-x\"]'", "its source is mention-x"),
        ("UPDATE part SET span_end = 999", "outside the text"),
        ("UPDATE part SET span_start = 0 WHERE position = 1", "overlaps"),
        ("DELETE FROM part WHERE position = 0", "belong to no part"),
        ("DELETE FROM part WHERE position = 1", "belong to no part"),
        ("DELETE FROM mention", "which is not there"),
        ("DELETE FROM problem", "changed after it was written"),
        ("UPDATE problem SET message = 'fine'", "its id is not the one that its words give"),
    ],
)
def test_a_changed_row_is_named(case: CaseFile, sql: str, says: str) -> None:
    case.rows(sql)
    assert says in messages(case)


def test_changed_bytes_are_named(case: CaseFile) -> None:
    case.rows("UPDATE raw SET zlib = ?", zlib.compress(b"other"))
    assert "do not have this SHA-256" in messages(case)
    case.rows("UPDATE raw SET zlib = x'00'")
    assert "damaged" in messages(case)


def test_missing_bytes_are_named(case: CaseFile) -> None:
    case.rows("PRAGMA foreign_keys = OFF")
    case.rows("DELETE FROM raw")
    assert "belongs to a raw that is not there" in messages(case)


def test_a_changed_judgement_is_named(case: CaseFile) -> None:
    case.rows("DROP TRIGGER judgement_stands")
    case.rows("UPDATE judgement SET verdict = 'reject'")
    assert "was changed after it was given" in messages(case)
    case.rows("UPDATE judgement SET verdict = 'accept', anchor = replace(anchor, 'the gates', 'no gates')")
    assert "its anchor does not hold the words" in messages(case)


def test_what_a_detector_got_wrong_is_named_too() -> None:
    document = f.document("One two.")
    parts = tuple(Part(PartKind.BODY, Span(document.id, *place), "test") for place in ((4, 8), (0, 3)))
    document = replace(document, parts=parts, links=(Link(Span(document.id, 5, 99), "https://a.test/"),))
    said = messages(f.filed((document, [])))
    assert "out of order" in said and "outside the text" in said
