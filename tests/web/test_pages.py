"""Every page and its twin: made from the same rows, with addresses that hold their state."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files

import pytest
from starlette.testclient import TestClient

from sayso.web.pages import environment
from sayso.web.screens import SCREENS

IDS = {"document": "doc-crack"}


def addresses() -> list[str]:
    return [screen.path for screen in SCREENS if not screen.ids]


@pytest.mark.parametrize("address", addresses())
def test_every_screen_opens_as_a_page_and_as_its_twin(client: TestClient, address: str) -> None:
    page, twin = client.get(address), client.get(f"{address}.json")
    if address in ("/voice", "/edge"):
        assert page.status_code == twin.status_code == 404
        return
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    assert twin.status_code == 200 and twin.json()["screen"]


def test_the_document_shows_every_statement_with_its_chain(client: TestClient) -> None:
    rows = client.get("/document/doc-crack.json").json()
    assert [one["line"] for one in rows["statements"] if one["number"] == 3] == [
        "The Vela Courier < The Northern Wire < two officials (said)"
    ]
    page = client.get("/document/doc-crack").text
    assert all(f'id="{one["id"]}"' in page for one in rows["statements"])


def test_the_text_of_the_document_is_whole(client: TestClient) -> None:
    rows = client.get("/document/doc-crack.json").json()
    text = "".join(segment["text"] for part in rows["parts"] for segment in part["segments"])
    assert "“The wall is sound,” she said" in text and "Ten walks by the sea" in text


def test_a_voice_is_found_with_all_its_statements(client: TestClient) -> None:
    voices = client.get("/voices.json").json()["voices"]
    halden = next(one for one in voices if one["label"].lower() == "mira halden")
    assert (halden["origin"], halden["documents"], halden["publishers"]) == (5, 3, 2)
    rows = client.get("/voice.json", params={"key": halden["key"]}).json()
    assert len(rows["statements"]) == 5
    assert {one["title"] for one in rows["statements"]} >= {"Ferries to sail again"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ferries friday", 1),
        ('"sail on Friday"', 1),
        ('"Friday sail"', 0),
        ("FERRIES", 1),
        ('"', 0),
        ("NEAR( AND OR NOT *", 0),
        ("", 0),
        ("col:wall", 0),
        ("withdrawn -rumour", 1),
    ],
)
def test_search_finds_words_and_takes_nothing_for_a_command(client: TestClient, asked: str, found: int) -> None:
    rows = client.get("/search.json", params={"q": asked}).json()
    assert rows["total"] == found


def test_search_finds_texts_and_names(client: TestClient) -> None:
    assert (
        client.get("/search.json", params={"q": "ferries stayed", "in": "texts"}).json()["hits"][0]["doc"]
        == "doc-crack"
    )
    assert client.get("/search.json", params={"q": "halden", "in": "actors"}).json()["total"] >= 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/document/doc-nothing", 404),
        ("/document/statement-1", 404),
        ("/correct/doc-crack", 404),
        ("/cite/doc-crack", 404),
        ("/case?order=x", 400),
        ("/case?page=-1", 400),
        ("/case?page=%D9%A1", 400),
        ("/case?page=99999999999999999999", 400),
        ("/search?q=" + "a" * 3000, 400),
        ("/nothing", 404),
    ],
)
def test_a_wrong_address_says_what_is_wrong(client: TestClient, address: str, status: int) -> None:
    page = client.get(address)
    assert page.status_code == status
    name, _, query = address.partition("?")
    twin = client.get(f"{name}.json?{query}")
    assert twin.status_code == status and twin.json()["error"]


def test_a_page_beyond_the_last_is_the_last(client: TestClient) -> None:
    assert client.get("/case.json", params={"page": 40}).json()["pages"]["number"] == 1


def test_the_original_is_shown_without_scripts_and_looks_and_can_be_saved(client: TestClient) -> None:
    shown = client.get("/original/doc-crack")
    assert "sandbox" in shown.headers["content-security-policy"]
    saved = client.get("/copy/doc-crack")
    assert saved.headers["content-disposition"].startswith("attachment")


def test_vendored_files_are_the_ones_that_were_pinned() -> None:
    room = files("sayso.web").joinpath("static", "vendor")
    listed = json.loads(room.joinpath("vendored.json").read_text("utf-8"))
    for one in listed:
        assert hashlib.sha256(room.joinpath(one["file"]).read_bytes()).hexdigest() == one["sha256"], one["file"]
    held = {path.name for path in room.iterdir()} - {"vendored.json"}
    assert held == {one["file"] for one in listed} | {one["licence_file"] for one in listed}


def test_every_template_compiles() -> None:
    for name in environment().list_templates():
        environment().get_template(name)
