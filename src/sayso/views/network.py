"""Network: who is said to be what to whom, since when and according to whom; and an actor with all that is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sayso.case import Case
from sayso.records import Actor, Document, EventStatus, Mention, Relation, Statement, Tie, When
from sayso.views.chains import chips, line, one_line, publisher, spoken, title

MARKS = {
    EventStatus.NEGATED: "said not to be so",
    EventStatus.HISTORICAL: "said to be no more",
    EventStatus.PLANNED: "planned",
    EventStatus.THREATENED: "threatened",
    EventStatus.DEMANDED: "demanded",
    EventStatus.CONDITIONAL: "left open",
}


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement that says so: the words, by whose chain, in which document, and the times that it gives.

    `since` holds the intervals (first, last) of ISO dates that the clause names; `published` is the document's own.
    """

    statement: str
    words: str
    chain: str
    document: str
    title: str
    published: str
    since: tuple[tuple[str | None, str | None], ...]


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """A relation: both actors by id and name, what the one is to the other, a mark unless it is said to be so."""

    id: str
    subject: str
    subject_name: str
    what: str
    object: str
    object_name: str
    mark: str
    sayings: tuple[Saying, ...]

    @property
    def line(self) -> str:
        """The edge in one line: "Norvania funds Harrow Front (said not to be so)"."""
        return f"{self.subject_name} {self.what} {self.object_name}" + (f" ({self.mark})" if self.mark else "")

    @property
    def documents(self) -> int:
        """In how many documents it is said."""
        return len({one.document for one in self.sayings})

    @property
    def voices(self) -> int:
        """By how many different chains it is said."""
        return len({one.chain for one in self.sayings})


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of an actor: its words, its document, and why it was taken for the same."""

    mention: str
    words: str
    document: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor in a list: names, kind, and in how many places and documents it is named; its edges by id."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    mentions: int
    documents: int
    edges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActorPage:
    """An actor with why each mention was taken for it, and its relations with who says so."""

    row: ActorRow
    named: tuple[Named, ...]
    edges: tuple[EdgeRow, ...]


def edges(case: Case, relations: Iterable[Relation] | None = None) -> list[EdgeRow]:
    """The relations of a case, or those given: those that most statements say first; denied ones behind asserted."""
    sayings = _Sayings(case)
    rows = [_edge(case, one, sayings) for one in (case.of(Relation) if relations is None else relations)]
    return sorted(rows, key=lambda row: (-len(row.sayings), row.line, row.id))


def actors(case: Case) -> list[ActorRow]:
    """The actors of a case, those named most often first."""
    held: dict[str, list[str]] = defaultdict(list)
    for relation in case.of(Relation):
        for id in (relation.subject, relation.object):
            held[id].append(relation.id)
    rows = [_actor(case, one, held[one.id]) for one in case.of(Actor)]
    return sorted(rows, key=lambda row: (-row.mentions, row.name, row.id))


def actor_page(case: Case, actor: Actor) -> ActorPage:
    """All that the case holds of one actor."""
    own = [one for one in case.of(Relation) if actor.id in (one.subject, one.object)]
    titles = {document.id: title(document) for document in case.of(Document)}
    reasons = {merge.right: merge.why.note for merge in actor.merges}
    named = tuple(_named(case, id, titles, reasons.get(id, "")) for id in actor.mentions)
    return ActorPage(_actor(case, actor, [one.id for one in own]), named, tuple(edges(case, own)))


class _Sayings:
    """The statements of relations as rows; what was read of the document before is kept for the next."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._doc = ""
        self._held: tuple[Document, Mapping[str, Mention], Mapping[str, list[Tie]], Mapping[str, When]]

    def of(self, relation: Relation) -> Iterator[Saying]:
        """A row for each statement of a relation."""
        ends = [frozenset(self.case.get(id).mentions) for id in (relation.subject, relation.object)]
        for id in relation.statements:
            statement: Statement = self.case.get(id)
            self._open(statement.doc)
            ties = [tie for tie in self._held[2].get(id, []) if self._same(tie, relation, ends)]
            yield self._saying(statement, ties)

    def _open(self, doc: str) -> None:
        if doc == self._doc:
            return
        ties: dict[str, list[Tie]] = defaultdict(list)
        for tie in self.case.of(Tie, doc):
            ties[tie.statement].append(tie)
        mentions = {one.id: one for one in self.case.of(Mention, doc)}
        times = {one.id: one for one in self.case.of(When, doc)}
        self._doc, self._held = doc, (self.case.get(doc), mentions, ties, times)

    @staticmethod
    def _same(tie: Tie, relation: Relation, ends: list[frozenset[str]]) -> bool:
        """Whether a tie is of the relation: its kind, and one mention of each side."""
        one, other = ({tie.subject, tie.object} & end for end in ends)
        return tie.kind is relation.kind and bool(one) and bool(other)

    def _saying(self, statement: Statement, ties: list[Tie]) -> Saying:
        document, mentions, _, times = self._held
        aside = bool(ties) and all(tie.aside for tie in ties)
        chain = statement.chain[:-1] if aside else statement.chain
        found = [times[id] for tie in ties for id in tie.when if id in times]
        return Saying(
            statement.id,
            one_line(_around(self.case, document, ties, statement)),
            line(publisher(document), chips(document, mentions, chain)),
            document.id,
            title(document),
            document.published.value if document.published else "",
            tuple(dict.fromkeys((one.first, one.last) for one in found if one.first or one.last)),
        )


def _around(case: Case, document: Document, ties: list[Tie], statement: Statement) -> str:
    """The words that say so: from the first to the last of both sides and the cue, else the statement's content."""
    spans = [
        span
        for tie in ties[:1]
        for span in (*case.get(tie.subject).spans, *case.get(tie.object).spans, *tie.cue)
        if span.doc == document.id
    ]
    if not spans:
        return " … ".join(case.quote(span) for span in statement.content)
    return document.text[min(span.start for span in spans) : max(span.end for span in spans)]


def _edge(case: Case, relation: Relation, sayings: _Sayings) -> EdgeRow:
    names = [one_line(case.get(id).name) for id in (relation.subject, relation.object)]
    return EdgeRow(
        relation.id,
        relation.subject,
        names[0],
        spoken(str(relation.kind)),
        relation.object,
        names[1],
        MARKS.get(relation.status, ""),
        tuple(sayings.of(relation)),
    )


def _actor(case: Case, actor: Actor, relations: list[str]) -> ActorRow:
    documents = {case.get(id).spans[0].doc for id in actor.mentions}
    kind, aliases = str(actor.kind), tuple(one_line(name) for name in actor.aliases)
    return ActorRow(
        actor.id, one_line(actor.name), aliases, kind, len(actor.mentions), len(documents), tuple(relations)
    )


def _named(case: Case, id: str, titles: Mapping[str, str], reason: str) -> Named:
    mention: Mention = case.get(id)
    words = one_line(" ".join(case.quote(span) for span in mention.spans))
    doc = mention.spans[0].doc
    return Named(id, words, doc, titles.get(doc, doc), reason)
