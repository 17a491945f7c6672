"""What a page says of itself: each value with where it was read, unknown where nothing says it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser

from sayso.ingest import metadata
from sayso.ingest.blocks import Raw
from sayso.records import Meta


def facts(head: str, body: str = "<p>Words.</p>", url: str | None = None, **given: tuple[str, str]) -> dict[str, Any]:
    """The facts of a page with this head."""
    data = f"<!doctype html><html>{head}<body>{body}</body></html>".encode("utf-8", "surrogatepass")
    tree = parser.document_fromstring(data, parser=parser.HTMLParser(encoding="utf-8", remove_comments=True))
    return metadata.page_meta(tree, data, Raw("a.html", data, "/a.html", url=url, given=given))


def jsonld(text: str) -> dict[str, Any]:
    """The facts of a page with this JSON-LD block."""
    return facts(f'<script type="application/ld+json">{text}</script>')


def test_a_page_that_says_nothing_is_unknown_in_everything() -> None:
    assert facts("") == {
        "url": None,
        "title": None,
        "publisher": None,
        "authors": (),
        "published": None,
        "fetched": None,
        "language": None,
    }


ARTICLE = """{"@type": "NewsArticle", "headline": "Bridge to close", "datePublished": "2031-10-03T08:00:00+02:00",
"dateModified": "2031-10-05", "author": [{"@type": "Person", "name": "Ana Ortiz"}, {"name": "Tom Bell"}],
"publisher": {"name": "The Tessel Courier"}, "inLanguage": "en-GB"}"""


@pytest.mark.parametrize(
    "block",
    [
        ARTICLE,
        f"[{ARTICLE}]",
        f'{{"@graph": [{{"@type": "WebSite", "name": "x"}}, {ARTICLE}]}}',
        f"<![CDATA[ {ARTICLE} ]]>",
        f"<!--\n{ARTICLE}\n-->",
        ARTICLE.replace("NewsArticle", "http://schema.org/ReportageNewsArticle"),
        ARTICLE.replace('"NewsArticle"', '["Thing", "Article"]'),
        ARTICLE + ";",
    ],
    ids=["alone", "list", "graph", "cdata", "comment", "full type", "types", "semicolon"],
)
def test_json_ld_tells_title_authors_publisher_date_and_language(block: str) -> None:
    found = jsonld(block)
    assert found["title"] == Meta("Bridge to close", "JSON-LD headline")
    assert found["authors"] == (Meta("Ana Ortiz", "JSON-LD author"), Meta("Tom Bell", "JSON-LD author"))
    assert found["publisher"] == Meta("The Tessel Courier", "JSON-LD publisher")
    assert found["published"] == Meta("2031-10-03T08:00:00+02:00", "JSON-LD datePublished")
    assert found["language"] == Meta("en-GB", "JSON-LD inLanguage")


@pytest.mark.parametrize(
    "block",
    [
        "{",
        '{"@type": 1}',
        "[[[[",
        "null",
        '"x"',
        '{"@type": "NewsArticle", "author": {"name": {"a": 1}}}',
        "[" * 100_000,
        '{"@graph": {"@graph": {"@graph": 3}}}',
        '{"@type": "Organization", "name": "x"}',
    ],
)
def test_broken_json_ld_is_passed_over(block: str) -> None:
    assert jsonld(block)["authors"] == ()


def test_a_date_of_change_is_never_the_date_of_publication() -> None:
    assert facts('<meta property="article:modified_time" content="2031-10-05">')["published"] is None
    assert jsonld('{"@type": "NewsArticle", "dateModified": "2031-10-05"}')["published"] is None
    assert facts("", "<time itemprop=dateModified datetime=2031-10-05>5 Oct</time>")["published"] is None


@pytest.mark.parametrize(
    ("content", "iso"),
    [
        ("2031-10-03", "2031-10-03"),
        ("2031-10-03T08:00:00Z", "2031-10-03T08:00:00Z"),
        ("2031-10-03 06:01:07", "2031-10-03T06:01:07"),
        ("2031-10-03T14:15+0000", "2031-10-03T14:15+00:00"),
        ("20311003", "2031-10-03"),
        ("20311003000004", "2031-10-03T00:00:04"),
        ("Fri, 03 Oct 2031 08:00:00 +0200", "2031-10-03T08:00:00+02:00"),
        ("Fri Oct 03 21:30:09 EST 2031", "2031-10-03T21:30:09"),
        ("October 3, 2031", "2031-10-03"),
    ],
)
def test_dates_keep_the_precision_that_the_page_gives(content: str, iso: str) -> None:
    found = facts(f'<meta property="article:published_time" content="{content}">')["published"]
    assert found == Meta(iso, "meta tag article:published_time")


@pytest.mark.parametrize("content", ["yesterday", "2031-13-45", "", "03/04/2031", "99999999"])
def test_a_date_that_cannot_be_read_is_unknown(content: str) -> None:
    assert facts(f'<meta property="article:published_time" content="{content}">')["published"] is None


def test_a_time_element_of_publication_and_the_address_tell_the_day() -> None:
    body = "<time itemprop=datePublished datetime='2031-10-03T08:00'>3 Oct</time>"
    assert facts("", body)["published"] == Meta("2031-10-03T08:00", "time element of publication")
    found = facts("", url="https://courier.example/2031/10/03/bridge")
    assert found["published"] == Meta("2031-10-03", "URL")


def test_meta_tags_tell_what_json_ld_does_not() -> None:
    found = facts(
        '<meta property="og:site_name" content="The Courier"><meta property="og:title" content=" Bridge\n to close ">'
        '<meta name="author" content="By Ana Ortiz and Tom Bell, Chief Reporter"><meta name="DC.language" content="en">'
    )
    assert found["publisher"] == Meta("The Courier", "meta tag og:site_name")
    assert found["title"] == Meta("Bridge to close", "meta tag og:title")
    assert [author.value for author in found["authors"]] == ["Ana Ortiz", "Tom Bell"]
    assert found["language"] == Meta("en", "meta tag dc.language")


def test_an_author_given_as_an_address_is_no_name() -> None:
    head = '<meta property="article:author" content="https://courier.example/staff/ortiz">'
    assert facts(head, '<a rel="author" href="/o">Ana Ortiz</a>')["authors"] == (Meta("Ana Ortiz", "rel=author"),)


def test_the_canonical_link_is_the_address_and_the_host_stands_in_for_the_publisher() -> None:
    found = facts('<link rel="canonical" href="https://www.courier.example/bridge">')
    assert found["url"] == Meta("https://www.courier.example/bridge", "link rel=canonical")
    assert found["publisher"] == Meta("courier.example", "host of URL")


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:,x", "http://[bad", "", "/only/a/path"])
def test_an_address_that_is_none_is_passed_over(href: str) -> None:
    assert facts(f'<link rel="canonical" href="{href}">')["url"] is None


def test_what_the_title_adds_to_the_headline_names_the_outlet() -> None:
    found = facts('<title>Bridge shut - The Tessel Courier</title><meta property="og:title" content="Bridge shut">')
    assert found["publisher"] == Meta("The Tessel Courier", "title element")


def test_the_notes_of_browsers_tell_address_and_day_of_saving() -> None:
    saved = "saved date: Fri Oct 03 2031 09:10:11 GMT+0200 (x)"
    note = f"<!--\n Page saved with SingleFile \n url: https://courier.example/b \n {saved}\n-->"
    found = facts(note)
    assert found["url"] == Meta("https://courier.example/b", "SingleFile's note")
    assert found["fetched"] == Meta("2031-10-03T09:10:11+02:00", "SingleFile's note")
    found = facts("<!-- saved from url=(0027)https://courier.example/b -->")
    assert found["url"] == Meta("https://courier.example/b", "browser's note on saving")


def test_what_the_sidecar_gives_wins_over_the_page() -> None:
    head = '<meta property="og:site_name" content="The Courier"><meta property="og:title" content="Bridge">'
    found = facts(
        head,
        publisher=("Tessel News", "sidecar"),
        title=("Lock", "option"),
        authors=("Ana Ortiz; Tom Bell", "sidecar"),
        published=("2031-10-01", "sidecar"),
        url=None,
    )
    assert found["publisher"] == Meta("Tessel News", "sidecar")
    assert found["title"] == Meta("Lock", "option")
    assert found["authors"] == (Meta("Ana Ortiz", "sidecar"), Meta("Tom Bell", "sidecar"))
    assert found["published"] == Meta("2031-10-01", "sidecar")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Ortiz", ("Ana Ortiz",)),
        ("By Ana Ortiz and Tom Bell March 18 at 3:57 PM Follow @ortiz", ("Ana Ortiz", "Tom Bell")),
        ("by: ANA ORTIZ", ("ANA ORTIZ",)),
        ("Par Ana Ortiz (avec Tom Bell et Lea Sund)", ("Ana Ortiz", "Tom Bell", "Lea Sund")),
        ("3 October 2031", ()),
        ("Ana Ortiz is a reporter", ()),
    ],
)
def test_a_visible_by_line_names_its_authors(line: str, names: tuple[str, ...]) -> None:
    assert metadata.signed(line) == names


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["og:title", "author", "article:published_time", "og:url", "og:site_name", "date"]),
    st.text(st.characters(exclude_characters='"<>&\x00', exclude_categories=["Cs"]), max_size=40),
)
def test_no_value_of_a_meta_tag_raises(name: str, value: str) -> None:
    facts(f'<meta name="{name}" content="{value}">')
