"""A case for the workbench: the invented affair of the views' tests, written to a file as a run would."""

from __future__ import annotations

from pathlib import Path

from sayso.store import CaseFile
from tests import factory as f
from tests.views.affair import crack, ferry, harbour


def write_case(path: Path) -> Path:
    """The crack, the ferries and the harbour in a file."""
    fill(f.filed(path=path)).close()
    return path


def fill(case: CaseFile) -> CaseFile:
    """Write the three texts into a case."""
    for writer in (crack(), ferry(), harbour()):
        document, *records = writer.records()
        f.file(case, document, records)
    return case
