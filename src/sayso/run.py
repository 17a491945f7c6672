"""One run over a pile: what is found is read, analysed in batches and written; what is unchanged is passed over.

Only what a batch holds is in memory, so that memory does not grow with the pile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sayso.errors import SaysoError
from sayso.filing import (
    CALL,
    Origin,
    attach,
    begin_run,
    clear_problems,
    end_run,
    file_item,
    finish,
    is_filed,
    meet,
    met,
    note_problem,
    problems_at,
)
from sayso.ingest.blocks import Item, Raw
from sayso.ingest.find import STANDARD_INPUT
from sayso.records import Document, Problem, problem
from sayso.settings import BATCH_CHARACTERS, BATCH_DOCUMENTS
from sayso.store import CaseFile

FINDING = "finding"  # in place of a name: the problem is about no single item
BATCH_BYTES = 32 * 1024 * 1024  # of raw bytes, which wait in memory with their text


@dataclass(frozen=True, slots=True)
class Steps:
    """What a run does with an item: read it, analyse its documents; and the version of all that does so."""

    read: Callable[[Raw], Iterable[Item | Problem]]
    analyse: Callable[[Iterable[Document]], Iterator[tuple[Document, list[Any]]]]
    version: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: items handled (of `total`, None unknown), documents written, items unchanged, problems.

    `doc` is the document just written: it is in the file, whatever happens next. With workers, `shards` are those
    taken into the case, `waiting` those given out, and a line of a long JSON Lines file counts as an item. `linking`
    says which relation is being found across documents, once all are written.
    """

    items: int = 0
    total: int | None = None
    documents: int = 0
    unchanged: int = 0
    problems: int = 0
    doc: str = ""
    shards: int = 0
    waiting: int = 0
    linking: str = ""


@dataclass(frozen=True, slots=True)
class _End:
    """In the queue behind an item's documents: the item was read to its end."""

    docs: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """What is known of a call: how many items it names (None unknown), and which of its paths name nothing.

    A path that names nothing, or an address, is a fault of the call and not of the pile: its problem is
    kept until the next run.
    """

    total: int | None = None
    nowhere: frozenset[str] = frozenset()


Tell = Callable[[Progress], None]


def read_item(steps: Steps, raw: Raw) -> Iterator[Item | Problem]:
    """What the reader makes of an item; a fault of the reader is a Problem of that item."""
    try:
        yield from steps.read(raw)
    except Exception as error:  # noqa: BLE001 - a reader's fault must cost one item, not the run
        cause = f"{type(error).__name__}: {error}"
        reason = f"{raw.name}: the reader failed with {cause}. Please report it with the file."
        yield problem(raw.name, "read", reason)


class Run:
    """A run in progress. `take` what is found, then `close`."""

    def __init__(self, case: CaseFile, steps: Steps, tell: Tell, call: Call) -> None:
        self.case, self.steps, self.tell, self.call = case, steps, tell, call
        self.progress = Progress(total=call.total)
        self._number = begin_run(case, _now(), steps.version)
        self._queue: list[tuple[Item | _End, Origin]] = []

    def take(self, found: Raw | Problem) -> None:
        """Handle one thing found; its documents may wait for their batch."""
        if isinstance(found, Problem):
            place = CALL if found.doc in {FINDING, *self.call.nowhere} else ""
            note_problem(self.case, found, self._number, place=place)
            self._advance(items=1, problems=1)
            return
        clear_problems(self.case, found.name, self._number)
        fingerprint = _fingerprint(found)
        location = self._location(found, fingerprint)
        origin = Origin(location, fingerprint, self.steps.version, self._number)
        if met(self.case, location, self._number):
            self._advance(items=1)
        elif meet(self.case, origin):
            self._advance(items=1, unchanged=1, problems=problems_at(self.case, location))
        else:
            self._read(found, origin)

    def close(self, outcome: str = "finished") -> Progress:
        """Write what waits and the run's own row."""
        if outcome == "finished":
            self._flush()
        now = self.progress
        end_run(self.case, self._number, _now(), outcome, (now.documents, now.unchanged, now.problems))
        return now

    def _location(self, raw: Raw, fingerprint: str) -> str:
        """Where the item lies, with a number where this run met other bytes there (a WARC may hold a page twice)."""
        # Every text on standard input is an item of its own, not a new version of the last one.
        first = raw.location if raw.location != STANDARD_INPUT else f"{STANDARD_INPUT}{fingerprint}"
        location, number = first, 1
        while met(self.case, location, self._number) not in (None, fingerprint):
            number += 1
            location = f"{first}#{number}"
        return location

    def _read(self, raw: Raw, origin: Origin) -> None:
        docs: list[str] = []
        problems: list[Problem] = []
        for found in read_item(self.steps, raw):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                docs.append(found.document.id)
                self._add(found, origin)
        self._queue.append((_End(tuple(docs), tuple(problems)), origin))
        self._advance(items=1, problems=len(problems))
        if not self._items():
            self._flush()

    def _add(self, item: Item, origin: Origin) -> None:
        if is_filed(self.case, item.document, origin):
            attach(self.case, item.document, origin)
            return
        self._queue.append((item, origin))
        items = self._items()
        if (
            len(items) >= BATCH_DOCUMENTS
            or sum(len(one.document.text) for one in items) >= BATCH_CHARACTERS
            or sum(len(one.data) for one in items) >= BATCH_BYTES
        ):
            self._flush()

    def _items(self) -> list[Item]:
        return [one for one, _ in self._queue if isinstance(one, Item)]

    def _flush(self) -> None:
        found = self.steps.analyse([item.document for item in self._items()])
        for one, origin in self._queue:
            if isinstance(one, _End):
                finish(self.case, one.docs, one.problems, origin)
            else:
                self._file(one, next(found)[1], origin)
        self._queue.clear()

    def _file(self, item: Item, records: list[Any], origin: Origin) -> None:
        try:
            file_item(self.case, item, records, origin)
        except OverflowError:
            # SQLite's integers have 64 bits; a text may name any number.
            message = "A number in the findings is too large to store: the document is kept without them."
            records = [problem(item.document.id, "store", message)]
            file_item(self.case, item, records, origin)
        failed = sum(isinstance(record, Problem) for record in records)
        self._advance(documents=1, problems=failed, doc=item.document.id)

    def _advance(self, doc: str = "", **more: int) -> None:
        counts = {name: getattr(self.progress, name) + number for name, number in more.items()}
        self.progress = replace(self.progress, doc=doc, **counts)
        self.tell(self.progress)


def fill(
    case: CaseFile, found: Iterable[Raw | Problem], steps: Steps, *, tell: Tell, call: Call = Call()
) -> Progress:
    """Run over all that is found. Stopped at any point, the same call goes on where this one was."""
    return drive(Run(case, steps, tell, call), found)


def drive(run: Run, found: Iterable[Raw | Problem]) -> Progress:
    """Have a run take all that is found; interrupted, it is closed as such."""
    try:
        for one in _guarded(found):
            run.take(one)
        return run.close()
    except KeyboardInterrupt:
        run.close("interrupted")
        raise


def _guarded(found: Iterable[Raw | Problem]) -> Iterator[Raw | Problem]:
    """What is found; a fault in finding ends it with a Problem instead of the run with an error."""
    try:
        yield from found
    except SaysoError:
        raise
    except Exception as error:  # noqa: BLE001 - what was read before must still be analysed and written
        cause = f"{type(error).__name__}: {error}"
        reason = f"Finding failed with {cause}. What comes after was not read; please report it."
        yield problem(FINDING, "find", reason)


def _fingerprint(raw: Raw) -> str:
    """A hash of what a reader is given, so that a changed sidecar or option is read again.

    Not of the name: a file named once by its folder and once by itself is the same file.
    """
    given = repr((raw.url, sorted(raw.given.items())))
    return hashlib.sha256(hashlib.sha256(raw.data).digest() + given.encode("utf-8", "surrogatepass")).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
