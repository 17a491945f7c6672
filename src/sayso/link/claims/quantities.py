"""Numbers that a text states, as ranges with the words of what is counted."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.link.lexical import stems, words

AROUND = 0.1  # "about 300" is met by 294 and not by 212
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_UNIT_WORDS = 3


@dataclass(frozen=True, slots=True)
class Quantity:
    """`[first, last]` of what `unit` names (stems), said at `[start, end)` of the text."""

    first: float
    last: float
    unit: frozenset[str]
    start: int
    end: int

    def meets(self, other: Quantity) -> bool:
        """Whether both may be true of one count."""
        return self.first <= other.last and other.first <= self.last


def quantities(text: str, besides: frozenset[tuple[int, int]] = frozenset()) -> tuple[Quantity, ...]:
    """The numbers of a text but for those within `besides` (times), in order.

    "One" is left out: it is a pronoun as often as a number. Ordinals and numbers that are part of a name ("gate 4")
    are not told from counts.
    """
    found = list(_WORD.finditer(text))
    out, at = list[Quantity](), 0
    while at < len(found):
        value, after = _value(found, at)
        if value is None or any(a < found[at].end() and found[at].start() < b for a, b in besides):
            at += 1
            continue
        start, end = found[at].start(), found[after - 1].end()
        before = text[max(0, start - 20) : start].lower().rstrip()
        first, last = _range(value, before, found[at].group().lower() in words()["vague"])
        out.append(Quantity(first, last, _unit(text, found, after), start, end))
        at = after
    return tuple(out)


def _value(found: list[re.Match[str]], at: int) -> tuple[float | None, int]:
    """The number that begins with word `at`, None where none does, and the word after it."""
    table, total = words(), 0.0
    for n in range(at, len(found)):
        word = found[n].group().lower()
        near = n == at or found[n].start() - found[n - 1].end() <= 1
        if n == at and word in table["vague"]:
            return float(table["vague"][word]), n + 1
        if n > at and near and word in table["scales"]:
            total *= table["scales"][word]
        elif n == at and word[0].isdigit():
            total = float(word.replace(",", ""))
        elif (small := _small(word)) is not None and (n == at or (near and total >= 100 and total % 100 == 0)):
            total += small
        elif n == at or word != "and" or total < 100 or n + 1 == len(found) or _small(found[n + 1].group()) is None:
            return (total, n) if n > at else (None, at + 1)
    return total, len(found)


def _small(word: str) -> float | None:
    """ "seven", "twenty-one"; None for any other word."""
    tens, _, ones = word.lower().partition("-")
    table = words()["numbers"]
    if tens not in table:
        return None
    return float(table[tens] + (1 if ones == "one" else table.get(ones, 0)))


def _range(value: float, before: str, vague: bool) -> tuple[float, float]:
    for kind, phrases in words()["widen"].items():
        if any(before.endswith(phrase) for phrase in phrases):
            spread = {"around": (1 - AROUND, 1 + AROUND), "above": (1, math.inf), "below": (0, 1)}[kind]
            return value * spread[0], value * spread[1]
    return (value / 2, math.inf) if vague else (value, value)


def _unit(text: str, found: list[re.Match[str]], after: int) -> frozenset[str]:
    """Stems of the words behind a number, up to a mark or a word without content."""
    return frozenset(stem for word in _behind(text, found, after) for stem in stems(word))


def _behind(text: str, found: list[re.Match[str]], after: int) -> Iterator[str]:
    empty = set(words()["words"]["empty"]) - {"of"}
    for n in range(after, min(after + _UNIT_WORDS, len(found))):
        word = found[n].group()
        if word.lower() in empty or re.search(r"[.,;:()]", text[found[n - 1].end() : found[n].start()]):
            return
        if word.lower() != "of":
            yield word
