"""Names and descriptions made comparable: case, articles, marks and possessives gone; what a description says."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

from sayso.link.lexical import stems, words

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = ("the ", "a ", "an ")
_BRACKETS = re.compile(r"(.+?)\s*\(([^()]{2,12})\)")
_POSSESSIVE = re.compile(r"[’']s?\b")


def plain(name: str) -> str:
    """A name for comparing: "The Vell Courier's" is "vell courier"."""
    bare = unicodedata.normalize("NFKC", _POSSESSIVE.sub("", name)).casefold()
    words = " ".join(_WORD.findall(bare))
    for article in _ARTICLES:
        words = words.removeprefix(article)
    return words


def outlet(publisher: str) -> tuple[str, str]:
    """An outlet's name and its short form: what stands in brackets ("Tessel News Service (TNS)"), or its initials."""
    if found := _BRACKETS.fullmatch(publisher):
        return plain(found[1]), plain(found[2])
    return plain(publisher), _initials(publisher)


def _initials(name: str) -> str:
    """The initials of a name of several words ("tns"), "" where it has fewer than three capitals or is one itself."""
    capitals = "".join(word[0] for word in name.split() if word[0].isupper() and word.lower() != "the")
    return capitals.casefold() if len(capitals) > 2 else ""


def described(description: str) -> frozenset[str]:
    """What a description says: stems without numbers, articles and pronouns; nothing is left of "they"."""
    kept = [_heads().get(word, word) for word in _WORD.findall(description.casefold()) if word not in _hollow()]
    return frozenset(stem for word in kept for stem in stems(word))


@cache
def _heads() -> dict[str, str]:
    return {word: head for head, listed in words()["heads"].items() for word in listed}


@cache
def _hollow() -> frozenset[str]:
    """Pronouns, and the words that claims are compared without."""
    pronouns = (files("sayso") / "data" / "pronouns.txt").read_text("utf-8").splitlines()
    table = words()
    listed = {line.strip() for line in pronouns if line and not line.startswith("#")}
    return frozenset({*listed, *table["words"]["empty"], *table["numbers"]})
