"""Web archives: recorded pages with address and time; what is no page is passed over."""

import io
import json
import zipfile

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso import ingest
from sayso.ingest import Raw
from sayso.settings import Limits
from tests.ingest.reading import one, read

PAGE = b"<html><title>Cracks</title><body><h1>Cracks</h1><p>The wall broke on Monday, she said.</p></body></html>"


def warc(*records: tuple[str, str, bytes, str], gzip: bool = True) -> bytes:
    """A WARC file of responses (address, status, body, type)."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for url, status, body, kind in records:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        about = {"WARC-Date": "2031-04-05T06:07:08Z"}
        writer.write_record(
            writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=headers, warc_headers_dict=about)
        )
    return out.getvalue()


RECORDS = (
    ("https://example.org/a", "200 OK", PAGE, "text/html; charset=utf-8"),
    ("https://example.org/moved", "301 Moved", b"", "text/html"),
    ("https://example.org/x.js", "200 OK", b"var x", "text/javascript"),
    ("https://example.org/b", "200 OK", b"It rained all week, the mayor said.", "text/plain"),
)


def test_pages_are_read_and_all_else_passed_over() -> None:
    documents, problems = read(warc(*RECORDS), "a.warc.gz")
    assert not problems
    assert [document.name for document in documents] == [
        "a.warc.gz!https://example.org/a",
        "a.warc.gz!https://example.org/b",
    ]


def test_address_and_time_come_from_the_record() -> None:
    document = one(warc(RECORDS[0], gzip=False), "a.warc")
    assert document.url and document.url.value == "https://example.org/a"
    assert document.fetched and (document.fetched.value, document.fetched.origin) == (
        "2031-04-05T06:07:08Z",
        "WARC-Date",
    )


def test_a_page_sent_in_chunks_is_joined() -> None:
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    headers = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")], protocol="HTTP/1.1"
    )
    record = writer.create_warc_record("https://example.org/a", "response", io.BytesIO(body), http_headers=headers)
    writer.write_record(record)
    assert "The wall broke on Monday, she said." in one(out.getvalue(), "a.warc").text


def test_of_a_wacz_the_listed_pages_are_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("datapackage.json", "{}")
        zipped.writestr("archive/data.warc.gz", warc(*RECORDS))
        pages = [{"format": "json-pages-1.0"}, {"url": "https://example.org/b", "title": "Rain"}]
        zipped.writestr("pages/pages.jsonl", "\n".join(json.dumps(page) for page in pages))
    assert one(out.getvalue(), "a.wacz").name == "a.wacz!https://example.org/b"


def test_a_file_that_is_cut_off_gives_what_it_has_and_a_problem() -> None:
    documents, problems = read(warc(RECORDS[3], RECORDS[0], gzip=False)[:-60], "a.warc")
    assert documents[0].name == "a.warc!https://example.org/b"
    assert "cut off" in problems[0].message


def test_too_many_records_name_the_option() -> None:
    found = list(ingest.read(Raw("a.warc", warc(*RECORDS, gzip=False), "/a.warc"), Limits(members=2)))
    assert "--max-members" in getattr(found[-1], "message", "")
