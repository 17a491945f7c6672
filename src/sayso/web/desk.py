"""The desk: what a running workbench holds, which is the case's place, the session's key and the work under way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from sayso.errors import CaseError, SaysoError
from sayso.judgements import Reviewed, Rulings
from sayso.store import CaseFile, open_case
from sayso.web import index, index_dominoes, report
from sayso.web.guard import Key
from sayso.web.jobs import Jobs

_REST_SECONDS = 2.0  # between two looks at whether another program has added documents


@dataclass(slots=True)
class _Said:
    """The rulings on a case and the state of the case that they were read from; who makes the graph holds the lock."""

    state: tuple[Any, ...] = ()
    rulings: Rulings | None = None
    making: threading.Lock = field(default_factory=threading.Lock)


class Shelf:
    """One request's hold on the case: `case` as the machine left it, `reviewed` as people did."""

    def __init__(self, case: CaseFile, said: _Said) -> None:
        self.case, self._said = case, said

    @cached_property
    def rulings(self) -> Rulings:
        """What people said, read again only when they, or the analysis, said something new."""
        state = tuple(self.case.rows("SELECT (SELECT count(*) FROM judgement), (SELECT max(seq) FROM changed)")[0])
        if self._said.rulings is None or self._said.state != state:
            self._said.rulings, self._said.state = Rulings(self.case), state
        return self._said.rulings

    @cached_property
    def reviewed(self) -> Reviewed:
        """The case as people left it."""
        return Reviewed(self.case, self.rulings)

    @cached_property
    def whole(self) -> Reviewed:
        """The case as people left it, with what they rejected still in it, to be looked at."""
        return Reviewed(self.case, self.rulings, rejected=True)

    def dominoes(self, *, every: bool) -> index_dominoes.Shown:
        """What led to what, from the index. A small case's is made at once where people, or the analysis, said
        something new; a large one's a moment later, and until then `fresh` is false."""
        if not index_dominoes.is_fresh(self.case) and index_dominoes.is_small(self.case):
            self.link()
        return index_dominoes.Shown(self.case, every=every)

    def link(self) -> None:
        """Make the graph of dominoes anew where it is not that of the case as it is now."""
        with self._said.making:
            if not index_dominoes.is_fresh(self.case):
                index_dominoes.renew(self.case, self.reviewed)


class Desk:
    """A case at work. Use it in a `with` block: the index is made in the background until it ends."""

    def __init__(self, path: Path, key: Key, *, by: str = "") -> None:
        self.path, self.key, self.by = path, key, by
        self.jobs = Jobs(path, self.wake)
        self._said = _Said()
        self._end = threading.Event()
        self._wake = threading.Event()
        self._worker = threading.Thread(target=self._index, name="index", daemon=True)
        with open_case(path) as case:
            _check_writable(case)
            index.prepare(case)
            report.prepare(case)
            self._left = index.ready(case)

    def __enter__(self) -> Self:
        self._worker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._wake.set()
        self.jobs.end()
        self._worker.join(timeout=5)

    @contextmanager
    def shelf(self) -> Iterator[Shelf]:
        """A hold on the case for one request; each has its own connection, so that none waits for another."""
        with open_case(self.path) as case:
            yield Shelf(case, self._said)

    def progress(self) -> index.Ready:
        """How far the index was when last looked at."""
        return self._left

    def wake(self) -> None:
        """Look at once whether there is something to index."""
        self._wake.set()

    def catch_up(self) -> None:
        """Index everything that waits, here and now."""
        with open_case(self.path) as case:
            while index.advance(case):
                pass
            index.gather(case)
            Shelf(case, self._said).link()
            self._left = index.ready(case)

    def _index(self) -> None:
        state = ""
        while not self._end.is_set():
            self._wake.clear()
            try:
                with open_case(self.path) as case:
                    while not self._end.is_set() and index.advance(case):
                        self._left = index.ready(case)
                    index.gather(case)
                    self._left = index.ready(case)
                    state = _ahead(Shelf(case, self._said), state)
            except SaysoError:
                pass  # another program writes, or took away what was being read: the next look finds it free and whole
            self._wake.wait(_REST_SECONDS)


def _ahead(shelf: Shelf, before: str) -> str:
    """Make the graph before it is asked for, where nothing has changed since the last look; the state of the case."""
    state = index_dominoes.state(shelf.case)
    if state == before:
        shelf.link()
    return state


def _check_writable(case: CaseFile) -> None:
    try:
        with case.transaction():
            pass
    except CaseError as error:
        raise CaseError(
            f"{case.name} cannot be written, and a workbench takes people's words: copy it to your own folder ({error})"
        ) from error
