"""A run whose items are read and analysed by workers, shard by shard, and only written here."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from sayso.errors import CaseError, ReadError
from sayso.filing import Origin, attach, finish, is_filed
from sayso.ingest import jsonl, sniff
from sayso.ingest.blocks import Raw
from sayso.pool import TRIES, Done, Lost
from sayso.records import Problem, problem
from sayso.run import Call, Run, Steps, Tell
from sayso.settings import Settings
from sayso.shards import BYTES, DOCUMENTS, WHOLE, Result, Task, beside, read
from sayso.store import CaseFile


class Workers(Protocol):
    """Where shards are worked on: a pool of processes here, or a cluster."""

    folder: str

    @property
    def full(self) -> bool:
        """Whether more tasks would only wait."""
        ...

    @property
    def busy(self) -> bool:
        """Whether anything is at work or waits."""
        ...

    def put(self, task: Task) -> None:
        """Have a task done some time."""
        ...

    def ready(self, seconds: float | None = None) -> Iterator[Done | Lost]:
        """What has ended; waits for the next end, at most `seconds`."""
        ...


@dataclass(slots=True)
class _Whole:
    """A JSON Lines file whose lines are given out in parts: what came back, and how many lines are still out."""

    origin: Origin
    docs: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    shards: list[Path] = field(default_factory=list)
    out: int = 0
    cut: bool = False  # whether the last part was given out


class ShardedRun(Run):
    """A run in progress with workers. It begins with the shards that a run before it left behind.

    Without workers it does all by itself, like the run that it extends.
    """

    def __init__(self, case: CaseFile, steps: Steps, tell: Tell, call: Call) -> None:
        super().__init__(case, steps, tell, call)
        self._batch: list[tuple[Raw, str]] = []
        self._wholes: dict[str, _Whole] = {}
        self._workers: Workers | None = None
        self._settings = Settings()

    def take_over(self, folder: str) -> None:
        """Take what earlier runs left in a folder of shards; parts wait there until their file is met again.

        What it holds counts as an item handled only when the run meets it.
        """
        for path in sorted(Path(folder).glob(f"{WHOLE}-*.parquet")):
            for result in _results(path) or ():
                if result.version == self.steps.version:
                    self._write(result, None)
            path.unlink(missing_ok=True)

    def hire(self, workers: Workers, settings: Settings) -> None:
        """Give workers all that is read from now on."""
        self._workers, self._settings = workers, settings

    def _read(self, raw: Raw, origin: Origin) -> None:
        if self._workers is None:
            super()._read(raw, origin)
            return
        raw = replace(raw, location=origin.location)  # two items may lie at one place, such as a page fetched twice
        if _holds_lines(raw) and jsonl.held(raw) > DOCUMENTS:
            self._cut(raw, origin, DOCUMENTS)
            return
        self._batch.append((raw, origin.fingerprint))
        if len(self._batch) >= DOCUMENTS or sum(len(one.data) for one, _ in self._batch) >= BYTES:
            self._hand_out(self._batch)
            self._batch = []

    def _cut(self, raw: Raw, origin: Origin, lines: int) -> None:
        """Give the lines of a file out in parts: its shards would hold, and its worker do, too much at once."""
        whole = self._wholes[raw.location] = _Whole(origin)
        if self.progress.total is not None:
            more = min(jsonl.held(raw), self._settings.limits.members) - 1
            self.progress = replace(self.progress, total=self.progress.total + more)
        for part in jsonl.parts(raw, self._settings.limits, lines=lines, size=BYTES):
            if isinstance(part, Problem):
                whole.problems.append(part)
                continue
            whole.out += jsonl.held(part)
            self._hand_out([(part, origin.fingerprint)])
        whole.cut = True
        self._finish(whole)

    def _flush(self) -> None:
        if self._workers is None:
            super()._flush()
            return
        if self._batch:
            self._hand_out(self._batch)
            self._batch = []
        while self._workers.busy:
            self._collect()

    def _hand_out(self, items: list[tuple[Raw, str]]) -> None:
        workers = self._hired
        task = Task(tuple(items), self._settings, self.steps.version)
        path = Path(workers.folder, f"{task.name}.parquet")
        self._advance(waiting=1)
        if path.exists():  # a part that an earlier run finished
            self._ended(Done(task, str(path)))
        else:
            workers.put(task)
        while workers.full:
            self._collect()

    def _collect(self) -> None:
        for outcome in self._hired.ready():
            self._ended(outcome)

    @property
    def _hired(self) -> Workers:
        if self._workers is None:
            raise CaseError("A run with workers was begun without any: hire them first.")
        return self._workers

    def _ended(self, outcome: Done | Lost) -> None:
        """Write what a task gave, or have what it was about tried again."""
        task = outcome.task
        if isinstance(outcome, Lost):
            self._give_up(task)
            return
        path = Path(outcome.path)
        results = _results(path)
        if results is None:
            path.unlink(missing_ok=True)
            self._hired.put(task)
            return
        whole = self._wholes[task.items[0][0].location] if task.part else None
        for result in results:
            self._write(result, whole)
        self._advance(shards=1, waiting=-1)
        if whole is None:
            path.unlink(missing_ok=True)
            self._advance(items=len(results))
        else:
            whole.shards.append(path)  # should this run stop, the next one takes it in again
            self._back(whole, task)

    def _write(self, result: Result, whole: _Whole | None) -> None:
        origin = Origin(result.location, result.fingerprint, result.version, self._number)
        for item, records in result.documents:
            if is_filed(self.case, item.document, origin):
                attach(self.case, item.document, origin)
            else:
                self._file(item, list(records), origin)
        docs = [item.document.id for item, _ in result.documents]
        if whole is None:
            finish(self.case, docs, result.problems, origin)
            self._advance(problems=len(result.problems))
        else:
            whole.docs += docs
            whole.problems += result.problems

    def _back(self, whole: _Whole, task: Task) -> None:
        """Note that some lines of a file came back, or that all were given out."""
        whole.out -= task.lines
        self._advance(items=task.lines)
        self._finish(whole)

    def _finish(self, whole: _Whole) -> None:
        """Note that a file was read to its end, once all of its lines have come back."""
        if not whole.cut or whole.out:
            return
        finish(self.case, whole.docs, whole.problems, whole.origin)
        self._advance(problems=len(whole.problems))
        del self._wholes[whole.origin.location]
        for path in whole.shards:
            path.unlink(missing_ok=True)

    def _give_up(self, task: Task) -> None:
        """Have a task that ended its workers done item by item, or line by line; leave out what cannot be split."""
        self._advance(waiting=-1)
        if len(split := task.split()) > 1:
            self._advance(waiting=len(split))
            for one in split:
                self._hired.put(one)
            return
        ((raw, mark),) = task.items
        origin = Origin(raw.location, mark, task.version, self._number)
        if task.part:
            whole = self._wholes[raw.location]
            whole.problems.append(_ended_workers(raw, f"{raw.name}, line {raw.line}"))
            self._back(whole, task)
        elif _holds_lines(raw) and jsonl.held(raw) > 1:
            self._cut(raw, origin, 1)
        else:
            finish(self.case, [], [_ended_workers(raw, raw.name)], origin)
            self._advance(items=1, problems=1)


def _results(path: Path) -> list[Result] | None:
    """What a shard holds; None where it is damaged."""
    try:
        return read(path)
    except CaseError:
        return None


def _holds_lines(raw: Raw) -> bool:
    try:
        return sniff.format_of(raw.data, raw.name) == "jsonl"
    except ReadError:
        return False  # told where it is read


def _ended_workers(raw: Raw, what: str) -> Problem:
    message = f"{what}: reading it ended {TRIES} workers. It is left out; please report it with the file."
    return problem(raw.name, "read", message)


@contextmanager
def shards_beside(case: CaseFile) -> Iterator[str]:
    """The folder for the shards of a case: beside its file, where the next run finds what this one leaves behind.

    It is gone when all was taken into the case. Raises CaseError where it cannot be made.
    """
    if case.path is None:
        with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
            yield folder
        return
    own = beside(case.path)
    try:
        own.mkdir(exist_ok=True)
    except OSError as error:
        raise CaseError(f"{own}, for shards, cannot be made ({error.strerror}): choose another -o.") from error
    yield str(own)
    shutil.rmtree(own, ignore_errors=True)
