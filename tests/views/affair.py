"""An invented affair, its records made by hand, and a case in memory that holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sayso.errors import UsageError
from sayso.ingest.blocks import Block, compose
from sayso.records import (
    Document,
    Hop,
    LoadedKind,
    LoadedVoice,
    LoadedWord,
    Manner,
    Mention,
    MentionKind,
    Meta,
    Modality,
    PartKind,
    Polarity,
    Problem,
    Span,
    Stance,
    Statement,
    Why,
    Wording,
    loaded_word_id,
    mention_id,
    problem,
    statement_id,
)


class MemoryCase:
    """A case of records in a list."""

    def __init__(self, records: Sequence[Any]) -> None:
        self._records = list(records)
        self._by_id = {record.id: record for record in records}

    def of(self, kind: type[Any], doc: str | None = None) -> Iterator[Any]:
        """The records of one type, of one document or of all."""
        return iter([r for r in self._records if isinstance(r, kind) and doc in (None, _document_of(r))])

    def get(self, id: str) -> Any:
        """The record with this id."""
        if id not in self._by_id:
            raise UsageError(f"no record {id}")
        return self._by_id[id]

    def quote(self, span: Span) -> str:
        """The words of a span."""
        return str(self.get(span.doc).text[span.start : span.end])


def _document_of(record: Any) -> str:
    if isinstance(record, Mention):
        return record.spans[0].doc
    return str(record.id if isinstance(record, Document) else record.doc)


@dataclass
class Writer:
    """Builds the records of one document by quoting its words."""

    document: Document
    mentions: dict[str, Mention]
    statements: list[Statement]
    loaded: list[LoadedWord] = field(default_factory=list)

    def span(self, words: str) -> Span:
        """Where the words stand first."""
        start = self.document.text.index(words)
        return Span(self.document.id, start, start + len(words))

    def source(self, words: str, name: str = "", kind: MentionKind = MentionKind.PERSON, of: str = "") -> str:
        """A mention; named where it has a name."""
        spans = (self.span(words),)
        owner = self.mentions[of].id if of else None
        made = Mention(mention_id(spans), spans, kind, bool(name), None, owner, name, Why("test.source"))
        self.mentions[words] = made
        return made.id

    def hop(self, sources: Sequence[str], cue: str, manner: Manner = Manner.SAID) -> Hop:
        """A hop whose sources are the words of mentions made before."""
        ids = tuple(self.mentions[words].id for words in sources)
        spans = (self.span(cue),) if cue else ()
        return Hop(ids, spans, manner, Stance.NEUTRAL, None, None, None, Why("test.hop"))

    def statement(self, words: Sequence[str], *chain: Hop, inside: Statement | None = None, **fields: Any) -> Statement:
        """A statement whose content is the words, each where it stands first."""
        content = tuple(self.span(piece) for piece in words)
        rest = {
            "wording": Wording.INDIRECT if chain else Wording.OWN,
            "modality": Modality.ASSERTED,
            "polarity": Polarity.POSITIVE,
            "why": Why("detect.attribution.indirect", note="the verb takes a clause"),
        } | fields
        made = Statement(
            id=statement_id(self.document.id, content, chain),
            doc=self.document.id,
            content=content,
            chain=chain,
            inside=inside.id if inside else None,
            **rest,
        )
        self.statements.append(made)
        return made

    def word(self, words: str, voice: LoadedVoice, held: Statement | None = None) -> None:
        """A contested label."""
        place, kind = self.span(words), LoadedKind.CONTESTED_LABEL
        why = Why("wording.listed", (place,), note="called so by a style guide")
        self.loaded.append(LoadedWord(loaded_word_id(place, kind), place, kind, voice, held.id if held else None, why))

    def records(self) -> list[Any]:
        """The document and all that was found in it."""
        return [self.document, *self.mentions.values(), *self.statements, *self.loaded]


def write(id: str, title: str, publisher: str | None, *blocks: Block, **fields: Any) -> Writer:
    """A document of these blocks, with nothing found in it yet."""
    text, parts, links = compose(id, blocks)
    document = Document(
        id=id,
        name=fields.pop("name", f"{id}.html"),
        format="html",
        raw="0" * 64,
        text=text,
        title=Meta(title, "meta tag og:title"),
        publisher=Meta(publisher, "meta tag og:site_name") if publisher else None,
        parts=parts,
        links=links,
        **fields,
    )
    return Writer(document, {}, [])


HEADLINE = "Harbour board knew of crack, officials say"
BODY = (
    "PORT VELA, Ostrava Bay. The harbour of Port Vela was closed on Monday.",
    "The Northern Wire reported that two officials had seen the crack in the sea wall in March. "
    "Nothing was repaired. The wall is forty years old.",
    "Mira Halden, the harbour master, denied that anyone had warned her. "
    "“The wall is sound,” she said, “and it was looked at in May.”",
    "She called the report “a gift to rumour” that should be withdrawn. It rained all week. "
    "The ferries stayed in port. No date was given.",
    "The ministry ordered the quay to be cleared. The shipment allegedly contained cement.",
)


def crack() -> Writer:
    """Nested chain, denial, split quote, mixed quote in two pieces, order, nobody named, own voice."""
    made = write(
        "doc-crack",
        HEADLINE,
        "The Vela Courier",
        Block(PartKind.HEADLINE, HEADLINE, "h1"),
        Block(PartKind.BYLINE, "By Jon Arvel", "byline"),
        *(Block(PartKind.BODY, words, "p", _links(words)) for words in BODY),
        Block(PartKind.RELATED, "Related: Ten walks by the sea", "related"),
        url=Meta("https://courier.example/crack", "link rel=canonical"),
        published=Meta("2031-04-14", "meta tag article:published_time"),
        authors=(Meta("Jon Arvel", "byline"),),
    )
    made.source("officials")
    made.source("The Northern Wire", "The Northern Wire", MentionKind.MEDIUM)
    made.source("two officials")
    made.source("Mira Halden", "Mira Halden")
    made.source("she", "Mira Halden")
    made.source("The ministry", "", MentionKind.ORGANISATION)
    wire = made.hop(["The Northern Wire"], "reported", Manner.REPORTED)
    made.statement(["Harbour board knew of crack"], made.hop(["officials"], "say"))
    outer = made.statement(["two officials had seen the crack in the sea wall in March"], wire)
    made.statement(["the crack in the sea wall in March"], wire, made.hop(["two officials"], "had seen"), inside=outer)
    made.statement(
        ["anyone had warned her"],
        made.hop(["Mira Halden"], "denied", Manner.DENIED),
        polarity=Polarity.NEGATIVE,
    )
    halden = made.hop(["she"], "said")
    made.statement(["The wall is sound", "and it was looked at in May"], halden, wording=Wording.DIRECT)
    made.statement(
        ["the report", "“a gift to rumour” that should be withdrawn"],
        made.hop(["she"], "called", Manner.CRITICISED),
        wording=Wording.MIXED,
        modality=Modality.RECOMMENDED,
    )
    made.statement(
        ["the quay to be cleared"],
        made.hop(["The ministry"], "ordered", Manner.ORDERED),
        modality=Modality.REQUIRED,
    )
    made.statement(["contained cement"], made.hop([], "allegedly", Manner.CLAIMED))
    made.statement(["The harbour of Port Vela was closed on Monday"])
    return made


def _links(words: str) -> tuple[tuple[int, int, str], ...]:
    at = words.find("Northern Wire")
    return ((at, at + len("Northern Wire"), "https://wire.example/1"),) if at >= 0 else ()


def ferry() -> Writer:
    """A second text that cites one of the same voices, by another spelling of the case."""
    made = write(
        "doc-ferry",
        "Ferries to sail again",
        "Bay Herald",
        Block(PartKind.BODY, "MIRA HALDEN said the ferries would sail on Friday. A poll found riders glad.", "p"),
    )
    made.source("MIRA HALDEN", "MIRA HALDEN")
    made.source("A poll", "", MentionKind.POLL)
    made.statement(["the ferries would sail on Friday"], made.hop(["MIRA HALDEN"], "said"), modality=Modality.PLANNED)
    made.statement(["riders glad"], made.hop(["A poll"], "found", Manner.SHOWED))
    return made


def harbour() -> Writer:
    """A text with loaded words of all three voices: the writer's, put into a source's mouth, and quoted."""
    made = write(
        "doc-harbour",
        "Who holds the quay",
        "Bay Herald",
        Block(PartKind.BODY, "The regime held the quay. Mira Halden said the thugs had left.", "p"),
        Block(PartKind.BODY, "“They were liberators,” the mayor said. It rained.", "p"),
    )
    made.source("Mira Halden", "Mira Halden")
    made.source("the mayor")
    own = made.statement(["The regime held the quay"])
    said = made.statement(["the thugs had left"], made.hop(["Mira Halden"], "said"))
    quoted = made.statement(["“They were liberators,”"], made.hop(["the mayor"], "said"), wording=Wording.DIRECT)
    made.word("regime", LoadedVoice.OWN, own)
    made.word("thugs", LoadedVoice.PARAPHRASED, said)
    made.word("liberators", LoadedVoice.QUOTED, quoted)
    return made


def affair(*more: Problem) -> MemoryCase:
    """Both texts and a problem as one case."""
    failed = problem("scan.pdf", "read", "no text: the pages are pictures; run OCR and add the result")
    return MemoryCase([*crack().records(), *ferry().records(), failed, *more])
