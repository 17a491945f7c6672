"""Reuse between documents: which share text, who took it from whom, and whether the reader is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain

from sayso.errors import UsageError
from sayso.link.change import Add, Change, LinkCase, Withdraw
from sayso.link.reuse.copies import copies
from sayso.link.reuse.direction import Member
from sayso.link.reuse.index import Shared
from sayso.link.reuse.order import together
from sayso.link.reuse.pairs import Pair, Text, candidates, compare
from sayso.link.reuse.parents import Family
from sayso.link.reuse.shape import Shape, shape
from sayso.link.reuse.shelf import Shelf
from sayso.link.reuse.stock import Stocked
from sayso.link.reuse.update import Read, update
from sayso.link.reuse.whole import Compared, fits, whole
from sayso.link.reuse.words import words
from sayso.records import Document

KEPT = 2048  # texts in memory at a time, some 30 kB each: far more than a family and those around it


def reuse(case: LinkCase, changed: frozenset[str], *, memory: int = 0) -> Iterable[Change]:
    """Who copied from whom: a `ReuseLink` from each document to the one or two that it took text from.

    Texts are compared by runs of five words, aligned word by word, and judged: furniture of a page, stock phrases and
    a quotation that both took from one speaker are no reuse. Direction is read from dates, credits, names in the text,
    what was cut and added, and where the rest of each text stands; with thin evidence it stays unknown. Each passage
    says whether the taker names whom it took it from.

    `memory` (bytes) bounds what is held; 0 leaves it to the size of the case, some 10 kB a document. What is found is
    the same, but where the index of a case does not fit, documents added to it have all compared anew.

    Blind spots: rewriting sentence by sentence, translations, a lifted quotation or sentence of fewer than seven
    words, a sentence lifted from a text that stands in more than 48 documents.
    """
    shelf, read = Shelf(case.db), lru_cache(KEPT)(_reader(case))
    if memory and not fits(shelf, changed, memory):
        numbers, gone, families = whole(shelf, changed, (read, partial(_texts, shelf, read)), memory)
    else:
        numbers, gone, families = _renewed(shelf, changed, read)
    ordered = sorted(numbers, key=lambda number: (families.head(number), number))
    family = Family(lambda id: _member(shelf, read, id))
    return _changes(case, shelf, family, (shelf.entry(number).id for number in ordered), gone)


def _renewed(shelf: Shelf, changed: frozenset[str], read: Read) -> Compared:
    """Compare what the changed documents reach; the documents (numbers) whose links may be others, and who is gone."""
    updated = update(shelf, changed, read)
    text = _texts(shelf, read, updated.index)
    shared, families = together(candidates(updated.redo, text, updated.index))
    found = _compared(shelf, shared, updated.redo - updated.settled, text)
    moved = shelf.replace_pairs(updated.redo, found) | updated.changed
    return _around(shelf, moved), updated.gone, families


def _reader(case: LinkCase) -> Read:
    def read(id: str) -> Document | None:
        return next(case.of(Document, id), None)

    return read


def _texts(shelf: Shelf, read: Read, stocked: Stocked) -> Callable[[int], Text]:
    @lru_cache(KEPT)
    def text(number: int) -> Text:
        document = read(shelf.entry(number).id)
        assert document  # what is indexed is in the case: `update` struck the rest
        return Text(number, words(document), stocked)

    return text


def _compared(shelf: Shelf, shared: list[Shared], fresh: set[int], text: Callable[[int], Text]) -> Iterator[Pair]:
    """The pairs that reuse text: compared where one of the two is fresh, else as they were."""
    yield from compare((one for one in shared if one.number in fresh or one.other in fresh), text)
    standing = {(one.number, one.other) for one in shared if one.number not in fresh and one.other not in fresh}
    for number in sorted({left for left, _ in standing}):
        yield from (pair for pair in shelf.pairs(number) if (pair.left, pair.right) in standing and pair.left == number)


def _around(shelf: Shelf, numbers: Iterable[int]) -> set[int]:
    """Documents and those they share text with, whose parents depend on their pairs."""
    numbers = set(numbers)
    return numbers | {side for number in numbers for pair in shelf.pairs(number) for side in (pair.left, pair.right)}


def _member(shelf: Shelf, read: Read, id: str) -> Member:
    """A document with its shapes upon those that it shares text with, and their outlets."""
    document, number = read(id), shelf.number(id)
    assert document and number is not None  # what is indexed is in the case
    shapes: dict[str, Shape] = {}
    names: dict[str, str] = {}
    for pair in shelf.pairs(number):
        lies = shape(pair.passages, pair.sizes)
        mine = pair.left == number
        other = shelf.entry(pair.right if mine else pair.left)
        shapes[other.id], names[other.id] = lies if mine else lies.turned, other.publisher
    return Member(document, shapes, names)


def _changes(
    case: LinkCase, shelf: Shelf, family: Family, ids: Iterable[str], gone: frozenset[str]
) -> Iterator[Change]:
    """The links of these documents that are new or changed, and those that nothing gives rise to any more."""
    before: set[str] = set()
    now: set[str] = set()
    for owner in chain(ids, sorted(gone)):
        links = {link.id: link for link in (copies(owner, family) if shelf.number(owner) is not None else ())}
        before |= shelf.links(owner)
        shelf.own(owner, links)
        for id in sorted(links):
            if id not in now and _record(case, id) != links[id]:
                yield Add(links[id])
        now.update(links)  # `now |= links.keys()` makes a new set of all for every document
    for id in sorted(before - now):
        if not shelf.owned(id):
            yield Withdraw(id)


def _record(case: LinkCase, id: str) -> object | None:
    try:
        record: object = case.get(id)
    except UsageError:
        return None
    return record
