"""Amounts in two units: "50 miles (80 km)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso.case import Page
from sayso.check.days import prose
from sayso.check.rule import Rule
from sayso.check.words import table
from sayso.detect.times.words import compiled, number
from sayso.records import Check, CheckLevel, Span

RULE = Rule("conversion", CheckLevel.HARD)
DIMENSIONS = ("length", "area", "weight", "speed", "heat")
# A figure of two and more digits is taken to be rounded by a tenth at most: "300 feet (100 m)" is how news rounds,
# "50 miles (90 km)" is not.
_CAP = 0.1
_SECOND = re.compile(r"\([^)]{0,24}\d|\bor\s+(?:about\s+)?\d")  # what may open a second amount
NAUTICAL = 0.02  # how well the reading as nautical miles must fit
STEP = 30.0  # degrees Fahrenheit up to which a figure may be a difference of temperatures


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure, its unit as written and of what dimension, and how far its rounding may have moved it."""

    figure: float
    unit: str
    dimension: str
    slack: float


def conversion(page: Page) -> Iterator[Check]:
    """An amount and its conversion in brackets, or behind "or", must be the same within their rounding.

    Example: "50 miles (80 km)"; "300 feet (30 m)" is an alarm: 91 metres. Either figure may be the rounded one, by
    half of its last digit that is not zero, a tenth at most. Lengths, areas, weights, speeds and degrees are read;
    a difference of degrees ("warmer by 3.6F (2C)") is taken as such, miles at sea as nautical where only that fits.
    """
    for part in prose(page) if _SECOND.search(page.document.text) else ():
        for found in _pattern().finditer(page.document.text, part.start, part.end):
            one, other = _amount(found, "a"), _amount(found, "b")
            if one and other and one.dimension == other.dimension and one.unit != other.unit:
                check = _compared(Span(page.document.id, *found.span()), one, other)
                yield from [check] if check else []


def _amount(found: re.Match[str], name: str) -> Amount | None:
    unit = re.sub(r"\s+", " ", found[f"u{name}"])
    written = found[f"n{name}"]
    dimension = _dimension(unit)
    try:
        figure = number(written)
    except KeyError:
        return None
    if dimension is None or not figure:
        return None
    sign = -1 if found[f"m{name}"] else 1
    return Amount(sign * figure, unit, dimension, _slack(written, figure))


def _dimension(unit: str) -> str | None:
    return next((name for name in DIMENSIONS if unit in _units(name) or unit.lower() in _units(name)), None)


def _units(dimension: str) -> dict[str, float]:
    units: dict[str, float] = table("conversion")[dimension]
    return units


def _slack(written: str, figure: float) -> float:
    """How far rounding may have moved a figure: half of the last digit that is not zero."""
    digits = written.replace(",", "")
    if not re.fullmatch(r"[\d.]+", digits):
        return max(0.5, figure * 0.05)
    if "." in digits:
        return float(0.5 * 10.0 ** -len(digits.partition(".")[2]))
    zeros = len(digits) - len(digits.rstrip("0"))
    half = 0.5 * 10.0**zeros
    return half if figure < 10 else min(half, figure * _CAP)


def _compared(span: Span, one: Amount, other: Amount) -> Check | None:
    if one.dimension == "heat":
        return _degrees(span, one, other)
    there = one.figure * _factor(one) / _factor(other)
    message = f"{one.figure:g} {one.unit} are {_figure(there)} {other.unit}; {other.figure:g} are said."
    if _equal(one, other, _factor(one) / _factor(other)):
        return RULE.passed([span], message)
    if any(abs(one.figure * ratio / other.figure - 1) <= NAUTICAL for ratio in _nautical(one, other)):
        return RULE.cant_tell([span], f"{message} Nautical miles would fit.")
    return RULE.failed([span], message, f"{_figure(there)} {other.unit}")


def _factor(one: Amount) -> float:
    units = _units(one.dimension)
    return units[one.unit] if one.unit in units else units[one.unit.lower()]


def _equal(one: Amount, other: Amount, ratio: float) -> bool:
    """Whether either figure is the other one, converted and rounded; exact conversions get two per cent."""
    there, back = one.figure * ratio, other.figure / ratio
    if one.figure < 10 and other.figure < 10:  # both may be rounded: "3 mph (6 kph)" are three knots
        return abs(there - other.figure) <= other.slack + one.slack * ratio
    near = abs(there - other.figure) <= max(other.slack, 0.02 * abs(there))
    return near or abs(back - one.figure) <= max(one.slack, 0.02 * abs(back))


def _nautical(one: Amount, other: Amount) -> Iterator[float]:
    """The ratio where "miles" are read as nautical ones."""
    if one.unit in ("mile", "miles"):
        yield 1852.0 / _factor(other)
    if other.unit in ("mile", "miles"):
        yield _factor(one) / 1852.0


def _degrees(span: Span, one: Amount, other: Amount) -> Check | None:
    scales = (_factor(one), _factor(other))
    if scales[0] == scales[1]:
        return None
    celsius = scales[0] == 1.0
    there = one.figure * 1.8 + 32 if celsius else (one.figure - 32) / 1.8
    step = one.figure * 1.8 if celsius else one.figure / 1.8
    message = f"{one.figure:g} {one.unit} are {_figure(there)} {other.unit}; {other.figure:g} are said."
    slack = max(1.2, other.slack, one.slack * (1.8 if celsius else 1 / 1.8))
    if abs(there - other.figure) <= slack:
        return RULE.passed([span], message)
    fahrenheit = abs(other.figure if celsius else one.figure)
    if fahrenheit <= STEP and abs(step - other.figure) <= max(0.6, abs(step) * 0.05):
        return RULE.cant_tell([span], f"{message} As a difference of degrees it would fit.")
    return RULE.failed([span], message, f"{_figure(there)} {other.unit}")


def _figure(value: float) -> str:
    """A figure with three digits: "80.5", "1,610"."""
    if abs(value) >= 1000:
        return f"{round(value, -1):,.0f}"
    return f"{value:.3g}"


@cache
def _pattern() -> re.Pattern[str]:
    units = sorted((unit for name in DIMENSIONS for unit in _units(name)), key=len, reverse=True)
    unit = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in units)
    count = compiled("{num}").pattern

    def amount(name: str) -> str:
        low = rf"(?P<m{name}>minus\s+|(?<![\w)])[-−–](?=\d))?"
        return rf"{low}(?<![\w.,$£€])(?P<n{name}>{count})[\s-]*(?P<u{name}>(?-i:{unit}))(?![\w²³/])"

    loose = r"(?:(?:about|around|some|nearly|almost|roughly|approximately|over|or|i\.e\.)\s+)*"
    gap = rf"(?:[\s,-]+[a-z-]+)?\s*(?:\({loose}|,?\s+or\s+(?:about\s+)?)"
    return re.compile(amount("a") + gap + amount("b"), re.IGNORECASE)
