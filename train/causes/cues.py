"""The surest cue of each sentence by the rules: `python -m train.causes.cues cnc_train.jsonl cues.json`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bench.attribution import documents
from sayso.detect.causes.cues import hits
from sayso.detect.causes.rules import links
from sayso.nlp import load, parse


def main() -> None:
    """Parse the command line and write `{id: sure}`."""
    parser = argparse.ArgumentParser(prog="python -m train.causes.cues", description=__doc__)
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    made = list(documents(json.loads(line) for line in options.input.read_text("utf-8").splitlines()))
    best = {
        one.id: max((link.score for link in links(parsed, hits(parsed))), default=0.0)
        for one, parsed in zip(made, parse(made, load()), strict=True)
    }
    options.output.write_text(json.dumps(best), "utf-8")


if __name__ == "__main__":
    main()
