"""Dominoes: what a case says led to what, as one graph, each edge with those who say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.case import Case
from sayso.records import CausalLink, Document, Event, EventCluster, Mention, Span, Statement, When
from sayso.views.chains import NOBODY, Chip, chips, line, one_line, publisher, title
from sayso.views.happenings import Happening, happenings
from sayso.views.paths import circles

# Least score of a link that is shown without asking: 68 of 100 shown are right by it on the dev part of the Causal News
# Corpus (docs/how-we-decide.md). Links without a score were found by a cue that reaches over sentences.
SHOWN = 0.65
LENGTH = 90  # characters of a node's label


@dataclass(frozen=True, slots=True)
class Claim:
    """One place where a link is claimed: the words around it, who says so, how the link is put.

    `origin` is the voice that the claim comes from, or the publisher's where it is the article's own.
    """

    link: str
    statement: str
    document: str
    title: str
    publisher: str
    chain: str
    origin: str
    sentence: Span
    words: str
    signal: str
    cause: str
    effect: str
    negated: bool
    hypothetical: bool
    score: float | None
    rule: str

    @property
    def shown(self) -> bool:
        """Whether it is sure enough to be shown without asking."""
        return self.score is None or self.score >= SHOWN


@dataclass(frozen=True, slots=True)
class Node:
    """An event, or words that stand for one: its shortest telling as `label`, all tellings, the days it is put at.

    `first` and `last` are ISO dates, None where unknown; `joined` says why several tellings are taken for one.
    """

    id: str
    label: str
    tellings: tuple[str, ...]
    spans: tuple[Span, ...]
    events: tuple[str, ...]
    first: str | None
    last: str | None
    documents: tuple[str, ...]
    joined: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A domino: `cause` is said to lead to `effect` (node ids) in the way `kind`, by all of `claims`.

    `denied`: every claim denies it. `origins`: the distinct voices that it goes back to. `backwards`: the effect is
    dated before the cause. `cycle`: it lies on a circle of causes. `rivals`: ids of the other edges that explain the
    same effect.
    """

    id: str
    cause: str
    effect: str
    kind: str
    claims: tuple[Claim, ...]
    denied: bool
    hypothetical: bool
    origins: tuple[str, ...]
    backwards: bool
    cycle: bool
    rivals: tuple[str, ...]

    @property
    def single(self) -> bool:
        """Whether it rests on one origin."""
        return len(self.origins) == 1


@dataclass(frozen=True, slots=True)
class Dominoes:
    """The graph: nodes and edges in order of their first telling, and how many links were left out as unsure."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    unsure: int

    def node(self, id: str) -> Node:
        """The node with that id. Raises KeyError."""
        return {node.id: node for node in self.nodes}[id]


Told = tuple[CausalLink, Claim]


def dominoes(case: Case, *, every: bool = False) -> Dominoes:
    """The graph of a case: of the links that are sure enough, or of `every` one. See `joined`."""
    return joined(case, told(case), every=every)


def told(case: Case) -> list[Told]:
    """Every link of a case as it is claimed, document by document. One document's text is held at once."""
    return [row for document in case.of(Document) for row in _claims(case, document)]


def joined(case: Case, found: Sequence[Told], *, every: bool = False) -> Dominoes:
    """The graph of links that were `told`: of those that are sure enough, or of `every` one.

    Nodes are the happenings of `views.happenings`. Links that only deny are edges of their own, marked, and lie on no
    path.
    """
    kept = [(link, claim) for link, claim in found if every or claim.shown]
    ends = [(link.cause, link.causes, claim.cause) for link, claim in kept]
    ends += [(link.effect, link.effects, claim.effect) for link, claim in kept]
    made = happenings(ends, {event: cluster.id for cluster in case.of(EventCluster) for event in cluster.events})
    nodes = {one.id: _node(case, one) for one in made}
    by_end = {end: one.id for one in made for end in one.ends}
    grouped: dict[tuple[str, str, bool], list[Told]] = defaultdict(list)
    for number, (link, claim) in enumerate(kept):
        cause, effect = by_end[number], by_end[number + len(kept)]
        if cause != effect:
            grouped[cause, effect, link.negated].append((link, claim))
    edges = _marked([_edge(key, rows, nodes) for key, rows in grouped.items()])
    used = {end for edge in edges for end in (edge.cause, edge.effect)}
    return Dominoes(tuple(nodes[id] for id in nodes if id in used), tuple(edges), len(found) - len(kept))


def _claims(case: Case, document: Document) -> Iterable[Told]:
    links = list(case.of(CausalLink, document.id))
    if not links:
        return
    statements = {one.id: one for one in case.of(Statement, document.id)}
    mentions = {one.id: one for one in case.of(Mention, document.id)}
    for link in links:
        yield link, _claim(document, link, statements[link.statement], mentions)


def _claim(document: Document, link: CausalLink, by: Statement, mentions: Mapping[str, Mention]) -> Claim:
    told = chips(document, mentions, by.chain)
    spans = (*link.cause, *link.effect, *link.signal)
    sentence = around(document.text, min(s.start for s in spans), max(s.end for s in spans))
    return Claim(
        link=link.id,
        statement=by.id,
        document=document.id,
        title=title(document),
        publisher=publisher(document),
        chain=line(publisher(document), told),
        origin=_origin(document, told),
        sentence=Span(document.id, *sentence),
        words=one_line(document.text[slice(*sentence)]),
        signal=_words(document, link.signal),
        cause=_words(document, link.cause),
        effect=_words(document, link.effect),
        negated=link.negated,
        hypothetical=link.hypothetical,
        score=link.why.score,
        rule=link.why.rule,
    )


def _origin(document: Document, told: tuple[Chip, ...]) -> str:
    """Whose claim it is at last: the last hop's voices, one that is not named being each document's own."""
    if not told:
        return f"publisher:{publisher(document)}" if document.publisher else f"document:{document.id}"
    sources = told[-1].sources
    voices = sorted(s.voice if not s.anonymous else f"{document.id}:{s.voice}" for s in sources)
    return " and ".join(voices) or f"{document.id}:{NOBODY}"


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence or sentences about a stretch: to the next full stop or line end on either side."""
    low = max((text.rfind(mark, 0, start) + len(mark) for mark in (". ", "! ", "? ", "\n") if mark in text[:start]),
              default=0)  # fmt: skip
    stops = [at + 1 for mark in (". ", "! ", "? ", ".\n", "\n") if (at := text.find(mark, max(end - 1, 0))) >= 0]
    return low, min(stops, default=len(text))


def _words(document: Document, spans: tuple[Span, ...]) -> str:
    return one_line(" ".join(document.text[span.start : span.end] for span in spans))


def _node(case: Case, one: Happening) -> Node:
    tellings = tuple(sorted(set(one.tellings), key=lambda words: (len(words), words)))
    first, last = _days(case, one)
    label = tellings[0] if len(tellings[0]) <= LENGTH else tellings[0][: LENGTH - 1].rpartition(" ")[0] + "…"
    documents = tuple(dict.fromkeys(span.doc for span in one.spans))
    return Node(one.id, label, tellings, one.spans, one.events, first, last, documents, one.joined)


def _days(case: Case, one: Happening) -> tuple[str | None, str | None]:
    """When it is said to have been: of its events' times, else of those among its words, those that agree most."""
    events: list[Event] = [case.get(id) for id in one.events]
    times: list[When] = [case.get(id) for event in events for id in event.when]
    if not times:
        times = [when for span in one.spans for when in case.of(When, span.doc) if _within(when.span, span)]
    first = max((when.first for when in times if when.first), default=None)
    last = min((when.last for when in times if when.last), default=None)
    return (first, last) if not (first and last and first > last) else (None, None)


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _edge(
    key: tuple[str, str, bool], rows: list[Told], nodes: Mapping[str, Node]
) -> Edge:  # fmt: skip
    cause, effect, denied = key
    claims = tuple(claim for _, claim in rows)
    kinds = [str(link.kind) for link, _ in rows]
    kind = max(dict.fromkeys(kinds), key=kinds.count)
    before, after = nodes[effect].last, nodes[cause].first
    return Edge(
        id=f"{cause}>{effect}{'!' * denied}",
        cause=cause,
        effect=effect,
        kind=kind,
        claims=claims,
        denied=denied,
        hypothetical=all(claim.hypothetical for claim in claims),
        origins=tuple(sorted({claim.origin for claim in claims})),
        backwards=bool(before and after and before[:10] < after[:10]),
        cycle=False,
        rivals=(),
    )


def _marked(edges: list[Edge]) -> list[Edge]:
    """The edges with their circles and rivals."""
    round_ = circles(edge for edge in edges if not edge.denied)
    to: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        if not edge.denied:
            to[edge.effect].append(edge)
    return [
        replace(
            edge,
            cycle=edge.id in round_,
            rivals=() if edge.denied else tuple(other.id for other in to[edge.effect] if other is not edge),
        )
        for edge in edges
    ]
