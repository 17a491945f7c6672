"""Which shared passages are reuse: not a phrase, not one claim in like words, not a quotation that both took."""

from __future__ import annotations

import numpy as np

from sayso.link.reuse.align import Aligned, trimmed
from sayso.link.reuse.words import Words

BRUSH = 8  # equal words of a sentence's part at the end of a passage that are more than chance ...
ALIKE = 0.5  # ... and their share of it
CLAUSE = 20  # matched words that no two writers hit upon, wherever in their sentences they stand
SENTENCE = 0.55  # of a lone sentence's words that must be matched
SEVERAL = 12  # matched words of a passage that runs over a sentence's end ...
DENSE = 0.55  # ... and their share of its words
QUOTED = 0.6  # of a passage's words within quotation marks
LONG = 60  # words of a quotation beyond which two writers do not cut it alike
AROUND = 8  # words around a shared quotation that say no more than who spoke


def reused(left: Words, right: Words, passages: list[Aligned]) -> list[Aligned]:
    """The passages that are reuse; a quotation counts where the two share another passage as well."""
    passages = [_without_ends(left, right, passage) for passage in passages]
    own = [passage for passage in passages if _substantial(left, right, passage)]
    beside = [passage for passage in own if not _quotation(left, passage)]
    return own if beside else []


def _without_ends(left: Words, right: Words, passage: Aligned) -> Aligned:
    """A passage less the beginnings and ends of further sentences that it only brushes: chance adds a few words."""
    box = passage.box
    before = _brushed(left, right, (box.a, left.bounds[1][box.a]), (box.b, right.bounds[1][box.b]))
    behind = _brushed(
        left, right, (left.bounds[0][box.a_end - 1], box.a_end), (right.bounds[0][box.b_end - 1], box.b_end)
    )
    if (
        not (before[0] or behind[0])
        or before[0] + behind[0] >= box.a_end - box.a
        or before[1] + behind[1] >= box.b_end - box.b
    ):
        return passage
    return trimmed(left, right, passage, before, behind)


def _brushed(left: Words, right: Words, a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    """How many words at an end lie in a sentence that is neither whole on both sides nor much alike."""
    if _whole(left, *a) and _whole(right, *b):
        return 0, 0
    one, other = left.keys[slice(*a)], right.keys[slice(*b)]
    if one == other:
        return 0, 0
    alike = len(set(one) & set(other))
    return (0, 0) if alike >= max(BRUSH, ALIKE * max(len(one), len(other))) else (len(one), len(other))


def _substantial(left: Words, right: Words, passage: Aligned) -> bool:
    box = passage.box
    longest = max(box.a_end - box.a, box.b_end - box.b)
    if left.sentence[box.a] != left.sentence[box.a_end - 1] and right.sentence[box.b] != right.sentence[box.b_end - 1]:
        return box.matched >= SEVERAL and box.matched >= DENSE * longest
    if box.matched >= CLAUSE:
        return True
    return _whole(left, box.a, box.a_end) and _whole(right, box.b, box.b_end) and box.matched >= SENTENCE * longest


def _whole(words: Words, start: int, end: int) -> bool:
    first, after = words.bounds
    return first[start] == start and after[end - 1] == end


def _quotation(words: Words, passage: Aligned) -> bool:
    """Whether a passage is one quotation with hardly more around it than its speaker."""
    box = passage.box
    quoted = words.quoted[box.a : box.a_end]
    if len(quoted) > LONG or quoted.sum() < QUOTED * len(quoted) or (~quoted).sum() > AROUND:
        return False
    # Two quotations one after the other, in sentences of their own, were put together by one writer.
    inside = np.flatnonzero(quoted)
    breaks = np.flatnonzero(np.diff(inside) > 1)
    sentence = words.sentence[box.a : box.a_end]
    return all(sentence[inside[at]] == sentence[inside[at] + 1] == sentence[inside[at + 1]] for at in breaks)
