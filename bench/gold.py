"""Manner, stance, modality and polarity on the own gold: `python -m bench.gold [--held] [--json]`.

Each item is a document of one body part. Its marked statement is found where a statement of the pipeline shares half
of its content (token Dice 0.5) and has a hop that shares most words of the shorter source, or names nobody where it
names nobody; of several the one that shares most of both.
Macro-F1 is over the labels that the gold of the found ones holds; what is not found is counted apart.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sayso.nlp import load
from sayso.pipeline import analyse_many
from sayso.records import Document, Hop, Mention, Part, PartKind, Record, Span, Statement

GOLD = Path(__file__).parent.parent / "tests" / "gold" / "sentences.jsonl"
FIELDS = ("manner", "stance", "modality", "polarity")
LEAST_SHARED = 0.5  # as joint@50 of the attribution scorer
# Of the shorter source more than this must be shared: "Kato" is "Kato, 61, the port's head", but "the dean" is not
# "the student paper", though both hold an article.
LEAST_OF_SOURCE = 0.5

Row = dict[str, Any]
Labels = dict[str, str]


class Candidate(NamedTuple):
    """One hop of a found statement: token Dice of content and source added, and whether it is the innermost hop."""

    shared: float
    last: bool
    hop: Hop
    statement: Statement


def main() -> None:
    """Parse the command line, run the pipeline on one set, and write its figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.gold", description=__doc__)
    parser.add_argument("--held", action="store_true", help="the third kept for the end, instead of the others")
    parser.add_argument("--json", action="store_true", help="every figure as JSON")
    options = parser.parse_args()
    result = measure(items("held" if options.held else "dev"))
    sys.stdout.write(json.dumps(result, indent=1) + "\n" if options.json else table(result))


def items(wanted: str) -> list[Row]:
    """The items of one set, "dev" or "held"."""
    rows = (json.loads(line) for line in GOLD.read_text("utf-8").splitlines())
    return [row for row in rows if row["set"] == wanted]


def measure(rows: list[Row]) -> dict[str, Any]:
    """Share found, macro-F1 a field in per cent, and F1 with its count in the gold for each label."""
    pairs = [pair for pair in labelled(rows) if pair is not None]
    figures: dict[str, Any] = {"items": len(rows), "found": round(100 * len(pairs) / len(rows), 1)}
    for field in FIELDS:
        each = scores([(gold[field], found[field]) for gold, found in pairs])
        mean = sum(f1 for f1, _ in each.values()) / len(each) if each else 0.0
        figures[field] = {"macro_f1": round(mean, 1), "labels": {k: [round(f1, 1), n] for k, (f1, n) in each.items()}}
    return figures


def labelled(rows: list[Row]) -> Iterator[tuple[Labels, Labels] | None]:
    """For each item the labels of the gold and those found, None where its statement is not found."""
    for row, (document, records) in zip(rows, analyse_many(map(_document, rows), load()), strict=True):
        best = find(row["statement"], document.text, records)
        yield None if best is None else (row["statement"], _labels(best))


def find(gold: Row, text: str, records: list[Record]) -> Candidate | None:
    """The statement and hop that share most with the gold; of equals the innermost hop, then the first."""
    mentions = {r.id: r for r in records if isinstance(r, Mention)}
    content = _words(" ".join(gold["content"]))
    found: list[Candidate] = []
    for statement in (one for one in records if isinstance(one, Statement)):
        words = dice(content, _spoken(statement.content, text))
        for hop in statement.chain if words >= LEAST_SHARED else ():
            source = _shared_source(gold["source"], [mentions[one] for one in hop.sources], text)
            if source:
                found.append(Candidate(words + source, hop is statement.chain[-1], hop, statement))
    return max(found, key=lambda one: one[:2], default=None)


def dice(left: Counter[str], right: Counter[str]) -> float:
    """Twice the shared tokens over all tokens, 0 where there are none."""
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def scores(pairs: list[tuple[str, str]]) -> dict[str, tuple[float, int]]:
    """F1 in per cent and count in the gold for each label that the gold holds; pairs are (gold, found)."""
    gold, found = Counter(g for g, _ in pairs), Counter(f for _, f in pairs)
    right = Counter(g for g, f in pairs if g == f)
    return {label: (200 * right[label] / (n + found[label]), n) for label, n in sorted(gold.items())}


def table(result: dict[str, Any]) -> str:
    """The figures as lines for a person: a field with its macro-F1, then its labels."""
    lines = [f"{result['items']} items, {result['found']} % found"]
    for field in FIELDS:
        lines.append(f"{field} macro-F1 {result[field]['macro_f1']}")
        lines += [f"  {label:24} {f1:5.1f}  of {n}" for label, (f1, n) in result[field]["labels"].items()]
    return "\n".join(lines) + "\n"


def _document(row: Row) -> Document:
    whole = Part(PartKind.BODY, Span(row["id"], 0, len(row["text"])), "bench.gold")
    return Document(row["id"], row["id"], "text", "", row["text"], parts=(whole,))


def _labels(found: Candidate) -> Labels:
    return {
        "manner": found.hop.manner,
        "stance": found.hop.stance,
        "modality": found.statement.modality,
        "polarity": found.statement.polarity,
    }


def _shared_source(gold: str | None, sources: list[Mention], text: str) -> float:
    if gold is None or not sources:
        return float(gold is None and not sources)
    wanted, found = _words(gold), _spoken(tuple(span for source in sources for span in source.spans), text)
    shorter = max(1, min(wanted.total(), found.total()))
    return dice(wanted, found) if (wanted & found).total() / shorter > LEAST_OF_SOURCE else 0.0


def _spoken(spans: tuple[Span, ...], text: str) -> Counter[str]:
    return _words(" ".join(text[span.start : span.end] for span in spans))


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


if __name__ == "__main__":
    main()
