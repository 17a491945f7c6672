"""The screen of dominoes: the graph of the case, what a person rejected left out, and the ways through a happening."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.records import CausalKind, Why
from sayso.store import create_case
from sayso.web.app import make_app
from sayso.web.desk import Desk
from sayso.web.guard import Key
from tests import factory as f

HOST = "http://127.0.0.1:8000"
TEXTS = (
    "The raid on Lunn led to the closing of Port Vell",
    "The closing of Port Vell led to the flood in Sarrow",
    "The drought of Tessel stopped the harvest in Ombrel",
)
UNSURE = Why("tests", score=0.2)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Three links, the last unsure and a prevention; one happening is told in two texts."""
    case = create_case(tmp_path / "affair.sayso")
    for number, text in enumerate(TEXTS):
        prevents = "stopped" in text
        one = f.document(f"{text}.", name=f"{number}.txt", title=f"Text {number}", publisher="Low Water")
        said = f.statement(one, text)
        ends = text.split(" stopped " if prevents else " led to ")
        fields = {"kind": CausalKind.PREVENTS, "why": UNSURE} if prevents else {}
        f.file(case, one, [said, f.causal_link(said, *(f.span(one, words) for words in ends), **fields)])
    case.close()
    made = Desk(tmp_path / "affair.sayso", Key(8000), by="Ada")
    made.catch_up()
    return made


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    made = TestClient(make_app(desk), base_url=HOST, follow_redirects=False)
    made.get("/", params={"token": desk.key.token})
    made.headers["origin"] = HOST
    yield made


def told(client: TestClient, **asked: str) -> list[tuple[str, str]]:
    return [(one["cause"], one["effect"]) for one in client.get("/dominoes.json", params=asked).json()["edges"]]


def test_links_that_are_less_sure_are_counted_and_shown_when_asked_for(client: TestClient) -> None:
    assert client.get("/dominoes.json").json()["unsure"] == 1
    assert len(told(client)) == 2 and len(told(client, every="1")) == 3
    assert "1 link less sure is left out" in client.get("/dominoes").text


def test_what_two_texts_tell_of_one_happening_is_one_box(client: TestClient) -> None:
    drawn = client.get("/dominoes.json").json()["drawn"]
    assert len(drawn["boxes"]) == 3 and len(drawn["lines"]) == 2


def test_a_kind_is_shown_alone(client: TestClient) -> None:
    assert told(client, every="1", kind="prevents") == [("The drought of Tessel", "the harvest in Ombrel")]


def test_the_ways_through_a_happening_are_those_to_it_and_those_on_from_it(client: TestClient) -> None:
    rows = client.get("/dominoes.json", params={"from": "closing of Port", "every": "1"}).json()
    assert {one["way"]: one["number"] for one in rows["edges"]} == {"behind": 1, "ahead": 2}
    assert rows["ways"] == {"behind": 1, "ahead": 1, "denied": 0} and len(rows["through"]["tellings"]) == 2


def test_words_that_may_mean_several_offer_each_and_those_that_mean_none_say_so(client: TestClient) -> None:
    assert len(client.get("/dominoes.json", params={"from": "the", "every": "1"}).json()["choices"]) > 1
    assert "Nothing that is shown here is told in these words" in client.get("/dominoes?from=volcano").text


def test_a_link_says_what_falls_with_it(client: TestClient) -> None:
    falls = {
        one["cause"]: [held["label"] for held in one["falls"]] for one in client.get("/dominoes.json").json()["edges"]
    }
    assert falls["The raid on Lunn"] == ["the flood in Sarrow"]


def test_a_link_that_a_person_rejects_is_gone_at_once(client: TestClient, desk: Desk) -> None:
    link = client.get("/dominoes.json").json()["edges"][0]["claims"][0]["link"]
    fields = {"token": desk.key.write, "about": link, "verdict": "reject", "next": "/dominoes"}
    assert client.post("/judge", data=fields).status_code == 303
    assert [cause for cause, _ in told(client)] == ["The closing of Port Vell"]


def test_a_large_graph_is_shown_as_it_was_until_it_is_made_anew_but_never_with_what_was_rejected(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.web.index_dominoes.SOON", 2)
    link = client.get("/dominoes.json").json()["edges"][0]["claims"][0]["link"]
    fields = {"token": desk.key.write, "about": link, "verdict": "reject", "next": "/dominoes"}
    assert client.post("/judge", data=fields).status_code == 303
    rows = client.get("/dominoes.json").json()
    assert (rows["fresh"], rows["total"]) == (False, 2)
    assert [one["cause"] for one in rows["edges"]] == ["The closing of Port Vell"]
    assert "made anew in the background" in client.get("/dominoes").text
    desk.catch_up()
    rows = client.get("/dominoes.json").json()
    assert (rows["fresh"], rows["total"]) == (True, 1)


def test_a_happening_is_found_by_the_beginning_of_its_id(client: TestClient) -> None:
    node = client.get("/dominoes.json").json()["edges"][0]["effect_node"]
    assert client.get("/dominoes.json", params={"from": node[:-3]}).json()["through"]["id"] == node


def test_the_links_of_a_kind_are_drawn_alone(client: TestClient) -> None:
    rows = client.get("/dominoes.json", params={"kind": "prevents", "every": "1"}).json()
    assert (rows["total"], rows["happenings"], len(rows["drawn"]["lines"])) == (1, 2, 1)


def test_strange_characters_in_an_address_mean_nothing(client: TestClient) -> None:
    assert client.get("/dominoes", params={"from": "\x00%_'\ufffd"}).status_code == 200


def test_a_case_without_dominoes_says_so(tmp_path: Path) -> None:
    create_case(tmp_path / "empty.sayso").close()
    desk = Desk(tmp_path / "empty.sayso", Key(8000))
    made = TestClient(make_app(desk), base_url=HOST, follow_redirects=False)
    made.get("/", params={"token": desk.key.token})
    assert "No text says of anything" in made.get("/dominoes").text
