"""The places of a case as GeoJSON (RFC 7946): a point for each, with its radius, who names it, in which words."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from sayso.export import whole
from sayso.store import CaseFile
from sayso.views.geography import Pin, Sighting, geography


def export(case: CaseFile, out: Path | None, *, text: bool = True) -> None:
    """Write one FeatureCollection to `out`, None for standard output; `text=False` leaves out the words around names.

    Names that no place was found for are features without a geometry, as the standard allows.
    """
    found = geography(case)
    features = [_feature(pin, text) for pin in found.pins] + [_unresolved(one, text) for one in found.unresolved]
    line = json.dumps({"type": "FeatureCollection", "features": features}, indent=1) + "\n"
    if out is None:
        sys.stdout.write(line)
        return
    with whole(out) as file:
        file.write(line)


def _feature(pin: Pin, text: bool) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [pin.lon, pin.lat]},
        "properties": {
            "name": pin.name,
            "gazetteer": pin.gazetteer,
            "radius_km": pin.radius_km,
            "confidence": pin.confidence,
            "relative": pin.relative,
            "reason": pin.reason,
            "sightings": [_sighting(one, text) for one in pin.sightings],
        },
    }


def _unresolved(one: Sighting, text: bool) -> dict[str, Any]:
    return {"type": "Feature", "geometry": None, "properties": {"name": one.words, "sightings": [_sighting(one, text)]}}


def _sighting(one: Sighting, text: bool) -> dict[str, Any]:
    around = {"before": one.before, "after": one.after} if text else {}
    return {
        "words": one.words,
        **around,
        "chain": one.chain,
        "statement": one.statement,
        "document": one.document,
        "title": one.title,
        "start": one.span.start,
        "end": one.span.end,
    }
