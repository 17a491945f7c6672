"""Where a reader stands at a place in a text: its reference dates, what was told last, and the tense about it."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field

from sayso.detect.times.stamp import UNITS, Stamp
from sayso.detect.times.words import listed

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)*|[.!?;\n]")
# How far the tense of a time is looked for, in words.
_BEFORE, _AFTER = 16, 8


@dataclass(frozen=True, slots=True)
class Reference:
    """A date to count from and its name on the reference stack."""

    stamp: Stamp
    name: str


# A quotation `[start, end)` and the date it was said on.
Said = tuple[int, int, Reference]


@dataclass(slots=True)
class Scene:
    """One text while its times are read from left to right.

    `base` is the publication or dateline date, None where neither is known. `history` is True where the text
    tells of a past far from it, so that times without a year are counted from the one told last. `said` gives
    quotations with a date of their own; `told` the last narrative date, `days` the last of a day.
    """

    text: str
    base: Reference | None
    history: bool = False
    said: list[Said] = field(default_factory=list)
    told: Stamp | None = None
    year: Stamp | None = None
    aside: int | None = None
    quarter: Stamp | None = None
    era: bool = False
    starts: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tags: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for m in _TOKEN.finditer(self.text):
            self.starts.append(m.start())
            self.words.append(m[0])

    def now(self, at: int) -> Reference | None:
        """What "today", "last year" and a bare weekday at `at` are counted from: the date of the quotation they
        stand in, if it has one, else of a dateline or publication; in a history the last date told."""
        # Quotations do not overlap and come in order.
        index = bisect.bisect_right(self.said, at, key=lambda said: said[0]) - 1
        if index >= 0 and at < self.said[index][1]:
            return self.said[index][2]
        if self.history:
            return Reference(self.told, "narrative") if self.told else None
        return self.base

    def story(self, unit: str) -> Reference | None:
        """What "the next day" or "that year" is counted from: the last time told, if as fine as `unit`; else `now`."""
        if self.told and UNITS.index(self.told.unit) <= UNITS.index(unit):
            return Reference(self.told, "narrative")
        if self.year and unit == "year":
            return Reference(self.year, "narrative")
        return None if self.history else self.base

    def tell(self, stamp: Stamp) -> None:
        """Take a resolved date as the last one told."""
        self.told = stamp
        if UNITS.index(stamp.unit) <= UNITS.index("year"):
            self.year = stamp.within("year")
        if stamp.unit == "quarter" and self.quarter is None:
            self.quarter = stamp

    def token(self, at: int) -> int:
        """The index of the first token that starts at or after `at`."""
        return bisect.bisect_left(self.starts, at)

    def word(self, index: int) -> str:
        """The token at an index in lower case, "" outside the text."""
        return self.words[index].lower() if 0 <= index < len(self.words) else ""

    def opens(self, at: int) -> bool:
        """Whether a sentence or line begins at `at`, but for marks of quotation."""
        before = self.text[max(0, at - 4) : at].rstrip("“‘\"'`( ")
        return before[-1:] in ("", ".", "!", "?", "\n", ":") or "\n" in self.text[max(0, at - 2) : at]

    def tense(self, start: int, end: int) -> str:
        """Whether the words about `[start, end)` speak of the past, the future, or neither can be told ("").

        The nearest verb before it in its sentence decides, else the nearest behind it. "will", "to" with a verb
        and words such as "scheduled" are future; "was", "said" and words on -ed are past, unless "be" or "to be"
        stands before them.
        """
        first, after = self.token(start), self.token(end)
        ahead = "future" if self.word(first - 1) in listed("tense", "ahead") else ""
        return self._back(first) or ahead or self._forth(after)

    def _back(self, index: int) -> str:
        for at in range(index - 1, max(-1, index - 1 - _BEFORE), -1):
            word = self.words[at]
            if word in ".!?;\n" and not self._abbreviation(at):
                return ""
            if found := self._cue(at):
                return found
        return ""

    def _forth(self, index: int) -> str:
        for at in range(index, min(len(self.words), index + _AFTER)):
            word = self.words[at]
            if word in ".!?;\n" and not self._abbreviation(at):
                return ""
            if found := self._cue(at) or ("past" if word == "planned" else ""):
                return found
        return ""

    def _abbreviation(self, at: int) -> bool:
        """Whether a full stop ends an abbreviation: a word in small letters or a comma goes on behind it."""
        if self.words[at] != ".":
            return False
        rest = self.text[self.starts[at] + 1 : self.starts[at] + 3]
        before = self.words[at - 1] if at else ""
        return (
            rest[:1] == ","
            or (rest[:1] == " " and rest[1:2].islower())
            or (len(before) <= 4 and before.istitle())
            or not rest[:1].isspace()
        )

    def _cue(self, at: int) -> str:
        word = self.words[at].lower()
        if word in listed("tense", "future") or (word.endswith(("'ll", "’ll")) or word in ("won't", "won’t")):
            return "future"
        if word == "to" and self.word(at - 1) in listed("tense", "toward") and self._infinitive(at + 1):
            return "future"
        if word in listed("tense", "past") or (
            word.endswith("ed") and len(word) > 4 and word not in listed("tense", "no_past")
        ):
            return "" if self.word(at - 1) in listed("tense", "be") else "past"
        return ""

    def _infinitive(self, at: int) -> bool:
        word = self.words[at] if at < len(self.words) else ""
        return (
            word.isalpha()
            and word.islower()
            and not word.endswith(("s", "ing"))
            and word not in listed("tense", "not_verbs")
            and len(word) > 1
        )
