"""What a place's name does where it stands: a place, an actor, the place of writing, a people, part of another name."""

from __future__ import annotations

from sayso.case import Page
from sayso.detect.lexicon import verbs
from sayso.detect.places.find import PLACES, Name
from sayso.detect.places.record import Role
from sayso.gazetteer import Gazetteer

_POWERS = frozenset({"country", "capital", "seat", "union"})
_DASHES = ("—", "–", "--", " - ", "\ufffd")  # the last is a dash that was lost on the way
_SUBJECT = frozenset({"nsubj", "nsubjpass"})


def role(name: Name, unit: int, page: Page, gazetteer: Gazetteer) -> Role:
    """The role of one mention; `unit` is what it is taken for, 0 unresolved.

    "Tehran said" is an actor: a country, a capital or a seat of government that is the subject of a verb of saying.
    Blind spots: "Brussels wants", and a capital that stands for its government as an object ("ties with Moscow").
    """
    if name.first < 0 or _opens_dateline(name, page):
        return Role.DATELINE
    if name.demonym:
        return Role.PEOPLE
    if not name.whole and name.label and name.label not in PLACES:
        return Role.NAME
    kind = gazetteer.kind_of(unit) if unit else ""
    if kind in _POWERS and says(name, page):
        return Role.ACTOR
    return Role.PLACE


def _opens_dateline(name: Name, page: Page) -> bool:
    """"MUSCAT (Agency) -" at the start of a paragraph: capitals, and a dash soon behind."""
    parse = page.parse
    opens = name.first == 0 or parse.part[name.first - 1] != parse.part[name.first]
    behind = page.document.text[name.end : name.end + 40].split("\n")[0]
    return opens and name.text.isupper() and len(name.text) > 3 and any(dash in behind for dash in _DASHES)


def says(name: Name, page: Page) -> bool:
    """Whether a name is the subject of a verb of saying."""
    parse = page.parse
    heads = [t for t in range(name.first, name.after) if not name.first <= parse.head[t] < name.after]
    return any(parse.dep[t] in _SUBJECT and parse.lemma[parse.head[t]] in verbs() for t in heads)
