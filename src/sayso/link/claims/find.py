"""Which statements may have to do with each other: those whose vectors are near, of texts that may tell of one affair.

A pair is looked at by what the two statements are, never by what else a case holds, so that a case that grew holds the
same pairs as one made at once. Up to `FLAT` statements every one meets all of its days; beyond that, those with which
it shares a cell (a nearest centre).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.encoder.encoder import WIDTH, Whole
from sayso.link.claims.basis import MARKS
from sayso.link.claims.decide import (
    AKIN,
    ALIKE,
    FRESH,
    LASTING,
    NEAREST,
    RETOLD,
    ROUNDED,
    SURE,
    Floats,
    Marks,
    comparable,
)
from sayso.link.claims.shelf import SHIFT, Held, Shelf

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
FLAT = 200_000  # statements up to which all are compared
IN_CELL = 0.55  # cosine below which those of a cell are not looked at: of the pairs tied there 99.9 % lie above
NEW, HELD, PAIRS = 512, 16_384, 65_536  # rows and columns of a product, pairs judged at once
IN_MEMORY = 2_000_000  # vectors; more lie in a file that is gone afterwards
_NEITHER = 2.0  # a nearness that nothing has


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Statements in order of their days, [N], and their documents, [D].

    `numbers`, `marks`, `words` and `frames` [N, 384] and `doc` (a place among the documents) belong to statements;
    `days`, `titles`, `totals` and `sums` [D, 384] (directions and sums of all words) to documents. `fresh` are the
    statements to be compared with all, `barred` those with none.
    """

    numbers: Ints
    marks: Marks
    words: Whole
    frames: Whole
    doc: Ints
    days: Ints
    titles: Whole
    totals: Whole
    sums: npt.NDArray[np.int32]
    fresh: Mask
    barred: Mask


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is to be compared with all: all statements of some documents, and some statements (both by number)."""

    docs: frozenset[int]
    numbers: frozenset[int]


def pairs(shelf: Shelf, fresh: Fresh, *, celled: bool) -> Ints:
    """The pairs of statements (numbers) to look at, [P, 2], each once, with a fresh one in each.

    They come by documents, and these by their days: texts of one affair stand together.
    """
    held = shelf.held()
    rows = _rows(shelf, _in_reach(held, fresh), fresh)
    found = [part for cell, group in _groups(rows, celled=celled) for part in _of_group(rows, group, cell)]
    near = rows.numbers[np.concatenate([np.empty((0, 2), np.int64), *found])]
    again = np.array(list(_retold(shelf, rows)), np.int64).reshape(-1, 2)
    made = np.sort(np.concatenate([near, again]), axis=1)
    rank = np.zeros(max((one.n for one in held), default=0) + 1, np.int64)
    rank[[one.n for one in held]] = np.arange(len(held))
    ranks = np.sort(rank[made >> SHIFT], axis=1)
    made = made[np.lexsort((made[:, 1], made[:, 0], ranks[:, 1], ranks[:, 0]))]
    new = np.ones(len(made), bool)
    new[1:] = (made[1:] != made[:-1]).any(axis=1)
    return made[new]


def _in_reach(held: Sequence[Held], fresh: Fresh) -> Sequence[Held]:
    """The documents of days that those of the fresh statements can be compared with."""
    mine = fresh.docs | {number >> SHIFT for number in fresh.numbers}
    days = sorted({one.day for one in held if one.n in mine})
    if not days or days[0] == 0:
        return held
    near = np.zeros(days[-1] - days[0] + 2 * LASTING + 1, bool)
    for day in days:
        near[day - days[0] : day - days[0] + 2 * LASTING + 1] = True
    first = days[0] - LASTING
    return [one for one in held if not one.day or (0 <= one.day - first < len(near) and near[one.day - first])]


def _rows(shelf: Shelf, held: Sequence[Held], fresh: Fresh) -> Rows:
    held = [one for one in held if one.size]
    sizes = np.array([one.size for one in held], np.int64)
    ends = np.cumsum(sizes)
    words, frames = (_room(int(sizes.sum())) for _ in range(2))
    titles, sums = (np.zeros((len(held), WIDTH), kind) for kind in (np.int8, np.int32))
    totals, marks, at = [b""], [b""], 0
    for packed in shelf.rows([one.n for one in held]):
        own = np.frombuffer(b"".join(row[1] for row in packed), np.int8).reshape(-1, WIDTH)
        part = slice(at, at + len(packed))
        heads = ends[part] - sizes[part] - (ends[at] - sizes[at]) + np.arange(len(packed))
        titles[part] = own[heads]
        place = slice(ends[at] - sizes[at], ends[part.stop - 1])
        words[place] = np.delete(own, heads, axis=0)
        sums[part] = np.add.reduceat(words[place], ends[part] - sizes[part] - place.start, axis=0, dtype=np.int32)
        frames[place] = np.frombuffer(b"".join(row[3] for row in packed), np.int8).reshape(-1, WIDTH)
        marks += (row[0] for row in packed)
        totals += (row[2] for row in packed)
        at = part.stop
    doc = np.repeat(np.arange(len(held)), sizes)
    numbers = (np.array([one.n for one in held], np.int64)[doc] << SHIFT) + np.arange(len(doc)) - (ends - sizes)[doc]
    known = np.frombuffer(b"".join(marks), MARKS)
    is_fresh = np.isin(numbers, list(fresh.numbers)) | np.isin(numbers >> SHIFT, list(fresh.docs))
    days = np.array([one.day for one in held], np.int64)
    whole = np.frombuffer(b"".join(totals), np.int8).reshape(-1, WIDTH)
    barred = np.isin(known["key"], shelf.stocked())
    return Rows(numbers, known, words, frames, doc, days, titles, whole, sums, is_fresh, barred)


def _room(size: int) -> Whole:
    if size <= IN_MEMORY:
        return np.zeros((size, WIDTH), np.int8)
    with tempfile.TemporaryFile() as file:
        return np.memmap(file, np.int8, "w+", shape=(size, WIDTH))


def _groups(rows: Rows, *, celled: bool) -> Iterator[tuple[int, Ints]]:
    """Statements that meet: all, or those of each cell with the cell's number; in order of their days."""
    open_ = np.nonzero(~rows.barred)[0]
    if not celled:
        yield -1, open_
        return
    cells = rows.marks["cells"][open_].astype(np.int64)
    order = np.argsort(cells, axis=None, kind="stable")
    flat = cells.reshape(-1)[order]
    for cell in np.unique(flat).tolist():
        first, after = np.searchsorted(flat, [cell, cell + 1])
        yield cell, np.unique(open_[order[first:after] // cells.shape[1]])


def _of_group(rows: Rows, group: Ints, cell: int) -> Iterator[Ints]:
    """The pairs [P, 2] of a group (places among the rows), those of fresh statements from the earlier of the two."""
    is_fresh, days = rows.fresh[group], rows.days[rows.doc[group]]
    undated = int(np.searchsorted(days, 1))
    places = np.nonzero(is_fresh)[0]
    for lot in (places[places < undated], places[places >= undated]):
        for start in range(0, len(lot), NEW):
            new = lot[start : start + NEW]
            columns = _columns(days, undated, new)
            # Of two fresh ones the earlier meets the later.
            columns = columns[~is_fresh[columns] | (columns > new[0])]
            for begin in range(0, len(columns), HELD):
                yield _near(rows, group[new], group[columns[begin : begin + HELD]], cell)


def _columns(days: Ints, undated: int, new: Ints) -> Ints:
    """Whom these statements of a group may meet: of undated ones all, else those of unknown day and of days near."""
    if new[0] < undated:
        return np.arange(len(days))
    first, after = np.searchsorted(days, [days[new[0]] - LASTING, days[new[-1]] + LASTING + 1])
    return np.concatenate([np.arange(undated), np.arange(max(first, undated), after)])


def _near(rows: Rows, new: Ints, held: Ints, cell: int) -> Ints:
    ours, theirs = rows.words[new].astype(np.float32), rows.words[held].astype(np.float32)
    dots = ours @ theirs.T  # exact: see `whole`
    lengths = np.einsum("ij,ij->i", ours, ours), np.einsum("ij,ij->i", theirs, theirs)
    nearest = NEAREST if cell < 0 else IN_CELL
    least = nearest * np.sqrt(lengths[0].min() * lengths[1].min()) * 0.999
    n, m = np.nonzero(dots >= least)
    cosines = dots[n, m] / np.sqrt(lengths[0][n].astype(np.float64) * lengths[1][m])
    made = np.stack([new[n], held[m]], axis=1)
    near = cosines >= nearest
    made, cosines = made[near], cosines[near]
    kept = [_may(rows, made[a : a + PAIRS], cosines[a : a + PAIRS], cell) for a in range(0, len(made), PAIRS)]
    found: Ints = made[np.concatenate([np.zeros(0, bool), *kept])]
    return found


def _may(rows: Rows, made: Ints, cosines: Floats, cell: int) -> Mask:
    """Which pairs could make one claim or contradict each other, by all that is known without reading them."""
    one, other = rows.marks[made[:, 0]], rows.marks[made[:, 1]]
    docs = rows.doc[made]
    may: Mask = (one["mood"] == other["mood"]) & (made[:, 0] != made[:, 1])
    # Both fresh: once is enough, from the earlier; and once for two cells that both stand in.
    may &= ~(rows.fresh[made].all(axis=1) & (made[:, 0] > made[:, 1]))
    if cell >= 0:
        both = (one["cells"][:, :, None] == other["cells"][:, None, :]) & (one["cells"] < cell)[:, :, None]
        may &= ~both.any(axis=(1, 2))
    need = _need(rows.days[docs], _again(one, other, cosines))
    need[cosines >= RETOLD] = -_NEITHER
    may &= need < _NEITHER
    # The cheapest first; what is near in nothing but its words is gone before frames are asked.
    at = np.nonzero(may)[0]
    at = at[comparable(one[at], other[at], cosines[at], 1.0)]
    at = at[_context(rows, docs[at]) >= need[at]]
    at = at[comparable(one[at], other[at], cosines[at], _cosines(rows.frames, made[at]))]
    kept = np.zeros(len(made), bool)
    kept[at[_of_affair(rows, made[at], cosines[at])]] = True
    return kept


def _of_affair(rows: Rows, made: Ints, cosines: Floats) -> Mask:
    """All but the same words with a number in texts that are not of one affair: they tell of two things."""
    one, other = rows.marks[made[:, 0]], rows.marks[made[:, 1]]
    kept: Mask = (cosines < RETOLD) | ~(one["counts"] & other["counts"]).astype(bool)
    asked = np.nonzero(~kept)[0]
    kept[asked] = _around(rows, made[asked]) >= AKIN - ROUNDED
    return kept


def _again(one: Marks, other: Marks, cosines: Floats) -> Mask:
    """Where both count anything, and a number that is rarely met by chance may be the same, or the words nearly are."""
    telling = (one["telling"] & other["telling"]) != 0
    again: Mask = (one["counts"] & other["counts"]).astype(bool) & (telling | (cosines >= RETOLD - ROUNDED))
    return again


def _need(days: Ints, again: Mask) -> Floats:
    """How near two documents must be for statements of theirs to be about one affair, and whether they may be of any
    day; see `decide.together`."""
    apart = np.abs(days[:, 0] - days[:, 1])
    unknown = (days == 0).any(axis=1)
    need = np.where(apart <= FRESH, AKIN, np.where(apart <= LASTING, ALIKE, _NEITHER))
    made: Floats = np.where(unknown, np.where(again, AKIN, SURE), need)
    return made


def _context(rows: Rows, docs: Ints) -> Floats:
    """The nearness of documents by title or by all that they state, with what is compared: the latter is more than
    without it, where statements are near."""
    return np.maximum(_cosines(rows.titles, docs), _cosines(rows.totals, docs))


def _around(rows: Rows, made: Ints) -> Floats:
    """The nearness of documents without what is compared, as it is told to `compare` but for rounding."""
    docs = rows.doc[made]
    one, other = (rows.sums[docs[:, end]].astype(np.float64) - rows.words[made[:, end]] for end in (0, 1))
    lengths = np.einsum("ij,ij->i", one, one) * np.einsum("ij,ij->i", other, other)
    around = np.einsum("ij,ij->i", one, other) / np.sqrt(np.maximum(lengths, 1))
    best: Floats = np.maximum(_cosines(rows.titles, docs), around)
    return best


def _cosines(vectors: Whole, made: Ints) -> Floats:
    """The nearness of the two of each pair [P, 2], 0 where one is nothing."""
    one, other = (vectors[made[:, end]].astype(np.float32) for end in (0, 1))
    dots, lengths = np.einsum("ij,ij->i", one, other), np.einsum("ij,ij->i", one, one).astype(np.float64)
    lengths *= np.einsum("ij,ij->i", other, other)
    near: Floats = dots / np.sqrt(np.maximum(lengths, 1))
    return near


def _retold(shelf: Shelf, rows: Rows) -> Iterator[tuple[int, int]]:
    """Pairs with the same words and numbers, whenever they were printed."""
    mine = rows.fresh & ~rows.barred
    for key, number in zip(rows.marks["key"][mine].tolist(), rows.numbers[mine].tolist(), strict=True):
        yield from ((number, other) for other in shelf.of_key(key) if other != number)
