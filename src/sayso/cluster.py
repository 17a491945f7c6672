"""Workers of a Dask cluster: the same shards, handed out as futures; nothing is shuffled between workers.

Dask distributed is an extra, `pip install sayso[cluster]`. The shards' folder must be one that the workers see.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

from sayso.errors import SaysoError, UsageError
from sayso.pool import AHEAD, TRIES, Done, Lost
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
        self._died: dict[str, int] = {}

    @property
    def full(self) -> bool:
        """Whether more tasks would only wait."""
        threads = sum(self._client.nthreads().values()) or 1
        return len(self._tasks) >= (1 + AHEAD) * threads

    @property
    def busy(self) -> bool:
        """Whether anything is at work or waits."""
        return bool(self._tasks)

    def put(self, task: Task) -> None:
        """Have a task done some time."""
        # Not pure: a shard that is asked for again after a death is to be worked on again.
        future = self._client.submit(work, task, self.folder, pure=False)
        self._tasks[future] = task

    def ready(self, seconds: float | None = None) -> Iterator[Done | Lost]:
        """What has ended; waits for the next end, at most `seconds`. Raises what a worker raised on purpose."""
        if not self._tasks:
            return
        wait = importlib.import_module("distributed").wait
        done = wait(list(self._tasks), timeout=seconds, return_when="FIRST_COMPLETED").done
        for future, task in [(future, self._tasks.pop(future)) for future in done]:
            if future.status == "finished":
                yield Done(task, future.result())
            elif (lost := self.failed(task, future.exception())) is not None:
                yield lost

    def failed(self, task: Task, error: BaseException) -> Lost | None:
        """What becomes of a task that failed: it is done again, or it is lost. Raises what is no fault of the task."""
        if isinstance(error, SaysoError):
            raise error
        dask = importlib.import_module("distributed")
        if not isinstance(error, dask.KilledWorker | dask.CancelledError):
            cause = " ".join(str(error).split()) or type(error).__name__
            raise UsageError(
                f"The cluster cannot work on a shard ({cause}). Its scheduler and its workers need the same sayso as "
                "here. Type on them: pip install 'sayso[cluster]'"
            ) from error
        self._died[task.name] = self._died.get(task.name, 0) + 1
        if self._died[task.name] < TRIES and isinstance(error, dask.CancelledError):
            self.put(task)
            return None
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

    def _connect(self, address: str, count: int) -> Any:
        try:
            dask = importlib.import_module("distributed")
        except ImportError as error:
            raise UsageError("--dask needs Dask distributed. Type: pip install 'sayso[cluster]'") from error
        try:
            if address != LOCAL:
                return dask.Client(address, timeout="10s")
            self._cluster = dask.LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None)
            return dask.Client(self._cluster)
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageError(f"No Dask scheduler answers at {address} ({error}). Start one, or check it.") from error
