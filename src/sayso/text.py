"""Offsets, quotation marks and sentence windows: pure functions over strings."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

OPENING = {"“": "”", "„": "“”", "‟": "”", "«": "»", "‹": "›", "``": "''", "「": "」", "『": "』"}
CLOSING = frozenset("”»›」』")
TOGGLES = ('"', "''", "＂")
SINGLE = {"‘": "’", "'": "'", "‚": "‘’"}
_MARK = re.compile(r"``|''|[“”„‟«»‹›「」『』\"＂‘’'‚]")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Characters `[start, end)` between quotation marks, marks included, within one paragraph.

    `speech` numbers the quotation: paragraphs that one speech runs through share it. `closed` is False
    where the closing mark is missing; the piece then ends with its paragraph.
    """

    start: int
    end: int
    speech: int
    closed: bool


def quotations(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Quoted]:
    """Find quotations in paragraphs given in reading order.

    All double marks count, straight ones by their neighbours; single marks only outside double ones and
    only where they cannot be apostrophes. A speech goes on where a paragraph ends unclosed and the next
    one opens with a mark (the newspaper convention). Never raises: a stray mark costs one paragraph.
    """
    found: list[Quoted] = []
    speech, carried = 0, False
    for n, (start, end) in enumerate(paragraphs):
        goes_on_at = paragraphs[n + 1][0] if n + 1 < len(paragraphs) else end
        pieces = list(_paragraph(text, start, end, text[goes_on_at : goes_on_at + 1]))
        for number, (first, after, closed) in enumerate(pieces):
            goes_on = carried and number == 0 and first == start
            speech += 0 if goes_on else 1
            found.append(Quoted(first, after, speech, closed))
        carried = bool(pieces) and not pieces[-1][2]
    return found


def _paragraph(text: str, start: int, end: int, next_opens: str) -> Iterator[tuple[int, int, bool]]:
    opened: int | None = None
    closers: tuple[str, ...] = ()
    for match in _MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        before = text[at - 1] if at > start else " "
        behind = text[after] if after < end else " "
        if opened is None:
            new = _closers(mark, before, behind, text[after:end])
            if not new and mark == next_opens == "‘":  # a speech in single marks that runs into the next paragraph
                new = tuple(SINGLE[mark])
            if new:
                opened, closers = at, new
        elif (mark in closers and _closes(mark, before, behind)) or (mark in OPENING and _turned(mark, before, behind)):
            yield opened, after, True
            opened = None
    if opened is not None:
        yield opened, end, False


def _closers(mark: str, before: str, behind: str, rest: str) -> tuple[str, ...]:
    """The marks that close a quotation which `mark` opens here, () where it opens none."""
    if mark in OPENING:
        return (*OPENING[mark], '"') if len(OPENING[mark]) < 3 and mark != "``" else ("''", '"')
    if behind.isspace() or before.isalnum():
        return ()
    if mark in TOGGLES:
        return (mark, "”")
    if mark == "”" and before.isspace() and behind.isalnum():
        return (mark, '"')  # a closing mark set for an opening one: nothing else puts it before a word
    if mark in SINGLE:
        # An apostrophe opens nothing: "'90s", "'em"; a quotation in single marks closes in its paragraph.
        closer = SINGLE[mark]
        return tuple(closer) if not behind.isdigit() and _single_closes(rest, closer) else ()
    return ()


def _closes(mark: str, before: str, behind: str) -> bool:
    if mark in CLOSING or mark == "''":
        return True
    if mark in ("’", "'"):
        return not behind.isalnum()
    return not before.isspace() or behind.isspace() or not behind.isalnum()


def _turned(mark: str, before: str, behind: str) -> bool:
    """Whether an opening mark inside a quotation is a closing one misprinted: the next follows at once ("out—““Oh")."""
    return behind == mark and not before.isspace()


def _single_closes(rest: str, closer: str) -> bool:
    return any(
        not (rest[m.end() : m.end() + 1] or " ").isalnum() and not rest[m.start() - 1 : m.start()].isspace()
        for m in re.finditer(f"[{re.escape(closer)}]", rest[:2000])
        if m.start() > 0
    )


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Cut `text[start:end]` into sentences by punctuation and blank lines, for excerpts.

    Good enough to show context; detectors use the parse. Each pair is without white space at its ends.
    """
    end = len(text) if end is None else end
    cuts = [m.end() for m in _SENTENCE_END.finditer(text, start, end)]
    bounds = [start, *cuts, end]
    return [pair for a, b in itertools.pairwise(bounds) if (pair := stripped(text, a, b))[0] < pair[1]]


def stripped(text: str, start: int, end: int, extra: str = "") -> tuple[int, int]:
    """`[start, end)` without white space, or any character of `extra`, at its ends."""
    while start < end and (text[start].isspace() or text[start] in extra):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in extra):
        end -= 1
    return start, end


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans sorted, those that touch or overlap joined."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


class Tokens:
    """Finds the tokens, given by parallel start and end offsets, that a stretch of characters overlaps."""

    def __init__(self, starts: Sequence[int], ends: Sequence[int]) -> None:
        self._starts, self._ends = starts, ends

    def within(self, start: int, end: int) -> range:
        """Indices of the tokens that share a character with `[start, end)`."""
        return range(bisect.bisect_right(self._ends, start), bisect.bisect_left(self._starts, end))
