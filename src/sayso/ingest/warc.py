"""Web archives: the pages that WARC and WACZ files recorded, with their addresses and times."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from sayso.errors import ReadError
from sayso.ingest import archive
from sayso.settings import Limits

_READ = ("response", "resource", "conversion")
_TYPES = (
    "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf", "application/rss+xml",
    "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml",
)  # fmt: skip
_PAGES = ("pages/pages.jsonl", "pages/extraPages.jsonl")


@dataclass(frozen=True, slots=True)
class Capture:
    """What one record holds of a page: its address, the time it was fetched (ISO 8601) and its bytes."""

    url: str
    fetched: str | None
    data: bytes | ReadError


def captures(file: BinaryIO, limits: Limits) -> Iterator[Capture]:
    """The pages of a WARC file, packed or not, in its order: responses with status 200, resources, conversions.

    Pictures, scripts, redirects, requests and revisits are passed over. Raises ReadError where the file is
    damaged or too large; pages read before that stand.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    count = total = 0
    try:
        for record in ArchiveIterator(file):
            count += 1
            if count > limits.members:
                raise ReadError(f"more than {limits.members:,} records in it; raise the limit with --max-members")
            if not _is_page(record):
                continue
            found = _capture(record, limits)
            total += len(found.data) if isinstance(found.data, bytes) else 0
            if total > limits.archive_bytes:
                raise ReadError(
                    f"unpacks to more than {archive.size(limits.archive_bytes)}; raise the limit with --max-archive"
                )
            yield found
            if _is_cut(record):
                raise ReadError(f"cut off in the record of {found.url}; fetch it again")
    except (ArchiveLoadFailed, zlib.error, EOFError, OSError, ValueError, AttributeError) as error:
        # AttributeError: warcio calls methods of a status line that it did not find.
        raise ReadError(f"damaged or cut off ({error or type(error).__name__}); fetch or pack it again") from error
    if not count:
        raise ReadError("no records in it; fetch or pack it again")


def collection(file: BinaryIO, limits: Limits) -> Iterator[Capture]:
    """The pages of a WACZ file: those that it lists as pages, all where it lists none. Raises as `captures`."""
    try:
        with zipfile.ZipFile(file) as zipped:
            names = zipped.namelist()
            listed = {url for name in _PAGES if name in names for url in _listed(zipped, name)}
            for name in sorted(name for name in names if name.startswith("archive/") and ".warc" in name):
                with zipped.open(name) as stream:
                    found = captures(stream, limits)  # type: ignore[arg-type]
                    yield from (capture for capture in found if not listed or capture.url in listed)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ReadError(f"damaged or locked ({error or type(error).__name__}); fetch or pack it again") from error


def _listed(zipped: zipfile.ZipFile, name: str) -> Iterator[str]:
    with zipped.open(name) as lines:
        for line in lines.read(64 * 1024 * 1024).splitlines():
            try:
                page = json.loads(line)
            except ValueError:
                continue  # a page that is not listed is not lost: see `collection`
            if isinstance(page, dict) and isinstance(page.get("url"), str):
                yield page["url"]


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if record.rec_type not in _READ or not _url(record).startswith(("http://", "https://", "file:", "urn:")):
        return False
    if record.rec_type == "response" and (headers is None or headers.get_statuscode() != "200"):
        return False
    kind = headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")
    return (kind or "text/html").split(";")[0].strip().lower() in _TYPES


def _capture(record: Any, limits: Limits) -> Capture:
    data: bytes | ReadError
    try:
        data = _payload(record, limits)
    except ReadError as error:
        data = error
    return Capture(_url(record), record.rec_headers.get_header("WARC-Date"), data)


def _payload(record: Any, limits: Limits) -> bytes:
    """The record's body, chunks joined and unpacked, at most one file's size."""
    stream, pieces, size = record.content_stream(), [], 0
    while piece := stream.read(64 * 1024):
        pieces.append(piece)
        size += len(piece)
        if size > limits.file_bytes:
            raise archive.too_large(limits)
    return b"".join(pieces)


def _is_cut(record: Any) -> bool:
    """Whether the file ended before the record's stated length."""
    while record.raw_stream.read(64 * 1024):
        pass
    return bool(getattr(record.raw_stream, "limit", 0) > 0)


def _url(record: Any) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
