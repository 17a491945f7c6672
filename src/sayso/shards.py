"""Shards: some items read and analysed at one go, anywhere, and written as one Parquet file.

The file takes its name only when it is complete, so that a folder of shards is the list of what is finished: a run
that is killed leaves those it has not yet taken into the case, and the next one begins with them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from sayso.errors import CaseError, ModelError
from sayso.ingest import jsonl
from sayso.ingest.blocks import Item, Raw
from sayso.records import TYPES, Document, Problem, StatementVectors, from_plain, make_id, to_plain
from sayso.run import read_item
from sayso.settings import BATCH_DOCUMENTS, Settings

SUFFIX = ".shards"  # of the folder beside the case file
WHOLE, PART = "shard", "part"  # what the name of a shard begins with: of whole items, of some lines of one
DOCUMENTS = BATCH_DOCUMENTS  # of one shard
BYTES = 4 * 1024 * 1024  # of the items of one shard
# A row for each document, not for each record: inserting is what writing costs.
_TABLE = """CREATE TABLE shard (item INTEGER, location VARCHAR, fingerprint VARCHAR, version VARCHAR, kind VARCHAR,
    line VARCHAR, data BLOB)"""
_KINDS: dict[str, type] = TYPES | {"statement_vectors": StatementVectors}
_NAMES = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Task:
    """Items to read and analyse, each with the fingerprint that the run knows it by, by one version of sayso."""

    items: tuple[tuple[Raw, str], ...]
    settings: Settings
    version: str

    @property
    def name(self) -> str:
        """The name of its file: the same items, read by the same version, are the same shard."""
        marks = tuple((raw.location, mark) for raw, mark in self.items)
        if self.part:
            return make_id(PART, self.version, marks, self.part.line, jsonl.held(self.part))
        return make_id(WHOLE, self.version, marks)

    @property
    def part(self) -> Raw | None:
        """The lines of a JSON Lines file that it is about, where it is about some and not about whole items."""
        first = self.items[0][0]
        return first if first.line else None

    @property
    def lines(self) -> int:
        """How many lines it is about that hold something; 0 where it is about whole items."""
        return jsonl.held(self.part) if self.part else 0

    def split(self) -> list[Task]:
        """One task for each item, or for each line; the task itself where it can be split no further."""
        if self.part:
            mark = self.items[0][1]
            cut = jsonl.parts(self.part, self.settings.limits, lines=1, size=0)
            return [replace(self, items=((one, mark),)) for one in cut if isinstance(one, Raw)]
        return [replace(self, items=(item,)) for item in self.items]


@dataclass(frozen=True, slots=True)
class Result:
    """What one item gave: where it lay, its documents with all that was found in each, its problems."""

    location: str
    fingerprint: str
    version: str
    documents: tuple[tuple[Item, tuple[Any, ...]], ...]
    problems: tuple[Problem, ...]


def beside(case: Path) -> Path:
    """The folder for the shards of a case file."""
    return case.with_name(case.name + SUFFIX)


def work(task: Task, folder: str) -> str:
    """Read and analyse the items of a task and write its shard into `folder`; the path of the file.

    Runs in a worker. Raises ModelError where the worker has no model or another version than the task asks for.
    """
    from sayso.steps import steps

    mine = _steps(task.settings, steps)
    if mine.version != task.version:
        raise ModelError(f"This worker is {mine.version}, the run is {task.version}: install the same version on both.")
    results = [_read(raw, mark, mine) for raw, mark in task.items]
    documents = [item.document for result in results for item, _ in result.documents]
    found = {document.id: tuple(records) for document, records in mine.analyse(documents)}
    filled = [
        replace(result, documents=tuple((item, found[item.document.id]) for item, _ in result.documents))
        for result in results
    ]
    path = Path(folder) / f"{task.name}.parquet"
    write(path, filled)
    return str(path)


def write(path: Path, results: Sequence[Result]) -> None:
    """Write results as Parquet; the file is there whole or not at all. Raises CaseError where it cannot be written."""
    rows = [row for number, result in enumerate(results) for row in _rows(number, result)]
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _duckdb() as db:
            db.execute(_TABLE)
            if rows:
                db.executemany("INSERT INTO shard VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            db.execute("COPY shard TO ? (FORMAT parquet, COMPRESSION zstd)", [str(draft)])
        draft.replace(path)
    except (OSError, _error()) as error:
        raise CaseError(f"The shard {path} cannot be written ({error}). Make room, or check the folder.") from error
    finally:
        draft.unlink(missing_ok=True)  # there only where it could not be finished


def read(path: Path) -> list[Result]:
    """The results of a shard. Raises CaseError where the file is none."""
    try:
        with _duckdb() as db:
            rows = db.execute("SELECT * FROM read_parquet(?) ORDER BY item", [str(path)]).fetchall()
    except (OSError, _error()) as error:
        raise CaseError(f"The shard {path} cannot be read ({error}). Delete it: its items are read again.") from error
    together: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        together.setdefault(row[0], []).append(row)
    return [_result(together[number]) for number in sorted(together)]


def _read(raw: Raw, mark: str, mine: Any) -> Result:
    documents: list[tuple[Item, tuple[Any, ...]]] = []
    problems: list[Problem] = []
    for found in read_item(mine, raw):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            documents.append((found, ()))
    return Result(raw.location, mark, mine.version, tuple(documents), tuple(problems))


def _rows(number: int, result: Result) -> Iterator[tuple[Any, ...]]:
    """An item as rows: one that says it is there, then its documents, each before what was found in it."""
    # JSON escapes lone surrogates and NUL, which Parquet text cannot hold.
    head = (number, json.dumps(result.location), result.fingerprint, result.version)
    yield (*head, "item", "", None)
    for item, records in result.documents:
        found = [(_NAMES[type(record)], to_plain(record)) for record in records]
        yield (*head, "document", json.dumps([to_plain(item.document), found]), item.data)
    for one in result.problems:
        yield (*head, "problem of the item", json.dumps(to_plain(one)), None)


def _result(rows: Iterable[tuple[Any, ...]]) -> Result:
    documents: list[tuple[Item, tuple[Any, ...]]] = []
    problems: list[Problem] = []
    head: tuple[str, str, str] = ("", "", "")
    for _, location, fingerprint, version, kind, line, data in rows:
        head = (json.loads(location), fingerprint, version)
        if kind == "document":
            document, found = json.loads(line)
            records = tuple(from_plain(_KINDS[name], record) for name, record in found)
            documents.append((Item(from_plain(Document, document), bytes(data)), records))
        elif kind == "problem of the item":
            problems.append(from_plain(Problem, json.loads(line)))
    return Result(*head, tuple(documents), tuple(problems))


@cache
def _steps(settings: Settings, steps: Any) -> Any:
    """Readers and model, loaded once for each worker."""
    return steps(settings)


def _duckdb() -> Any:
    import duckdb

    return duckdb.connect(":memory:", config={"threads": 1})


def _error() -> type[Exception]:
    import duckdb

    return duckdb.Error
