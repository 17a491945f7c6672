"""What keeps two events apart whatever their words: their type, whether they came to pass, their days and places."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from sayso.detect.places.geometry import distance
from sayso.link.change import LinkCase
from sayso.records import Event, EventStatus, Place, When

DAYS = 7  # two reports of one thing may differ by a week: "on the 19th", "on the 23rd"
FAR_KM = 300.0  # and by a neighbouring town, not by a country
_AHEAD = (EventStatus.PLANNED, EventStatus.THREATENED, EventStatus.DEMANDED, EventStatus.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an event's record says: `ahead` where it has not come to pass, `days` as ordinals, `places` as circles."""

    code: str
    ahead: bool
    days: tuple[tuple[int, int], ...]
    places: tuple[tuple[float, float, float], ...]

    def dumped(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def loaded(cls, body: str) -> Facts:
        """From JSON."""
        held = json.loads(body)
        return cls(held["code"], held["ahead"], *(tuple(map(tuple, held[name])) for name in ("days", "places")))


def facts(case: LinkCase, event: Event) -> Facts:
    """The facts of an event as its record and the times and places in it say."""
    days = (_days(case.get(id)) for id in event.when)
    places = [one for one in map(case.get, event.where) if isinstance(one, Place) and one.lat is not None]
    return Facts(
        code=event.code,
        ahead=event.status in _AHEAD,
        days=tuple(sorted(day for day in days if day)),
        places=tuple(sorted((one.lat or 0.0, one.lon or 0.0, one.radius_km or 0.0) for one in places)),
    )


def apart(one: Facts, other: Facts) -> bool:
    """Whether two events cannot be one: of two types, one ahead and one past, weeks or hundreds of kilometres apart.

    What lies nearer than that may be two tellings of one thing: those are shown side by side.
    """
    return (
        bool(one.code and other.code and one.code != other.code)
        or one.ahead != other.ahead
        or bool(one.days and other.days and _gap(one.days, other.days) > DAYS)
        or bool(one.places and other.places and _kilometres(one.places, other.places) > FAR_KM)
    )


def _days(when: When) -> tuple[int, int] | None:
    try:
        ends = [date.fromisoformat(end[:10]).toordinal() for end in (when.first, when.last) if end]
    except ValueError:  # years before Christ
        return None
    return (ends[0], ends[1]) if len(ends) == 2 else None


def _gap(one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]) -> int:
    return min(max(a[0] - b[1], b[0] - a[1]) for a in one for b in other)


def _kilometres(one: Iterable[tuple[float, float, float]], other: Iterable[tuple[float, float, float]]) -> float:
    return min(distance(a[:2], b[:2]) - a[2] - b[2] for a in one for b in other)
