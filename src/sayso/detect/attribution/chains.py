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
        if found.rule == "according_to":
            _under_outlet(tree, found, finds, relays)
    out: list[int | None] = []
    for n, found in enumerate(finds):
        if found.under is not None:
            out.append(next((m for m, other in enumerate(finds) if other.head == found.under), None))
            continue
        holders = [
            m for m, other in enumerate(finds) if m != n and found.head in other.content and _outer(other, found)
        ]
        out.append(min(holders, key=lambda m: (len(finds[m].content), m)) if holders else None)
    for n, found in enumerate(finds):
        at = out[n]
        while at is not None:
            found.content -= finds[at].cue | finds[at].source
            at = out[at]
    return out


def _outer(other: Find, found: Find) -> bool:
    if other.head not in found.content:
        return True
    return (len(other.content), -other.head) > (len(found.content), -found.head)


def _under_outlet(tree: Tree, found: Find, finds: list[Find], relays: Callable[[Find], bool]) -> None:
    first, after = tree.sentence(found.head)
    for other in finds:
        inside = other is not found and first <= other.head < found.head and other.head in found.content
        if inside and relays(other) and other.rule == "clause" and min(other.content, default=after) < found.head:
            others = other.cue | other.source | other.relay | other.medium
            found.content = {t for t in other.content if t < min(found.cue)} - others
            other.content |= found.cue | found.source
            found.note = "an outlet's sentence: what follows 'according to' is the outlet's source"
            return
