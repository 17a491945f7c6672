"""Single facts within statements: how many died, whether there is such a thing, by whom or what, what a place is.

Statements that say much else besides are never near each other, and yet one clause of the one may rule out one of the
other. A fact is found by the shape of its words and compared with those of the same key alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from sayso.link.claims.quantities import quantities
from sayso.link.lexical import stems, words
from sayso.records import ContradictionKind, Document, Event, EventStatus, Mention, Place, PlaceRole, Span, When

LEEWAY, _DEGREE = 20.0, 111.2  # km: more than two places that a text may mean by one name are apart; a degree
DATED = 60  # days before publication from which a paragraph tells of another affair
_STOP = r"(?=[,.;:()\"“”‘]|$|\s(?:and|but|or|when|while|after|before|who|which|that|because|since|as)\b)"
_DEED = re.compile(r"\b[Tt]he\s+(?P<deed>[a-z]{4,})\s+of\s+(?P<rest>[^,.;:()]+)")
_NONE = re.compile(
    rf"\b(?P<all>(?:no such|there (?:was|were|is|are|had been|has been)(?: never)? no)\s+(?P<what>[^,.;:]+?)){_STOP}"
)
_EVER = re.compile(rf"\b(?P<all>there (?:ever|never) (?:was|were|had been)\s+(?:an?\s+)?(?P<what>[^,.;:]+?)){_STOP}")
_SOME = re.compile(
    r"(?:\A|[,…:“\"]\s*|\bthat\s+)(?P<all>an?\s+(?P<what>(?:[a-z][\w-]*\s+){1,3}?))(?=(?:of|with|from|for|by)\s)", re.I
)
_PASSIVE = re.compile(
    r"\b(?P<thing>[a-z][\w-]+)\s+(?:had been|has been|have been|was|were|is|are)\s+(?P<deed>[a-z]+)\s+by\s+"
    rf"(?P<by>[^,.;:()]+?){_STOP}"
)
_WHERE = re.compile(
    r"(?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*) (?:(?:had been|has been|have been|was|were|is|are|had|has|have) )?"
    r"(?P<deed>[a-z]+)(?: [a-z]+){0,3} (?:in|at|near) (?:the )?\Z"
)
_BODIES = ("person", "group", "organisation", "state")
_HEAD = re.compile(r"\s(?:of|from|in|at|on|with|to|for|inside|outside|near)\s")


@dataclass(frozen=True, slots=True)
class Fact:
    """What one clause states: facts of one `key` are compared, by a range or by `value`, the stems of words.

    `denied` says of a thing that there is none; `told` is the key for a reader, `span` the words that differ.
    """

    statement: str
    kind: ContradictionKind
    key: str
    first: float
    last: float
    value: tuple[str, ...]
    denied: bool
    span: Span
    told: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One content span of a statement with its text, and the times, places and somebodies in it.

    `rejected` is whether the chain denies it, `affirms` whether all in all it says that it is so; `names` are the stems
    of all names that a mention goes by.
    """

    statement: str
    span: Span
    text: str
    whens: tuple[When, ...]
    places: tuple[Place, ...]
    mentions: tuple[tuple[Mention, tuple[str, ...]], ...]
    rejected: bool
    affirms: bool

    def at(self, start: int, end: int) -> Span:
        """Characters of the text as a span of the document."""
        return Span(self.span.doc, self.span.start + start, self.span.start + end)


def tolls(document: Document, events: Iterable[Event], whens: Sequence[When]) -> Iterator[Fact]:
    """How many an event befell: killed, injured, arrested. Of a text the greatest toll counts, for it may tell parts.

    Left out is what did not happen, and what a paragraph dates to long before the text.
    """
    most: dict[str, Fact] = {}
    for event in events:
        if event.status not in (EventStatus.HAPPENED, EventStatus.ONGOING):
            continue
        for count in event.counts:
            if count.first is None or _past(document, count.span, whens):
                continue
            last = float("inf") if count.last is None else float(count.last)
            kind = ContradictionKind.COUNT
            told = str(count.kind)
            fact = Fact(event.statement, kind, told, float(count.first), last, (), False, count.span, told)
            held = most.get(fact.key)
            if held is None or (held.first, held.span.start) < (fact.first, -fact.span.start):
                most[fact.key] = fact
    yield from (fact for _, fact in sorted(most.items()))


def clauses(piece: Piece) -> Iterator[Fact]:
    """The facts of one content."""
    yield from _existence(piece)
    if piece.affirms:
        yield from _deeds(piece)
        yield from _doers(piece)
        yield from _natures(piece)
        yield from _whereabouts(piece)


def clash(one: Fact, other: Fact) -> bool:
    """Whether two facts of one key cannot both be true."""
    if one.kind is ContradictionKind.COUNT:
        # Names in both statements and none in common: the dead of two places, not two counts of the same dead.
        elsewhere = bool(one.value and other.value) and not set(one.value) & set(other.value)
        return not elsewhere and (one.first > other.last or other.first > one.last)
    if one.kind is ContradictionKind.DENIAL:
        return one.denied != other.denied
    if one.kind is ContradictionKind.PLACE:
        return _apart(one.value, other.value)
    return not set(one.value) & set(other.value)


def _deeds(piece: Piece) -> Iterator[Fact]:
    """ "The expulsion of three diplomats": how many a deed befell, by the deed and whom it befell."""
    for found in _DEED.finditer(piece.text):
        counted = [
            one for one in quantities(found["rest"]) if one.start == 0 or found["rest"][: one.start].strip() in _near()
        ]
        if counted and found["deed"] not in _parts():
            one = counted[0]
            start = found.start("rest")
            span = piece.at(start + one.start, start + one.end)
            for unit in sorted(one.unit):
                key = f"{stems(found['deed'])[0]} of {unit}"
                told = f"the {found['deed']} of {found['rest'][one.end :].strip()}"
                yield Fact(piece.statement, ContradictionKind.COUNT, key, one.first, one.last, (), False, span, told)


def _existence(piece: Piece) -> Iterator[Fact]:
    """ "No such crate", "there never was a crate" against "a crate of ... was unloaded"."""
    for found in _NONE.finditer(piece.text):
        yield from _thing(piece, found, denied=not piece.rejected)
    for found in _EVER.finditer(piece.text):
        yield from _thing(piece, found, denied=not piece.affirms)
    if piece.affirms:
        for found in _SOME.finditer(piece.text):
            yield from _thing(piece, found, denied=False)


def _thing(piece: Piece, found: re.Match[str], *, denied: bool) -> Iterator[Fact]:
    head = stems(_HEAD.split(found["what"].strip())[0])
    if head and head[-1] not in _hollow():
        span = piece.at(found.start("all"), found.start("all") + len(found["all"].rstrip()))
        told = _HEAD.split(found["what"].strip())[0]
        yield Fact(piece.statement, ContradictionKind.DENIAL, f"a {head[-1]}", 0, 0, (), denied, span, told)


def _doers(piece: Piece) -> Iterator[Fact]:
    """ "The gates were opened by hand": by what a thing was done, or by which person, group or state.

    Whoever is only described ("by gunmen") may be one who is named elsewhere; a person may be of a group, a group of a
    state. So a thing is held against a thing, and a name against a name of its kind.
    """
    for found in _PASSIVE.finditer(piece.text):
        start, end = found.span("by")
        thing, deed = stems(found["thing"])[0], stems(found["deed"])[0]
        who = _named(piece, start, end)
        value = who[1] if who else _told(found["by"])
        if value and thing not in _hollow() and (who or not _somebody(piece, start, end)):
            key = f"{thing} {deed} by {who[0] if who else 'a thing'}"
            told = f"{found['thing']} {found['deed']} by"
            yield Fact(piece.statement, ContradictionKind.ACTOR, key, 0, 0, value, False, piece.at(start, end), told)


def _named(piece: Piece, start: int, end: int) -> tuple[str, tuple[str, ...]] | None:
    """The kind and the names of the somebody that these words are, None where they name none."""
    span = piece.at(start, end)
    for mention, names in piece.mentions:
        if mention.named and any(span.start <= s.start < span.end and s.start - span.start < 5 for s in mention.spans):
            return str(mention.kind), names
    return None


def _whereabouts(piece: Piece) -> Iterator[Fact]:
    """ "Ilio Brask was arrested in Lunn": where somebody or something named did or suffered one thing."""
    for place in piece.places:
        found = _WHERE.search(piece.text[: max(0, place.span.start - piece.span.start)])
        if found and place.role is PlaceRole.PLACE and place.lat is not None and place.lon is not None:
            key = f"{' '.join(stems(found['who']))} {stems(found['deed'])[0]}"
            value = (f"{place.lat:.3f}", f"{place.lon:.3f}", f"{place.radius_km or 0:.0f}")
            told = f"where {found['who']} {found['deed']}"
            yield Fact(piece.statement, ContradictionKind.PLACE, key, 0, 0, value, False, place.span, told)


def _apart(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two circles (latitude, longitude, radius) lie apart."""
    lat, lon, radius = (float(v) for v in one)
    there, across, around = (float(v) for v in other)
    width = math.cos(math.radians((lat + there) / 2))
    return _DEGREE * math.hypot(lat - there, (lon - across) * width) > radius + around + LEEWAY


def _natures(piece: Piece) -> Iterator[Fact]:
    """ "The building was used by X", "the building has housed a school": what a building or a site is."""
    for found in _nature().finditer(piece.text):
        start, end = found.span("what")
        value = _told(found["what"])
        if value and not any(v in words()["facts"]["plain"] for v in value):
            key, told = f"the {stems(found['thing'])[0]}", f"what the {found['thing']} is"
            yield Fact(piece.statement, ContradictionKind.ACTOR, key, 0, 0, value, False, piece.at(start, end), told)


@cache
def _nature() -> re.Pattern[str]:
    table = words()["facts"]
    things, holds = "|".join(table["things"]), "|".join(table["holds"])
    ties = rf"(?:{holds}|(?:was|is|has been|had been)\s+(?=an?\s))"
    return re.compile(
        rf"\b[Tt]he\s+(?:[a-z-]+\s+)?(?P<thing>{things})\b[^,.;:]{{0,40}}?\s{ties}"
        rf"\s*(?P<what>[^,.;:]+?)(?=[,.;:]|$|\s(?:since|until|from|when|while|and|but)\b)"
    )


def _told(group: str) -> tuple[str, ...]:
    """The stems of a group of words that say something; () where it begins with a number."""
    if re.match(r"\d", group):
        return ()
    return tuple(stem for stem in stems(group) if stem not in _hollow())


def _somebody(piece: Piece, start: int, end: int) -> bool:
    """Whether words are somebody: a named or described source, a name, or a time."""
    head = _HEAD.split(piece.text[start:end])[0]
    if any(word[:1].isupper() for word in head.split()) or _people() & frozenset(stems(head)[-1:]):
        return True
    span = piece.at(start, end)
    return any(w.span.start < span.end and span.start < w.span.end for w in piece.whens)


def _past(document: Document, span: Span, whens: Sequence[When]) -> bool:
    """Whether the paragraph around a span dates what it tells to long before the document."""
    if document.published is None:
        return False
    text, day = document.text, document.published.value[:10]
    first = text.rfind("\n\n", 0, span.start) + 1
    last = text.find("\n\n", span.end)
    inside = (w for w in whens if first <= w.span.start < (last if last >= 0 else len(text)))
    return any(w.last is not None and w.last[:10] and _before(w.last[:10], day) for w in inside)


def _before(one: str, other: str) -> bool:
    try:
        return (date.fromisoformat(other) - date.fromisoformat(one)).days > DATED
    except ValueError:
        return False


@cache
def _people() -> frozenset[str]:
    """Stems of nouns for people, groups and bodies."""
    text = (files("sayso") / "data" / "source_words.tsv").read_text("utf-8")
    rows = (
        line.split("\t") for line in text.splitlines() if line.startswith(("person\t", "group\t", "organisation\t"))
    )
    return frozenset(stem for row in rows for stem in stems(row[1]))


@cache
def _hollow() -> frozenset[str]:
    table = words()
    return frozenset(stem for word in (*table["words"]["empty"], *table["facts"]["plain"]) for stem in stems(word))


@cache
def _parts() -> frozenset[str]:
    return frozenset(words()["facts"]["parts"])


@cache
def _near() -> frozenset[str]:
    """Words that may stand between "of" and a number: "about", "at least"."""
    return frozenset(phrase for phrases in words()["widen"].values() for phrase in phrases) | {"the", "some"}
