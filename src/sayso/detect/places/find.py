"""Names in a text that may be places: what the gazetteer knows, and what the parser's entity labels say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.case import Page
from sayso.detect.places.words import words
from sayso.gazetteer import DEMONYM, UNIT, Gazetteer
from sayso.records import PartKind

PLACES = frozenset({"GPE", "LOC", "FAC"})
_SHORT = 3  # letters up to which capitals are an abbreviation, not a headline
_ABBREVIATED = 5  # letters up to which a name may be an abbreviation whose full stop ends the sentence
_LONGEST = 7  # tokens of a name
_JOINTS = frozenset({"-", "–", "/", "&", "'s", "’s"})
_DATELINE = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)*")


@dataclass(slots=True)
class Name:
    """Words that may name a place.

    `first` and `after` are tokens, both -1 in a dateline, which is not parsed. `units` are what the gazetteer has
    under these words. `label` is the entity label; `whole` says whether the entity ends where the name does.
    """

    start: int
    end: int
    text: str
    first: int
    after: int
    units: tuple[int, ...]
    label: str
    whole: bool
    entity: tuple[int, int]

    @property
    def demonym(self) -> bool:
        """Whether the words are an adjective or a people and nothing else."""
        return bool(self.units) and all(unit & DEMONYM for unit in self.units)


def names(page: Page, gazetteer: Gazetteer) -> Iterator[Name]:
    """All names, in the order of the text; they do not overlap."""
    yield from _datelines(page, gazetteer)
    entities = _entities(page)
    at = 0
    while at < len(page.parse):
        found = _at(page, gazetteer, entities, at)
        if found is None:
            at += 1
        else:
            yield found
            at = found.after


def look_up(text: str, gazetteer: Gazetteer) -> tuple[int, ...]:
    """The units of a name, which may stand in capitals, with a direction or with a word of its kind around it."""
    units = gazetteer.find(text)
    if not units and text.isupper() and len(text) > _SHORT:
        units = gazetteer.find(text.title())
    return units


def _entities(page: Page) -> list[tuple[int, int]]:
    """For each token the run of tokens of the same entity label that it stands in."""
    parse = page.parse
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(parse):
        after = at + 1
        while after < len(parse) and parse.ent[at] and parse.ent[after] == parse.ent[at] and _joined(page, after):
            after += 1
        runs.extend([(at, after)] * (after - at))
        at = after
    return runs


def _joined(page: Page, token: int) -> bool:
    return page.parse.sent[token] == page.parse.sent[token - 1]


def _at(page: Page, gazetteer: Gazetteer, entities: list[tuple[int, int]], at: int) -> Name | None:
    """The longest name that begins at a token: the gazetteer's, or the whole entity where that has none."""
    parse = page.parse
    first, after = entities[at]
    label = parse.ent[at]
    formed = _formed(page, at, entities) if _opens(page, at) else None
    if formed is not None:
        return _name(page, (at, formed), gazetteer.find(_text(page, at, formed)), entities[at])
    known = _known(page, gazetteer, at) if _opens(page, at) else None
    if known is not None:
        end, units = known
        return _name(page, (at, end), units, (first, after))
    if (led := _led(page, gazetteer, at)) is not None:
        return led
    if label in PLACES and at == first:
        begin = at + (parse.text[at].lower() in ("the", "a", "an"))
        while after > begin and parse.tag[after - 1] in ("POS", ",", "IN"):
            after -= 1
        inner = any(_opens(page, t) and _known(page, gazetteer, t) for t in range(begin, after))
        if begin < after and not inner and parse.text[begin][0].isupper():
            return _name(page, (begin, after), (), entities[at])
    after = _proper(page, at)
    return _name(page, (at, after), (), entities[at]) if after > at and typed(page, at, after) else None


def _proper(page: Page, at: int) -> int:
    """Where a run of capitalised proper nouns that opens at `at` ends; `at` itself where none does."""
    parse, after = page.parse, at
    if at and parse.pos[at - 1] == "PROPN" and parse.text[at - 1][0].isupper():
        return at
    while after < len(parse) and parse.pos[after] == "PROPN" and parse.text[after][0].isupper():
        after += 1
    return after


def typed(page: Page, first: int, after: int) -> bool:
    """Whether a word beside a name says that it is a division or a town: "the village of X", "X district"."""
    parse = page.parse
    if after < len(parse) and parse.sent[after] == parse.sent[first] and parse.text[after] in words("division"):
        return True
    return first > 1 and parse.text[first - 1] == "of" and parse.text[first - 2].lower() in words("division")


def _led(page: Page, gazetteer: Gazetteer, at: int) -> Name | None:
    """The place in front of a hyphen within one token: "U.S.-led"."""
    word, dash, _ = page.parse.text[at].partition("-")
    units = gazetteer.find(word) if dash and word[:1].isupper() else ()
    if not units:
        return None
    start = page.parse.start[at]
    return Name(start, start + len(word), word, at, at + 1, units, "GPE" if "." in word else "", True, (at, at + 1))


def _formed(page: Page, at: int, entities: list[tuple[int, int]]) -> int | None:
    """Where a name ends that its last word makes one: "Maple Street", "Lake Freeborn" are no Maple and no Freeborn."""
    parse = page.parse
    first, after = entities[at]
    if at != first or not parse.ent[at]:
        return None
    last = parse.text[after - 1].lower().rstrip(".")
    if after - at > 1 and last in words("road"):
        return after if parse.text[after - 1][0].isupper() else None
    if parse.ent[at] in PLACES and after - at > 1 and (last in words("nature") or last in words("building")):
        return after
    return None


def _text(page: Page, first: int, after: int) -> str:
    return " ".join(page.document.text[page.parse.start[first] : page.parse.end[after - 1]].split())


def _name(page: Page, tokens: tuple[int, int], units: tuple[int, ...], entity: tuple[int, int]) -> Name:
    first, after = tokens
    start, end = page.parse.start[first], page.parse.end[after - 1]
    whole = entity[1] <= after and all(page.parse.text[t].lower() in ("the", "of") for t in range(entity[0], first))
    text = page.document.text[start:end]
    return Name(start, end, text, first, after, units, page.parse.ent[first], whole, entity)


def _opens(page: Page, token: int) -> bool:
    """Whether a name can begin here: with a capital, or with "al-" before one."""
    word = page.parse.text[token]
    if word[0].isupper():
        return True
    small = word.lower().split("-")[0] in words("prefix") and ("-" in word or _hyphen(page, token + 1))
    return small and any(c.isupper() for c in page.document.text[page.parse.start[token] : page.parse.end[token] + 3])


def _hyphen(page: Page, token: int) -> bool:
    return token < len(page.parse) and page.parse.text[token] == "-"


def _known(page: Page, gazetteer: Gazetteer, at: int) -> tuple[int, tuple[int, ...]] | None:
    """Where the longest name known to the gazetteer ends, with its units."""
    for after in reversed(list(_ends(page, at))):
        text = _text(page, at, after)
        units = look_up(text, gazetteer)
        if not units and len(text) <= _ABBREVIATED and page.document.text.startswith(".", page.parse.end[after - 1]):
            units = gazetteer.find(text + ".")
        if units:
            return after, units
    return None


def _ends(page: Page, at: int) -> Iterator[int]:
    """The tokens behind which a name that begins at `at` could end."""
    parse = page.parse
    for token in range(at, min(at + _LONGEST, len(parse))):
        word = parse.text[token]
        if parse.part[token] != parse.part[at] or (token > at and not _goes_on(word)):
            return
        if word not in _JOINTS and word not in words("inside"):
            yield token + 1


def _goes_on(word: str) -> bool:
    """Whether a name can hold this word: a capital or digit anywhere, a joint, a small word, "'Ivoire"."""
    inner = word in _JOINTS or word in words("inside") or word in words("prefix")
    return inner or word[0] in "'’" or any(c.isupper() or c.isdigit() for c in word)


def _datelines(page: Page, gazetteer: Gazetteer) -> Iterator[Name]:
    """Names in dateline parts, which are not parsed: "MUSCAT, Oman (Agency) -"."""
    for part in page.document.parts:
        if part.kind is PartKind.DATELINE:
            for found in _DATELINE.finditer(page.quote(part.span)):
                yield from _dated(page, gazetteer, part.span.start, found)


def _dated(page: Page, gazetteer: Gazetteer, shift: int, found: re.Match[str]) -> Iterator[Name]:
    start, end = shift + found.start(), shift + found.end()
    word = page.document.text[start:end]
    units = look_up(word, gazetteer)
    if units and not (page.document.text[start - 1 : start] == "(" and len(word) <= 7):  # "(AP)" is an agency
        yield Name(start, end, word, -1, -1, units, "GPE", True, (-1, -1))


def first_kind(gazetteer: Gazetteer, name: Name) -> str:
    """What the most populous place of this name is; "" where there is none."""
    return gazetteer.kind_of(name.units[0] & UNIT) if name.units else ""
