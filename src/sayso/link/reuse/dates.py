"""When a document says it was published, as precise as it says: the first and the last minute that it may mean."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta

Interval = tuple[float, float]


def interval(published: str) -> Interval | None:
    """The minutes (since 1970, UTC) that an ISO 8601 date or date and time may mean; None where it says nothing.

    A month or a day is the whole of it. A clock without a zone is taken for UTC: outlets of one case that leave it
    out mostly share a clock, and a day's width would hide every order.
    """
    try:
        if len(published) <= 10:
            return _days(published)
        moment = datetime.fromisoformat(published.replace("Z", "+00:00"))
    except (ValueError, IndexError):
        return None
    minutes = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() / 60
    return minutes, minutes


def earlier(one: Interval | None, other: Interval | None) -> float:
    """The chance that `one` lies before `other`, any minute of each as likely as another; 0.5 where one is unknown."""
    if one is None or other is None:
        return 0.5
    if one == other:
        return 0.5
    if one[1] <= other[0]:
        return 1.0
    if other[1] <= one[0]:
        return 0.0
    return _overlapping(one, other)


def gap(one: Interval | None, other: Interval | None) -> float | None:
    """The minutes from the middle of `one` to that of `other`; None where one is unknown."""
    return None if one is None or other is None else (sum(other) - sum(one)) / 2


def _overlapping(one: Interval, other: Interval) -> float:
    """P(one < other) for two uniform intervals that overlap: the area above the diagonal of their rectangle."""
    width, height = one[1] - one[0], other[1] - other[0]
    if not width:
        return (other[1] - one[0]) / height
    if not height:
        return (other[0] - one[0]) / width
    low, high = max(one[0], other[0]), min(one[1], other[1])
    before = max(0.0, other[0] - one[0]) * height  # `one` before all of `other`
    inside = (high - low) * ((other[1] - high) + (high - low) / 2)  # both within the overlap, or `other` beyond it
    return (before + inside) / (width * height)


def _days(published: str) -> Interval | None:
    year, *rest = (int(part) for part in published.split("-"))
    month, day = [*rest, 0, 0][:2]
    first = datetime(year, month or 1, day or 1, tzinfo=UTC)
    length = 1 if day else calendar.monthrange(year, month)[1] if month else 365 + calendar.isleap(year)
    return first.timestamp() / 60, (first + timedelta(days=length)).timestamp() / 60
