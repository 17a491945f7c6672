"""Where two documents share a run of text, character by character, through changed, added and lost words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sayso.link.reuse.words import SEED, SHINGLE, Hashes, Ints, Words

MOST_REPEATS = 12  # a seed that stands more often in one document says nothing about where
GAP = 12  # words that may be changed or lost between two runs of equal ones
MANY = 400  # fragments beyond which lone seeds are left aside, so that long documents cost no more than their length
SWAPPED = 30  # words by which boxes may overlap on one side: a sentence whose halves changed places
SNAP = 2  # words by which the end of a run is carried on to that of its sentence
LEAST = 7  # matched words of a passage
SHADOW = 0.5  # of a box that may lie where a better one does
DENSITY = 0.4  # of the longer side's words


class Box(NamedTuple):
    """Words `[a, a_end)` of the left against `[b, b_end)` of the right, `matched` of them in equal runs."""

    a: int
    a_end: int
    b: int
    b_end: int
    matched: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """A shared passage: its words (`box`) and its characters on both sides."""

    box: Box
    left: tuple[int, int]
    right: tuple[int, int]


def align(left: Words, right: Words) -> list[Aligned]:
    """The passages that two documents share, in the order of the left one.

    Runs of equal words (seeds) on one diagonal are joined over changed, added and lost words; a whole sentence
    that only one side has ends a passage, so reordered paragraphs are passages of their own. The ends are carried
    on to those of their sentences where only a few words are left over. Whether it is reuse is judged elsewhere.
    """
    boxes = _chained(_fragments(left, right))
    boxes = [box for box in boxes if _close_enough(box)]
    boxes = _joined(left, right, _chosen([_grown(left, right, box) for box in boxes]))
    return [_exact(left, right, box) for box in boxes if box.matched >= LEAST and _dense(box)]


def _fragments(left: Words, right: Words) -> list[Box]:
    """Seeds of both, joined where they lie on one diagonal without a gap beyond `GAP`."""
    a, b = _matches(left, right)
    if not len(a):
        return []
    order = np.lexsort((a, b - a))
    a, b = a[order], b[order]
    breaks = np.flatnonzero((np.diff(b - a) != 0) | (np.diff(a) > GAP + SEED))
    first, last = np.concatenate(([0], breaks + 1)), np.concatenate((breaks, [len(a) - 1]))
    steps = np.minimum(np.concatenate((np.diff(a), [0])), SEED)
    steps[last] = SEED
    matched = np.add.reduceat(steps, first)
    boxes = np.stack((a[first], a[last] + SEED, b[first], b[last] + SEED, matched), axis=1)
    if len(boxes) > MANY:
        boxes = boxes[boxes[:, 4] > SEED]
    return [Box(*row) for row in boxes[np.argsort(boxes[:, 0], kind="stable")].tolist()]


def _matches(left: Words, right: Words) -> tuple[Ints, Ints]:
    """Every pair of places (left, right) where the same seed stands; where seeds repeat, the same five words."""
    a, b, often = _places(left.seeds, *right.seed_order)
    if often:
        order = np.argsort(right.runs, kind="stable")
        more_a, more_b, _ = _places(left.runs, right.runs[order], order)
        inside = np.arange(SHINGLE - SEED + 1)
        a = np.concatenate((a, (more_a[:, None] + inside).ravel()))
        b = np.concatenate((b, (more_b[:, None] + inside).ravel()))
        a, b = np.unique(np.stack((a, b)), axis=1)
    return a, b


def _places(keys: Hashes, hashes: Hashes, places: Ints) -> tuple[Ints, Ints, bool]:
    """Where keys stand among sorted hashes of the given places, and whether some stand there too often to tell."""
    low, high = np.searchsorted(hashes, keys, "left"), np.searchsorted(hashes, keys, "right")
    count = high - low
    often = count > MOST_REPEATS
    count[often] = 0
    a = np.repeat(np.arange(len(count)), count)
    inner = np.arange(len(a)) - np.repeat(np.cumsum(count) - count, count)
    return a, places[np.repeat(low, count) + inner], bool(often.any())


def _chained(fragments: list[Box]) -> list[Box]:
    """Fragments that follow one another on both sides within `GAP` words, as one."""
    chains: list[Box] = []
    for box in fragments:
        best, least = -1, GAP * 2 + 1
        for n in range(len(chains) - 1, -1, -1):
            chain = chains[n]
            across, down = box.a - chain.a_end, box.b - chain.b_end
            if -SEED < across <= GAP and -SEED < down <= GAP and max(across, 0) + max(down, 0) < least:
                best, least = n, max(across, 0) + max(down, 0)
        if best < 0:
            chains.append(box)
        else:
            chains[best] = _both(chains[best], box)
    return chains


def _both(one: Box, other: Box) -> Box:
    """The box around two, with their matched words (those that both claim counted once)."""
    overlap = max(0, min(one.a_end, other.a_end) - max(one.a, other.a))
    return Box(
        min(one.a, other.a),
        max(one.a_end, other.a_end),
        min(one.b, other.b),
        max(one.b_end, other.b_end),
        max(one.matched, other.matched, one.matched + other.matched - overlap),
    )


def _close_enough(box: Box) -> bool:
    return box.matched > SEED


def _dense(box: Box) -> bool:
    return box.matched >= DENSITY * max(box.a_end - box.a, box.b_end - box.b)


def _grown(left: Words, right: Words, box: Box) -> Box:
    """The box with both ends carried to the ends of their sentences where a few words are left over on both sides."""
    a, a_end, b, b_end, matched = box
    x, y = left.keys, right.keys
    first_a, first_b = left.bounds[0][a], right.bounds[0][b]
    after_a, after_b = left.bounds[1][a_end - 1], right.bounds[1][b_end - 1]
    # Single equal words beyond one changed word belong to the passage as well.
    while a > first_a and b > first_b and (x[a - 1] == y[b - 1] or _beyond(x, y, a - 2, b - 2, first_a, first_b)):
        a, b, matched = a - 1, b - 1, matched + (x[a - 1] == y[b - 1])
    while (
        a_end < after_a
        and b_end < after_b
        and (x[a_end] == y[b_end] or (a_end + 1 < after_a and b_end + 1 < after_b and x[a_end + 1] == y[b_end + 1]))
    ):
        a_end, b_end, matched = a_end + 1, b_end + 1, matched + (x[a_end] == y[b_end])
    if _changed(a - first_a, b - first_b):
        a, b = first_a, first_b
    if _changed(after_a - a_end, after_b - b_end):
        a_end, b_end = after_a, after_b
    return Box(a, a_end, b, b_end, matched)


def _changed(left: int, right: int) -> bool:
    """Whether words left over at an end are changed words, not words added on one side ("NBC reported that ...")."""
    return min(left, right) > 0 and max(left, right) <= SNAP and abs(left - right) <= 1


def _beyond(x: list[int], y: list[int], a: int, b: int, first_a: int, first_b: int) -> bool:
    return a >= first_a and b >= first_b and x[a] == y[b]


def _joined(left: Words, right: Words, boxes: list[Box]) -> list[Box]:
    """Boxes that touch, or lie crosswise in one and the same sentence (its halves swapped), as one."""
    out: list[Box] = []
    for box in boxes:
        for n in range(len(out) - 1, -1, -1):
            if _one_passage(left, right, out[n], box):
                box = _both(out.pop(n), box)
        out.append(box)
    return sorted(out)


def _one_passage(left: Words, right: Words, one: Box, other: Box) -> bool:
    across, down = other.a - one.a_end, other.b - one.b_end
    if across < 0 and down < 0 and one.a < other.a_end and one.b < other.b_end:
        return True
    if -SWAPPED <= across <= GAP and -SWAPPED <= down <= GAP:
        return not (_holds_sentence(left, one.a_end, other.a) or _holds_sentence(right, one.b_end, other.b))
    return _within_one(left, min(one.a, other.a), max(one.a_end, other.a_end)) and _within_one(
        right, min(one.b, other.b), max(one.b_end, other.b_end)
    )


def _holds_sentence(words: Words, start: int, end: int) -> bool:
    """Whether a whole sentence lies within words `[start, end)`."""
    if end - start < 1:
        return False
    first, after = words.bounds
    begins = start if first[start] == start else after[start]
    return begins < end and after[begins] <= end


def _chosen(boxes: list[Box]) -> list[Box]:
    """The boxes with most matched words first, less those that lie mostly where a better one does.

    A word is copied from one place: what matches it elsewhere is a phrase that the text repeats.
    """
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda box: (-box.matched, box)):
        if not any(_shadowed(box, other) for other in kept):
            kept.append(box)
    return sorted(kept)


def _shadowed(box: Box, other: Box) -> bool:
    across = min(box.a_end, other.a_end) - max(box.a, other.a)
    down = min(box.b_end, other.b_end) - max(box.b, other.b)
    return across > SHADOW * (box.a_end - box.a) or down > SHADOW * (box.b_end - box.b)


def _within_one(words: Words, start: int, end: int) -> bool:
    return bool(words.sentence[start] == words.sentence[end - 1])


def _exact(left: Words, right: Words, box: Box) -> Aligned:
    """The characters of a box: from its first word to its last, and the equal marks around them."""
    a, a_end = int(left.starts[box.a]), int(left.ends[box.a_end - 1])
    b, b_end = int(right.starts[box.b]), int(right.ends[box.b_end - 1])
    x, y = left.text, right.text
    while a and b and x[a - 1] == y[b - 1] and _mark(x[a - 1]):
        a, b = a - 1, b - 1
    while a_end < len(x) and b_end < len(y) and x[a_end] == y[b_end] and _mark(x[a_end]):
        a_end, b_end = a_end + 1, b_end + 1
    return Aligned(box, (a, a_end), (b, b_end))


def _mark(char: str) -> bool:
    return not char.isalnum() and not char.isspace()


def trimmed(left: Words, right: Words, passage: Aligned, before: tuple[int, int], behind: tuple[int, int]) -> Aligned:
    """A passage less some words at its beginning and its end, given as (left, right); some must be left over."""
    box = passage.box
    matched = max(box.matched - min(before) - min(behind), 1)
    cut = Box(box.a + before[0], box.a_end - behind[0], box.b + before[1], box.b_end - behind[1], matched)
    return _exact(left, right, cut)
