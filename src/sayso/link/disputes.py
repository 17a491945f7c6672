"""Facts of different texts that cannot both be true: kept by their keys, compared where both tell of one affair."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.link.change import Add, Change, LinkCase, Withdraw
from sayso.link.claims.quantities import quantities
from sayso.link.claims.slots import denies, firm, names
from sayso.link.facts import Fact, Piece, clash, clauses, tolls
from sayso.link.lexical import stems
from sayso.records import (
    Actor,
    ClaimCluster,
    Contradiction,
    ContradictionKind,
    Document,
    Event,
    Manner,
    Mention,
    Place,
    Polarity,
    Span,
    Statement,
    When,
    Why,
    from_plain,
    make_id,
    to_plain,
)

DAYS = 14  # apart at most: of texts further apart another flood may be meant
# Names that two texts share, and of the shorter list's share: 1.4 % of 200,000 pairs of generated texts about other
# affairs have as many, and in the example case all but the shortest texts.
NAMES, SHARE = 4, 0.25
_TABLES = (
    "CREATE TABLE IF NOT EXISTS ix_disputes_fact (doc TEXT, statement TEXT, key TEXT, published TEXT, first REAL, "
    "last REAL, value TEXT, body TEXT)",
    "CREATE INDEX IF NOT EXISTS ix_disputes_fact_doc ON ix_disputes_fact (doc)",
    "CREATE INDEX IF NOT EXISTS ix_disputes_fact_statement ON ix_disputes_fact (statement)",
    "CREATE INDEX IF NOT EXISTS ix_disputes_fact_key ON ix_disputes_fact (key, published)",
    "CREATE TABLE IF NOT EXISTS ix_disputes_names (doc TEXT PRIMARY KEY, names TEXT)",
)
_WHAT = {
    ContradictionKind.COUNT: "how many",
    ContradictionKind.DENIAL: "whether there was one",
    ContradictionKind.ACTOR: "by whom or what",
    ContradictionKind.PLACE: "where",
}


def disputes(case: LinkCase, changed: frozenset[str]) -> Iterable[Change]:
    """Clauses that rule each other out, in statements that otherwise say other things, as a `Contradiction`.

    Compared are, in texts about one affair: how many an event befell ("three people were killed", "two crewmen died");
    how many a deed befell ("the expulsion of five diplomats"); whether there was a thing ("no such crate", "a crate of
    ... was unloaded"); by what a thing was done ("opened by hand", "opened by a command"), or by which of two named
    persons, groups or states; where somebody named did or suffered it; and what a place is ("the building was used by
    ...", "the building has housed a school"). Of the wordings of one claim the first speaks for all.

    Blind spots: facts put in other words; doers who are described and not named; places that no gazetteer knows; two
    buildings, two groups of dead of one affair.
    """
    desk = _Desk(case)
    for doc in sorted(changed):
        desk.file(doc)
    old = {one.id for doc in sorted(changed) for one in case.about(Contradiction, doc) if one.why.rule == "disputes"}
    made = {one.id: one for doc in sorted(changed) for fact in desk.of(doc) for one in _against(case, desk, fact)}
    yield from (Withdraw(id) for id in sorted(old - made.keys()))
    yield from (Add(one) for _, one in sorted(made.items()))


def facts(case: LinkCase, document: Document) -> Iterator[Fact]:
    """The facts of a document, each of the innermost statement that holds its words."""
    said = {one.id: one for one in case.of(Statement, document.id) if one.polarity is not Polarity.QUESTION}
    inner_last = sorted(said.values(), key=lambda s: (-sum(c.end - c.start for c in s.content), s.id))
    whens = list(case.of(When, document.id))
    around = whens, list(case.of(Place, document.id)), _mentions(case, document)
    pieces = (piece for one in inner_last if firm(one) for piece in _pieces(document, one, around))
    found = {(fact.key, fact.span): fact for piece in pieces for fact in clauses(piece)}
    yield from found.values()
    events = [e for e in case.of(Event, document.id) if _counts(document, said.get(e.statement))]
    for fact in tolls(document, events, whens):
        called = {stem for span in said[fact.statement].content for stem in names(document.text, span)}
        yield replace(fact, value=tuple(sorted(called)))


def _counts(document: Document, one: Statement | None) -> bool:
    """Whether the toll of a statement is sure: it states no other number ("two officials said 67 were killed" does)."""
    if one is None or denies(one) or not firm(one):
        return False
    return sum(len(quantities(document.text[span.start : span.end])) for span in one.content) == 1


def _mentions(case: LinkCase, document: Document) -> list[tuple[Mention, tuple[str, ...]]]:
    """The named mentions of a document, each with the stems of all names that its actor goes by."""
    held = []
    for mention in case.of(Mention, document.id):
        if mention.named and mention.name:
            actors = list(case.about(Actor, mention.id))
            called = {mention.name, *(name for actor in actors for name in (actor.name, *actor.aliases))}
            held.append((mention, tuple(sorted({stem for name in called for stem in stems(name)}))))
    return held


Around = tuple[Sequence[When], Sequence[Place], Sequence[tuple[Mention, tuple[str, ...]]]]


def _pieces(document: Document, statement: Statement, around: Around) -> Iterator[Piece]:
    rejected = any(hop.manner is Manner.DENIED for hop in statement.chain)
    whens, places, mentions = around
    for span in statement.content:
        yield Piece(
            statement.id,
            span,
            document.text[span.start : span.end],
            tuple(one for one in whens if _meet(one.span, span)),
            tuple(one for one in places if _meet(one.span, span)),
            tuple(one for one in mentions if any(_meet(at, span) for at in one[0].spans)),
            rejected,
            not denies(statement),
        )


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


@dataclass(frozen=True, slots=True)
class _Filed:
    """A fact with the day of its document, "" unknown."""

    fact: Fact
    published: str

    @property
    def first(self) -> tuple[str, str]:
        """Where it stands among facts of one claim: the earliest speaks for them."""
        return self.published or "~", self.fact.statement


class _Desk:
    """The facts on file, and which documents are about one affair."""

    def __init__(self, case: LinkCase) -> None:
        self.case, self._db = case, case.db
        self._names: dict[str, frozenset[str]] = {}
        for table in _TABLES:
            self._db.execute(table)

    def file(self, doc: str) -> None:
        """Put a document's facts in, in place of what was there."""
        self._db.execute("DELETE FROM ix_disputes_fact WHERE doc = ?", (doc,))
        self._db.execute("DELETE FROM ix_disputes_names WHERE doc = ?", (doc,))
        for document in self.case.of(Document, doc):
            found = list(facts(self.case, document))
            if found:
                held = json.dumps(sorted(names(document.text, Span(doc, 0, len(document.text)))))
                self._db.execute("INSERT INTO ix_disputes_names VALUES (?, ?)", (doc, held))
            day = document.published.value[:10] if document.published else ""
            for fact in found:
                row = (doc, fact.statement, _key(fact), day, fact.first, fact.last, _value(fact), _body(fact))
                self._db.execute("INSERT INTO ix_disputes_fact VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def of(self, doc: str) -> list[_Filed]:
        """The facts of a document."""
        return self._read("doc = ? ORDER BY body", doc)

    def like(self, filed: _Filed) -> list[_Filed]:
        """Facts of the same key that say something else, of the days around."""
        fact, day = filed.fact, filed.published
        where = """
            key = ?1 AND (first > ?2 OR last < ?3 OR value <> ?4)
                AND (published = '' OR ?5 = '' OR abs(julianday(published) - julianday(?5)) <= ?6)
            ORDER BY body
        """
        return self._read(where, _key(fact), fact.last, fact.first, _value(fact), day, DAYS)

    def speaks(self, filed: _Filed) -> bool:
        """Whether no statement of the same claim said the same before."""
        for claim in self.case.about(ClaimCluster, filed.fact.statement):
            for id in claim.statements:
                where = "statement = ?1 AND key = ?2 AND value = ?3 AND first = ?4 AND last = ?5"
                fact = filed.fact
                same = self._read(where, id, _key(fact), _value(fact), fact.first, fact.last)
                if any(other.first < filed.first for other in same):
                    return False
        return True

    def shared(self, one: str, other: str) -> frozenset[str]:
        """The names that two documents about one affair share; none where they are about two."""
        ours, theirs = self._of(one), self._of(other)
        both = ours & theirs
        return both if len(both) >= NAMES and len(both) >= SHARE * min(len(ours), len(theirs)) else frozenset()

    def _of(self, doc: str) -> frozenset[str]:
        if doc not in self._names:
            row = self._db.execute("SELECT names FROM ix_disputes_names WHERE doc = ?", (doc,)).fetchone()
            self._names[doc] = frozenset(json.loads(row[0]) if row else ())
        return self._names[doc]

    def _read(self, where: str, *values: object) -> list[_Filed]:
        rows = self._db.execute(f"SELECT body, published FROM ix_disputes_fact WHERE {where}", values)
        return [_Filed(from_plain(Fact, json.loads(body)), published) for body, published in rows]


def _against(case: LinkCase, desk: _Desk, filed: _Filed) -> Iterator[Contradiction]:
    for other in desk.like(filed):
        left, right = sorted((filed.fact, other.fact), key=lambda fact: (fact.statement, fact.span))
        if not _comparable(left, right) or not clash(left, right) or not (desk.speaks(filed) and desk.speaks(other)):
            continue
        shared = desk.shared(left.span.doc, right.span.doc)
        if (shared or left.span.doc == right.span.doc) and not _known(case, left, right):
            yield _contradiction(left, right, shared)


def _comparable(one: Fact, other: Fact) -> bool:
    """Two facts of two statements; within one text only the denial of what it reports itself."""
    if one.statement == other.statement:
        return False
    return one.span.doc != other.span.doc or one.kind is ContradictionKind.DENIAL


def _known(case: LinkCase, one: Fact, other: Fact) -> bool:
    """Whether the same is told already of these two statements, or of others of their claims."""
    ours, theirs = ({one.statement}, {other.statement})
    for ids in (ours, theirs):
        ids.update(id for at in sorted(ids) for claim in case.about(ClaimCluster, at) for id in claim.statements)
    told = (held for id in sorted(ours) for held in case.about(Contradiction, id) if held.why.rule != "disputes")
    return any(held.kind is one.kind and {held.left, held.right} & theirs for held in told)


def _contradiction(left: Fact, right: Fact, shared: Iterable[str]) -> Contradiction:
    id = make_id("contradiction", left.statement, right.statement, str(left.kind))
    spans = (left.span, right.span)
    about = f"; the texts share the names {', '.join(sorted(shared)[:5])}" if shared else "; both in one text"
    why = Why("disputes", spans, note=f"{_WHAT[left.kind]} ({left.told}){about}")
    return Contradiction(id, left.statement, right.statement, left.kind, *spans, why)


def _key(fact: Fact) -> str:
    return f"{fact.kind} {fact.key}"


def _value(fact: Fact) -> str:
    return f"{fact.denied} {' '.join(fact.value)}"


def _body(fact: Fact) -> str:
    return json.dumps(to_plain(fact), ensure_ascii=False)
