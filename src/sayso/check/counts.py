"""Lengths of time as written: "nine years", "a three-day", "two decades", with how exactly they are meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from sayso.check.words import listed, table
from sayso.detect.times.words import compiled, number

# Of a unit its length in days, and in what it is counted.
DAYS = {
    "day": 1.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": 30.44,
    "year": 365.25,
    "decade": 3652.5,
    "century": 36525.0,
}
PLURALS = {"centuries": "century"}


@dataclass(frozen=True, slots=True)
class Length:
    """A number of units; `loose` where words such as "about", or its roundness, make it less sure."""

    number: float
    unit: str
    loose: bool

    @property
    def days(self) -> float:
        """Its length in days."""
        return self.number * DAYS[self.unit]

    def allows(self, low: float, high: float) -> bool:
        """Whether a length that is known to lie from `low` to `high` days may be called this.

        One unit either way is a way of counting (both ends, or neither); what is loose may be off by a fifth.
        """
        slack = max(DAYS[self.unit] * 1.05, self.days * float(table("elapsed")["spread"]) if self.loose else 0.0)
        return low - slack <= self.days <= high + slack

    def told(self) -> str:
        """For a reader: "9 years"."""
        return f"{self.number:g} {self.unit}{'s' if self.number != 1 else ''}".replace("centurys", "centuries")


def length(found: re.Match[str], text: str) -> Length:
    """The length of a match of a pattern that holds `pattern()`."""
    word = found["unit"].lower()
    name = PLURALS.get(word, word.removesuffix("s"))
    amount = number(found["count"]) or 1.0  # "a decade"
    before = re.findall(r"[a-z]+", text[max(0, found.start("count") - 24) : found.start("count")].lower())[-1:]
    hedged = bool(before) and before[0] in listed("elapsed", "about")
    round_ = (amount >= 10 and amount % 10 == 0) or name in ("decade", "century")
    return Length(amount, name, hedged or round_)


@cache
def pattern() -> str:
    """A count and a unit as a piece of a regular expression, groups `count` and `unit`."""
    count = compiled("{num}").pattern
    units = r"(?P<unit>centur(?:y|ies)|(?:day|week|fortnight|month|year|decade)s?)"
    return rf"(?<![\w.,$£€-])(?P<count>{count}|an?)[\s-]+{units}\b"


def between(one: tuple[date, date], other: tuple[date, date]) -> tuple[float, float]:
    """The least and the most days that may lie between two times."""
    first, second = sorted((one, other))
    most = (second[1] - first[0]).days
    least = (second[0] - first[1]).days
    return float(max(0, least)), float(most)
