"""Actors and recipients as Mentions: one that stands there already, else a new one with kind, name, number, owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.case import Page, Parse
from sayso.detect import lexicon
from sayso.detect.events import words
from sayso.detect.events.walk import NAMED, acts, kids, objects, phrase
from sayso.records import Mention, MentionKind, Span, Why, mention_id

ENTITIES = {
    "PERSON": MentionKind.PERSON,
    "ORG": MentionKind.ORGANISATION,
    "NORP": MentionKind.GROUP,
    "GPE": MentionKind.STATE,
    "LOC": MentionKind.STATE,
    "FAC": MentionKind.ORGANISATION,
}
KINDS = ("person", "group", "organisation", "state", "medium", "document", "poll")


class People:
    """The mentions of a page by their span, and the new ones that events need."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.known = {(m.spans[0].start, m.spans[0].end): m for m in page.of(Mention) if len(m.spans) == 1}
        self.made: dict[str, Mention] = {}

    def at(self, head: int) -> str:
        """The id of the mention whose head word is the token `head`."""
        span = self.page.span(*phrase(self.page.parse, head))
        found = self.known.get((span.start, span.end))
        if found is None:
            found = self._make(head, span)
            self.known[span.start, span.end] = self.made[found.id] = found
        return found.id

    def _make(self, head: int, span: Span) -> Mention:
        p = self.page.parse
        owner = _owner(p, head)
        of = self.at(owner) if owner is not None and not _holds(p, owner, head) else None
        kind, sign = _kind(p, head)
        name = _name(self.page, head)
        number = _number(p, head, bool(name))
        why = Why("events.people", (self.page.span(head, head + 1),), note=f"{kind} by its {sign}" if sign else "")
        return Mention(mention_id((span,)), (span,), kind, bool(name), number, of, name, why)


def _holds(p: Parse, owner: int, head: int) -> bool:
    first, after = phrase(p, owner)
    return first <= head < after


def _kind(p: Parse, head: int) -> tuple[MentionKind, str]:
    low, lemma, label = p.text[head].lower(), p.lemma[head], p.ent[head]
    if low in lexicon.terms("he_or_she") | lexicon.terms("speaker"):
        return MentionKind.PERSON, "pronoun"
    if p.pos[head] == "PROPN" and label in ENTITIES:
        return ENTITIES[label], "entity label"
    for kind in KINDS:
        if lemma in lexicon.terms(kind):
            return MentionKind(kind), "head word"
    if label in ENTITIES:
        return ENTITIES[label], "entity label"
    return (MentionKind.GROUP, "head word") if lemma in words.sectors() else (MentionKind.UNKNOWN, "")


def _name(page: Page, head: int) -> str:
    """The proper name of which `head` is part, without titles; "" for peoples and common nouns."""
    p = page.parse
    # A name that opens a sentence is at times tagged as a common noun; its entity label gives it away.
    noun = p.pos[head] != "PROPN" and not (p.ent[head] in NAMED and p.pos[head] == "NOUN" and _capital(p, head))
    if noun or (p.ent[head] == "NORP" and p.tag[head] in ("NNPS", "NNS")):
        return ""
    first, after = phrase(p, head)
    low = high = head
    while low > first and _joined(p, low - 1, head):
        low -= 1
    while high + 1 < after and p.ent[head] and p.ent[high + 1] == p.ent[head]:
        high += 1
    titles = lexicon.terms("person") | lexicon.terms("title")
    bare = [t for t in range(low, high) if p.text[t].lower().rstrip(".") in titles]
    return " ".join(page.quote(page.span(max(bare) + 1 if bare else low, high + 1)).split())


def _capital(p: Parse, token: int) -> bool:
    return p.text[token][:1].isupper() and p.tag[token] == "NN"


def _joined(p: Parse, token: int, head: int) -> bool:
    same = bool(p.ent[head]) and p.ent[token] == p.ent[head] and p.text[token].lower() != "the"
    return same or (p.pos[token] == "PROPN" and p.dep[token] in ("compound", "nmod", "amod"))


def _number(p: Parse, head: int, named: bool) -> int | None:
    for k in kids(p, head, "nummod", "det"):
        word = p.text[k].lower().replace(",", "")
        if word in lexicon.numbers() or word.isdecimal():
            return lexicon.numbers().get(word) or int(word)
    plural = p.tag[head] in ("NNS", "NNPS") or p.text[head].lower() in ("they", "we", "them", "us")
    return None if plural else 1 if named or p.pos[head] in ("NOUN", "PROPN", "PRON") else None


def _owner(p: Parse, head: int) -> int | None:
    """To whom somebody belongs: "the ministry's spokesman", "a member of the union"."""
    if p.ent[head] in NAMED and p.pos[head] == "PROPN":
        return None
    owners: Iterable[int] = kids(p, head, "poss")
    behind: Iterator[int] = (noun for _, noun in objects(p, head, "of", "for", "from"))
    return next((t for t in (*owners, *behind) if acts(p, t) and p.pos[t] != "PRON"), None)
