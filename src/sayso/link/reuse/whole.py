"""Comparing the documents of a whole case from nothing, in a memory that does not grow with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from sayso.link.reuse.order import Families
from sayso.link.reuse.pairs import Text, compare
from sayso.link.reuse.partitions import MIB, Partitions, Posted
from sayso.link.reuse.shelf import Shelf
from sayso.link.reuse.stock import Stocked
from sayso.link.reuse.update import Read, entry
from sayso.link.reuse.words import words

SUFFIX = ".linking"  # of the folder beside the case file
BATCH = 5_000  # documents posted together
POSTING = 24  # bytes of a posting while an index is brought up to date: as it was, as it is, and one of them sorted
DOCUMENT = 10_000  # bytes of a document that is compared, with its pairs
BESIDE = 320 * MIB  # what linking holds beside the partitions: texts, members, the program itself

# Documents (numbers) whose links may be others, ids of those that are gone, and the families to go by.
Compared = tuple[set[int], frozenset[str], Families]
Texts = Callable[[Stocked], Callable[[int], Text]]


def fits(shelf: Shelf, changed: Collection[str], memory: int) -> bool:
    """Whether `memory` (bytes) holds the index of a case and what is compared when documents (ids) change."""
    return shelf.postings * POSTING + len(changed) * DOCUMENT <= memory - BESIDE


def whole(shelf: Shelf, changed: Collection[str], how: tuple[Read, Texts], memory: int) -> Compared:
    """Index all documents anew, those on the shelf and the changed ones (ids), and write the pairs that reuse text.

    `memory` (bytes) bounds what is held, but for ids and numbers, some 300 bytes a document. What does not fit lies in
    a folder beside the case file while it runs, a few kB a document.
    """
    read, texts = how
    before = shelf.forget()
    ordered = sorted(before.union(changed))
    families = Families()
    with _scratch(shelf.file) as folder, Partitions(folder, len(ordered), memory - BESIDE) as partitions:
        waiting = iter(ordered)
        while batch := list(islice(waiting, BATCH)):
            partitions.post(_posted(shelf, batch, read))
        partitions.count(shelf.sizes(), shelf.ranks())
        shelf.lay(partitions.segment())
        shelf.add_pairs(compare(partitions.shared(families), texts(partitions.commons())))
    gone = frozenset(id for id in before if shelf.number(id) is None)
    return set(shelf.numbers()), gone, families


@contextmanager
def _scratch(case: Path | None) -> Iterator[Path]:
    """A folder for the partitions that is gone afterwards; one that a killed run left is taken away first."""
    if not case:
        with TemporaryDirectory() as folder:
            yield Path(folder)
        return
    beside = case.with_name(case.name + SUFFIX)
    shutil.rmtree(beside, ignore_errors=True)
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _posted(shelf: Shelf, ids: Iterable[str], read: Read) -> Iterator[Posted]:
    for id in ids:
        if document := read(id):
            its = words(document)
            yield Posted(shelf.enter(entry(document, its)), *its.shingles)
