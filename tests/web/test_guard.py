"""Who may ask the workbench, and what its pages may do."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from sayso.web.desk import Desk
from sayso.web.guard import POLICY
from tests.web.conftest import HOST


def test_the_start_address_lets_in_once_and_leaves_no_token_in_the_address(desk: Desk, stranger: TestClient) -> None:
    answer = stranger.get("/", params={"token": desk.key.token, "x": "1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?x=1")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie


def test_the_way_in_never_leads_to_another_host(desk: Desk, stranger: TestClient) -> None:
    answer = stranger.get(f"{HOST}//evil.example/", params={"token": desk.key.token})
    assert answer.headers["location"] == "/evil.example/"


@pytest.mark.parametrize(
    "address", ["/case", "/case.json", "/static/workbench.css", "/openapi.json", "/original/doc-crack"]
)
def test_without_the_token_nothing_is_shown(stranger: TestClient, address: str) -> None:
    answer = stranger.get(address)
    assert answer.status_code == 403
    assert "crack" not in answer.text


def test_a_wrong_token_is_refused(stranger: TestClient) -> None:
    assert stranger.get("/case", params={"token": "no"}).status_code == 403
    stranger.cookies.set("sayso-8000", "no")
    assert stranger.get("/case").status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1:9", "0.0.0.0:8000", ""])
def test_a_strangers_name_for_this_machine_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/case", headers={"host": host}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9"},
        {"origin": HOST, "sec-fetch-site": "cross-site"},
        {"origin": HOST, "sec-fetch-site": "same-site"},
    ],
)
def test_a_write_from_another_page_is_refused(client: TestClient, desk: Desk, headers: dict[str, str]) -> None:
    answer = client.post("/who", data={"token": desk.key.write, "by": "Eve"}, headers=headers)
    assert answer.status_code == 403
    assert desk.by == "Ada"


@pytest.mark.parametrize("address", ["/judge", "/undo", "/redo", "/who", "/merge", "/split"])
@pytest.mark.parametrize("token", ["", "no"])
def test_every_write_needs_the_token(client: TestClient, address: str, token: str) -> None:
    assert client.post(address, data={"token": token}).status_code == 403


def test_a_write_without_an_origin_needs_the_session_token_in_a_header(client: TestClient, desk: Desk) -> None:
    del client.headers["origin"]
    assert client.post("/who", data={"token": desk.key.write, "by": "Eve"}).status_code == 403
    answer = client.post("/who", json={"by": "Bo"}, headers={"x-sayso-token": desk.key.token})
    assert (answer.status_code, desk.by) == (200, "Bo")


@pytest.mark.parametrize("address", ["/case", "/case.json", "/nothing", "/static/workbench.js", "/voices?page=x"])
def test_every_answer_carries_the_policy_and_no_leave_for_others(client: TestClient, address: str) -> None:
    headers = client.get(address, headers={"origin": "https://evil.example"}).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert not [name for name in headers if name.startswith("access-control")]


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert "unsafe" not in POLICY and "http" not in POLICY and "*" not in POLICY


@pytest.mark.parametrize(
    "address",
    ["/static/../serve.py", "/static/%2e%2e/serve.py", "/static/..%2fserve.py", "/static//etc/passwd",
     "/original/..%2f..%2fetc%2fpasswd", "/copy/%2fetc%2fpasswd", "/document/..%2f..%2fetc%2fpasswd",
     "/static/vendor/"],
)  # fmt: skip
def test_no_file_outside_is_readable(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "root:" not in answer.text and "import" not in answer.text


def test_after_a_write_one_is_led_to_this_server_only(client: TestClient, desk: Desk) -> None:
    for target in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"):
        answer = client.post("/who", data={"token": desk.key.write, "by": "Ada", "next": target})
        assert answer.headers["location"] == "/case"
