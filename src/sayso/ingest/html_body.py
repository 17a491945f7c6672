"""Which lines of a page are its body: trafilatura's words found again, or the walk's own rule of density."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sayso.ingest import html_lines as line_of
from sayso.ingest.html_walk import Line, Walk
from sayso.records import PartKind

SHINGLE = 4  # words in a row; three are still often shared by a menu and the article
OVERLAP = 0.7  # of a line's shingles must be in the extracted body, which drops links, notes and marks
# Roles that keep a line out of the article; None: not shown.
CLOSED = frozenset({None, PartKind.BOILERPLATE, PartKind.RELATED})


def body_lines(found: Walk, prose: str) -> dict[int, str]:
    """The body lines, by id of the line, each with its rule."""
    told = _aligned(found.lines, prose)
    dense = _dense(found)
    # trafilatura took a teaser or a cookie notice for the article where it finds so little of the page's prose.
    if _count(told) < _count(dense) / 4 or not told:
        return {id(line): "walk:density" for line in dense}
    return {id(line): "trafilatura" for line in told}


def _aligned(lines: list[Line], prose: str) -> list[Line]:
    """The lines whose words are in `prose`: word for word where they are few, else most of their shingles."""
    whole = {line_of.words(paragraph) for paragraph in prose.split("\n")}
    # Over the whole text: a line of ours with breaks in it is several paragraphs of theirs.
    runs = set(shingles(line_of.words(prose)))
    return [line for line in lines if _in(line_of.words(line.text), whole, runs)]


def _in(words: tuple[str, ...], whole: set[tuple[str, ...]], runs: set[tuple[str, ...]]) -> bool:
    if not words or words in whole:
        return bool(words)
    own = list(shingles(words))
    return bool(own) and sum(run in runs for run in own) >= OVERLAP * len(own)


def shingles(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    return (words[i : i + SHINGLE] for i in range(len(words) - SHINGLE + 1))


def _dense(found: Walk) -> list[Line]:
    """The walk's own rule: sentences with few links in the element that holds most of them, and beside it."""
    open_lines = [line for line in found.lines if not any(found.roles[r].kind in CLOSED for r in line.roles)]
    plain = [line for line in open_lines if not line_of.heading(line)] or open_lines or found.lines
    prose = [line for line in plain if line_of.sentence(line.text) and line_of.linked(line) < 0.3]
    if not prose:
        return plain
    homes: Counter[Any] = Counter()
    for line in prose:
        homes[line.block.getparent()] += len(line.text)
    best = max(homes, key=homes.__getitem__)
    beside = best.getparent() if best is not None else None
    return [line for line in prose if {line.block.getparent(), _up(line.block, 2), line.block} & {best, beside}]


def _up(element: Any, steps: int) -> Any:
    for _ in range(steps):
        element = element.getparent() if element is not None else None
    return element


def _count(lines: list[Line]) -> int:
    return sum(len(line_of.words(line.text)) for line in lines)
