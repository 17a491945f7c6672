"""Places that are described, not named: "the Albanian capital", "the capital", "the Balkan country"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.case import Page
from sayso.detect.places.lands import Land, described, iso
from sayso.detect.places.phrases import either, some
from sayso.gazetteer import Gazetteer
from sayso.records import Place, PlaceRole, Span, Why, place_id

_HALF = 0.5  # share of the countries named so far that the one of "the capital" must have
_NEAR = 400  # characters within which one of several countries that fit is taken for the one that is meant
_NATIONS = r"(?:country|nation|state|republic|kingdom)"
_BACK = 40


@dataclass(frozen=True, slots=True)
class _Text:
    page: Page
    gazetteer: Gazetteer
    found: Sequence[Land]

    @property
    def words(self) -> str:
        return self.page.document.text


def described_places(page: Page, gazetteer: Gazetteer, found: Sequence[Land]) -> Iterator[Place]:
    """Capitals and countries that the text describes, each by the place that it names elsewhere.

    Example: "the Albanian capital" is Tirana; "the Balkan country" is the one country of the Balkans that the text
    names, or the last one before where it names several. Which country "the capital" belongs to is told by the
    countries named so far: most of them must be one. Where the text does not tell, the place is kept and unresolved.
    Blind spots: "the country", "the city", "the provincial capital"; a former capital.
    """
    text = _Text(page, gazetteer, found)
    yield from _capitals(text)
    yield from _lone_capitals(text)
    yield from _nations(text)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    money = rf"(?!\s+(?:{some('money')})\b)"
    same = r"(?!,?\s+(?-i:[A-Z]))"  # "the capital, Tirana" and "the capital Tirana" are named
    city = rf"capital(?:\s+city)?\b{money}(?!\s+of\b)"
    pairs = {
        "behind": rf"(?:[’']s)?\s+{city}{same}",
        "of": r"\b(?:the\s+)?capital(?:\s+city)?\s+of\s+(?:the\s+)?$",
        "lone": rf"\bthe\s+{city}{same}",
        "nation": rf"\bthe\s+(?P<which>{either(described())})(?:\s+island)?\s+{_NATIONS}\b",
    }
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in pairs.items()}


def _capitals(text: _Text) -> Iterator[Place]:
    """ "The Albanian capital", "Albania's capital", "the capital of Albania"."""
    for land in text.found:
        if not land.whole:
            continue
        start, end = land.place.span.start, land.place.span.end
        before = text.words[max(0, start - _BACK) : start]
        if behind := _patterns()["behind"].match(text.words, end):
            article = re.search(r"\bthe\s+$", before, re.IGNORECASE)
            begin = start - len(before) + article.start() if article else start
            yield _record(text, (begin, behind.end()), text.gazetteer.capital(land.country), land)
        elif found := _patterns()["of"].search(before):
            begin = start - len(before) + found.start()
            yield _record(text, (begin, end), text.gazetteer.capital(land.country), land)


def _lone_capitals(text: _Text) -> Iterator[Place]:
    for found in _patterns()["lone"].finditer(text.words):
        land = _leading(text, found.start())
        unit = text.gazetteer.capital(land.country) if land else 0
        yield _record(text, found.span(), unit, land)


def _leading(text: _Text, start: int) -> Land | None:
    """The country of most of the places named so far; the nearest of its mentions speaks for it."""
    before = [land for land in text.found if land.place.span.end <= start and land.country]
    counts = Counter(land.country for land in before)
    if not counts:
        return None
    country, most = counts.most_common(1)[0]
    if most <= _HALF * counts.total() and len(counts) > 1:
        return None
    return next(land for land in reversed(before) if land.country == country)


def _nations(text: _Text) -> Iterator[Place]:
    for found in _patterns()["nation"].finditer(text.words):
        fit = described()[" ".join(found["which"].lower().split())]
        lands = [land for land in text.found if iso(land.country, text.gazetteer) in fit]
        yield _record(text, found.span(), *_meant(lands, found.start()))


def _meant(lands: Sequence[Land], start: int) -> tuple[int, Land | None]:
    """The only country that fits; of several the last one named right before, if any."""
    before = [land for land in lands if land.place.span.end <= start]
    if len({land.country for land in lands}) > 1:
        lands = [land for land in before if start - land.place.span.end < _NEAR][-1:]
    land = (before or list(lands))[-1] if lands else None
    return (land.country, land) if land else (0, None)


def _record(text: _Text, at: tuple[int, int], unit: int, land: Land | None) -> Place:
    """The record; its anchor is the place that tells, and it has no score, for none was measured."""
    gazetteer, span = text.gazetteer, Span(text.page.document.id, *at)
    words = " ".join(text.page.quote(span).split())
    if not unit or land is None:
        why = Why("places.described_places", (span,), None, "the text does not tell which")
        return Place(place_id(span), span, words, "", None, None, None, PlaceRole.PLACE, (), (), why)
    why = Why("places.described_places", (span, land.place.span), None, f"by {text.page.quote(land.place.span)}")
    point = round(gazetteer.lat[unit], 5), round(gazetteer.lon[unit], 5)
    id, radius = f"geonames:{gazetteer.geonames(unit)}", round(gazetteer.radius[unit], 1)
    return Place(
        place_id(span), span, gazetteer.name(unit), id, *point, radius, PlaceRole.PLACE, (land.place.id,), (), why
    )
