"""How many an event befell: dead, injured, arrested and the like, with the words that say so."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.case import Page, Parse
from sayso.detect import lexicon
from sayso.detect.events import words
from sayso.detect.events.frames import Frame, undergoer
from sayso.detect.events.walk import kids, objects
from sayso.records import Count, CountKind

KINDS = tuple(CountKind)


def counts(page: Page, frame: Frame) -> tuple[Count, ...]:
    """The numbers of those befallen that hang on a trigger or on a clause of it, in text order.

    "shelled the mill, killing two", "left six soldiers dead", "eleven were arrested", "the death of 40 people".
    "at least 40" is 40 or more, "up to 40" no more, "dozens" 24 or more. Blind spot: "of whom three were women".
    """
    found = {(c.kind, c.span): c for token in _asked(page.parse, frame) for c in _of(page, token)}
    return tuple(sorted(found.values(), key=lambda c: (c.span, c.kind)))


def _asked(p: Parse, frame: Frame) -> Iterator[int]:
    tops = {frame.head, frame.head if frame.verb is None else frame.verb}
    for top in sorted(tops):
        yield top
        if p.pos[top] == "VERB":
            yield from (
                k for k in p.children[top] if p.dep[k] in ("advcl", "conj", "ccomp", "oprd", "acomp", "dobj", "dep")
            )
            yield from (
                t
                for k in p.children[top]
                for t in p.children[k]
                if p.dep[t] in ("acl", "conj", "acomp", "oprd", "amod")
            )


def _of(page: Page, token: int) -> Iterator[Count]:
    p = page.parse
    kind = next((k for k in KINDS if p.lemma[token] in words.around(k.value)), None)
    if kind is None:
        return
    for noun in _befallen(p, token):
        number = _number(p, noun)
        if number is not None:
            at, first, last = number
            yield Count(kind, first, last, page.span(at, at + 1))


def _befallen(p: Parse, token: int) -> Iterator[int]:
    """The nouns that a word of harm is said of."""
    if p.pos[token] == "VERB":
        found = undergoer(p, token)
        one = next(iter(kids(p, token, "nsubj")), None) if p.lemma[token] in words.around("befalls") else found
        yield from (t for t in (one,) if t is not None)
    elif p.pos[token] == "ADJ" or p.dep[token] in ("oprd", "acomp"):
        over = p.head[token]
        yield from (over, *kids(p, over, "dobj", "nsubj", "nsubjpass"), *kids(p, token, "nsubj"))
    else:
        yield token
        yield from (noun for _, noun in objects(p, token, "of"))


def _number(p: Parse, noun: int) -> tuple[int, int | None, int | None] | None:
    """The token of a number with the least and most that it says."""
    for token in (*kids(p, noun, "nummod"), noun):
        word = p.text[token].lower().replace(",", "")
        value = int(word) if word.isdecimal() and len(word) < 9 else lexicon.numbers().get(word)
        if token == noun and word in ("a", "an", "one") and p.pos[noun] != "NUM":
            continue
        if word in words.heaps():
            return token, words.heaps()[word], None
        if value is not None:
            before = {p.text[t].lower() for t in range(max(0, token - 3), token)}
            if before & {"least", "over"} or {"more", "than"} <= before:
                return token, value, None
            if {"up", "to"} <= before or {"fewer", "than"} <= before or {"less", "than"} <= before:
                return token, None, value
            return token, value, value
    return None
