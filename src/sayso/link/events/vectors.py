"""The vectors of events: of words alone by the sentence encoder, of words in their context by the tagger's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from sayso.link.events.told import Floats, Place, Reader
from sayso.tagger.tagger import Tagger

KEPT = 8_192  # vectors in memory: triggers and copied sentences come again and again


@cache
def shipped() -> Reader:
    """A reader with the shipped models, loaded once. Raises ModelError."""
    from sayso import tagger
    from sayso.encoder.encoder import WIDTH, load

    learned = Tagger.load(Path(str(tagger.__file__)).parent / "model")
    one = lru_cache(KEPT)(lambda text: load().encode([text])[0])

    def encode(texts: Sequence[str]) -> Floats:
        return np.stack([one(text) for text in texts]) if texts else np.zeros((0, WIDTH), dtype=np.float32)

    return Reader(encode, lambda text, prose, places: states(learned, text, prose, places))


def states(tagger: Tagger, text: str, prose: Sequence[Place], places: Sequence[Place]) -> Floats:
    """The mean state of the middle layer over each of `places`, [N, 384]; one pass over the text."""
    pieces = tagger.cut(text, list(prose), [])
    held = tagger.middle(pieces)
    starts, ends = np.asarray(pieces.start), np.asarray(pieces.end)
    out = np.zeros((len(places), held.shape[1]), dtype=np.float32)
    for n, (start, end) in enumerate(places):
        at = np.flatnonzero((starts < end) & (ends > start))
        if len(at):
            out[n] = held[at].astype(np.float32).mean(axis=0)
    return out
