"""Cards: one statement as lists show it, with its words, its chain and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.case import Case
from sayso.records import Document, Mention, Polarity, Statement
from sayso.views.chains import Chip, chips, line, one_line, publisher, title


@dataclass(frozen=True, slots=True)
class Card:
    """A statement by itself: `words` are the exact words of each content span, `published` "" is unknown."""

    id: str
    doc: str
    title: str
    publisher: str
    published: str
    words: tuple[str, ...]
    chain: tuple[Chip, ...]
    wording: str
    modality: str
    polarity: str
    rule: str
    note: str
    score: float | None

    @property
    def tags(self) -> tuple[str, ...]:
        """What is out of the ordinary about it: its modality, a denial, a question."""
        odd = [] if self.modality == "asserted" else [self.modality]
        return (*odd, *(() if self.polarity == Polarity.POSITIVE else (self.polarity,)))

    @property
    def line(self) -> str:
        """Its chain in one line, the publisher first."""
        return line(self.publisher, self.chain)


def card(case: Case, statement: Statement, document: Document | None = None) -> Card:
    """The card of a statement; `document` is its document where it is in hand."""
    home = document or case.get(statement.doc)
    ids = {id for hop in statement.chain for id in hop.sources}
    mentions = {one.id: one for one in case.of(Mention, home.id)} if ids else {}
    return Card(
        id=statement.id,
        doc=home.id,
        title=title(home),
        publisher=publisher(home),
        published=home.published.value if home.published else "",
        words=tuple(one_line(home.text[span.start : span.end]) for span in statement.content),
        chain=chips(home, mentions, statement.chain),
        wording=str(statement.wording),
        modality=str(statement.modality),
        polarity=str(statement.polarity),
        rule=statement.why.rule,
        note=statement.why.note,
        score=statement.why.score,
    )


def cards(case: Case, statements: Iterable[Statement]) -> Iterator[Card]:
    """The cards of statements, in their order; a document's text is read once for those that follow one another."""
    document: Document | None = None
    for statement in statements:
        if document is None or document.id != statement.doc:
            document = case.get(statement.doc)
        yield card(case, statement, document)
