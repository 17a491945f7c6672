"""Writes `relative.jsonl` from `relative_items.txt`: `python -m tests.gold.make_relative`.

Points are worked out with vectors in space, on a way of their own beside the detector's, so that both do not share a
slip. A third of the texts, by their hash, is kept to be measured at the end ("held").
"""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
EARTH_KM = 6371.0088
COMPASS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")

Vector = tuple[float, ...]
Anchors = dict[str, Vector]


def main() -> None:
    """Read the items, write the gold."""
    lines = (HERE / "relative_items.txt").read_text("utf-8").splitlines()
    anchors = dict(_anchor(one) for line in lines if line.startswith("@") for one in line[1:].split("|"))
    rows: list[dict[str, Any]] = []
    for line in lines:
        if line.startswith(("#", "@")):
            continue
        text, words, reading = (cell.strip() for cell in line.split("|"))
        if text:
            digest = hashlib.sha256(text.encode()).hexdigest()
            held = "held" if int(digest, 16) % 3 == 0 else "dev"
            rows.append({"id": f"relative-{digest[:8]}", "text": text, "places": [], "set": held})
        if reading != "-":
            start = rows[-1]["text"].index(words)
            rows[-1]["places"].append({"start": start, "end": start + len(words), **read(reading, anchors)})
    out = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in sorted(rows, key=lambda row: row["id"]))
    (HERE / "relative.jsonl").write_text(out, "utf-8")


def _anchor(cell: str) -> tuple[str, Vector]:
    name, lat, lon = cell.split()
    return name, vector(float(lat), float(lon))


def read(reading: str, anchors: Anchors) -> dict[str, Any]:
    """A reading as point and scale: `km` is the distance, or half of the length, that 15 % is taken of."""
    cells = reading.split()
    if "#" in cells:
        return {"lat": float(cells[3]), "lon": float(cells[4]), "km": float(cells[5]), "kind": "border"}
    one = anchors[cells[0]]
    if "~" in cells:
        other = anchors[cells[2]]
        half = math.acos(sum(a * b for a, b in zip(one, other, strict=True))) / 2 * EARTH_KM
        return placed(tuple(a + b for a, b in zip(one, other, strict=True)), half, "between")
    if len(cells) == 3:
        return placed(moved(one, COMPASS.index(cells[1]) * 22.5, float(cells[2])), float(cells[2]), "point")
    return placed(one, float(cells[1]), "within") if len(cells) == 2 else placed(one, 0.0, "about")


def placed(where: Vector, km: float, kind: str) -> dict[str, Any]:
    """A vector, of whatever length, as latitude and longitude."""
    x, y, z = where
    lat, lon = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    return {"lat": round(lat, 4), "lon": round(lon, 4), "km": round(km, 1), "kind": kind}


def vector(lat: float, lon: float) -> Vector:
    """A point of the globe as a unit vector."""
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def moved(where: Vector, bearing: float, km: float) -> Vector:
    """The vector turned towards a bearing: so much of itself, so much of north and east."""
    x, y, z = where
    flat = math.hypot(x, y)
    east = (-y / flat, x / flat, 0.0)
    north = (-z * x / flat, -z * y / flat, flat)
    turn, arc = math.radians(bearing), km / EARTH_KM
    ahead = tuple(math.cos(turn) * n + math.sin(turn) * e for n, e in zip(north, east, strict=True))
    return tuple(math.cos(arc) * w + math.sin(arc) * a for w, a in zip(where, ahead, strict=True))


if __name__ == "__main__":
    main()
