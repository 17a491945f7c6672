"""How many of the example's planted dominoes a run shows without being asked, and what it shows that nobody says.

    python -m bench.demo.dominoes          what is found, missed and invented
    python -m bench.demo.dominoes --json   the figures alone

The gold lines of type `link` are every domino that a reader finds in the example; the planted ones are the links of its
two chains. A link is found where a shown one of its document touches its cause and its effect, the same way round; a
shown link that finds no line is counted as invented.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import as_file, files
from typing import Any

import sayso
from bench.demo.compare import documents
from bench.demo.gold import Place, lines, occurrences
from sayso.case import Case
from sayso.records import CausalLink, Span
from sayso.views.dominoes import dominoes

Line = dict[str, Any]


def main() -> None:
    """Run the example and print the figures."""
    with as_file(files("sayso.demo") / "articles") as articles, sayso.trace(articles) as case:
        found, missed, invented = compare(case)
        told = [f"{case.quote(one.cause[0])} -> {case.quote(one.effect[0])}" for one in invented]
    planted = [line for line in (*found, *missed) if line["planted"]]
    figures = {
        "found": round(sum(line["planted"] for line in found) / len(planted), 3),
        "all": round(len(found) / (len(found) + len(missed)), 3),
        "invented": len(invented),
    }
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    for title, listed in (("found", _said(found)), ("missed", _said(missed)), ("invented", told)):
        sys.stdout.write(f"{title} {len(listed)}\n" + "".join(f"  {one}\n" for one in listed))


def compare(case: Case) -> tuple[list[Line], list[Line], list[CausalLink]]:
    """The gold links that are shown, those that are not, and the shown links that are in no line."""
    named, gold = documents(case), lines("link")
    shown = [case.get(claim.link) for edge in dominoes(case).edges for claim in edge.claims]
    places = [_places(line, named[line["document"]].text) for line in gold]
    hits = [
        {one.id for one in shown if one.doc == named[line["document"]].id and _same(one, *place)}
        for line, place in zip(gold, places, strict=True)
    ]
    known = set[str]().union(*hits)
    found = [line for line, held in zip(gold, hits, strict=True) if held]
    missed = [line for line, held in zip(gold, hits, strict=True) if not held]
    return found, missed, [one for one in shown if one.id not in known]


def _places(line: Line, text: str) -> tuple[Place, Place]:
    """Where cause and effect stand: of words that stand more than once, the places nearest to each other."""
    pairs = [(a, b) for a in occurrences(line["cause"], text) for b in occurrences(line["effect"], text)]
    if not pairs:
        raise ValueError(f"not in the text: {line['cause']!r}, {line['effect']!r}")
    return min(pairs, key=lambda pair: max(pair[0][0] - pair[1][1], pair[1][0] - pair[0][1]))


def _same(one: CausalLink, cause: Place, effect: Place) -> bool:
    """Whether both sides are touched and neither holds the other's words."""
    apart = not (_all(one.cause, effect) or _all(one.effect, cause))
    return apart and _touched(one.cause, cause) and _touched(one.effect, effect)


def _touched(spans: tuple[Span, ...], place: Place) -> bool:
    return any(span.start < place[1] and place[0] < span.end for span in spans)


def _all(spans: tuple[Span, ...], place: Place) -> bool:
    return any(span.start <= place[0] and place[1] <= span.end for span in spans)


def _said(listed: list[Line]) -> list[str]:
    return ["* " * line["planted"] + f"{line['cause']} -> {line['effect']}" for line in listed]


if __name__ == "__main__":
    main()
