"""Which events of documents may be one, and how likely each pair is: candidates first, never all pairs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sayso.link.events.cluster import Edge
from sayso.link.events.near import Model
from sayso.link.events.told import Told

NEAR = 0.05  # documents less likely to be about one affair are not compared
ALIKE = 0.25  # cosine of triggers below which, with other beginnings, no two events are looked at
LEAST = 0.02  # chances below count as none


Pair = tuple[Told, Told]


def edges(model: Model, pairs: Sequence[Pair], near: Sequence[float]) -> list[Edge]:
    """The likely ones of pairs; `near` is for each how likely its documents are about one affair."""
    found = []
    for (one, other), chance in zip(pairs, model.same(pairs, near), strict=True):
        if chance >= LEAST:
            low, high = sorted((one.id, other.id))
            found.append((chance, low, high))
    return found


def candidates(ours: Sequence[Told], theirs: Sequence[Told]) -> list[Pair]:
    """Pairs whose triggers begin alike or lie near each other, or that stand in one document."""
    if not ours or not theirs:
        return []
    alike = np.round(np.stack([one.vectors[0] for one in ours]) @ np.stack([one.vectors[0] for one in theirs]).T, 3)
    inside = ours is theirs
    return [
        (one, other)
        for n, one in enumerate(ours)
        for m, other in enumerate(theirs)
        if (m < n or not inside) and (alike[n, m] >= ALIKE or one.stem[:4] == other.stem[:4] or inside)
    ]
