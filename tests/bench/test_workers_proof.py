"""The proof that kills workers: the same pile each time, every round once, and only what a run started is killed."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path

import pytest

from bench.proofs import processes, workers
from bench.proofs.workers import Outcome, Round

PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"


def test_the_pile_is_the_same_each_time_and_its_texts_are_short(tmp_path: Path) -> None:
    one, other = (workers.write_pile(tmp_path / name / "pile.jsonl", 50, random.Random(1)) for name in "ab")
    texts = [json.loads(line)["text"] for line in one.read_text("utf-8").splitlines()]
    assert one.read_bytes() == other.read_bytes()
    assert 150 < sum(map(len, texts)) / 50 < 250
    assert not any("{" in text for text in texts)


def test_a_round_that_the_log_holds_is_not_gone_through_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def disturbed(one: Round, pile: Path, out: Path, calm: str) -> Outcome:
        gone.append(one.name)
        return Outcome(one.name, kills=1, starts=1)

    gone: list[str] = []
    log = tmp_path / "log.jsonl"
    calm = {"name": "calm", "exports": {"False": "a", "True": "b"}}
    log.write_text(f"{json.dumps(calm)}\n" + '{"name": "pool worker 1"}\n', "utf-8")
    monkeypatch.setattr(workers, "disturbed", disturbed)
    assert len(list(workers.prove(log, 3, 2))) == 7
    assert list(workers.prove(log, 3, 2)) == []
    assert (len(set(gone)), "pool worker 1" in gone) == (7, False)


def test_what_runs_below_a_process_is_found_counted_and_killed() -> None:
    run = processes.start([sys.executable, "-c", PARENT])
    end = time.monotonic() + 60
    while not (below := processes.below(run.pid)) and time.monotonic() < end:
        time.sleep(0.05)
    ((child, words),) = below
    assert b"time.sleep(60)" in words
    assert processes.spent([run.pid]) > 0
    assert processes.peak_mb(os.getpid()) > 10
    assert processes.kill(child)
    run.wait(60)
    assert processes.below(run.pid) == []
    assert not processes.kill(run.pid)
