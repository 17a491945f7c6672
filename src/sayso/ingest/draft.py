"""Drafts: from what a reader found in an item to its Document, the same way for every format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from sayso.errors import ReadError
from sayso.ingest import dates, layout
from sayso.ingest.blocks import Block, Item, Raw, compose, document_id
from sayso.records import Document, Link, Meta, Part, PartKind
from sayso.settings import Limits

# A date line further down is one of the story's own dates.
_TOP = 10

Body = tuple[str, tuple[Part, ...], tuple[Link, ...]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What an item says about itself, each value with where it was read; None where it does not say.

    `made` is when the file was made: taken for the day of publication where nothing else tells it.
    """

    url: Meta | None = None
    title: Meta | None = None
    publisher: Meta | None = None
    authors: tuple[Meta, ...] = ()
    published: Meta | None = None
    fetched: Meta | None = None
    language: Meta | None = None
    made: Meta | None = None


def from_blocks(raw: Raw, format: str, facts: Facts, blocks: Iterable[Block], limits: Limits) -> Item:
    """The document made of `blocks`. Raises ReadError where there is no text or more than `limits` allow."""
    listed = tuple(blocks)
    return _item(raw, format, facts, lambda doc: _composed(doc, listed), limits)


def from_text(raw: Raw, format: str, facts: Facts, text: str, limits: Limits) -> Item:
    """The document whose text is `text` to the letter, its parts by layout. Raises ReadError as `from_blocks`."""
    check_length(len(text), limits)
    return _item(raw, format, facts, lambda doc: (text, layout.parts(doc, text), layout.links(doc, text)), limits)


def blocks_of_text(text: str) -> list[Block]:
    """The blocks of a plain text that is only a piece of an item (a mail's body, a feed's summary)."""
    found = layout.links("", text)
    blocks = []
    for part in layout.parts("", text):
        start, end = part.span.start, part.span.end
        inside = [(link.span.start - start, link.span.end - start, link.href) for link in found
                  if start <= link.span.start and link.span.end <= end]  # fmt: skip
        blocks.append(Block(part.kind, text[start:end], part.rule, tuple(inside)))
    return blocks


def check_length(chars: int, limits: Limits) -> None:
    """Raises ReadError where a text is longer than one document may be."""
    if chars > limits.text_chars:
        raise ReadError(
            f"its text has {chars:,} characters, more than the limit of {limits.text_chars:,}; "
            "split it, or raise the limit with --max-text"
        )


def with_given(facts: Facts, given: Mapping[str, tuple[str, str]]) -> Facts:
    """`facts` with what a sidecar or the options say put before what the item says of itself."""
    told = {field: Meta(*value) for field, value in given.items() if field != "authors"}
    if "authors" in given:
        value, origin = given["authors"]
        told["authors"] = tuple(Meta(name, origin) for name in split_names(value))  # type: ignore[assignment]
    return replace(facts, **told)  # type: ignore[arg-type]


def split_names(value: str) -> tuple[str, ...]:
    """The names of a list written with semicolons."""
    return tuple(name for part in value.split(";") if (name := " ".join(part.split())))


def meta(value: object, origin: str) -> Meta | None:
    """A Meta with its white space made single blanks, None where the value is empty or no text."""
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return Meta(words, origin) if words else None


def dated(value: object, origin: str) -> Meta | None:
    """A Meta that holds `value` as an ISO 8601 date, None where it states no date."""
    found = dates.iso(value) if isinstance(value, str) else None
    return Meta(found, origin) if found else None


def _item(raw: Raw, format: str, facts: Facts, body: Callable[[str], Body], limits: Limits) -> Item:
    from sayso.ingest import language

    facts = with_given(facts, raw.given)
    url = facts.url or (Meta(raw.url, "address of the record") if raw.url else None)
    doc = document_id(raw.data, raw.url or (url.value if url else None), raw.name)
    text, parts, links = body(doc)
    check_length(len(text), limits)
    if not parts:
        raise ReadError("no text in it; if it is a picture of text, run it through OCR first (for a PDF: ocrmypdf)")
    facts = _from_layout(facts, raw.name, text, parts)
    return Item(
        Document(
            id=doc, name=raw.name, format=format, raw=hashlib.sha256(raw.data).hexdigest(), text=text,
            url=url, title=facts.title, publisher=facts.publisher, authors=facts.authors,
            published=facts.published, fetched=facts.fetched,
            language=facts.language if "language" in raw.given else language.of(facts.language, text),
            parts=parts, links=links,
        ),
        raw.data,
    )  # fmt: skip


def _composed(doc: str, blocks: tuple[Block, ...]) -> Body:
    text, parts, links = compose(doc, blocks)
    return text, layout.cut_dateline(parts, text), links


def _from_layout(facts: Facts, name: str, text: str, parts: tuple[Part, ...]) -> Facts:
    """What the item does not state but its layout shows: headline, by-line, date line; last its file name."""
    said: dict[PartKind, list[str]] = {}
    for part in parts:
        said.setdefault(part.kind, []).append(text[part.span.start : part.span.end])
    first = next((part.kind for part in parts if part.kind in (PartKind.HEADLINE, PartKind.BODY)), None)
    title = meta(said[PartKind.HEADLINE][0].lstrip("# "), "headline") if first is PartKind.HEADLINE else None
    names = (name for line in said.get(PartKind.BYLINE, ()) for name in layout.names(line))
    top = [part for part in parts[:_TOP] if part.kind in (PartKind.DATELINE, PartKind.BYLINE)]
    days = (dated(text[part.span.start : part.span.end], "date line") for part in top)
    day = next((day for day in days if day), None)
    named = dates.from_name(name)
    return replace(
        facts,
        title=facts.title or title,
        authors=facts.authors or tuple(Meta(name, "by-line") for name in dict.fromkeys(names)),
        published=facts.published or day or (Meta(named, "file name") if named else facts.made),
    )
