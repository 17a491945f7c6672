"""What the role head reads of a piece and an anchor beside their states: how far, which paragraph, whose quotation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sayso.tagger.pieces import Pieces

Ints = npt.NDArray[np.int64]


def distances(anchor: int, length: int) -> Ints:
    """Signed distance to `anchor` of `length` places, in 65 steps that widen like the logarithm."""
    away = np.arange(length) - anchor
    steps = np.minimum((np.log2(np.abs(away) + 1.0) * 4).astype(np.int64), 32)
    return (np.sign(away) * steps + 32).astype(np.int64)


def pairs(pieces: Pieces, anchor: int, first: int, after: int) -> Ints:
    """For the pieces `[first, after)`: paragraphs from the anchor's (-3..3) times whose quotation they stand in."""
    paragraph = np.asarray(pieces.paragraph[first:after]) - pieces.paragraph[anchor]
    quote = np.asarray(pieces.quote[first:after])
    whose = np.where(quote == 0, 0, np.where(quote == pieces.quote[anchor], 1, 2))
    both: Ints = ((np.clip(paragraph, -3, 3) + 3) * 3 + whose).astype(np.int64)
    return both
