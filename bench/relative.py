"""Places said by another place, on the own gold: `python -m bench.relative GOLD PREDICTED [--set held] [--json]`.

A gold place is parsed where a predicted one shares characters with it; it is right where the predicted point lies
within max(5 km, 15 % of the distance told, or of half of the length) of the gold's, and covered where the predicted
circle holds the gold's point. Each prediction answers one gold place; what answers none is false.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.places import _pages
from sayso.detect.places import places
from sayso.detect.places.geometry import distance

LEAST_KM, SHARE = 5.0, 0.15

Row = dict[str, Any]


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """One line a text: its relative places that have a point."""
    for page in _pages(rows):
        found = [place for place in places(page) if place.anchors and not place.gazetteer and place.lat is not None]
        keep = [
            {"start": p.span.start, "end": p.span.end, "lat": p.lat, "lon": p.lon, "radius_km": p.radius_km}
            for p in found
        ]
        yield {"id": page.document.id, "places": keep}


def score(gold: Iterable[Row], predicted: dict[str, list[Row]]) -> dict[str, float]:
    """Shares: parsed of the gold, right and covered of the parsed, false of the predicted."""
    total = parsed = right = covered = made = 0
    for row in gold:
        free = list(predicted.get(row["id"], []))
        made += len(free)
        for place in row["places"]:
            total += 1
            if (one := answer(place, free)) is not None:
                free.remove(one)
                off = distance((place["lat"], place["lon"]), (one["lat"], one["lon"]))
                parsed += 1
                right += off <= max(LEAST_KM, SHARE * place["km"])
                covered += off <= one["radius_km"]
    shares = {"parsed": (parsed, total), "right": (right, parsed), "covered": (covered, parsed)}
    shares["false"] = (made - parsed, made)
    return {name: round(part / whole, 4) if whole else 0.0 for name, (part, whole) in shares.items()}


def answer(place: Row, predicted: list[Row]) -> Row | None:
    """The prediction that shares most characters with a gold place; of those that share as many the shortest."""
    shared = [(min(p["end"], place["end"]) - max(p["start"], place["start"]), p) for p in predicted]
    best = max(shared, key=lambda pair: (pair[0], pair[1]["start"] - pair[1]["end"]), default=None)
    return best[1] if best and best[0] > 0 else None


def main() -> None:
    """Parse the command line and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.relative", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--set", choices=("dev", "held"), help="one part of the gold alone")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    gold = [row for row in _rows(options.gold) if options.set in (None, row["set"])]
    figures = score(gold, {row["id"]: row["places"] for row in _rows(options.predicted)})
    lines = "".join(f"{name:8} {value}\n" for name, value in figures.items())
    sys.stdout.write(json.dumps(figures) + "\n" if options.json else lines)


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
