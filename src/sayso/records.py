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


class TimexKind(StrEnum):
    """The TIMEX3 type of words for a time."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class PlaceRole(StrEnum):
    """What a place's name does where it stands; only PLACE is a pin on a map.

    ACTOR is a government named by its capital, country or seat ("Tehran said"); DATELINE where the text was
    written; PEOPLE a people ("the Syrians"); ADJECTIVE one ("Syrian forces"); NAME part of the name of something else.
    """

    PLACE = "place"
    ACTOR = "actor"
    DATELINE = "dateline"
    PEOPLE = "people"
    ADJECTIVE = "adjective"
    NAME = "name"


class EventStatus(StrEnum):
    """What the words say of an event; alleged and denied are read from the chain of its statement."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    THREATENED = "threatened"
    DEMANDED = "demanded"
    CONDITIONAL = "conditional"
    NEGATED = "negated"
    HISTORICAL = "historical"


class CountKind(StrEnum):
    """What is counted of those whom an event befell."""

    DEAD = "dead"
    INJURED = "injured"
    ARRESTED = "arrested"
    ABDUCTED = "abducted"
    DISPLACED = "displaced"
    MISSING = "missing"
    RELEASED = "released"


class CausalKind(StrEnum):
    """What a cause is said to do to its effect."""

    CAUSES = "causes"
    ENABLES = "enables"
    PREVENTS = "prevents"
    RESPONDS_TO = "responds_to"
    MOTIVATES = "motivates"
    BLAMED_FOR = "blamed_for"


class ReuseKind(StrEnum):
    """How much of a document another holds: nearly all of it, a part of it, or a few sentences lifted."""

    COPY = "copy"
    PARTIAL = "partial"
    LIFT = "lift"


class ReuseDirection(StrEnum):
    """Which of two documents took from the other, or that the evidence is too thin to say."""

    LEFT_FROM_RIGHT = "left_from_right"
    UNKNOWN = "unknown"


class OriginLabel(StrEnum):
    """How many origins a claim goes back to, as far as the case shows; never "independent": a person says that."""

    SINGLE = "single origin"
    SEVERAL = "several origins, no link found"
    NOT_RECORDED = "lineage not recorded"


class ContradictionKind(StrEnum):
    """In what two statements about one thing differ."""

    DENIAL = "denial"
    COUNT = "count"
    PLACE = "place"
    DAY = "day"
    ACTOR = "actor"


class RelationKind(StrEnum):
    """What one actor is said to be or do to another, as a state of affairs."""

    HOSTS = "hosts"
    FUNDS = "funds"
    ARMS = "arms"
    TRAINS = "trains"
    LEADS = "leads"
    BELONGS_TO = "belongs_to"
    OPPOSES = "opposes"
    ALLIED_WITH = "allied_with"


class PatternKind(StrEnum):
    """A way by which a claim reached its readers that they are not told of."""

    INTEREST_NOT_NAMED = "interested origin not named to the reader"
    CIRCLE = "circular citation"
    HEDGE_LOST = "hedge lost on the way"
    ATTRIBUTION_LOST = "attribution lost on the way"
    TOLD_TWICE = "one source told twice"


class CheckOutcome(StrEnum):
    """How a check ended; CANT_TELL says that it applies but that something it needs is not known."""

    FAILED = "failed"
    PASSED = "passed"
    CANT_TELL = "cant_tell"


class CheckLevel(StrEnum):
    """How much a failed check weighs: HARD cannot be true, SOFT is hardly so, INFO is worth knowing."""

    HARD = "hard"
    SOFT = "soft"
    INFO = "info"


class Verdict(StrEnum):
    """A person's word on a record; UNDO takes back an earlier word, which may itself be an UNDO."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    UNDO = "undo"


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
    """Words for a time: TIMEX3 type and value (`timex`), and the interval `[first, last]` of ISO dates.

    `first` or `last` is None where that end is open or unresolved. `anchor` names the reference that the words
    are counted from: "itself" (a whole date), "published", "dateline", "narrative", "quotation", "unknown" (none
    in hand), "" (needs none, such as a duration). `until` is the id of the When that ends the range this begins.
    """

    id: str
    span: Span
    kind: TimexKind
    timex: str
    first: str | None
    last: str | None
    anchor: str
    until: str | None
    why: Why

    @property
    def doc(self) -> str:
        """The document that it stands in."""
        return self.span.doc


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may stand for: its share of the belief, and what spoke for it."""

    name: str
    gazetteer: str
    lat: float
    lon: float
    share: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A name of a place, or words that place something by others (`anchors`, ids of Places: "30 km north of X").

    `name` is the place's own name, `gazetteer` its id there ("geonames:2643743"; "" where it has none), `radius_km`
    a circle within which it lies. Where it is not resolved `lat`, `lon` and `radius_km` are None and `name` repeats
    the text. `why.score` is the share of such resolutions that were right (within 161 km) on annotated news; None
    where unresolved or relative. `candidates` are up to three, the best first.
    """

    id: str
    span: Span
    name: str
    gazetteer: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    role: PlaceRole
    anchors: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    why: Why

    @property
    def doc(self) -> str:
        """The document that it stands in."""
        return self.span.doc


@dataclass(frozen=True, slots=True)
class Hop:
    """One link of a chain: who says it, by which words, how.

    `sources` are Mention ids, `()` where nobody is named. `addressee` is a Mention id. A hop that only
    passes on (medium or addressee) has cue `()` and manner relayed. `said` is the id of the When of the saying.
    """

    sources: tuple[str, ...]
    cue: tuple[Span, ...]
    manner: Manner
    stance: Stance
    medium: Span | None
    addressee: str | None
    said: str | None
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
class Count:
    """How many an event befell, as the words at `span` say: `first` to `last`, None where that end is open."""

    kind: CountKind
    first: int | None
    last: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, inside a statement, so always asserted by somebody.

    `code` is a PLOVER type ("ASSAULT"), "" where the coder abstains; `mode` and `contexts` are PLOVER's, "" and
    `()` where none. `actors` and `recipients` are Mention ids, `when` When ids and `where` Place ids. `why.score`
    is the probability of the code.
    """

    id: str
    doc: str
    statement: str
    trigger: tuple[Span, ...]
    code: str
    mode: str
    contexts: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    counts: tuple[Count, ...]
    when: tuple[str, ...]
    where: tuple[str, ...]
    status: EventStatus
    why: Why


@dataclass(frozen=True, slots=True)
class CausalLink:
    """A domino: what is said to have led to what, in the statement `statement`.

    `causes` and `effects` are ids of the Events that the spans hold. `negated` and `hypothetical` say how the link
    itself is put. `signal` is empty where no word says it.
    """

    id: str
    doc: str
    statement: str
    cause: tuple[Span, ...]
    effect: tuple[Span, ...]
    signal: tuple[Span, ...]
    kind: CausalKind
    negated: bool
    hypothetical: bool
    causes: tuple[str, ...]
    effects: tuple[str, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class Tie:
    """What the statement `statement` says that one named actor is to another; `cue` are the words that say so.

    `subject` and `object` are Mention ids, `when` ids of the Whens of its clause. `status` is what the words say:
    happened where it is or was so, historical where it is no more. `aside`: the cue stands beside the statement, in the
    words that name its source ("Front leader Mara Voss said"), so that the voice before the last hop says it.
    """

    id: str
    doc: str
    statement: str
    subject: str
    kind: RelationKind
    object: str
    cue: tuple[Span, ...]
    status: EventStatus
    aside: bool
    when: tuple[str, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class Check:
    """What a check that needs no opinion found: `spans` are the places compared, `message` the arithmetic.

    `rule` is the check's name, `about` the ids of the records that it compared; `nearest` the nearest reading that
    would be true, "" where there is none or none is needed. `doc` is the document where it is shown.
    """

    id: str
    doc: str
    rule: str
    level: CheckLevel
    outcome: CheckOutcome
    about: tuple[str, ...]
    spans: tuple[Span, ...]
    message: str
    nearest: str
    why: Why


@dataclass(frozen=True, slots=True)
class Merge:
    """Why two mentions, of one document or of two, are taken for one actor; a person can undo it."""

    left: str
    right: str
    why: Why


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody across documents: the mentions (ids) that are taken for one, and why each was joined.

    `country` is an ISO 3166-1 alpha-3 code, "" unknown; `sectors` are PLOVER sector codes.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: MentionKind
    country: str
    sectors: tuple[str, ...]
    mentions: tuple[str, ...]
    merges: tuple[Merge, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class EventCluster:
    """Events (ids), of one document or of several, that are taken for one happening."""

    id: str
    events: tuple[str, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text that two documents share; `credited` says whether the left one names where it has it from."""

    left: Span
    right: Span
    credited: bool


@dataclass(frozen=True, slots=True)
class ReuseLink:
    """`left` reuses `right` (documents), passage by passage; with direction unknown only that they share text.

    `credited` is whether every passage is.
    """

    id: str
    left: str
    right: str
    kind: ReuseKind
    direction: ReuseDirection
    credited: bool
    passages: tuple[Passage, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cites another: `target` is a document of the case, None where it is `name`d and not in hand.

    `statement` is the statement whose chain cites it, None where only a hyperlink or a credit line does.
    """

    id: str
    doc: str
    statement: str | None
    spans: tuple[Span, ...]
    target: str | None
    name: str
    why: Why


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim's statements end when followed back: a source, or the document beyond which nothing is recorded.

    `source` is an Actor or Mention id, None where the document itself is as far as it goes. `statements` are those
    of the claim that go back to it. `interests` says why it is an interested party, one reason each.
    """

    name: str
    kind: MentionKind
    named: bool
    source: str | None
    doc: str
    statements: tuple[str, ...]
    interests: tuple[str, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class ClaimCluster:
    """Statements (ids) that make the same claim, and the distinct origins that they go back to."""

    id: str
    statements: tuple[str, ...]
    origins: tuple[Origin, ...]
    label: OriginLabel
    why: Why


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements (ids) that cannot both be true, and the words in which they differ."""

    id: str
    left: str
    right: str
    kind: ContradictionKind
    left_span: Span
    right_span: Span
    why: Why


@dataclass(frozen=True, slots=True)
class Relation:
    """What one actor is said to be to another (Actor ids), by which statements.

    `status` marks what is said not to be so, no longer, or not yet: each is a relation of its own.
    """

    id: str
    subject: str
    kind: RelationKind
    object: str
    status: EventStatus
    statements: tuple[str, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a pattern: a document, the words there, and what happens at it."""

    doc: str
    spans: tuple[Span, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern in how the claim `claim` (id) travelled, step by step."""

    id: str
    kind: PatternKind
    claim: str
    steps: tuple[Step, ...]
    why: Why


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


@dataclass(frozen=True, slots=True)
class StatementVectors:
    """What is compared of a document's statements across documents: derived, disposable, never exported.

    `version` is that of the code that made it, `day` the ordinal day of `published`, 0 unknown. `marks`, `words`,
    `frames` and `slots` are bytes in base 64: only `link/claims` reads them.
    """

    doc: str
    version: str
    day: int
    published: str
    marks: str
    words: str
    frames: str
    slots: str


# What is found in one document, in the order in which a reader meets the types.
Found = Mention | When | Place | Statement | Event | CausalLink | Tie | LoadedWord | Check
FOUND: tuple[type, ...] = typing.get_args(Found)
# What is found across documents.
Linked = Actor | EventCluster | ReuseLink | Citation | ClaimCluster | Contradiction | Relation | Pattern
LINKED: tuple[type, ...] = typing.get_args(Linked)
Record = Document | Found | Linked | Problem | Judgement
# The types by the names that ids and exports give them.
TYPES: dict[str, type] = {
    "document": Document, "mention": Mention, "when": When, "place": Place, "statement": Statement, "event": Event,
    "causal_link": CausalLink, "tie": Tie, "loaded_word": LoadedWord, "check": Check, "actor": Actor,
    "event_cluster": EventCluster, "reuse_link": ReuseLink, "citation": Citation, "claim": ClaimCluster,
    "contradiction": Contradiction, "relation": Relation, "pattern": Pattern, "problem": Problem,
    "judgement": Judgement,
}  # fmt: skip


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


def when_id(doc: str, start: int, end: int, kind: str, value: str) -> str:
    """The id of words for a time: their place and what they were read as."""
    return make_id("when", doc, start, end, str(kind), value)


def place_id(span: Span) -> str:
    """The id of the place that stands at `span`."""
    return make_id("place", span.doc, key(span))


def event_id(statement: str, trigger: tuple[Span, ...]) -> str:
    """The id of an event: the statement that asserts it and its trigger's places."""
    return make_id("event", statement, tuple(key(s) for s in trigger))


def causal_link_id(statement: str, cause: tuple[Span, ...], effect: tuple[Span, ...], signal: tuple[Span, ...]) -> str:
    """The id of a domino: the statement that asserts it and the places of its words."""
    return make_id("causal_link", statement, *(tuple(key(s) for s in spans) for spans in (cause, effect, signal)))


def tie_id(statement: str, subject: str, kind: RelationKind, object: str) -> str:
    """The id of a tie: the statement that asserts it, its two mentions and what they are to one another."""
    return make_id("tie", statement, subject, str(kind), object)


def check_id(rule: str, spans: tuple[Span, ...]) -> str:
    """The id of a check: its rule and the places that it compares."""
    return make_id("check", rule, tuple((s.doc, s.start, s.end) for s in spans))


def spans_of(record: Found) -> tuple[Span, ...]:
    """The words that a record is about, at least one span."""
    match record:
        case Mention() | Check():
            return record.spans
        case Statement():
            return record.content
        case Event():
            return record.trigger
        case CausalLink():
            return (*record.cause, *record.effect)
        case Tie():
            return record.cue
        case _:
            return (record.span,)


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
