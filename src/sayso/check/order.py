"""Orders against dates, and orders in a circle: "the vote on 1 May came after the debate on 9 May"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sayso.case import Page
from sayso.check.days import bounds, told
from sayso.check.links import governor, is_negated, own_subject, quoted, subject
from sayso.check.rule import Rule
from sayso.check.words import listed
from sayso.records import Check, CheckLevel, Span, TimexKind, When

RULE = Rule("order", CheckLevel.HARD)
# Dates without their year that lie further apart than this, in days, are nearer the other way round.
SAME_YEAR = 150
_PLAIN = ("in", "on", "of", "at", "")
_NOUN = r"(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s+(?P<{}>[a-z][a-z-]+(?:\s+[a-z][a-z-]+)?)"
_HAPPENED = r"(?:came|happened|occurred|took\s+place|was\s+held|began|started|ended)"
_EDGE = re.compile(
    rf"\b{_NOUN.format('a')}\s+(?:(?P<first>preceded|{_HAPPENED}\s+(?:\w+\s+)?before)"
    rf"|(?P<last>followed|{_HAPPENED}\s+(?:\w+\s+)?after))\s+{_NOUN.format('b')}(?=[\s.,;:])"
)


@dataclass(frozen=True, slots=True)
class Edge:
    """That one happening came before another, by the words at `span`."""

    first: str
    last: str
    span: Span


def order(page: Page) -> Iterator[Check]:
    """What is said to come after something must not be dated before it, nor may what came before what go in a circle.

    Example: "the vote on 1 May came after the debate on 9 May"; "after the storm of 9 May the pier collapsed on 2
    May"; "the audit preceded the sale. The sale came before the flood. The flood preceded the audit." Each date
    must hang on the happening that it dates: on its noun, or on the verb that "after" or "before" hangs on. Happenings
    are the same where the same noun with an article names them. Hard where both dates have their year, else soft.
    Not compared: dates that overlap, negated verbs. Can't tell: dates without their year far from one another.
    """
    for first, last, _ in sorted(_pairs(page), key=lambda pair: pair[2]):
        yield from _compared(first, last)
    yield from _circles(list(_edges(page)))


def _pairs(page: Page) -> Iterator[tuple[When, When, int]]:
    """The time of what is said to come first, that of what is said to come last, and the token that says so."""
    dated = [w for w in page.of(When) if w.kind in (TimexKind.DATE, TimexKind.TIME) and bounds(w)]
    sents: dict[int, list[When]] = {}
    for when in dated:
        if (at := governor(page, when.span)) is not None:
            sents.setdefault(page.parse.sent[at[0]], []).append(when)
    for number, whens in sents.items():
        if len(whens) == 2 and not any(w.until or quoted(page, w.span) for w in whens):
            yield from _by_words(page, number, (whens[0], whens[1]))


def _by_words(page: Page, number: int, whens: tuple[When, When]) -> Iterator[tuple[When, When, int]]:
    parse = page.parse
    for token in range(*parse.sentences[number]):
        word, lemma = parse.text[token].lower(), parse.lemma[token]
        if word in ("after", "before") or (word == "following" and parse.tag[token + 1 : token + 2] == ["DT"]):
            found = _around(page, token, whens)
            yield from [(*(found[::-1] if word != "before" else found), token)] if found else []
        elif parse.tag[token] in ("VBD", "VBZ") and lemma in ("follow", "precede") and not is_negated(page, token):
            found = _subject_object(page, token, whens)
            yield from [(*(found[::-1] if lemma == "follow" else found), token)] if found else []


def _around(page: Page, token: int, whens: tuple[When, When]) -> tuple[When, When] | None:
    """The time of the main happening and that of the one behind "after" or "before"."""
    parse = page.parse
    start, text = parse.start[token], page.document.text
    main = parse.head[parse.head[token]] if parse.dep[token] == "mark" else parse.head[token]
    # "took place on 2 May, after the warning of 1 May, the file shows": the parser hangs "after" on "shows".
    beside = next((w for w in whens if w.span.end <= start and text[w.span.end : start] == ", "), None)
    if beside is not None and (found := governor(page, beside.span)) is not None:
        main = found[0]
    if parse.pos[main] not in ("VERB", "AUX") or is_negated(page, main):
        return None
    inner = next((w for w in whens if w.span.start > start), None)
    own = next((w for w in whens if w is not inner), None)
    if inner is None or own is None or not _names(text[parse.end[token] : inner.span.start]):
        return None
    if own.span.start < start:
        return (own, inner) if _dates(page, own, main) else None
    fronted = "," in text[inner.span.end : own.span.start] or "," in text[inner.span.end : inner.span.end + 1]
    return (own, inner) if _dates(page, own, main) and (fronted or parse.dep[token] == "mark") else None


def _names(words: str) -> bool:
    """Whether words from "after" to a date only name a happening: no comma, no other clause."""
    return len(words.split()) <= 8 and not re.search(r"[,;:.]|\b(?:which|who|that|and|or|but|to)\b", words)


def _dates(page: Page, when: When, main: int) -> bool:
    """Whether a time belongs to the verb, or to its subject where the verb only says that it happened."""
    found = governor(page, when.span)
    if found is None or found[1] not in _PLAIN:
        return False
    if found[0] == main:
        return True
    happens = page.parse.lemma[main] in listed("order", "takes_place") or page.parse.lemma[main] == "be"
    return happens and found[0] == subject(page, main)


def _subject_object(page: Page, verb: int, whens: tuple[When, When]) -> tuple[When, When] | None:
    """The times of the subject and of the object of "followed", "preceded"."""
    parse = page.parse
    one = own_subject(page, verb)
    if one is None or parse.dep[one] == "nsubjpass":
        return None
    left = [w for w in whens if w.span.end <= parse.start[verb] and (g := governor(page, w.span)) and g[0] == one]
    right = [w for w in whens if w.span.start >= parse.end[verb]]
    tied = [w for w in right if _names(page.document.text[parse.end[verb] : w.span.start])]
    return (left[0], tied[0]) if left and tied else None


def _compared(first: When, last: When) -> Iterator[Check]:
    one, other = bounds(first), bounds(last)
    if one is None or other is None:
        return
    spans, about = sorted((first.span, last.span)), [first.id, last.id]
    if other[1] < one[0]:
        message = f"{told(*other)} is said to come after {told(*one)}, which is later."
        written = first.anchor == last.anchor == "itself"
        if not written and (one[0] - other[1]).days > SAME_YEAR:
            yield RULE.cant_tell(spans, f"{message} One of them may be of another year.", about=about)
            return
        rule = RULE if written else RULE.at(CheckLevel.SOFT)
        yield rule.failed(spans, message, "the order of the dates, or the dates, the other way round", about=about)
    elif one[1] < other[0]:
        yield RULE.passed(spans, f"{told(*one)} is before {told(*other)}.", about=about)


def _edges(page: Page) -> Iterator[Edge]:
    for found in _EDGE.finditer(page.document.text):
        a, b = (found[name].split()[-1] if " " in found[name] else found[name] for name in "ab")
        a, b = (
            found["a"],
            found["b"].split()[0] if found["b"].split()[0] in listed("order", "happenings") else found["b"],
        )
        span = Span(page.document.id, *found.span())
        yield Edge(a, b, span) if found["first"] else Edge(b, a, span)


def _circles(edges: list[Edge]) -> Iterator[Check]:
    """One alarm for each circle: the edge that closes it, and those on the way back from its end to its start."""
    after: dict[str, list[Edge]] = {}
    for edge in edges:
        way = _way(after, edge.last, edge.first)
        if way is not None:
            names = [step.first for step in way] + [edge.first, edge.last]
            chain = "; ".join(f"the {a} before the {b}" for a, b in pairwise(names))
            spans = [step.span for step in way] + [edge.span]
            yield RULE.failed(sorted(spans), f"The order goes round in a circle: {chain}.", "one of them the other way")
        after.setdefault(edge.first, []).append(edge)


def _way(after: dict[str, list[Edge]], start: str, goal: str) -> list[Edge] | None:
    """The edges that lead from a happening to another."""
    waiting: list[tuple[str, list[Edge]]] = [(start, [])]
    seen = {start}
    while waiting:
        at, way = waiting.pop()
        if at == goal:
            return way
        for edge in after.get(at, []):
            if edge.last not in seen:
                seen.add(edge.last)
                waiting.append((edge.last, [*way, edge]))
    return None
