"""Shards hold to the letter what was found, and a pool gives the shard of a dead worker to another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sayso.cluster import Dask
from sayso.errors import CaseError, ModelError, UsageError
from sayso.export.jsonl import lines
from sayso.ingest.blocks import Item, Raw
from sayso.pool import Done, Lost, Pool
from sayso.records import Document, problem
from sayso.settings import Settings
from sayso.sharded import shards_beside
from sayso.shards import Result, Task, read, work, write
from sayso.store import create_case, open_case
from tests import factory as f

ODD = "He said \ud800 it \x00 rained 😀."


def result() -> Result:
    document = f.document(ODD, name="odd \udcff.txt", publisher="P")
    officials = f.mention(document, "He", named=False)
    said = f.statement(document, "rained", f.hop(officials, cue=(f.span(document, "said"),)))
    found = (officials, said, f.when(document, "it"), f.place(document, "He", 1.0, 2.0), problem(document.id, "s", "m"))
    item = Item(document, ODD.encode("utf-8", "surrogatepass"))
    return Result("/pile/odd \udcff.txt", "mark", "v1", ((item, found), (item, ())), (problem("x", "read", "bad"),))


def task(*names: str, version: str = "v") -> Task:
    return Task(tuple((Raw(name, b"It rained.", f"/pile/{name}"), name) for name in names), Settings(), version)


def test_a_shard_gives_back_to_the_letter_what_was_written(tmp_path: Path) -> None:
    empty = Result("/pile/empty", "mark", "v1", (), ())
    write(tmp_path / "a.parquet", [result(), empty])
    assert read(tmp_path / "a.parquet") == [result(), empty]


def test_no_half_written_shard_stays_behind(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", [result()])
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]


def test_a_folder_that_cannot_be_written_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be written"):
        write(tmp_path / "gone" / "a.parquet", [result()])


def test_a_full_disk_is_an_error_that_says_so_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    code = f"""
import resource
from pathlib import Path
from sayso.errors import CaseError
from sayso.shards import write
from tests.test_shards import result
resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))  # no file may grow beyond that, as on a full disk
try:
    write(Path({str(tmp_path)!r}) / "a.parquet", [result()] * 200)
except CaseError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "cannot be written" in done.stdout
    assert "Make room" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_where_the_folder_for_shards_cannot_be_made_the_error_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.sayso.shards").write_bytes(b"in the way")
    case = create_case(tmp_path / "a.sayso")
    with case, pytest.raises(CaseError, match="choose another -o"), shards_beside(case):
        pass


def test_a_damaged_shard_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 nothing")
    with pytest.raises(CaseError, match="Delete it"):
        read(tmp_path / "a.parquet")


def test_a_worker_of_another_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install the same version"):
        work(task("a", version="sayso 0.0"), str(tmp_path))


# --- what workers do in these tests; each is sent to a fresh process by its name


def quick(one: Task, folder: str) -> str:
    return one.name


def dies_once(one: Task, folder: str) -> str:
    mark = Path(folder) / one.items[0][1]
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return one.name


def dies_of_b(one: Task, folder: str) -> str:
    if any(mark == "b" for _, mark in one.items):
        os.kill(os.getpid(), signal.SIGKILL)
    return one.name


def refuses(one: Task, folder: str) -> str:
    raise ModelError("another version")


def outcomes(pool: Pool) -> list[Done | Lost]:
    found = list[Done | Lost]()
    while pool.busy:
        found.extend(pool.ready(30))
    return found


def test_every_task_is_done_once(tmp_path: Path) -> None:
    tasks = [task(str(n)) for n in range(7)]
    with Pool(2, str(tmp_path), quick) as pool:
        for one in tasks:
            pool.put(one)
        done = outcomes(pool)
    assert sorted(one.task.name for one in done) == sorted(one.name for one in tasks)


def test_what_a_worker_says_is_wrong_ends_the_run(tmp_path: Path) -> None:
    with Pool(2, str(tmp_path), refuses) as pool, pytest.raises(ModelError, match="another version"):
        pool.put(task("a"))
        outcomes(pool)


def test_a_cluster_without_sayso_is_an_error_that_says_what_to_type(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    lacking = RuntimeError("Error during deserialization\nof the task graph")
    dask = object.__new__(Dask)
    with pytest.raises(UsageError, match=r"deserialization of the task graph.*pip install 'sayso\[cluster\]'"):
        dask.failed(task("a"), lacking)


def test_a_task_whose_worker_dies_is_done_by_another(tmp_path: Path) -> None:
    with Pool(2, str(tmp_path), dies_once) as pool:
        for name in "abc":
            pool.put(task(name))
        done = outcomes(pool)
    assert sorted(one.task.items[0][1] for one in done if isinstance(one, Done)) == ["a", "b", "c"]


def test_a_shard_that_kills_its_workers_is_given_up_and_no_other(tmp_path: Path) -> None:
    with Pool(2, str(tmp_path), dies_of_b) as pool:
        for names in (("a", "b"), ("c", "d")):
            pool.put(task(*names))
        found = outcomes(pool)
    assert [one.task.items[0][1] for one in found if isinstance(one, Done)] == ["c"]
    assert [one.task.items[0][1] for one in found if isinstance(one, Lost)] == ["a"]


def test_a_task_is_split_into_its_items_or_lines() -> None:
    assert [one.items[0][1] for one in task("a", "b").split()] == ["a", "b"]
    lines = Raw("a.jsonl", b'{"text": "It rained."}\n\n{"text": "It snowed."}', "/pile/a.jsonl", line=5)
    split = Task(((lines, "mark"),), Settings(), "v").split()
    assert [(one.part.line, one.lines) for one in split if one.part] == [(5, 1), (7, 1)]
    assert len({one.name for one in split}) == 2


# --- whole runs


def pile(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        text = f"Ada Lorn said on Tuesday that gate {number} had failed in Paris."
        (folder / f"a{number:03}.txt").write_text(text, "utf-8")
    return folder


def trace(folder: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "sayso", "trace", str(folder), "-o", str(out), "--rules", "-q", *options]
    return subprocess.Popen(command)


def exported(out: Path) -> list[str]:
    with open_case(out) as case:
        return list(lines(case))


def test_workers_give_the_same_bytes_and_leave_nothing_behind(tmp_path: Path) -> None:
    folder = pile(tmp_path / "pile", 70)
    assert trace(folder, tmp_path / "one.sayso").wait() == 0
    assert trace(folder, tmp_path / "two.sayso", "--workers", "2").wait() == 0
    assert exported(tmp_path / "one.sayso") == exported(tmp_path / "two.sayso")
    assert not (tmp_path / "two.sayso.shards").exists()


def test_a_killed_run_goes_on_from_its_shards(tmp_path: Path) -> None:
    folder = pile(tmp_path / "pile", 100)
    out, shards = tmp_path / "two.sayso", tmp_path / "two.sayso.shards"
    run = trace(folder, out, "--workers", "2")
    while run.poll() is None and not list(shards.glob("*.parquet")):
        time.sleep(0.02)
    run.kill()
    run.wait()
    assert trace(folder, out, "--workers", "2").wait() == 0
    assert trace(folder, tmp_path / "one.sayso").wait() == 0
    assert exported(out) == exported(tmp_path / "one.sayso")
    with open_case(out) as case:
        assert case.count(Document) == 100
