"""Checks on the planted-error set: `python -m bench checks GOLD PRED`, then `python -m bench.checks GOLD PRED`.

A row is a case of one or more documents (`tests/gold/make_checks.py` says how it is made). The linkers are stood in
for: which document copies which and which tellings are of one happening are given, so that the figures are those of
the checks. An alarm is right where it shares words with the planted error; an error is found where an alarm of its
own rule does so. Precision of hard and soft alarms, recall over all and of each rule, in per cent.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, TypeVar

from sayso.case import Page
from sayso.check import ACROSS, CHECKS
from sayso.detect.places import places
from sayso.detect.quotes import quotes
from sayso.detect.times import times
from sayso.ingest.layout import parts
from sayso.nlp import load, parse
from sayso.records import (
    Check,
    CheckOutcome,
    Count,
    CountKind,
    Document,
    Event,
    EventCluster,
    EventStatus,
    Meta,
    Passage,
    Place,
    ReuseDirection,
    ReuseKind,
    ReuseLink,
    Span,
    When,
    Why,
    event_id,
    make_id,
)

T = TypeVar("T")
LEAST_SHARED = 12  # characters of a passage that a copy shares
WHY = Why("bench.checks")
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
    case = Memory(pages, [*groups(row, pages), *reused(row, pages)])
    found = list(case.of(Check)) + [made for check in ACROSS for made in check(case)]
    return [check for check in found if check.outcome is CheckOutcome.FAILED]


def groups(row: Row, pages: list[Page]) -> Iterator[EventCluster]:
    """The happenings that a row gives, their tellings added to the pages as events."""
    for group in row["groups"]:
        events = [_event(pages[telling["document"]], telling) for telling in group]
        for event, telling in zip(events, group, strict=True):
            pages[telling["document"]].add([event])
        ids = tuple(event.id for event in events)
        yield EventCluster(make_id("event_cluster", *ids), ids, WHY)


def _event(page: Page, telling: Row) -> Event:
    trigger = (Span(page.document.id, *telling["trigger"]),)
    kinds = {"when": When, "where": Place}
    ids = {name: tuple(_at(page, kind, telling[name])) if name in telling else () for name, kind in kinds.items()}
    counts = tuple(_count(page, kind, telling[kind]) for kind in ("dead", "injured") if kind in telling)
    id = event_id(page.document.id, trigger)
    where = (ids["when"], ids["where"], EventStatus.HAPPENED, WHY)
    return Event(id, page.document.id, "", trigger, "", "", (), (), (), counts, *where)


def _at(page: Page, kind: type[When] | type[Place], ends: list[int]) -> Iterator[str]:
    return (one.id for one in page.of(kind) if one.span.start < ends[1] and ends[0] < one.span.end)


def _count(page: Page, kind: str, ends: list[int]) -> Count:
    span = Span(page.document.id, *ends)
    number = int("".join(c for c in page.quote(span) if c.isdigit()))
    return Count(CountKind(kind), number, number, span)


def reused(row: Row, pages: list[Page]) -> Iterator[ReuseLink]:
    """The copies that a row gives, with the runs of text that both have."""
    for left, right in row["reused"]:
        one, other = pages[left].document, pages[right].document
        blocks = SequenceMatcher(None, one.text, other.text, autojunk=False).get_matching_blocks()
        shared = tuple(
            Passage(Span(one.id, b.a, b.a + b.size), Span(other.id, b.b, b.b + b.size), False)
            for b in blocks
            if b.size >= LEAST_SHARED
        )
        id = make_id("reuse_link", one.id, other.id)
        direction = ReuseDirection.LEFT_FROM_RIGHT
        yield ReuseLink(id, one.id, other.id, ReuseKind.COPY, direction, False, shared, WHY)


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


def main() -> None:
    """Parse the command line and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.checks", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--held", action="store_true", help="the third kept for the end alone")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    options = parser.parse_args()
    gold, predicted = _lines(options.gold), {row["id"]: row["alarms"] for row in _lines(options.predicted)}
    kept = [row for row in gold if row["set"] == "held" or not options.held]
    figures = score(kept, predicted)
    lines = json.dumps(figures, indent=1) if options.json else "\n".join(f"{k:24} {v}" for k, v in figures.items())
    sys.stdout.write(lines + "\n")


def _lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def score(gold: list[Row], predicted: dict[str, list[Row]]) -> dict[str, float]:
    """Precision of each level, recall, and the recall of each rule; rows that `predicted` lacks count as empty."""
    right, made, found, planted = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for row in gold:
        error = row["planted"]
        hits = [alarm for alarm in predicted.get(row["id"], []) if error and _touches(alarm["spans"], error["spans"])]
        made.update(alarm["level"] for alarm in predicted.get(row["id"], []))
        right.update(alarm["level"] for alarm in hits)
        if error:
            planted[error["rule"]] += 1
            found[error["rule"]] += any(alarm["rule"].removesuffix("_across") == error["rule"] for alarm in hits)
    figures = {f"precision {level}": _share(right[level], made[level]) for level in ("hard", "soft", "info")}
    figures["recall"] = _share(found.total(), planted.total())
    return figures | {f"recall {rule}": _share(found[rule], number) for rule, number in planted.items()}


def _touches(spans: list[list[int]], others: list[list[int]]) -> bool:
    return any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a in spans for b in others)


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0


if __name__ == "__main__":
    main()
