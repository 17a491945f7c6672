"""Claims: every wording of one in order of time, the origins it goes back to, and the way from each text to them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from sayso.case import Case
from sayso.records import (
    Citation,
    ClaimCluster,
    Contradiction,
    ContradictionKind,
    Document,
    Mention,
    OriginLabel,
    Pattern,
    ReuseDirection,
    ReuseLink,
    Span,
    Statement,
)
from sayso.views.chains import chips, line, one_line, publisher, title
from sayso.views.dates import day

WORDINGS = 20  # of a claim that are looked through for one that speaks for itself
# Words that stand for what another sentence names.
_LEANING = re.compile(r"\b(?:it|he|she|they|him|them|this|these|those)\b", re.I)


class Edge(StrEnum):
    """How a text is tied to the one it has the claim from."""

    CITED = "cited"
    COPIED = "copied without naming"
    NAMED_SOURCE = "by its own chain"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One statement of a claim: its words, its chain in one line, its document and when that was published."""

    statement: str
    words: str
    chain: str
    document: str
    title: str
    publisher: str
    published: str
    manner: str
    modality: str
    polarity: str
    named: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A text in the tree of an origin: by which edge it hangs on what is above it, and why."""

    document: str
    title: str
    publisher: str
    published: str
    edge: Edge
    evidence: str
    below: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class OriginRow:
    """One origin: its name, whether it is named, why it is interested, and the texts that go back to it as a tree."""

    name: str
    kind: str
    named: bool
    interests: tuple[str, ...]
    statements: tuple[str, ...]
    reason: str
    tree: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Against:
    """A statement that contradicts one of the claim's: in what, and the words on both sides."""

    kind: str
    ours: str
    theirs: str
    words: str
    other: WordingRow


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A pattern in how the claim travelled: what it is called and its steps as (document's title, words, note)."""

    kind: str
    steps: tuple[tuple[str, str, str], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in a list: its first wording that speaks for itself, how often it is told, by how many, its origins."""

    id: str
    words: str
    label: str
    origins: int
    unnamed: int
    interested: int
    statements: int
    documents: int
    publishers: int
    first: str
    last: str
    contested: int
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """All that is known of a claim. `wordings` are in order of publication, those without a date last."""

    row: ClaimRow
    wordings: tuple[WordingRow, ...]
    origins: tuple[OriginRow, ...]
    against: tuple[Against, ...]
    patterns: tuple[PatternRow, ...]
    reason: str


class Only(StrEnum):
    """Which claims a list shows."""

    SINGLE_ORIGIN = "single-origin"
    CONTESTED = "contested"
    UNNAMED_ORIGIN = "unnamed-origin"


def claims(case: Case, only: Only | None = None) -> list[ClaimRow]:
    """The claims of a case that more than one statement makes or that are contested, most told first."""
    shelf = _Shelf(case)
    rows = [_row(shelf, claim) for claim in case.of(ClaimCluster)]
    shown = [row for row in rows if (row.statements > 1 or row.contested) and _fits(row, only)]
    return sorted(shown, key=lambda row: (-row.documents, -row.statements, row.first, row.id))


def claim_page(case: Case, claim: ClaimCluster) -> ClaimPage:
    """One claim with its wordings, the trees of its origins, contradictions and patterns."""
    shelf = _Shelf(case)
    wordings = sorted(
        (shelf.wording(id) for id in claim.statements), key=lambda row: (row.published or "~", row.statement)
    )
    return ClaimPage(
        row=_row(shelf, claim),
        wordings=tuple(wordings),
        origins=tuple(_origin(shelf, claim, number) for number in range(len(claim.origins))),
        against=tuple(_against(shelf, claim)),
        patterns=tuple(_pattern(shelf, pattern) for pattern in shelf.patterns[claim.id]),
        reason=claim.why.note,
    )


def headline(case: Case, claim: ClaimCluster) -> str:
    """The words by which a claim is listed: of its earliest wordings the first that can be understood by itself."""
    statement: Statement = case.get(_clearest(_Shelf(case), claim))
    return _words(case, statement)


def _words(case: Case, statement: Statement) -> str:
    return " … ".join(one_line(case.quote(span)) for span in statement.content).removeprefix("that ")


class _Shelf:
    """The records about claims by what they are asked for; documents and statements are fetched one by one."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._documents: dict[str, tuple[str, str, str]] = {}

    @cached_property
    def contradictions(self) -> Mapping[str, list[Contradiction]]:
        found: dict[str, list[Contradiction]] = defaultdict(list)
        for one in self.case.of(Contradiction):
            found[one.left].append(one)
            found[one.right].append(one)
        return found

    @cached_property
    def patterns(self) -> Mapping[str, list[Pattern]]:
        found: dict[str, list[Pattern]] = defaultdict(list)
        for one in self.case.of(Pattern):
            found[one.claim].append(one)
        return found

    def document(self, id: str) -> tuple[str, str, str]:
        """Title, publisher ("" unknown) and day of publication ("" unknown) of a document."""
        if id not in self._documents:
            found: Document = self.case.get(id)
            known = one_line(found.publisher.value) if found.publisher else ""
            self._documents[id] = (title(found), known, found.published.value if found.published else "")
        return self._documents[id]

    def wording(self, id: str) -> WordingRow:
        statement: Statement = self.case.get(id)
        document: Document = self.case.get(statement.doc)
        heard = [source for hop in statement.chain for source in hop.sources]
        mentions: dict[str, Mention] = {source: self.case.get(source) for source in heard}
        chain = chips(document, mentions, statement.chain)
        name, known, published = self.document(statement.doc)
        return WordingRow(
            statement=id,
            words=" … ".join(one_line(self.case.quote(span)) for span in statement.content),
            chain=line(publisher(document), chain),
            document=statement.doc,
            title=name,
            publisher=known or publisher(document),
            published=published,
            manner=chain[-1].manner if chain else "",
            modality=str(statement.modality),
            polarity=str(statement.polarity),
            named=not (chain and chain[-1].anonymous),
        )


def _fits(row: ClaimRow, only: Only | None) -> bool:
    if only is Only.SINGLE_ORIGIN:
        return row.label == OriginLabel.SINGLE and row.documents > 1
    if only is Only.CONTESTED:
        return row.contested > 0
    return only is None or row.unnamed > 0


def _row(shelf: _Shelf, claim: ClaimCluster) -> ClaimRow:
    docs = {shelf.case.get(id).doc for id in claim.statements}
    told = [shelf.document(doc) for doc in docs]
    dates = sorted(published for _, _, published in told if published)
    return ClaimRow(
        id=claim.id,
        words=_words(shelf.case, shelf.case.get(_clearest(shelf, claim))),
        label=str(claim.label),
        origins=len(claim.origins),
        unnamed=sum(not origin.named for origin in claim.origins),
        interested=sum(bool(origin.interests) for origin in claim.origins),
        statements=len(claim.statements),
        documents=len(docs),
        publishers=len({known for _, known, _ in told if known}),
        first=dates[0] if dates else "",
        last=dates[-1] if dates else "",
        contested=sum(len(shelf.contradictions.get(id, [])) for id in claim.statements),
        patterns=tuple(dict.fromkeys(str(pattern.kind) for pattern in shelf.patterns.get(claim.id, []))),
    )


_DIFFERS = {
    ContradictionKind.DENIAL: "denied",
    ContradictionKind.COUNT: "another count",
    ContradictionKind.PLACE: "another place",
    ContradictionKind.DAY: "another day",
    ContradictionKind.ACTOR: "by or for somebody or something else",
}


def _against(shelf: _Shelf, claim: ClaimCluster) -> Iterator[Against]:
    for id in claim.statements:
        for one in shelf.contradictions.get(id, []):
            mine, other, there = (
                (one.left_span, one.right, one.right_span)
                if one.left == id
                else (one.right_span, one.left, one.left_span)
            )
            kind = _DIFFERS[one.kind]
            words = shelf.case.quote(mine), shelf.case.quote(there)
            yield Against(kind, one_line(words[0]), one_line(words[1]), shelf.wording(id).words, shelf.wording(other))


def _pattern(shelf: _Shelf, pattern: Pattern) -> PatternRow:
    steps = (
        (_told_in(shelf, step.doc), " … ".join(one_line(shelf.case.quote(span)) for span in step.spans), step.note)
        for step in pattern.steps
    )
    return PatternRow(str(pattern.kind), tuple(steps), pattern.why.note)


def _told_in(shelf: _Shelf, doc: str) -> str:
    """A text as a reader knows it: its outlet, its day and its title."""
    name, known, published = shelf.document(doc)
    return ", ".join(part for part in (known, day(published[:10]) if published else "", f"“{name}”") if part)


def _clearest(shelf: _Shelf, claim: ClaimCluster) -> str:
    """The earliest statement of a claim that can be understood by itself: without a pronoun, if there is one."""
    in_time = sorted(claim.statements, key=lambda id: (shelf.document(shelf.case.get(id).doc)[2] or "~", id))[:WORDINGS]
    return next((id for id in in_time if not _leans(shelf, id)), in_time[0])


def _leans(shelf: _Shelf, id: str) -> bool:
    said = " ".join(shelf.case.quote(span) for span in shelf.case.get(id).content)
    return bool(_LEANING.search(said))


# --- the tree of an origin -----------------------------------------------------------------------------------------


def _origin(shelf: _Shelf, claim: ClaimCluster, number: int) -> OriginRow:
    origin = claim.origins[number]
    return OriginRow(
        name=one_line(origin.name),
        kind=str(origin.kind),
        named=origin.named,
        interests=origin.interests,
        statements=origin.statements,
        reason=origin.why.note,
        tree=_tree(shelf, origin.doc, origin.statements),
    )


def _tree(shelf: _Shelf, root: str, statements: Sequence[str]) -> tuple[Node, ...]:
    """The documents of some statements of one claim, each below the one it has the claim from.

    A document with several parents hangs below the first in order of publication; one without any hangs at the top,
    by its own chain where it names a source, else inferred.
    """
    spans: dict[str, list[Span]] = defaultdict(list)
    cited: dict[str, bool] = {}
    for id in statements:
        statement: Statement = shelf.case.get(id)
        spans[statement.doc].extend(statement.content)
        cited[statement.doc] = cited.get(statement.doc, False) or bool(statement.chain)
    parents: dict[str, tuple[str, Edge, str]] = {}
    for doc in sorted(spans, key=lambda one: (shelf.document(one)[2] or "~", one)):
        for above, edge, evidence in sorted(
            _edges(shelf, doc, spans[doc]), key=lambda e: (shelf.document(e[0])[2], e[0])
        ):
            if above in spans and above != doc and doc not in _above(parents, above):
                parents[doc] = (above, edge, evidence)
                break
    below: dict[str, list[str]] = defaultdict(list)
    for doc, (above, _, _) in parents.items():
        below[above].append(doc)
    tops = [doc for doc in spans if doc not in parents]

    def node(doc: str) -> Node:
        own = (Edge.NAMED_SOURCE if cited[doc] else Edge.INFERRED, "")
        edge, evidence = parents[doc][1:] if doc in parents else own
        return Node(doc, *shelf.document(doc), edge, evidence, tuple(node(one) for one in _sorted(shelf, below[doc])))

    return tuple(node(doc) for doc in sorted(_sorted(shelf, tops), key=lambda doc: doc != root))


def _sorted(shelf: _Shelf, docs: Sequence[str]) -> list[str]:
    return sorted(docs, key=lambda doc: (shelf.document(doc)[2] or "~", doc))


def _above(parents: Mapping[str, tuple[str, Edge, str]], doc: str) -> set[str]:
    """The documents above one, itself included: hanging one of them below it would be a circle."""
    found = {doc}
    while doc in parents and parents[doc][0] not in found:
        doc = parents[doc][0]
        found.add(doc)
    return found


def _edges(shelf: _Shelf, doc: str, spans: Sequence[Span]) -> Iterator[tuple[str, Edge, str]]:
    """The documents that one has these words from, or cites for them."""
    for link in shelf.case.of(ReuseLink, doc):
        if link.left != doc or link.direction is ReuseDirection.UNKNOWN:
            continue
        for passage in link.passages:
            if any(passage.left.start < span.end and span.start < passage.left.end for span in spans):
                edge = Edge.CITED if passage.credited else Edge.COPIED
                yield link.right, edge, one_line(shelf.case.quote(passage.left))
                break
    for citation in shelf.case.of(Citation, doc):
        if citation.doc == doc and citation.target:
            words = " … ".join(one_line(shelf.case.quote(span)) for span in citation.spans)
            yield citation.target, Edge.CITED, words
