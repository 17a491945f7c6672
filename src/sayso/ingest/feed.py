"""Feeds (RSS, Atom, RDF): a document for each entry, from the fullest text it carries."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.parsers import expat

from sayso.errors import ReadError
from sayso.ingest import dates, draft, html
from sayso.ingest.blocks import Block, Item, Raw
from sayso.ingest.draft import Facts
from sayso.records import Meta, PartKind, Problem, problem
from sayso.settings import Limits

_ENTRY = re.compile(rb"<((?:\w+:)?(?:item|entry))(?:\s[^>]*)?>.*?</\1\s*>", re.S | re.I)
# Feeds declare entities such as &nbsp;; one that is long or made of others grows as only a bomb's does.
_ENTITY_CHARS = 64


def read(raw: Raw, limits: Limits) -> Iterator[Item | Problem]:
    """The entries of a feed, in its order; an entry without words becomes a Problem.

    An entry's bytes are its element's, cut from the file as they stand; where a damaged feed cannot be cut
    they are the whole feed's. Raises ReadError where nothing in it can be read.
    """
    import feedparser

    cuts = _cuts(raw.data)
    parsed = feedparser.parse(io.BytesIO(raw.data), sanitize_html=False, resolve_relative_uris=False)
    entries = parsed.entries
    if not entries:
        raise ReadError(_nothing(parsed))
    for at, entry in enumerate(entries[: limits.members]):
        name = f"{raw.name}#{at + 1}"
        data = cuts[at] if len(cuts) == len(entries) else raw.data
        try:
            yield _item(replace(raw, name=name, data=data, url=_address(entry)), entry, parsed.feed, limits)
        except ReadError as error:
            yield problem(name, "read", str(error))
    if len(entries) > limits.members:
        yield problem(raw.name, "read", f"more than {limits.members:,} entries; raise the limit with --max-members")


def _item(raw: Raw, entry: Any, feed: Mapping[str, Any], limits: Limits) -> Item:
    body = _body(entry)
    base = body.get("base") or raw.url
    title = _words(entry.get("title_detail"), base, limits)
    blocks = [Block(PartKind.HEADLINE, title, "entry title")] if title else []
    if body.get("type") == "text/plain":
        blocks += draft.blocks_of_text(body["value"])
    else:
        blocks += html.fragment(body.get("value") or "", base, limits)
    return draft.from_blocks(raw, "feed", _facts(raw, entry, feed, title), blocks, limits)


def _body(entry: Any) -> Mapping[str, Any]:
    """The content of an entry: the longest it carries, else its summary."""
    contents: list[Mapping[str, Any]] = [one for one in entry.get("content", ()) if one.get("value")]
    summary: Mapping[str, Any] = entry.get("summary_detail") or {}
    return max(contents, key=lambda one: len(one["value"]), default=summary)


def _facts(raw: Raw, entry: Any, feed: Mapping[str, Any], title: str) -> Facts:
    source = (entry.get("source") or {}).get("title")
    names = (author.get("name") for author in entry.get("authors", ()))
    return Facts(
        url=draft.meta(raw.url, "entry link"),
        title=draft.meta(title, "entry title"),
        publisher=draft.meta(source, "source of the entry") or draft.meta(feed.get("title"), "title of the feed"),
        authors=tuple(Meta(name, "entry author") for name in names if isinstance(name, str) and name.strip()),
        published=_published(entry),
        language=draft.meta(_body(entry).get("language") or feed.get("language"), "feed language"),
    )


def _published(entry: Any) -> Meta | None:
    """When the entry was published; where it only says when it was changed, that, and the origin says so."""
    for key in ("published", "created", "updated"):
        # Not `get`: feedparser answers "published" when asked for a missing "updated".
        value = dict.get(entry, key)
        if isinstance(value, str) and (day := dates.iso(value)):
            return Meta(day, f"entry {key}")
    return None


def _words(detail: Mapping[str, Any] | None, base: str | None, limits: Limits) -> str:
    """A title as plain words: feeds write markup and entities into it."""
    value = (detail or {}).get("value") or ""
    if (detail or {}).get("type") != "text/plain" or re.search(r"<\w|&\w+;", value):
        value = " ".join(block.text for block in html.fragment(value, base, limits))
    return " ".join(value.split())


def _address(entry: Any) -> str | None:
    link = entry.get("link")
    return link if isinstance(link, str) and link.startswith(("http://", "https://")) else None


def _cuts(data: bytes) -> Sequence[bytes]:
    """The bytes of each entry. Raises ReadError for entities that only a bomb declares."""
    try:
        return [data[start:end] for start, end in _Cutter(data).spans]
    except expat.ExpatError:
        return [found[0] for found in _ENTRY.finditer(data)]


class _Cutter:
    """Finds where the entries of a well-formed feed begin and end, in bytes."""

    def __init__(self, data: bytes) -> None:
        self.spans: list[tuple[int, int]] = []
        self._data, self._depth, self._start, self._at = data, 0, 0, -1
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._opens
        self._parser.EndElementHandler = self._closes
        self._parser.EntityDeclHandler = self._declares
        self._parser.Parse(data, True)

    def _opens(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._at < 0 and name.rpartition(":")[2] in ("item", "entry"):
            self._at, self._start = self._depth, self._parser.CurrentByteIndex

    def _closes(self, name: str) -> None:
        if self._depth == self._at:
            # Of an element without content the end is reported where it begins; both end with the next ">".
            end = self._data.find(">".encode(self._wide()), self._parser.CurrentByteIndex)
            self.spans.append((self._start, end + len(">".encode(self._wide()))))
            self._at = -1
        self._depth -= 1

    def _wide(self) -> str:
        return {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(self._data[:2], "ascii")

    def _declares(self, name: str, parameter: bool, value: str | None, *rest: object) -> None:
        if parameter or value is None or len(value) > _ENTITY_CHARS or re.search(r"&[^#]", value):
            raise ReadError("it declares entities that grow as only a bomb's do; remove its DOCTYPE")


def _nothing(parsed: Any) -> str:
    if parsed.get("bozo") and parsed.get("bozo_exception"):
        return f"a damaged feed without readable entries ({parsed['bozo_exception']}); fetch it again"
    return "a feed without entries; fetch it again when it has some"
