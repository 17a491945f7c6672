"""The map: every place that a case names, once, with where the texts name it, and the names that stay unresolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.case import Case
from sayso.records import Document, Mention, Place, PlaceRole, Span, Statement
from sayso.views.chains import chips, line, one_line, publisher, title

AROUND = 70  # characters shown either side of a name


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name where it stands: the words, the text either side, who says it (`chain`), in which document."""

    place: str
    words: str
    before: str
    after: str
    chain: str
    statement: str | None
    document: str
    title: str
    publisher: str
    span: Span


@dataclass(frozen=True, slots=True)
class Pin:
    """One place. `radius_km` is a circle within which it lies; `confidence` the least sure of its sightings' scores.

    `relative` marks a place said by another ("30 km north of X"); `candidates` are the other places that the name
    may stand for, with their share of the belief, `reason` what spoke for this one.
    """

    name: str
    gazetteer: str
    lat: float
    lon: float
    radius_km: float
    confidence: float | None
    relative: bool
    reason: str
    candidates: tuple[tuple[str, float], ...]
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Geography:
    """Pins, those named most often first; names that no place was found for; how many names are no pins, by role."""

    pins: tuple[Pin, ...]
    unresolved: tuple[Sighting, ...]
    roles: tuple[tuple[str, int], ...]


def geography(case: Case, doc: str | None = None) -> Geography:
    """The places of a case or of one document.

    Only places are pins: a government named by its capital, a people, a dateline and a part of another's name are
    counted in `roles`. Names are one pin where they have one gazetteer id; a relative place is a pin of its own.
    """
    pins: dict[str, list[tuple[Place, Sighting]]] = defaultdict(list)
    unresolved, roles = list[Sighting](), dict[str, int]()
    for document in case.of(Document, doc):
        for place, sighting in _sightings(case, document):
            if place.role is not PlaceRole.PLACE:
                roles[str(place.role)] = roles.get(str(place.role), 0) + 1
            elif place.lat is None:
                unresolved.append(sighting)
            else:
                pins[place.id if place.anchors else place.gazetteer or place.name].append((place, sighting))
    made = sorted((_pin(found) for found in pins.values()), key=lambda pin: (-len(pin.sightings), pin.name, pin.lat))
    return Geography(tuple(made), tuple(unresolved), tuple(sorted(roles.items())))


def _pin(found: list[tuple[Place, Sighting]]) -> Pin:
    place = min((one for one, _ in found), key=lambda one: (one.why.score or 0.0, one.id))
    scores = [one.why.score for one, _ in found if one.why.score is not None]
    return Pin(
        name=one_line(place.name),
        gazetteer=place.gazetteer,
        lat=place.lat or 0.0,
        lon=place.lon or 0.0,
        radius_km=place.radius_km or 0.0,
        confidence=min(scores) if scores else None,
        relative=bool(place.anchors),
        reason=place.why.note,
        candidates=tuple((one.name, one.share) for one in place.candidates),
        sightings=tuple(sighting for _, sighting in found),
    )


def _sightings(case: Case, document: Document) -> Iterator[tuple[Place, Sighting]]:
    mentions = {mention.id: mention for mention in case.of(Mention, document.id)}
    statements = sorted(case.of(Statement, document.id), key=lambda one: sum(s.end - s.start for s in one.content))
    for place in case.of(Place, document.id):
        holder = next((one for one in statements if _holds(one, place.span)), None)
        chain = chips(document, mentions, holder.chain) if holder else ()
        start, end, text = place.span.start, place.span.end, document.text
        yield (
            place,
            Sighting(
                place=place.id,
                words=one_line(text[start:end]),
                before=one_line(text[max(0, start - AROUND) : start].rpartition("\n")[2]),
                after=one_line(text[end : end + AROUND].partition("\n")[0]),
                chain=line(publisher(document), chain),
                statement=holder.id if holder else None,
                document=document.id,
                title=title(document),
                publisher=publisher(document),
                span=place.span,
            ),
        )


def _holds(statement: Statement, span: Span) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in statement.content)
