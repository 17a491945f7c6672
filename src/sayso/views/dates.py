"""Dates as a newspaper prints them, as precise as they were given."""

from __future__ import annotations

import re
import tomllib
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


@cache
def _months() -> dict[int, str]:
    """Month names by number; the fullest of the spellings that `months.toml` lists."""
    listed = tomllib.loads(files("sayso").joinpath("data", "months.toml").read_text("utf-8"))["months"]
    return {number: name.title() for name, number in sorted(listed.items(), key=lambda item: len(item[0]))}
