"""Sniffing: what a file is by its content first, and by its name only where the content leaves it open."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Collection

from sayso.errors import ReadError

HEAD = 4096

# What begins with these bytes has no words that sayso can read; what to do about it.
_NOT_NEWS = (
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"BM", "picture"),
    (b"\x00\x00\x01\x00", "picture"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"fLaC", "sound"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"{\\rtf", "office"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"SQLite format 3\x00", "database"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\x00", "program"),
)
_ADVICE = {
    "picture": "a picture: no text in it; run it through OCR first (for example ocrmypdf) and give the PDF",
    "sound": "a sound recording: no text in it; give a transcript",
    "video": "a video: no text in it; give a transcript",
    "archive": "an archive of a kind that is not read (zip, tar and gz are); unpack it and give the folder",
    "office": "an office file of an old kind, or one with a password; save it as docx or PDF without one",
    "database": "a database, not a text; export its articles as JSON Lines",
    "program": "a program, not a text",
    "binary": "not text (binary data); if it should be, save it again as text, PDF or HTML",
    "table": "a table, not a text; give its articles as JSON Lines (docs/reading.md)",
    "xml": "XML of a kind that is not read (RSS, Atom and XHTML are); save the page as HTML or text",
    "json": 'JSON that is no JSON Lines with a "text" in each line (docs/reading.md)',
    "mark-up": "a part of a web page, not a page (style sheet or script); give the page itself",
}  # fmt: skip
_EXTENSIONS = {
    "html": "html", "htm": "html", "xhtml": "html", "md": "markdown", "markdown": "markdown", "eml": "eml",
    "mhtml": "eml", "mht": "eml", "jsonl": "jsonl", "ndjson": "jsonl", "csv": "table", "tsv": "table", "css": "mark-up",
    "js": "mark-up", "json": "json",
}  # fmt: skip
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HTML = re.compile(r"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]", re.I)
_FEED = re.compile(r"<(?:\w+:)?(rss|feed|RDF)[\s>]")
_PROLOGUE = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>", re.S | re.I)
_TAG = re.compile(r"<(?:p|div|article|section|h[1-6]|table|span|ul|meta|title|a)[\s>]", re.I)
_MAIL = re.compile(r"^(?:received|return-path|mime-version|message-id|delivered-to|content-type):", re.I | re.M)
_HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[ \t].*\r?\n(?:[ \t]+.*\r?\n)*){2,}")
_FRONT = re.compile(r"---[ \t]*\r?\n[A-Za-z]+[ \t]*:")


def format_of(data: bytes, name: str) -> str:
    """The name of the reader for these bytes, or zip, tar, gz, bz2, xz for what holds others.

    Raises ReadError, saying what to do, where no reader fits.
    """
    if not data.strip():
        raise ReadError("the file is empty")
    head = data[:HEAD]
    found = container(head) or _by_mark(head)
    if found == "zip":
        return of_zip(io.BytesIO(data))
    return found or _of_text(data, name)


def container(head: bytes) -> str | None:
    """Whether these first bytes open something that holds other files: zip, gz, bz2, xz, tar or warc."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    for mark, kind in ((b"\x1f\x8b", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\x00", "xz"), (b"WARC/", "warc")):
        if head.startswith(mark):
            return kind
    return "tar" if head[257:262] == b"ustar" else None


def of_zip(file: io.BufferedIOBase | io.BytesIO) -> str:
    """What a zip file is: docx, wacz, or just zip. Raises ReadError for other office files and damaged ones."""
    try:
        with zipfile.ZipFile(file) as zipped:
            names: Collection[str] = set(zipped.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadError(f"a damaged zip file ({error}); fetch or pack it again") from error
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return "docx"
        raise ReadError(_ADVICE["table"] if any(n.startswith("xl/") for n in names) else "slides; save them as PDF")
    if "mimetype" in names and ("content.xml" in names or "META-INF/container.xml" in names):
        raise ReadError("an OpenDocument or e-book file; save it as docx, PDF or HTML")
    return "wacz" if "datapackage.json" in names and any(n.startswith("archive/") for n in names) else "zip"


def _by_mark(head: bytes) -> str | None:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for mark, kind in _NOT_NEWS:
        if head.startswith(mark) and (len(mark) > 3 or _is_binary(head)):
            raise ReadError(_ADVICE[kind])
    if head[4:8] == b"ftyp":
        raise ReadError(_ADVICE["picture" if head[8:12] in (b"heic", b"avif", b"mif1") else "video"])
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise ReadError(_ADVICE[{b"WEBP": "picture", b"WAVE": "sound"}.get(head[8:12], "video")])
    return None


def _of_text(data: bytes, name: str) -> str:
    from sayso.ingest import plain

    if _is_binary(data[: 16 * HEAD]):
        raise ReadError(_ADVICE["binary"])
    head = plain.decode_head(data[:HEAD]).lstrip()
    extension = name.rsplit("/", 1)[-1].rpartition(".")[2].lower()
    found = _by_mark_up(head, extension) or _EXTENSIONS.get(extension, "text")
    if found in _ADVICE:
        raise ReadError(_ADVICE[found])
    return found


def _by_mark_up(head: str, extension: str) -> str | None:
    if head.startswith("<"):
        return _by_tags(head, extension)
    if head.startswith("{") and is_json_lines(head):
        return "jsonl"
    if _HEADER.match(head) and (extension in ("eml", "mhtml", "mht") or _MAIL.search(head.split("\n\n")[0])):
        return "eml"
    if _FRONT.match(head):
        return "markdown"
    # A page's name on something without a single tag: text that was saved under a wrong name.
    return "text" if _EXTENSIONS.get(extension) == "html" and "<" not in head else None


def _by_tags(head: str, extension: str) -> str | None:
    # The root decides: a feed's entry may hold a whole page.
    if found := _FEED.match(_PROLOGUE.sub("", head).lstrip()):
        return "feed" if found[1] != "RDF" or "rss" in head else "xml"
    if _HTML.search(head):
        return "html"
    if head.startswith("<?xml") or head.startswith("<svg"):
        return "html" if _EXTENSIONS.get(extension) == "html" else "xml"
    return "html" if _TAG.match(head) or _EXTENSIONS.get(extension) == "html" else None


def is_json_lines(head: str) -> bool:
    """Whether the first line is a JSON object, or the beginning of one where it is longer than `head`."""
    first, _, rest = head.partition("\n")
    try:
        return isinstance(json.loads(first), dict)
    except ValueError:
        return not rest and "\n" not in head and len(first) >= HEAD // 4 and bool(re.match(r'\{\s*"', first))


def _is_binary(data: bytes) -> bool:
    """Whether bytes are no text in any encoding: too many control characters, and no UTF-16 or UTF-32 mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    return len(_CONTROL.findall(data)) > max(2, len(data) // 50)
