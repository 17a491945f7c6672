"""JSON lines: type first, sorted by type and id, every span with its words, whole files only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import CaseError, UsageError
from sayso.export import export_case
from sayso.export.jsonl import lines, load
from sayso.judgements import judge
from sayso.records import Span, problem
from sayso.store import CaseFile
from tests import factory as f


@pytest.fixture
def case() -> CaseFile:
    document = f.document("Two officials told us that 😀 \ud800 the gates failed.", publisher="Talpress")
    officials = f.mention(document, "Two officials", named=False, number=2)
    said = f.statement(document, "the gates failed", f.hop(officials, cue=(f.span(document, "told"),)))
    loaded = f.loaded_word(document, "failed", said)
    return f.filed((document, [officials, said, loaded, problem(document.id, "quotes", "odd")]))


def read(case: CaseFile, **options: bool) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines(case, **options)]


def test_type_stands_first_and_lines_are_sorted_by_type_and_id(case: CaseFile) -> None:
    found = read(case)
    assert all(next(iter(line)) == "type" for line in found)
    assert [line["type"] for line in found] == ["document", "loaded_word", "mention", "problem", "statement"]
    assert [(line["type"], line["id"]) for line in found] == sorted((line["type"], line["id"]) for line in found)


def test_a_span_carries_its_words(case: CaseFile) -> None:
    statement = read(case)[-1]
    assert statement["content"] == [{"start": 31, "end": 47, "words": "the gates failed"}]
    assert statement["chain"][0]["cue"][0]["words"] == "told"


def test_a_span_into_another_document_names_it() -> None:
    one, two = f.document("One."), f.document("Two.", name="two.txt")
    said = f.statement(one, "One", why=f.replace(f.WHY, spans=(Span(two.id, 0, 3),)))
    case = f.filed((one, [said]), (two, []))
    assert read(case)[-1]["why"]["spans"] == [{"doc": two.id, "start": 0, "end": 3, "words": "Two"}]
    assert load(list(lines(case))[-1]) == said


def test_a_line_loads_as_the_record_it_was(case: CaseFile) -> None:
    expected = [*case.documents, *case.loaded_words, *case.mentions, *case.problems, *case.statements]
    assert [load(line) for line in lines(case)] == expected


def test_a_line_of_something_else_is_refused() -> None:
    for line in ("{}", "[]", "nonsense", '{"type": "bird", "id": "x"}', '{"type": "statement", "id": "x"}'):
        with pytest.raises(UsageError, match="Not a line"):
            load(line)


def test_no_text_leaves_out_texts_and_keeps_quoted_words(case: CaseFile) -> None:
    document, *_, statement = read(case, text=False)
    assert "text" not in document and document["parts"][0]["span"] == {"start": 0, "end": 48}
    assert statement["content"][0]["words"] == "the gates failed"


def test_a_judged_statement_is_marked(case: CaseFile) -> None:
    word = judge(case, next(iter(case.statements)).id, "reject", by="Ada", note="no")
    found = {line["type"]: line for line in read(case)}
    assert found["statement"]["judgement"] == {
        "id": word.id, "verdict": "reject", "change": {}, "by": "Ada", "note": "no"
    }  # fmt: skip
    assert found["judgement"]["attached"] == found["statement"]["id"]
    assert [load(line) for line in lines(case)][1] == word


def test_the_file_is_plain_ascii_and_whole(case: CaseFile, tmp_path: Path) -> None:
    export_case(case, "jsonl", tmp_path / "a.jsonl")
    assert (tmp_path / "a.jsonl").read_text("ascii").splitlines(keepends=True) == list(lines(case))
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


def test_a_failed_export_leaves_the_old_file_as_it_was(
    case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jsonl").write_text("old")
    monkeypatch.setattr(CaseFile, "quote", lambda self, span: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export_case(case, "jsonl", tmp_path / "a.jsonl")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.jsonl", "old")]


def test_a_place_that_cannot_be_written_is_named(case: CaseFile, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="Name another place"):
        export_case(case, "jsonl", tmp_path / "none" / "a.jsonl")


def test_an_unknown_format_lists_the_known_ones(case: CaseFile) -> None:
    with pytest.raises(UsageError, match=r"csv, .*jsonl"):
        export_case(case, "docx")


def test_standard_output_gets_the_same_lines(case: CaseFile, capsys: pytest.CaptureFixture[str]) -> None:
    export_case(case, "jsonl")
    assert capsys.readouterr().out == "".join(lines(case))
