"""CSV for spreadsheets: one file a type, spans in words, nothing that runs as a formula."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sayso.errors import UsageError
from sayso.export import export_case
from sayso.judgements import judge
from sayso.records import TYPES, MentionKind, problem
from sayso.store import CaseFile
from tests import factory as f

Table = list[dict[str, str]]


def tables(case: CaseFile, folder: Path, *, text: bool = True) -> dict[str, Table]:
    export_case(case, "csv", folder, text=text)
    found = {}
    for path in folder.iterdir():
        with path.open(encoding="utf-8-sig", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found


@pytest.fixture
def case() -> CaseFile:
    document = f.document("Two officials told Talpress that\nthe gates failed.", publisher="Talpress")
    officials = f.mention(document, "Two officials", named=False, number=2)
    paper = f.mention(document, "Talpress", kind=MentionKind.MEDIUM)
    chain = (f.hop(paper), f.hop(officials, cue=(f.span(document, "told"),), addressee=paper.id))
    said = f.statement(document, "the gates failed", *chain)
    document = f.replace(document, links=(f.link(document, "Talpress"),))
    loaded = f.loaded_word(document, "failed", said)
    return f.filed((document, [officials, paper, said, loaded, problem(document.id, "quotes", "odd")]))


def test_every_type_has_its_file(case: CaseFile, tmp_path: Path) -> None:
    rows = {name: len(table) for name, table in tables(case, tmp_path / "new" / "tables").items()}
    assert rows.keys() == {"part", "link", "hop", *TYPES}
    assert {name: count for name, count in rows.items() if count} == {
        "document": 1, "part": 1, "link": 1, "mention": 2, "statement": 1, "hop": 2, "loaded_word": 1, "problem": 1,
    }  # fmt: skip


def test_a_loaded_word_stands_in_words_with_whose_it_is(case: CaseFile, tmp_path: Path) -> None:
    found = tables(case, tmp_path)
    (loaded,) = found["loaded_word"]
    assert (loaded["words"], loaded["kind"], loaded["voice"]) == ("failed", "contested_label", "own")
    assert loaded["statement"] == found["statement"][0]["id"]


def test_statements_and_hops_stand_in_words(case: CaseFile, tmp_path: Path) -> None:
    found = tables(case, tmp_path)
    (statement,) = found["statement"]
    assert (statement["words"], statement["chain_words"]) == ("the gates failed", "Talpress < Two officials")
    assert [(hop["sources_words"], hop["cue_words"], hop["addressee_words"]) for hop in found["hop"]] == [
        ("Talpress", "", ""),
        ("Two officials", "told", "Talpress"),
    ]


def test_a_judgement_is_shown_beside_its_statement(case: CaseFile, tmp_path: Path) -> None:
    judge(case, next(iter(case.statements)).id, "edit", change={"modality": "planned"})
    found = tables(case, tmp_path)
    assert (found["statement"][0]["judgement"], found["statement"][0]["change"]) == ("edit", "modality=planned")
    assert found["judgement"][0]["attached"] == found["statement"][0]["id"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_cell_that_looks_like_a_formula_is_quoted(start: str, tmp_path: Path) -> None:
    document = f.document("x", publisher=f'{start}HYPERLINK("http://a.test")')
    (row,) = tables(f.filed((document, [])), tmp_path)["document"]
    assert row["publisher"] == f'\'{start}HYPERLINK("http://a.test")'


def test_odd_characters_do_not_stop_it(tmp_path: Path) -> None:
    document = f.document("a\x00 \ud800 😀", publisher="\udcff\x00")
    case = f.filed((document, [f.statement(document, "a\x00 \ud800 😀")]))
    assert tables(case, tmp_path)["statement"][0]["words"] == "a\x00 \\ud800 😀"


def test_no_text_leaves_out_the_words_of_parts(case: CaseFile, tmp_path: Path) -> None:
    assert "span_words" in tables(case, tmp_path)["part"][0]
    assert "span_words" not in tables(case, tmp_path, text=False)["part"][0]


def test_a_folder_must_be_named(case: CaseFile) -> None:
    with pytest.raises(UsageError, match="folder"):
        export_case(case, "csv")
