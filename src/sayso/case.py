"""Page, what a detector sees of one document, and Case, what views, exports and linkers see of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sayso.records import Document, Span

if TYPE_CHECKING:
    from sayso.tagger.tagger import Tagger

T = TypeVar("T")


@dataclass(slots=True)
class Parse:
    """The tokens of a document's prose as parallel lists; `head` and `sentences` index into them.

    `start`/`end` are character offsets into `Document.text`; a root is its own head. `sentences` are
    `[first, after)` token ranges, `part` the index of the Part each token stands in.
    """

    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    ent: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    part: list[int] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.start)


class Page:
    """One document with its parse, the learned tagger if there is one, and what earlier detectors found in it."""

    def __init__(self, document: Document, parse: Parse, tagger: Tagger | None = None) -> None:
        self.document = document
        self.parse = parse
        self.tagger = tagger
        self._records: dict[str, Any] = {}

    def add(self, records: Iterable[Any]) -> None:
        """Keep records by id; a later one with the same id replaces the earlier."""
        for record in records:
            self._records[record.id] = record

    def of(self, kind: type[T]) -> Iterator[T]:
        """The records of one type so far, in the order found."""
        return iter([r for r in self._records.values() if isinstance(r, kind)])

    def get(self, id: str) -> Any:
        """The record with this id. Raises KeyError."""
        return self._records[id]

    def records(self) -> list[Any]:
        """All records so far."""
        return list(self._records.values())

    def quote(self, span: Span) -> str:
        """The words of a span."""
        return self.document.text[span.start : span.end]

    def span(self, first: int, after: int) -> Span:
        """The span of tokens `[first, after)`."""
        return Span(self.document.id, self.parse.start[first], self.parse.end[after - 1])


class Case(Protocol):
    """A case, read-only: streams of records and the words of spans. `store.py` implements it."""

    def of(self, kind: type[T], doc: str | None = None) -> Iterator[T]:
        """The records of one type, of one document or of all, sorted by document and place."""
        ...

    def get(self, id: str) -> Any:
        """The record with this id. Raises UsageError where there is none."""
        ...

    def quote(self, span: Span) -> str:
        """The words of a span."""
        ...
