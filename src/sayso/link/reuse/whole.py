"""Comparing the documents of a whole case from nothing, in a memory that does not grow with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
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
BESIDE = 320 * MIB  # what linking holds beside the partitions: texts, members, the program itself

Texts = Callable[[Stocked], Callable[[int], Text]]


def whole(shelf: Shelf, ids: Iterable[str], how: tuple[Read, Texts], memory: int) -> Families:
    """Index all documents (ids) of a case that has no index yet, and write the pairs that reuse text.

    `memory` (bytes) bounds what is held, but for some 30 bytes a document; what does not fit lies in a folder beside
    the case file while it runs, about 15 kB a document. The families order what is done next.
    """
    read, texts = how
    ordered = sorted(ids)
    families = Families()
    with _scratch(shelf.file) as folder, Partitions(folder, len(ordered), memory - BESIDE) as partitions:
        waiting = iter(ordered)
        while batch := list(islice(waiting, BATCH)):
            partitions.post(_posted(shelf, batch, read))
        partitions.count(shelf.sizes(), shelf.ranks())
        shelf.lay(partitions.segment())
        shelf.add_pairs(compare(partitions.shared(families), texts(partitions.commons())))
    return families


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
