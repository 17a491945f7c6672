"""The report: blocks chosen and moved, words between them, every save kept, and both files safe to open."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from sayso.records import ClaimCluster, Statement
from sayso.store import CaseFile
from sayso.web.desk import Desk
from sayso.web.written import escaped


def save(client: TestClient, desk: Desk, **fields: str) -> int:
    answer = client.post("/report/save", data={"token": desk.key.write, **fields})
    return answer.status_code


def kinds(client: TestClient, version: int = 0) -> list[str]:
    return [block["kind"] for block in client.get("/report.json", params={"version": version}).json()["blocks"]]


@pytest.fixture
def filled(client: TestClient, desk: Desk, case: CaseFile) -> TestClient:
    statement, claim = next(case.of(Statement)), next(case.of(ClaimCluster))
    save(client, desk, do="add", kind="text", title="The <b>gates</b>")
    save(client, desk, do="add", kind="statement", about=statement.id)
    save(client, desk, do="add", kind="claim", about=claim.id)
    for kind in ("voices", "timeline", "checks", "dominoes"):
        save(client, desk, do="add", kind=kind)
    return client


def test_blocks_are_added_moved_and_taken_out_and_every_version_is_kept(filled: TestClient, desk: Desk) -> None:
    assert kinds(filled) == ["text", "statement", "claim", "voices", "timeline", "checks", "dominoes"]
    save(filled, desk, do="down.0")
    save(filled, desk, do="out.6")
    assert kinds(filled) == ["statement", "text", "claim", "voices", "timeline", "checks"]
    assert kinds(filled, 1) == ["text"]
    assert filled.get("/report.json").json()["version"] == 9


def test_words_are_kept_when_something_else_is_done(filled: TestClient, desk: Desk) -> None:
    save(filled, desk, **{"text.0": "Who opened them?\n\nNobody says.", "do": "up.2"})
    blocks = filled.get("/report.json").json()["blocks"]
    assert blocks[0]["text"] == "Who opened them?\n\nNobody says."


@pytest.mark.parametrize("do", ["up.99", "out.x", "out.", "burn.0", "add"])
def test_what_cannot_be_done_is_refused(filled: TestClient, desk: Desk, do: str) -> None:
    assert save(filled, desk, do=do, kind="no such") == 400


def test_every_quotation_carries_quote_document_offsets_and_hash(filled: TestClient, case: CaseFile) -> None:
    statement = next(case.of(Statement))
    document = case.get(statement.doc)
    for form in ("html", "md"):
        text = filled.get("/report/download", params={"format": form}).text.replace("\\", "")
        assert case.quote(statement.content[0]) in text
        assert f"{statement.content[0].start}–{statement.content[0].end}" in text
        assert document.raw in text and statement.id in text


def test_the_page_needs_nothing_else_and_runs_nothing(filled: TestClient) -> None:
    answer = filled.get("/report/download")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "The &lt;b&gt;gates&lt;/b&gt;" in answer.text
    assert "<script" not in answer.text and "default-src &#39;none&#39;" in answer.text
    assert "src=" not in answer.text and "url(" not in answer.text


@pytest.mark.parametrize(
    ("words", "safe"),
    [
        ("<img src=x>", "\\<img src=x\\>"),
        ("[a](javascript:b)", "\\[a\\](javascript:b)"),
        ("# no", "\\# no"),
        ("1. one", "1\\. one"),
        ("- a", "\\- a"),
        ("a\nb", "a b"),
    ],
)
def test_markdown_shows_strangers_words_to_the_letter(words: str, safe: str) -> None:
    assert escaped(words) == safe
