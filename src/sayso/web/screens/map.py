"""Map: the places that a case names, with how sure each is, and the names that no place was found for."""

from __future__ import annotations

from typing import Any

from sayso.rows import exact
from sayso.web.screen import PAGE, Ask, Param, Screen, pages
from sayso.web.screens.shared import decoded

DRAWN = 400  # pins on the map, the most named first
SIGHTINGS = 40
SHOW = ("resolved", "unresolved")
_WHERE = {"resolved": "lat IS NOT NULL", "unresolved": "lat IS NULL"}


def rows(ask: Ask) -> dict[str, Any]:
    """Places by how often they are named; for one of them, where the texts name it."""
    case, where = ask.shelf.case, _WHERE[ask["show"]]
    counts = {show: case.rows(f"SELECT count(*) FROM shown_pin WHERE {sql}")[0][0] for show, sql in _WHERE.items()}
    cut = pages(counts[ask["show"]], ask["page"], 40)
    return {
        "pins": _pins(case, where, cut.size, cut.skip),
        "drawn": _pins(case, _WHERE["resolved"], DRAWN, 0),
        "counts": counts,
        "pages": cut,
        "sightings": _sightings(case, ask["pin"]) if ask["pin"] else [],
        "named": case.rows("SELECT count(*) FROM shown_place")[0][0],
    }


def _pins(case: Any, where: str, most: int, skip: int) -> list[dict[str, Any]]:
    sql = f"""SELECT pin, name, lat, lon, radius, mentions, documents FROM shown_pin WHERE {where}
              ORDER BY mentions DESC, name, pin LIMIT ? OFFSET ?"""
    names = ("pin", "name", "lat", "lon", "radius_km", "mentions", "documents")
    return [
        {name: exact(cell) if isinstance(cell, str) else cell for name, cell in zip(names, row, strict=True)}
        for row in case.rows(sql, most, skip)
    ]


def _sightings(case: Any, pin: str) -> list[Any]:
    sql = "SELECT row FROM shown_place WHERE pin = ? ORDER BY doc, rowid LIMIT ?"
    return [decoded(row[0]) for row in case.rows(sql, pin, SIGHTINGS)]


SCREENS = (
    Screen("map", "/map", "Map", rows, (
        Param("show", "places found, or names without one", "resolved", SHOW), Param("pin", "the place to look at"),
        PAGE)),
)  # fmt: skip
