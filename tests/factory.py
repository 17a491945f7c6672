"""Builders for tests: a document, a parsed page, a case, and records by their words, each in one call."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from sayso.case import Page
from sayso.filing import Origin, attach, file_item, finish
from sayso.ingest.blocks import Item, document_id
from sayso.records import (
    CausalKind,
    CausalLink,
    Check,
    CheckLevel,
    CheckOutcome,
    Document,
    Event,
    EventStatus,
    Hop,
    Link,
    LoadedKind,
    LoadedVoice,
    LoadedWord,
    Manner,
    Mention,
    MentionKind,
    Meta,
    Modality,
    Part,
    PartKind,
    Place,
    PlaceRole,
    Polarity,
    RelationKind,
    Span,
    Stance,
    Statement,
    Tie,
    TimexKind,
    When,
    Why,
    Wording,
    causal_link_id,
    check_id,
    event_id,
    loaded_word_id,
    mention_id,
    place_id,
    statement_id,
    tie_id,
    when_id,
)
from sayso.store import CaseFile, create_case

__all__ = [
    "WHY",
    "case",
    "causal_link",
    "check",
    "data",
    "document",
    "event",
    "file",
    "filed",
    "hop",
    "link",
    "loaded_word",
    "mention",
    "mention_at",
    "page",
    "place",
    "replace",
    "span",
    "statement",
    "statement_at",
    "tie",
    "when",
]

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
    from sayso.nlp import load
    from sayso.pipeline import analyse

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
    """Write a document to a case as a run would that found it at `place` (default: by its name)."""
    origin = Origin(place or f"here/{one.name}", one.raw, version, 1)
    file_item(made, Item(one, one.text.encode("utf-8", "surrogatepass")), records, origin)
    attach(made, one, origin)
    finish(made, [one.id], [], origin)


def data(name: str) -> str:
    """The text of a data file of the package, notes included."""
    return (files("sayso") / "data" / name).read_text("utf-8")


def span(one: Document, words: str, nth: int = 0) -> Span:
    """Where `words` stand for the nth time. Raises ValueError where they do not."""
    at = -1
    for _ in range(nth + 1):
        at = one.text.index(words, at + 1)
    return Span(one.id, at, at + len(words))


def link(one: Document, words: str, href: str = "https://example.org/") -> Link:
    """A link on `words`."""
    return Link(span(one, words), href)


def mention(one: Document, words: str, *, named: bool = True, **fields: Any) -> Mention:
    """A mention at `words`; it is named by them unless `named=False`."""
    return mention_at(span(one, words), named=named, **{"name": words if named else "", **fields})


def mention_at(place: Span, **fields: Any) -> Mention:
    """A mention at a span: a named person unless the fields say otherwise."""
    values = {"kind": MentionKind.PERSON, "named": True, "number": None, "of": None, "name": "", "why": WHY}
    return Mention(mention_id((place,)), (place,), **{**values, **fields})


def hop(*sources: Mention, cue: tuple[Span, ...] = (), **fields: Any) -> Hop:
    """A hop by these sources."""
    ids = tuple(source.id for source in sources)
    values = {"manner": Manner.SAID, "stance": Stance.NEUTRAL, "medium": None, "addressee": None, "said": None}
    return Hop(ids, cue, **{**values, "why": WHY, **fields})


def statement(one: Document, words: str, *chain: Hop, **fields: Any) -> Statement:
    """A statement of `words` by this chain, in the document's own voice where there is none."""
    return statement_at((span(one, words),), *chain, **fields)


def statement_at(content: tuple[Span, ...], *chain: Hop, **fields: Any) -> Statement:
    """A statement of the words at these spans."""
    values = {
        "inside": None,
        "wording": Wording.INDIRECT if chain else Wording.OWN,
        "modality": Modality.ASSERTED,
        "polarity": Polarity.POSITIVE,
        "why": WHY,
    }
    doc = content[0].doc
    return Statement(statement_id(doc, content, chain), doc, content, chain, **{**values, **fields})


def loaded_word(one: Document, words: str, held: Statement | None = None, **fields: Any) -> LoadedWord:
    """A loaded word at `words`, in the statement `held`: a contested label of the writer's unless the fields say."""
    values = {"kind": LoadedKind.CONTESTED_LABEL, "voice": LoadedVoice.OWN, "why": WHY, **fields}
    place = span(one, words)
    return LoadedWord(loaded_word_id(place, values["kind"]), place, statement=held.id if held else None, **values)


def when(one: Document, words: str, first: str | None = None, last: str | None = None, **fields: Any) -> When:
    """Words for a time, for the days `first` to `last`: a date unless the fields say otherwise."""
    place = span(one, words)
    values = {"kind": TimexKind.DATE, "timex": first or "XXXX", "anchor": "itself", "until": None, "why": WHY, **fields}
    id = when_id(place.doc, place.start, place.end, values["kind"], values["timex"])
    return When(id, place, first=first, last=last or first, **values)


def place(one: Document, words: str, lat: float | None = None, lon: float | None = None, **fields: Any) -> Place:
    """A name of a place, resolved where it has coordinates."""
    at = span(one, words)
    values = {"name": words, "gazetteer": "", "radius_km": None if lat is None else 5.0, "role": PlaceRole.PLACE}
    return Place(
        place_id(at), at, lat=lat, lon=lon, **{**values, "anchors": (), "candidates": (), "why": WHY, **fields}
    )


def event(said: Statement, trigger: Span, code: str = "ASSAULT", **fields: Any) -> Event:
    """An event that `said` asserts: an ASSAULT that happened unless the fields say otherwise."""
    values = {"mode": "", "contexts": (), "actors": (), "recipients": (), "counts": (), "when": (), "where": ()}
    values = {**values, "status": EventStatus.HAPPENED, "why": WHY, **fields}
    return Event(event_id(said.id, (trigger,)), said.doc, said.id, (trigger,), code, **values)


def causal_link(said: Statement, cause: Span, effect: Span, *signal: Span, **fields: Any) -> CausalLink:
    """A domino that `said` asserts: a cause, asserted, unless the fields say otherwise."""
    values = {"kind": CausalKind.CAUSES, "negated": False, "hypothetical": False, "causes": (), "effects": ()}
    id = causal_link_id(said.id, (cause,), (effect,), signal)
    return CausalLink(id, said.doc, said.id, (cause,), (effect,), signal, **{**values, "why": WHY, **fields})


def tie(said: Statement, subject: Mention, object: Mention, *cue: Span, **fields: Any) -> Tie:
    """What `said` asserts one mention to be to another: that it funds it unless the fields say otherwise."""
    values = {"kind": RelationKind.FUNDS, "status": EventStatus.HAPPENED, "aside": False, "when": ()}
    values = {**values, "why": WHY, **fields}
    id = tie_id(said.id, subject.id, values["kind"], object.id)
    return Tie(id, said.doc, said.id, subject.id, object=object.id, cue=cue or subject.spans, **values)


def check(*spans: Span, rule: str = "weekday", **fields: Any) -> Check:
    """A check of the words at these spans: one that failed hard unless the fields say otherwise."""
    values = {"level": CheckLevel.HARD, "outcome": CheckOutcome.FAILED, "about": (), "message": "", "nearest": ""}
    return Check(check_id(rule, spans), spans[0].doc, rule, spans=spans, **{**values, "why": WHY, **fields})


def _parts(id: str, text: str, headline: bool) -> Iterable[Part]:
    for number, found in enumerate(_PARAGRAPH.finditer(text)):
        kind = PartKind.HEADLINE if headline and number == 0 else PartKind.BODY
        yield Part(kind, Span(id, *found.span()), "test")
