"""What a place's name does where it stands: place, actor, place of writing, people, adjective, part of another name."""

from __future__ import annotations

import re

from sayso.case import Page
from sayso.detect.lexicon import verbs
from sayso.detect.places.find import PLACES, Name
from sayso.gazetteer import Gazetteer
from sayso.records import PlaceRole

_POWERS = frozenset({"country", "capital", "seat", "union"})
_DASHES = ("—", "–", "--", " - ", "\ufffd")  # the last is a dash that was lost on the way
_OPENS = re.compile(r"[A-Z][A-Z.'’ -]{3,40}(, [A-Z][\w. ]{1,25})?")
_OPENING = 8  # tokens that a dateline may have in front of its last name
_PLURAL = frozenset({"NNS", "NNPS"})
_NOUN = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "appos", "ROOT"})
_SUBJECT = frozenset({"nsubj", "nsubjpass"})


def role(name: Name, unit: int, page: Page, gazetteer: Gazetteer) -> PlaceRole:
    """The role of one mention; `unit` is what it is taken for, 0 unresolved.

    "Tehran said" is an actor: a country, a capital or a seat of government that is the subject of a verb of saying.
    Blind spots: "Brussels wants", and a capital that stands for its government as an object ("ties with Moscow").
    """
    if name.first < 0 or _opens_dateline(name, page):
        return PlaceRole.DATELINE
    if name.demonym:
        return PlaceRole.PEOPLE if _is_noun(name, page) else PlaceRole.ADJECTIVE
    if not name.whole and name.label and name.label not in PLACES:
        return PlaceRole.NAME
    kind = gazetteer.kind_of(unit) if unit else ""
    if kind in _POWERS and says(name, page):
        return PlaceRole.ACTOR
    return PlaceRole.PLACE


def _is_noun(name: Name, page: Page) -> bool:
    """Whether the name of a people stands for itself: "Syrians", "the Swiss", and not "Swiss banks"."""
    last = name.after - 1
    return page.parse.tag[last] in _PLURAL or page.parse.dep[last] in _NOUN


def _opens_dateline(name: Name, page: Page) -> bool:
    """Whether "MUSCAT" or "MUSCAT, Oman" opens a paragraph, and a dash stands soon behind."""
    parse, text = page.parse, page.document.text
    first = name.first
    while first > 0 and name.first - first < _OPENING and parse.part[first - 1] == parse.part[name.first]:
        first -= 1
    behind = text[name.end : name.end + 40].split("\n")[0]
    opens = _OPENS.fullmatch(text[parse.start[first] : name.end])
    return bool(opens) and any(dash in behind for dash in _DASHES)


def says(name: Name, page: Page) -> bool:
    """Whether a name is the subject of a verb of saying."""
    parse = page.parse
    heads = [t for t in range(name.first, name.after) if not name.first <= parse.head[t] < name.after]
    return any(parse.dep[t] in _SUBJECT and parse.lemma[parse.head[t]] in verbs() for t in heads)
