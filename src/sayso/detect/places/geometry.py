"""Points, distances and bearings on the globe, taken as a sphere: half a per cent off at worst."""

from __future__ import annotations

import math

EARTH_KM = 6371.0
POINTS = ("n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw")

Point = tuple[float, float]  # latitude, longitude


def destination(lat: float, lon: float, bearing: float, km: float) -> Point:
    """Where one is after `km` along a great circle at `bearing` degrees from north."""
    phi, theta, arc = math.radians(lat), math.radians(bearing), km / EARTH_KM
    end = math.asin(math.sin(phi) * math.cos(arc) + math.cos(phi) * math.sin(arc) * math.cos(theta))
    turn = math.atan2(math.sin(theta) * math.sin(arc) * math.cos(phi), math.cos(arc) - math.sin(phi) * math.sin(end))
    return math.degrees(end), (lon + math.degrees(turn) + 540) % 360 - 180


def distance(one: Point, other: Point) -> float:
    """Kilometres between two points along a great circle."""
    p, q = math.radians(one[0]), math.radians(other[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def middle(one: Point, other: Point) -> Point:
    """The point half-way along the great circle; across the date line too."""
    p, q, turn = math.radians(one[0]), math.radians(other[0]), math.radians(other[1] - one[1])
    x, y = math.cos(q) * math.cos(turn), math.cos(q) * math.sin(turn)
    lat = math.atan2(math.sin(p) + math.sin(q), math.hypot(math.cos(p) + x, y))
    lon = one[1] + math.degrees(math.atan2(y, math.cos(p) + x))
    return math.degrees(lat), (lon + 540) % 360 - 180


def bearing(words: str) -> float:
    """Degrees from north of "south-west", "SSW" or "north-northeast". Raises ValueError for any other word."""
    letters = words.lower()
    for name in ("north", "south", "east", "west"):
        letters = letters.replace(name, name[0])
    return POINTS.index("".join(c for c in letters if c.isalpha())) * 22.5
