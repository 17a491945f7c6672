"""Claims: statements that say the same, found by vectors and decided by what they name, count, date and deny."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.link.change import Add, Change, LinkCase, Withdraw
from sayso.link.claims.basis import Encode
from sayso.link.claims.cluster import Edge, clusters
from sayso.link.claims.decide import Nearness, Verdict, compare
from sayso.link.claims.find import FLAT, Fresh, Ints, pairs
from sayso.link.claims.shelf import SHIFT, Shelf, Tie, Touched
from sayso.link.claims.told import told
from sayso.records import (
    ClaimCluster,
    Contradiction,
    Document,
    OriginLabel,
    Why,
    from_plain,
    make_id,
)

TOGETHER = 4_096  # pairs whose vectors are in memory at a time


def claims(case: LinkCase, changed: frozenset[str]) -> Iterable[Change]:
    """Statements that make the same claim, in whatever wording, as a `ClaimCluster`; what contradicts it beside it.

    Sentence vectors find candidates; numbers, names, days, denial and mood decide. A claim and its denial, or two
    different numbers of one thing, are never one claim: they become a `Contradiction` with the words that differ.

    Example: "212 homes were flooded" and "the flood put 212 homes under water" are one claim; "close to 300 flooded
    homes" contradicts it.

    Blind spots: paraphrases without a word, name or number in common; statements of fewer than three words that
    say something; a name for its bearer ("Sarrow" for "Talmera"); counts of things that are not the same though one
    noun names them.
    """
    from sayso.encoder.encoder import load

    # Loaded only where an analysis left no vectors: a case that is linked again needs no encoder.
    yield from link(case, changed, lambda texts: load().encode(texts))


def link(case: LinkCase, changed: frozenset[str], encode: Encode) -> Iterator[Change]:
    """The same with any encoder: what the changed documents add and withdraw."""
    shelf = Shelf(case, encode)
    touched, keys = shelf.strike(changed)
    docs = set[int]()
    for doc in sorted(changed):
        for document in case.of(Document, doc):
            n, own = shelf.add(document)
            docs.add(n)
            keys |= own
    stale, again = shelf.stock(keys)
    for number in sorted(stale):
        shelf.part(number, touched)
    fresh = Fresh(frozenset(docs), frozenset(again))
    celled = shelf.size() > FLAT
    if shelf.turned(celled=celled):
        shelf.part_all(touched)
        fresh = Fresh(frozenset(one.n for one in shelf.held()), frozenset())
    _compare_all(shelf, pairs(shelf, fresh, celled=celled), touched)
    edges = told(case, shelf, fresh, nearness)
    shelf.tie(edges)
    touched.numbers.update(number for one, other, _ in edges for number in (one, other))
    touched.numbers |= shelf.members(touched.ids)
    yield from _claims(shelf, touched)
    yield from _contradictions(shelf, touched.ids)


def _compare_all(shelf: Shelf, found: Ints, touched: Touched) -> None:
    """Compare the statements of each pair; what comes of it is kept, and touches both."""
    for first in range(0, len(found), TOGETHER):
        part = found[first : first + TOGETHER]
        edges = list[tuple[int, int, float]]()
        for (n, m), near in zip(part.tolist(), nearness(shelf, part), strict=True):
            one, other = sorted((shelf.said(n), shelf.said(m)), key=lambda held: held.id)
            verdict = compare(one, other, near)
            if verdict and verdict.kind is None:
                edges.append((n, m, -round(verdict.score, 4)))
            elif verdict:
                _against(shelf, (one.id, other.id), verdict, touched)
        shelf.tie(edges)
        touched.numbers.update(number for n, m, _ in edges for number in (n, m))


def nearness(shelf: Shelf, found: Ints) -> Iterator[Nearness]:
    """How near the statements of pairs (numbers, [P, 2]) are, and their documents by titles or all else they state."""
    texts = [(shelf.basis(n >> SHIFT), shelf.basis(m >> SHIFT)) for n, m in found.tolist()]
    places = (found & ((1 << SHIFT) - 1)).tolist()
    words, frames = (
        [
            np.stack([getattr(text[end], name)[at[end]] for text, at in zip(texts, places, strict=True)])
            for end in (0, 1)
        ]
        for name in ("words", "frames")
    )
    titles, totals = (
        [np.stack([getattr(text[end], name) for text in texts]) for end in (0, 1)] for name in ("title", "total")
    )
    around = _cosines(totals[0] - words[0], totals[1] - words[1])
    best = np.maximum(_cosines(*titles), around)
    for one, two, three in zip(_cosines(*words).tolist(), _cosines(*frames).tolist(), best.tolist(), strict=True):
        yield Nearness(round(one, 4), round(two, 4), round(three, 4))


def _cosines(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Row by row, 0 where one is nothing. Whole numbers in 64-bit floats: exact until the root."""
    one, other = one.astype(np.float64), other.astype(np.float64)
    lengths = np.einsum("ij,ij->i", one, one) * np.einsum("ij,ij->i", other, other)
    made: npt.NDArray[np.float64] = np.einsum("ij,ij->i", one, other) / np.sqrt(np.maximum(lengths, 1))
    return made


def _against(shelf: Shelf, ids: tuple[str, str], verdict: Verdict, touched: Touched) -> None:
    """Keep a contradiction of two statements (ids, sorted)."""
    assert verdict.kind is not None
    id = make_id("contradiction", *ids)
    spans = (verdict.left, verdict.right)
    why = Why("claims", spans, note=verdict.note or f"{verdict.kind}: nearness {verdict.score:.2f}")
    record = Contradiction(id, ids[0], ids[1], verdict.kind, *spans, why)
    shelf.oppose(record, -round(verdict.score, 4))
    touched.ids.update(ids)


def _claims(shelf: Shelf, touched: Touched) -> Iterator[Change]:
    """Make the claims anew that the touched statements reach; all that were in one or are become touched (ids)."""
    old, made = set[str](), set[str]()
    for numbers, ties in _reached(shelf, touched.numbers):
        old |= shelf.leave(numbers, touched)
        held = {one.id: (number, one) for number in numbers for one in shelf.linked(number)} if ties else {}
        ids = {number: id for id, (number, _) in held.items()}
        edges = {Edge(place, *sorted((ids[one], ids[other]))) for one, other, place in ties}
        for members in clusters(edges, {id: one for id, (_, one) in held.items()}):
            id = make_id("claim", members[0])
            made.add(id)
            shelf.join(id, [(held[member][0], member) for member in members])
            touched.ids.update(members)
            yield Add(_claim(id, members), frozenset(held[member][1].doc for member in members))
    yield from (Withdraw(id) for id in sorted(old - made))


def _reached(shelf: Shelf, numbers: Iterable[int]) -> Iterator[tuple[list[int], set[Tie]]]:
    """The statements that edges tie to these, however far, one web of edges after the other; struck ones stay in."""
    seen = set[int]()
    for first in sorted(numbers):
        if first in seen:
            continue
        seen.add(first)
        found, ties = [first], set[Tie]()
        for number in found:  # grows on the way
            edges = shelf.edges(number)
            news = {end for one, other, _ in edges for end in (one, other)} - seen
            seen |= news
            found += sorted(news)
            ties.update(edges)
        yield found, ties


def _claim(id: str, members: tuple[str, ...]) -> ClaimCluster:
    """A claim whose origins are not yet followed: the next linker does."""
    why = Why("claims", note=f"{len(members)} statements that say the same")
    return ClaimCluster(id, members, (), OriginLabel.NOT_RECORDED, why)


def _contradictions(shelf: Shelf, reached: Iterable[str]) -> Iterator[Change]:
    """One contradiction for two claims that differ in one way: that between the statements nearest to each other."""
    best: dict[tuple[str, ...], tuple[float, str, Contradiction]] = {}
    for id in sorted(reached):
        sql = "SELECT place, record, body FROM ix_claims_against WHERE one = ? OR other = ?"
        for place, record, body in shelf.db.execute(sql, (id, id)):
            made = from_plain(Contradiction, json.loads(body))
            pair = (*sorted(_claim_of(shelf, one) for one in (made.left, made.right)), str(made.kind))
            if pair[0] != pair[1]:
                best[pair] = min(best.get(pair, (place, record, made)), (place, record, made), key=lambda b: b[:2])
    shown = {record: made for _, record, made in best.values()}
    yield from (Withdraw(id) for id in sorted(_unshown(shelf, reached) - set(shown)))
    for id, made in sorted(shown.items()):
        shelf.db.execute("INSERT OR REPLACE INTO ix_claims_shown VALUES (?, ?, ?)", (id, made.left, made.right))
        yield Add(made)


def _unshown(shelf: Shelf, reached: Iterable[str]) -> set[str]:
    """Forget what was shown of these statements; the ids of those records."""
    found = set[str]()
    for id in sorted(reached):
        sql = "SELECT record FROM ix_claims_shown WHERE one = ? OR other = ?"
        found |= {row[0] for row in shelf.db.execute(sql, (id, id))}
    for record in sorted(found):
        shelf.db.execute("DELETE FROM ix_claims_shown WHERE record = ?", (record,))
    return found


def _claim_of(shelf: Shelf, id: str) -> str:
    row = shelf.db.execute("SELECT claim FROM ix_claims_member WHERE id = ?", (id,)).fetchone()
    return str(row[0]) if row else id
