"""The report: whole and safe as a file, before any browser looks at it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sayso.export.report import export, href
from sayso.ingest.blocks import Block
from sayso.records import Meta, PartKind
from tests.views import linked
from tests.views.affair import MemoryCase, affair, crack, harbour, write


def page(tmp_path: Path, case: MemoryCase | None = None, *, full: bool = False, **options: object) -> str:
    out = tmp_path / "report.html"
    export(case or affair(), out, full=full, **options)  # type: ignore[arg-type]
    return out.read_text("utf-8")


class Reader(HTMLParser):
    """All tags with their attributes, and the words outside style and script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside not in ("style", "script"):
            self.words += data


def test_every_statement_stands_in_the_page_with_its_chain_and_exact_words(tmp_path: Path) -> None:
    words = " ".join(Reader(page(tmp_path)).words.split())
    assert "The Northern Wire reported cites ‹ two officials said" in words
    assert "and it was looked at in May" in words


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    assert page(tmp_path) == page(tmp_path)


def test_quotes_leave_out_what_cites_nobody_and_full_says_whose_the_texts_are(tmp_path: Path) -> None:
    assert "The ferries stayed in port" not in page(tmp_path)
    whole = page(tmp_path, full=True)
    assert "The ferries stayed in port" in whole and "They belong to their publishers" in whole


def test_nothing_is_loaded_from_elsewhere_and_no_markup_carries_code(tmp_path: Path) -> None:
    for tag, attributes in Reader(page(tmp_path, full=True)).tags:
        assert tag not in {"img", "iframe", "link", "object", "embed", "base", "video", "audio"}
        assert "src" not in attributes and "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


def test_the_policy_names_the_style_and_the_scripts_by_hash(tmp_path: Path) -> None:
    html = page(tmp_path)
    policy = next(str(a["content"]) for _, a in Reader(html).tags if a.get("http-equiv") == "Content-Security-Policy")
    scripts = r"script-src 'sha256-[^']+' 'sha256-[^']+'"
    assert re.match(rf"default-src 'none'; style-src 'sha256-[^']+'; {scripts}; base-uri", policy)
    assert "unsafe" not in policy and html.count("<script") == html.count("<style") == 1


def test_ids_are_used_once_and_every_link_within_the_page_arrives(tmp_path: Path) -> None:
    tags = Reader(page(tmp_path, full=True)).tags
    ids = [str(attributes["id"]) for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inner = [str(a["href"])[1:] for tag, a in tags if tag == "a" and str(a.get("href")).startswith("#")]
    assert inner and set(inner) <= set(ids)


@pytest.mark.parametrize(
    ("target", "safe"),
    [
        ("https://a.example/x?y=1#z", True),
        ("HTTP://A.EXAMPLE", True),
        ("mailto:desk@a.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("ht\ntps://a.example", False),
        ("data:text/html,x", False),
        ("file:///etc/hosts", False),
        ("//a.example/x", False),
        ("relative.html", False),
        ("https://[bad", False),
        ("", False),
    ],
)
def test_only_web_and_mail_addresses_are_links(target: str, safe: bool) -> None:
    assert bool(href(target)) is safe


def test_an_unsafe_address_is_shown_as_words(tmp_path: Path) -> None:
    made = write("doc-x", "T", None, Block(PartKind.BODY, "Words.", "p"), url=Meta("javascript:alert(1)", "x"))
    reader = Reader(page(tmp_path, MemoryCase(made.records())))
    assert "javascript:alert(1)" in reader.words
    assert not [a for _, a in reader.tags if str(a.get("href")).startswith("javascript")]


def test_markup_in_a_text_is_words(tmp_path: Path) -> None:
    nasty = "</script></style><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}\u2028\x00"
    made = write(nasty, nasty, nasty, Block(PartKind.BODY, f"Kato says {nasty} now.", "p"))
    made.source("Kato", nasty)
    made.statement([nasty], made.hop(["Kato"], "says"))
    html = page(tmp_path, MemoryCase(made.records()), full=True)
    tags = [tag for tag, _ in Reader(html).tags]
    assert tags.count("script") == 1 and "img" not in tags
    assert "\x00" not in html


def test_an_empty_case_still_makes_a_page(tmp_path: Path) -> None:
    assert "Nobody is cited" in page(tmp_path, MemoryCase([]))


def test_problems_are_listed_with_what_to_do(tmp_path: Path) -> None:
    assert "run OCR" in page(tmp_path)


def test_how_often_it_is_wrong_is_told_only_where_it_was_measured(tmp_path: Path) -> None:
    assert "No measurement comes with this version" in page(tmp_path, figures={})
    told = page(tmp_path, figures={"measures": [{"what": "joint F1", "value": "0.5", "on": "10 texts"}]})
    assert "10 texts" in told and "No measurement" not in told


def test_voices_of_one_text_look_different(tmp_path: Path) -> None:
    html = page(tmp_path, MemoryCase(crack().records()))
    looks = re.findall(r'<span class="swatch (h\d l\d)[^"]*" aria-hidden="true"></span><h3', html)
    assert len(looks) == len(set(looks)) == 6


def test_letters_that_no_file_can_hold_do_not_stop_the_page(tmp_path: Path) -> None:
    made = write("doc-x", "T", None, Block(PartKind.BODY, "Half \ud83d a pair.", "p"))
    assert "Half" in page(tmp_path, MemoryCase(made.records()), full=True)


def test_a_loaded_word_is_marked_in_the_text_and_told_in_the_details_and_by_document(tmp_path: Path) -> None:
    read = Reader(page(tmp_path, MemoryCase(harbour().records())))
    titles = [a.get("title") for tag, a in read.tags if tag == "span" and a.get("class") == "loaded" and "title" in a]
    assert titles[1] == "loaded word: contested label, put into a source’s mouth by the writer"
    words = " ".join(read.words.split())
    told = "“thugs”: contested label, put into a source’s mouth by the writer; called so by a style guide"
    assert words.count(told) == 2
    assert "3 loaded words: 1 the writer’s own, 1 put into a source’s mouth, 1 quoted from a source" in words


def test_a_text_without_loaded_words_says_nothing_of_them(tmp_path: Path) -> None:
    assert "loaded words:" not in page(tmp_path)


def test_a_claim_is_shown_with_the_way_from_each_text_to_its_origin(tmp_path: Path) -> None:
    made = linked.affair()
    export(made.case, tmp_path / "claims.html")
    html = (tmp_path / "claims.html").read_text("utf-8")
    section = html[html.index('id="claims"') : html.index('id="filters"')]
    assert "single origin" in section and "copied without naming" in section
    assert "&lt;b&gt;Copy&lt;/b&gt;" in section and "denied by" in section
