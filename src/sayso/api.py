"""The public functions. What reads or analyses is loaded when it is called, so that opening a case stays quick."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from sayso.errors import UsageError
from sayso.export import export_case
from sayso.ingest.blocks import Raw
from sayso.integrity import Finding, verify_case
from sayso.judgements import Attached, judge, judged
from sayso.judgements.joining import Joined
from sayso.records import Problem
from sayso.run import Call, Progress, Steps, drive, fill
from sayso.settings import Settings
from sayso.shards import beside
from sayso.store import CaseFile, create_case, open_case

__all__ = [
    "Attached",
    "CaseFile",
    "Finding",
    "Progress",
    "export_case",
    "join",
    "judge",
    "judged",
    "open_case",
    "relate",
    "report",
    "trace",
    "verify_case",
]

DEFAULTS = Settings()


def trace(
    paths: Iterable[str | Path] | str | Path,
    out: str | Path | None = None,
    *,
    settings: Settings = DEFAULTS,
    given: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> CaseFile:
    """Read what lies at `paths`, say for every statement who says so, and write it to the case file `out`.

    An existing case is added to: items that have not changed since are passed over, a changed one replaces
    its old document. `out` None makes a case that is gone when closed. `given` is metadata for all items
    ("publisher", "authors", "published", "title", "url", "language", "fetched"). "-" as a path reads `stdin`.
    An item that cannot be read becomes a Problem. Stopped at any moment, the same call goes on where this one
    was. Raises CaseError, ModelError, UsageError.
    """
    from sayso import ingest

    found_in = [paths] if isinstance(paths, str | Path) else list(paths)
    if not found_in:
        raise UsageError("Nothing to read: name files, folders or archives, or - for standard input.")
    listed = [str(path) for path in found_in]
    from sayso import steps as ways

    steps = (ways.named if settings.workers or settings.dask else ways.steps)(settings)
    case = create_case(out)
    try:
        nowhere = frozenset(path for path in listed if not os.path.lexists(path))
        call = Call(ingest.count(listed) if progress else None, nowhere)
        found = ingest.find(listed, limits=settings.limits, given=given, stdin=stdin)
        tell = progress or _quiet
        done = _fill(case, _without(found, case.path), steps, (settings, call, tell))

        def linking(name: str, number: int, of: int) -> None:
            tell(replace(done, doc="", linking=f"{name} ({number + 1} of {of})"))

        relate(case, memory=settings.memory, tell=linking)
    except BaseException:
        case.close()
        raise
    return case


def join(case: CaseFile, other: CaseFile) -> Joined:
    """Take over into `case` the people's words and the documents that only `other` holds, and relate what is new."""
    from sayso.judgements.joining import join as take_over

    joined = take_over(case, other)
    if joined.documents:
        relate(case)
    return joined


def relate(case: CaseFile, *, memory: int = 0, tell: Callable[[str, int, int], None] | None = None) -> int:
    """Bring what is found across documents up to date; how many records were added or withdrawn. Raises CaseError.

    `trace` ends with it. Stopped at any moment, the same call goes on where this one was. `memory` is how many bytes
    the comparison of texts may hold, 0 for as many as the case asks for; what is found is the same. `tell` is called
    with the name of each relation as it is begun, its number from 0, and how many there are.
    """
    from sayso import link, linking

    return linking.relate(case, link.within(memory), tell)


def report(case: CaseFile, out: str | Path, *, full: bool = False) -> Path:
    """Write the report, one page that needs nothing else: the cited sentences, or with `full` the whole texts."""
    from sayso.export.report import export

    export(case, Path(out), full=full)
    return Path(out)


def _fill(
    case: CaseFile, found: Iterable[Raw | Problem], steps: Steps, how: tuple[Settings, Call, Callable[[Progress], None]]
) -> Progress:
    """Run over what was found: here, in worker processes, or on a cluster."""
    settings, call, tell = how
    alone = not (settings.workers or settings.dask)
    if alone and not (case.path and beside(case.path).is_dir()):
        return fill(case, found, steps, tell=tell, call=call)
    from sayso.cluster import Dask
    from sayso.pool import Pool
    from sayso.sharded import ShardedRun, shards_beside

    run = ShardedRun(case, steps, tell, call)
    with shards_beside(case) as folder:
        run.take_over(folder)
        if alone:
            return drive(run, found)
        count = settings.workers or os.cpu_count() or 1
        with Dask(settings.dask, folder, count=count) if settings.dask else Pool(count, folder) as workers:
            run.hire(workers, settings)
            return drive(run, found)


def _without(found: Iterable[Raw | Problem], case: Path | None) -> Iterator[Raw | Problem]:
    """What was found, but for the case file itself, which may lie in a folder that is traced."""
    own = {str(case.resolve()) + ending for ending in ("", "-wal", "-shm")} if case else set()
    shards = f"{beside(case.resolve())}{os.sep}" if case else None
    for one in found:
        if isinstance(one, Problem) or not (one.location in own or (shards and one.location.startswith(shards))):
            yield one


def _quiet(progress: Progress) -> None:
    return None
