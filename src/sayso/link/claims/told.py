"""Statements that say themselves that they are one claim: one cites the other's text, or both are all that a source
advises. They need not be near each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from sayso.link.change import LinkCase
from sayso.link.claims.advice import advised, alike
from sayso.link.claims.cluster import TOLD
from sayso.link.claims.decide import Nearness, cited
from sayso.link.claims.find import Fresh, Ints
from sayso.link.claims.shelf import SHIFT, Shelf, Tie
from sayso.records import Citation

Near = Callable[[Shelf, Ints], Iterable[Nearness]]


def told(case: LinkCase, shelf: Shelf, fresh: Fresh, near: Near) -> list[Tie]:
    """The edges that statements of fresh documents have by what they say of where they are from."""
    looked = fresh.docs | {number >> SHIFT for number in fresh.numbers}
    docs = sorted(one.doc for one in shelf.held() if one.n in looked)
    found = {one.id: one for doc in docs for one in case.about(Citation, doc)}
    edges = [edge for _, one in sorted(found.items()) for edge in _by_citation(shelf, one, near)]
    return edges + [edge for doc in docs if shelf.demands(doc) for edge in _by_advice(case, shelf, doc)]


def _by_citation(shelf: Shelf, citation: Citation, near: Near) -> Iterator[Tie]:
    """A statement that cites a text of the case, and the nearest of that text's statements."""
    if citation.statement is None or citation.target is None or citation.target == citation.doc:
        return
    for citing in shelf.number(citation.doc, citation.statement):
        pairs = np.array([(citing, number) for number in shelf.numbers(citation.target)], np.int64).reshape(-1, 2)
        scores = [
            (score, other)
            for other, nearness in zip(pairs[:, 1].tolist(), near(shelf, pairs) if len(pairs) else (), strict=True)
            if (score := cited(shelf.said(citing), shelf.said(other), nearness)) is not None
        ]
        if scores:
            score, other = max(scores)
            yield _edge(citing, other, score)


def _by_advice(case: LinkCase, shelf: Shelf, doc: str) -> Iterator[Tie]:
    """The only advice of a source in a text, and its only advice in another."""
    for one, other in advised(case, doc):
        ends = [number for each in (one, other) for number in shelf.number(each.doc, each.id)]
        if len(ends) == 2:
            score = alike(shelf.said(ends[0]), shelf.said(ends[1]))
            if score is not None:
                yield _edge(ends[0], ends[1], score)


def _edge(one: int, other: int, score: float) -> Tie:
    return min(one, other), max(one, other), -round(TOLD + score, 4)
