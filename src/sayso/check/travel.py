"""Journeys that nobody can make: one person in two places, with less time between than any aircraft needs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sayso.case import Case, Page
from sayso.check.days import bounds
from sayso.check.earth import kilometres
from sayso.check.links import below, governor, head, subject, up_to_verb
from sayso.check.rule import Rule
from sayso.records import Check, CheckLevel, Place, PlaceRole, Span, When

RULE = Rule("travel", CheckLevel.SOFT)
ACROSS = Rule("travel_across", CheckLevel.SOFT, "travel")
FASTEST = 1000.0  # km an hour, faster than airliners from door to door
NEAR_KM = 100.0
ZONES = timedelta(hours=1.5)  # how far the clocks of a country and a summer may be off the sun's
_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)")
_SAME_DAY = re.compile(r"\b(?:that|the\s+same)\s+(?:day|morning|afternoon|evening|night)\b", re.IGNORECASE)
_DATED = re.compile(r"\d{4}|[A-Z][a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody at a place at a time by its clocks."""

    who: str
    place: Place
    when: When
    time: datetime
    span: Span

    @property
    def sun(self) -> datetime:
        """The time by the sun of Greenwich."""
        return self.time - timedelta(hours=(self.place.lon or 0.0) / 15)


def travel(page: Page) -> Iterator[Check]:
    """Nobody can be in two places with less time between them than the fastest aircraft needs: 1,000 km an hour.

    Example: "met farmers in Oslo at 10 a.m. on 5 October 2006" and "dined in Cape Town at 2 p.m. on the same day".
    Both verbs must have the same subject (a name, "the minister", or "she" for the name before), a time with its hour
    and one place. Clocks follow the sun of their place, give or take 90 minutes. Can't tell: a single stop, which
    other documents may contradict. Journeys under 100 km are not looked at.
    """
    found = list(_stops(page))
    for stop in found:
        yield RULE.cant_tell(
            (stop.span, stop.place.span, stop.when.span), f"{stop.who}: no second stop.", about=_ids(stop)
        )
    yield from _journeys(found, RULE)


def travel_across(case: Case) -> Iterator[Check]:
    """Stops of the same full name in several documents between which no journey is possible.

    Example: one outlet has "Nela Whitlow met farmers in Sydney at 9 a.m.", another has her in Beijing at noon. Two
    bearers of one name are the blind spot: the alarm is soft.
    """
    stops = []
    for check in case.of(Check):
        if check.rule == RULE.name and len(check.spans) == 3 and len(check.about) == 2:
            name = case.quote(check.spans[0])
            place, when = (case.get(id) for id in check.about)
            time = _time(when)
            if time is not None and " " in name and name[0].isupper() and " of " not in name:
                stops.append(Stop(name, place, when, time, check.spans[0]))
    yield from (c for c in _journeys(stops, ACROSS) if len({span.doc for span in c.spans}) > 1)


def _ids(stop: Stop) -> tuple[str, str]:
    return stop.place.id, stop.when.id


def _journeys(stops: Iterable[Stop], rule: Rule) -> Iterator[Check]:
    known: dict[str, list[Stop]] = defaultdict(list)
    for stop in stops:
        key = stop.who.split()[-1] if rule is RULE else stop.who
        for before in known[key]:
            check = _journey(rule, *sorted((before, stop), key=lambda one: one.time))
            yield from [check] if check else []
        known[key].append(stop)


def _journey(rule: Rule, one: Stop, other: Stop) -> Check | None:
    km = kilometres((one.place.lat or 0.0, one.place.lon or 0.0), (other.place.lat or 0.0, other.place.lon or 0.0))
    if km < NEAR_KM:
        return None
    hours = (abs(other.sun - one.sun) + ZONES) / timedelta(hours=1)
    message = (
        f"{km:.0f} km from {one.place.name} ({one.time:%H:%M}) to {other.place.name} ({other.time:%H:%M}) "
        f"in at most {hours:.1f} hours: {km / hours:.0f} km an hour."
    )
    spans = sorted((one.place.span, one.when.span, other.place.span, other.when.span))
    about = [*_ids(one), *_ids(other)]
    if km / hours > FASTEST:
        return rule.failed(spans, message, f"at least {km / FASTEST:.0f} hours between", about=about)
    return rule.passed(spans, message, about=about)


def _stops(page: Page) -> Iterator[Stop]:
    """The stops of a text; words such as "that day", and a bare hour, take the day of the stop before."""
    last: Stop | None = None
    places: dict[int, list[Place]] = defaultdict(list)
    for place in page.of(Place):
        at = _verb(page, place.span) if place.role is PlaceRole.PLACE and place.lat is not None else None
        if at is not None and not place.anchors:
            places[at].append(place)
    for when in page.of(When):
        time, verb = _time(when), _verb(page, when.span)
        if time is None or verb is None or len(places[verb]) != 1:
            continue
        who = _who(page, verb, last)
        if who is not None:
            words = page.quote(when.span)
            if last and (_SAME_DAY.search(words) or not _DATED.search(words)):
                time = datetime.combine(last.time.date(), time.time())
            last = Stop(who[0], places[verb][0], when, time, who[1])
            yield last


def _time(when: When) -> datetime | None:
    found = _CLOCK.match(when.timex)
    if found is None or not bounds(when) or int(found[2]) > 23:
        return None
    return datetime.fromisoformat(f"{found[1]}T{found[2]}:{found[3]}")


def _verb(page: Page, span: Span) -> int | None:
    """The verb above a time or place, by way of the nouns between."""
    found = governor(page, span)
    at = found[0] if found else head(page, span)
    if at is None:
        return None
    *_, verb = up_to_verb(page, at)
    return verb if page.parse.pos[verb] in ("VERB", "AUX") else None


def _who(page: Page, verb: int, last: Stop | None) -> tuple[str, Span] | None:
    """The subject's name, "minister" for "the minister", the one before for "she"."""
    parse, at = page.parse, subject(page, verb)
    if at is None:
        return None
    if parse.tag[at] == "PRP":
        return (last.who, last.span) if last and parse.lemma[at] in ("he", "she") else None
    if parse.pos[at] not in ("PROPN", "NOUN"):
        return None
    name = sorted(t for t in below(page, at) if t == at or (parse.head[t] == at and parse.dep[t] == "compound"))
    span = page.span(name[0], name[-1] + 1)
    return page.quote(span), span
