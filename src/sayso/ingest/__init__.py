"""Reading: from what a user names to documents, one format a file, every failure a Problem."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable, Iterator

from sayso.errors import ReadError
from sayso.ingest.blocks import Item, Raw
from sayso.ingest.find import Place, contents, count, find
from sayso.records import Problem, problem
from sayso.settings import Limits

__all__ = ["READERS", "Item", "Raw", "Reader", "count", "find", "read"]

Reader = Callable[[Raw, Limits], Iterator[Item | Problem]]


def read(raw: Raw, limits: Limits) -> Iterator[Item | Problem]:
    """The documents in an item, by the reader that its content asks for; what cannot be read as Problems."""
    from sayso.ingest import sniff

    try:
        yield from READERS["jsonl" if raw.line else sniff.format_of(raw.data, raw.name)](raw, limits)
    except ReadError as error:
        yield problem(raw.name, "read", str(error))


def _reader(module: str, function: str = "read") -> Reader:
    """The reader `function` of a module that is imported when it is first needed."""

    def run(raw: Raw, limits: Limits) -> Iterator[Item | Problem]:
        yield from getattr(importlib.import_module(f"sayso.ingest.{module}"), function)(raw, limits)

    return run


def _opener(kind: str) -> Reader:
    """The reader of an archive in memory: of all that is in it."""

    def run(raw: Raw, limits: Limits) -> Iterator[Item | Problem]:
        for found in contents(io.BytesIO(raw.data), kind, Place(raw.name, raw.location, raw.given), limits):
            yield from read(found, limits) if isinstance(found, Raw) else (found,)

    return run


READERS: dict[str, Reader] = {
    "html": _reader("html"),
    "text": _reader("plain"),
    "markdown": _reader("plain", "read_markdown"),
    "pdf": _reader("pdf"),
    "docx": _reader("docx"),
    "eml": _reader("eml"),
    "feed": _reader("feed"),
    "jsonl": _reader("jsonl"),
    "warc": _opener("warc"),
    "wacz": _opener("wacz"),
    "zip": _opener("zip"),
    "tar": _opener("tar"),
    "gz": _opener("gz"),
    "bz2": _opener("bz2"),
    "xz": _opener("xz"),
}
