"""Who a pronoun, a short name or "the minister" is: the fullest name that the same document gives."""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sayso.case import Page
from sayso.detect import lexicon
from sayso.records import Mention, MentionKind, Span, Statement, Why
from sayso.text import Tokens

REACH = 3  # sentences a pronoun looks back
KINDS = {
    "PERSON": MentionKind.PERSON,
    "ORG": MentionKind.ORGANISATION,
    "NORP": MentionKind.GROUP,
    "GPE": MentionKind.STATE,
}
# "the Tessel Front, also known as the Harbour Guard", "(formerly the Dock League)", "nicknamed “the Fox”"
_OTHER = re.compile(
    r"[\s,(]+(?:(?:also |better |formerly |previously |widely )?(?:known|called) as|formerly|previously|nicknamed|alias"
    r"|aka|a\.k\.a\.)\s+(?:the\s+)?[\"“‘']?(?:the\s+)?((?:[A-Z][\w.&’-]*)(?:\s[A-Z][\w.&’-]*){0,4})"
)
_ALIAS = re.compile(r"\s*\((?:the\s+|or\s+)?[\"“']?([A-Z][\w.&-]{1,11})[\"”']?\)")


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name where it stands, in tokens, and the words that describe it there (titles, apposition)."""

    text: str
    label: str
    first: int
    after: int
    roles: frozenset[str]
    subject: bool


def actors(page: Page) -> Iterator[Mention]:
    """Each source with the name the document gives it elsewhere; the mention keeps its id.

    In this order: a relative pronoun is its noun; "I" in a quotation is its speaker; a short or stated
    other name is the longer name that ends in it, spells it as initials or stands before it in brackets;
    "he" is the nearest person before, subjects first; "the minister" is whoever the document calls
    minister beside a name; "who" and "they" may also be people that no one names ("two officials"), and
    the Why then holds those words. Example: "Elena Ruiz, the port minister, ... Ruiz said ... she added". What
    fits nothing keeps no name: "the official" stays unnamed. Blind spots: two people of one surname,
    gender that only world knowledge tells, plural pronouns for persons.
    """
    yield from (new for old, new in _pairs(page, list(page.of(Mention))) if new is not old)


def resolved(page: Page, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """These mentions, which need not stand on the page yet, each with the name that the document gives it."""
    yield from (new for _, new in _pairs(page, mentions))


def _pairs(page: Page, mentions: Iterable[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Each mention with what it is taken to be, itself where nothing is to be said."""
    reader = _Reader(page)
    for mention in mentions:
        found = reader.resolve(mention)
        if found is not None and ((found[0], found[3]) != (mention.name, mention.kind) or not found[0]):
            name, rule, spans, kind = found
            why = Why(
                "actors.actors",
                (*mention.spans[:1], *spans),
                note=f"{rule}: taken to be {name or page.quote(spans[0])}",
            )
            yield mention, dataclasses.replace(mention, name=name, named=bool(name), kind=kind, why=why)
        else:
            yield mention, mention


Found = tuple[str, str, tuple[Span, ...], MentionKind]


class _Reader:
    """The names of one document and the ways to reach them."""

    def __init__(self, page: Page) -> None:
        self.page, self.parse = page, page.parse
        self.tokens = Tokens(page.parse.start, page.parse.end)
        self.names = list(_names(page))
        self.alias = dict(_aliases(page, self.names))
        self.words = _index(self.names, lambda name: name.text.split())
        self.roles = _index(self.names, lambda name: name.roles)
        self.statements = {s.id: s for s in page.of(Statement)}
        self.said_by = {source: s for s in self.statements.values() if s.chain for source in s.chain[-1].sources}
        self.mentions = {m.id: m for m in page.of(Mention)}
        self.sources = sorted(self.mentions.values(), key=lambda m: (m.spans[0].start, m.spans[-1].end))

    def resolve(self, mention: Mention) -> Found | None:
        """Name, rule, evidence and kind for a mention, None where nothing is to be said."""
        inside = self.tokens.within(mention.spans[0].start, mention.spans[-1].end)
        if not inside:
            return None
        first, word = inside.start, self.parse.text[inside.start].lower()
        alone = len(inside) == 1
        if alone and word in lexicon.terms("relative"):
            return self._relative(first)
        if alone and word in lexicon.terms("speaker"):
            return self._quoted(mention)
        if alone and word in lexicon.terms("he_or_she"):
            return self._pronoun(first, word)
        if alone and word in lexicon.terms("thing"):
            return self._thing(first)
        if mention.name:
            return self._short(mention, first)
        return self._role(mention, inside)

    def _found(self, name: Name, rule: str) -> Found:
        full = self._full(name.text, name.label, name.first) or name
        return full.text, rule, (self.page.span(name.first, name.after),), _kind(full)

    def _relative(self, token: int) -> Found | None:
        verb = self.parse.head[token]
        while self.parse.dep[verb] not in ("relcl", "ROOT") and self.parse.head[verb] != verb:
            verb = self.parse.head[verb]
        if self.parse.dep[verb] != "relcl":
            return None
        noun = self.parse.head[verb]
        name = self._at(noun)
        return self._found(name, "relative pronoun") if name is not None else self._unnamed(noun, "relative pronoun")

    def _unnamed(self, noun: int, rule: str) -> Found | None:
        """People without a name whom a pronoun stands for, by the mention that holds `noun` or the noun itself."""
        at = self.parse.start[noun]
        holder = next((m for m in self._sources_before(at + 1, 1) if m.spans[0].start <= at < m.spans[-1].end), None)
        if holder is not None:
            return holder.name, rule, holder.spans, holder.kind
        person = self.parse.lemma[noun] in lexicon.terms("person")
        return ("", rule, (self.page.span(noun, noun + 1),), MentionKind.PERSON) if person else None

    def _sources_before(self, at: int, reach: int) -> list[Mention]:
        """Sources that begin before the character `at`, at most `reach` of them, the nearest first."""
        n = bisect.bisect_left(self.sources, at, key=lambda m: m.spans[0].start)
        return self.sources[max(n - reach, 0) : n][::-1]

    def _quoted(self, mention: Mention) -> Found | None:
        """ "I" is whoever the statement around it is by, and outside any the text's one author."""
        statement = self.said_by.get(mention.id)
        if statement is None:
            return None
        outer = self.statements.get(statement.inside or "")
        if outer is None:
            authors = self.page.document.authors
            alone = len(authors) == 1 and self.page.quote(mention.spans[0]) == "I"
            return (authors[0].value, "author of the text", (), MentionKind.PERSON) if alone else None
        source = self.mentions.get(next(iter(outer.chain[-1].sources), ""))
        if source is None or source.id == mention.id:
            return None
        name, kind = source.name, source.kind
        if again := self.resolve(source):
            name, kind = again[0], again[3]
        return (name, "speaker of the quotation", source.spans, kind) if name else None

    def _pronoun(self, token: int, word: str) -> Found | None:
        before = [n for n in self._before(token, REACH) if n.label == "PERSON" and not self._against(n, word)]
        if not before:
            return None
        best = max(before, key=lambda n: (self.parse.sent[n.first] + (0.5 if n.subject else 0), n.subject, -n.first))
        return self._found(best, "pronoun to the person before")

    def _thing(self, token: int) -> Found | None:
        if self.parse.text[token].lower() in ("they", "them", "their"):
            for source in self._sources_before(self.parse.start[token], 2):
                inside = self.tokens.within(source.spans[0].start, source.spans[-1].end)
                near = self.parse.sent[token] - self.parse.sent[inside.start] <= 1
                if near and source.number != 1 and source.kind is MentionKind.PERSON and not source.name:
                    return "", "pronoun to the people before", source.spans, source.kind
        before = [n for n in self._before(token, 1) if n.label != "PERSON" and n.subject]
        return self._found(before[-1], "pronoun to the subject before") if before else None

    def _short(self, mention: Mention, token: int) -> Found | None:
        name = self._at(token)
        full = self._full(mention.name, name.label if name else "", token)
        if full is None or full.text == mention.name:
            return None
        kind = mention.kind if mention.kind is MentionKind.MEDIUM else _kind(full)
        return full.text, "short name", (self.page.span(full.first, full.after),), kind

    def _role(self, mention: Mention, inside: range) -> Found | None:
        """ "the minister", "the group": a definite noun that the document sets beside exactly one name."""
        if self.parse.text[inside.start].lower() not in ("the", "this", "that") or len(inside) > 4:
            return None
        before = [n for n in self.roles.get(self.parse.lemma[inside.stop - 1], ()) if n.first < inside.start]
        fitting = {(self._full(n.text, n.label, n.first) or n).text for n in before}
        return self._found(before[-1], "role beside a name") if len(fitting) == 1 else None

    def _full(self, text: str, label: str, token: int) -> Name | None:
        """The longest name of the document that `text` is a short form of, nearest before `token` first."""
        if text in self.alias:
            return self.alias[text]
        if label in ("GPE", "NORP"):  # South Sudan is not Sudan
            return None
        words = (text.title() if text.isupper() and len(text) > 4 else text).split()
        longer = [n for n in self.words.get(words[-1], ()) if _extends(n, words, label)]
        longer = longer or [n for n in self.words.get(words[0], ()) if _extends(n, words, label)]
        before = [n for n in longer if n.first < token]
        if len({n.text for n in before}) > 1:
            return before[-1]
        return longer[0] if longer else None

    def _at(self, token: int) -> Name | None:
        """The name that stands at `token`."""
        n = bisect.bisect_right(self.names, token, key=lambda name: name.first) - 1
        return self.names[n] if n >= 0 and token < self.names[n].after else None

    def _before(self, token: int, reach: int) -> list[Name]:
        """Names before `token` in its sentence and the `reach` sentences before, in text order."""
        first = self.parse.sentences[max(self.parse.sent[token] - reach, 0)][0]
        low = bisect.bisect_left(self.names, first, key=lambda name: name.first)
        high = bisect.bisect_right(self.names, token, key=lambda name: name.after)
        return self.names[low:high]

    def _against(self, name: Name, word: str) -> bool:
        """Whether a title beside the name rules the pronoun out."""
        other = lexicon.terms("male" if word in lexicon.terms("female") else "female")
        return bool(name.roles & other)


def _index(names: list[Name], keys: Callable[[Name], Iterable[str]]) -> dict[str, list[Name]]:
    """Names by each of their keys, in text order."""
    out: dict[str, list[Name]] = {}
    for name in names:
        for word in keys(name):
            out.setdefault(word, []).append(name)
    return out


def _extends(name: Name, words: list[str], label: str) -> bool:
    """Whether a name is a longer form of `words`: it ends in them, or, a person's, begins with them."""
    own = name.text.split()
    fits = own[-len(words) :] == words or (name.label == "PERSON" and own[: len(words)] == words)
    return len(own) > len(words) and fits and (not label or name.label == label)


def _kind(name: Name) -> MentionKind:
    """A name's kind: what the text calls it beside the name, else its entity label."""
    if name.label != "PERSON":
        for kind in (MentionKind.MEDIUM, MentionKind.GROUP):
            if name.roles & lexicon.terms(kind.value):
                return kind
    return KINDS[name.label]


def _names(page: Page) -> Iterator[Name]:
    """Runs of one entity label that hold a proper noun, with titles before and appositions behind."""
    p = page.parse
    token, total = 0, len(p)
    while token < total:
        after = token + 1
        label = p.ent[token]
        if label in KINDS:
            while (
                after < total
                and p.ent[after] == label
                and p.sent[after] == p.sent[token]
                and p.text[after] not in (",", ";", "(")
            ):
                after += 1
            first = max([token + (p.text[token].lower() == "the"), *_titles(page, token, after)])
            last = after - (p.text[after - 1] in ("'s", "’s", "'", "’"))
            if last > first and any(p.pos[t] == "PROPN" for t in range(first, last)):
                words = " ".join(page.quote(page.span(first, last)).split())
                yield Name(words, label, first, last, _roles(page, first, last), _subject(page, first, last))
        elif p.pos[token] == "PROPN":
            while after < total and p.pos[after] == "PROPN" and not p.ent[after] and p.sent[after] == p.sent[token]:
                after += 1
            first = max(
                (t + 1 for t in range(token, after) if p.text[t].lower() in lexicon.terms("person")), default=after
            )
            if first < after:  # a title before a name that the model overlooked: "Minister Idan Oro"
                words = " ".join(page.quote(page.span(first, after)).split())
                yield Name(words, "PERSON", first, after, _roles(page, first, after), _subject(page, first, after))
        token = after


def _titles(page: Page, first: int, after: int) -> list[int]:
    """The tokens behind each title in a run of words ("Minister", "Ms"), but for a person's last name."""
    titles = lexicon.terms("person") | lexicon.terms("title")
    last = after - (page.parse.ent[after - 1] == "PERSON")
    return [t + 1 for t in range(first, last) if page.parse.text[t].lower().rstrip(".") in titles]


def _roles(page: Page, first: int, after: int) -> frozenset[str]:
    p = page.parse
    head = next((t for t in range(first, after) if not first <= p.head[t] < after), after - 1)
    roles = {p.lemma[t] for t in range(first, after) if p.ent[t] == "ORG"}
    roles |= {
        p.text[t].lower().rstrip(".")
        for t in range(max(first - 4, 0), first)
        if p.head[t] == head and p.dep[t] in ("compound", "amod", "nmod")
    }
    for kid in p.children[head]:
        if p.dep[kid] == "appos":
            roles.add(p.lemma[kid])
    if p.dep[head] == "appos":
        roles.add(p.lemma[p.head[head]])
    if p.dep[head] in ("nsubj",):
        roles |= {p.lemma[k] for k in p.children[p.head[head]] if p.dep[k] == "attr"}
    return frozenset(roles)


def _subject(page: Page, first: int, after: int) -> bool:
    p = page.parse
    return any(p.dep[t] in ("nsubj", "nsubjpass") for t in range(first, after))


def _aliases(page: Page, names: list[Name]) -> Iterator[tuple[str, Name]]:
    """Other forms that the text states itself: "Tessel News Service (TNS)", "also known as X", "formerly X"."""
    text = page.document.text
    for name in names:
        match = _ALIAS.match(text, page.parse.end[name.after - 1])
        if match and len(name.text.split()) > 1:
            yield match.group(1), name
        other = _OTHER.match(text, match.end() if match else page.parse.end[name.after - 1])
        if other and other.group(1) != name.text:
            yield other.group(1).rstrip("."), name
