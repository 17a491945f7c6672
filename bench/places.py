"""Places as `score_geo.py` reads them: every name with its point, or only the points of the names given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sayso.case import Page
from sayso.detect.places import FoundPlace, Role, locate, places
from sayso.detect.places.find import Name
from sayso.gazetteer import open_gazetteer
from sayso.ingest.layout import parts
from sayso.nlp import load, parse
from sayso.records import Document, Meta

BATCH = 64
# GeoVirus's guide leaves adjectives and peoples ("Syrian", "Syrians") out, the other corpora's count them. The
# corpus stands at the front of each id.
NO_PEOPLE = ("geovirus",)


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One line a document: the places found."""
    for _, page in _pages(rows):
        yield line(page.document.id, [p for p in places(page) if counts(page.document.id, p)])


def predict_given(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One line a document: the points of the spans given."""
    for row, page in _pages(rows):
        yield line(page.document.id, given(page, [(t["start"], t["end"]) for t in row["toponyms"]]))


def counts(id: str, place: FoundPlace) -> bool:
    """Whether the guide of a document's corpus would have annotated such a place."""
    return place.role is not Role.PEOPLE or not id.startswith(NO_PEOPLE)


def given(page: Page, spans: list[tuple[int, int]]) -> Iterator[FoundPlace]:
    """The places of spans that are known to be names of places."""
    gazetteer = open_gazetteer()
    text = page.document.text
    found = []
    for start, end in spans:
        tokens = [t for t in range(len(page.parse)) if page.parse.start[t] < end and page.parse.end[t] > start]
        first, after = (tokens[0], tokens[-1] + 1) if tokens else (-1, -1)
        words = " ".join(text[start:end].split())
        units = gazetteer.find(words) or gazetteer.find(words.title())
        found.append(Name(start, end, text[start:end], first, after, units, "GPE", True, (first, after)))
    return locate(found, page, gazetteer)


def line(id: str, found: Iterable[FoundPlace]) -> dict[str, Any]:
    """The scorer's line."""
    return {"id": id, "toponyms": [_toponym(place) for place in found]}


def _toponym(place: FoundPlace) -> dict[str, Any]:
    scheme, _, id = place.gazetteer.partition(":")
    plain = {"start": place.span.start, "end": place.span.end, "lat": place.lat, "lon": place.lon}
    return plain | ({"geonames_id": id} if scheme == "geonames" else {})


def _pages(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Page]]:
    model, batch = load(), []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield from _parsed(batch, model)
            batch = []
    yield from _parsed(batch, model)


def _parsed(batch: list[dict[str, Any]], model: Any) -> Iterator[tuple[dict[str, Any], Page]]:
    documents = [_document(row) for row in batch]
    for row, document, tree in zip(batch, documents, parse(documents, model), strict=True):
        yield row, Page(document, tree)


def _document(row: dict[str, Any]) -> Document:
    made = Document(row["id"], row["id"], "text", "", row["text"], parts=parts(row["id"], row["text"]))
    return replace(made, url=Meta(row["url"], "row") if row.get("url") else None)
