"""Reading HTML: text in reading order, parts by what elements say, links at their words, hostile pages."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import ReadError
from sayso.ingest import html
from sayso.ingest.blocks import Raw
from sayso.records import Document, PartKind
from sayso.settings import Limits

LEAD = "Two officials told the Tessel Courier on Monday that the harbour bridge would be closed until the spring."
MORE = "The mayor said that the repairs, which the council had put off for years, could not wait any longer."
LAST = "Nobody at the port authority was willing to say who had ordered the new cables, or what they would cost."
ARTICLE = f"<h1>Bridge to close</h1><p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p>"


def read(markup: str | bytes, limits: Limits | None = None, **given: tuple[str, str]) -> Document:
    """The document of a page."""
    data = markup.encode("utf-8", "surrogatepass") if isinstance(markup, str) else markup
    (item,) = html.read(Raw("page.html", data, "/in/page.html", given=given), limits or Limits())
    return item.document


def page(inside: str, head: str = "") -> Document:
    """The document of a page with this body."""
    return read(f"<!doctype html><html lang=en><head>{head}</head><body>{inside}</body></html>")


def kinds(document: Document) -> list[tuple[str, str]]:
    """Each part as its kind and words."""
    return [(str(part.kind), document.text[part.span.start : part.span.end]) for part in document.parts]


def kind_of(document: Document, words: str) -> str:
    """The kind of the part that holds these words."""
    return next(kind for kind, text in kinds(document) if words in text)


def check(document: Document) -> None:
    """Parts are in order, do not overlap, leave out only white space; links lie in the text."""
    at = 0
    for part in document.parts:
        assert at <= part.span.start < part.span.end
        assert not document.text[at : part.span.start].strip()
        at = part.span.end
    assert not document.text[at:].strip()
    for link in document.links:
        assert 0 <= link.span.start <= link.span.end <= len(document.text)


def test_an_article_is_its_headline_and_its_paragraphs_in_reading_order() -> None:
    document = page(f"<nav>World | Sea</nav>{ARTICLE}<footer>Imprint</footer>")
    assert kinds(document) == [
        ("boilerplate", "World | Sea"),
        ("headline", "Bridge to close"),
        ("body", LEAD),
        ("body", MORE),
        ("body", LAST),
        ("boilerplate", "Imprint"),
    ]
    assert document.text == "\n\n".join(text for _, text in kinds(document))
    check(document)


def test_each_part_names_the_rule_that_decided() -> None:
    rules = {part.rule for part in page(f"<nav>World</nav>{ARTICLE}").parts}
    assert rules == {"nav", "h1", "trafilatura"}


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<figure><img><figcaption>WORDS</figcaption></figure>", "caption"),
        ('<div class="photo-caption">WORDS</div>', "caption"),
        ('<figure class="video-player has-caption"><figcaption>WORDS</figcaption></figure>', "caption"),
        ('<div class="photoCredit">WORDS</div>', "caption"),
        ("<p>The old bridge WORDS (Ana Ortiz/TNS Photo)</p>", "caption"),
        ("<blockquote>We said WORDS and we meant it, all of it.</blockquote>", "quote"),
        ('<div class="twitter-tweet"><p>Closed again! WORDS</p></div>', "quote"),
        ("<h2>WORDS of warning</h2>", "headline"),
        ("<ul><li>The north lane WORDS will close first.</li></ul>", "list"),
        ('<div class="related-links"><p>Five bridges WORDS that fell</p></div>', "related"),
        ("<p>Related: <a href=/b>Five bridges WORDS that fell</a></p>", "related"),
        ("<p>[Read more: five bridges WORDS that fell]</p>", "related"),
        ("<p><a href=/b>Five bridges WORDS that fell</a></p>", "related"),
        ('<div class="newsletter"><p>Get WORDS in your inbox every morning, for free.</p></div>', "related"),
        ("<aside><p>WORDS about our shop and what it sells.</p></aside>", "boilerplate"),
        ('<div class="share-tools"><span>WORDS</span></div>', "boilerplate"),
        ('<div id="comments"><p>I never liked that bridge. WORDS and all that.</p></div>', "boilerplate"),
        ("<div role=navigation>WORDS</div>", "boilerplate"),
    ],
)
def test_elements_and_their_classes_tell_parts_apart(markup: str, kind: str) -> None:
    document = page(f"<h1>Bridge to close</h1><p>{LEAD}</p><p>{MORE}</p>{markup}<p>{LAST}</p><p>{LEAD[::1]} Again.</p>")
    assert kind_of(document, "WORDS") == kind
    check(document)


@pytest.mark.parametrize(
    "markup",
    [
        '<p class="byline">By Ana Ortiz</p>',
        "<p>By Ana Ortiz and Tom Bell</p>",
        '<a rel="author" href="/a">Ana Ortiz</a>',
        '<span itemprop="author">Ana Ortiz</span>',
        "<p>By ANA ORTIZ</p>",
    ],
)
def test_a_by_line_under_the_headline_is_a_by_line(markup: str) -> None:
    document = page(f"<h1>Bridge to close</h1>{markup}<p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p>")
    assert kinds(document)[1][0] == "byline"


def test_a_line_with_the_date_is_a_by_line_and_one_with_a_place_too_is_a_dateline() -> None:
    document = page(f"<h1>Bridge to close</h1><p>Published 3 October 2031</p><p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p>")
    assert kind_of(document, "3 October") == "byline"
    document = page(f"<h1>Bridge</h1><p>Tessel City, 3 October 2031</p><p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p>")
    assert kind_of(document, "3 October") == "dateline"


def test_credits_at_the_end_are_by_lines() -> None:
    document = page(f"{ARTICLE}<p>Tom Bell contributed to this report.</p><p>Ana Ortiz is a reporter for us.</p>")
    assert [kind for kind, _ in kinds(document)][-2:] == ["byline", "byline"]


@pytest.mark.parametrize(
    "opening",
    [
        "TESSEL CITY (TNS) — ",
        "TESSEL CITY, Oct 3 (TNS) - ",
        "Tessel (TNS) – ",
        "(TNS) — ",
        "TESSEL — ",
        "TESSEL, Karsund —\xa0",
    ],
)
def test_a_dateline_becomes_its_own_part_and_the_body_follows(opening: str) -> None:
    document = page(f"<h1>Bridge to close</h1><p>{opening}{LEAD}</p><p>{MORE}</p><p>{LAST}</p>")
    assert kinds(document)[1:3] == [("dateline", opening.strip()), ("body", LEAD)]
    check(document)


@pytest.mark.parametrize(
    "opening", ["Berlin — a city of bridges — is calm. ", "NATO and the EU said so. ", "It rained - hard. "]
)
def test_a_dash_or_capitals_alone_make_no_dateline(opening: str) -> None:
    document = page(f"<h1>Bridge to close</h1><p>{opening}{LEAD}</p><p>{MORE}</p><p>{LAST}</p>")
    assert all(kind != "dateline" for kind, _ in kinds(document))


def test_links_after_a_dateline_keep_their_words() -> None:
    first = f'TESSEL (TNS) — The <a href="/x">port authority</a> agreed. {LEAD}'
    document = page(f"<h1>Bridge to close</h1><p>{first}</p><p>{MORE}</p><p>{LAST}</p>")
    (link,) = document.links
    assert document.text[link.span.start : link.span.end] == "port authority"


def test_links_are_absolute_against_the_pages_address_and_carry_their_words() -> None:
    head = '<link rel=canonical href="https://courier.example/sea/bridge">'
    body = '<p>The ministry <a href="../notes/7?a=1">published  a\n<b>note</b> </a>on the bridge, which said little. '
    document = page(f"<h1>Bridge to close</h1>{body}{MORE}</p><p>{LEAD}</p><p>{LAST}</p>", head)
    (link,) = document.links
    assert link.href == "https://courier.example/notes/7?a=1"
    assert document.text[link.span.start : link.span.end] == "published a note"


def test_a_base_element_is_what_links_are_relative_to() -> None:
    head = '<link rel=canonical href="https://courier.example/sea/"><base href="/archive/">'
    document = page(f'{ARTICLE}<p>As <a href="b.html">we wrote</a> then, nobody had asked for the cables.</p>', head)
    assert [link.href for link in document.links] == ["https://courier.example/archive/b.html"]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "mailto:desk@courier.example", "http://[bad"]
)
def test_hrefs_that_are_no_relative_addresses_are_kept_as_written(href: str) -> None:
    head = '<link rel=canonical href="https://courier.example/">'
    document = page(f'{ARTICLE}<p>They <a href="{href}">said so</a> in a note passed to the Courier.</p>', head)
    assert [link.href for link in document.links] == [href]


def test_a_link_over_several_blocks_is_a_link_in_each() -> None:
    document = page(f'{ARTICLE}<a href="/x"><h3>Five bridges</h3><p>That fell</p></a>')
    assert [document.text[x.span.start : x.span.end] for x in document.links] == ["Five bridges", "That fell"]


def test_white_space_collapses_as_in_a_browser() -> None:
    document = page(f"<p>  The \n\t <b> mayor </b>\n<i>said</i>\xa0so<br>\n twice. {MORE}</p><p>{LEAD}</p>")
    assert document.text.startswith("The mayor said\xa0so\ntwice. The mayor")


def test_two_line_breaks_part_paragraphs() -> None:
    document = page(f"<h1>Bridge to close</h1><div>{LEAD}<br><br>{MORE}<br/> <br/>{LAST}</div>")
    assert [text for kind, text in kinds(document) if kind == "body"] == [LEAD, MORE, LAST]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>SECRET</script>",
        "<style>SECRET</style>",
        "<template>SECRET</template>",
        "<noscript>SECRET</noscript>",
        "<svg><text>SECRET</text></svg>",
        "<!-- SECRET -->",
        "<p hidden>SECRET</p>",
        "<button>SECRET</button>",
        '<div style="display: none">SECRET</div>',
        '<span class="sr-only">SECRET</span>',
        "<select><option>SECRET</select>",
        '<div aria-hidden="true">SECRET</div>',
        "<textarea>SECRET</textarea>",
        "<p>A<span hidden>SECRET</span>B</p>",
    ],
)
def test_what_a_browser_does_not_show_is_left_out(unseen: str) -> None:
    assert "SECRET" not in page(f"{ARTICLE}{unseen}").text


def test_a_shadow_root_written_into_the_page_is_shown() -> None:
    assert "SHOWN" in page(f'{ARTICLE}<div><template shadowrootmode="open"><p>SHOWN</p></template></div>').text


def test_an_article_inside_a_hidden_element_is_kept_for_scripts_show_it_later() -> None:
    assert LEAD in page(f'<div style="display:none">{ARTICLE}</div>').text


def test_a_class_on_the_element_around_everything_does_not_put_the_article_aside() -> None:
    document = page(f'<div class="layout sidebar comments"><div id="share">{ARTICLE}</div></div>')
    assert kind_of(document, LEAD) == "body"


def test_teasers_of_other_articles_are_not_body() -> None:
    teaser = "<div class=col><h4>Harbour</h4><p>The ferries run again after a week of storms at sea.</p></div>"
    document = page(f"<div class=story>{ARTICLE}<p>{LEAD} {MORE}</p></div><section><h2>More</h2>{teaser * 3}</section>")
    assert {kind for kind, text in kinds(document) if "ferries" in text} <= {"boilerplate", "related"}


def test_a_pull_quote_that_repeats_the_body_is_furniture() -> None:
    pulled = '<div class="pull-quote">which the council had put off for years, could not wait</div>'
    document = page(f"<h1>Bridge to close</h1><p>{LEAD}</p><p>{MORE}</p>{pulled}<p>{LAST}</p>")
    assert [kind for kind, text in kinds(document) if text.startswith("which")] == ["boilerplate"]


def test_links_below_a_related_label_are_related() -> None:
    document = page(f"{ARTICLE}<h3>Related posts</h3><ul><li><a href=/1>Five bridges</a><li><a href=/2>Cables</a></ul>")
    assert [kind for kind, _ in kinds(document)][-3:] == ["related"] * 3


def test_where_trafilatura_finds_nothing_the_walk_decides_and_says_so() -> None:
    document = page("<p>It rained.</p>")
    assert kinds(document) == [("body", "It rained.")]
    assert document.parts[0].rule in ("walk:density", "trafilatura")


def test_where_trafilatura_fails_the_walk_decides_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    document = page(f"<nav>World</nav>{ARTICLE}")
    assert {part.rule for part in document.parts if part.kind is PartKind.BODY} == {"walk:density"}
    assert kind_of(document, "World") == "boilerplate"


def test_author_and_title_are_read_off_the_page_where_nothing_states_them() -> None:
    document = page(
        f"<h1>Bridge</h1><p>By Ana Ortiz and Tom Bell, Staff Writers</p><p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p>"
    )
    assert [author.value for author in document.authors] == ["Ana Ortiz", "Tom Bell"]
    assert {author.origin for author in document.authors} == {"by-line"}
    assert document.title is not None and document.title.value == "Bridge"


def test_a_visible_date_line_tells_the_day_but_one_of_a_change_does_not() -> None:
    body = f"<p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p>"
    document = page(f"<h1>Bridge to close</h1><p>Posted on October 3, 2031, at 11:29 a.m.</p>{body}")
    assert document.published is not None
    assert (document.published.value, document.published.origin) == ("2031-10-03T11:29", "date line")
    assert page(f"<h1>Bridge to close</h1><p>Updated October 3, 2031</p>{body}").published is None


def test_the_words_decide_the_language_over_the_declared_one() -> None:
    french = "<p>Le maire a dit lundi que le pont serait fermé jusqu'au printemps et que personne ne s'y opposait.</p>"
    document = page(f"<h1>Pont</h1>{french * 3}")
    assert document.language is not None and document.language.value == "fr"


def test_what_the_sidecar_says_of_the_language_stands() -> None:
    document = read(f"<html><body>{ARTICLE}</body></html>", language=("sq", "sidecar"))
    assert document.language is not None and (document.language.value, document.language.origin) == ("sq", "sidecar")


# --- fragments ---


def test_a_fragment_is_all_body_but_for_what_its_elements_say() -> None:
    markup = '<h2>Bridge</h2>Closed <a href="/b">again</a>.<ul><li>North</ul>'
    found = html.fragment(markup, "https://c.example/a", Limits())
    assert [(str(b.kind), b.text) for b in found] == [
        ("headline", "Bridge"),
        ("body", "Closed again."),
        ("list", "North"),
    ]
    assert found[1].links == ((7, 12, "https://c.example/b"),)


@pytest.mark.parametrize("markup", ["", "  \n", "<!-- x -->", "<img src=x>"])
def test_a_fragment_without_words_gives_no_blocks(markup: str) -> None:
    assert html.fragment(markup, None, Limits()) == []


def test_a_fragment_without_markup_is_one_paragraph() -> None:
    assert [block.text for block in html.fragment("Closed &amp; locked.", None, Limits())] == ["Closed & locked."]


# --- bytes ---


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        ("café".encode("utf-16"), "café"),
        (b"<meta charset=iso-8859-1>\x93caf\xe9\x94", "<meta charset=iso-8859-1>“café”"),
        (b'<?xml version="1.0" encoding="windows-1252"?>caf\xe9', '<?xml version="1.0" encoding="windows-1252"?>café'),
        (b"<meta charset=utf-16>caf\xc3\xa9", "<meta charset=utf-16>café"),
        (b"<meta charset=nonsense>caf\xc3\xa9", "<meta charset=nonsense>café"),
        (b"<meta charset=idna>caf\xe9", "<meta charset=idna>café"),
        (b"a caf\xe9 by the bridge", "a café by the bridge"),
    ],
)
def test_bytes_are_decoded_by_mark_declaration_or_likelihood(data: bytes, text: str) -> None:
    assert html.decode(data) == text


def test_a_few_bad_bytes_in_utf8_do_not_change_the_encoding() -> None:
    assert html.decode("é".encode() * 50 + b"\xff") == "é" * 50 + "\ufffd"


def test_cyrillic_without_a_declaration_is_recognised() -> None:
    words = "Мэр сказал в понедельник, что мост будет закрыт до весны. " * 5
    assert html.decode(words.encode("cp1251")) == words


@pytest.mark.parametrize("data", [b"", b" \n\t ", bytes(range(256)) * 100, b"\x89PNG\r\n\x1a\n" + bytes(500)])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError):
        html.decode(data)


# --- hostile pages ---


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<div>" * 100_000 + "x", "nest deeper than 500"),
        ("<span>" * 3_000 + "x", "nest deeper than 500"),
        ("<html><body></body></html>", "no text"),
        ("<frameset><frame src=a.html></frameset>", "frames"),
        ("<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">x", "attributes"),
        ("<!-- only a comment -->", "no text"),
    ],
    ids=["deep", "deep inline", "empty", "frames", "attributes", "comment"],
)
def test_a_page_that_cannot_be_read_gives_the_reason(markup: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(markup)


def test_a_text_over_the_limit_names_the_option_that_raises_it() -> None:
    with pytest.raises(ReadError, match="--max-text"):
        read(f"<p>{'word ' * 1000}</p>", Limits(text_chars=2000))


def test_nuls_surrogates_and_entities_of_a_doctype_do_no_harm() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    document = read(f"{bomb}<html><body>{ARTICLE}<p>a\x00b &#xD800; \ud800 &b; c</p></body></html>")
    assert "\x00" not in document.text and not any("\ud800" <= c <= "\udfff" for c in document.text)
    check(document)


def test_megabytes_of_inlined_pictures_are_no_text() -> None:
    document = page(f'{ARTICLE}<img src="data:image/png;base64,{"A" * 3_000_000}"><p>{LAST} Still.</p>')
    assert len(document.text) < 1000


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "span",
        "a",
        "b",
        "ul",
        "li",
        "table",
        "td",
        "br",
        "h1",
        "h2",
        "blockquote",
        "figure",
        "figcaption",
        "time",
        "nav",
        "aside",
        "pre",
        "script",
        "template",
        "form",
        "svg",
    ]
)
WORDS = st.sampled_from(
    [
        "The mayor said so.",
        " ",
        "\n",
        "x",
        "“",
        "&amp;",
        "&#0;",
        "&bogus;",
        "\u200b",
        "\xad",
        "🚢",
        "é",
        "<",
        "--",
        "BY",
        "Read more:",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' href="/x"',
        " href",
        ' class="byline"',
        ' class="caption related"',
        " hidden",
        ' style="display:none"',
        " rel=author",
        " id=a",
    ]
)
PIECES = st.one_of(
    WORDS,
    st.builds("<{}{}>".format, TAGS, ATTRIBUTES),
    st.builds("</{}>".format, TAGS),
    st.sampled_from(["<!--", "-->", "]]>", "<"]),
    st.text(max_size=8),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_markup_gives_lawful_parts_and_links_or_a_read_error(markup: str) -> None:
    try:
        document = read(markup)
    except ReadError:
        return
    check(document)
    assert document == read(markup)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_fragment_gives_blocks_whose_links_lie_in_their_text(markup: str) -> None:
    for block in html.fragment(markup, "https://c.example/", Limits()):
        assert block.text.strip()
        assert all(0 <= start < end <= len(block.text) for start, end, _ in block.links)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        assert isinstance(html.decode(data), str)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text("abc é“🚢", min_size=1, max_size=12), st.booleans()), min_size=1, max_size=8))
def test_a_links_words_are_its_anchors_words(runs: list[tuple[str, bool]]) -> None:
    markup = "".join(f"<a href=/x>{text}</a>" if linked else text for text, linked in runs)
    found = [block.text[s:e] for block in html.fragment(markup, None, Limits()) for s, e, _ in block.links]
    assert found == [" ".join(text.split()) for text, linked in runs if linked and text.strip()]
