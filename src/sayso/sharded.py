"""A run whose items are read and analysed by workers, shard by shard, and only written here."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sayso.errors import CaseError
from sayso.filing import Origin, attach, finish, is_filed
from sayso.ingest.blocks import Raw
from sayso.pool import TRIES, Done, Lost
from sayso.records import problem
from sayso.run import Call, Run, Steps, Tell
from sayso.settings import Settings
from sayso.shards import BYTES, DOCUMENTS, SUFFIX, Result, Task, read
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


class ShardedRun(Run):
    """A run in progress with workers. It begins with the shards that a run before it left behind."""

    def __init__(self, case: CaseFile, steps: Steps, tell: Tell, call: Call) -> None:
        super().__init__(case, steps, tell, call)
        self._batch: list[tuple[Raw, str]] = []
        self._workers: Workers | None = None
        self._settings = Settings()

    def hire(self, workers: Workers, settings: Settings) -> None:
        """Take what earlier runs left in the workers' folder, and give them all that is read from now on."""
        self._workers, self._settings = workers, settings
        for path in sorted(Path(workers.folder).glob("*.parquet")):
            self._take_in(path)

    def _read(self, raw: Raw, origin: Origin) -> None:
        self._batch.append((raw, origin.fingerprint))
        if len(self._batch) >= DOCUMENTS or sum(len(one.data) for one, _ in self._batch) >= BYTES:
            self._hand_out()
        while self._at_work.full:
            self._collect()

    def _flush(self) -> None:
        self._hand_out()
        while self._at_work.busy:
            self._collect()

    @property
    def _at_work(self) -> Workers:
        if self._workers is None:
            raise CaseError("A run with workers was begun without any: hire them first.")
        return self._workers

    def _hand_out(self) -> None:
        if self._batch:
            self._at_work.put(Task(tuple(self._batch), self._settings, self.steps.version))
            self._advance(waiting=1)
            self._batch.clear()

    def _collect(self) -> None:
        for outcome in self._at_work.ready():
            if isinstance(outcome, Lost):
                self._give_up(outcome)
            else:
                self._take_in(Path(outcome.path))
                self._advance(shards=1, waiting=-1)

    def _take_in(self, path: Path) -> None:
        """Write what a shard holds into the case; one of another version, or that is damaged, is worked on again."""
        try:
            results = read(path)
        except CaseError:
            results = []
        for result in results:
            if result.version == self.steps.version:
                self._write(result)
        path.unlink()

    def _write(self, result: Result) -> None:
        origin = Origin(result.location, result.fingerprint, result.version, self._number)
        for item, records in result.documents:
            if is_filed(self.case, item.document, origin):
                attach(self.case, item.document, origin)
            else:
                self._file(item, list(records), origin)
        finish(self.case, [item.document.id for item, _ in result.documents], result.problems, origin)
        self._advance(items=1, problems=len(result.problems))

    def _give_up(self, lost: Lost) -> None:
        ((raw, mark),) = lost.task.items
        message = f"{raw.name}: reading it ended {TRIES} workers. It is left out; please report it with the file."
        origin = Origin(raw.location, mark, lost.task.version, self._number)
        finish(self.case, [], [problem(raw.name, "read", message)], origin)
        self._advance(items=1, problems=1, waiting=-1)


@contextmanager
def shards_beside(case: CaseFile) -> Iterator[str]:
    """The folder for the shards of a case: beside its file, where the next run finds what this one leaves behind.

    It is gone when all was taken into the case. Raises CaseError where it cannot be made.
    """
    if case.path is None:
        with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
            yield folder
        return
    beside = case.path.with_name(case.path.name + SUFFIX)
    try:
        beside.mkdir(exist_ok=True)
    except OSError as error:
        raise CaseError(f"{beside}, for shards, cannot be made ({error.strerror}): choose another -o.") from error
    yield str(beside)
    shutil.rmtree(beside, ignore_errors=True)
