"""The words of time as tables, and the pieces of patterns made of them; read once, on first use."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from sayso.detect.lexicon import rows

# Abbreviations of months, which may end in a stop.
_SHORT = ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec")


@cache
def table(name: str) -> Mapping[str, Any]:
    """One table of `times.toml`, or `months` or `zones` of `months.toml`."""
    tables = {**_file("months.toml"), **_file("times.toml")}
    return MappingProxyType(tables[name])


@cache
def listed(name: str, key: str) -> frozenset[str]:
    """The words listed under `key` of a table."""
    return frozenset(table(name).get(key, ()))


@cache
def feasts() -> Mapping[str, str]:
    """The rule of each feast by its name in lower case."""
    return MappingProxyType({row["name"]: row["rule"] for row in rows("feasts.tsv")})


@cache
def rules() -> tuple[Mapping[str, str], ...]:
    """The rules of `times_rules.toml`: reads, opens, pattern."""
    return tuple(MappingProxyType(rule) for rule in _file("times_rules.toml")["rule"])


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((files("sayso") / "data" / name).read_text("utf-8"))


@cache
def pieces() -> Mapping[str, str]:
    """The named pieces of patterns: `{month}` is a month's name, `{num}` a count, `_` the white space between words."""
    months = table("months")
    tens = [w for w, n in table("numbers").items() if 20 <= n <= 90]
    ones = [w for w, n in table("numbers").items() if 0 < n < 20 and w != "dozen"]
    small = f"(?:(?:{_any(tens)})(?:[- ](?:{_any(ones)}))?|{_any(ones)})"
    spelt = f"(?:(?:{small}|a)_(?:hundred|thousand)(?:_(?:and_)?{small})?|{small}|a_dozen|dozen)"
    digits = r"\d{1,3}(?:,\d{3}){1,3}|\d{1,5}(?:\.\d{1,2}|_?½|_1/2)?"
    exact = f"(?:{digits}|a_couple(?:_of)?|{spelt})"
    lists = {name: f"(?:{_any(words)})" for name, words in table("lists").items()}
    tables = {"season": "seasons", "unit": "units", "part": "dayparts", "set": "sets", "word": "vague"}
    zone = r"(?:[A-Z]{1,4}T|UTC|Z)\b(?:_?[+-]_?\d{1,2}(?::?\d\d)?)?"
    return {
        **lists,
        **{name: f"(?:{_any(table(source))})" for name, source in tables.items()},
        "old": f"(?:{_any(table('vague_history'))})",
        "feast": f"(?:{_any(feasts())})",
        "month": f"(?:(?:{_any(m for m in months if m not in _SHORT)})|(?:{_any(_SHORT)})\\b\\.?)",
        "weekday": f"(?:{_any(table('weekdays'))})",
        "wday": f"(?:{_any([*table('weekdays'), *table('weekday_short')])})\\.?",
        "ordinal": f"(?:{_any(table('ordinals'))}|\\d{{1,2}}(?:st|nd|rd|th))",
        "day": r"(?:[0-3]?\d)(?:st|nd|rd|th)?(?![\d%]|:\d)(?!,\d)",
        "yr": r"(?:1\d{3}|20\d\d)(?![\d%])(?!,\d)(?!\.\d)",
        "bc": r"(?:B\.?C\.?E?\.?|BC)",
        "num": exact,
        "vague": f"(?:{lists['count']}_(?:more_)?)",
        "zone": rf"(?-i:{zone}|\({zone}\)|local_time)",
    }


def _any(words: Any) -> str:
    """An alternation of words, the longest first, blanks as white space."""
    return "|".join(re.escape(w).replace(r"\ ", "_") for w in sorted(words, key=lambda w: (-len(w), w)))


def compiled(pattern: str) -> re.Pattern[str]:
    """A rule's pattern with its `{pieces}` put in and `_` as white space, case left to the rule."""
    pattern = re.sub(r"\s+", "", pattern)
    for _ in range(2):
        pattern = re.sub(r"\{([a-z]+)\}", lambda m: pieces()[m[1]], pattern)
    pattern = pattern.replace("[-_]", "(?:-|_)")
    return re.compile(pattern.replace("_", r"(?:[ \t\xa0]{1,3}\n?|\n)"), re.IGNORECASE)


def month(word: str) -> int:
    """The number of a month by its name."""
    return int(table("months")[word.lower().rstrip(".")])


def ordinal(word: str) -> int:
    """1 for "first" and "1st"."""
    found = re.match(r"\d+", word)
    return int(found[0]) if found else int(table("ordinals")[word.lower()])


def number(words: str) -> float:
    """The number of a count in digits or words ("1,200", "2.5", "twenty-two", "a hundred"). Raises KeyError."""
    text = words.lower().replace(",", "").strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    if text.endswith(("½", "1/2")):
        return float(text.removesuffix("1/2").rstrip("½ \n\t")) + 0.5
    if text.startswith("a couple"):
        return 2.0
    total, current = 0.0, 0.0
    for word in re.findall(r"[a-z]+", text):
        if word in ("a", "and"):
            continue
        value = float(table("numbers")[word])
        if value >= 100:
            total, current = total + (current or 1) * value, 0.0
        else:
            current += value
    return total + current


def unit(word: str) -> str:
    """The unit of a word, singular or plural: "days" is day, "centuries" century."""
    text = word.lower().rstrip("'’")
    units = table("units")
    return str(units.get(text) or units[text.removesuffix("s")])


def period(count: str, name: str) -> str:
    """The TIMEX3 value of a duration: `count` is digits or "X"; decades become years, quarters months."""
    sign, size = table("period")[name]
    amount = count if count == "X" or size == 1 else f"{float(count) * size:g}"
    if count == "X" and size in (10, 100, 1000):
        return {10: "PXDE", 100: "PXC", 1000: "PXL"}[size]
    return f"PT{amount}{sign[1]}" if len(sign) == 2 else f"P{amount}{sign}"
