"""All record types: frozen nouns of the newsroom that point into text and say why they exist."""

from __future__ import annotations

import dataclasses
import hashlib
import types
import typing
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any


class PartKind(StrEnum):
    """What a stretch of a document is; only the first five are read for statements."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    QUOTE = "quote"
    LIST = "list"
    BYLINE = "byline"
    DATELINE = "dateline"
    RELATED = "related"
    BOILERPLATE = "boilerplate"


class MentionKind(StrEnum):
    """What a source or actor is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    STATE = "state"
    MEDIUM = "medium"
    DOCUMENT = "document"
    POLL = "poll"
    UNKNOWN = "unknown"


class Manner(StrEnum):
    """How a source is said to have put it."""

    SAID = "said"
    REPORTED = "reported"
    RELAYED = "relayed"
    SHOWED = "showed"
    CLAIMED = "claimed"
    CLAIMED_RESPONSIBILITY = "claimed_responsibility"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    ADMITTED = "admitted"
    ACCUSED = "accused"
    CRITICISED = "criticised"
    PRAISED = "praised"
    ASKED = "asked"
    ORDERED = "ordered"
    RECOMMENDED = "recommended"
    OFFERED = "offered"
    PROMISED = "promised"
    THREATENED = "threatened"
    WARNED = "warned"
    PREDICTED = "predicted"
    BELIEVED = "believed"
    LEAKED = "leaked"


class Stance(StrEnum):
    """How the relaying voice stands to what it relays."""

    NEUTRAL = "neutral"
    ENDORSES = "endorses"
    DISTANCES = "distances"
    REJECTS = "rejects"


class Wording(StrEnum):
    """Whose words the content is in."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    OWN = "own"


class Modality(StrEnum):
    """How the content itself is put."""

    ASSERTED = "asserted"
    POSSIBLE = "possible"
    PLANNED = "planned"
    RECOMMENDED = "recommended"
    REQUIRED = "required"
    CONDITIONAL = "conditional"
    HYPOTHETICAL = "hypothetical"
    CAPABLE = "capable"


class Polarity(StrEnum):
    """Whether the content affirms, denies or asks."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    QUESTION = "question"


class LoadedKind(StrEnum):
    """By what a word is loaded."""

    EPITHET = "epithet"
    SCARE_QUOTES = "scare_quotes"
    DISTANCING = "distancing"
    CONTESTED_LABEL = "contested_label"


class LoadedVoice(StrEnum):
    """Whose a loaded word is: a source's, quoted; put into a source's mouth by the writer; the writer's own."""

    QUOTED = "quoted"
    PARAPHRASED = "paraphrased"
    OWN = "own"


class Verdict(StrEnum):
    """A person's word on a record."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `[start, end)` of `Document.text`, Python indices (code points)."""

    doc: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Why:
    """Why a record exists: the rule (a function's dotted name) and the words it went by."""

    rule: str
    spans: tuple[Span, ...] = ()
    score: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """A value about a document and where it was read ("meta tag og:site_name", "sidecar", ...)."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a document; parts are in order, do not overlap, and leave out only white space."""

    kind: PartKind
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink: its anchor words (may be empty) and its target as written, made absolute if it can be."""

    span: Span
    href: str


@dataclass(frozen=True, slots=True)
class Document:
    """One item of news as read.

    `id` hashes the item's bytes with its URL, else with `name`, its path below the PATH given.
    `raw` is the SHA-256 of the item's bytes. `published` is an ISO 8601 date, or date and time, as
    precise as the source gave it. Fields that the input does not state are None, never guessed.
    """

    id: str
    name: str
    format: str
    raw: str
    text: str
    url: Meta | None = None
    title: Meta | None = None
    publisher: Meta | None = None
    authors: tuple[Meta, ...] = ()
    published: Meta | None = None
    fetched: Meta | None = None
    language: Meta | None = None
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A source or actor where one document names it; `why` says who it was taken to be.

    `number` is how many (2 for "two officials", None unknown); `of` the id of the mention it belongs
    to; `name` the fullest name the document gives, "" when nobody is named.
    """

    id: str
    spans: tuple[Span, ...]
    kind: MentionKind
    named: bool
    number: int | None
    of: str | None
    name: str
    why: Why


@dataclass(frozen=True, slots=True)
class When:
    """Words for a time and the interval `[first, last]` (ISO dates) they stand for, None unresolved."""

    span: Span
    first: str | None
    last: str | None
    timex: str
    anchor: str
    why: Why


@dataclass(frozen=True, slots=True)
class Hop:
    """One link of a chain: who says it, by which words, how.

    `sources` are Mention ids, `()` where nobody is named. `addressee` is a Mention id. A hop that only
    passes on (medium or addressee) has cue `()` and manner relayed.
    """

    sources: tuple[str, ...]
    cue: tuple[Span, ...]
    manner: Manner
    stance: Stance
    medium: Span | None
    addressee: str | None
    said: When | None
    why: Why


@dataclass(frozen=True, slots=True)
class Statement:
    """What is asserted, and by which chain: `chain[0]` is whom the article cites, `chain[-1]` the origin.

    The article's own voice has chain `()`. `inside` is the id of the statement that holds this one.
    """

    id: str
    doc: str
    content: tuple[Span, ...]
    chain: tuple[Hop, ...]
    inside: str | None
    wording: Wording
    modality: Modality
    polarity: Polarity
    why: Why


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, within one paragraph; pieces of one speech share its number.

    Detectors meet through it during the analysis of a document; it is not kept in the case.
    """

    id: str
    span: Span
    speech: int
    why: Why


@dataclass(frozen=True, slots=True)
class LoadedWord:
    """A word that takes a side or keeps its distance; `why` names the guide that calls it loaded.

    `statement` is the id of the innermost statement whose content holds it, None where none does (it names
    a source, or stands in a headline that asserts nothing).
    """

    id: str
    span: Span
    kind: LoadedKind
    voice: LoadedVoice
    statement: str | None
    why: Why

    @property
    def doc(self) -> str:
        """The document that it stands in."""
        return self.span.doc


@dataclass(frozen=True, slots=True)
class Problem:
    """A document or stage that failed: what, why, and what to do. `doc` is a document id or an item's name."""

    id: str
    doc: str
    stage: str
    message: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on the record `about`; append-only.

    `anchor` finds the place again after a re-run (words, 32 characters either side, kind, chain, doc
    name); `change` holds the corrected fields of an edit.
    """

    id: str
    about: str
    anchor: dict[str, Any]
    verdict: Verdict
    change: dict[str, Any]
    by: str
    at: str
    note: str


Record = Document | Mention | Statement | LoadedWord | Problem | Judgement


def make_id(kind: str, *fields: object) -> str:
    """An id that hashes the fields that identify a thing: `kind-` and 20 hex digits, the same everywhere."""
    # repr of str, int, None and tuples of them is the same in every Python from 3.11 on;
    # surrogatepass keeps a lone surrogate in a text from failing.
    text = "\x1f".join(repr(field) for field in fields)
    return f"{kind}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"


def key(span: Span) -> tuple[int, int]:
    """What of a span identifies a thing within its document."""
    return (span.start, span.end)


def mention_id(spans: tuple[Span, ...]) -> str:
    """The id of the mention that stands at `spans`."""
    return make_id("mention", spans[0].doc, tuple(key(s) for s in spans))


def statement_id(doc: str, content: tuple[Span, ...], chain: tuple[Hop, ...]) -> str:
    """The id of a statement: its document, its words' places and the places and sources of its chain."""
    hops = tuple((hop.sources, tuple(key(s) for s in hop.cue)) for hop in chain)
    return make_id("statement", doc, tuple(key(s) for s in content), hops)


def loaded_word_id(span: Span, kind: LoadedKind) -> str:
    """The id of a loaded word: where it stands and by what it is loaded."""
    return make_id("loaded_word", span.doc, key(span), str(kind))


def problem(doc: str, stage: str, message: str) -> Problem:
    """A Problem with its id."""
    return Problem(make_id("problem", doc, stage, message), doc, stage, message)


def to_plain(value: Any) -> Any:
    """A record as dicts, lists and scalars, in field order; enums as their values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {k: to_plain(item) for k, item in value.items()}
    return str(value) if isinstance(value, StrEnum) else value


def from_plain(kind: Any, plain: Any) -> Any:
    """The inverse of `to_plain` for the type `kind`. Raises KeyError, TypeError or ValueError on a wrong shape."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return None if plain is None else from_plain(args[0], plain)
    if origin is tuple:
        return tuple(from_plain(args[0], item) for item in plain)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return kind(**{name: from_plain(hint, plain[name]) for name, hint in _hints(kind).items()})
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(plain)
    return plain


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)
