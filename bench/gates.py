"""Quality floors: each figure of `floors.json` measured again and held against its floor.

    python -m bench.gates --data ../shared

A floor names its task, its data with their SHA-256, the scorer's flags and the least (or, for a ratio, the
greatest) value allowed; "ask" where a scorer wants other arguments than the data and the prediction. Where the data
are absent the line says that it was not run. Exit status 1 where a floor is missed or the data are others than those
the floor was set on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FLOORS = ROOT / "bench" / "floors.json"


def main() -> None:
    """Parse the command line, run every gate, and end with 1 where one failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.gates", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/ and score/")
    options = parser.parse_args()
    gates = json.loads(FLOORS.read_text("utf-8"))
    # What is timed runs alone; the rest side by side, each gate being processes of its own.
    timed = {gate["name"]: check(gate, options.data) for gate in gates if gate["task"] == "speed"}
    others = [gate for gate in gates if gate["task"] != "speed"]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        checked = zip(others, pool.map(lambda gate: check(gate, options.data), others), strict=True)
        verdicts = timed | {gate["name"]: found for gate, found in checked}
    lines = [line for gate in gates for line in verdicts[gate["name"]]]
    sys.stdout.write("".join(f"{verdict:8} {text}\n" for verdict, text in lines))
    sys.exit(any(verdict == "MISSED" for verdict, _ in lines))


def check(gate: dict[str, Any], folder: Path) -> list[tuple[str, str]]:
    """The verdict on each figure of one gate: held, MISSED or not run."""
    data = (ROOT if gate["data"].startswith(("tests/", "src/")) else folder) / gate["data"]
    if not data.exists():
        return [("not run", f"{gate['name']}: {gate['data']} is not here")]
    digest = hashlib.sha256(data.read_bytes()).hexdigest()
    if digest != gate["sha256"]:
        return [("MISSED", f"{gate['name']}: {gate['data']} is another file than the floor was set on ({digest})")]
    measures: dict[str, Callable[[], dict[str, float]]] = {
        "speed": lambda: _speed(data, gate["flags"]),
        "gold": lambda: _gold(gate["flags"]),
        "demo-planted": lambda: json.loads(_run([sys.executable, "-m", "bench.demo.planted", "--json"])),
        "demo-dominoes": lambda: json.loads(_run([sys.executable, "-m", "bench.demo.dominoes", "--json"])),
    }
    try:
        figures = measures.get(gate["task"], lambda: _score(gate, data, folder))()
    except subprocess.CalledProcessError as error:
        return [("MISSED", f"{gate['name']}: {' '.join(map(str, error.cmd[1:4]))} failed, see above")]
    return [_verdict(gate["name"], name, figures.get(name, math.nan), bound) for name, bound in gate["bounds"].items()]


def _verdict(gate: str, name: str, value: float, bound: dict[str, float]) -> tuple[str, str]:
    low, high = bound.get("least", float("-inf")), bound.get("most", float("inf"))
    limit = f"at least {low}" if "least" in bound else f"at most {high}"
    return ("held" if low <= value <= high else "MISSED"), f"{gate}: {name} {value} ({limit})"


def _score(gate: dict[str, Any], data: Path, folder: Path) -> dict[str, float]:
    """The F1 of each figure that the corpus's scorer prints."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "predicted.jsonl"
        _run([sys.executable, "-m", "bench", *gate["task"].split(), str(data), str(out)])
        asked = gate.get("ask", ["{data}", "{out}", "--json"])
        asked = [part.format(data=data, folder=data.parent, out=out) for part in asked]
        scorer = [str(folder / gate["scorer"])] if "/" in gate["scorer"] else ["-m", gate["scorer"]]  # a script or ours
        printed = _run([sys.executable, *scorer, *asked, *gate["flags"]])
    figures = json.loads(printed) if printed.startswith("{") else _lines(printed)
    return {name: value for name, values in figures.items() if (value := _figure(values)) is not None}


def _lines(printed: str) -> dict[str, float]:
    """The figures of a scorer without --json: of each line the first word and the F1, "order  P .2  R .1  F1 .13"."""
    lines = (line.partition("F1") for line in printed.splitlines() if "F1" in line)
    return {before.split()[0]: float(value) for before, _, value in lines}


def _figure(values: Any) -> float | None:
    """One figure of a scorer: a number as it stands, the F1 of precision, recall, F1, the share within
    161 km, the fair F1 over all spans; None for anything else."""
    if isinstance(values, list):
        values = (values[2] or values[1]) if len(values) > 2 else values[0] if values else None
    if isinstance(values, dict):
        values = values.get("fair", {}).get("overall", values)
        values = values.get("acc161", values.get("F1", values.get("macroF1")))
    return float(values) if isinstance(values, int | float) else None


def _speed(data: Path, flags: list[str]) -> dict[str, float]:
    printed = _run([sys.executable, "-m", "bench.speed", str(data), "--rounds", "1", *flags])
    figures: dict[str, float] = json.loads(printed)
    return figures


def _gold(flags: list[str]) -> dict[str, float]:
    """Macro-F1 of each field on the own gold, and the share of its statements found."""
    figures = json.loads(_run([sys.executable, "-m", "bench.gold", "--json", *flags]))
    return {name: value["macro_f1"] if isinstance(value, dict) else value for name, value in figures.items()}


def _run(command: list[str]) -> str:
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, env={**os.environ}).stdout


if __name__ == "__main__":
    main()
