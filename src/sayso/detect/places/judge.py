"""Which names are places: a sum of hints for and against, with the reason of each.

The weights were set by hand on annotated news (folds 0 to 3 of LGL, TR-News, GeoVirus, GeoWebNews); a name counts
from `ENOUGH` on. What a text calls a place once, it is taken to mean each time; a person's name, likewise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sayso.case import Page
from sayso.detect.places.find import PLACES, Name, first_kind, typed
from sayso.detect.places.phrases import places_by
from sayso.detect.places.roles import says
from sayso.detect.places.words import words
from sayso.gazetteer import DEMONYM, UNIT, Gazetteer

ENOUGH = 2.0
_LABEL = {"GPE": 3.0, "LOC": 2.0, "FAC": 1.2, "NORP": 0.5, "": -0.3, "ORG": -0.3, "PERSON": -1.2, "LANGUAGE": 0.5}
_OTHER = -1.5  # entity labels that no place should have: PRODUCT, WORK_OF_ART, EVENT, LAW
_KNOWN = {"country": 2.5, "state": 2.2, "capital": 2.2, "county": 0.5, "city": 0.0}
_KNOWN |= {"continent": 2.5, "union": 2.5, "seat": 2.5}
_OWN = 2.0  # kinds of the own tables: seas, regions, sites
_GENERIC = ("direction", "road", "building", "nature", "body", "county", "state", "city", "title", "medium")
ARTICLES = frozenset({"the", "a", "an"})
_REACH = 2.0  # how far below ENOUGH the rest of the text can lift a name
_PLACED = 2.0  # what "30 km north of" and the like in front of a name are worth
_BACK = 60  # characters looked at for them
_LOOK = 20  # units of a name looked at for support
_FEW = 8  # a large town with so few namesakes is hardly a surname
_SHORT = 3  # capitals up to which a word is an abbreviation


@dataclass(frozen=True, slots=True)
class Sight:
    """What the judges of one page look at."""

    page: Page
    gazetteer: Gazetteer

    def word(self, token: int) -> str:
        """A token in lower case without its full stop, "" outside the text."""
        parse = self.page.parse
        return parse.text[token].lower().rstrip(".") if 0 <= token < len(parse) else ""

    def capital(self, token: int) -> bool:
        """Whether a token begins with a capital."""
        parse = self.page.parse
        return 0 <= token < len(parse) and parse.text[token][0].isupper()


def judge(found: Iterable[Name], sight: Sight, home: frozenset[int]) -> list[Name]:
    """The names that are places; `home` are units where the outlet is at home."""
    marked = [(name, _in_text(name, score(name, sight), sight)) for name in found if not _generic(name)]
    people = _people(sight)
    sure = {name.text for name, value in marked if value >= ENOUGH + 1 and name.label in PLACES}
    marked = [(name, value + _elsewhere(name, (sure, people), sight)) for name, value in marked]
    ground = _ground([name for name, value in marked if value >= ENOUGH], sight.gazetteer, home)
    kept: list[Name] = []
    for name, value in marked:
        if ENOUGH - _REACH <= value < ENOUGH and name.first > 0:
            value += _PLACED if places_by(_before(name, sight)) else 0.0
        if ENOUGH - _REACH <= value < ENOUGH:
            value += _support(name, ground, sight) + _listed(name, kept, sight)
        if value >= ENOUGH:
            kept.append(name)
    return kept


def _before(name: Name, sight: Sight) -> str:
    return sight.page.document.text[max(0, name.start - _BACK) : name.start]


def _in_text(name: Name, value: float, sight: Sight) -> float:
    """A word behind the name that goes with a place: "residents"."""
    return value + 1.5 if name.first >= 0 and sight.word(name.after) in words("behind") else value


def _elsewhere(name: Name, known: tuple[set[str], set[str]], sight: Sight) -> float:
    """What the same words are elsewhere in the text: a place for sure, or a person's surname."""
    sure, people = known
    value = 2.0 if name.text in sure else 0.0
    return value - 4.0 if name.text in people and not _beyond_doubt(name, sight) else value


@dataclass(frozen=True, slots=True)
class Ground:
    """Countries and divisions in which the text's sure places lie, and the units where the outlet is at home."""

    countries: frozenset[int]
    states: frozenset[int]
    home: frozenset[int]


def _ground(kept: list[Name], gazetteer: Gazetteer, home: frozenset[int]) -> Ground:
    """Of each sure name only its most populous place counts: this is a first look."""
    tops = {name.units[0] & UNIT for name in kept if name.units}
    states = {gazetteer.state[u] for u in tops} | {gazetteer.state[u] for u in home}
    return Ground(frozenset(gazetteer.country[u] for u in tops) - {0}, frozenset(states) - {0}, home)


def _support(name: Name, ground: Ground, sight: Sight) -> float:
    """A town of the outlet's, one in a division that the text names, or a city in a country that it names."""
    gazetteer = sight.gazetteer
    units = [unit & UNIT for unit in name.units[:_LOOK] if not unit & DEMONYM]
    if any(unit in ground.home for unit in units):
        return 2.0
    if any(gazetteer.state[unit] in ground.states for unit in units):
        return 1.2
    large = (u for u in units if gazetteer.people[u] > 1e5 or gazetteer.kind_of(u) == "state")
    return 1.0 if any(gazetteer.country[u] in ground.countries for u in large) else 0.0


def _listed(name: Name, kept: list[Name], sight: Sight) -> float:
    """A name next to a place in a list: "Hedmark, Oppland and Rogaland"."""
    if not kept or name.start <= kept[-1].end:
        return 0.0
    between = sight.page.document.text[kept[-1].end : name.start].strip()
    return 1.2 if between in (",", ", and", "and", "or", ", or", "&", "/") else 0.0


def _generic(name: Name) -> bool:
    """A lone word that only says what kind of place something is ("Road", "North"), though a village bears it."""
    word = name.text.lower().rstrip(".")
    return any(word in words(kind) for kind in _GENERIC)


def _beyond_doubt(name: Name, sight: Sight) -> bool:
    """A name that means a place even where a person of the text bears it."""
    if name.first < 0 or first_kind(sight.gazetteer, name) in ("country", "continent", "state", "capital"):
        return True
    return sight.word(name.first - 1) in ("in", "at", "near", "outside") or _container(name, sight)


def score(name: Name, sight: Sight) -> float:
    """The sum of hints that a name is a place."""
    if name.first < 0:
        return ENOUGH + 2
    if not name.units:
        return _unknown(name, sight)
    if name.demonym:
        return _people_or_tongue(name, sight)
    value = _LABEL.get(name.label, _OTHER) + _prominence(name, sight)
    value += _around(name, sight) + _shape(name, sight)
    if not name.whole and name.label in ("ORG", "PERSON", "FAC", "EVENT", "WORK_OF_ART", "PRODUCT", "LAW"):
        value += _inside(name, sight)
    return value


def _unknown(name: Name, sight: Sight) -> float:
    """A name that no list has: only with a word of its kind in it, or after "in" where the parser calls it a place."""
    last, first = sight.word(name.after - 1), sight.word(name.first)
    if name.after - name.first > 1 and (last in words("nature") or first in ("mount", "lake", "cape", "camp", "fort")):
        return ENOUGH + 1
    if name.after - name.first > 1 and (last in words("road") or last in words("building")):
        return ENOUGH + 0.5
    if first in words("road") and name.label == "FAC":
        return ENOUGH + 0.2
    if typed(sight.page, name.first, name.after):
        return ENOUGH + 0.5
    value = _LABEL.get(name.label, _OTHER) - 2.0
    return value + (
        1.5 if sight.word(name.first - 1) in ("in", "at", "near", "outside") and name.label == "GPE" else 0.0
    )


def _people_or_tongue(name: Name, sight: Sight) -> float:
    """An adjective of a place, unless it stands inside the name of something else or stands for a tongue alone."""
    if name.label in ("PERSON", "WORK_OF_ART", "PRODUCT") and not name.whole:
        return 0.0
    return ENOUGH + 1 if name.text[0].isupper() else 0.0


def _prominence(name: Name, sight: Sight) -> float:
    unit = name.units[0] & UNIT
    kind = first_kind(sight.gazetteer, name)
    value = _KNOWN.get(kind, _OWN)
    if kind in ("city", "county"):
        people = sight.gazetteer.people[unit]
        if people > 1e5 and len(name.units) <= _FEW:
            value += 1.0
        value += 2.0 if people > 1e6 else 1.2 if people > 1e5 else 0.6 if people > 15e3 else 0.0
    return value


def _around(name: Name, sight: Sight) -> float:
    """Words before and behind: "in", "the city of", "Mr.", ", Ohio", "County"."""
    before, behind = sight.word(name.first - 1), sight.word(name.after)
    value = 0.0
    if before == "the":
        before = sight.word(name.first - 2)
    if before in words("before"):
        value += 1.5 if before == "in" else 1.0
    if before in words("direction") or (before == "of" and sight.word(name.first - 2) in words("city")):
        value += 1.0
    if before == "of" and sight.word(name.first - 2) in words("direction"):
        value += 2.0  # "12 miles east of"
    if before in words("title") and name.label not in PLACES:
        value -= 3.0
    if behind == "," and sight.capital(name.after + 1) and _container(name, sight):
        value += 3.0
    if behind in words("illness"):
        value -= 5.0
    if _dateline(name, sight):
        value += 3.0
    if behind in words("county") or behind in words("state"):
        value += 1.5
    if typed(sight.page, name.first, name.after):
        value += 2.0
    return value


def _dateline(name: Name, sight: Sight) -> bool:
    """ "MUSCAT (Agency) -" or "MUSCAT, Oman -" at the start of a paragraph."""
    parse = sight.page.parse
    opens = name.first == 0 or parse.part[name.first - 1] != parse.part[name.first]
    mark = sight.word(name.after) in ("(", ",", "-", "--", "–", "—")
    return opens and mark and name.text.isupper() and len(name.text) > _SHORT


def _container(name: Name, sight: Sight) -> bool:
    """Whether a place that holds this one follows the comma."""
    parse = sight.page.parse
    for length in (3, 2, 1):
        after = name.after + 1 + length
        if after <= len(parse):
            text = sight.page.document.text[parse.start[name.after + 1] : parse.end[after - 1]]
            outer = {unit & UNIT for unit in sight.gazetteer.find(text)}
            if outer:
                return any(inside(sight.gazetteer, unit & UNIT, outer) for unit in name.units)
    return False


def inside(gazetteer: Gazetteer, unit: int, outer: set[int]) -> bool:
    """Whether a unit lies in one of others."""
    above = {gazetteer.state[unit], gazetteer.county[unit], gazetteer.country[unit]} - {unit, 0}
    return bool(above & outer)


def _shape(name: Name, sight: Sight) -> float:
    """The name's own form: words that are no proper nouns, a lone word at the start of a sentence, a person's name."""
    parse = sight.page.parse
    value = 0.7 if name.after - name.first > 1 else 0.0
    if value and name.whole and first_kind(sight.gazetteer, name) in ("country", "state", "capital"):
        value += 1.0  # a person or firm of two words that is a country's name to the letter is the country
    if name.label not in PLACES and not any(parse.pos[t] == "PROPN" for t in range(name.first, name.after)):
        value -= 2.5
    if name.label not in PLACES and (name.whole or name.label != "ORG") and _neighbour_name(name, sight):
        value -= 2.0
    kinds = {sight.gazetteer.kind_of(unit & UNIT) for unit in name.units[:_LOOK]}
    if kinds <= {"city", "county"} and (says(name, sight.page) or _cited(name, sight)):
        value -= 1.5  # governments speak, towns seldom do: "Petrova said"
    if not name.label and parse.sentences[parse.sent[name.first]][0] == name.first:
        value -= 0.5
    return value


def _cited(name: Name, sight: Sight) -> bool:
    return (sight.word(name.first - 2), sight.word(name.first - 1)) == ("according", "to")


def _neighbour_name(name: Name, sight: Sight) -> bool:
    """Whether a capitalised word that is not itself explained stands right before or behind: "Paris Hilton"."""
    parse = sight.page.parse
    after, before = name.after, name.first - 1
    behind = sight.capital(after) and parse.pos[after] == "PROPN" and sight.word(after) not in _explained()
    front = sight.capital(before) and parse.pos[before] == "PROPN" and sight.word(before) not in words("direction")
    return (behind and parse.ent[after] == name.label) or (front and parse.ent[before] == name.label)


@cache
def _explained() -> frozenset[str]:
    kinds = ("county", "state", "city", "body", "nature", "road", "behind", "title")
    return frozenset().union(*map(words, kinds))


def _inside(name: Name, sight: Sight) -> float:
    """Within the name of something else: a public body's place counts, a paper's and a person's do not."""
    rest = {sight.word(t) for t in range(*name.entity) if not name.first <= t < name.after}
    if name.label == "PERSON":
        return -3.0
    if rest & words("medium") or sight.word(name.after) in words("medium"):
        return -4.0
    before = name.first - 1
    plain = sight.word(before) in words("direction") or sight.word(before) in ARTICLES
    if before >= name.entity[0] and sight.capital(before) and not plain:
        return -2.0  # "the Charles Webb Center"
    if rest & words("body"):
        return 1.0
    if len(rest) == 1 and first_kind(sight.gazetteer, name) in ("city", "capital", "county"):
        return -0.5  # "Paris Hilton", taken for a firm
    opens = name.first == name.entity[0] + (sight.word(name.entity[0]) in ARTICLES)
    return 0.0 if opens else -0.5


def _people(sight: Sight) -> set[str]:
    """Last words of names of persons in the text: of two words, behind a title, or behind an initial ("M. Bell")."""
    parse = sight.page.parse
    found: set[str] = set()
    for token in range(1, len(parse)):
        if _initial(parse.text[token - 1]) and sight.capital(token) and parse.part[token] == parse.part[token - 1]:
            found.add(parse.text[token])
    for token in range(1, len(parse)):
        ends = token + 1 == len(parse) or parse.ent[token + 1] != "PERSON"
        if parse.ent[token] == "PERSON" and ends:
            titled = sight.word(token - 1) in words("title")
            if titled or (parse.ent[token - 1] == "PERSON" and sight.capital(token - 1)):
                found.add(parse.text[token])
    return found


def _initial(word: str) -> bool:
    return len(word) == 2 and word[0].isupper() and word[1] == "."
