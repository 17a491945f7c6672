"""Which shared passages are reuse: not a phrase, not one claim in like words, not a quotation that both took."""

from __future__ import annotations

import numpy as np

from sayso.link.reuse.align import Aligned
from sayso.link.reuse.words import Words

CLAUSE = 16  # matched words that no two writers hit upon, wherever in their sentences they stand
SENTENCE = 0.55  # of a lone sentence's words that must be matched
SEVERAL = 12  # matched words of a passage that runs over a sentence's end ...
DENSE = 0.55  # ... and their share of its words
QUOTED = 0.6  # of a passage's words within quotation marks
AROUND = 8  # words around a shared quotation that say no more than who spoke


def reused(left: Words, right: Words, passages: list[Aligned]) -> list[Aligned]:
    """The passages that are reuse; a quotation counts where the two share another passage as well."""
    own = [passage for passage in passages if _substantial(left, right, passage)]
    beside = [passage for passage in own if not _quotation(left, passage)]
    return own if beside else []


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
    if quoted.sum() < QUOTED * len(quoted) or (~quoted).sum() > AROUND:
        return False
    # Two quotations one after the other, in sentences of their own, were put together by one writer.
    inside = np.flatnonzero(quoted)
    breaks = np.flatnonzero(np.diff(inside) > 1)
    sentence = words.sentence[box.a : box.a_end]
    return all(sentence[inside[at]] == sentence[inside[at] + 1] == sentence[inside[at + 1]] for at in breaks)
