"""Claims: statements that say the same, found by vectors and decided by what they name, count, date and deny."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from sayso.link.change import Add, Change, LinkCase, Withdraw
from sayso.link.claims.cluster import TOLD, Edge, clusters
from sayso.link.claims.decide import NEAREST, Nearness, Verdict, cited, compare
from sayso.link.claims.disputes import disputes
from sayso.link.claims.shelf import Block, Shelf
from sayso.link.claims.slots import Said, said
from sayso.records import (
    Citation,
    ClaimCluster,
    Contradiction,
    Document,
    OriginLabel,
    PartKind,
    Statement,
    When,
    Why,
    from_plain,
    make_id,
    to_plain,
)

Floats = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]


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

    yield from link(case, changed, load().encode)


def link(case: LinkCase, changed: frozenset[str], encode: Encode) -> Iterator[Change]:
    """The same with any encoder: what the changed documents add and withdraw."""
    shelf = Shelf(case.db)
    struck = shelf.strike(changed)
    for doc in sorted(changed):
        for document in case.of(Document, doc):
            _add(case, shelf, document, encode)
    fresh = _compared(shelf, changed)
    _cited(case, shelf, changed)
    for ids, verdict in disputes(case, shelf, changed):
        fresh |= set(ids)
        _keep(shelf, ids, verdict)
    reached = _reached(shelf, struck | fresh)
    yield from _claims(shelf, reached)
    yield from _contradictions(shelf, reached)


def _add(case: LinkCase, shelf: Shelf, document: Document, encode: Encode) -> None:
    held = list(said(document, case.of(Statement, document.id), case.of(When, document.id)))
    if held:
        vectors = encode([title(document), *(one.text for one in held), *(one.frame for one in held)])
        shelf.add(document.id, vectors[0], held, vectors[1 : len(held) + 1], vectors[len(held) + 1 :])


def title(document: Document) -> str:
    """A document's headline, else the title that its page states."""
    headlines = (document.text[p.span.start : p.span.end] for p in document.parts if p.kind is PartKind.HEADLINE)
    return next(headlines, document.title.value if document.title else "")


def _compared(shelf: Shelf, changed: Iterable[str]) -> set[str]:
    """Compare the statements of changed documents with all; the statements (ids) of the changed documents."""
    fresh = {id for new in shelf.blocks(changed) for id in new.ids}
    for new in shelf.blocks(changed):
        for held in shelf.blocks():
            for n, m, near in _near(new, held):
                # Of two fresh statements each meets the other: once is enough.
                if new.ids[n] != held.ids[m] and not (held.ids[m] in fresh and held.ids[m] < new.ids[n]):
                    _compare(shelf, (shelf.said(new.ids[n]), shelf.said(held.ids[m])), near)
    return fresh


def _cited(case: LinkCase, shelf: Shelf, changed: Iterable[str]) -> None:
    """Tie each statement that cites a text of the case to the nearest of that text's statements."""
    found = {one.id: one for doc in sorted(changed) for one in case.about(Citation, doc)}
    for _, one in sorted(found.items()):
        if one.statement and one.target and one.target != one.doc:
            best = max(_meant(shelf, one), default=None)
            if best:
                edge = Edge.of(TOLD + best[0], one.statement, best[1])
                shelf.db.execute(
                    "INSERT OR REPLACE INTO ix_claims_edge VALUES (?, ?, ?)", (edge.left, edge.right, edge.order)
                )


def _meant(shelf: Shelf, citation: Citation) -> Iterator[tuple[float, str]]:
    """The statements of the cited text that may be meant, with how near each is."""
    for new in shelf.blocks([citation.doc]):
        if citation.statement not in new.ids:
            continue
        n = new.ids.index(citation.statement)
        for held in shelf.blocks([str(citation.target)]):
            words, frames = held.words @ new.words[n], held.frames @ new.frames[n]
            for m, id in enumerate(held.ids):
                near = Nearness(round(float(words[m]), 4), round(float(frames[m]), 4), 1.0)
                score = cited(shelf.said(citation.statement), shelf.said(id), near)
                if score is not None:
                    yield score, id


def _compare(shelf: Shelf, both: tuple[Said, Said], near: Nearness) -> None:
    left, right = sorted(both, key=lambda one: one.id)
    verdict = compare(left, right, near)
    if verdict:
        _keep(shelf, (left.id, right.id), verdict)


def _near(new: Block, held: Block) -> Iterator[tuple[int, int, Nearness]]:
    """Places of statements whose vectors are near, and how near they and their documents are."""
    words = new.words @ held.words.T
    ours, theirs = _around(new), _around(held)
    for n, m in zip(*np.nonzero(words >= NEAREST), strict=True):
        frame = float(new.frames[n] @ held.frames[m])
        context = max(float(new.titles[n] @ held.titles[m]), float(ours[n] @ theirs[m]))
        yield int(n), int(m), Nearness(round(float(words[n, m]), 4), round(frame, 4), round(context, 4))


def _around(block: Block) -> Floats:
    """What a document states but for the statement itself, scaled to length 1; nothing where that is all."""
    rest = block.totals - block.words
    length = np.linalg.norm(rest, axis=1, keepdims=True)
    around: Floats = np.where(length < 1e-3, 0, rest / np.maximum(length, 1e-3)).astype(np.float32)
    return around


def _keep(shelf: Shelf, ids: Sequence[str], verdict: Verdict) -> None:
    if verdict.kind is None:
        edge = Edge.of(verdict.score, *ids)
        row = (edge.left, edge.right, edge.order)
        shelf.db.execute("INSERT OR REPLACE INTO ix_claims_edge VALUES (?, ?, ?)", row)
        return
    id = make_id("contradiction", *ids)
    spans = (verdict.left, verdict.right)
    why = Why("claims", spans, note=verdict.note or f"{verdict.kind}: nearness {verdict.score:.2f}")
    record = Contradiction(id, ids[0], ids[1], verdict.kind, *spans, why)
    body = json.dumps(to_plain(record), ensure_ascii=False)
    values = (*ids, -round(verdict.score, 4), id, body)
    shelf.db.execute("INSERT OR REPLACE INTO ix_claims_against VALUES (?, ?, ?, ?, ?)", values)


def _reached(shelf: Shelf, ids: set[str]) -> set[str]:
    """All statements that edges tie to these, however far: their claims are made anew. Struck ones stay in."""
    found, waiting = set(ids), sorted(ids)
    while waiting:
        for edge in shelf.edges(waiting.pop()):
            for id in (edge.left, edge.right):
                if id not in found:
                    found.add(id)
                    waiting.append(id)
    return found


def _claims(shelf: Shelf, reached: set[str]) -> Iterator[Change]:
    old = set[str]()
    for id in sorted(reached):
        old |= {row[0] for row in shelf.db.execute("SELECT claim FROM ix_claims_member WHERE statement = ?", (id,))}
        shelf.db.execute("DELETE FROM ix_claims_member WHERE statement = ?", (id,))
    edges = {edge for id in reached for edge in shelf.edges(id)}
    held = {id: shelf.said(id) for edge in edges for id in (edge.left, edge.right)}
    made = {make_id("claim", members[0]): members for members in clusters(edges, held)}
    yield from (Withdraw(id) for id in sorted(old - set(made)))
    for id, members in sorted(made.items()):
        shelf.db.executemany("INSERT INTO ix_claims_member VALUES (?, ?)", [(member, id) for member in members])
        yield Add(_claim(id, members), frozenset(held[member].doc for member in members))


def _claim(id: str, members: tuple[str, ...]) -> ClaimCluster:
    """A claim whose origins are not yet followed: the next linker does."""
    why = Why("claims", note=f"{len(members)} statements that say the same")
    return ClaimCluster(id, members, (), OriginLabel.NOT_RECORDED, why)


def _contradictions(shelf: Shelf, reached: set[str]) -> Iterator[Change]:
    """One contradiction for two claims that differ in one way: that between the statements nearest to each other."""
    shelf.db.execute("CREATE TABLE IF NOT EXISTS ix_claims_shown (record TEXT PRIMARY KEY, one TEXT, other TEXT)")
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


def _unshown(shelf: Shelf, reached: set[str]) -> set[str]:
    """Forget what was shown of these statements; the ids of those records."""
    found = set[str]()
    for id in sorted(reached):
        sql = "SELECT record FROM ix_claims_shown WHERE one = ? OR other = ?"
        found |= {row[0] for row in shelf.db.execute(sql, (id, id))}
    for record in sorted(found):
        shelf.db.execute("DELETE FROM ix_claims_shown WHERE record = ?", (record,))
    return found


def _claim_of(shelf: Shelf, id: str) -> str:
    row = shelf.db.execute("SELECT claim FROM ix_claims_member WHERE statement = ?", (id,)).fetchone()
    return str(row[0]) if row else id
