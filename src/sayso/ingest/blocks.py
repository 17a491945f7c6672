"""Raw items, what readers make of them, and how blocks of text become a document's text, parts and links."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sayso.records import Document, Link, Part, PartKind, Span, make_id


@dataclass(frozen=True, slots=True)
class Raw:
    """One input as found: `name` is its path below the PATH given ("pile.zip!a/b.html" for a member).

    `location` is where it lies on this machine (absolute; tells a changed file from a new one, never
    exported). `given` holds metadata from a sidecar or options, each value with its origin. `line` is the number of
    the line that `data` begins with, where it is a part of a JSON Lines file (`jsonl.parts`); 0 where it is whole.
    """

    name: str
    data: bytes
    location: str
    url: str | None = None
    given: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One document read from a Raw and the item's own bytes (a page, a feed entry, a JSONL line ...)."""

    document: Document
    data: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text of one kind; `links` are (start, end, href) relative to the block's text."""

    kind: PartKind
    text: str
    rule: str
    links: tuple[tuple[int, int, str], ...] = ()


def document_id(data: bytes, url: str | None, name: str) -> str:
    """The id of the item with these bytes: two outlets with the same words stay two documents."""
    return make_id("doc", hashlib.sha256(data).hexdigest(), url or name)


def compose(doc: str, blocks: Iterable[Block]) -> tuple[str, tuple[Part, ...], tuple[Link, ...]]:
    """Join blocks with blank lines; blocks of white space are left out.

    A block's text is kept to the letter but for white space at its ends.
    """
    pieces: list[str] = []
    parts: list[Part] = []
    links: list[Link] = []
    at = 0
    for block in blocks:
        words = block.text.strip()
        if not words:
            continue
        shift = at - (len(block.text) - len(block.text.lstrip()))
        parts.append(Part(block.kind, Span(doc, at, at + len(words)), block.rule))
        for start, end, href in block.links:
            first, after = max(start + shift, at), min(end + shift, at + len(words))
            links.append(Link(Span(doc, first, max(first, after)), href))
        pieces.append(words)
        at += len(words) + 2
    return "\n\n".join(pieces), tuple(parts), tuple(links)
