"""What the report shows beside the texts: claims with their origins, actors, events, a timeline, a map and checks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import groupby
from typing import Any

from markupsafe import Markup

from sayso.case import Case
from sayso.records import CheckOutcome
from sayso.views.axis import axis
from sayso.views.claims import claim_page, claims
from sayso.views.dates import interval
from sayso.views.events import occurrences
from sayso.views.findings import findings
from sayso.views.geography import Geography, Pin, Sighting, geography
from sayso.views.network import edges
from sayso.views.timeline import Moment, timeline

CLAIMS = 60  # the most told
EDGES, HAPPENINGS = 60, 60
SEEN = 12  # sightings that a pin's card lists


def context(case: Case, anchors: Mapping[str, str]) -> dict[str, Any]:
    """What the template needs; `anchors` leads from ids of statements and documents to the page's own."""
    told = timeline(case)
    places = geography(case)
    found = findings(case)
    told_by_several = claims(case)
    said, happened = edges(case), occurrences(case)
    return {
        "claims": [claim_page(case, case.get(row.id)) for row in told_by_several[:CLAIMS]],
        "claims_more": max(0, len(told_by_several) - CLAIMS),
        "edges": said[:EDGES],
        "edges_more": max(0, len(said) - EDGES),
        "happenings": happened[:HAPPENINGS],
        "happenings_more": max(0, len(happened) - HAPPENINGS),
        "days": [(heading, list(group)) for heading, group in groupby(told.moments, key=heading)],
        "undated": told.undated,
        "axis": axis(told.moments),
        "places": places,
        "map_data": _map_data(places, anchors) if places.pins else None,
        "failed": found.of(CheckOutcome.FAILED),
        "undecided": found.of(CheckOutcome.CANT_TELL),
        "check_counts": found.counts,
        "anchors": anchors,
    }


def heading(moment: Moment) -> str:
    """The days of an entry as a heading."""
    return interval(moment.first, moment.last)


def assets() -> tuple[str, str]:
    """The style sheet and the scripts of the map, to be put into the page."""
    here = files("sayso.export")
    scripts = (here / "report_trust.js", _vendor() / "leaflet.js", here / "report_map.js")
    css = _vendor().joinpath("leaflet.css").read_text("utf-8")
    return css, "".join(script.read_text("utf-8") for script in scripts)


def _vendor() -> Traversable:
    """Where the libraries lie that pages are drawn with."""
    return files("sayso") / "web" / "static" / "vendor"


def _map_data(places: Geography, anchors: Mapping[str, str]) -> Markup:
    """The pins and the outlines of countries as JSON that is safe inside a page."""
    world = _vendor().joinpath("countries-110m.json").read_text("utf-8")
    pins = json.dumps([_pin(pin, anchors) for pin in places.pins])
    data = f'{{"world": {world.strip()}, "pins": {pins}}}'
    return Markup(data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def _pin(pin: Pin, anchors: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": pin.name,
        "lat": pin.lat,
        "lon": pin.lon,
        "km": pin.radius_km,
        "relative": pin.relative,
        "seen": [_seen(one, anchors) for one in pin.sightings[:SEEN]],
        "more": max(0, len(pin.sightings) - SEEN),
    }


def _seen(one: Sighting, anchors: Mapping[str, str]) -> dict[str, str]:
    at = anchors.get(one.statement or "", anchors.get(one.document, ""))
    return {"words": one.words, "title": one.title, "at": at}
