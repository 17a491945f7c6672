"""Paragraphs of plain text: parted by blank lines, by line ends, or wrapped by hand at a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# A text that was wrapped by hand or by mail is never wider; a wider one has a paragraph a line.
_WRAP_WIDTH = 132
# Of the line ends inside blocks, this share must fall where the next word would not have fitted.
_WRAP_SHARE = 0.7
# A wrapped line may end this much before the widest line although the next word would have fitted.
_RAGGED = 8

_CLOSERS = "\"'”’»›)]*_ "
_STOPS = ".!?…。؟!?"
_LINE = re.compile(r"[^\r\n\f\u2028\u2029]+")
_SPEAKER = re.compile(r"[A-Z][A-Z.'’ -]{1,40}(?:\([^)]{1,30}\))?:\s")
_BULLET = re.compile(r"(?:[-*•‣◦▪–]|\d{1,2}[.)]|[a-z]\))\s+[\w\"'“‘«(\[$€£]")
_RULE = re.compile(r"[\W_]{3,}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The characters `[start, end)` of a text, white space at the ends left out, and its words as one line."""

    start: int
    end: int
    line: str
    lines: int
    words: int


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of a text: parted by blank lines, by single line ends where the text is not wrapped."""
    lines = [(m.start() + len(m[0]) - len(m[0].lstrip()), m.start() + len(m[0].rstrip())) for m in _LINE.finditer(text)]
    lines = [line for line in lines if line[0] < line[1]]
    width = _wrap_width(text, lines)
    start = 0
    for at, (line, after) in enumerate(pairwise([*lines, (len(text), len(text))])):
        if at + 1 == len(lines) or _breaks(text, line, after, width):
            yield _paragraph(text, lines[start : at + 1])
            start = at + 1


def _paragraph(text: str, lines: Sequence[tuple[int, int]]) -> Paragraph:
    start, end = lines[0][0], lines[-1][1]
    words = text[start:end].split()
    return Paragraph(start, end, " ".join(words), len(lines), len(words))


def _breaks(text: str, line: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    """Whether a paragraph ends with `line`; `width` is the column the text is wrapped at, 0 if it is not."""
    here, there = text[line[0] : line[1]], text[after[0] : after[1]]
    if _blank_between(text, line, after) or _BULLET.match(there) or _SPEAKER.match(there):
        return not _RULE.fullmatch(there) or _blank_between(text, line, after)
    if here.startswith("# ") or there.startswith("#") or here.startswith("##") or here[0] == ">" != there[0]:
        return True
    if _RULE.fullmatch(there) or _RULE.fullmatch(here):
        return not re.fullmatch(r"=+|-+", there)  # a line of signs under a heading belongs to it
    if there[0].islower() and not stops(here) and len(there.split()) > 1 and width:
        return False
    if width:
        return _column(text, line) + 1 + len(there.split()[0]) <= width
    # Source code of a page that was copied keeps its indented lines: a sentence that goes on, goes on.
    return not (there[0].islower() and not stops(here) and _column(text, after) > len(there))


def _wrap_width(text: str, lines: Sequence[tuple[int, int]]) -> int:
    """The column a text is wrapped at, 0 where every line is a paragraph of its own."""
    width = max((_column(text, line) for line in lines), default=0)
    inner = [(a, b) for a, b in pairwise(lines) if not _blank_between(text, a, b)]
    if not inner or not 30 <= width <= _WRAP_WIDTH:
        return 0
    full = sum(_column(text, a) + 1 + len(text[b[0] : b[1]].split()[0]) > width - _RAGGED for a, b in inner)
    going_on = sum(not stops(text[a[0] : a[1]]) for a, _ in inner)
    return width - _RAGGED if full >= _WRAP_SHARE * len(inner) and going_on >= len(inner) / 2 else 0


def _column(text: str, line: tuple[int, int]) -> int:
    """The length of a line with its indent."""
    back = max(text.rfind("\n", 0, line[0]), text.rfind("\r", 0, line[0]))
    return line[1] - back - 1


def _blank_between(text: str, line: tuple[int, int], after: tuple[int, int]) -> bool:
    between = text[line[1] : after[0]].replace("\r\n", "\n")
    return sum(between.count(sign) for sign in "\n\r\f\u2029") > 1 or "\f" in between or "\u2029" in between


def as_paragraph(text: str) -> Paragraph:
    """A text that is known to be one paragraph."""
    words = text.split()
    return Paragraph(0, len(text), " ".join(words), len(text.strip().splitlines()), len(words))


def is_bullet(line: str) -> bool:
    """Whether a line begins with a bullet, a number or a letter of a list."""
    return bool(_BULLET.match(line))


def is_speaker(line: str) -> bool:
    """Whether a line begins with a speaker's name as transcripts print it: "MODERATOR: "."""
    return bool(_SPEAKER.match(line + " "))


def is_rule(line: str) -> bool:
    """Whether a line is made of signs only: "* * *"."""
    return bool(_RULE.fullmatch(line))


def stops(line: str) -> bool:
    """Whether a line ends a sentence, quotation marks and brackets after the stop left aside."""
    return line.rstrip(_CLOSERS).endswith(tuple(_STOPS))
