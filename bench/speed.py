"""Speed of the analysis beside the bare parse of the same texts in the same run, one thread.

    python -m bench.speed ../shared/data/attribution/polnear.dev.jsonl [--rounds 3] [--json FILE]

The bare parse is `nlp.pipe(texts, batch_size=32)` with the shipped pipeline; reading is left out of both.
Figures are CPU seconds of this process: medians over rounds in which the two alternate.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


def measure(path: Path, rounds: int, *, rules: bool = False, statements: bool = False) -> dict[str, Any]:
    """The figures for the texts of a JSONL file; `statements` leaves out places, events, causes and checks.

    The vectors that claims are found by are a stage of its own, measured apart.
    """
    from bench.attribution import documents
    from sayso.detect import actors, attribution, dating, loaded_words, quotes, times
    from sayso.encoder.encoder import load as encoder
    from sayso.nlp import load
    from sayso.pipeline import STAGES, analyse_many, with_vectors

    stages = (quotes, times, attribution, actors, dating, loaded_words) if statements else STAGES

    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    texts = [row["text"] for row in rows]
    made = list(documents(rows))
    model = load(rules=rules)
    pipe = model.pipe
    bare, whole = [], []
    for _ in range(rounds):
        bare.append(_cpu(lambda: sum(1 for _ in pipe.pipe(texts, batch_size=32))))
        whole.append(_cpu(lambda: sum(1 for _ in analyse_many(made, model, stages))))
    found = list(analyse_many(made, model, stages))
    encoder()
    vectors = _cpu(lambda: sum(1 for _ in with_vectors(found)))
    words = sum(len(text.split()) for text in texts)
    seconds = statistics.median(whole)
    return {
        "documents": len(texts),
        "words": words,
        "bare_parse_s": round(statistics.median(bare), 2),
        "analyse_s": round(seconds, 2),
        "analyse_over_bare_parse": round(statistics.median(w / b for w, b in zip(whole, bare, strict=True)), 3),
        "vectors_over_bare_parse": round(vectors / statistics.median(bare), 3),
        "documents_per_s": round(len(texts) / seconds, 1),
        "words_per_s": round(words / seconds),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "first_result_s": round(first_result(texts[0]), 2),
    }


def first_result(text: str) -> float:
    """Wall seconds of a cold `sayso trace` of one document."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "one.txt").write_text(text, "utf-8")
        command = [sys.executable, "-m", "sayso", "trace", "one.txt", "-o", "one.sayso", "--quiet"]
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, capture_output=True, env=_with_sayso())
        return time.perf_counter() - start


def _with_sayso() -> dict[str, str]:
    import sayso

    return {**os.environ, "PYTHONPATH": str(Path(sayso.__file__).parent.parent)}


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Parse the command line and write the figures to standard output, and to a file if asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("input", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rules", action="store_true", help="without the learned tagger")
    parser.add_argument("--statements", action="store_true", help="without places, events, causes and checks")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    options = parser.parse_args()
    for name in THREADS:  # before numpy loads
        os.environ[name] = "1"
    figures = measure(options.input, options.rounds, rules=options.rules, statements=options.statements)
    text = json.dumps(figures, indent=2)
    if options.json:
        options.json.write_text(text + "\n", "utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
