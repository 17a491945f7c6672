"""A rule: the words that open an expression, its pattern, and the function that reads what matched."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sayso.detect.times.reading import Found, Reading
from sayso.detect.times.scene import Scene
from sayso.detect.times.words import compiled, feasts, listed, table

Read = Callable[[re.Match[str], Scene], Reading | list[Found] | None]
_CLASSES = {
    "MONTH": "months",
    "WEEKDAY": "weekdays",
    "SEASON": "seasons",
    "NUMBER": "numbers",
    "ORDINAL": "ordinals",
    "PART": "dayparts",
    "DECADE": "decades",
    "UNIT": "units",
    "VAGUE": "vague",
    "HISTORY": "vague_history",
    "SET": "sets",
    "SHORT": "weekday_short",
    "EDGE": "edges",
    "CLOCK": "clock_words",
}


@dataclass(frozen=True)
class Rule:
    """`opens` lists first words in small letters, "#" for digits, and classes of words in capitals ("MONTH").

    `read` returns the reading of the whole match, or several with their places, or None where the words are
    no time after all (a false friend).
    """

    opens: str
    pattern: str
    read: Read

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern, closed at a word's end."""
        return compiled(f"(?:{self.pattern})(?!\\w)")

    def first_words(self) -> set[str]:
        """The words in small letters that an expression of this rule begins with."""
        out: set[str] = set()
        for word in self.opens.split():
            if word == "FEAST":
                out |= {_first(name) for name in feasts()}
            elif word in _CLASSES:
                out |= {_first(name) for name in table(_CLASSES[word])}
                out |= {f"{_first(name)}s" for name in table(_CLASSES[word]) if word in ("UNIT", "WEEKDAY")}
            elif word.isupper() and len(word) > 2:
                out |= {_first(name) for name in listed("lists", word.lower())}
            else:
                out.add(word.lower())
        return out


def _first(name: str) -> str:
    word = name.split()[0].split("-")[0].rstrip(".,'’").removesuffix("'s")
    return "#" if word[0].isdigit() else word
