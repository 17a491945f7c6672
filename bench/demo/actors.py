"""Which names of the example case are one actor: B-cubed of `link/actors.py` against `actors.jsonl`.

    python -m bench.demo.actors [CASE]

Counted are named mentions whose name the gold holds; one that stands in no actor stands alone.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import sayso
from sayso.case import Case
from sayso.demo import articles
from sayso.records import Actor, Mention
from sayso.store import open_case

GOLD = Path(__file__).with_name("actors.jsonl")


def gold() -> dict[str, str]:
    """The actor of each name."""
    lines = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    return {name: line["actor"] for line in lines for name in line["names"]}


def groups(case: Case) -> tuple[dict[str, str], dict[str, str]]:
    """The actor of each mention that counts, by the gold and by the case."""
    known = gold()
    meant = {one.id: known[one.name] for one in case.of(Mention) if one.named and one.name in known}
    actor = {mention: one.id for one in case.of(Actor) for mention in one.mentions}
    return meant, {id: actor.get(id, id) for id in meant}


def b_cubed(meant: Mapping[str, str], found: Mapping[str, str]) -> dict[str, float]:
    """Precision, recall and F1 over mentions (Bagga & Baldwin 1998)."""
    both, right, put = (Counter(zip(meant.values(), found.values(), strict=True)), Counter(meant.values()),
                        Counter(found.values()))  # fmt: skip
    precision = sum(n * n / put[group] for (_, group), n in both.items()) / max(1, len(meant))
    recall = sum(n * n / right[actor] for (actor, _), n in both.items()) / max(1, len(meant))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"mentions": len(meant), "P": round(precision, 4), "R": round(recall, 4), "F1": round(f1, 4)}


def main() -> None:
    """Measure the case file given, else the example run anew."""
    if len(sys.argv) > 1:
        case = open_case(Path(sys.argv[1]))
        found = b_cubed(*groups(case))
    else:
        with sayso.trace([articles()]) as made:
            found = b_cubed(*groups(made))
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
