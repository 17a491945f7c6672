"""Sentences that a page prints whatever the story: two documents that share them have not copied from one another."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sayso.link.reuse.align import Aligned, trimmed
from sayso.link.reuse.credit import table
from sayso.link.reuse.words import SHINGLE, Hashes, Words

MOSTLY = 0.6  # of a sentence's shingles that are common

Flags = NDArray[np.bool_]


class Stocked(Protocol):
    """What knows the common shingles of a case."""

    def common(self, hashes: Hashes, /) -> Flags:
        """Whether each shingle is common."""
        ...


def furniture(words: Words) -> Flags:
    """For each word whether its sentence is a stock phrase of `data/reuse_words.toml`."""
    found = np.zeros(len(words), dtype=np.bool_)
    first, after = words.bounds
    low = words.text.lower()
    for phrase in table()["stock"]["phrases"]:
        place = low.find(phrase)
        while place >= 0:
            at = int(np.searchsorted(words.ends, place, "right"))
            if at < len(words) and after[at] - first[at] <= table()["stock"]["longest"]:
                found[first[at] : after[at]] = True
            place = low.find(phrase, place + 1)
    return found


def common(words: Words, index: Stocked) -> Flags:
    """For each word whether its sentence stands in many documents of the case."""
    flags = index.common(words.runs)
    found = np.zeros(len(words), dtype=np.bool_)
    if not flags.any():
        return found
    after = words.bounds[1]
    at = 0
    while at < len(words):
        inside = flags[at : max(at, after[at] - SHINGLE + 1)]
        found[at : after[at]] = len(inside) > 0 and inside.sum() >= MOSTLY * len(inside)
        at = after[at]
    return found


def told(left: Words, right: Words, passages: list[Aligned], stock: tuple[Flags, Flags]) -> list[Aligned]:
    """Passages less the stock sentences at their ends; those that are nothing else fall away."""
    out = []
    for passage in passages:
        box = passage.box
        flags = stock[0][box.a : box.a_end]
        if flags.all() or stock[1][box.b : box.b_end].all():
            continue
        kept = np.flatnonzero(~flags)
        before, behind = int(kept[0]), len(flags) - 1 - int(kept[-1])
        most = box.b_end - box.b - 1
        ends = (min(before, most), min(behind, max(most - before, 0)))
        out.append(trimmed(left, right, passage, (before, ends[0]), (behind, ends[1])) if before or behind else passage)
    return out
