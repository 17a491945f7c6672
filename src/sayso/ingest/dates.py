"""Dates as sources print them, made ISO 8601 and no more precise than they were given."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from importlib import resources

_ISO = re.compile(
    r"(\d{4})-(\d{2})(?:-(\d{2}))?"
    r"(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?",
    re.I,
)
_CLOCK = re.compile(r"\b(\d{1,2})(?::|\.)(\d{2})\s*([ap])?\.?(?:m\b\.?)?\s*([A-Z]{1,4}\b)?", re.I)
_PDF = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:(Z|[+-])(?:(\d{2})'?(\d{2})?)?)?")


def iso(text: str) -> str | None:
    """The date, or date and time, that `text` states as ISO 8601; None where it states none.

    Reads ISO 8601 ("2031-04", "2031-04-05T06:07Z"), mail dates and English dates in words ("5 April
    2031", "Apr. 5, 2031, 6:07 p.m. EST"). Numbers such as 04/05/2031 are not read: which of them is the
    month is unknown.
    """
    text = text.strip()
    return _iso8601(text) or _mail(text) or _words(text)


def from_pdf(text: str) -> str | None:
    """The date of a PDF information dictionary (`D:20310405060700+02'00'`) as ISO 8601, None if malformed."""
    found = _PDF.match(text)
    if not found or not found[3]:
        return None
    day = _day(int(found[1]), int(found[2]), int(found[3]))
    if not day or not found[5]:
        return day
    zone = f"{found[7]}{found[8]}:{found[9] or '00'}" if found[8] and found[7] in "+-" else "Z" if found[7] else ""
    return _checked(f"{day}T{found[4]}:{found[5]}:{found[6] or '00'}{'Z' if zone in ('+00:00', '-00:00') else zone}")


def find(text: str) -> tuple[int, int] | None:
    """Where in `text` the first date in words or ISO 8601 stands (its day, not its time of day)."""
    for pattern in (_words_pattern(), re.compile(r"\b\d{4}-\d{2}-\d{2}\b")):
        if found := pattern.search(text):
            return found.span()
    return None


def from_name(name: str) -> str | None:
    """The day a file name begins or ends with ("2031-04-05-harbour.txt"), None where it has none."""
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    found = re.match(r"(\d{4})[-_]?(\d{2})[-_]?(\d{2})(?!\d)", stem)
    found = found or re.search(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})$", stem)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else None


def _iso8601(text: str) -> str | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year, month, day, clock, zone = found.groups()
    if not day:
        return f"{year}-{month}" if _day(int(year), int(month), 1) else None
    whole = _day(int(year), int(month), int(day))
    if not whole or not clock:
        return whole
    zone = (zone or "").upper()
    return _checked(f"{whole}T{clock}{zone if ':' in zone or len(zone) < 5 else zone[:3] + ':' + zone[3:]}")


def _mail(text: str) -> str | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # A two-digit year or one out of range is a misreading of something else.
    if not 1500 <= moment.year <= 2999 or not re.search(r"\d{1,2}:\d{2}", text):
        return None
    return moment.isoformat().replace("+00:00", "Z")


def _words(text: str) -> str | None:
    found = _words_pattern().search(text)
    if not found:
        return None
    month = _table()["months"][(found["m1"] or found["m2"]).lower()]
    day = _day(int(found["y1"] or found["y2"]), month, int(found["d1"] or found["d2"]))
    rest = text[: found.start()] + " " + text[found.end() :]
    return f"{day}T{clock}" if day and (clock := _clock(rest)) else day


def _clock(text: str) -> str | None:
    found = _CLOCK.search(text)
    if not found:
        return None
    hour, minute, half, zone = int(found[1]), int(found[2]), (found[3] or "").lower(), (found[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return None
    shift = _table()["zones"].get(zone)
    moment = time(hour, minute, tzinfo=None if shift is None else timezone(timedelta(hours=shift)) if shift else UTC)
    return moment.isoformat("minutes").replace("+00:00", "Z")


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if year >= 1500 else None
    except ValueError:
        return None


def _checked(text: str) -> str | None:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return text


@cache
def _words_pattern() -> re.Pattern[str]:
    month = "|".join(sorted(_table()["months"], key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?P<m1>{month})\b\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})"
        rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{month})\b\.?,?\s+(?P<y2>\d{{4}}))\b",
        re.I,
    )


@cache
def _table() -> Mapping[str, Mapping[str, int]]:
    return tomllib.loads((resources.files("sayso") / "data" / "months.toml").read_text("utf-8"))
