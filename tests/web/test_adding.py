"""Files that are dropped: kept beside the case and nowhere else, read by a child, stopped and read again."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.errors import UsageError
from sayso.store import CaseFile
from sayso.web import drops
from sayso.web.desk import Desk
from sayso.web.jobs import State


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.txt", "a.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\x.txt", "x.txt"),
        ("folder∕b.html", "folder/b.html"),
        (".ssh/id", "ssh/id"),
        ("a\0b\n.txt", "a_b_.txt"),
        ("con.txt", "_con.txt"),
        ("C:\\x.txt", "C_/x.txt"),
        ("é\ud800.txt", "é_.txt"),
    ],
)
def test_a_dropped_file_stays_below_the_folder_beside_the_case(tmp_path: Path, name: str, kept: str) -> None:
    place = drops.place(tmp_path / "affair.sayso", name)
    assert place == tmp_path / "affair.files" / kept
    assert place.resolve().is_relative_to(tmp_path / "affair.files")


@pytest.mark.parametrize("name", ["", "/", "..", "...", "./.", " "])
def test_a_file_without_a_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        drops.place(tmp_path / "affair.sayso", name)


def test_a_long_name_is_cut_and_keeps_its_ending(tmp_path: Path) -> None:
    place = drops.place(tmp_path / "affair.sayso", "ä" * 400 + ".html")
    assert place.name.endswith(".html") and len(place.name.encode()) <= 200


def wait(desk: Desk) -> State:
    for _ in range(1200):
        if desk.jobs.job.state is not State.RUNNING:
            break
        time.sleep(0.1)
    return desk.jobs.job.state


def test_a_dropped_file_is_read_indexed_and_shown(client: TestClient, desk: Desk, case: CaseFile) -> None:
    text = b"Orla Venn said the lighthouse keeper had left."
    files = [("files", ("light.txt", text)), ("files", ("../empty.txt", b""))]
    answer = client.post("/add", data={"token": desk.key.write, "next": "/adding"}, files=files)
    assert (answer.status_code, answer.headers["location"]) == (303, "/adding")
    assert wait(desk) is State.FINISHED, desk.jobs.job.error
    desk.catch_up()
    assert client.get("/search.json", params={"q": "lighthouse keeper", "in": "texts"}).json()["total"] == 1
    rows = client.get("/adding.json").json()
    assert rows["job"]["progress"]["documents"] == 1
    assert any("empty.txt" in one["name"] or "empty.txt" in one["message"] for one in rows["problems"])
    client.post("/again", data={"token": desk.key.write})
    assert wait(desk) is State.FINISHED, desk.jobs.job.error
    assert client.get("/adding.json").json()["job"]["progress"]["unchanged"] == 1


def test_reading_can_be_stopped_and_gone_on_with(client: TestClient, desk: Desk) -> None:
    files = [("files", (f"{n}.txt", f"Orla Venn said {n} gates failed.".encode())) for n in range(40)]
    client.post("/add", data={"token": desk.key.write}, files=files)
    assert client.post("/add", json={"token": desk.key.write}).status_code == 400
    client.post("/stop", data={"token": desk.key.write})
    assert wait(desk) in (State.STOPPED, State.FINISHED), desk.jobs.job.error
    client.post("/again", data={"token": desk.key.write})
    assert wait(desk) is State.FINISHED, desk.jobs.job.error
    desk.catch_up()
    assert client.get("/search.json", params={"q": "gates failed orla"}).json() is not None
    assert client.get("/case.json").json()["holds"]["documents"] >= 40
