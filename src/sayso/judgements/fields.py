"""What a person may correct of each type of record, and how a correction changes the record.

A correction is text, as a form or a command line gives it. The record keeps its id, which says where the machine
found it: a corrected span moves the words and not the name by which the record is known.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol

from sayso.errors import UsageError
from sayso.records import (
    Actor,
    CausalKind,
    CausalLink,
    Check,
    Citation,
    ClaimCluster,
    Contradiction,
    ContradictionKind,
    Document,
    Event,
    EventCluster,
    EventStatus,
    Hop,
    LoadedKind,
    LoadedVoice,
    LoadedWord,
    Manner,
    Mention,
    MentionKind,
    Modality,
    OriginLabel,
    Pattern,
    Place,
    PlaceRole,
    Polarity,
    Relation,
    RelationKind,
    ReuseDirection,
    ReuseLink,
    Span,
    Stance,
    Statement,
    Tie,
    When,
    Why,
    Wording,
    mention_id,
)

BY_HAND = "judgements.by_hand"  # the rule of what a person added
NOBODY = "nobody"
SAME, DIFFERENT = "same", "different"  # pairs of members of a cluster
GRADES = ("reliability", "credibility")
RELIABILITY = ("A", "B", "C", "D", "E", "F")
CREDIBILITY = ("1", "2", "3", "4", "5", "6")
UNGRADED = ("F", "6")  # neither can be judged: what the machine says of everything

_SPANS = re.compile(r"\d{1,9}-\d{1,9}(?:,\d{1,9}-\d{1,9})*")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:T[0-9:.+Z-]+)?")


class Text(Protocol):
    """What a correction is read against: a case that gives documents and records."""

    def get(self, id: str) -> Any: ...
    def of(self, kind: Any, doc: str | None = None) -> Any: ...


@dataclass(frozen=True, slots=True)
class Field:
    """A field that can be corrected: its closed values (none: open), and how its text becomes its value."""

    choices: tuple[str, ...] = ()
    read: Callable[[str], Any] = str
    hint: str = "some words"


def _of(kind: type[StrEnum]) -> Field:
    return Field(tuple(kind), kind)


def _number(low: float, high: float) -> Field:
    def read(text: str) -> float | None:
        number = float(text) if text else None
        if number is not None and not (math.isfinite(number) and low <= number <= high):
            raise ValueError(text)
        return number

    return Field(read=read, hint=f"a number from {low:g} to {high:g}, or nothing")


def _party(text: str) -> tuple[str, str]:
    """Who is said to be interested and why; two empty words take it back. Raises ValueError."""
    name, mark, why = (part.strip() for part in text.partition(":"))
    if text.strip() and not (name and mark and why):
        raise ValueError(text)
    return name, why


def _date(text: str) -> str | None:
    if text and not _DATE.fullmatch(text):
        raise ValueError(text)
    return text or None


def places(text: str) -> tuple[tuple[int, int], ...]:
    """Places in a text as "12-40,52-60". Raises ValueError."""
    if not _SPANS.fullmatch(text):
        raise ValueError(text)
    pairs = [piece.split("-") for piece in text.split(",")]
    found = tuple((int(start), int(end)) for start, end in pairs)
    if any(start >= end for start, end in found) or sorted(found) != list(found):
        raise ValueError(text)
    return found


_YES = Field(("yes", "no"), lambda text: text == "yes")
_DAY = Field(read=_date, hint="a date such as 2031-05-04, or nothing")
_SPAN = Field(read=places, hint="where its words stand, such as 120-180 or 120-140,150-180")
_WORDS = Field()
_PARTY = Field(read=_party, hint="the name of an origin, a colon, and why it has an interest")
_GRADE = {"reliability": Field(RELIABILITY), "credibility": Field(CREDIBILITY)}
# Whether this member of a cluster (an actor's mention, a claim's statement, a cluster's event) goes with others.
_MEMBERS = Field(hint="ids of others of its kind, with spaces between")
_PAIRS = {SAME: _MEMBERS, DIFFERENT: _MEMBERS}

FIELDS: dict[type, dict[str, Field]] = {
    Statement: {
        "wording": _of(Wording), "modality": _of(Modality), "polarity": _of(Polarity), "chain": _WORDS,
        "source": _WORDS, "manner": _of(Manner), "stance": _of(Stance), "span": _SPAN, **_GRADE, **_PAIRS,
    },
    Mention: {"kind": _of(MentionKind), "name": _WORDS, "span": _SPAN, **_PAIRS},
    When: {"first": _DAY, "last": _DAY, "span": _SPAN},
    Place: {
        "name": _WORDS, "lat": _number(-90, 90), "lon": _number(-180, 180), "radius_km": _number(0, 20038),
        "role": _of(PlaceRole), "span": _SPAN,
    },
    Event: {"code": _WORDS, "mode": _WORDS, "status": _of(EventStatus), "span": _SPAN, **_PAIRS},
    CausalLink: {"kind": _of(CausalKind), "negated": _YES, "hypothetical": _YES},
    Tie: {"kind": _of(RelationKind), "status": _of(EventStatus)},
    LoadedWord: {"kind": _of(LoadedKind), "voice": _of(LoadedVoice), "span": _SPAN},
    Check: {},
    Actor: {"name": _WORDS, "kind": _of(MentionKind), "country": _WORDS},
    EventCluster: {},
    ReuseLink: {"direction": _of(ReuseDirection), "credited": _YES},
    Citation: {"name": _WORDS},
    ClaimCluster: {"label": _of(OriginLabel), "interested": _PARTY, **_GRADE},
    Contradiction: {"kind": _of(ContradictionKind)},
    Relation: {"kind": _of(RelationKind), "status": _of(EventStatus)},
    Pattern: {},
}  # fmt: skip
# The field of a record that holds its words.
_OWN_SPANS: dict[type, str] = {Statement: "content", Mention: "spans", Event: "trigger"}


def check(case: Text, record: Any, field: str, value: str) -> str:
    """The value as it is kept: names of sources become ids or places. Raises UsageError where it cannot be so."""
    fields = FIELDS[type(record)]
    kind = type(record).__name__.lower()
    if field not in fields:
        known = ", ".join(fields) or "nothing"
        raise UsageError(f"{field!r} of a {kind} cannot be corrected: choose from {known}.")
    known_field = fields[field]
    if known_field.choices and value not in known_field.choices:
        raise UsageError(f"{field} cannot be {value!r}: choose from {', '.join(known_field.choices)}.")
    try:
        known_field.read(value)
    except ValueError as error:
        raise UsageError(f"{field} cannot be {value!r}: write {known_field.hint}.") from error
    if field == "span":
        _check_span(case, record, value)
    if field in (SAME, DIFFERENT):
        return _kept_members(case, record, value)
    if field in ("source", "chain"):
        return _kept_chain(case, record, value, whole=field == "chain")
    return value


def corrected(case: Text, record: Any, change: Mapping[str, Any]) -> Any:
    """The record with a person's corrections; a value that no longer fits (another version's) is passed over."""
    for field, value in change.items():
        known = FIELDS[type(record)].get(field)
        if known is None or field in (*GRADES, SAME, DIFFERENT):
            continue
        try:
            record = _changed(case, record, field, known.read(value))
        except (ValueError, TypeError, UsageError):
            continue
    return record


def added(case: Text, statement: Statement, change: Mapping[str, Any]) -> list[Mention]:
    """The mentions that a person's correction of a chain names by their place in the text."""
    kept = " < ".join(str(change[field]) for field in ("chain", "source") if field in change)
    places_named = [item.strip() for item in re.split(r"[<,]", kept) if item.strip().startswith("span:")]
    document = case.get(statement.doc)
    return [_by_hand(document, *_pair(item)) for item in places_named if _within(document, *_pair(item))]


def span_of(record: Any) -> str:
    """Where a record's words stand, as a correction is written."""
    found = getattr(record, _OWN_SPANS.get(type(record), "span"))
    spans = found if isinstance(found, tuple) else (found,)
    return ",".join(f"{span.start}-{span.end}" for span in spans)


def _interested(claim: ClaimCluster, name: str, why: str) -> ClaimCluster:
    """The claim with an origin marked as an interested party by a person."""
    marked = f"{why} (marked by a person)"
    origins = (
        replace(one, interests=(*one.interests, marked)) if one.name.casefold() == name.casefold() else one
        for one in claim.origins
    )
    return replace(claim, origins=tuple(origins))


def _changed(case: Text, record: Any, field: str, value: Any) -> Any:
    if field == "span":
        return _moved(record, value)
    if field == "interested":
        return _interested(record, *value)
    if field == "source":
        return _sourced(record, [_hop_sources(value)])
    if field == "chain":
        return _sourced(record, [_hop_sources(piece) for piece in value.split("<")])
    if field in ("manner", "stance"):
        return replace(record, chain=(*record.chain[:-1], replace(record.chain[-1], **{field: value}))) \
            if record.chain else record  # fmt: skip
    names = {one.name for one in dataclasses.fields(record)}
    return replace(record, **{field: value}) if field in names else record


def _moved(record: Any, pairs: tuple[tuple[int, int], ...]) -> Any:
    spans = tuple(Span(record.doc if not isinstance(record, Mention) else record.spans[0].doc, *pair) for pair in pairs)
    name = _OWN_SPANS.get(type(record), "span")
    return replace(record, **{name: spans if type(record) in _OWN_SPANS else spans[0]})


def _sourced(record: Statement, hops: list[tuple[str, ...]]) -> Statement:
    """The chain with other sources; a single one replaces the last hop's, several the whole chain."""
    if hops == [()] and not record.chain:
        return record
    if len(hops) == 1 and record.chain:
        return replace(record, chain=(*record.chain[:-1], replace(record.chain[-1], sources=hops[0])))
    old = list(record.chain[-len(hops) :])
    new = [_hop()] * (len(hops) - len(old)) + old
    return replace(record, chain=tuple(replace(hop, sources=ids) for hop, ids in zip(new, hops, strict=True)))


def _hop() -> Hop:
    return Hop((), (), Manner.SAID, Stance.NEUTRAL, None, None, None, Why(BY_HAND, note="added by a person"))


def _hop_sources(kept: str) -> tuple[str, ...]:
    """The mention ids of one hop as it is kept: "mention-…", "span:DOC:12-40", "nobody"."""
    items = [item.strip() for item in kept.split(",") if item.strip()]
    return tuple(mention_id((Span(*_pair(item)),)) if item.startswith("span:") else item for item in items
                 if item != NOBODY)  # fmt: skip


def _pair(item: str) -> tuple[str, int, int]:
    _, doc, place = item.split(":")
    start, _, end = place.partition("-")
    return doc, int(start), int(end)


def _within(document: Document, doc: str, start: int, end: int) -> bool:
    return doc == document.id and 0 <= start < end <= len(document.text)


def _by_hand(document: Document, doc: str, start: int, end: int) -> Mention:
    span = Span(doc, start, end)
    words = " ".join(document.text[start:end].split())
    return Mention(mention_id((span,)), (span,), MentionKind.UNKNOWN, True, None, None, words,
                   Why(BY_HAND, (span,), note="named by a person"))  # fmt: skip


def _check_span(case: Text, record: Any, value: str) -> None:
    doc = record.spans[0].doc if isinstance(record, Mention) else record.doc
    if places(value)[-1][1] > len(case.get(doc).text):
        raise UsageError(f"span cannot be {value!r}: the text of {doc} ends before.")


def _kept_members(case: Text, record: Any, value: str) -> str:
    for id in value.split():
        if type(case.get(id)) is not type(record) or id == record.id:
            raise UsageError(f"{id} is not another {type(record).__name__.lower()}: name others of its kind.")
    return " ".join(value.split())


def _kept_chain(case: Text, record: Statement, value: str, *, whole: bool) -> str:
    pieces = value.split("<") if whole else [value]
    document, mentions = case.get(record.doc), list(case.of(Mention, record.doc))
    return " < ".join(_kept_source(document, mentions, piece.strip(), record) for piece in pieces)


def _kept_source(document: Document, mentions: list[Mention], words: str, record: Statement) -> str:
    """A source as it is kept: the mention of that id or name, else where the words stand nearest the statement."""
    if words in ("", NOBODY):
        return NOBODY
    ids = {mention.id for mention in mentions}
    if all(item.strip() in ids or _is_place(document, item) for item in words.split(",")):
        return ",".join(item.strip() for item in words.split(","))
    near = record.content[0].start
    said = [mention for mention in mentions if words.casefold() in _names(document, mention)]
    if said:
        return min(said, key=lambda mention: abs(mention.spans[0].start - near)).id
    starts = [found.start() for found in re.finditer(re.escape(words), document.text)]
    if not starts:
        raise UsageError(f"{words!r} stands nowhere in {document.name}: name a source in the text's own words.")
    start = min(starts, key=lambda at: abs(at - near))
    return f"span:{document.id}:{start}-{start + len(words)}"


def _is_place(document: Document, item: str) -> bool:
    try:
        return item.strip().startswith("span:") and _within(document, *_pair(item.strip()))
    except ValueError:
        return False


def _names(document: Document, mention: Mention) -> set[str]:
    words = [document.text[span.start : span.end] for span in mention.spans]
    return {name.casefold() for name in (mention.name, " ".join(words)) if name}
