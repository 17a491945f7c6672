"""Feeds: a document for each entry, its own bytes, its links and dates as given."""

import time

from sayso import ingest
from sayso.ingest import Item, Raw
from sayso.records import PartKind
from sayso.settings import Limits
from tests.ingest.reading import one, read, why, words

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Vela Courier</title>
<item><title>Cracks in the wall</title><link>https://example.org/1</link>
<pubDate>Sat, 05 Apr 2031 06:07:08 GMT</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>The wall broke, see <a href="/report">the report</a>.</p>]]></content:encoded></item>
<item><title>Rain</title><guid>x</guid><description>It rained &lt;b&gt;all week&lt;/b&gt;.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/news/"><title>Bay Herald</title>
<entry><title>Ferries</title><link href="3"/><updated>2031-04-05T06:07:08Z</updated>
<author><name>Tom Bell</name></author>
<content type="html" xml:base="https://example.org/deep/">
&lt;p&gt;Ferries &lt;a href="x"&gt;sail&lt;/a&gt;.&lt;/p&gt;</content>
</entry></feed>"""


def test_each_entry_is_a_document_with_the_fullest_text() -> None:
    documents, problems = read(RSS, "feed.xml")
    assert not problems
    assert [document.text for document in documents] == [
        "Cracks in the wall\n\nThe wall broke, see the report.",
        "Rain\n\nIt rained all week.",
    ]
    first = documents[0]
    assert first.publisher and first.published and first.url
    assert (first.publisher.value, first.published.value) == ("The Vela Courier", "2031-04-05T06:07:08Z")
    assert words(first, PartKind.HEADLINE) == ["Cracks in the wall"]
    assert [link.href for link in first.links] == ["https://example.org/report"]


def test_the_bytes_of_an_entry_are_its_element_in_the_file() -> None:
    items = [found for found in ingest.read(Raw("f.xml", RSS.encode(), "/f.xml"), Limits()) if isinstance(found, Item)]
    assert [item.data[:6] + item.data[-7:] for item in items] == [b"<item></item>"] * 2
    assert all(item.data in RSS.encode() for item in items)


def test_links_are_absolute_against_the_base_of_their_entry() -> None:
    document = one(ATOM, "feed.xml")
    assert [link.href for link in document.links] == ["https://example.org/deep/x"]
    assert document.url and document.url.value == "https://example.org/news/3"
    assert [author.value for author in document.authors] == ["Tom Bell"]


def test_a_day_of_change_says_that_it_is_one() -> None:
    document = one(ATOM, "feed.xml")
    assert document.published and document.published.origin == "entry updated"


def test_a_damaged_feed_gives_what_it_has() -> None:
    documents, _ = read(
        RSS.replace("</channel></rss>", "<item><title>Cut").replace("Short.", "Short & bare."), "feed.xml"
    )
    assert [document.title.value for document in documents if document.title][:2] == ["Cracks in the wall", "Rain"]


def test_entities_that_grow_are_refused_at_once() -> None:
    nested = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
    feed = "<rss><channel><item><title>&e9;</title></item></channel></rss>"
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{nested}]>{feed}'
    start = time.monotonic()
    assert "entities" in why(bomb, "feed.xml")
    assert time.monotonic() - start < 5


def test_a_feed_whose_entries_hold_whole_pages_is_still_a_feed() -> None:
    page = RSS.replace("<p>The wall", "<html><body><p>The wall")
    assert [document.format for document in read(page, "feed.html")[0]] == ["feed", "feed"]


def test_a_feed_without_entries_is_a_problem() -> None:
    assert "without entries" in why("<rss><channel><title>Bay Herald</title></channel></rss>", "feed.xml")
