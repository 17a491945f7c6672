"""The words by which English places something: quantities, compass points, journeys, and the phrases made of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.detect.lexicon import numbers
from sayso.detect.places.geometry import POINTS

_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VAGUE = {"a couple of": 2.0, "a few": 4.0, "several": 6.0, "half a": 0.5, "half an": 0.5}
_GREAT = {"hundred": 100.0, "thousand": 1000.0, "dozen": 12.0}
_NO_COUNT = ("both", "another")  # they count sources, not miles
_SIDES = {"n": "north", "e": "east", "s": "south", "w": "west"}


@dataclass(frozen=True, slots=True)
class Phrases:
    """Compiled patterns. Those up to `lying` end where a place's name begins; `sideways` stands on its own."""

    distance: re.Pattern[str]
    journey: re.Pattern[str]
    hours: re.Pattern[str]
    area: re.Pattern[str]
    aside: re.Pattern[str]
    sided: re.Pattern[str]
    towards: re.Pattern[str]
    between: re.Pattern[str]
    halfway: re.Pattern[str]
    route: re.Pattern[str]
    linking: re.Pattern[str]
    sideways: re.Pattern[str]
    joint: re.Pattern[str]
    road: re.Pattern[str]
    means: re.Pattern[str]
    line: re.Pattern[str]
    side: re.Pattern[str]


@cache
def table() -> dict[str, Any]:
    """`places_relations.toml`."""
    return tomllib.loads((files("sayso") / "data" / "places_relations.toml").read_text("utf-8"))


def some(kind: str) -> str:
    """One list of `[words]` as alternatives."""
    return either(table()["words"][kind])


def either(words: Iterable[str]) -> str:
    """Alternatives, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def counted() -> dict[str, float]:
    """Number words, compounds among them, with their values."""
    ones = {word: float(value) for word, value in numbers().items() if word not in _NO_COUNT}
    tens = {word: 20.0 + 10 * n for n, word in enumerate(_TENS.split())}
    single = {word: value for word, value in ones.items() if len(word) > 2 and value < 10}
    both = {f"{ten}-{one}": high + low for ten, high in tens.items() for one, low in single.items()}
    teens = {word: 13.0 + n for n, word in enumerate(_TEENS.split())}
    great = {f"{one} {word}": n * value for word, value in _GREAT.items() for one, n in ones.items() if n < 10}
    return ones | teens | tens | both | great | _VAGUE


def amount(found: re.Match[str]) -> float:
    """The number of a match: of "10 to 15" the middle, with "and a half" behind number or unit."""
    values = [_value(found[name]) for name in ("low", "high") if found[name]]
    half = 0.5 if found["half"] or found["more"] else 0.0
    return sum(values) / len(values) + half


def _value(words: str) -> float:
    low = re.sub(r"\s+", " ", words.lower())
    if not low[0].isdigit():
        return counted()[low.replace("\u2010", "-")]
    whole, _, part = low.partition(" ")
    top, _, bottom = part.partition("/")
    return float(whole.replace(",", "")) + (float(top) / float(bottom) if part else 0.0)


def plain(words: str) -> str:
    """A key of a table as it is written there."""
    return re.sub(r"\s+", " ", words.lower())


@cache
def phrases() -> Phrases:
    """All patterns, compiled on first use."""
    loose = rf"(?:(?P<loose>{some('loose')})\s+)?"
    number = rf"(?:\d[\d,]*(?:\.\d+)?(?:\s[1-9]/[2-9])?|{either(counted())})"
    half = r"\s+and\s+a\s+half"
    between = rf"(?:between\s+)?(?P<low>{number})(?:\s*(?:to|[-–]|and|or)\s*(?P<high>{number}))?(?P<half>{half})?"
    quantity = rf"{loose}(?:an?\s+)?(?<![\w.,-]){between}"
    unit = rf"[\s-]*(?P<unit>{either(table()['units'])})\b\.?(?P<more>{half})?(?:\s*\([^)]*\))?"
    span = rf"[\s-]*(?P<span>{either(table()['spans'])})\b(?P<more>{half})?(?:[’']s|[’'])?"
    fill = rf"(?:,?\s+(?:{some('fill')})\b,?)*"
    way = rf"(?P<way>{_ways()})"
    aim = rf"(?:\s+(?:to\s+the|due|just)|\s+(?!of\b|from\b)\w+(?=\s+(?:{_ways()})\b))?\s+{way}"
    kind = _kind()
    means = rf"(?P<means>{either(table()['hours'])})"
    ahead = rf"\s+(?P<prep>of|from|off|outside|off\s+the\s+(?:coast|shores?)\s+of|radius\s+of)\s+{kind}$"
    on = r"(?:on|along|off|near|beside|by)\s+the"
    pairs = {
        "distance": rf"{quantity}{unit}{fill}(?:{aim})?{ahead}",
        "journey": rf"{quantity}{span}[\s-]+(?:(?:by|on)\s+)?{means}(?:\s+away)?(?:{aim})?{ahead}",
        "hours": rf"{quantity}{span}(?P<means>)(?:\s+away)?(?:{aim})?{ahead}",
        "area": rf"(?<![\w-])(?P<area>{either(table()['areas'])})\s+{kind}$",
        "aside": rf"(?<![\w-])(?P<area>{either(table()['aside'])})\s+{kind}$",
        "sided": rf"\b(?:the|an?)\s+(?:{_ways()})(?:ern)?\s+(?P<side>{either(table()['sides'])})\s+of\s+{kind}$",
        "towards": rf"(?<!\bthe\s)\b(?:to\s+the\s+)?{way}\s+of\s+{kind}$",
        "between": rf"\b(?:{some('lying')}|{some('ways')})\s+between\s+{kind}$",
        "halfway": rf"\b(?:mid-?way|half-?way|(?:at\s+)?the\s+mid-?point)\s+between\s+{kind}$",
        "route": rf"\b(?:{on}\s+(?:\w+\s+)?(?:{some('ways')})|en\s+route)\s+from\s+{kind}$",
        "linking": rf"\b(?:the\s+)?(?:\w+\s+)?(?:{some('ways')})\s+(?:{some('linking')})\s+{kind}$",
        "sideways": rf"{quantity}{unit}{fill}\s+to\s+the\s+{way}\b(?!\s+(?:of|from)\b)",
        "joint": rf"\s+(?P<and>and|to|with)\s+{kind}",
        "road": rf"\s+(?:{some('ways')})\b",
        "line": r"\s+(?:border|frontier)s?\b",
        "side": rf"\b(?:border|frontier)s?\s+(?:with|between)\s+{kind}$",
        "means": rf"\s+(?:by|on)\s+{means}\b",
    }
    return Phrases(**{name: re.compile(pattern, re.IGNORECASE) for name, pattern in pairs.items()})


def places_by(before: str) -> bool:
    """Whether words in front of a name place something by it, and could not be said of a person ("close to")."""
    known = phrases()
    sure = (known.journey, known.sided, known.towards, known.halfway, known.linking, known.route, known.side)
    if any(pattern.search(before) for pattern in sure):
        return True
    found = known.area.search(before)
    far = known.distance.search(before)
    return bool((far and far["way"]) or (found and plain(found["area"]) not in table()["words"]["weak"]))


def _ways() -> str:
    """Compass points in words, hyphens and blanks at will; letters in capitals alone."""
    words = [r"[-\s]?".join(_SIDES[letter] for letter in point) for point in POINTS]
    letters = [point.upper() for point in POINTS]
    short = "|".join(sorted(letters, key=len, reverse=True))
    return "|".join([*sorted(words, key=len, reverse=True), rf"(?-i:{short})\b"])


def _kind() -> str:
    """What may stand between a relation and the name: "the port city of", "the Latvian capital,", "central"."""
    before = rf"(?:the|an?|its|their)\s+(?:[\w’'-]+\s+){{0,3}}?(?:{some('kinds')})(?:\s+of|,)?"
    return rf"(?:{before}\s+)?(?:the\s+)?(?:(?:{some('inner')})\s+)*"
