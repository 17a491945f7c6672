"""Facts of different texts that cannot both be true: kept by their keys, compared where both tell of one affair."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from sayso.link.change import LinkCase
from sayso.link.claims.decide import LASTING, Verdict, akin
from sayso.link.claims.facts import Fact, Place, clash, clauses, tolls
from sayso.link.claims.shelf import Floats, Shelf
from sayso.link.claims.slots import denies, firm
from sayso.records import (
    ContradictionKind,
    Document,
    Event,
    Manner,
    Polarity,
    Statement,
    When,
    from_plain,
    to_plain,
)

_TABLES = (
    "CREATE TABLE IF NOT EXISTS ix_claims_fact (doc TEXT, key TEXT, published TEXT, first REAL, last REAL, "
    "value TEXT, body TEXT)",
    "CREATE INDEX IF NOT EXISTS ix_claims_fact_doc ON ix_claims_fact (doc)",
    "CREATE INDEX IF NOT EXISTS ix_claims_fact_key ON ix_claims_fact (key, published)",
)
Found = tuple[tuple[str, str], Verdict]


def disputes(case: LinkCase, shelf: Shelf, changed: frozenset[str]) -> Iterator[Found]:
    """Pairs of statements (ids, sorted) of which at least one is of a changed document, with what they differ in."""
    for table in _TABLES:
        shelf.db.execute(table)
    for doc in sorted(changed):
        shelf.db.execute("DELETE FROM ix_claims_fact WHERE doc = ?", (doc,))
        for document in case.of(Document, doc):
            _file(shelf, document, facts(case, document))
    desk = _Desk(shelf)
    for doc in sorted(changed):
        for fact, published in desk.of(doc):
            yield from _against(desk, fact, published, changed)


def facts(case: LinkCase, document: Document) -> Iterator[Fact]:
    """The facts of a document, each of the innermost statement that holds its words."""
    whens = list(case.of(When, document.id))
    said = {one.id: one for one in case.of(Statement, document.id) if one.polarity is not Polarity.QUESTION}
    found = {
        (fact.key, fact.span): fact
        for statement in sorted(said.values(), key=lambda s: -sum(c.end - c.start for c in s.content))
        if firm(statement)
        for place in _places(document, statement, whens)
        for fact in clauses(place)
    }
    yield from found.values()
    events = (e for e in case.of(Event, document.id) if e.statement in said and not denies(said[e.statement]))
    yield from (fact for fact in tolls(document, events, whens) if firm(said[fact.statement]))


def _places(document: Document, statement: Statement, whens: Iterable[When]) -> Iterator[Place]:
    rejected = any(hop.manner is Manner.DENIED for hop in statement.chain)
    for span in statement.content:
        inside = tuple(w for w in whens if w.span.start < span.end and span.start < w.span.end)
        text = document.text[span.start : span.end]
        yield Place(statement.id, span, text, inside, rejected, not denies(statement))


def _file(shelf: Shelf, document: Document, found: Iterable[Fact]) -> None:
    published = document.published.value[:10] if document.published else ""
    for fact in found:
        value = f"{fact.denied} {' '.join(fact.value)}"
        row = (document.id, f"{fact.kind} {fact.key}", published, fact.first, fact.last, value, _body(fact))
        shelf.db.execute("INSERT INTO ix_claims_fact VALUES (?, ?, ?, ?, ?, ?, ?)", row)


class _Desk:
    """The facts on file, and how near two documents are."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._vectors: dict[str, tuple[Floats, Floats] | None] = {}

    def of(self, doc: str) -> list[tuple[Fact, str]]:
        """The facts of a document, with its day."""
        rows = self.shelf.db.execute("SELECT body, published FROM ix_claims_fact WHERE doc = ? ORDER BY body", (doc,))
        return [(_fact(body), published) for body, published in rows]

    def like(self, fact: Fact, published: str) -> list[tuple[Fact, str]]:
        """Facts of the same key that say something else, of the days around."""
        sql = """
            SELECT body, published FROM ix_claims_fact
            WHERE key = ?1 AND (first > ?2 OR last < ?3 OR value <> ?4)
                AND (published = '' OR ?5 = '' OR abs(julianday(published) - julianday(?5)) <= ?6)
            ORDER BY body
        """
        value = f"{fact.denied} {' '.join(fact.value)}"
        asked = (f"{fact.kind} {fact.key}", fact.last, fact.first, value, published, LASTING)
        return [(_fact(body), day) for body, day in self.shelf.db.execute(sql, asked)]

    def context(self, one: str, other: str) -> float:
        """The nearness of two documents, by their titles or by all that they state."""
        if one == other:
            return 1.0
        ours, theirs = self._of(one), self._of(other)
        if ours is None or theirs is None:
            return 0.0
        return max(float(ours[0] @ theirs[0]), float(ours[1] @ theirs[1]))

    def _of(self, doc: str) -> tuple[Floats, Floats] | None:
        if doc not in self._vectors:
            block = next(iter(self.shelf.blocks([doc])), None)
            self._vectors[doc] = (block.titles[0], _unit(block.totals[0])) if block else None
        return self._vectors[doc]


def _against(desk: _Desk, fact: Fact, published: str, changed: frozenset[str]) -> Iterator[Found]:
    for other, day in desk.like(fact, published):
        fresh = other.span.doc in changed
        if (fresh and other.statement <= fact.statement) or not _comparable(fact, other) or not clash(fact, other):
            continue
        near = desk.context(fact.span.doc, other.span.doc)
        if akin(_days(published, day), near):
            left, right = sorted((fact, other), key=lambda one: one.statement)
            note = f"{fact.kind}: {_WHAT[fact.kind]} ({fact.key}); the texts are about one affair ({near:.2f})"
            yield (left.statement, right.statement), Verdict(fact.kind, near, left.span, right.span, note)


_WHAT: dict[ContradictionKind, str] = {
    ContradictionKind.COUNT: "how many",
    ContradictionKind.DENIAL: "whether there is such a thing",
    ContradictionKind.ACTOR: "by whom or what",
}


def _comparable(one: Fact, other: Fact) -> bool:
    """Two facts of two statements; within one text only the denial of what it reports itself."""
    if one.statement == other.statement:
        return False
    return one.span.doc != other.span.doc or one.kind is ContradictionKind.DENIAL


def _body(fact: Fact) -> str:
    return json.dumps(to_plain(fact), ensure_ascii=False)


def _fact(body: str) -> Fact:
    made: Fact = from_plain(Fact, json.loads(body))
    return made


def _days(one: str, other: str) -> int | None:
    if len(one) < 10 or len(other) < 10:
        return None
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _unit(total: Floats) -> Floats:
    made: Floats = total / max(float(np.linalg.norm(total)), 1e-3)
    return made
