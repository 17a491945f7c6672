"""A run with workers writes what one without writes, whatever becomes of its workers, and repeats nothing finished."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from sayso import ingest
from sayso.export.jsonl import lines
from sayso.ingest.blocks import Item, Raw
from sayso.pool import Done, Lost
from sayso.records import Document, Problem
from sayso.run import Call, Progress, Steps, drive, fill
from sayso.settings import Limits, Settings
from sayso.sharded import ShardedRun
from sayso.shards import DOCUMENTS, Result, Task, write
from sayso.store import CaseFile
from tests import factory as f

STEPS = Steps(partial(ingest.read, limits=Limits()), lambda documents: ((one, []) for one in documents), "v")
POISON = b"the gates"  # what ends a worker here


def read(task: Task, folder: str) -> str:
    """What a worker does, without a model."""
    results = []
    for raw, mark in task.items:
        found = list(STEPS.read(raw))
        documents = tuple((one, ()) for one in found if isinstance(one, Item))
        results.append(Result(raw.location, mark, "v", documents, tuple(x for x in found if isinstance(x, Problem))))
    path = Path(folder) / f"{task.name}.parquet"
    write(path, results)
    return str(path)


class Here:
    """Workers that work at once in this process; a task that holds poison is lost with them."""

    full = False

    def __init__(self, folder: Path, work: Callable[[Task, str], str] = read) -> None:
        self.folder, self.work = str(folder), work
        self.worked: list[str] = []
        self._ended: list[Done | Lost] = []

    @property
    def busy(self) -> bool:
        return bool(self._ended)

    def put(self, task: Task) -> None:
        if any(POISON in raw.data for raw, _ in task.items):
            self._ended.append(Lost(task))
            return
        self.worked.append(task.name)
        self._ended.append(Done(task, self.work(task, self.folder)))

    def ready(self, seconds: float | None = None) -> Iterator[Done | Lost]:
        ended, self._ended = self._ended, []
        yield from ended


def jsonl(count: int, *more: str) -> Raw:
    texts = [f"It rained for {number} days." for number in range(count)]
    data = "\n".join([*more, *(json.dumps({"text": text}) for text in texts)])
    return Raw("pile.jsonl", data.encode(), "/pile/pile.jsonl")


def run(case: CaseFile, workers: Here | None, *pile: Raw, tell: Callable[[Progress], None] | None = None) -> Progress:
    going = ShardedRun(case, STEPS, tell or (lambda _: None), Call(len(pile)))
    if workers:
        going.take_over(workers.folder)
        going.hire(workers, Settings())
    return drive(going, pile)


def alone(*pile: Raw) -> list[str]:
    case = f.filed()
    fill(case, pile, STEPS, tell=lambda _: None)
    return list(lines(case))


def test_the_lines_of_a_file_are_shared_out_and_give_the_same_bytes(tmp_path: Path) -> None:
    pile, case, workers = jsonl(3 * DOCUMENTS, "no json"), f.filed(), Here(tmp_path)
    end = run(case, workers, pile)
    assert len(workers.worked) == 4
    assert list(lines(case)) == alone(pile)
    assert (end.items, end.total, end.problems, end.waiting) == (3 * DOCUMENTS + 1, 3 * DOCUMENTS + 1, 1, 0)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_unchanged_for_the_next_run_once_all_its_lines_came_back(tmp_path: Path) -> None:
    pile, case = jsonl(2 * DOCUMENTS), f.filed()
    run(case, Here(tmp_path), pile)
    again = Here(tmp_path)
    assert (run(case, again, pile).unchanged, again.worked) == (1, [])


def test_a_run_that_was_stopped_repeats_no_part_that_is_finished(tmp_path: Path) -> None:
    pile, case, first, second = jsonl(4 * DOCUMENTS), f.filed(), Here(tmp_path), Here(tmp_path)

    def stop(now: Progress) -> None:
        if now.shards == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(case, first, pile, tell=stop)
    run(case, second, pile)
    assert not set(first.worked) & set(second.worked)
    assert list(lines(case)) == alone(pile)
    assert list(tmp_path.iterdir()) == []


def test_only_the_line_that_ends_its_workers_is_left_out(tmp_path: Path) -> None:
    case = f.filed()
    end = run(case, Here(tmp_path), jsonl(2 * DOCUMENTS, json.dumps({"text": POISON.decode()})))
    (fault,) = case.problems
    assert "pile.jsonl, line 1: reading it ended 3 workers" in fault.message
    assert (case.count(Document), end.waiting, end.problems) == (2 * DOCUMENTS, 0, 1)


def test_of_a_short_file_too_only_that_line_is_left_out(tmp_path: Path) -> None:
    case = f.filed()
    other = Raw("b.txt", b"It snowed.", "/pile/b.txt")
    run(case, Here(tmp_path), jsonl(2, json.dumps({"text": POISON.decode()})), other)
    assert case.count(Document) == 3
    assert [fault.doc for fault in case.problems] == ["pile.jsonl"]


def test_a_file_that_ends_its_workers_is_left_out_alone(tmp_path: Path) -> None:
    case, pile = f.filed(), [Raw(f"{n}.txt", b"It rained %d times." % n, f"/pile/{n}.txt") for n in range(3)]
    run(case, Here(tmp_path), *pile, Raw("bad.txt", POISON, "/pile/bad.txt"))
    assert case.count(Document) == 3
    assert [fault.doc for fault in case.problems] == ["bad.txt"]


def test_two_pages_at_one_place_are_both_kept(tmp_path: Path) -> None:
    pile = [Raw("a.warc!x", f"It rained on day {n}.".encode(), "/a.warc!x", url="https://a.test/") for n in range(2)]
    case = f.filed()
    run(case, Here(tmp_path), *pile)
    assert list(lines(case)) == alone(*pile)
    assert case.count(Document) == 2


def test_a_shard_that_is_damaged_is_worked_on_again(tmp_path: Path) -> None:
    def damaged_once(task: Task, folder: str) -> str:
        path = read(task, folder)
        if workers.worked.count(task.name) == 1:
            Path(path).write_bytes(b"PAR1")
        return path

    pile, case, workers = jsonl(2 * DOCUMENTS), f.filed(), Here(tmp_path, damaged_once)
    run(case, workers, pile)
    assert list(lines(case)) == alone(pile)


def test_a_run_without_workers_takes_the_shards_left_behind(tmp_path: Path) -> None:
    pile = [Raw(f"{n}.txt", b"It rained %d times." % n, f"/pile/{n}.txt") for n in range(3)]
    case = f.filed()

    class Stopped(Here):
        def ready(self, seconds: float | None = None) -> Iterator[Done | Lost]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(case, Stopped(tmp_path), *pile)
    assert case.count(Document) == 0
    going = ShardedRun(case, STEPS, lambda _: None, Call(3))
    going.take_over(str(tmp_path))
    assert case.count(Document) == 3
    assert drive(going, pile).items == 3
    assert list(lines(case)) == alone(*pile)
