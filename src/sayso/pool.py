"""A pool of worker processes that notices when one dies and gives its shard to another.

The pools of the standard library hang or give up when a worker is killed (measured: `docs/decisions/`). Here each
worker has a pipe of its own and takes one task at a time; the end of a process is seen at once.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from sayso.errors import SaysoError
from sayso.shards import Task, work

TRIES = 3  # workers that one shard may take with it
AHEAD = 2  # tasks that wait for each worker, so that none is idle and memory stays bounded


@dataclass(frozen=True, slots=True)
class Done:
    """A task whose shard is written at `path`."""

    task: Task
    path: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A task that took so many workers with it that it is not tried again: one may try its parts."""

    task: Task


Outcome = Done | Lost


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: Task | None = None


@dataclass(slots=True)
class Pool:
    """Worker processes. `put` tasks, take outcomes from `ready`, `close` at the end; use it in a `with` block.

    `work` is what a worker does with a task and the folder; it gives the path of the shard.
    """

    workers: int
    folder: str
    work: Callable[[Task, str], str] = work
    _at_work: list[_Worker] = field(default_factory=list)
    _waiting: deque[Task] = field(default_factory=deque)
    _died: dict[str, int] = field(default_factory=dict)  # task's name -> workers that it took with it

    def put(self, task: Task) -> None:
        """Have a task done some time."""
        self._waiting.append(task)
        self._hand_out()

    @property
    def full(self) -> bool:
        """Whether more tasks would only wait."""
        return len(self._waiting) >= AHEAD * self.workers

    @property
    def busy(self) -> bool:
        """Whether anything is at work or waits."""
        return bool(self._waiting) or any(worker.task for worker in self._at_work)

    def ready(self, seconds: float | None = None) -> Iterator[Outcome]:
        """What has ended; waits for the next end, at most `seconds`. Raises what a worker raised on purpose."""
        ends: list[Any] = [worker.pipe for worker in self._at_work] + [w.process.sentinel for w in self._at_work]
        outcomes = []
        for end in wait(ends, seconds) if self.busy else ():
            worker = next((w for w in self._at_work if end in (w.pipe, w.process.sentinel)), None)
            if worker is not None and (outcome := self._ended(worker)) is not None:
                outcomes.append(outcome)
        self._hand_out()  # before the caller takes the outcomes in, so that no worker waits for that
        yield from outcomes

    def close(self) -> None:
        """Stop all workers; what they have not finished is lost."""
        for worker in self._at_work:
            worker.process.terminate()
            worker.pipe.close()
        for worker in self._at_work:
            worker.process.join()
        self._at_work.clear()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hand_out(self) -> None:
        for worker in self._at_work:
            if worker.task is None and self._waiting:
                self._give(worker, self._waiting.popleft())
        while self._waiting and len(self._at_work) < self.workers:
            worker = _start(self.work, self.folder)
            self._at_work.append(worker)
            self._give(worker, self._waiting.popleft())

    def _give(self, worker: _Worker, task: Task) -> None:
        worker.task = task
        with suppress(BrokenPipeError, ConnectionResetError):  # it has died: its sentinel says so next
            worker.pipe.send(task)

    def _ended(self, worker: _Worker) -> Outcome | None:
        """What a worker says, or what becomes of its task where it died."""
        try:
            said = worker.pipe.recv() if worker.pipe.poll() else None
        except (EOFError, OSError):
            said = None
        if said is None:
            return self._bury(worker) if not worker.process.is_alive() else None
        task, worker.task = worker.task, None
        if isinstance(said, SaysoError):
            raise said
        return Done(task, said) if task else None

    def _bury(self, worker: _Worker) -> Outcome | None:
        worker.process.join()
        worker.pipe.close()
        self._at_work.remove(worker)
        task = worker.task
        if task is None:
            return None
        self._died[task.name] = self._died.get(task.name, 0) + 1
        if self._died[task.name] >= TRIES:
            return Lost(task)
        self._waiting.appendleft(task)
        return None


def _start(work: Callable[[Task, str], str], folder: str) -> _Worker:
    # A fresh process, not a fork: a fork of a process with threads (ONNX, SQLite) may hang.
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=_serve, args=(its, work, folder), daemon=True)
    process.start()
    its.close()
    return _Worker(process, mine)


def _serve(pipe: Connection, work: Callable[[Task, str], str], folder: str) -> None:
    """A worker's life: tasks until the pipe ends, which it does when the run ends or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the run's to handle
    with suppress(EOFError, OSError):
        while True:
            task = pipe.recv()
            try:
                pipe.send(work(task, folder))
            except SaysoError as error:
                pipe.send(error)
