"""How many of the example's hand-written statements a run finds, and which it misses.

    python -m bench.demo.compare          the share found and the statements missed
    python -m bench.demo.compare --rules  the same by the rules alone, which give the same on every machine
    python -m bench.demo.compare --mark   write what the rules alone miss into gold.jsonl as known failures

A gold statement is found where a statement of the same document shares half of its content words (Dice, by place)
and its last hop shares a source word or, like the gold, has no source. Statements in the own voice must have no chain.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sayso
from bench.demo import gold
from sayso.case import Case
from sayso.demo import articles
from sayso.records import Document, Span, Statement

OVERLAP = 0.5  # as joint@50 in the measure of attribution
WORD = re.compile(r"\w+")


def documents(case: Case) -> dict[str, Document]:
    """The documents of a case by name and by URL, the two ways in which gold lines name them."""
    found: dict[str, Document] = {}
    for document in case.of(Document):
        found[document.name] = document
        if document.url:
            found[document.url.value] = document
    return found


def found(case: Case) -> dict[str, bool]:
    """For the id of every gold statement whether the case holds it."""
    named = documents(case)
    return {line["gold"]: _found(line, named[line["document"]], case) for line in gold.lines("statement")}


def mark(result: dict[str, bool]) -> None:
    """Write into gold.jsonl which statements are known failures; a reason that stands there already is kept."""
    path = articles().parent / "gold.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line["type"] == "statement":
            line["known_failure"] = None if result[line["gold"]] else line["known_failure"] or "not found yet"
    Path(path).write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Compare a fresh run with the gold and tell."""
    settings = sayso.Settings(rules="--rules" in arguments or "--mark" in arguments)
    with sayso.trace([articles()], settings=settings) as case:
        result = found(case)
    for line in gold.lines("statement"):
        if not result[line["gold"]]:
            words = " ... ".join(content["words"] for content in line["content"])
            sys.stdout.write(f"{line['gold']} {line['document']}: {words}\n")
    sys.stdout.write(f"{sum(result.values())} of {len(result)} found\n")
    if "--mark" in arguments:
        mark(result)


def _found(line: dict[str, Any], document: Document, case: Case) -> bool:
    text = document.text
    content, hops = _words(text, gold.content(line, text)), list(gold.chain(line, text))
    sources = _words(text, hops[-1][0]) if hops else None
    return any(
        _dice(content, _words(text, _places(statement.content))) >= OVERLAP
        and _same(sources, _origin(statement, text, case))
        for statement in case.of(Statement, document.id)
    )


def _origin(statement: Statement, text: str, case: Case) -> set[int] | None:
    """Where the words of the last hop's sources stand; None in the own voice."""
    if not statement.chain:
        return None
    return _words(text, _places(span for source in statement.chain[-1].sources for span in case.get(source).spans))


def _same(one: set[int] | None, other: set[int] | None) -> bool:
    if not one or not other:
        return one == other
    return bool(one & other)


def _places(spans: Iterable[Span]) -> list[gold.Place]:
    return [(span.start, span.end) for span in spans]


def _words(text: str, places: Iterable[gold.Place]) -> set[int]:
    return {match.start() for start, end in places for match in WORD.finditer(text, start, end)}


def _dice(one: set[int], other: set[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other) or 1)


if __name__ == "__main__":
    main(sys.argv[1:])
