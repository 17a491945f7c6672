"""Towns put into a country, and borders between countries, against the gazetteer: "Lyon, Germany"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from sayso.case import Page
from sayso.check.days import prose
from sayso.check.links import head, tokens
from sayso.check.rule import Rule
from sayso.check.words import listed
from sayso.gazetteer import DEMONYM, UNIT, Gazetteer, open_gazetteer
from sayso.records import Check, CheckLevel, Place, PlaceRole

_PEOPLES = (PlaceRole.PEOPLE, PlaceRole.ADJECTIVE)

RULE = Rule("containment", CheckLevel.HARD)
KNOWN = 50_000  # inhabitants from which a name means the town that everybody knows by it
_PARTS = r"(?:northern|southern|eastern|western|central)"
_INSIDE = re.compile(
    rf",\s+(?:in\s+)?(?:{_PARTS}\s+)?(?:the\s+)?|\s+\((?:the\s+)?"
    r"|,\s+an?\s+(?:[a-z]+\s+){0,2}(?:city|town|port)\s+in\s+(?:the\s+)?"
    r"|,\s+the\s+(?:capital|largest\s+city|second\s+city)\s+of\s+(?:the\s+)?"
)
_OF = re.compile(rf"\s+(?:(?:port|capital|border|coastal|{_PARTS})\s+)*(?:city|town|port|capital|village)\s+of\s+")
_BORDER = re.compile(
    rf"['’]s?\s+(?:{_PARTS}\s+)?(?:land\s+)?border\s+with\s+(?:the\s+)?|\s+border\s+with\s+(?:the\s+)?"
    r"|,?\s+(?:which\s+)?(?:shares\s+a\s+border\s+with|borders)\s+(?:on\s+)?(?:the\s+)?"
)
_BETWEEN = re.compile(r"\s+and\s+(?:the\s+)?")


def containment(page: Page) -> Iterator[Check]:
    """A town must lie in the country that is put beside it, and two countries with a border must be neighbours.

    Read are "Lyon, Germany", "Lyon (Germany)", "in Lyon in Germany", "Lyon, a city in Germany", "the German city of
    Lyon"; "Portugal's border with France", "the border between Austria and Poland", "Portugal, which borders France".
    Hard for towns, where none of the name is known in that country; soft for borders, which may have been others
    once. Not compared: lists of places. Can't tell: a town of fewer than 50,000 people, a country whose villages are
    often named after others, a place that two countries claim, the sea.
    """
    gazetteer = open_gazetteer()
    found = [p for p in page.of(Place) if not p.anchors]
    for part in prose(page):
        inside = [p for p in found if part.start <= p.span.start and p.span.end <= part.end]
        for index, (one, other) in enumerate(pairwise(inside)):
            yield from _pair(page, gazetteer, (one, other), inside[index + 2] if index + 2 < len(inside) else None)


def _pair(page: Page, gazetteer: Gazetteer, pair: tuple[Place, Place], after: Place | None) -> Iterator[Check]:
    one, other = pair
    text = page.document.text
    gap = text[one.span.end : other.span.start]
    lands = (_country(page, gazetteer, one), _country(page, gazetteer, other))
    if _OF.fullmatch(gap) and lands[0] and not lands[1]:
        yield from _inside(page, gazetteer, (other, one), lands[0])
    elif (_INSIDE.fullmatch(gap) or _plainly(page, one, gap)) and _named(other, lands[1]) and not lands[0]:
        if not _listed(page, pair, after) and _closed(page, one, other):
            yield from _inside(page, gazetteer, pair, lands[1])
    elif lands[0] and lands[1] and lands[0] != lands[1]:
        before = text[max(0, one.span.start - 24) : one.span.start]
        between = _BETWEEN.fullmatch(gap) and re.search(r"\bborder\s+between\s+(?:the\s+)?$", before)
        if (between or _BORDER.fullmatch(gap)) and not _at_sea(text, pair):
            yield _bordering(page, gazetteer, pair, lands)


def _country(page: Page, gazetteer: Gazetteer, place: Place) -> int:
    """The country that a place is, or that its adjective belongs to; 0 where it is none or several."""
    words = " ".join(page.quote(place.span).split())
    units = gazetteer.find(words)
    countries = [unit & UNIT for unit in units if gazetteer.kind_of(unit & UNIT) == "country"]
    if place.role in _PEOPLES:
        return countries[0] if len(countries) == 1 and units[0] & DEMONYM else 0
    resolved = [unit for unit in countries if place.gazetteer == f"geonames:{gazetteer.geonames(unit)}"]
    return resolved[0] if resolved else 0


def _closed(page: Page, town: Place, country: Place) -> bool:
    """Whether the country hangs on the town or ends a phrase: "near Lyon, Germany sent help" names two places."""
    at = head(page, country.span)
    if at is not None and page.parse.head[at] in tokens(page, town.span):
        return True
    behind = page.document.text[country.span.end : country.span.end + 1]
    return behind in tuple(',.;:)”"?!') and (at is None or page.parse.dep[at] not in ("nsubj", "nsubjpass", "dobj"))


def _named(place: Place, land: int) -> bool:
    """Whether a place is a country by its name, not by an adjective."""
    return bool(land) and place.role not in _PEOPLES


def _plainly(page: Page, town: Place, gap: str) -> bool:
    """Whether a town that is one by the word before it is put into a country: "in Lyon in Germany"."""
    before = page.document.text[max(0, town.span.start - 8) : town.span.start].split()[-1:]
    return re.fullmatch(r"\s+in\s+(?:the\s+)?", gap) is not None and before in (["in"], ["near"], ["at"], ["to"])


def _listed(page: Page, pair: tuple[Place, Place], after: Place | None) -> bool:
    """Whether the two stand in a list of places, or the second does in one of its own."""
    text = page.document.text
    before = text[max(0, pair[0].span.start - 6) : pair[0].span.start]
    behind = text[pair[1].span.end : after.span.start] if after else ""
    return bool(re.fullmatch(r",?\s+(?:and|or)\s+|,\s+|/|-|\s+&\s+", behind)) or bool(
        re.search(r"\w,\s+(?:and\s+)?$|\band\s+$|\bor\s+$", before)
    )


def _inside(page: Page, gazetteer: Gazetteer, pair: tuple[Place, Place], land: int) -> Iterator[Check]:
    """The verdict on a town and the country that it is put into."""
    town, country = pair
    spans = sorted((town.span, country.span))
    about = [town.id, country.id]
    units = [unit & UNIT for unit in gazetteer.find(" ".join(page.quote(town.span).split())) if not unit & DEMONYM]
    towns = [unit for unit in units if gazetteer.kind_of(unit) in ("city", "capital", "state", "county")]
    if not towns:
        return
    best = max(towns, key=lambda unit: gazetteer.people[unit])
    where = gazetteer.name(gazetteer.country[best])
    code = gazetteer.code(land)
    if any(gazetteer.country[unit] == land for unit in units):
        yield RULE.passed(spans, f"The gazetteer has {page.quote(town.span)} in {gazetteer.name(land)}.", about=about)
        return
    message = f"The gazetteer has {gazetteer.name(best)} in {where}, and none of the name in {gazetteer.name(land)}."
    claimed = any(_claimed(gazetteer, gazetteer.country[unit], land) for unit in towns[:5])
    if gazetteer.people[best] < KNOWN or code in listed("containment", "settled") or claimed:
        yield RULE.cant_tell(spans, f"{message} It may be a village of that name, or be claimed by both.", about=about)
        return
    yield RULE.failed(spans, message, f"{gazetteer.name(best)}, {where}", about=about)


def _bordering(page: Page, gazetteer: Gazetteer, pair: tuple[Place, Place], lands: tuple[int, int]) -> Check:
    rule, (one, other) = RULE.at(CheckLevel.SOFT), lands
    spans, about = [place.span for place in pair], [place.id for place in pair]
    names = f"{gazetteer.name(one)} and {gazetteer.name(other)}"
    near = _neighbours(gazetteer, one)
    if gazetteer.code(other) in near or gazetteer.code(one) in _neighbours(gazetteer, other):
        return rule.passed(spans, f"{names} share a border.", about=about)
    if _claimed(gazetteer, one, other):
        return rule.cant_tell(spans, f"Whether {names} share a border is disputed.", about=about)
    lists = ", ".join(gazetteer.name(unit) for unit in gazetteer.countries() if gazetteer.code(unit) in near)
    message = f"{names} share no border; {gazetteer.name(one)} borders {lists or 'no country'}."
    return rule.failed(spans, message, lists, about=about)


def _neighbours(gazetteer: Gazetteer, land: int) -> frozenset[str]:
    return frozenset(gazetteer.note(land).split("|")[2].split(","))


def _claimed(gazetteer: Gazetteer, one: int, other: int) -> bool:
    """Whether a place may be put under either of two countries."""
    codes = sorted((gazetteer.code(one), gazetteer.code(other))) if one and other else []
    return "-".join(codes) in _claims()


@cache
def _claims() -> frozenset[str]:
    return frozenset("-".join(sorted(pair.split("-"))) for pair in listed("containment", "claims"))


def _at_sea(text: str, pair: tuple[Place, Place]) -> bool:
    around = text[max(0, pair[0].span.start - 40) : pair[1].span.end + 24].lower()
    return any(re.search(rf"\b{word}\b", around) for word in listed("containment", "apart"))
