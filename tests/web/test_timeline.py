"""The screen of times: what far days do not press together, and days in the fewest words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.records import TimexKind, When, when_id
from sayso.store import create_case
from sayso.web.app import make_app
from sayso.web.desk import Desk
from sayso.web.guard import Key
from tests import factory as f

TEXT = "The dam of 1874 held. " + " ".join(f"Rain fell on {day} May 2031." for day in range(10, 24))


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    one = f.document(TEXT, title="The dam", publisher="Low Water")
    days = [(f"{day} May 2031", f"2031-05-{day}", f"2031-05-{day}") for day in range(10, 24)]
    records: list[Any] = []
    for words, first, last in [("1874", "1874-01-01", "1874-12-31"), *days]:
        span = f.span(one, words)
        id = when_id(one.id, span.start, span.end, "DATE", first)
        records.append(When(id, span, TimexKind.DATE, first, first, last, "itself", None, f.WHY))
    case = create_case(tmp_path / "affair.sayso")
    f.file(case, one, records)
    case.close()
    desk = Desk(tmp_path / "affair.sayso", Key(8000))
    desk.catch_up()
    made = TestClient(make_app(desk), base_url="http://127.0.0.1:8000", follow_redirects=False)
    made.get("/", params={"token": desk.key.token})
    return made


def test_a_far_year_is_counted_and_left_off_the_drawing(client: TestClient) -> None:
    rows = client.get("/timeline.json").json()
    assert rows["window"] == ["2031-05-10", "2031-05-23"] and len(rows["columns"]) == 14
    assert (rows["earlier"], rows["later"]) == (1, 0) and "1 earlier" in client.get("/timeline").text


def test_what_was_left_off_is_one_click_away(client: TestClient) -> None:
    before = client.get("/timeline.json").json()["before"]
    rows = client.get("/timeline.json", params={"to": before}).json()
    assert rows["moments"][0]["first"] == "1874-01-01"


def test_days_are_told_in_the_fewest_words(client: TestClient) -> None:
    page = client.get("/timeline").text
    assert '<span class="when">1874</span>' in page and '<span class="when">10 May 2031</span>' in page


def test_a_case_without_times_has_no_drawing(client: TestClient) -> None:
    assert client.get("/timeline.json", params={"from": "2040-01-01"}).json()["window"] == []
