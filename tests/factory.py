"""Builders for tests: a document, a parsed page, a case, and records by their words, each in one call."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sayso.case import Page
from sayso.filing import Origin, attach, file_item, finish
from sayso.ingest.blocks import Item, document_id
from sayso.records import (
    Document,
    Hop,
    Manner,
    Mention,
    MentionKind,
    Meta,
    Modality,
    Part,
    PartKind,
    Polarity,
    Span,
    Stance,
    Statement,
    Why,
    Wording,
    mention_id,
    statement_id,
)
from sayso.store import CaseFile, create_case

WHY = Why("tests.factory")
_PARAGRAPH = re.compile(r"\S(?:(?!\s*\n\s*\n).)*", re.DOTALL)


def document(text: str, *, name: str = "article.txt", headline: bool = False, **fields: str) -> Document:
    """A document that holds `text` to the letter: paragraphs are body parts, the first a headline if asked.

    Further fields (publisher, title, published, url, language ...) are values read from "test".
    """
    data = text.encode("utf-8", "surrogatepass")
    id = document_id(data, fields.get("url"), name)
    metas = {field: Meta(value, "test") for field, value in fields.items()}
    parts = tuple(_parts(id, text, headline))
    return Document(id, name, "txt", hashlib.sha256(data).hexdigest(), text, parts=parts, **metas)  # type: ignore[arg-type]


def page(text: str, **options: Any) -> Page:
    """A document with its parse, by the shipped model; detectors have not run. Options as for `document`."""
    from sayso.nlp import load, parse

    one = document(text, **options)
    return Page(one, next(iter(parse([one], load()))))


def case(*texts: str, **options: Any) -> CaseFile:
    """A case in memory with one document for each text, analysed by the whole pipeline."""
    from sayso.pipeline import analyse

    from sayso.nlp import load

    model = load()
    documents = [document(text, name=f"article-{n}.txt", **options) for n, text in enumerate(texts, 1)]
    return filed(*((one, analyse(one, model)) for one in documents))


def filed(*pairs: tuple[Document, Iterable[Any]], path: Path | None = None) -> CaseFile:
    """A case, in memory unless `path` is given, that holds these documents with these records."""
    made = create_case(path)
    for one, records in pairs:
        file(made, one, records)
    return made


def file(made: CaseFile, one: Document, records: Iterable[Any] = (), *, version: str = "test", place: str = "") -> None:
    """Write a document to a case as a run would that found it at `place` (default: its name)."""
    origin = Origin(place or one.name, one.raw, version, 1)
    file_item(made, Item(one, one.text.encode("utf-8", "surrogatepass")), records, origin)
    attach(made, one, origin)
    finish(made, [one.id], [], origin)


def span(one: Document, words: str, nth: int = 0) -> Span:
    """Where `words` stand for the nth time. Raises ValueError where they do not."""
    at = -1
    for _ in range(nth + 1):
        at = one.text.index(words, at + 1)
    return Span(one.id, at, at + len(words))


def mention(one: Document, words: str, *, kind: MentionKind = MentionKind.PERSON, **fields: Any) -> Mention:
    """A mention at `words`; it is named unless `named=False`."""
    spans = (span(one, words),)
    named = fields.pop("named", True)
    values = {"number": None, "of": None, "name": words if named else "", "why": WHY, **fields}
    return Mention(mention_id(spans), spans, kind, named, **values)


def hop(*sources: Mention, cue: tuple[Span, ...] = (), **fields: Any) -> Hop:
    """A hop by these sources."""
    ids = tuple(source.id for source in sources)
    values = {"manner": Manner.SAID, "stance": Stance.NEUTRAL, "medium": None, "addressee": None, "said": None}
    return Hop(ids, cue, **{**values, "why": WHY, **fields})


def statement(one: Document, words: str, *chain: Hop, **fields: Any) -> Statement:
    """A statement of `words` by this chain, in the document's own voice where there is none."""
    content = (span(one, words),)
    values = {
        "inside": None,
        "wording": Wording.INDIRECT if chain else Wording.OWN,
        "modality": Modality.ASSERTED,
        "polarity": Polarity.POSITIVE,
        "why": WHY,
    }
    return Statement(statement_id(one.id, content, chain), one.id, content, chain, **{**values, **fields})


def _parts(id: str, text: str, headline: bool) -> Iterable[Part]:
    for number, found in enumerate(_PARAGRAPH.finditer(text)):
        kind = PartKind.HEADLINE if headline and number == 0 else PartKind.BODY
        yield Part(kind, Span(id, *found.span()), "test")
