"""Chains in words: each hop of a statement as a chip with its sources, how they put it and by which words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from sayso.records import Document, Hop, Mention, MentionKind, Span, Statement

NOBODY = "nobody"  # the voice key of a hop that names no source ("allegedly")
NOBODY_LABEL = "nobody named"
THIS_TEXT = "this text"

# An institution, a report or a poll that is described and not named ("the ministry", "a survey") hides no person.
IMPERSONAL = frozenset(
    {MentionKind.ORGANISATION, MentionKind.STATE, MentionKind.MEDIUM, MentionKind.DOCUMENT, MentionKind.POLL}
)


class Standing(StrEnum):
    """How far the text says who a source is."""

    NAMED = "named"
    DESCRIBED = "described"
    UNRESOLVED = "not resolved"
    ANONYMOUS = "not named"


@dataclass(frozen=True, slots=True)
class Source:
    """One source of a hop: its words in the text, the fullest name the document gives, and its voice.

    `voice` is the key under which it is counted across documents; `of` the name it belongs to (""); `rule`
    says who it was taken to be.
    """

    voice: str
    words: str
    name: str
    kind: str
    standing: Standing
    of: str
    rule: str

    @property
    def label(self) -> str:
        """The name, or the words where nobody is named."""
        return self.name or self.words

    @property
    def anonymous(self) -> bool:
        """Whether people speak whom the document does not name."""
        return self.standing is Standing.ANONYMOUS


@dataclass(frozen=True, slots=True)
class Chip:
    """One link of a chain as shown. `sources` is empty where nobody is named; `manner` is "" for the publisher."""

    sources: tuple[Source, ...]
    manner: str
    cue: tuple[str, ...]
    stance: str
    medium: str

    @property
    def label(self) -> str:
        """Who it is: "the army and the rebels", "two officials", "nobody named"."""
        return " and ".join(source.label for source in self.sources) or NOBODY_LABEL

    @property
    def anonymous(self) -> bool:
        """Whether nobody is named, or one of the voices is not."""
        return not self.sources or any(source.anonymous for source in self.sources)


def chips(document: Document, mentions: Mapping[str, Mention], chain: tuple[Hop, ...]) -> tuple[Chip, ...]:
    """A chain as chips, whom the article cites first. A mention that is not in `mentions` is left out."""
    return tuple(_chip(document, mentions, hop) for hop in chain)


def line(first: str, chain: tuple[Chip, ...]) -> str:
    """A chain as one line: `publisher < NBC < two officials (said)`."""
    if not chain:
        return f"{first} (own voice)"
    return " < ".join([first, *(chip.label for chip in chain)]) + f" ({spoken(chain[-1].manner)})"


def publisher(document: Document) -> str:
    """Whose text it is, or "this text" where that is unknown."""
    return one_line(document.publisher.value) if document.publisher else THIS_TEXT


def title(document: Document) -> str:
    """What the document calls itself, else the name of its file."""
    return one_line(document.title.value) if document.title else document.name


def spoken(word: str) -> str:
    """A member of a closed vocabulary as a reader says it: "claimed responsibility"."""
    return word.replace("_", " ")


def one_line(words: str) -> str:
    """Words on one line: every run of white space is one space."""
    return " ".join(words.split())


def origin(statement: Statement) -> Hop | None:
    """The hop that the content comes from, None in the article's own voice."""
    return statement.chain[-1] if statement.chain else None


def _chip(document: Document, mentions: Mapping[str, Mention], hop: Hop) -> Chip:
    found = [mentions[id] for id in hop.sources if id in mentions]
    return Chip(
        sources=tuple(_source(document, mentions, mention) for mention in found),
        manner=str(hop.manner),
        cue=tuple(one_line(_words(document, span)) for span in hop.cue),
        stance=str(hop.stance),
        medium=one_line(_words(document, hop.medium)) if hop.medium else "",
    )


def _source(document: Document, mentions: Mapping[str, Mention], mention: Mention) -> Source:
    words = one_line(" ".join(_words(document, span) for span in _people(mention)))
    owner = mentions.get(mention.of) if mention.of else None
    name = one_line(mention.name)
    return Source(
        voice=voice_key(mention.kind, name, words),
        words=words,
        name=name,
        kind=str(mention.kind),
        standing=_standing(mention, words),
        of=(owner.name or _words(document, owner.spans[0])) if owner else "",
        rule=mention.why.rule,
    )


def _people(mention: Mention) -> tuple[Span, ...]:
    """The spans of who it is: of a pronoun for people without a name ("who"), those of the people."""
    if mention.why.rule == "actors.actors" and not mention.name:
        return mention.why.spans[1:]
    return mention.spans


def _standing(mention: Mention, words: str) -> Standing:
    if mention.named or mention.name:  # a pronoun or a role that was taken to be a name is not `named` itself
        return Standing.NAMED
    if words.casefold() in _pronouns():
        return Standing.UNRESOLVED
    return Standing.DESCRIBED if mention.kind in IMPERSONAL else Standing.ANONYMOUS


@cache
def _pronouns() -> frozenset[str]:
    lines = files("sayso").joinpath("data", "pronouns.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def voice_key(kind: str, name: str, words: str) -> str:
    """Where a source is counted: kind and exact name, or the words where nobody is named.

    Only case, width and white space are evened out: a bare surname is not merged with a full name,
    since two people may share it.
    """
    label = unicodedata.normalize("NFKC", name or words).casefold()
    return f"{'name' if name else 'words'}:{kind}:{one_line(label)}"


def _words(document: Document, span: Span) -> str:
    return document.text[span.start : span.end]
