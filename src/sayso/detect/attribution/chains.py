"""Nesting: which attribution stands inside which, and the chain that makes."""

from __future__ import annotations

from collections.abc import Callable

from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree


def parents(tree: Tree, finds: list[Find], relays: Callable[[Find], bool]) -> list[int | None]:
    """For each Find the index of the one whose content holds it, None for the outermost.

    A cue inside another's content is nested there. Where two claim each other, the one with more content
    is outer, but an end-of-sentence "according to" under an outlet's sentence is inside it
    (`relays` tells outlets): what a paper writes "according to two officials" is the officials' word.
    """
    for found in finds:
        if tree.text[found.head].lower() == "according":
            _under_outlet(tree, found, finds, relays)
    holding: dict[int, list[int]] = {found.head: [] for found in finds}
    for m, other in enumerate(finds):
        for token in other.content & holding.keys():
            holding[token].append(m)
    heads = {found.head: n for n, found in enumerate(finds)}
    out: list[int | None] = []
    for n, found in enumerate(finds):
        if found.under is not None:
            out.append(heads.get(found.under))
            continue
        holders = [m for m in holding[found.head] if m != n and _outer(finds[m], found)]
        out.append(min(holders, key=lambda m: (len(finds[m].content), m)) if holders else None)
    for n, found in enumerate(finds):
        for at in _line(out, n):
            found.content -= finds[at].cue | finds[at].source
    return out


def _line(out: list[int | None], n: int) -> list[int]:
    """All that `n` stands in, nearest first; a ring, which wrong parses could make, is cut where it closes."""
    line: list[int] = []
    at = n
    while (up := out[at]) is not None:
        if up == n or up in line:
            out[at] = None
            break
        line.append(up)
        at = up
    return line


def _outer(other: Find, found: Find) -> bool:
    if other.head not in found.content:
        return True
    return (len(other.content), -other.head) > (len(found.content), -found.head)


def _under_outlet(tree: Tree, found: Find, finds: list[Find], relays: Callable[[Find], bool]) -> None:
    first, after = tree.sentence(found.head)
    for other in finds:
        inside = other is not found and first <= other.head < found.head and other.head in found.content
        wide = other.rule in ("clause", "learned") and min(other.content, default=after) < found.head
        if inside and wide and relays(other):
            others = other.cue | other.source | other.relay | other.medium
            found.content = {t for t in other.content if t < min(found.cue)} - others
            other.content |= found.cue | found.source
            found.note = "an outlet's sentence: what follows 'according to' is the outlet's source"
            return
