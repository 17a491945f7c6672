"""Borders: "near the border between A and B", "A's border with B", "the A-B border", "the Turkish border"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.case import Page
from sayso.detect.places.lands import Border, Land, borders, iso
from sayso.detect.places.relative import made
from sayso.gazetteer import Gazetteer
from sayso.records import Place, PlaceRole

_BACK, _AHEAD = 60, 60
_FOCUS = 600  # characters within which the other side of "the Turkish border" is looked for
_TOWN_KM = 30.0  # how far a border may lie from a town that is said to be on it
_LINE = r"(?:borders?|frontiers?)"
_AT = r"(?:\b(?:near|at|on|along|by|across|close to|next to|straddling|from|to|towards?|over)\s+)"
_THE = r"(?:(?:the|its|their|a)\s+)?"
_SIDES = re.compile(rf"{_AT}?{_THE}{_LINE}\s+(?:between|of|separating|that\s+separates)\s+(?:the\s+)?$", re.I)
_OWNED = re.compile(rf"(?:[’']s?)?\s+(?:\w+\s+)?{_LINE}\s+(?:with|and)\s+(?:the\s+)?", re.I)
_VERB = re.compile(r"\s+(?:borders|bordering|abuts|adjoins)\s+(?:on\s+)?(?:the\s+)?", re.I)
_HYPHEN = re.compile(r"\s*[-–—/]\s*")
_WITH = re.compile(rf"{_AT}?{_THE}{_LINE}\s+with\s+(?:the\s+)?$", re.I)
_BEHIND = re.compile(
    rf"\s+(?:\w+\s+)?{_LINE}\b(?!\s+(?:guards?|police|patrols?|agents?|officers?|forces?|controls?))", re.I
)
_LED = re.compile(rf"{_AT}{_THE}$", re.I)
_ARTICLE = re.compile(rf"{_AT}?{_THE}$", re.I)
_TOWN = re.compile(
    r",?\s*(?:(?:which|that)\s+(?:is|lies)\s+|an?\s+(?:\w+\s+){0,2}(?:town|city|village|port),?\s+)?", re.I
)


@dataclass(frozen=True, slots=True)
class _Text:
    page: Page
    gazetteer: Gazetteer
    found: Sequence[Land]


def border_places(page: Page, gazetteer: Gazetteer, found: Sequence[Land]) -> Iterator[Place]:
    """Places said by a border: its middle, with a circle that holds all of it; of a town on it, what is about the town.

    Example: "In Estonia, officers found a tunnel near the Latvian border" lies on the border of both; the other side is
    the country last named, or that of the town last named, that has a border with it. Blind spots: rivers that are
    borders; borders of provinces and states; "both sides of the border" without a name.
    """
    text = _Text(page, gazetteer, found)
    spans: list[tuple[int, int]] = []
    for one, other in pairwise(found):
        if one.whole and other.whole and (span := _two_named(text, one, other)):
            yield from _place(text, (one, other), span)
            spans.append(span)
    for land in found:
        at = _one_named(text, land) if land.whole else None
        if at and not any(a < at[1] and at[0] < b for a, b in spans) and (beyond := _focus(text, land, at[0])):
            yield from _place(text, (beyond, land), at)


def _two_named(text: _Text, one: Land, other: Land) -> tuple[int, int] | None:
    """Where words name a border by both of its sides."""
    whole = text.page.document.text
    start, end = one.place.span.start, other.place.span.end
    between, before = whole[one.place.span.end : other.place.span.start], whole[max(0, start - _BACK) : start]
    if re.fullmatch(r"\s+(?:and|from)\s+(?:the\s+)?", between) and (found := _SIDES.search(before)):
        return start - len(before) + found.start(), end
    if _OWNED.fullmatch(between) or _VERB.fullmatch(between):
        return _opened(whole, start), end
    if _HYPHEN.fullmatch(between) and (behind := _BEHIND.match(whole, end)):
        return _opened(whole, start), behind.end()
    return None


def _opened(whole: str, start: int) -> int:
    """Where "near the" in front begins."""
    before = whole[max(0, start - _BACK) : start]
    found = _ARTICLE.search(before)
    return start - len(before) + found.start() if found else start


def _one_named(text: _Text, land: Land) -> tuple[int, int] | None:
    """Where words name a border by one of its sides: "the border with Syria", "near the Turkish border"."""
    whole, span = text.page.document.text, land.place.span
    before = whole[max(0, span.start - _BACK) : span.start]
    if found := _WITH.search(before):
        return span.start - len(before) + found.start(), span.end
    led, behind = _LED.search(before), _BEHIND.match(whole, span.end)
    return (span.start - len(before) + led.start(), behind.end()) if led and behind else None


def _focus(text: _Text, land: Land, start: int) -> Land | None:
    """The nearest place in front whose country touches this one."""
    code = iso(land.country, text.gazetteer)
    for other in reversed(text.found):
        near = other.place.span.end <= start and start - other.place.span.end < _FOCUS
        if near and frozenset((iso(other.country, text.gazetteer), code)) in borders():
            return other
    return None


def _place(text: _Text, two: tuple[Land, Land], at: tuple[int, int]) -> Iterator[Place]:
    border = borders().get(frozenset(iso(land.country, text.gazetteer) for land in two))
    if border is None:
        return
    anchors = (two[0].place, two[1].place)
    line = _near_town(text, two[0], at[0]) or border
    yield made(text.page, anchors, at, (line.lat, line.lon), line.radius_km)


def _near_town(text: _Text, one: Land, start: int) -> Border | None:
    """A town right in front that is said to lie at the border: "Kilis, near the Turkish border"."""
    place = one.place
    if one.whole or place.lat is None or place.lon is None or place.role is not PlaceRole.PLACE:
        return None
    if text.gazetteer.kind_of(one.unit) not in ("city", "capital"):
        return None
    close = _TOWN.fullmatch(text.page.document.text[place.span.end : start])
    return Border(place.lat, place.lon, _TOWN_KM) if close else None
