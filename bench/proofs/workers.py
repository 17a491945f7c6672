"""Proof: workers, the scheduler or the run itself killed with SIGKILL at random moments change no byte of the export.

    python -m bench.proofs.workers LOG.jsonl --documents 5000 --rounds 10

Each round is a run over the same pile in which a random worker is killed every few seconds, on the pool and on Dask;
one more round each kills the run on the pool, the run on Dask with its scheduler, and a scheduler of its own. A run
that ends with an error is begun again by the same command, as a person would. At the end the export must be that of a
run that nobody disturbed. What a round found is a line of LOG.jsonl; stopped, the same command goes on with the next.

Seconds are those of processor time of the run and its workers together, so that a busy machine is no milder than a free
one. Rounds use `--rules`: what is proved is not about the model. Workers take no part in linking, so it is left out of
all rounds but one, in which the run is killed over a fifth of the documents, links and all.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.proofs.processes import Cluster, below, end_group, kill, spent, start
from sayso import api
from sayso.export.jsonl import lines
from sayso.settings import Settings
from sayso.store import open_case

TRIES = 60  # of one round: runs begun again after a kill
WORKERS = 2
_WHO = ("{name} {name}", "Two officials", "The ministry of {thing}", "A spokesman for the {name} Mail", "Mayor {name}")
_HOW = ("said", "denied", "warned", "claimed on Friday", "told {name} Radio")
_WHAT = ("the {thing} at {name} had failed", "{count} {thing} would be mended by May", "{name} gave an order",
         "{count} people left {name}", "nobody was on the lock of {name}")  # fmt: skip
_THINGS = ("canals", "harbours", "mills", "bridges", "granaries", "quarries", "ferries", "kilns", "wells", "sluices")
_SYLLABLES = ("ba", "ren", "tol", "mi", "sar", "ven", "dru", "kel", "lo", "nim", "pa", "ros", "tu", "vi", "zan", "gor")


@dataclass(frozen=True, slots=True)
class Round:
    """One way to disturb a run: its options, what is killed, seconds of processor time between two kills."""

    name: str
    victim: str  # "worker", "run" or "scheduler"
    options: tuple[str, ...]
    seconds: float
    linked: bool = False


@dataclass(slots=True)
class Outcome:
    """What a round found."""

    name: str
    kills: int = 0
    starts: int = 0
    seconds: float = 0.0
    fault: str = ""
    ended: list[str] = field(default_factory=list)  # what runs said that ended with an error of their own


def prove(log: Path, documents: int, rounds: int, *, seconds: float = 6.0) -> Iterator[Outcome]:
    """Go through the rounds that `log` does not hold; each outcome is written there before it is given."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        # Of one name, since documents are called by their file's.
        piles = {linked: write_pile(home / str(linked) / "pile.jsonl", count, random.Random(1))
                 for linked, count in ((False, documents), (True, documents // 5))}  # fmt: skip
        calm = _calm(log, piles, home)
        done = {line["name"] for line in _logged(log)}
        for one in _rounds(rounds, seconds):
            if one.name not in done:
                outcome = disturbed(one, piles[one.linked], home / "disturbed.sayso", calm[str(one.linked)])
                _note(log, asdict(outcome))
                yield outcome


def write_pile(path: Path, documents: int, chance: random.Random) -> Path:
    """Write invented texts of about 200 characters as JSON lines; names and numbers vary, so that few say the same."""
    path.parent.mkdir()
    with path.open("w", encoding="utf-8") as file:
        for number in range(documents):
            told = " ".join(_sentence(chance) for _ in range(3))
            file.write(json.dumps({"text": f"No {number}. {told}", "url": f"https://a.test/{number}"}) + "\n")
    return path


def disturbed(one: Round, pile: Path, out: Path, calm: str) -> Outcome:
    """Run, kill, run again until a run comes to its end; compare the export with that of a calm run."""
    outcome, chance, began = Outcome(one.name), random.Random(one.name), time.monotonic()
    cluster = Cluster(WORKERS) if one.victim == "scheduler" else None
    try:
        while outcome.starts < TRIES and not _attempt(one, (pile, out), (chance, outcome), cluster):
            pass
    finally:
        if cluster:
            cluster.stop()
    outcome.seconds = round(time.monotonic() - began, 1)
    if outcome.starts >= TRIES:
        outcome.fault = f"not finished after {TRIES} runs"
    elif exported(out) != calm:
        outcome.fault = "the export differs"
    for left in out.parent.glob(f"{out.name}*"):
        left.unlink()  # fails where shards stayed behind: then the folder is a fault too
    return outcome


def _attempt(
    one: Round, paths: tuple[Path, Path], told: tuple[random.Random, Outcome], cluster: Cluster | None
) -> bool:
    """One run, disturbed; whether it came to its end."""
    chance, outcome = told
    outcome.starts += 1
    options = ("--dask", cluster.up()) if cluster else one.options
    errors = paths[1].with_name("errors")
    run = start(_command(*paths, *options, *(("--linked",) if one.linked else ())), errors)
    due = chance.uniform(0.5, 1.5) * one.seconds
    while run.poll() is None:
        time.sleep(0.1)
        roots = [run.pid, *(cluster.roots() if cluster else ())]
        if spent(roots) >= due:
            victims = _victims(one.victim, run, cluster)
            outcome.kills += sum(map(kill, chance.sample(victims, min(1, len(victims)))))
            due = spent(roots) + chance.uniform(0.5, 1.5) * one.seconds
    end_group(run.pid)
    if run.returncode > 0:
        outcome.ended.append(errors.read_text("utf-8", "replace").strip()[-300:])
    return run.returncode == 0


def _victims(what: str, run: subprocess.Popen[bytes], cluster: Cluster | None) -> list[int]:
    if what == "run":
        return [run.pid]
    if what == "scheduler":
        return [cluster.scheduler] if cluster else []
    return [pid for pid, words in below(run.pid) if b"spawn_main" in words]


def _rounds(rounds: int, seconds: float) -> Iterator[Round]:
    pool, dask = ("--workers", str(WORKERS)), ("--workers", str(WORKERS), "--dask", "local")
    seldom = 3 * seconds  # a run that begins again loads the model in every process
    yield Round("run on the pool", "run", pool, seldom)
    # With a local cluster the scheduler lives in the run's own process.
    yield Round("run and scheduler on Dask", "run", dask, seldom)
    yield Round("scheduler of its own", "scheduler", (), seldom)
    yield Round("run that links", "run", pool, seldom, linked=True)
    for number in range(1, rounds + 1):
        yield Round(f"pool worker {number}", "worker", pool, seconds)
        yield Round(f"dask worker {number}", "worker", dask, seconds)


def _calm(log: Path, piles: dict[bool, Path], home: Path) -> dict[str, str]:
    """What exports must be, without what is found across documents and with it."""
    for line in _logged(log):
        if line["name"] == "calm":
            found: dict[str, str] = line["exports"]
            return found
    exports = {}
    for linked, pile in piles.items():
        out = home / f"calm {linked}.sayso"
        trace(pile, out, Settings(rules=True, workers=WORKERS), linked=linked)
        exports[str(linked)] = exported(out)
    _note(log, {"name": "calm", "exports": exports})
    return exports


def trace(pile: Path, out: Path, settings: Settings, *, linked: bool) -> None:
    """Trace as the command does, or all of it but the linking at its end."""
    if linked:
        api.trace(pile, out, settings=settings).close()
        return
    with patch("sayso.linking.relate", return_value=0):
        api.trace(pile, out, settings=settings).close()


def exported(out: Path) -> str:
    """A hash of all that a case exports."""
    found = hashlib.sha256()
    with open_case(out) as case:
        for line in lines(case):
            found.update(line.encode())
    return found.hexdigest()


def _command(pile: Path, out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "bench.proofs.workers", str(pile), "--out", str(out), *options]


def _sentence(chance: random.Random) -> str:
    who, how, what = (chance.choice(forms) for forms in (_WHO, _HOW, _WHAT))
    sentence = f"{who} {how} that {what}."
    while "{" in sentence:
        sentence = sentence.replace("{name}", "".join(chance.choices(_SYLLABLES, k=3)).capitalize(), 1)
        sentence = sentence.replace("{thing}", chance.choice(_THINGS), 1)
        sentence = sentence.replace("{count}", str(chance.randint(2, 9000)), 1)
    return sentence


def _logged(log: Path) -> list[Any]:
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []


def _note(log: Path, line: dict[str, Any]) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def _tally(log: Path) -> dict[str, Any]:
    """What all rounds of a log found together."""
    found = [line for line in _logged(log) if line["name"] != "calm"]
    kinds = sorted({line["name"].rstrip(" 0123456789") for line in found})
    return {
        "rounds": {kind: sum(line["name"].startswith(kind) for line in found) for kind in kinds},
        "kills": {kind: sum(line["kills"] for line in found if line["name"].startswith(kind)) for kind in kinds},
        "runs begun": sum(line["starts"] for line in found),
        "faults": [f"{line['name']}: {line['fault']}" for line in found if line["fault"]],
    }


def main() -> int:
    """Run the proof and write what all its rounds found; 1 where there are faults. With --out, be the run itself."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log", type=Path)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=6.0, help="of processor time, about, between two kills")
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--dask", default="", help=argparse.SUPPRESS)
    parser.add_argument("--linked", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.out:
        settings = Settings(rules=True, workers=given.workers, dask=given.dask)
        trace(given.log, given.out, settings, linked=given.linked)
        return 0
    for outcome in prove(given.log, given.documents, given.rounds, seconds=given.seconds):
        sys.stderr.write(f"{outcome}\n")
    found = _tally(given.log)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return int(bool(found["faults"]))


if __name__ == "__main__":
    sys.exit(main())
