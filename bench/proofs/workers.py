"""Proof: workers, the scheduler or the run itself killed with SIGKILL at random moments change no byte of the export.

    python -m bench.proofs.workers --documents 5000 --rounds 10

Each round is a run over the same pile in which a random worker is killed every few seconds, on the pool and on Dask;
one more round kills the run itself again and again, and one the Dask scheduler. A run that ends with an error is begun
again by the same command, as a person would. At the end the export must be that of a run that nobody disturbed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.export.jsonl import lines
from sayso.store import open_case

TRIES = 40  # of one round: runs begun again after a kill
_WHO = ("Orla Venn", "Two officials", "The ministry of canals", "A spokesman for the Lunn Mail", "The harbour guild")
_HOW = ("said", "denied", "warned", "claimed on Friday")
_WHAT = ("the gates had failed", "nobody was on the lock", "the pumps would be mended by May", "Sarrow gave the order")


@dataclass(slots=True)
class Outcome:
    """What the proof found: kills by what was killed, rounds, and every round whose export differed."""

    kills: dict[str, int] = field(default_factory=dict)
    rounds: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Round:
    """One way to disturb a run: its options, whom to kill, how many seconds between two kills."""

    name: str
    options: tuple[str, ...]
    victims: Callable[[int], list[int]]
    seconds: float


def prove(documents: int, rounds: int, *, seed: int = 1, seconds: float = 4.0) -> Outcome:
    """Disturb `rounds` runs of the pool and of Dask each, one of the run itself, one of the scheduler."""
    chance, outcome = random.Random(seed), Outcome()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        pile = write_pile(home / "pile.jsonl", documents, chance)
        calm = _exported(pile, home / "calm.sayso", ("--workers", "2"))
        for number, one in enumerate(_rounds(rounds, seconds)):
            out = home / f"{number}.sayso"
            _disturbed(pile, out, one, (chance, outcome))
            outcome.rounds += 1
            if _lines(out) != calm:
                outcome.faults.append(f"round {number}, {one.name}: the export differs")
            out.unlink()
    return outcome


def write_pile(path: Path, documents: int, chance: random.Random) -> Path:
    """Write invented texts of about 200 characters as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(documents):
            told = (f"{chance.choice(_WHO)} {chance.choice(_HOW)} that {chance.choice(_WHAT)}." for _ in range(3))
            file.write(json.dumps({"text": f"No {number}. {' '.join(told)}", "url": f"https://a.test/{number}"}) + "\n")
    return path


def _rounds(rounds: int, seconds: float) -> Iterator[Round]:
    pool, dask = ("--workers", "2"), ("--workers", "2", "--dask", "local")
    for _ in range(rounds):
        yield Round("pool worker", pool, _workers, seconds)
        yield Round("dask worker", dask, _workers, seconds)
    yield Round("run on the pool", pool, lambda run: [run], 2 * seconds)
    # With a local cluster the scheduler lives in the run's own process.
    yield Round("run and scheduler on Dask", dask, lambda run: [run], 2 * seconds)


def _disturbed(pile: Path, out: Path, one: Round, chances: tuple[random.Random, Outcome]) -> None:
    chance, outcome = chances
    for _ in range(TRIES):
        run = _start(pile, out, one.options)
        while True:
            try:
                run.wait(chance.uniform(0.5, 1.5) * one.seconds)
                break
            except subprocess.TimeoutExpired:
                for victim in chance.sample(found := one.victims(run.pid), min(1, len(found))):
                    outcome.kills[one.name] = outcome.kills.get(one.name, 0) + _kill(victim)
        if run.returncode == 0:
            return
        _reap(run.pid)
    outcome.faults.append(f"{one.name}: not finished after {TRIES} runs")


def _start(pile: Path, out: Path, options: tuple[str, ...]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "sayso", "trace", str(pile), "-o", str(out), "--rules", "-q", *options]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)


def _workers(run: int) -> list[int]:
    """The processes below a run that do work: Python ones that are no resource trackers."""
    found, parents = [], [run]
    while parents:
        parent = parents.pop()
        for child in _children(parent):
            parents.append(child)
            words = Path(f"/proc/{child}/cmdline").read_bytes() if Path(f"/proc/{child}").exists() else b""
            if b"spawn_main" in words or b"forkserver" in words:
                found.append(child)
    return found


def _children(parent: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()]
    except OSError:
        return []


def _kill(process: int) -> int:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return 0
    return 1


def _reap(run: int) -> None:
    """End what a killed run left behind, so that rounds do not share the machine; a worker would end by itself."""
    time.sleep(0.2)
    try:
        os.killpg(run, signal.SIGKILL)
    except ProcessLookupError:
        return


def _exported(pile: Path, out: Path, options: tuple[str, ...]) -> list[str]:
    _start(pile, out, options).wait()
    return _lines(out)


def _lines(out: Path) -> list[str]:
    with open_case(out) as case:
        return list(lines(case))


def main() -> int:
    """Run the proof and write what it found to standard output as JSON; 1 where there are faults."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=4.0, help="about so long between two kills")
    given = parser.parse_args()
    outcome = prove(given.documents, given.rounds, seconds=given.seconds)
    found = {"kills": outcome.kills, "rounds": outcome.rounds, "faults": outcome.faults}
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
