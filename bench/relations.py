"""Relations between actors on the own gold: `python -m bench.relations GOLD PRED [--held]`, figures as JSON.

PRED is what `python -m bench relations` writes. A relation is right when subject, kind, object and status are; names
are compared without case and articles, and what is said both ways (allied) either way round.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.events import pages
from sayso.case import Page
from sayso.detect.events.ties import ties
from sayso.link.names import plain
from sayso.link.relations import standing
from sayso.records import Mention, RelationKind, Statement, Tie

Row = dict[str, Any]
FIELDS = ("subject", "kind", "object", "status")


def main() -> None:
    """Parse the command line and write the figures of one set: "dev", or with --held the third kept for the end."""
    parser = argparse.ArgumentParser(prog="python -m bench.relations", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--errors", action="store_true", help="list what is missed and what is wrong as well")
    options = parser.parse_args()
    said = {row["id"]: _keys(row) for row in _rows(options.predicted)}
    wanted = [row for row in _rows(options.gold) if row["set"] == ("held" if options.held else "dev")]
    pairs = [(row["text"], _keys(row), said.get(row["id"], set())) for row in wanted]
    sys.stdout.write(json.dumps(figures([(gold, found) for _, gold, found in pairs]), indent=1) + "\n")
    for text, gold, found in pairs if options.errors else ():
        if gold != found:
            sys.stdout.write(f"{text}\n  missed {sorted(gold - found)}\n  wrong {sorted(found - gold)}\n")


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """One line an item: the relations of its text."""
    for row, page in pages(rows):
        page.add(list(ties(page)))
        yield {"id": row["id"], "relations": list(_relations(page))}


def _relations(page: Page) -> Iterator[Row]:
    statements = {one.id: one for one in page.of(Statement)}
    mentions = {one.id: one for one in page.of(Mention)}
    for tie in page.of(Tie):
        state = standing(tie, statements[tie.statement])
        names = [mentions[id].name for id in (tie.subject, tie.object)]
        yield {"subject": names[0], "kind": str(tie.kind), "object": names[1], "status": str(state)}


def figures(pairs: list[tuple[set[tuple[str, ...]], set[tuple[str, ...]]]]) -> dict[str, float]:
    """Precision and recall of whole relations, and of their sides and kind alone."""
    out = {}
    for name, cut in (("", 4), ("unmarked ", 3)):
        gold, found = ([{key[:cut] for key in pair[n]} for pair in pairs] for n in (0, 1))
        right = sum(len(a & b) for a, b in zip(gold, found, strict=True))
        out[f"{name}precision"] = round(right / max(1, sum(map(len, found))), 4)
        out[f"{name}recall"] = round(right / max(1, sum(map(len, gold))), 4)
    return out | {"relations": sum(len(gold) for gold, _ in pairs)}


def _keys(row: Row) -> set[tuple[str, ...]]:
    return {_key(one) for one in row["relations"]}


def _key(one: Row) -> tuple[str, ...]:
    sides = [plain(one["subject"]), plain(one["object"])]
    if one["kind"] == RelationKind.ALLIED_WITH:
        sides.sort()
    return sides[0], one["kind"], sides[1], one["status"]


def _rows(path: Path) -> Iterator[Row]:
    return (json.loads(line) for line in path.read_text("utf-8").splitlines())


if __name__ == "__main__":
    main()
