"""Every screen of the workbench in a browser: no fault, no request elsewhere, no barrier, the same as its twin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from sayso.web.desk import Desk
from tests.browser.bench_visit import Bench, serving, visiting
from tests.browser.test_report_page import violations
from tests.web.bench_case import write_case

SCREENS = (
    "/case", "/case?order=unnamed", "/search?q=gates", "/search?q=gates&in=texts", "/search?q=lorn&in=actors",
    "/voices",
    "/voices?show=unnamed", "/claims", "/timeline", "/timeline?lane=said", "/map", "/map?show=unresolved", "/network",
    "/network?kind=relations", "/dominoes", "/reuse", "/checks", "/review", "/review?kind=event&by=consequence",
    "/history", "/conflicts", "/report", "/adding", "/keys", "/ready", "/document/doc-crack",
    "/document/doc-crack?beside=original", "/document/doc-crack?show=unnamed",
)  # fmt: skip
TOLD = frozenset(
    {"title", "label", "words", "message", "publisher", "name", "subject", "object", "cause", "effect", "told"}
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with serving(write_case(tmp_path_factory.mktemp("bench") / "affair.sayso")) as made:
        yield made


@pytest.fixture
def bench(chromium: Any, desk: Desk) -> Iterator[Bench]:
    with visiting(chromium, desk) as made:
        yield made


def addresses(bench: Bench) -> list[str]:
    """All screens, one record's where a screen is about one."""
    claim = bench.twin("/claims")["claims"][0]["id"]
    reuse = bench.twin("/reuse")["links"][0]["id"]
    edge = bench.twin("/network")["edges"][0]
    relation = bench.twin("/network?kind=relations")["edges"][0]["relation"]
    pin = bench.twin("/map")["pins"][0]["pin"]
    voice = next(one for one in bench.twin("/voices")["voices"] if one["key"].startswith("actor-"))
    statement = bench.twin("/document/doc-crack")["statements"][3]["id"]
    ends = f"from={quote(edge['from'], safe='')}&to={quote(edge['to'], safe='')}"
    return [
        *SCREENS, f"/claim/{claim}", f"/reuse/{reuse}", f"/edge?{ends}", f"/edge?relation={relation}",
        f"/map?pin={pin}",
        f"/voice?key={quote(voice['key'], safe='')}", f"/correct/{statement}", f"/correct/{claim}",
        f"/document/doc-crack?statement={statement}#{statement}", f"/cite/{statement}", "/nothing",
    ]  # fmt: skip


def test_every_screen_opens_without_a_fault_and_says_what_its_twin_says(bench: Bench) -> None:
    for address in addresses(bench):
        answer = bench.open(address)
        assert answer.status == (404 if address == "/nothing" else 200), address
        if answer.status == 200:
            assert differences(bench, address) == [], address


def differences(bench: Bench, address: str) -> list[str]:
    """What only one of a page and its twin says: records by id, and every piece of text of the twin."""
    twin = bench.twin(address)
    shown = bench.page.evaluate(
        "[...document.querySelectorAll('main [data-id]')].filter(e => !e.closest('.drawing')).map(e => e.dataset.id)"
    )
    held = set(_strings(twin, None))
    missing = [id for id in shown if id not in held and not set(id.split(" ")) <= held]
    text = _even(bench.page.evaluate("document.querySelector('main').textContent") or "")
    told = [words for words in _strings(twin, TOLD) if _even(words) not in text]
    return missing + told


def _strings(value: Any, keys: frozenset[str] | None, under: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            # The signed twin of a drawing, the address and what only a form shows are no text of the page.
            if key not in (
                "asked",
                "drawn",
                "linked",
                "sources",
                "rules",
                "runs",
                "chips",
                "loaded",
                "facts",
                "blanks",
            ):
                yield from _strings(inner, keys, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, keys, under)
    elif isinstance(value, str) and value and (keys is None or under in keys):
        yield value


def _even(words: str) -> str:
    return re.sub(r"\s+", "", words)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_barrier_on_any_screen(chromium: Any, desk: Desk, axe: str, scheme: str, width: int) -> None:
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}, "bypass_csp": True}
    with visiting(chromium, desk, **options) as bench:
        for address in addresses(bench):
            bench.open(address)
            bench.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            assert violations(bench.page, axe) == [], address


@pytest.mark.parametrize("width", [1280, 640, 360])
def test_nothing_is_wider_than_the_window(chromium: Any, desk: Desk, width: int) -> None:
    """640 pixels stand for 1280 at 200 % zoom."""
    with visiting(chromium, desk, viewport={"width": width, "height": 700}) as bench:
        for address in addresses(bench):
            bench.open(address)
            bench.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            assert bench.page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_pages_say_the_same_without_scripts(chromium: Any, desk: Desk) -> None:
    with visiting(chromium, desk) as bench:
        twins = {address: bench.twin(address) for address in addresses(bench)[:-1]}
    with visiting(chromium, desk, java_script_enabled=False) as bench:
        bench.drawings = False
        for address, twin in twins.items():
            bench.open(address)
            text = _even(bench.page.locator("main").text_content() or "")
            assert [words for words in _strings(twin, TOLD) if _even(words) not in text] == [], address


def test_on_paper_there_is_the_text_and_no_tool(bench: Bench) -> None:
    bench.open("/document/doc-crack")
    bench.page.emulate_media(media="print")
    assert bench.page.locator(".menu").is_hidden() and bench.page.locator(".foot").is_hidden()
    assert bench.page.locator("#texts").is_visible()
    assert len(bench.page.pdf()) > 10_000


# --- by keyboard ---------------------------------------------------------------------------------------------------


def test_statements_are_walked_judged_and_taken_back_with_one_key_each(bench: Bench) -> None:
    bench.open("/document/doc-crack?show=attributed")
    page = bench.page
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    id = page.evaluate("document.activeElement.dataset.id")
    assert page.locator("#texts .lit").count() > 0
    with page.expect_navigation():
        page.keyboard.press("r")
    assert page.evaluate("document.activeElement.dataset.id") == id
    assert "rejected" in page.locator(f"[id='{id}']").get_attribute("class")
    with page.expect_navigation():
        page.keyboard.press("u")
    assert "rejected" not in page.locator(f"[id='{id}']").get_attribute("class")
    with page.expect_navigation():
        page.keyboard.press("Shift+U")
    assert "rejected" in page.locator(f"[id='{id}']").get_attribute("class")
    with page.expect_navigation():
        page.keyboard.press("u")


def test_the_queue_is_worked_through_with_one_key_a_decision(bench: Bench) -> None:
    bench.open("/review?kind=event")
    before = bench.twin("/review?kind=event")["counts"]["event"]
    for _ in range(2):
        with bench.page.expect_navigation():
            bench.page.keyboard.press("a")
    assert bench.twin("/review?kind=event")["counts"]["event"] == before - 2
    for _ in range(2):
        with bench.page.expect_navigation():
            bench.page.keyboard.press("u")


def test_e_opens_the_form_and_words_are_selected_with_the_mouse(bench: Bench) -> None:
    from playwright.sync_api import expect

    page = bench.page
    bench.open("/review")
    with page.expect_navigation():
        page.keyboard.press("e")
    assert page.url.startswith(bench.home + "/correct/")
    id = page.locator(".sheet").get_attribute("data-id")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.context mark'))")
    with bench.desk.shelf() as shelf:
        spans = shelf.case.get(id).content
    expect(page.locator("[data-span]")).to_have_value(f"{spans[0].start}-{spans[-1].end}")


def test_question_mark_lists_the_keys_and_they_can_be_switched_off(bench: Bench) -> None:
    page = bench.page
    bench.open("/document/doc-crack")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator(".note.at").count() == 0


def test_keys_do_nothing_while_something_is_typed(bench: Bench) -> None:
    bench.open("/document/doc-crack")
    bench.page.keyboard.press("/")
    bench.page.keyboard.type("jar")
    assert bench.page.input_value("header input[type=search]") == "jar"
    assert bench.page.locator(".note.at").count() == 0


# --- drawings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "drawn"),
    [("/timeline", "#drawing svg rect"), ("/map", "#worldmap path.b-pin"), ("/map", "#worldmap path.b-land"),
     ("/dominoes", "#drawing svg .dom-node"), ("/network", "#network canvas")],
)  # fmt: skip
def test_every_drawing_is_drawn(bench: Bench, address: str, drawn: str) -> None:
    bench.open(address)
    bench.page.wait_for_selector(drawn, state="attached")
    assert bench.page.locator(drawn).count() >= 1


def test_a_pin_opens_where_the_place_is_named(bench: Bench) -> None:
    bench.open("/map")
    bench.page.wait_for_selector("#worldmap path.b-pin")
    with bench.page.expect_navigation():
        bench.page.locator("#worldmap path.b-pin").first.click()
    assert "pin=geonames" in bench.page.url
    assert "Port Vell" in bench.page.inner_text("#h-sight ~ ul")


def test_files_dropped_on_the_page_go_into_the_form(bench: Bench, tmp_path: Path) -> None:
    bench.open("/case")
    bench.page.set_input_files(
        "#add input[type=file]", files=[{"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"}]
    )
    assert bench.page.evaluate("document.querySelector('#add input[type=file]').files.length") == 1
