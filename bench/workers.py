"""How quick analysis is on one worker, on two and on two of Dask, in one run: `python -m bench.workers FILE.jsonl`.

FILE.jsonl has a text a line. Every way is given the same shards; the clock starts when its workers have loaded the
model and done a shard each, and stops with the last. `cores` is the processor time of the workers over the wall clock:
with less than one core for each worker the machine was not free, and the ratios say little.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import Any

from bench.proofs.processes import spent
from sayso import ingest
from sayso.cluster import LOCAL, Dask
from sayso.ingest import jsonl
from sayso.ingest.blocks import Raw
from sayso.pool import Done, Pool
from sayso.settings import Settings
from sayso.sharded import Workers
from sayso.shards import Task
from sayso.steps import steps

A_SHARD = 8  # documents: fewer than in a run, so that no worker waits long for the last shard of another
Hire = Callable[[str], AbstractContextManager[Any]]
WAYS: dict[str, Hire] = {
    "pool of 1": lambda folder: Pool(1, folder),
    "pool of 2": lambda folder: Pool(2, folder),
    "Dask, 2 local": lambda folder: Dask(LOCAL, folder, count=2),
}


def measure(file: Path, documents: int, settings: Settings) -> dict[str, Any]:
    """Documents a second for each way, and the two ratios that matter."""
    tasks = list(_tasks(file, documents + 4 * A_SHARD, settings))
    found = {name: _throughput(hire, tasks[:4], tasks[4:]) for name, hire in WAYS.items()}
    one, two, dask = (found[name]["documents_per_s"] for name in WAYS)
    return {**found, "pool of 2 over pool of 1": round(two / one, 2), "Dask over pool of 2": round(dask / two, 2)}


def _tasks(file: Path, documents: int, settings: Settings) -> Iterator[Task]:
    version = steps(settings).version
    (raw,) = (one for one in ingest.find([str(file)], limits=settings.limits) if isinstance(one, Raw))
    parts = jsonl.parts(raw, settings.limits, lines=A_SHARD, size=settings.limits.file_bytes)
    for part in islice(parts, documents // A_SHARD):
        if isinstance(part, Raw):
            yield Task(((part, raw.name),), settings, version)


def _throughput(hire: Hire, warm: Sequence[Task], tasks: Sequence[Task]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, hire(folder) as workers:
        _work(workers, warm)
        began, before = time.perf_counter(), spent([os.getpid()])
        _work(workers, tasks)
        wall, cpu = time.perf_counter() - began, spent([os.getpid()]) - before
    documents = sum(task.lines for task in tasks)
    return {
        "documents_per_s": round(documents / wall, 2),
        "seconds": round(wall, 1),
        "cores": round(cpu / wall, 2),
        "processor_ms_a_document": round(1000 * cpu / documents, 1),
    }


def _work(workers: Workers, tasks: Sequence[Task]) -> None:
    """Have all tasks done; what is given out at a time is as in a run."""
    waiting = list(tasks)
    done = 0
    while done < len(tasks):
        while waiting and not workers.full:
            workers.put(waiting.pop(0))
        done += sum(isinstance(one, Done) for one in workers.ready())


def main() -> None:
    """Measure and write the figures to standard output as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--documents", type=int, default=192)
    parser.add_argument("--rules", action="store_true", help="without the learned tagger")
    given = parser.parse_args()
    found = measure(given.file, given.documents, Settings(rules=given.rules))
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
