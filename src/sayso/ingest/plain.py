"""Plain text and Markdown: the decoded file to the letter, its parts by layout."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from sayso.errors import ReadError
from sayso.ingest import dates, draft
from sayso.ingest.blocks import Item, Raw
from sayso.ingest.draft import Facts
from sayso.records import Meta, Problem, problem
from sayso.settings import Limits

# The longer marks come first: UTF-32's little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings of news texts that are not Unicode; charset-normalizer tells which fits.
_LEGACY = (
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "mac_roman", "shift_jis",
    "euc_jp", "gb18030", "big5", "euc_kr",
)  # fmt: skip
# Of these, quotation marks and a few accents look alike; the first is by far the most frequent.
_LATIN = ("cp1252", "cp1250", "cp1254", "mac_roman")
_SAMPLE = 64 * 1024
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|$)", re.S)
_FIELD = re.compile(r"^([A-Za-z]+)[ \t]*:[ \t]*(.*?)[ \t]*$", re.M)
_FRONT_KEYS = {"title", "date", "published", "author", "authors", "publisher", "url", "language"}


def read(raw: Raw, limits: Limits) -> Iterator[Item | Problem]:
    """The one document of a text file. Raises ReadError where its encoding cannot be told or it has no text.

    Line ends stay as they are, so offsets are those of the file; a byte order mark is dropped. Bytes that
    are not of its encoding show as U+FFFD and are told in a Problem beside the document.
    """
    yield from _read(raw, limits, "text", Facts())


def read_markdown(raw: Raw, limits: Limits) -> Iterator[Item | Problem]:
    """The one document of a Markdown file; front matter between lines "---" gives title, date and so on."""
    text, _ = decode(raw.data)
    yield from _read(raw, limits, "markdown", front_matter(text))


def decode(data: bytes) -> tuple[str, int]:
    """The text of `data` and how many of its bytes were not of its encoding. Raises ReadError if none fits."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    try:
        return data.decode("utf-8"), 0
    except UnicodeDecodeError:
        pass
    text, wrong = _lenient(data, "utf-8")
    # Whole UTF-8 sequences do not come about by chance: where they are more than the odd bytes, it is damaged UTF-8.
    if wrong < sum(char > "\x7f" and char != "\ufffd" for char in text):
        return text, wrong
    return _lenient(data, _guess(data))


def front_matter(text: str) -> Facts:
    """What the front matter of a Markdown file says."""
    found = _FRONT.match(text)
    fields = {key.lower(): value.strip("\"'[]") for key, value in _FIELD.findall(found[1])} if found else {}
    told = {key: value for key, value in fields.items() if value and key in _FRONT_KEYS}
    names = told.get("authors") or told.get("author") or ""
    day = dates.iso(told.get("published") or told.get("date") or "")
    return Facts(
        url=draft.meta(told.get("url"), "front matter"),
        title=draft.meta(told.get("title"), "front matter"),
        publisher=draft.meta(told.get("publisher"), "front matter"),
        authors=tuple(Meta(name.strip("\"' "), "front matter") for name in re.split(r"[;,]", names) if name.strip()),
        published=Meta(day, "front matter") if day else None,
        language=draft.meta(told.get("language"), "front matter"),
    )


def _read(raw: Raw, limits: Limits, format: str, facts: Facts) -> Iterator[Item | Problem]:
    text, wrong = decode(raw.data)
    yield draft.from_text(raw, format, facts, text, limits)
    if wrong:
        yield problem(
            raw.name,
            "read",
            f"{wrong} of its bytes are not of its encoding and show as \ufffd; save it again as UTF-8 to get them back",
        )


def _lenient(data: bytes, encoding: str) -> tuple[str, int]:
    text = data.decode(encoding, "replace")
    told = data.count("\ufffd".encode(encoding)) if encoding.startswith("utf") else 0
    return text, max(0, text.count("\ufffd") - told)


def _guess(data: bytes) -> str:
    """The encoding that charset-normalizer thinks likeliest; Windows' Western one where it is as likely."""
    from charset_normalizer import from_bytes

    found = list(from_bytes(data[:_SAMPLE], cp_isolation=list(_LEGACY), enable_fallback=False))
    if not found:
        raise ReadError("its encoding cannot be told (neither Unicode nor a known older one); save it again as UTF-8")
    western = next((match.coherence for match in found if match.encoding == "cp1252"), 0.0)
    return "cp1252" if found[0].encoding in _LATIN and found[0].coherence <= western else found[0].encoding


def decode_head(head: bytes) -> str:
    """The first bytes of a file as text, good enough to see its markup; never fails."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    return head.decode("utf-8", "replace")
