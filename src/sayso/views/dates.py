"""Dates as a newspaper prints them, as precise as they were given."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from functools import cache
from importlib.resources import files
from itertools import takewhile

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")


def day(value: str) -> str:
    """An ISO 8601 date, or date and time, as "4 March 2031", "March 2031" or "2031"; anything else as it stands."""
    match = _ISO.fullmatch(value)
    if not match or not 1 <= int(match[2] or 1) <= 12:
        return value
    names = [str(int(match[3]))] if match[3] else []
    names += [_months()[int(match[2])]] if match[2] else []
    return " ".join([*names, match[1]])


def days(values: list[str]) -> str:
    """The first and the last of some ISO dates: "3 to 11 March 2031", "28 February to 1 March 2031"; "" for none."""
    if not values:
        return ""
    first, last = day(min(values)).split(), day(max(values)).split()
    if first == last:
        return " ".join(last)
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(reversed(first), reversed(last), strict=False))
    kept = max(1, len(first) - len(list(pairs)))
    return f"{' '.join(first[:kept])} to {' '.join(last)}"


def interval(first: str | None, last: str | None) -> str:
    """The days from `first` to `last` in the fewest words: "2019", "March 2031", "3 to 9 March 2031", "until 2031"."""
    if not first or not last:
        return f"from {day(first[:10])}" if first else f"until {day((last or '')[:10])}"
    first, last = first[:10], last[:10]
    if first[4:] == "-01-01" and last[4:] == "-12-31":
        return days([first[:4], last[:4]])
    if first[7:] == "-01" and first[:7] == last[:7] and int(last[8:]) == monthrange(int(last[:4]), int(last[5:7]))[1]:
        return day(first[:7])
    return days([first, last])


@cache
def _months() -> dict[int, str]:
    """Month names by number; the fullest of the spellings that `months.toml` lists."""
    listed = tomllib.loads(files("sayso").joinpath("data", "months.toml").read_text("utf-8"))["months"]
    return {number: name.title() for name, number in sorted(listed.items(), key=lambda item: len(item[0]))}
