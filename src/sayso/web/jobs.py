"""Reading dropped files: a child process traces them, tells how far it is, and can be stopped and started again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from sayso.errors import UsageError


class State(StrEnum):
    """How a job stands."""

    NONE = "none"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """Files that are being read, or were: how far it is, and what went wrong if it failed as a whole."""

    state: State = State.NONE
    names: tuple[str, ...] = ()
    progress: dict[str, Any] = field(default_factory=dict)
    error: str = ""


class Jobs:
    """One job at a time. What the child wrote is in the case, however it ends: the same job goes on from there."""

    def __init__(self, case: Path, done: Callable[[], None]) -> None:
        self.job = Job()
        self._case, self._done = case, done
        self._child: subprocess.Popen[str] | None = None
        self._stopping = False
        self._paths: tuple[str, ...] = ()
        self._lock = threading.Lock()

    def start(self, paths: list[Path], names: list[str]) -> None:
        """Read these files. Raises UsageError while others are being read."""
        with self._lock:
            if self.job.state is State.RUNNING:
                raise UsageError("Files are being read already: wait for them, or stop them first.")
            self._paths = tuple(str(path) for path in paths)
            self._run(Job(State.RUNNING, tuple(names)))

    def again(self) -> None:
        """Read the last files again: what is in the case already is passed over, what failed is tried once more."""
        with self._lock:
            if not self._paths or self.job.state is State.RUNNING:
                raise UsageError("There is nothing to read again.")
            self._run(Job(State.RUNNING, self.job.names))

    def stop(self) -> None:
        """Stop reading; what was written stays."""
        if self._child is None or self.job.state is not State.RUNNING:
            raise UsageError("Nothing is being read.")
        self._stopping = True
        self._child.send_signal(signal.SIGINT if sys.platform != "win32" else signal.SIGTERM)

    def end(self) -> None:
        """Stop for good, with the workbench."""
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()

    def _run(self, job: Job) -> None:
        command = [sys.executable, "-m", "sayso.web.reading_child", str(self._case), *self._paths]
        # The child gets no terminal: Ctrl-C stops the workbench, which then ends the child.
        # A file, since a pipe that nobody reads would stop the child; the watcher closes it.
        said = tempfile.TemporaryFile("w+", errors="replace")  # noqa: SIM115
        self._child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said, text=True, start_new_session=True
        )
        self._stopping = False
        self.job = job
        threading.Thread(target=self._watch, args=(self._child, said), name="reading", daemon=True).start()

    def _watch(self, child: subprocess.Popen[str], said: IO[str]) -> None:
        assert child.stdout
        for line in child.stdout:
            told = json.loads(line)
            error = told.pop("error", "")
            self.job = replace(self.job, progress=told or self.job.progress, error=error or self.job.error)
            self._done()
        code = child.wait()
        # A child that is stopped while it starts ends as the interpreter pleases.
        stopped = self._stopping or code in _STOPPED
        state = State.FINISHED if code == 0 else State.STOPPED if stopped else State.FAILED
        error = self.job.error or (_last_line(said) if state is State.FAILED else "")
        said.close()
        self.job = replace(self.job, state=state, error=error)
        self._done()


def _last_line(said: IO[str]) -> str:
    """What a child that broke said last, with what to do."""
    said.seek(0)
    lines = said.read()[-4_000:].strip().splitlines()
    return f"The reader broke: {lines[-1] if lines else 'it said nothing'}. Try again; please report it if it stays."


_STOPPED = (130, -signal.SIGINT, -signal.SIGTERM)
