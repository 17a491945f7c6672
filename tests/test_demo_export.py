"""The example case, end to end: the same bytes on every run, and every span quotes its words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.demo import articles

TRACE = """
import sys, sayso
with sayso.trace(sys.argv[1]) as case:
    assert sayso.verify_case(case) == []
    sayso.export_case(case, "jsonl", sys.argv[2])
"""


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The export of two runs whose sets and dicts of strings are in other orders."""
    found = []
    for seed in ("1", "2"):
        out = tmp_path_factory.mktemp("demo") / "affair.jsonl"
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", TRACE, str(articles()), str(out)], check=True, env=environment)
        found.append(Path(out).read_text("ascii"))
    return found


def spans(value: Any, doc: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every span in a line with the id of its document."""
    if isinstance(value, list):
        for item in value:
            yield from spans(item, doc)
    elif isinstance(value, dict):
        if {"start", "end", "words"} <= value.keys():
            yield value.get("doc", doc), value
        for item in value.values():
            yield from spans(item, doc)


def test_two_runs_give_the_same_bytes(exports: list[str]) -> None:
    assert exports[0] == exports[1]


def test_every_span_quotes_its_words(exports: list[str]) -> None:
    lines = [json.loads(line) for line in exports[0].splitlines()]
    texts = {line["id"]: line["text"] for line in lines if line["type"] == "document"}
    found = [pair for line in lines for pair in spans(line, line["id"] if "text" in line else line.get("doc", ""))]
    assert len(found) > 1000
    assert [span for doc, span in found if texts[doc][span["start"] : span["end"]] != span["words"]] == []
