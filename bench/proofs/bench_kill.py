"""Proof: a workbench killed with SIGKILL in the middle of writing loses no word that it acknowledged.

    python -m bench.proofs.bench_kill --kills 40

A workbench is started as a person would start it; words are sent to it as fast as it takes them; at a random moment
it is killed. Every word that was answered must be in the case, the file must be whole, and the next start must show it.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from sayso.integrity import verify_case
from sayso.records import Statement
from sayso.store import open_case
from tests.web.bench_case import write_case


@dataclass(slots=True)
class Outcome:
    """What the proof found."""

    kills: int = 0
    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)


def prove(kills: int, *, seed: int = 1) -> Outcome:
    """Kill so many workbenches; a sound one leaves no faults."""
    chance, outcome, told = random.Random(seed), Outcome(), set[str]()
    with tempfile.TemporaryDirectory() as folder:
        path = write_case(Path(folder, "affair.sayso"))
        with open_case(path) as case:
            ids = [statement.id for statement in case.of(Statement)]
        while outcome.kills < kills:
            told |= _killed(path, ids, chance)
            outcome.kills += 1
            outcome.faults += [f"kill {outcome.kills}: {fault}" for fault in _faults(path, told)]
        outcome.acknowledged = len(told)
    return outcome


def _killed(path: Path, ids: list[str], chance: random.Random) -> set[str]:
    """Start, send words, kill after a random time; the ids of the words that were acknowledged."""
    command = [sys.executable, "-m", "sayso", "open", str(path), "--no-browser", "--by", "Ada"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdout
        address = urlsplit(child.stdout.readline().removeprefix("Open ").strip())
        token = parse_qs(address.query)["token"][0]
        clock = threading.Timer(chance.uniform(0.02, 1.5), child.kill)
        told = _sent((address.port or 0, token), ids, chance, clock)
        child.kill()
        return told


def _sent(server: tuple[int, str], ids: list[str], chance: random.Random, clock: threading.Timer) -> set[str]:
    """Send words until nobody answers; the clock begins with the first that was acknowledged."""
    told: set[str] = set()
    port, token = server
    headers = {"x-sayso-token": token, "content-type": "application/json"}
    for _ in range(200):  # until the server takes calls
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            while True:
                body = {"about": chance.choice(ids), "verdict": chance.choice(("accept", "reject"))}
                path = "/undo" if told and chance.random() < 0.2 else "/judge"
                link.request("POST", path, json.dumps({} if path == "/undo" else body), headers)
                told.add(json.loads(link.getresponse().read()).get("judgement", ""))
                if not clock.is_alive() and len(told) == 1:
                    clock.start()
        except (OSError, http.client.HTTPException, ValueError):
            if told:
                break
            time.sleep(0.02)
    return told - {""}


def _faults(path: Path, told: set[str]) -> list[str]:
    with open_case(path) as case:
        held = {word.id for word in case.judgements}
        whole = [row[0] for row in case.rows("PRAGMA integrity_check") if row[0] != "ok"]
        found = verify_case(case)
    lost = [f"{id} was acknowledged and is lost" for id in sorted(told - held)]
    return lost + whole + [f"{one.about}: {one.message}" for one in found if one.about.startswith("judgement")]


def main() -> int:
    """Run the proof and say what it found; 1 where there were faults."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=40)
    outcome = prove(parser.parse_args().kills)
    sys.stdout.write("".join(f"{fault}\n" for fault in outcome.faults))
    told = (
        f"{outcome.kills} kills, {outcome.acknowledged} words acknowledged before one, {len(outcome.faults)} faults\n"
    )
    sys.stdout.write(told)
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
