"""Bringing the index up to date with changed documents, and whom that reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from sayso.link.reuse.index import ABOVE, NEARLY, Entry, Index, held, postings, without
from sayso.link.reuse.shelf import Shelf, compacted
from sayso.link.reuse.stock import common
from sayso.link.reuse.words import Hashes, Words, words
from sayso.records import Document

BATCH = 10_000  # documents a segment while an index is built

Read = Callable[[str], Document | None]


@dataclass(frozen=True, slots=True)
class Updated:
    """The index as it is now, the documents (numbers) to compare anew, and the ids of those that were struck.

    `changed` are the numbers of the documents that are themselves new or changed, and of those that were paired with
    one that is struck. `settled` are those to compare anew that can only lose pairs: what two of them, or one of them
    and one that was not reached, share is what it was, as long as it is worth a look.
    """

    index: Index
    redo: set[int]
    changed: set[int]
    settled: set[int]
    gone: frozenset[str]


@dataclass(slots=True)
class _Changes:
    """Documents to index (ids), to strike (numbers), and those (numbers) that stand in the index as they are."""

    new: list[str] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    same: set[int] = field(default_factory=set)


def update(shelf: Shelf, ids: Iterable[str], read: Read) -> Updated:
    """Index the changed documents; those that are no longer there are struck.

    A document beyond the changed ones is reached where a shingle of theirs became common or rare, or got another
    anchor: then what it shares with others may count differently. Everything else stands as it stood.
    """
    before = shelf.segments()
    changes = _sorted_out(shelf, sorted(ids), read)
    old = Index(before, shelf.entry, shelf.ranks)
    touched = _touched(before, changes, read) if before else np.zeros(0, np.uint64)
    for shingle in touched[old.common(touched)]:
        old.anchors(shingle)  # asked while what is to be struck is still known
    gone = frozenset(shelf.entry(number).id for number in changes.gone)
    bereft = {partner for number in changes.gone for partner in shelf.strike(number)} - set(changes.gone)
    after, entered = _indexed(shelf, before, changes, read)
    new = Index(after, shelf.entry, shelf.ranks)
    reached = _reached(old, new, touched, lambda number: _loses(shelf, new, read, number)) - set(changes.gone)
    changed = changes.same | entered
    only_added = not (old.common(touched) & ~new.common(touched)).any()
    settled = (
        {number for number in reached - changed if _is_settled(shelf, old, new, read, number)} if only_added else set()
    )
    return Updated(new, changed | reached, changed | bereft, settled, gone)


def entry(document: Document, its: Words) -> Entry:
    """What the index keeps of a document."""
    shingles = its.shingles[0]
    mark = int(np.bitwise_xor.reduce(its.hashes * np.arange(1, len(its) + 1, dtype=np.uint64)) >> np.uint64(1))
    published = document.published.value if document.published else ""
    return Entry(document.id, len(shingles), published, document.publisher.value if document.publisher else "", mark)


def _sorted_out(shelf: Shelf, changed: list[str], read: Read) -> _Changes:
    changes = _Changes()
    for id in changed:
        document, number = read(id), shelf.number(id)
        if number is not None and document and entry(document, words(document)) == shelf.entry(number):
            changes.same.add(number)
            continue
        if number is not None:
            changes.gone.append(number)
        if document:
            changes.new.append(id)
    return changes


def _touched(before: list[Hashes], changes: _Changes, read: Read) -> Hashes:
    """The shingles of what is struck or new, without the numbers."""
    parts = [segment[held(segment, changes.gone)] for segment in before] if changes.gone else []
    parts += [words(document).shingles[0] for id in changes.new if (document := read(id))]
    return np.unique(np.concatenate(parts) & ABOVE) if parts else np.zeros(0, np.uint64)


def _indexed(shelf: Shelf, before: list[Hashes], changes: _Changes, read: Read) -> tuple[list[Hashes], set[int]]:
    """The segments with the changes in them, written, and the numbers of the new documents."""
    after = [without(segment, changes.gone) for segment in before] if changes.gone else list(before)
    numbers: set[int] = set()
    for at in range(0, len(changes.new), BATCH):
        batch = []
        for id in changes.new[at : at + BATCH]:
            if document := read(id):
                its = words(document)
                batch.append((shelf.enter(entry(document, its)), its.shingles[0]))
        numbers |= {number for number, _ in batch}
        after = compacted([*after, postings(batch)])
    shelf.write(before, after)
    return after, numbers


def _reached(old: Index, new: Index, touched: Hashes, loses: Callable[[int], bool]) -> set[int]:
    """The documents that hold a shingle which became common or rare, or an old or new anchor of one.

    A shingle that becomes common only takes away; of those that hold it, the ones that `loses` says can lose.
    """
    was_common, is_common = old.common(touched), new.common(touched)
    reached: set[int] = set()
    for shingle in touched[was_common & ~is_common]:
        reached.update(old.documents(shingle), new.documents(shingle))
    for shingle in touched[was_common & is_common]:
        reached |= old.anchors(shingle) ^ new.anchors(shingle)
    became = {number for shingle in touched[~was_common & is_common] for number in new.documents(shingle)}
    return reached | {number for number in became - reached if loses(number)}


def _loses(shelf: Shelf, index: Index, read: Read, number: int) -> bool:
    """Whether a document has pairs to lose, or is so common that it is compared as a text printed everywhere."""
    if next(shelf.pairs(number), None):
        return True
    document = read(shelf.entry(number).id)
    shingles = words(document).shingles[0] if document else np.zeros(0, np.uint64)
    return bool(index.common(shingles).sum() >= NEARLY * len(shingles))


def _is_settled(shelf: Shelf, old: Index, new: Index, read: Read, number: int) -> bool:
    """Whether a document's stock sentences are those that they were, and it is none that is printed everywhere."""
    document = read(shelf.entry(number).id)
    if not document:
        return False
    its = words(document)
    if new.common(its.shingles[0]).sum() >= NEARLY * len(its.shingles[0]):
        return False
    return bool((common(its, old) == common(its, new)).all())
