"""People's words through the workbench: judged, taken back, put together, settled; and lists that obey them."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.records import Actor, ClaimCluster, Event, Place, Statement
from sayso.store import CaseFile
from sayso.web.desk import Desk


def send(client: TestClient, desk: Desk, path: str, **fields: str) -> Any:
    """A form as the browser sends it."""
    data = {name.replace("__", "."): value for name, value in fields.items()}
    return client.post(path, data={"token": desk.key.write, **data})


def denial(case: CaseFile) -> Statement:
    return next(one for one in case.of(Statement, "doc-crack") if one.polarity == "negative")


def test_a_rejected_statement_leaves_voices_and_search_at_once_and_comes_back_with_undo(
    client: TestClient, desk: Desk, case: CaseFile
) -> None:
    def counts() -> tuple[int, int]:
        voices = client.get("/voices.json", params={"q": "mira halden"}).json()["voices"]
        return voices[0]["origin"], client.get("/search.json", params={"q": "anyone warned her"}).json()["total"]

    before = counts()
    answer = send(client, desk, "/judge", about=denial(case).id, verdict="reject", next="/document/doc-crack")
    assert (answer.status_code, answer.headers["location"]) == (303, "/document/doc-crack")
    assert counts() == (before[0] - 1, 0)
    send(client, desk, "/undo")
    assert counts() == before


def test_a_rejected_statement_is_still_shown_in_its_document_with_who_and_why(
    client: TestClient, desk: Desk, case: CaseFile
) -> None:
    send(client, desk, "/judge", about=denial(case).id, verdict="reject", note="he spoke of another wall")
    rows = client.get("/document/doc-crack.json").json()
    (ruling,) = [one["ruling"] for one in rows["statements"] if one["id"] == denial(case).id]
    assert ruling["verdict"] == "reject"
    assert (ruling["words"][0]["by"], ruling["words"][0]["note"]) == ("Ada", "he spoke of another wall")
    assert "he spoke of another wall" in client.get("/document/doc-crack").text


def test_a_form_corrects_only_what_it_changes(client: TestClient, desk: Desk, case: CaseFile) -> None:
    form = client.get(f"/correct/{denial(case).id}.json").json()["blanks"]
    fields = {f"set.{blank['name']}": blank["value"] for blank in form} | {"set.modality": "possible"}
    answer = client.post(
        "/judge", data={"token": desk.key.write, "about": denial(case).id, "verdict": "edit", **fields}
    )
    assert answer.status_code == 303
    (word,) = case.judgements
    assert word.change == {"modality": "possible"}


def test_a_form_that_changes_nothing_is_told_so(client: TestClient, desk: Desk, case: CaseFile) -> None:
    answer = send(client, desk, "/judge", about=denial(case).id, verdict="edit", set__modality="asserted")
    assert answer.status_code == 400 and "names the corrected fields" in answer.text


@pytest.mark.parametrize("kind", [Event, Place, ClaimCluster, Actor])
def test_records_of_other_kinds_are_judged_too(client: TestClient, desk: Desk, case: CaseFile, kind: type) -> None:
    one: Any = next(case.of(kind))
    assert send(client, desk, "/judge", about=one.id, verdict="accept").status_code == 303
    assert client.get("/history.json").json()["words"][0]["attached"] == one.id


def test_a_claim_is_graded_on_two_axes(client: TestClient, desk: Desk, case: CaseFile) -> None:
    claim = next(case.of(ClaimCluster))
    assert client.get(f"/claim/{claim.id}.json").json()["ruling"]["grade"] == ["F", "6"]
    send(client, desk, "/judge", about=claim.id, verdict="edit", set__reliability="C", set__credibility="2")
    assert client.get(f"/claim/{claim.id}.json").json()["ruling"]["grade"] == ["C", "2"]


def test_a_wording_is_taken_out_of_a_claim_and_put_back(client: TestClient, desk: Desk, case: CaseFile) -> None:
    claim = next(case.of(ClaimCluster))
    send(client, desk, "/split", cluster=claim.id, member=claim.statements[1])
    assert len(client.get(f"/claim/{claim.id}.json").json()["wordings"]) == 2
    other = next(one for one in client.get("/claims.json").json()["claims"] if one["id"] != claim.id)
    assert send(client, desk, "/merge", left=claim.id, right=other["id"]).status_code == 303
    assert len(client.get(f"/claim/{claim.id}.json").json()["wordings"]) == 3


def test_two_actors_are_put_together(client: TestClient, desk: Desk, case: CaseFile) -> None:
    first, second = [one for one in case.of(Actor) if one.kind == "person"]
    send(client, desk, "/merge", left=first.id, right=second.id)
    rows = client.get("/voice.json", params={"key": first.id}).json()
    shown = rows.get("actor") or client.get("/voice.json", params={"key": second.id}).json()["actor"]
    assert len(shown["mentions"]) == 2


def test_what_was_judged_leaves_the_queue(client: TestClient, desk: Desk) -> None:
    first = client.get("/review.json").json()
    send(client, desk, "/judge", about=first["items"][0]["id"], verdict="accept")
    second = client.get("/review.json").json()
    assert second["counts"]["statement"] == first["counts"]["statement"] - 1
    assert second["undo"]["verdict"] == "accept" and second["redo"] is None


def test_the_queue_is_sorted_by_doubt_or_by_what_hangs_on_it(client: TestClient) -> None:
    doubt = [one["doubt"] for one in client.get("/review.json").json()["items"]]
    weight = [one["weight"] for one in client.get("/review.json", params={"by": "consequence"}).json()["items"]]
    assert doubt == sorted(doubt, reverse=True) and weight == sorted(weight, reverse=True) and max(weight) == 3


def test_disagreements_are_shown_and_settled(client: TestClient, desk: Desk, case: CaseFile) -> None:
    send(client, desk, "/judge", about=denial(case).id, verdict="accept")
    send(client, desk, "/who", by="Bo")
    send(client, desk, "/judge", about=denial(case).id, verdict="reject")
    (one,) = client.get("/conflicts.json").json()["conflicts"]
    assert [(side["who"], side["value"]) for side in one["sides"]] == [("Ada", "accept"), ("Bo", "reject")]
    send(client, desk, "/settle", word=one["sides"][0]["id"])
    assert client.get("/conflicts.json").json()["conflicts"] == []


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/judge", {"about": "statement-zz", "verdict": "accept"}, 400),
        ("/judge", {"about": "doc-crack", "verdict": "accept"}, 400),
        ("/judge", {"verdict": "accept"}, 400),
        ("/judge", {"about": "x", "verdict": "accept", "odd": "1"}, 400),
        ("/undo", {}, 400),
        ("/merge", {"left": "a", "right": "b"}, 400),
        ("/split", {"cluster": "claim-1", "member": "x"}, 400),
        ("/settle", {"word": "judgement-1"}, 400),
        ("/stop", {}, 400),
        ("/again", {}, 400),
    ],
)
def test_a_word_that_cannot_be_is_refused_with_a_reason(
    client: TestClient, desk: Desk, path: str, fields: dict[str, str], status: int
) -> None:
    answer = client.post(path, json={"token": desk.key.write, **fields})
    assert answer.status_code == status and answer.json()["error"]


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"by": 1}', b'{"by": null}', b"\xff"])
def test_a_body_that_cannot_be_read_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/who", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 403)
