"""A workbench over the invented affair, asked over HTTP without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.store import CaseFile, open_case
from sayso.web.app import make_app
from sayso.web.desk import Desk
from sayso.web.guard import Key
from tests.web.bench_case import write_case

HOST = "http://127.0.0.1:8000"


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    return write_case(tmp_path / "affair.sayso")


@pytest.fixture
def desk(case_path: Path) -> Desk:
    made = Desk(case_path, Key(8000), by="Ada")
    made.catch_up()
    return made


@pytest.fixture
def stranger(desk: Desk) -> TestClient:
    """A browser on this machine that was not given the start address."""
    return TestClient(make_app(desk), base_url=HOST, follow_redirects=False)


@pytest.fixture
def client(desk: Desk, stranger: TestClient) -> TestClient:
    """The browser that opened the start address."""
    assert stranger.get("/", params={"token": desk.key.token}).status_code == 303
    stranger.headers["origin"] = HOST
    return stranger


@pytest.fixture
def case(case_path: Path, desk: Desk) -> Iterator[CaseFile]:
    with open_case(case_path) as held:
        yield held
