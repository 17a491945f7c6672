"""Settings: what a run may be told, frozen and passed in; nothing is read from the environment."""

from __future__ import annotations

from dataclasses import dataclass, field

MIB = 1024 * 1024
# Batches feed the parser evenly; beyond 32 documents or 200,000 characters it gets no faster.
BATCH_DOCUMENTS = 32
BATCH_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one input may take before it becomes a Problem. Sizes in bytes, times in seconds."""

    file_bytes: int = 50 * MIB          # one file, or one member of an archive, unpacked
    text_chars: int = 5_000_000         # the text of one document
    members: int = 20_000               # items in one archive, feed, WARC or JSONL
    archive_bytes: int = 2048 * MIB     # all members of one archive together, unpacked
    archive_depth: int = 3              # archives inside archives
    child_seconds: int = 30             # one PDF in its child process
    child_bytes: int = 1024 * MIB       # address space of that child
    html_depth: int = 500               # nesting of elements


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of a run.

    `model` is a path to a spaCy pipeline, None for the one that is shipped; `tagger` is a folder
    with another set of its files, None for those shipped; `rules` leaves it out.
    `workers` is how many processes read and analyse, 0 for this one alone; `dask` the address of a Dask scheduler, or
    "local", in their place. `memory` is how many bytes the comparison of texts may hold, 0 for as many as the case asks
    for.
    """

    model: str | None = None
    tagger: str | None = None
    rules: bool = False
    workers: int = 0
    dask: str = ""
    memory: int = 0
    limits: Limits = field(default_factory=Limits)
