"""Ways out of a case: one file a format, each with `export(case, out)`; nothing is loaded before it is used."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sayso.errors import CaseError, UsageError
from sayso.store import CaseFile

EXPORTERS = {
    "csv": "sayso.export.csv",
    "dominoes": "sayso.export.dominoes",
    "geojson": "sayso.export.geojson",
    "graphml": "sayso.export.graphml",
    "jsonl": "sayso.export.jsonl",
    "plover": "sayso.export.plover",
    "timelinejs": "sayso.export.timelinejs",
}


def export_case(case: CaseFile, format: str, out: str | Path | None = None, *, text: bool = True) -> None:
    """Write a case as `format` to a file (None: standard output), "csv" to a folder.

    `text=False` leaves the documents' texts out and keeps the quoted words. Raises UsageError for an
    unknown format, CaseError where `out` cannot be written. A file is there whole or not at all.
    """
    if format not in EXPORTERS:
        raise UsageError(f"Unknown format {format!r}: choose from {', '.join(EXPORTERS)}.")
    exporter = importlib.import_module(EXPORTERS[format])
    exporter.export(case, Path(out) if out is not None else None, text=text)


@contextmanager
def whole(out: Path, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A file to write that takes its name only when it is complete. Raises CaseError where it cannot be written."""
    draft = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        try:
            with draft.open("w", encoding=encoding, errors="backslashreplace", newline="") as file:
                yield file
            draft.replace(out)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise CaseError(f"{out} cannot be written ({error.strerror}). Name another place with -o.") from error
