"""Places said by another place: "30 km north of X", "midway between X and Y", "an hour's drive from X"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sayso.case import Page
from sayso.detect.places.geometry import Point, bearing, destination, distance, middle
from sayso.detect.places.phrases import amount, phrases, plain, table
from sayso.records import Place, PlaceRole, Span, Why, place_id

_BACK = 160  # characters looked at in front of an anchor
_AHEAD = 30  # and behind it
_ACROSS = 120  # from an anchor to "20 km to the west"
_EXACT, _LOOSE, _JOURNEY = 0.05, 0.15, 0.5  # share of a distance by which it may be off: as written, "about", by road
_HALF_POINT = math.radians(22.5)  # "north" is anything between north-northwest and north-northeast
_TOWARDS_KM = 25.0  # how far "north of X" reaches, where no distance is told
_WIDE_KM = 150.0  # radius from which on a place is a country or the like: "outside France" is abroad
_LIST = re.compile(r",|(?:,\s*)?(?:and|or)(?:\s+both)?")
_ROLES = (PlaceRole.PLACE, PlaceRole.NAME)


def relative_places(page: Page, found: Iterable[Place]) -> Iterator[Place]:
    """A place said by another: a distance and a direction from it, a journey, midway, near it, off its coast.

    Example: "30 kilometers north of the capital, Tirana" lies 30 km north of Tirana, give or take 40 %: 22.5 degrees to
    either side, and the town's own size. A journey counts by what it makes in an hour, give or take half. Blind spots:
    "60 km north of it"; a third of the way; which of two sides "off the coast" means.
    """
    anchors = [place for place in found if place.lat is not None and place.role in _ROLES]
    at = 0
    while at < len(anchors):
        made = _pair(page, anchors[at : at + 2]) or _single(page, anchors[at:])
        yield from made
        at += max(1, len(made))
    yield from _sideways(page, anchors)


def _before(page: Page, place: Place) -> str:
    return page.document.text[max(0, place.span.start - _BACK) : place.span.start]


def _behind(page: Page, place: Place) -> str:
    return page.document.text[place.span.end : place.span.end + _AHEAD]


def _single(page: Page, anchors: Sequence[Place]) -> list[Place]:
    """What the words before one anchor say; of an area, for each anchor of the list that it opens."""
    anchor, before, known = anchors[0], _before(page, anchors[0]), phrases()
    if _another(page, anchor):
        return []
    if (found := known.distance.search(before)) and _places(found, page, anchor):
        return [_off(page, anchor, found, amount(found) * table()["units"][plain(found["unit"])], _slack(found))]
    if found := known.journey.search(before) or known.hours.search(before):
        return [_off(page, anchor, found, _journey(page, anchor, found), _JOURNEY)]
    reach = _reach(page, anchor)
    if reach is None:
        return []
    start, km = reach
    return [_area(page, one, start, km) for one in _listed(page, anchors)]


def _another(page: Page, anchor: Place) -> bool:
    """Whether the name only opens that of something else: "Rabat's old road", "Munich Re", "the Thai border"."""
    behind = _behind(page, anchor)
    part = anchor.role is PlaceRole.NAME and re.match(r"\s[A-Z]", behind)
    return behind[:2] in ("'s", "’s") or bool(part) or bool(phrases().line.match(behind))


def _places(found: re.Match[str], page: Page, anchor: Place) -> bool:
    """Whether a distance says where: not "30 km of road", nor the length of a way ("30 km from Lyon to Dijon")."""
    prep = plain(found["prep"])
    along = re.search(r"(?:up|down)(?:stream|river)", found[0])
    if prep == "of" and not (found["way"] or along or (found["loose"] or "").lower() == "within"):
        return False
    return not (prep == "from" and not found["way"] and re.match(r"\s+to\s+(?:the\s+)?[A-Z]", _behind(page, anchor)))


def _slack(found: re.Match[str]) -> float:
    return _LOOSE if found["loose"] or found["high"] else _EXACT


def _journey(page: Page, anchor: Place, found: re.Match[str]) -> float:
    """Kilometres that a journey makes; its means may stand behind ("an hour east of Omaha by car"), or is a drive."""
    behind = phrases().means.match(_behind(page, anchor))
    means = found["means"] or (behind["means"] if behind else "drive")
    return float(amount(found) * table()["spans"][plain(found["span"])] * table()["hours"][plain(means)])


def _off(page: Page, anchor: Place, found: re.Match[str], km: float, slack: float) -> Place:
    """A point `km` off the anchor, or, without a direction, all that lies within it."""
    start = anchor.span.start - len(found.string) + found.start()
    own, here = anchor.radius_km or 0.0, _point(anchor)
    if not found["way"]:
        return made(page, (anchor,), (start, anchor.span.end), here, km * (1 + slack) + own)
    there = destination(*here, bearing(found["way"]), km)
    return made(page, (anchor,), (start, anchor.span.end), there, own + km * math.hypot(slack, math.sin(_HALF_POINT)))


def _reach(page: Page, anchor: Place) -> tuple[int, float] | None:
    """Where words for the land about an anchor begin, and how many km they add to it."""
    before, known, wide = _before(page, anchor), phrases(), (anchor.radius_km or 0.0) > _WIDE_KM
    start = anchor.span.start - len(before)
    if found := known.sided.search(before):
        return start + found.start(), table()["sides"][plain(found["side"])]
    if (found := known.area.search(before)) and not _said_of(found, "persons"):
        return start + found.start(), table()["areas"][plain(found["area"])]
    if (found := known.aside.search(before)) and not wide:
        told = _said_of(found, "persons") or (plain(found["area"]) == "off" and _said_of(found, "verbs"))
        return None if told else (start + found.start(), table()["aside"][plain(found["area"])])
    found = known.towards.search(before)
    return (start + found.start(), _TOWARDS_KM) if found and not wide else None


def _said_of(found: re.Match[str], kind: str) -> bool:
    """Whether the word in front is of a kind that the relation belongs to: "sources close to", "broke off"."""
    words = re.findall(r"\w+", found.string[: found.start()])
    return bool(words) and words[-1].lower() in table()["words"][kind]


def _listed(page: Page, anchors: Sequence[Place]) -> list[Place]:
    """The anchors of a list that ends in "and": "near Lahore, Multan and Jaipur"; a state after a comma is none."""
    text, after, end = page.document.text, 1, 1
    for one, other in pairwise(anchors):
        joint = text[one.span.end : other.span.start].strip()
        if not _LIST.fullmatch(joint) or (other.radius_km or 0) > 5 * (one.radius_km or 1):
            break
        after += 1
        end = after if joint != "," else end
    return list(anchors[:end])


def _area(page: Page, anchor: Place, start: int, km: float) -> Place:
    return made(page, (anchor,), (start, anchor.span.end), _point(anchor), (anchor.radius_km or 0.0) + km)


def _pair(page: Page, two: Sequence[Place]) -> list[Place]:
    """A place between two anchors: midway, on the road from one to the other, on the road that joins them."""
    if len(two) < 2:
        return []
    known, before = phrases(), _before(page, two[0])
    between = page.document.text[two[0].span.end : two[1].span.start]
    joint = known.joint.fullmatch(between)
    word = joint["and"].lower() if joint else ""
    rules = ((known.halfway, "and", 0.5), (known.between, "and", 1.0), (known.route, "to", 1.0))
    for pattern, wanted, share in (*rules, (known.linking, "and to with", 1.0)):
        if word in wanted.split() and (found := pattern.search(before)):
            return [_amid(page, two, (two[0].span.start - len(before) + found.start(), two[1].span.end), share)]
    road = known.road.match(_behind(page, two[1]))
    if road and (word == "to" or between.strip() in ("-", "–", "—")):
        return [_amid(page, two, (two[0].span.start, two[1].span.end + road.end()), 1.0)]
    return []


def _amid(page: Page, two: Sequence[Place], span: tuple[int, int], share: float) -> Place:
    """The middle of two anchors, and so much of the way to either."""
    one, other = _point(two[0]), _point(two[1])
    return made(page, two, span, middle(one, other), share * distance(one, other) / 2)


def _sideways(page: Page, anchors: Sequence[Place]) -> Iterator[Place]:
    """ "Sapporo is flat, and 20 km to the west": the direction is taken from the last place of the sentence."""
    text = page.document.text
    for found in phrases().sideways.finditer(text):
        last = next((a for a in reversed(anchors) if a.span.end <= found.start()), None)
        if last is None or found.start() - last.span.end > _ACROSS:
            continue
        if not re.search(r"[.!?]\s", text[last.span.end : found.start()]):
            km = amount(found) * table()["units"][plain(found["unit"])]
            there = destination(*_point(last), bearing(found["way"]), km)
            radius = (last.radius_km or 0.0) + km * math.hypot(_slack(found), math.sin(_HALF_POINT))
            yield made(page, (last,), found.span(), there, radius)


def _point(place: Place) -> Point:
    return place.lat or 0.0, place.lon or 0.0


def made(page: Page, anchors: Sequence[Place], at: tuple[int, int], point: Point, radius: float) -> Place:
    """The record of a place said by others, at the characters `at`."""
    span = Span(page.document.id, *at)
    why = Why("places.relative_places", (span,), None, f"by {' and '.join(anchor.name for anchor in anchors)}")
    ids = tuple(anchor.id for anchor in anchors)
    words = " ".join(page.quote(span).split())
    lat, lon = round(point[0], 5), round(point[1], 5)
    return Place(place_id(span), span, words, "", lat, lon, round(radius, 1), PlaceRole.PLACE, ids, (), why)
