"""Places as `score_geo.py` reads them: every name with its point, or only the points of the names given.

An adjective ("Syrian forces") is no name of a place; the name of a people ("the Syrians") is written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sayso.case import Page, Parse
from sayso.detect.places import locate, named_places
from sayso.detect.places.find import Name, look_up
from sayso.gazetteer import open_gazetteer
from sayso.ingest.layout import parts
from sayso.nlp import Model, load, parse
from sayso.records import Document, Meta, Place, PlaceRole

BATCH = 64


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One line a document: the places found."""
    for page in _pages(rows):
        yield line(page.document.id, (one for one in named_places(page) if one.role is not PlaceRole.ADJECTIVE))


def predict_given(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One line a document: the points of the spans given. Which place a name is needs no parse."""
    for row in rows:
        page = Page(_document(row), Parse())
        yield line(page.document.id, given(page, [(t["start"], t["end"]) for t in row["toponyms"]]))


def given(page: Page, spans: list[tuple[int, int]]) -> Iterator[Place]:
    """The places of spans that are known to be names of places."""
    gazetteer = open_gazetteer()
    found = []
    for start, end in spans:
        text = page.document.text[start:end]
        units = look_up(" ".join(text.split()), gazetteer)
        found.append(Name(start, end, text, -1, -1, units, "GPE", True, (-1, -1)))
    return locate(found, page, gazetteer)


def line(id: str, found: Iterable[Place]) -> dict[str, Any]:
    """The scorer's line."""
    return {"id": id, "toponyms": [_toponym(place) for place in found]}


def _toponym(place: Place) -> dict[str, Any]:
    scheme, _, id = place.gazetteer.partition(":")
    plain = {"start": place.span.start, "end": place.span.end, "lat": place.lat, "lon": place.lon}
    return plain | ({"geonames_id": id} if scheme == "geonames" else {})


def _pages(rows: Iterable[dict[str, Any]]) -> Iterator[Page]:
    model, batch = load(), []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield from _parsed(batch, model)
            batch = []
    yield from _parsed(batch, model)


def _parsed(batch: list[dict[str, Any]], model: Model) -> Iterator[Page]:
    documents = [_document(row) for row in batch]
    for document, tree in zip(documents, parse(documents, model), strict=True):
        yield Page(document, tree)


def _document(row: dict[str, Any]) -> Document:
    made = Document(row["id"], row["id"], "text", "", row["text"], parts=parts(row["id"], row["text"]))
    return replace(made, url=Meta(row["url"], "row") if row.get("url") else None)
