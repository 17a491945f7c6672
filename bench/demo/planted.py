"""How many of the example's planted copies, origins, patterns and contradictions a run finds, and what it invents.

    python -m bench.demo.planted          what is found, missed and invented
    python -m bench.demo.planted --json   the figures alone

A planted copy is found where a `ReuseLink` ties its documents, a pattern where one of its kind has two of its documents
among its steps, a contradiction where one ties two of its places, an origin where one has statements in half of its
documents. Contradictions and patterns that match nothing planted are counted as invented; some of them may be right.
One that ties two places of a planted wrong day or distance is not invented; those are measured elsewhere.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from importlib.resources import as_file, files
from typing import Any

import sayso
from bench.demo.gold import lines, occurrences
from sayso.records import ClaimCluster, Contradiction, Document, Pattern, PatternKind, ReuseLink, Span
from sayso.store import CaseFile

KINDS = {
    "circle": PatternKind.CIRCLE,
    "hedge lost": PatternKind.HEDGE_LOST,
    "unnamed interest": PatternKind.INTEREST_NOT_NAMED,
    "told twice": PatternKind.TOLD_TWICE,
}
COPIES = ("copy", "uncredited copy")
MEASURED = (*KINDS, *COPIES, "origin", "contradiction")
Line = dict[str, Any]


def main() -> None:
    """Run the example and print the figures."""
    with as_file(files("sayso.demo") / "articles") as articles, sayso.trace(articles) as case:
        found, missed, invented = compare(case)
    figures = {"found": round(len(found) / (len(found) + len(missed)), 3), "invented": len(invented)}
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    for title, listed in (("found", found), ("missed", missed), ("invented", invented)):
        sys.stdout.write(f"{title} {len(listed)}\n" + "".join(f"  {one}\n" for one in listed))


def compare(case: CaseFile) -> tuple[list[str], list[str], list[str]]:
    """What of the planted is found and missed, and what is found without having been planted."""
    names = {key: one.id for one in case.of(Document) for key in (one.name, one.url.value if one.url else one.name)}
    found, missed = list[str](), list[str]()
    matched = set[str]()
    for line in lines("planted"):
        docs = {names[name] for name in line["documents"]}
        hits = {one.id for one in _hits(case, line, docs)}
        matched |= hits
        if line["kind"] in MEASURED:
            (found if hits else missed).append(f"{line['kind']}: {line['note']}")
    shown: list[Contradiction | Pattern] = [*case.of(Contradiction), *case.of(Pattern)]
    shown = [one for one in shown if one.id not in matched]
    return found, missed, [_told(case, one) for one in shown]


def _hits(case: CaseFile, line: Line, docs: set[str]) -> Iterable[Any]:
    kind = line["kind"]
    if kind in COPIES:
        return [one for one in case.of(ReuseLink) if {one.left, one.right} <= docs]
    if kind == "origin":
        return [one for one in case.of(ClaimCluster) if 2 * _widest(case, one, docs) >= len(docs)]
    # A copy stands for its original: the last text that had a hedge may be the reprint.
    docs = docs | {link.left for link in case.of(ReuseLink) if link.right in docs}
    if kind not in KINDS:
        places = [place for doc in sorted(docs) for place in _places(case, line, doc)]
        return [one for one in case.of(Contradiction) if all(_meets(case, id, places) for id in (one.left, one.right))]
    wanted = (one for one in case.of(Pattern) if one.kind is KINDS[kind])
    return [one for one in wanted if len({step.doc for step in one.steps} & docs) > 1]


def _widest(case: CaseFile, claim: ClaimCluster, docs: set[str]) -> int:
    """In how many of the documents statements of one origin of the claim stand."""
    held = ({case.get(id).doc for id in origin.statements} & docs for origin in claim.origins)
    return max((len(one) for one in held), default=0)


def _places(case: CaseFile, line: Line, doc: str) -> list[Span]:
    text = case.get(doc).text
    return [Span(doc, *place) for words in line["words"] for place in occurrences(words, text)]


def _meets(case: CaseFile, statement: str, places: Iterable[Span]) -> bool:
    content = case.get(statement).content
    return any(s.doc == p.doc and s.start < p.end and p.start < s.end for s in content for p in places)


def _told(case: CaseFile, one: Contradiction | Pattern) -> str:
    if isinstance(one, Contradiction):
        return f"{one.kind}: {case.quote(one.left_span)} | {case.quote(one.right_span)}"
    return f"{one.kind}: " + " | ".join(case.quote(step.spans[0]) for step in one.steps)


if __name__ == "__main__":
    main()
