"""Points on the earth as checks need them: length and direction of the way between two, and directions in words."""

from __future__ import annotations

import math

EARTH_KM = 6371.0
WAYS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
Point = tuple[float, float]


def kilometres(one: Point, other: Point) -> float:
    """The way between two points, latitude and longitude in degrees, along a great circle."""
    p, q, turn = math.radians(one[0]), math.radians(other[0]), math.radians(other[1] - one[1])
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(turn / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def bearing(one: Point, other: Point) -> float:
    """The direction from a point to another, in degrees from north over east."""
    p, q, turn = math.radians(one[0]), math.radians(other[0]), math.radians(other[1] - one[1])
    east = math.sin(turn) * math.cos(q)
    north = math.cos(p) * math.sin(q) - math.sin(p) * math.cos(q) * math.cos(turn)
    return math.degrees(math.atan2(east, north)) % 360


def way(degrees: float) -> str:
    """The nearest of the eight directions."""
    return WAYS[round(degrees / 45) % 8]


def degrees(word: str) -> float:
    """The degrees of "north", "north-east", "Southwest". Raises ValueError for anything else."""
    return 45.0 * WAYS.index(word.lower().replace("-", "").replace(" ", "").removesuffix("ern"))


def apart(one: float, other: float) -> float:
    """The angle between two directions, 0 to 180."""
    return abs((one - other + 180) % 360 - 180)
