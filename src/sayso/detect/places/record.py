"""What the detector of places yields: a name in the text, and the place it is taken to stand for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sayso.records import Span, Why, key, make_id


class Role(StrEnum):
    """What a place's name does where it stands; only PLACE is a pin on a map."""

    PLACE = "place"
    ACTOR = "actor"  # a government named by its capital, country or seat: "Tehran said"
    DATELINE = "dateline"  # where the text was written
    PEOPLE = "people"  # an adjective or a people: "Syrian forces"
    NAME = "name"  # part of the name of something else: "Cork University Hospital"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may stand for: its share of the belief, and what spoke for it."""

    name: str
    gazetteer: str
    lat: float
    lon: float
    share: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A name of a place in the text.

    `name` is the place's own name, `gazetteer` its id there ("geonames:2643743"; "" where it has none), `radius_km`
    a circle that about covers it. Where the place is not resolved `lat`, `lon` and `radius_km` are None and `name`
    repeats the text. `confidence` is the share of resolutions with such a score that were right (within 161 km) on
    annotated news; None where unresolved. `candidates` are up to three, the best first.
    """

    id: str
    span: Span
    name: str
    gazetteer: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    role: Role
    confidence: float | None
    candidates: tuple[Candidate, ...]
    why: Why

    @property
    def doc(self) -> str:
        """The document that it stands in."""
        return self.span.doc


def place_id(span: Span) -> str:
    """The id of the place named at `span`."""
    return make_id("place", span.doc, key(span))
