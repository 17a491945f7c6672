"""How far a run is, on standard error: a live line in a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sayso.run import Progress

if TYPE_CHECKING:
    from rich.status import Status

_PLAIN_SECONDS = 5.0  # between plain lines, so that a log stays short
_LIVE_SECONDS = 0.1


class Meter:
    """Takes the progress of a run and shows it; `last` is the latest."""

    def __init__(self, status: Status | None, *, quiet: bool) -> None:
        self.last = Progress()
        self._status, self._quiet = status, quiet
        self._started = self._shown = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        """Show progress, if it is time."""
        self.last, now = progress, time.monotonic()
        wait = _LIVE_SECONDS if self._status else _PLAIN_SECONDS
        soon = now - self._shown < wait and not (self._status and progress.linking)
        if self._quiet or soon:
            return
        self._shown = now
        line = describe(progress, now - self._started)
        if self._status:
            self._status.update(line)
        else:
            sys.stderr.write(line + "\n")


@contextmanager
def meter(*, quiet: bool) -> Iterator[Meter]:
    """A meter on standard error for the time of a run."""
    if quiet or not sys.stderr.isatty():
        yield Meter(None, quiet=quiet)
        return
    from rich.console import Console

    with Console(stderr=True, highlight=False).status("Reading", spinner="line") as status:
        yield Meter(status, quiet=False)


def describe(progress: Progress, seconds: float) -> str:
    """Documents, rate, time left and problems in one line; once all are written, what is being linked."""
    if progress.linking:
        return f"{progress.documents} documents written, linking: {progress.linking}"
    rate = progress.documents / seconds if seconds > 0 else 0.0
    of = f" of {progress.total}" if progress.total else ""
    parts = [
        f"{progress.items}{of} items",
        f"{progress.documents} documents analysed ({rate:.1f}/s)",
        f"{progress.unchanged} unchanged" if progress.unchanged else "",
        f"{progress.problems} problem{'s' * (progress.problems != 1)}",
        f"{progress.shards} shards done, {progress.waiting} given out" if progress.shards or progress.waiting else "",
        _left(progress, seconds),
    ]
    return ", ".join(part for part in parts if part)


def _left(progress: Progress, seconds: float) -> str:
    """How long the rest will take if it goes on like the items read so far; "" where that is unknown."""
    read = progress.items - progress.unchanged
    if not progress.total or read < 1 or progress.items >= progress.total:
        return ""
    left = round(seconds / read * (progress.total - progress.items))
    return f"about {left // 60}:{left % 60:02d} left"
