"""Reading HTML: pages saved from a browser, and the HTML inside feeds and mails."""

from __future__ import annotations

import codecs
import copy
import hashlib
import re
from collections.abc import Iterator
from typing import Any

from sayso.errors import ReadError
from sayso.ingest import dates, language, metadata
from sayso.ingest.blocks import Block, Item, Raw, compose, document_id
from sayso.ingest.html_parts import fragment_blocks, page_blocks
from sayso.ingest.html_walk import absolute, crowded, walk
from sayso.records import Document, Meta, PartKind
from sayso.settings import Limits

HEAD = 4096  # bytes in which a page declares its encoding; browsers look at the first 1,024
FEW = 40  # accents and curly quotation marks; with fewer, charset-normalizer takes "é" for Arabic
ATTRIBUTES = 2_000  # of one element; the parser's work grows with their square
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?i)(?:<meta[^>]{0,300}?charset|<\?xml[^>]{0,200}?encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})")
_ODD = re.compile(rb"[\x00-\x7f]{0,40}[\x80-\xff]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NUL = re.compile("[\x00\ud800-\udfff]")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# What browsers take these names to mean.
# Python's transformations of text that are no encodings of pages.
_NO_ENCODINGS = ("idna", "punycode", "undefined", "unicode_escape", "unicode-escape", "raw_unicode_escape",
                 "raw-unicode-escape", "utf-7")  # fmt: skip
_ALIASES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}


def read(raw: Raw, limits: Limits) -> Iterator[Item]:
    """The one document of a page.

    Raises ReadError where the bytes are no text, hold no words, nest too deep or are too long.
    """
    tree = _parse(decode(raw.data))
    if tree is None:
        raise ReadError(_no_text(()))
    meta = metadata.page_meta(tree, raw.data, raw)
    url, title = meta["url"].value if meta["url"] else None, meta["title"]
    found = walk(tree, _base(tree, url), limits)
    authors = tuple(author.value for author in meta["authors"])
    blocks = page_blocks(found, _prose(tree), title.value if title else "", authors)
    doc = document_id(raw.data, raw.url or url, raw.name)
    text, parts, links = compose(doc, blocks)
    if not text:
        raise ReadError(_no_text(tree))
    sha = hashlib.sha256(raw.data).hexdigest()
    meta = _from_blocks(meta, blocks, "language" in raw.given)
    yield Item(Document(doc, raw.name, "html", sha, text, parts=parts, links=links, **meta), raw.data)


def fragment(markup: str, base: str | None, limits: Limits) -> list[Block]:
    """The blocks of HTML inside a feed or mail, links absolute against `base`; [] where it holds no words.

    Raises ReadError as `read` does for nesting and length.
    """
    tree = _parse(markup)
    blocks = [] if tree is None else fragment_blocks(walk(tree, base, limits))
    return [block for block in blocks if block.text.strip()]


def decode(data: bytes) -> str:
    """The text of a page's bytes: by its byte order mark, the encoding it declares, UTF-8, else the likeliest.

    Bytes that do not fit are replaced, never an error; raises ReadError where the bytes are no text at all.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace")
    _check_text(data)
    declared = _declared(data)
    for name in dict.fromkeys((declared or "utf-8", "utf-8")):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode(_worn(data, declared) or _likeliest(data) or declared or "cp1252", "replace")


def _from_blocks(meta: dict[str, Any], blocks: list[Block], told: bool) -> dict[str, Any]:
    """`meta` with what the visible text tells: the headline, the by-line, and, unless told, the language."""
    title, headline = meta["title"], next((block.text for block in blocks if block.kind is PartKind.HEADLINE), "")
    if headline and (title is None or (title.origin == "title element" and title.value.startswith(headline))):
        title = Meta(" ".join(headline.split()), "headline")
    body = "\n".join(block.text for block in blocks if block.kind is PartKind.BODY)
    words = body or "\n".join(block.text for block in blocks)
    return {
        **meta,
        "title": title,
        "authors": meta["authors"] or _by_line(blocks),
        "published": _date_line(blocks, meta["published"]),
        "language": meta["language"] if told else language.of(meta["language"], words),
    }


def _date_line(blocks: list[Block], stated: Meta | None) -> Meta | None:
    """The day the page states, else that of a visible date line above the body, else what htmldate found."""
    if stated and stated.origin != "htmldate":
        return stated
    first = next((i for i, block in enumerate(blocks) if block.kind is PartKind.BODY), len(blocks))
    told = (PartKind.BYLINE, PartKind.DATELINE)
    lines = (block.text for block in blocks[: first + 4] if block.kind in told and len(block.text) < 200)
    days = (dates.iso(line) for line in lines if not metadata.speaks_of_change(line))
    return next((Meta(day, "date line") for day in days if day), stated)


def _by_line(blocks: list[Block]) -> tuple[Meta, ...]:
    """The names in the first by-line that names someone, for pages whose metadata name nobody."""
    lines = (line for block in blocks if block.kind is PartKind.BYLINE for line in block.text.split("\n"))
    said = next((names for line in lines if (names := metadata.signed(line))), ())
    return tuple(Meta(name, "by-line") for name in said)


def _check_text(data: bytes) -> None:
    head = data[:65536]
    if not data.strip():
        raise ReadError("the file is empty; save the page again")
    if len(_CONTROL.findall(head)) > len(head) / 50:
        raise ReadError("not text but binary data; if it is a page, open it in a browser and save it again")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of mostly Latin markup is zero."""
    head = data[:2048]
    half = len(head) // 2
    if half < 16 or head.count(0) < half * 0.7:
        return None
    if head[1::2].count(0) > half * 0.7 and head[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) > half * 0.7 and head[1::2].count(0) < half * 0.1 else None


def _declared(data: bytes) -> str | None:
    """The encoding a page names, as browsers take the name; None where Python does not know it."""
    found = _DECLARED.search(data[:HEAD])
    if not found:
        return None
    name = found[1].decode("ascii").lower()
    try:
        known = codecs.lookup(_ALIASES.get(name, name))
    except LookupError:
        return None
    if known.name in _NO_ENCODINGS or not getattr(known, "_is_text_encoding", True):
        return None
    # These words were read as ASCII, so a declared UTF-16 is wrong.
    return None if known.name.startswith(("utf-16", "utf-32")) else known.name


def _worn(data: bytes, declared: str | None) -> str | None:
    """UTF-8 or the declared encoding where only some of the odd bytes do not fit: a damaged file."""
    sample = _odd_bytes(data)
    odd = sum(byte > 127 for byte in sample)
    for name in dict.fromkeys(("utf-8", declared)):
        if name and sample.decode(name, "replace").count("\ufffd") <= odd * 0.1:
            return name
    return None


def _likeliest(data: bytes) -> str | None:
    """What charset-normalizer takes the odd bytes for; a few lone ones are Western, as browsers hold."""
    from charset_normalizer import from_bytes

    sample = _odd_bytes(data)
    runs = re.findall(rb"[\x80-\xff]+", sample)
    if len(runs) < FEW and sum(map(len, runs)) < 1.6 * len(runs):
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best else None


def _odd_bytes(data: bytes) -> bytes:
    """The bytes above 127 with some ASCII before them, up to 32 KB: what tells encodings apart."""
    pieces: list[bytes] = []
    size = 0
    for found in _ODD.finditer(data):
        pieces.append(found[0])
        size += len(found[0])
        if size > 32768:
            break
    return b"".join(pieces)[:32768]


def _parse(markup: str) -> Any:
    """The tree of a page, None where there is not one element or word."""
    from lxml import etree, html

    _check_attributes(markup)
    # The parser's own limits would cut a page silently; ours are checked in the walk.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(_NUL.sub("", markup).encode("utf-8"), parser=parser)
    except etree.ParserError:
        return None


def _check_attributes(markup: str) -> None:
    for tag in _LONG_TAG.finditer(markup):
        if len(_QUOTED.sub("", tag[0]).split()) > ATTRIBUTES:
            raise ReadError(
                f"an element with more than {ATTRIBUTES:,} attributes: no page, or a damaged one; "
                "open it in a browser and save it again"
            )


def _base(tree: Any, url: str | None) -> str | None:
    """What links are relative to: the page's <base>, else its own address."""
    for element in tree.iter("base"):
        if element.get("href"):
            return absolute(url, element.get("href"))
    return url


def _prose(tree: Any) -> str:
    """The page's body as trafilatura tells it, "" where it finds none or fails."""
    import logging

    from lxml import etree
    from trafilatura import bare_extraction

    if crowded(tree):
        return ""
    # It reports each page that it finds nothing in as an error of its own.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        told = bare_extraction(copy.deepcopy(tree), favor_recall=True, include_comments=False)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return ""
    return getattr(told, "text", None) or ""


def _no_text(tree: Any) -> str:
    frames = len(tree) > 0 and next(tree.iter("frameset", "frame", "iframe"), None) is not None
    if frames:
        return "no text: a page of frames; open the frame itself and save that"
    return "no text; open the page in a browser, let it load and save it again (SingleFile keeps what scripts drew)"
