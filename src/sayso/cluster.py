"""Workers of a Dask cluster: the same shards, handed out as futures; nothing is shuffled between workers.

Dask distributed is an extra, `pip install sayso[cluster]`. The shards' folder must be one that the workers see.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sayso.errors import SaysoError, UsageError
from sayso.pool import AHEAD, Done, Lost
from sayso.shards import Task, work

LOCAL = "local"


class Dask:
    """Workers at the scheduler `address`, or `count` processes here for "local". Use it in a `with` block.

    Raises UsageError where Dask is not installed or nobody answers at the address.
    """

    def __init__(self, address: str, folder: str, *, count: int = 2) -> None:
        self.folder = folder
        self._cluster: Any = None
        self._client = self._connect(address, count)
        self._tasks: dict[Any, Task] = {}
        self._address = address

    @property
    def full(self) -> bool:
        """Whether more tasks would only wait."""
        with self._reached():
            threads = sum(self._client.nthreads().values()) or 1
        return len(self._tasks) >= (1 + AHEAD) * threads

    @property
    def busy(self) -> bool:
        """Whether anything is at work or waits."""
        return bool(self._tasks)

    def put(self, task: Task) -> None:
        """Have a task done some time."""
        with self._reached():
            # Not pure: a shard that is asked for again after a death is to be worked on again.
            future = self._client.submit(work, task, self.folder, pure=False)
        self._tasks[future] = task

    def ready(self, seconds: float | None = None) -> Iterator[Done | Lost]:
        """What has ended; waits for the next end, at most `seconds`. Raises what a worker raised on purpose."""
        if not self._tasks:
            return
        wait = importlib.import_module("distributed").wait
        with self._reached():
            done = wait(list(self._tasks), timeout=seconds, return_when="FIRST_COMPLETED").done
        for future, task in [(future, self._tasks.pop(future)) for future in done]:
            if future.status == "finished":
                yield Done(task, future.result())
            else:
                yield self.failed(task, future.exception())

    def failed(self, task: Task, error: BaseException) -> Lost:
        """A task that ended one worker after another is lost. Raises what is no fault of the task."""
        if isinstance(error, SaysoError):
            raise error
        if not isinstance(error, importlib.import_module("distributed").KilledWorker):
            cause = " ".join(str(error).split()) or type(error).__name__
            raise UsageError(
                f"The cluster cannot work on a shard ({cause}). Its scheduler and its workers need the same sayso as "
                "here. Type on them: pip install 'sayso[cluster]'"
            ) from error
        return Lost(task)

    def close(self) -> None:
        """Leave the cluster, and end it where it was made here."""
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def __enter__(self) -> Dask:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Where the scheduler is gone, the error says so."""
        dask = importlib.import_module("distributed")
        gone = (OSError, TimeoutError, dask.CancelledError, dask.client.ClosedClientError)
        try:
            yield
        except gone as error:
            raise SaysoError(
                f"The Dask scheduler at {self._address} is gone. Start one and run the same command again: shards that "
                "are finished are kept."
            ) from error

    def _connect(self, address: str, count: int) -> Any:
        try:
            dask = importlib.import_module("distributed")
        except ImportError as error:
            raise UsageError("--dask needs Dask distributed. Type: pip install 'sayso[cluster]'") from error
        try:
            if address != LOCAL:
                return dask.Client(address, timeout="10s")
            self._cluster = dask.LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=":0")
            return dask.Client(self._cluster)
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageError(f"No Dask scheduler answers at {address} ({error}). Start one, or check it.") from error
