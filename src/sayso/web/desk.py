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
from sayso.records import Document
from sayso.store import CaseFile, open_case
from sayso.views.dominoes import Dominoes, dominoes
from sayso.views.paths import falls
from sayso.web import index, report
from sayso.web.guard import Key
from sayso.web.jobs import Jobs

# What graphs of a case hang on: people's words, the documents, and what linkers said of them.
_STATE = """SELECT (SELECT count(*) FROM judgement), (SELECT max(seq) FROM changed),
                   (SELECT coalesce(sum(upto), 0) FROM linker), (SELECT count(*) FROM event_cluster)"""
_REST_SECONDS = 2.0  # between two looks at whether another program has added documents


@dataclass(slots=True)
class _Said:
    """The rulings on a case and the state of the case that they were read from; the graphs and the state of theirs."""

    state: tuple[Any, ...] = ()
    rulings: Rulings | None = None
    graphs: dict[bool, tuple[tuple[Any, ...], Graph]] = field(default_factory=dict)
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

    def graph(self, *, every: bool) -> Graph:
        """What led to what, as people left it; made again only when they, or the analysis, said something new."""
        with self._said.making:
            state = self.state()
            held = self._said.graphs.get(every)
            if held is None or held[0] != state:
                held = state, Graph(dominoes(_Linked(self.case, self.reviewed), every=every))  # type: ignore[arg-type]
                self._said.graphs[every] = held
        return held[1]

    def state(self) -> tuple[Any, ...]:
        """What graphs of the case hang on: it is another after every word and every analysis."""
        return tuple(self.case.rows(_STATE)[0])


class Graph:
    """A graph of dominoes, the words of its nodes by id, its edges by id, and what falls with an edge, found once."""

    def __init__(self, whole: Dominoes) -> None:
        self.whole = whole
        self.names = {node.id: node.label for node in whole.nodes}
        self.edges = {edge.id: edge for edge in whole.edges}
        self._falls: dict[str, list[str]] = {}

    def falls(self, edge: str) -> list[str]:
        """The nodes that nothing leads to any more without this edge."""
        if edge not in self._falls:
            self._falls[edge] = falls(self.whole, edge)
        return self._falls[edge]


class _Linked:
    """A case of which only the documents that say what led to what are seen, so that no other's text is read."""

    def __init__(self, case: CaseFile, reviewed: Reviewed) -> None:
        self.case, self.reviewed = case, reviewed

    def of(self, kind: Any, doc: str | None = None) -> Iterator[Any]:
        """The records of one type, those documents alone."""
        if kind is not Document:
            return self.reviewed.of(kind, doc)
        sql = "SELECT id FROM document WHERE superseded IS NULL AND id IN (SELECT doc FROM causal_link) ORDER BY id"
        docs = self.case.rows(sql)
        return (self.reviewed.get(row[0]) for row in docs)

    def get(self, id: str) -> Any:
        """The record with this id."""
        return self.reviewed.get(id)


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
            self._left = index.ready(case)

    def _index(self) -> None:
        state: tuple[Any, ...] = ()
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


def _ahead(shelf: Shelf, before: tuple[Any, ...]) -> tuple[Any, ...]:
    """Make the graph before it is asked for, where nothing has changed since the last look; the state of the case."""
    state = shelf.state()
    if state == before:
        shelf.graph(every=False)
    return state


def _check_writable(case: CaseFile) -> None:
    try:
        with case.transaction():
            pass
    except CaseError as error:
        raise CaseError(
            f"{case.name} cannot be written, and a workbench takes people's words: copy it to your own folder ({error})"
        ) from error
