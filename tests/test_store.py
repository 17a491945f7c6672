"""The case file: what is written comes back to the letter, in order, and errors say what to do."""

from __future__ import annotations

import dataclasses
import sqlite3
import types
import typing
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import CaseError, UsageError
from sayso.link import Add, Change, LinkCase
from sayso.linking import relate
from sayso.records import (
    FOUND,
    LINKED,
    TYPES,
    Citation,
    Document,
    Judgement,
    LoadedKind,
    LoadedVoice,
    LoadedWord,
    Mention,
    MentionKind,
    Meta,
    Problem,
    Span,
    Statement,
    loaded_word_id,
    make_id,
    problem,
)
from sayso.rows import exact, safe
from sayso.schema import STEPS
from sayso.store import create_case, open_case
from tests import factory as f

TEXT = "Two officials told the Vell Courier that the gates had failed.\n\nThe ministry denied it."


def small() -> tuple[Document, list[Mention | Statement | Problem]]:
    document = f.document(TEXT, title="Gates", publisher="Talpress")
    officials = f.mention(document, "Two officials", named=False, number=2)
    paper = f.mention(document, "the Vell Courier", kind=MentionKind.MEDIUM)
    told = f.hop(officials, cue=(f.span(document, "told"),), addressee=paper.id)
    said = f.statement(document, "the gates had failed", told)
    return document, [officials, paper, said, problem(document.id, "quotes", "a quotation mark is never closed")]


def test_every_record_comes_back_equal() -> None:
    document, records = small()
    case = f.filed((document, records))
    assert list(case.documents) == [document]
    assert sorted([*case.mentions, *case.statements, *case.problems], key=lambda r: r.id) == sorted(
        records, key=lambda r: r.id
    )


def test_every_field_of_a_hop_and_a_document_comes_back() -> None:
    document = f.document(TEXT, title="T", publisher="P", published="2031-03-04", language="en", url="https://a.test/")
    authors = (Meta("Ada", "byline"), Meta("Bo", "byline"))
    document = f.replace(document, authors=authors, links=(f.link(document, "it"),))
    when = f.when(document, "had failed", "2031-03-01")
    hop = f.hop(medium=f.span(document, "the Vell Courier"), said=when.id, why=f.replace(f.WHY, score=0.5, note="n"))
    said = f.statement(document, "denied", hop)
    case = f.filed((document, [said, when]))
    assert (case.get(document.id), case.get(said.id), case.get(when.id)) == (document, said, when)


def test_lone_surrogates_and_nul_survive_in_text_and_fields() -> None:
    document = f.document("a \ud800 b \x00 c \x10 d 😀 e", publisher="\udcff\x00\x10")
    said = f.statement(document, "e")
    case = f.filed((document, [said]))
    assert case.get(document.id) == document
    assert case.quote(said.content[0]) == "e"


def test_words_in_the_views_have_the_offsets_of_the_text_even_after_a_nul() -> None:
    document = f.document("x\x00\ud800 😀 The gates failed.")
    case = f.filed((document, [f.statement(document, "The gates failed")]))
    assert case.rows("SELECT words FROM statements") == [("The gates failed",)]


def test_views_show_chain_and_words_to_sql_readers() -> None:
    case = f.filed(small())
    assert case.rows("SELECT chain, words, document FROM statements") == [
        ("Two officials", "the gates had failed", "article.txt")
    ]


def test_statements_come_by_document_and_place() -> None:
    one, two = f.document("A b. C d.", name="1"), f.document("E f. G h.", name="2")
    case = f.filed(*((d, [f.statement(d, d.text[5:8]), f.statement(d, d.text[:3])]) for d in (two, one)))
    expected = sorted((d.id, n) for d in (one, two) for n in (0, 5))
    assert [(s.doc, s.content[0].start) for s in case.statements] == expected
    assert [s.content[0].start for s in case.of(Statement, one.id)] == [0, 5]


def test_statements_of_one_document_leave_out_the_others() -> None:
    document, records = small()
    other = f.document("Nothing here.", name="other.txt")
    assert list(f.filed((document, records), (other, [])).of(Statement, other.id)) == []


def test_an_unknown_id_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="holds no record"):
        create_case().get("statement-nothing")


def test_short_forms_can_be_counted_and_iterated_twice() -> None:
    case = f.filed(small())
    assert len(case.statements) == len(list(case.statements)) == len(list(case.statements)) == 1
    assert repr(case.statements) == "<1 statements of case in memory>"


def test_the_notebook_table_escapes_what_documents_say() -> None:
    case = f.filed((f.document("x", title="<script>alert(1)</script>", publisher="\ud800"), []))
    assert "<script>" not in case._repr_html_()
    case._repr_html_().encode()


def test_a_closed_case_says_so() -> None:
    case = f.filed(small())
    case.close()
    with pytest.raises(CaseError, match="closed"):
        case.rows("SELECT 1")
    assert "closed" in repr(case)


def test_raw_bytes_come_back_unchanged() -> None:
    document, records = small()
    assert f.filed((document, records)).raw(document.raw) == TEXT.encode()


def test_a_document_written_twice_keeps_only_the_later_findings() -> None:
    document, records = small()
    case = f.filed((document, records))
    f.file(case, document, [], version="later")
    assert (len(case.documents), len(case.statements), len(case.mentions), len(case.problems)) == (1, 0, 0, 0)


def test_a_missing_case_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="sayso trace"):
        open_case(tmp_path / "none.sayso")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "note.sayso"
    path.write_text("Dear diary, this is not a database at all. " * 50)
    with pytest.raises(CaseError, match=r"note\.sayso.*not a case file"):
        open_case(path)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE bird (name TEXT)")
    with pytest.raises(CaseError, match="not a case of sayso"):
        create_case(path)
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT name FROM sqlite_schema").fetchall() == [("bird",)]


def test_a_case_of_a_newer_version_asks_for_an_update(tmp_path: Path) -> None:
    path = tmp_path / "new.sayso"
    with create_case(path) as case, case.transaction() as db:
        db.execute("UPDATE meta SET value = '999' WHERE key = 'schema'")
    with pytest.raises(CaseError, match="newer sayso"):
        open_case(path)


def first_schema() -> list[tuple[str, str]]:
    """What the first version of the schema makes."""
    with sqlite3.connect(":memory:") as db:
        db.executescript(STEPS[0])
        return db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").fetchall()


def test_a_case_of_the_first_version_opens_keeps_all_and_takes_loaded_words(tmp_path: Path) -> None:
    from sayso.integrity import verify_case

    document, records = small()
    path = tmp_path / "old.sayso"
    with f.filed((document, records), path=path) as case, case.transaction() as db:
        first = {name for name, _ in first_schema()}
        drop = "SELECT type, name FROM sqlite_schema WHERE type IN ('view', 'table') ORDER BY type DESC"
        for kind, name in db.execute(drop).fetchall():
            if name not in first and not name.startswith("sqlite_"):
                db.execute(f"DROP {kind} {name}")
        db.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
        old = db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").fetchall()
    assert [row for row in old if row[0] != "sqlite_sequence"] == first_schema()
    loaded = f.loaded_word(document, "failed")
    with open_case(path) as case:
        assert (list(case.documents), list(case.loaded_words), verify_case(case)) == ([document], [], [])
        assert len(case.statements) == 1
        f.file(case, document, [*records, loaded], version="later")
        assert list(case.of(LoadedWord, document.id)) == [case.get(loaded.id)] == [loaded]
        assert case.rows("SELECT words, kind, voice FROM loaded_words") == [("failed", "contested_label", "own")]


def test_a_damaged_case_is_a_case_error(tmp_path: Path) -> None:
    path = tmp_path / "torn.sayso"
    f.filed(small(), path=path).close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(CaseError, match="damaged"), open_case(path) as case:
        list(case.statements)


def test_a_case_locked_by_another_program_says_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.store._BUSY_SECONDS", 0.05)
    one, two = f.filed(small(), path=tmp_path / "a.sayso"), create_case(tmp_path / "a.sayso")
    with one, two, one.transaction(), pytest.raises(CaseError, match="wait until"), two.transaction():
        pass


def test_a_full_disk_keeps_what_was_written_and_says_so(tmp_path: Path) -> None:
    document, records = small()
    with f.filed((document, records), path=tmp_path / "a.sayso") as case:
        case.db.execute(f"PRAGMA max_page_count = {case.rows('PRAGMA page_count')[0][0] + 2}")
        big = f.document("\n\n".join(f"Line {n}." for n in range(20_000)), name="big.txt")
        with pytest.raises(CaseError, match="make room"):
            f.file(case, big)
        assert list(case.documents) == [document]


def test_a_case_that_may_not_be_written_says_so() -> None:
    case = f.filed(small())
    case.db.execute("PRAGMA query_only = ON")
    with pytest.raises(CaseError, match="permissions"):
        f.file(case, f.document("More."))


def test_a_case_of_which_nothing_may_be_written_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "disc"
    folder.mkdir()
    f.filed(small(), path=folder / "a.sayso").close()
    (folder / "a.sayso").chmod(0o444)
    folder.chmod(0o555)
    try:
        with open_case(folder / "a.sayso") as case:
            assert len(case.statements) == 1
    finally:
        folder.chmod(0o755)


def test_odd_file_names_open(tmp_path: Path) -> None:
    path = tmp_path / "what? 100% #1 é.sayso"
    f.filed(small(), path=path).close()
    with open_case(path) as case:
        assert len(case.documents) == 1


def test_a_case_keeps_to_one_file_when_closed(tmp_path: Path) -> None:
    f.filed(small(), path=tmp_path / "a.sayso").close()
    assert [file.name for file in tmp_path.iterdir()] == ["a.sayso"]


def test_judgements_can_be_neither_changed_nor_deleted() -> None:
    from sayso.judgements import judge

    document, records = small()
    case = f.filed((document, records))
    judge(case, records[0].id, "accept")
    for sql in ("DELETE FROM judgement", "UPDATE judgement SET verdict = 'reject'"):
        with pytest.raises(CaseError, match="append-only"):
            case.rows(sql)
    assert len(list(case.of(Judgement))) == 1


@given(st.text(st.characters()))
def test_any_string_survives_the_escape(text: str) -> None:
    assert exact(safe(text)) == text
    safe(text).encode()
    assert "\x00" not in safe(text)


nasty = st.text(st.one_of(st.characters(), st.sampled_from("\x00\x10\ud800\udfff😀\u200b\u202e'\"“”=@")), max_size=40)


@st.composite
def documents_with_records(draw: st.DrawFn) -> tuple[Document, list[Mention | Statement | LoadedWord | Problem]]:
    document = f.document(draw(nasty), name=draw(nasty), title=draw(nasty), publisher=draw(nasty))
    places = st.integers(0, len(document.text))

    def span() -> Span:
        first, after = sorted((draw(places), draw(places)))
        return Span(document.id, first, after)

    why = f.replace(f.WHY, spans=(span(),), note=draw(nasty), score=draw(st.none() | st.floats(0, 1)))
    source = f.mention_at(span(), name=draw(nasty), number=draw(st.none() | st.integers(0, 2**63 - 1)), why=why)
    hop = f.hop(source, cue=(span(), span()), medium=draw(st.sampled_from([None, span()])), why=why)
    said = f.statement_at((span(), span()), *draw(st.sampled_from([(), (hop,), (hop, hop)])), why=why)
    kind, voice = draw(st.sampled_from(LoadedKind)), draw(st.sampled_from(LoadedVoice))
    place = span()
    loaded = LoadedWord(loaded_word_id(place, kind), place, kind, voice, draw(st.sampled_from([None, said.id])), why)
    return document, [source, said, loaded, problem(document.id, "test", draw(nasty))]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents_with_records())
def test_random_records_come_back_equal_from_the_file_and_from_its_export(
    pair: tuple[Document, list[Mention | Statement | LoadedWord | Problem]],
) -> None:
    from sayso.export.jsonl import lines, load
    from sayso.integrity import verify_case

    with f.filed(pair) as case:
        expected = sorted([pair[0], *pair[1]], key=lambda record: (type(record).__name__, record.id))
        kinds = (Document, LoadedWord, Mention, Problem, Statement)
        assert [record for kind in kinds for record in case.by_id(kind)] == expected
        assert [load(line) for line in lines(case)] == expected
        assert [one for one in verify_case(case) if "belong to no part" not in one.message] == []


def any_of(kind: Any, spans: st.SearchStrategy[Span]) -> st.SearchStrategy[Any]:
    """Any record of a type, its fields drawn by their types."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if kind is Span:
        return spans
    if origin in (types.UnionType, typing.Union):
        return st.one_of(any_of(args[0], spans), st.none())
    if origin is tuple:
        return st.lists(any_of(args[0], spans), min_size=1, max_size=2).map(tuple)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return st.builds(kind, **{name: any_of(hint, spans) for name, hint in hints.items()})
    if issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    scalars: dict[type, st.SearchStrategy[Any]] = {
        bool: st.booleans(), int: st.integers(-(2**63), 2**63 - 1), float: st.floats(allow_nan=False), str: nasty,
    }  # fmt: skip
    return scalars[kind]


@pytest.mark.parametrize("kind", FOUND, ids=lambda kind: kind.__name__)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_record_of_every_type_found_in_a_document_comes_back(kind: Any, data: st.DataObject) -> None:
    document = f.document("The gates failed 😀.")
    places = st.integers(0, 8)
    spans = st.builds(Span, st.just(document.id), places, places.map(lambda end: end + 8))
    record = data.draw(any_of(kind, spans))
    fields = {"id": make_id(next(name for name, one in TYPES.items() if one is kind), 1)}
    if "doc" in {field.name for field in dataclasses.fields(kind)}:
        fields["doc"] = document.id
    record = f.replace(record, **fields)
    with f.filed((document, [record])) as case:
        assert list(case.of(kind, document.id)) == [case.get(record.id)] == [record]


@pytest.mark.parametrize("kind", LINKED, ids=lambda kind: kind.__name__)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_record_of_every_type_across_documents_comes_back_and_is_found_by_its_documents(
    kind: Any, data: st.DataObject
) -> None:
    document = f.document("The gates failed 😀.")
    places = st.integers(0, 8)
    spans = st.builds(Span, st.just(document.id), places, places.map(lambda end: end + 8))
    fields = {"id": make_id(next(name for name, one in TYPES.items() if one is kind), 1)}
    if kind is Citation:
        fields["doc"] = document.id
    record = f.replace(data.draw(any_of(kind, spans)), **fields)

    def found(case: LinkCase, changed: frozenset[str]) -> list[Change]:
        return [Add(record, frozenset({document.id}))]

    with f.filed((document, [])) as case:
        assert relate(case, [found], checks=[]) == 1
        assert list(case.of(kind, document.id)) == [case.get(record.id)] == list(case.of(kind)) == [record]
