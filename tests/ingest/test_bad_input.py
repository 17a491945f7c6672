"""Whatever bytes come under whatever name: documents or Problems, never an exception."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.settings import Limits
from tests.ingest.reading import read, why

NAMES = [
    "a.html",
    "a.txt",
    "a.md",
    "a.docx",
    "a.eml",
    "a.xml",
    "a.warc",
    "a.wacz",
    "a.jsonl",
    "a.zip",
    "a.tar.gz",
    "a",
    "a.pdf",
]
STARTS = [
    b"", b"<html>", b"<?xml version='1.0'?><rss><channel><item>", b"<feed>", b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9",
    b"WARC/1.0\r\n", b"From: a@b\r\nMIME-Version: 1.0\r\nSubject: x\r\n\r\n", b'{"text": "', b"---\ntitle: x\n",
    b"\xff\xfe", b"\xef\xbb\xbf", b"# ", b"> ",
]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(NAMES),
    start=st.sampled_from(STARTS),
    rest=st.one_of(st.binary(max_size=400), st.text(max_size=200)),
)
def test_any_bytes_give_documents_or_problems_and_the_same_twice(name: str, start: bytes, rest: bytes | str) -> None:
    data = start + (rest.encode() if isinstance(rest, str) else rest)
    found = read(data, name)
    assert found[0] or found[1] or data.startswith((b"PK", b"<", b"WARC", b"{", b"\x1f", b"BZh"))
    assert read(data, name) == found


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.html", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "a.png", "OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "wrong.txt", "OCR"),
        (bytes(range(32)) * 50, "a.txt", "not text"),
        (b"body { color: red }", "a.css", "web page"),
        (b"a,b\n1,2\n", "a.csv", "table"),
        (b'{"a": 1,\n "b": 2}', "a.json", "JSON Lines"),
        (b"<svg xmlns='x'><text>hi</text></svg>", "a.svg", "XML"),
        (b"SQLite format 3\x00" + bytes(99), "a.db", "database"),
        (b"{\\rtf1 The wall broke.}", "a.rtf", "docx"),
    ],
)
def test_what_is_no_news_says_what_to_do(data: bytes, name: str, says: str) -> None:
    assert says in why(data, name)


def test_fifty_megabytes_on_one_line_name_the_option() -> None:
    assert "--max-text" in why(b"word " * 10_000_000, "a.txt")


def test_a_long_text_within_the_limit_is_read() -> None:
    documents, _ = read(b"x" * 900_000 + b" she said.", "a.txt", Limits())
    assert len(documents[0].text) == 900_010
