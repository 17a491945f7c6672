"""The rows of one document for the index: as people left it, table by table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sayso.judgements import Reviewed
from sayso.records import (
    Actor,
    CheckLevel,
    CheckOutcome,
    ClaimCluster,
    Document,
    Event,
    Hop,
    Manner,
    Mention,
    Place,
    PlaceRole,
    Span,
    Stance,
    Statement,
    When,
    Why,
    to_plain,
)
from sayso.views.chains import NOBODY, NOBODY_LABEL, Chip, chips, one_line, publisher, title
from sayso.views.findings import findings
from sayso.views.geography import geography
from sayso.views.timeline import timeline

NEVER_SCORED = 0.5  # the doubt about what no model has scored

Row = tuple[str, tuple[Any, ...]]


def rows(case: Reviewed, doc: str) -> Iterator[Row]:
    """What the index holds of a document, each row with its table; nothing of one that is no longer in the case."""
    document = next(case.of(Document, doc), None)
    if document is None:
        return
    mentions = {mention.id: mention for mention in case.of(Mention, doc)}
    statements = list(case.of(Statement, doc))
    chains = {statement.id: chips(document, mentions, statement.chain) for statement in statements}
    voices = {id: _voice(case, document, mention) for id, mention in mentions.items()}
    yield "document", _document(document, list(chains.values()))
    yield "words", ("document", doc, f"{title(document)}\n{document.text}")
    for statement in statements:
        yield from _of_statement(document, statement, chains[statement.id], voices)
    yield from _about(statements, mentions, voices)
    yield from _doubts(case, doc, statements)
    yield from (*_dates(case, doc), *_places(case, doc), *_checks(case, doc))
    for label in sorted({one_line(mention.name) for mention in mentions.values() if mention.name}):
        yield "words", ("actor", next(m.id for m in mentions.values() if one_line(m.name) == label), label)


def _document(document: Document, chains: list[tuple[Chip, ...]]) -> tuple[Any, ...]:
    return (
        document.name,
        document.format,
        title(document),
        publisher(document) if document.publisher else "",
        document.published.value if document.published else "",
        len(chains),
        sum(bool(chain) for chain in chains),
        sum(bool(chain) and chain[-1].anonymous for chain in chains),
    )


def _voice(case: Reviewed, document: Document, mention: Mention) -> str:
    """Under which a mention is counted: its actor, else kind and name as in one document."""
    actor = next(iter(case.about(Actor, mention.id)), None)
    if actor is not None:
        return actor.id
    (chip,) = chips(document, {mention.id: mention}, (_hop_of(mention),))
    return chip.sources[0].voice


def _hop_of(mention: Mention) -> Hop:
    return Hop((mention.id,), (), Manner.SAID, Stance.NEUTRAL, None, None, None, Why(""))


def _of_statement(
    document: Document, statement: Statement, chain: tuple[Chip, ...], voices: dict[str, str]
) -> Iterator[Row]:
    words = " … ".join(document.text[span.start : span.end] for span in statement.content)
    yield "words", ("statement", statement.id, words)
    before = [f"text:{publisher(document)}"]
    for place, (hop, chip) in enumerate(zip(statement.chain, chain, strict=True)):
        last = place == len(chain) - 1
        known = [id for id in hop.sources if id in voices]
        heard = [(voices[id], source, id) for id, source in zip(known, chip.sources, strict=True)]
        for voice, source, id in heard:
            yield "heard", (statement.id, place, int(last), voice, source.label, source.kind, str(source.standing),
                            chip.manner, publisher(document), id)  # fmt: skip
        if not heard:
            yield "heard", (statement.id, place, int(last), NOBODY, NOBODY_LABEL, "", "", chip.manner,
                            publisher(document), "")  # fmt: skip
        after = list(dict.fromkeys(voice for voice, *_ in heard)) or [NOBODY]
        for a in before:
            yield from (("pass", (statement.id, a, b)) for b in after if a != b)
        before = after


def _about(statements: list[Statement], mentions: dict[str, Mention], voices: dict[str, str]) -> Iterator[Row]:
    """Who is spoken of in which statement: mentions inside its content that are not its own sources."""
    for statement in statements:
        own = {id for hop in statement.chain for id in hop.sources}
        about = {voices[id] for id, one in mentions.items() if id not in own and _inside(one.spans, statement.content)}
        yield from (("about", (statement.id, voice)) for voice in sorted(about))


def _inside(spans: tuple[Span, ...], content: tuple[Span, ...]) -> bool:
    return any(held.start <= span.start and span.end <= held.end for span in spans for held in content)


def _doubts(case: Reviewed, doc: str, statements: list[Statement]) -> Iterator[Row]:
    """What a person should look at: how doubtful it is, and how many statements of the case hang on it."""
    for statement in statements:
        if statement.chain:
            claim = next(iter(case.about(ClaimCluster, statement.id)), None)
            weight = len(claim.statements) if claim else 1
            yield "doubt", (statement.id, "statement", _doubt(statement.why.score), weight)
    for kind, name in ((Event, "event"), (Place, "place"), (When, "when")):
        found: Iterator[Any] = case.of(kind, doc)
        for record in found:
            if not (isinstance(record, Place) and record.role != PlaceRole.PLACE):
                yield "doubt", (record.id, name, _doubt(record.why.score), 1)


def _doubt(score: float | None) -> float:
    return NEVER_SCORED if score is None else 1 - score


def _dates(case: Reviewed, doc: str) -> Iterator[Row]:
    found = timeline(case, doc)
    for moment in found.moments:
        day = (moment.first or moment.last or "")[:10]
        yield "date", (str(moment.lane), day, (moment.last or moment.first or "")[:10], _row(moment))
    yield from (("date", ("undated", "", "", _row(moment))) for moment in found.undated)


def _places(case: Reviewed, doc: str) -> Iterator[Row]:
    found = geography(case, doc)
    for pin in found.pins:
        key = pin.sightings[0].place if pin.relative else pin.gazetteer or f"name:{pin.name}"
        told = {"confidence": pin.confidence, "reason": pin.reason, "candidates": pin.candidates}
        for one in pin.sightings:
            yield "place", (key, pin.name, pin.lat, pin.lon, pin.radius_km, _row(one, told))
    for one in found.unresolved:
        yield "place", (f"words:{one.words.casefold()}", one.words, None, None, None, _row(one))


def _checks(case: Reviewed, doc: str) -> Iterator[Row]:
    for row in findings(case, doc).rows:
        outcome, level = (f"{list(kind).index(kind(value))} {value}" for kind, value in
                          ((CheckOutcome, row.outcome), (CheckLevel, row.level)))  # fmt: skip
        yield "check", (outcome, level, row.rule, row.id, _row(row))


def _row(found: Any, more: dict[str, Any] | None = None) -> str:
    return json.dumps(to_plain(found) | (more or {}))
