"""Proof: a run killed with SIGKILL at random moments loses nothing acknowledged and ends with the same bytes.

    python -m bench.proofs.kill --kills 50 --documents 200

Every case first holds an earlier state of the pile, so that kills also fall where files were changed,
added or mended. After each kill the case must hold every document that the run had acknowledged, and
pass `verify`; when a run has come to its end, the export must be that of a run that nobody disturbed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sayso import nlp
from sayso.api import trace
from sayso.export.jsonl import lines
from sayso.integrity import verify_case
from sayso.run import Progress
from sayso.store import open_case

KILLS_A_CASE = 5
_WHO = ("Orla Venn", "two officials", "the ministry of canals", "a spokesman for the Lunn Mail", "the harbour guild")
_HOW = ("said", "denied", "told Talpress", "warned", "claimed on Friday")
_WHAT = ("the gates had failed", "nobody was on the lock", "the pumps would be mended by May", "Sarrow gave the order")


@dataclass(slots=True)
class Outcome:
    """What the proof found."""

    kills: int = 0
    acknowledged: int = 0
    cases: int = 0
    faults: list[str] = field(default_factory=list)


def prove(kills: int, documents: int, *, seed: int = 1) -> Outcome:
    """Kill `kills` runs over piles of `documents` files; a sound program leaves no faults."""
    chance, outcome = random.Random(seed), Outcome()
    nlp.load()  # before forking, so that a child starts with its work
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_pile(home / "0", documents // 2, 0)
        write_pile(home / "1", documents, 1)
        calm, seconds = _undisturbed(home)
        while outcome.kills < kills:
            left = min(KILLS_A_CASE, kills - outcome.kills)
            outcome.cases += 1
            _one_case(home, calm, Plan(left, seconds, chance), outcome)
    return outcome


@dataclass(frozen=True, slots=True)
class Plan:
    """How often one case's runs are killed, within which time, by which chance."""

    kills: int
    seconds: float
    chance: random.Random


def write_pile(folder: Path, documents: int, state: int) -> Path:
    """Write a pile of invented articles; from state 0 to 1 every fifth changes and a broken file is mended."""
    folder.mkdir(parents=True)
    for number in range(documents):
        text = _article(random.Random(f"{number} {state if number % 5 == 0 else 0}"))
        if number % 7 == 3:
            page = f"<title>No {number}</title><article><p>{text}</article>"
            (folder / f"{number:04}.html").write_text(page, "utf-8")
        elif number % 7 == 5:
            entries = [{"text": f"{text} {part}", "title": f"No {number}.{part}"} for part in range(3 + state)]
            (folder / f"{number:04}.jsonl").write_text("\n".join(map(json.dumps, entries)), "utf-8")
        else:
            (folder / f"{number:04}.txt").write_text(text, "utf-8")
    (folder / "broken.html").write_bytes(b"" if state == 0 else b"<p>Mended, said Orla Venn.</p>")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def _article(chance: random.Random) -> str:
    sentences = [
        f"{chance.choice(_WHO)} {chance.choice(_HOW)} that {chance.choice(_WHAT)} \U0001f600."
        for _ in range(chance.randint(3, 12))
    ]
    return "\n\n".join(sentences)


def _undisturbed(home: Path) -> tuple[str, float]:
    """The export of a case that nobody disturbed, and how long its second run took."""
    case = home / "calm.sayso"
    _trace(home, 0, case, _say_nothing)
    start = time.monotonic()
    _trace(home, 1, case, _say_nothing)
    seconds = time.monotonic() - start
    return _export(case), seconds


def _one_case(home: Path, calm: str, plan: Plan, outcome: Outcome) -> None:
    case = home / f"killed-{outcome.cases}.sayso"
    _trace(home, 0, case, _say_nothing)
    for _ in range(plan.kills):
        told = _killed(home, case, _moment(plan))
        outcome.kills += 1
        outcome.acknowledged += len(told)
        outcome.faults.extend(f"kill {outcome.kills}: {fault}" for fault in _faults(case, told))
    _trace(home, 1, case, _say_nothing)
    if _export(case) != calm:
        outcome.faults.append(f"case {outcome.cases}: its export is not that of an undisturbed run")
    case.unlink()


def _moment(plan: Plan) -> tuple[int, float]:
    """When to kill: after so many acknowledged documents and then so many seconds.

    Every other kill falls at any time of the run (a case's runs share the time of one, so that each finds
    work left), every other within 4 ms of a document's being written, where most of the writing is.
    """
    if plan.chance.random() < 0.5:
        return 0, plan.chance.uniform(0, plan.seconds / plan.kills * 1.5)
    return plan.chance.randint(1, 40), plan.chance.uniform(0, 0.004)


def _killed(home: Path, case: Path, moment: tuple[int, float]) -> list[str]:
    """Run in a child and kill it at that moment; the ids of the documents that it acknowledged."""
    end, start = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(end)
        _trace(home, 1, case, lambda now: now.doc and os.write(start, f"{now.doc}\n".encode()))
        os._exit(0)
    os.close(start)
    with os.fdopen(end) as told:
        first = [line for _, line in zip(range(moment[0]), told, strict=False)]
        time.sleep(moment[1])
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return [line.strip() for line in (*first, *told)]


def _faults(path: Path, told: list[str]) -> list[str]:
    with open_case(path) as case:
        there = {document.id for document in case.documents}
        lost = [f"{id} was acknowledged and is lost" for id in told if id not in there]
        return lost + [f"{one.about}: {one.message}" for one in verify_case(case)]


def _trace(home: Path, state: int, case: Path, tell: Callable[[Progress], object]) -> None:
    """Trace a state of the pile; both lie at the same place in turn, so that the second changes the first."""
    pile = home / "pile"
    pile.unlink(missing_ok=True)
    pile.symlink_to(home / str(state))
    trace([pile], case, progress=tell).close()


def _export(path: Path) -> str:
    with open_case(path) as case:
        return "".join(lines(case))


def _say_nothing(progress: Progress) -> None:
    pass


def main() -> int:
    """Run the proof and say what it found; 1 where there were faults."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    found = prove(chosen.kills, chosen.documents, seed=chosen.seed)
    for fault in found.faults:
        sys.stdout.write(fault + "\n")
    sys.stdout.write(
        f"{found.kills} kills in {found.cases} cases of {chosen.documents} files: "
        f"{found.acknowledged} documents acknowledged before a kill, {len(found.faults)} faults\n"
    )
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
