"""The report in a browser: no faults, no requests, usable by mouse, by keyboard, on paper and without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sayso.export.report import export
from sayso.ingest.blocks import Block
from sayso.records import Meta, PartKind
from tests import factory as f
from tests.browser.nasty import STRINGS
from tests.views.affair import MemoryCase, affair, harbour, write

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report") / "report.html"
    export(affair(), out)
    return out


def says(page: Any, count: str) -> None:
    """The live count comes to say this."""
    from playwright.sync_api import expect

    expect(page.locator("#count")).to_have_text(count)


def violations(page: Any, axe: str) -> list[str]:
    # What is not drawn yet has a guessed place, where axe takes the colours of what lies there for its ground.
    page.add_style_tag(content="* { content-visibility: visible !important }")
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{v['id']}: {node['html'][:160]}" for v in found["violations"] for node in v["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_violation(visit: Any, axe: str, report: Path, scheme: str, width: int) -> None:
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}, "bypass_csp": True}
    page = visit(report, **options).page
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert violations(page, axe) == []
    page.locator("#texts mark").first.click()
    assert violations(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_loaded_words_have_a_line_of_their_own_say_whose_they_are_and_please_axe(
    visit: Any, axe: str, tmp_path: Path, scheme: str
) -> None:
    export(MemoryCase(harbour().records()), tmp_path / "words.html")
    page = visit(tmp_path / "words.html", color_scheme=scheme, bypass_csp=True).page
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert violations(page, axe) == []
    thugs = page.locator("#texts .part .loaded", has_text="thugs")
    assert thugs.evaluate("word => getComputedStyle(word).borderBottomStyle") == "dotted"
    thugs.click()
    assert "put into a source’s mouth by the writer" in page.inner_text("#card")
    assert violations(page, axe) == []


@pytest.mark.parametrize("width", [1280, 640, 360, 320])
def test_nothing_is_wider_than_the_window(visit: Any, report: Path, width: int) -> None:
    page = visit(report, viewport={"width": width, "height": 700}).page
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_hovering_shows_the_exact_words_and_escape_hides_them(visit: Any, report: Path) -> None:
    page = visit(report).page
    page.locator("#texts mark", has_text="anyone had warned her").hover()
    page.wait_for_selector("#card:not([hidden])")
    assert "Mira Halden" in page.inner_text("#card") and "anyone had warned her" in page.inner_text("#card")
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()


def test_a_click_pins_the_reason_and_closing_goes_back_to_the_chain(visit: Any, report: Path) -> None:
    page = visit(report).page
    page.locator("#texts mark", has_text="the crack in the sea wall in March").click()
    text = page.inner_text("#card")
    assert "two officials" in text and "detect.attribution.indirect" in text and "the verb takes a clause" in text
    page.get_by_role("button", name="Close").click()
    assert page.evaluate("document.activeElement.closest('.note').id") == "d1-s3"


def test_the_innermost_words_have_the_colour_of_their_origin(visit: Any, report: Path) -> None:
    page = visit(report).page
    line = page.locator("#texts mark", has_text="the crack in the sea wall").evaluate(
        "mark => getComputedStyle(mark).textDecorationColor"
    )
    chip = page.locator("#d1-s3 .origin bdi").evaluate("chip => getComputedStyle(chip).borderBottomColor")
    assert line == chip


def test_j_and_k_go_from_statement_to_statement(visit: Any, report: Path) -> None:
    page = visit(report).page
    where = "document.activeElement.closest('.note')?.id"
    page.keyboard.press("j")
    first = page.evaluate(where)
    page.keyboard.press("j")
    assert page.evaluate(where) != first
    page.keyboard.press("k")
    assert page.evaluate(where) == first
    page.keyboard.press("Enter")
    assert page.locator(f"#{first} details").get_attribute("open") is not None


def test_keys_can_be_switched_off(visit: Any, report: Path) -> None:
    page = visit(report).page
    page.keyboard.press("?")
    page.get_by_label("use these keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('.note')") is None


def test_the_filters_work_by_keyboard_and_say_how_many_are_left(visit: Any, report: Path) -> None:
    page = visit(report).page
    page.keyboard.press("/")
    page.keyboard.type("ferries would")
    says(page, "1 statement in 1 text")
    assert page.locator("#texts > article:not([hidden])").count() == 1
    page.keyboard.press("Escape")
    says(page, "10 statements")


@pytest.mark.parametrize(
    ("label", "choice", "left"),
    [
        ("Voice", "Mira Halden (4)", "4 statements in 2 texts"),
        ("Wording", "mixed", "1 statement in 1 text"),
        ("Wording", "own", "1 statement in 1 text"),
        ("Modality", "required", "1 statement in 1 text"),
    ],
)
def test_each_filter_keeps_what_fits(visit: Any, report: Path, label: str, choice: str, left: str) -> None:
    page = visit(report).page
    page.get_by_role("combobox", name=label).select_option(label=choice)
    says(page, left)


def test_not_named_only_keeps_anonymous_and_sourceless_statements(visit: Any, report: Path) -> None:
    page = visit(report).page
    page.get_by_label("not named only").check()
    says(page, "3 statements in 1 text")
    assert page.locator(".note:not([hidden])").count() == 3


def test_a_voice_leads_back_to_the_place_in_the_text(visit: Any, report: Path) -> None:
    page = visit(report).page
    page.locator(".most a").first.click()
    page.locator("#v1 .said a").first.click()
    page.wait_for_url("**#d*")
    assert page.locator(page.evaluate("location.hash")).locator("summary").is_visible()


def test_the_toggle_changes_light_and_dark(visit: Any, report: Path) -> None:
    page = visit(report, color_scheme="light").page
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_without_scripts_everything_can_be_read(visit: Any, report: Path) -> None:
    page = visit(report, java_script_enabled=False).page
    assert page.locator("#filters").is_hidden()
    page.locator("#d1-s3 summary").click()
    assert page.locator("#d1-s3").get_by_text("the verb takes a clause").is_visible()


def test_it_prints_with_the_chains_beside_the_text(visit: Any, report: Path, tmp_path: Path) -> None:
    page = visit(report).page
    page.emulate_media(media="print")
    assert page.locator("#d1-s3 summary").is_visible() and page.locator("#filters").is_hidden()
    assert page.pdf()[:5] == b"%PDF-"


def hostile(nasty: str) -> MemoryCase:
    """A case with the string in every field that a document can fill."""
    meta = Meta(nasty, nasty)
    words = f"Kato says {nasty} now. See here."
    made = write(
        f"doc-{nasty}",
        nasty,
        nasty,
        Block(PartKind.BODY, words, "p", ((len(words) - 5, len(words) - 1, nasty),)),
        Block(PartKind.BYLINE, f"By {nasty}", "p"),
        name=nasty,
        url=meta,
        authors=(meta,),
        published=meta,
        language=meta,
    )
    made.source("Kato", nasty)
    made.statement(["says", "now"], made.hop(["Kato"], "Kato says"))
    return MemoryCase(made.records())


@pytest.mark.parametrize("nasty", STRINGS)
def test_hostile_words_run_nothing_and_lead_nowhere(visit: Any, tmp_path: Path, nasty: str) -> None:
    out = tmp_path / "report.html"
    export(hostile(nasty), out, full=True)
    page = visit(out).page
    page.locator("#texts mark").first.click()
    page.keyboard.press("Escape")
    for link in page.locator("a[href]").all():
        assert (link.get_attribute("href") or "").split(":")[0] in ("http", "https", "mailto") or (
            link.get_attribute("href") or ""
        ).startswith("#")
    assert page.evaluate("window.pwned") is None
    assert page.locator("script").count() == 1


def test_the_map_draws_every_pin_and_a_pin_tells_who_names_it(visit: Any, tmp_path: Path) -> None:
    document = f.document("He went from Hadrin to Orm.", title="<b>Away</b>", published="2031-05-03")
    places = [f.place(document, "Hadrin", 10.0, 170.0), f.place(document, "Orm", -40.0, -30.0)]
    with f.filed((document, [*places, f.statement(document, document.text)])) as case:
        export(case, tmp_path / "map.html")
    page = visit(tmp_path / "map.html").page
    assert page.locator("#map path.pin").count() == 2
    page.locator("#map path.pin").first.click()
    assert "<b>Away</b>" in page.locator("#map .told").inner_text()
    page.get_by_role("button", name="Closer").click()
