"""Reuse: who has text from whom, and two texts side by side with the runs that they share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.case import Case
from sayso.records import Document, ReuseDirection, ReuseLink, Span
from sayso.views.chains import publisher, title


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text; `passage` numbers the shared run that it belongs to, None where it is the text's own."""

    text: str
    passage: int | None
    credited: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts: its document, what it is called and its runs in order."""

    document: str
    title: str
    publisher: str
    published: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two texts with the runs they share; `left` has them from `right` where `directed`."""

    left: Side
    right: Side
    directed: bool
    credited: bool
    kind: str
    reason: str
    shared: int


@dataclass(frozen=True, slots=True)
class ReuseRow:
    """A link in a list: which document (id, title, publisher) shares how many characters with which."""

    id: str
    left: tuple[str, str, str]
    right: tuple[str, str, str]
    kind: str
    directed: bool
    credited: bool
    passages: int
    characters: int
    reason: str


def reuse_rows(case: Case, doc: str | None = None) -> list[ReuseRow]:
    """All reuse in a case or around one document, the longest first."""
    named: dict[str, tuple[str, str, str]] = {}

    def name(id: str) -> tuple[str, str, str]:
        if id not in named:
            document: Document = case.get(id)
            named[id] = (id, title(document), publisher(document))
        return named[id]

    rows = [
        ReuseRow(
            id=link.id,
            left=name(link.left),
            right=name(link.right),
            kind=str(link.kind),
            directed=link.direction is not ReuseDirection.UNKNOWN,
            credited=link.credited,
            passages=len(link.passages),
            characters=sum(passage.left.end - passage.left.start for passage in link.passages),
            reason=link.why.note,
        )
        for link in case.of(ReuseLink, doc)
    ]
    return sorted(rows, key=lambda row: (-row.characters, row.id))


def aligned(case: Case, link: ReuseLink) -> Aligned:
    """The two texts of a link with their shared runs, numbered in the order of the left text."""
    passages = sorted(link.passages, key=lambda passage: passage.left)
    left = [(passage.left, number, passage.credited) for number, passage in enumerate(passages, 1)]
    right = [(passage.right, number, passage.credited) for number, passage in enumerate(passages, 1)]
    return Aligned(
        left=_side(case, link.left, left),
        right=_side(case, link.right, right),
        directed=link.direction is not ReuseDirection.UNKNOWN,
        credited=link.credited,
        kind=str(link.kind),
        reason=link.why.note,
        shared=sum(span.end - span.start for span, _, _ in left),
    )


def _side(case: Case, doc: str, spans: list[tuple[Span, int, bool]]) -> Side:
    document: Document = case.get(doc)
    published = document.published.value if document.published else ""
    return Side(doc, title(document), publisher(document), published, tuple(_runs(document.text, sorted(spans))))


def _runs(text: str, spans: list[tuple[Span, int, bool]]) -> Iterator[Run]:
    """The text in runs; where two passages overlap, the later one is cut."""
    at = 0
    for span, number, credited in spans:
        start = max(span.start, at)
        if start > at:
            yield Run(text[at:start], None, False)
        if span.end > start:
            yield Run(text[start : span.end], number, credited)
        at = max(at, span.end)
    if at < len(text):
        yield Run(text[at:], None, False)
