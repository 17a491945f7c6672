"""Checks on the planted-error set: precision of hard and soft alarms, and the share of errors found.

A row is a case of one or more documents (`tests/gold/make_checks.py` says how it is made). The linkers are stood in
for: which document copies which, which tellings are of one happening, and that a full name is one person are given,
so that the figures are those of the checks. An alarm is right where it shares words with the planted error; an error
is found where an alarm of its own rule does. Time is that of all checks over that of the parse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from sayso.case import Page
from sayso.check import ACROSS, CHECKS
from sayso.detect.places import places
from sayso.detect.quotes import quotes
from sayso.detect.times import times
from sayso.ingest.layout import parts
from sayso.nlp import load, parse
from sayso.records import Check, CheckOutcome, Document, Meta, Span

T = TypeVar("T")
GOLD = Path(__file__).parent.parent / "tests" / "gold" / "checks.jsonl"
Row = dict[str, Any]


class Memory:
    """A case in memory: the pages of its documents and what links them."""

    def __init__(self, pages: list[Page], linked: Iterable[Any] = ()) -> None:
        self._pages = {page.document.id: page for page in pages}
        self.linked = list(linked)

    def of(self, kind: type[T], doc: str | None = None) -> Iterator[T]:
        """The records of one type, of one document or of all."""
        for id in sorted(self._pages):
            if doc in (None, id):
                page = self._pages[id]
                records = [page.document, *page.records()]
                yield from (record for record in records if isinstance(record, kind))
        yield from (record for record in self.linked if isinstance(record, kind) and doc is None)

    def get(self, id: str) -> Any:
        """The record with this id. Raises KeyError."""
        for page in self._pages.values():
            if id == page.document.id:
                return page.document
            if any(id == record.id for record in page.records()):
                return page.get(id)
        return next(record for record in self.linked if record.id == id)

    def quote(self, span: Span) -> str:
        """The words of a span."""
        return self._pages[span.doc].quote(span)


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """One line a row: its alarms, each with rule, level, message and places."""
    model = load(rules=True)
    for row in rows:
        documents = [document(one) for one in row["documents"]]
        pages = [Page(one, tree) for one, tree in zip(documents, parse(documents, model), strict=True)]
        yield {"id": row["id"], "alarms": [_alarm(check, documents) for check in run(row, pages)]}


def document(one: Row) -> Document:
    """A document of a row."""
    made = Document(one["id"], one["id"], "text", "", one["text"], parts=parts(one["id"], one["text"]))
    when, who = Meta(one["published"], "row"), Meta(one["publisher"], "row")
    return Document(made.id, made.name, "text", "", made.text, published=when, publisher=who, parts=made.parts)


def run(row: Row, pages: list[Page]) -> list[Check]:
    """The alarms of one row: of each page, then of the case."""
    for page in pages:
        for detector in (quotes, times, places):
            page.add(list(detector(page)))
        for check in CHECKS:
            page.add(list(check(page)))
    case = Memory(pages)
    found = list(case.of(Check)) + [made for check in ACROSS for made in check(case)]
    return [check for check in found if check.outcome is CheckOutcome.FAILED]


def _alarm(check: Check, documents: list[Document]) -> Row:
    order = [one.id for one in documents]
    spans = [[order.index(span.doc), span.start, span.end] for span in check.spans]
    return {
        "rule": check.rule,
        "level": check.level,
        "message": check.message,
        "nearest": check.nearest,
        "spans": spans,
    }
