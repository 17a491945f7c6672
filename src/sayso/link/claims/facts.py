"""Single facts within statements: how many died, whether there is such a thing, by whom or what, what a place is.

Statements that say much else besides are never near each other, and yet one clause of the one may rule out one of the
other. A fact is found by the shape of its words and compared with those of the same key alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from sayso.link.claims.quantities import quantities
from sayso.link.lexical import stems, words
from sayso.records import ContradictionKind, Document, Event, EventStatus, Span, When

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
_ARTICLE = re.compile(r"(?:an?|the|its|his|her|their)\s", re.I)
_HEAD = re.compile(r"\s(?:of|from|in|at|on|with|to|for|inside|outside|near)\s")


@dataclass(frozen=True, slots=True)
class Fact:
    """What one clause states: facts of one `key` are compared. `value` is a range, or stems of words; `span` its words.

    `denied` says of a thing that there is none.
    """

    statement: str
    kind: ContradictionKind
    key: str
    first: float
    last: float
    value: tuple[str, ...]
    denied: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Place:
    """One content span of a statement with its text, and the times in it: where the patterns are looked for.

    `rejected` is whether the chain denies it, `affirms` whether all in all it says that it is so.
    """

    statement: str
    span: Span
    text: str
    whens: tuple[When, ...]
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
            fact = Fact(event.statement, kind, str(count.kind), float(count.first), last, (), False, count.span)
            held = most.get(fact.key)
            if held is None or (held.first, held.span.start) < (fact.first, -fact.span.start):
                most[fact.key] = fact
    yield from most.values()


def clauses(place: Place) -> Iterator[Fact]:
    """The facts of one content."""
    yield from _existence(place)
    if place.affirms:
        yield from _deeds(place)
        yield from _doers(place)
        yield from _natures(place)


def clash(one: Fact, other: Fact) -> bool:
    """Whether two facts of one key cannot both be true."""
    if one.kind is ContradictionKind.COUNT:
        return one.first > other.last or other.first > one.last
    if one.kind is ContradictionKind.DENIAL:
        return one.denied != other.denied
    return not set(one.value) & set(other.value)


def _deeds(place: Place) -> Iterator[Fact]:
    """ "The expulsion of three diplomats": how many a deed befell, by the deed and whom it befell."""
    for found in _DEED.finditer(place.text):
        counted = [
            one for one in quantities(found["rest"]) if one.start == 0 or found["rest"][: one.start].strip() in _near()
        ]
        if counted and found["deed"] not in _parts():
            one = counted[0]
            start = found.start("rest")
            span = place.at(start + one.start, start + one.end)
            for unit in sorted(one.unit):
                key = f"{stems(found['deed'])[0]} of {unit}"
                yield Fact(place.statement, ContradictionKind.COUNT, key, one.first, one.last, (), False, span)


def _existence(place: Place) -> Iterator[Fact]:
    """ "No such crate", "there never was a crate" against "a crate of ... was unloaded"."""
    for found in _NONE.finditer(place.text):
        yield from _thing(place, found, denied=not place.rejected)
    for found in _EVER.finditer(place.text):
        yield from _thing(place, found, denied=not place.affirms)
    if place.affirms:
        for found in _SOME.finditer(place.text):
            yield from _thing(place, found, denied=False)


def _thing(place: Place, found: re.Match[str], *, denied: bool) -> Iterator[Fact]:
    head = stems(_HEAD.split(found["what"].strip())[0])
    if head and head[-1] not in _hollow():
        span = place.at(found.start("all"), found.start("all") + len(found["all"].rstrip()))
        yield Fact(place.statement, ContradictionKind.DENIAL, f"a {head[-1]}", 0, 0, (), denied, span)


def _doers(place: Place) -> Iterator[Fact]:
    """ "The gates were opened by hand": by what a thing was done, where it is no somebody and no time.

    Persons and groups go by too many names and descriptions to be told apart by their words.
    """
    for found in _PASSIVE.finditer(place.text):
        start, end = found.span("by")
        thing, deed = stems(found["thing"])[0], stems(found["deed"])[0]
        value = _told(found["by"])
        if value and not _somebody(place, start, end) and thing not in _hollow():
            key = f"{thing} {deed} by"
            yield Fact(place.statement, ContradictionKind.ACTOR, key, 0, 0, value, False, place.at(start, end))


def _natures(place: Place) -> Iterator[Fact]:
    """ "The building was used by X", "the building has housed a school": what a building or a site is."""
    for found in _nature().finditer(place.text):
        start, end = found.span("what")
        value = _told(found["what"])
        if value and not any(v in words()["facts"]["plain"] for v in value):
            key = f"the {stems(found['thing'])[0]}"
            yield Fact(place.statement, ContradictionKind.ACTOR, key, 0, 0, value, False, place.at(start, end))


@cache
def _nature() -> re.Pattern[str]:
    table = words()["facts"]
    things, holds = "|".join(table["things"]), "|".join(table["holds"])
    return re.compile(
        rf"\b[Tt]he\s+(?:[a-z-]+\s+)?(?P<thing>{things})\b[^,.;:]{{0,40}}?\s(?:{holds}|(?:was|is|has been|had been)\s+(?=an?\s))"
        rf"\s*(?P<what>[^,.;:]+?)(?=[,.;:]|$|\s(?:since|until|from|when|while|and|but)\b)"
    )


def _told(group: str) -> tuple[str, ...]:
    """The stems of a group of words that say something; () where it begins with a number."""
    if re.match(r"\d", group):
        return ()
    return tuple(stem for stem in stems(group) if stem not in _hollow())


def _somebody(place: Place, start: int, end: int) -> bool:
    """Whether words are somebody: a named or described source, a name, or a time."""
    head = _HEAD.split(place.text[start:end])[0]
    if any(word[:1].isupper() for word in head.split()) or stems(head)[-1:] and stems(head)[-1] in _people():
        return True
    span = place.at(start, end)
    return any(w.span.start < span.end and span.start < w.span.end for w in place.whens)


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
