"""Proof: every span of an export quotes its words exactly: on the example, on 200 nasty texts, on what is named.

    python -m bench.proofs.spans [FOLDER ...] --texts 200

The export is read back as plain JSON, without sayso's own code: the words beside each span must be those that
Python cuts out of the exported text of its document.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.nasty import texts
from sayso.api import trace
from sayso.demo import articles
from sayso.export.jsonl import lines
from sayso.integrity import verify_case


def prove(paths: Iterable[Path], count: int) -> dict[str, Any]:
    """Trace the paths, the example and `count` nasty texts; count spans, and list those that are off."""
    with tempfile.TemporaryDirectory() as folder:
        pile = Path(folder) / "nasty.jsonl"
        rows = [
            {"id": f"nasty-{n}", "text": text, "language": "en"} for n, text in enumerate(texts(count)) if text.strip()
        ]
        pile.write_text("".join(json.dumps(row) + "\n" for row in rows), "ascii")
        with trace([articles(), pile, *paths]) as case:
            exported = [json.loads(line) for line in lines(case)]
            findings = [str(finding) for finding in verify_case(case)]
    stored = {line["id"]: line["text"] for line in exported if line["type"] == "document"}
    spans = [
        (span, line)
        for line in exported
        for span in _spans(line, line["id"] if line["type"] == "document" else line.get("doc", ""))
    ]
    wrong = [
        f"{line['type']} {line['id']}: {span}"
        for span, line in spans
        if stored[span["doc"]][span["start"] : span["end"]] != span["words"]
    ]
    return {"documents": len(stored), "spans": len(spans), "wrong": wrong, "findings": findings}


def _spans(value: Any, doc: str) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "words"} <= value.keys():
            yield {"doc": doc, **value}
        for inner in value.values():
            yield from _spans(inner, doc)
    elif isinstance(value, list):
        for inner in value:
            yield from _spans(inner, doc)


def main() -> None:
    """Parse the command line, print the figures, and end with 1 where a span is off."""
    parser = argparse.ArgumentParser(prog="python -m bench.proofs.spans", description=__doc__)
    parser.add_argument("paths", type=Path, nargs="*")
    parser.add_argument("--texts", type=int, default=200)
    options = parser.parse_args()
    outcome = prove(options.paths, options.texts)
    sys.stdout.write(json.dumps({**outcome, "wrong": outcome["wrong"][:20]}, indent=1) + "\n")
    sys.exit(bool(outcome["wrong"] or outcome["findings"]))


if __name__ == "__main__":
    main()
