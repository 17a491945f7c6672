"""Whether a case is what a run wrote: hashes, offsets, ids, links between records, and judgements."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sayso.errors import CaseError, SaysoError
from sayso.filing import digest
from sayso.judgements import judgement_id, place, spans_of
from sayso.records import (
    FOUND,
    LINKED,
    CausalLink,
    Check,
    Document,
    Event,
    LoadedWord,
    Mention,
    Place,
    Problem,
    Span,
    Statement,
    Tie,
    When,
    causal_link_id,
    check_id,
    event_id,
    loaded_word_id,
    make_id,
    mention_id,
    place_id,
    problem,
    statement_id,
    tie_id,
    when_id,
)
from sayso.rows import readable
from sayso.store import TABLES, CaseFile


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is off: the record it is about and what is wrong with it."""

    about: str
    message: str


def verify_case(case: CaseFile) -> list[Finding]:
    """Everything in the case that is off, in a steady order; an empty list where all is well.

    Raises CaseError only where the file cannot be read at all.
    """
    found = list(_file(case))
    for (sha256,) in case.rows("SELECT sha256 FROM raw ORDER BY sha256"):
        found.extend(_raw(case, sha256))
    for (id,) in case.rows("SELECT id FROM document ORDER BY id"):
        found.extend(_readable(id, partial(_whole_document, case, id)))
    found.extend(_readable("problems", partial(_problems, case)))
    for kind in (*LINKED, Check):
        found.extend(_readable(TABLES[kind], partial(_linked, case, kind)))
    for (id,) in case.rows("SELECT id FROM judgement ORDER BY id"):
        found.extend(_readable(id, partial(_judgement, case, id)))
    return found


def _readable(about: str, findings: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """The findings, or that the rows could not be turned into records again."""
    try:
        yield from findings()
    except (SaysoError, ValueError, KeyError, TypeError, IndexError) as error:
        yield Finding(about, f"cannot be read back: {error}")


def _file(case: CaseFile) -> Iterator[Finding]:
    for (message,) in case.rows("PRAGMA integrity_check(20)"):
        if message != "ok":
            yield Finding(case.name, message)
    for table, row, parent, _ in case.rows("PRAGMA foreign_key_check"):
        yield Finding(case.name, f"row {row} of {table} belongs to a {parent} that is not there")


def _raw(case: CaseFile, sha256: str) -> Iterator[Finding]:
    try:
        data = case.raw(sha256)
    except CaseError as error:
        yield Finding(sha256, str(error))
        return
    if hashlib.sha256(data).hexdigest() != sha256:
        yield Finding(sha256, "the stored bytes do not have this SHA-256: they were changed")


def _whole_document(case: CaseFile, id: str) -> Iterator[Finding]:
    document = case.get(id)
    found: list[Any] = []
    for kind in FOUND:
        found.extend(case.of(kind, document.id))
    across = {row[0] for row in case.rows("SELECT record FROM linked_by WHERE linker = 'checks'")}
    found = [record for record in found if record.id not in across]  # these are made after the document was written
    yield from _document(case, document)
    yield from _parts(document)
    known = {record.id: record for record in found}
    yield from _ranges(document, document)
    for record in found:
        yield from _ranges(document, record)
        if record.id != _id(record):
            yield Finding(record.id, "its id is not the one that its place and words give")
        for field, id, kind in _named(record):
            if not isinstance(known.get(id), kind):
                yield Finding(record.id, f"its {field} is {id}, which is not there")
    yield from _unchanged(case, document, found)


def _document(case: CaseFile, document: Document) -> Iterator[Finding]:
    # The id rests on the address where the item was captured (in a WARC the end of its name), else on the one
    # that the page states, else on the name.
    captured = document.name.partition("!")[2]
    addresses = [document.name, captured, *([document.url.value] if document.url else [])]
    if document.id not in [make_id("doc", document.raw, address) for address in addresses]:
        yield Finding(document.id, "its id is not the one that its bytes and its URL or name give")
    shown = case.rows("SELECT text FROM document WHERE id = ?", document.id)[0][0]
    if shown != readable(document.text):
        yield Finding(document.id, "its text column differs from its exact text")


def _parts(document: Document) -> Iterator[Finding]:
    at = 0
    for number, part in enumerate(document.parts):
        if part.span.start < at:
            yield Finding(document.id, f"part {number} overlaps the one before or is out of order")
        elif document.text[at : part.span.start].strip():
            yield Finding(document.id, f"words before part {number} belong to no part")
        at = max(at, part.span.end)
    if document.parts and document.text[at:].strip():
        yield Finding(document.id, "words after the last part belong to no part")


def _ranges(document: Document, record: Any) -> Iterator[Finding]:
    for span in _spans(record):
        if span.doc != document.id:
            yield Finding(record.id, f"points into another document ({span.doc})")
        elif not 0 <= span.start <= span.end <= len(document.text):
            yield Finding(record.id, f"points to {span.start} to {span.end}, outside the text of {document.id}")


def _id(record: Any) -> str:
    """The id that the fields of a record give."""
    match record:
        case Mention():
            return mention_id(record.spans)
        case When():
            return when_id(record.doc, record.span.start, record.span.end, str(record.kind), record.timex)
        case Place():
            return place_id(record.span)
        case Statement():
            return statement_id(record.doc, record.content, record.chain)
        case Event():
            return event_id(record.statement, record.trigger)
        case CausalLink():
            return causal_link_id(record.statement, record.cause, record.effect, record.signal)
        case Tie():
            return tie_id(record.statement, record.subject, record.kind, record.object)
        case LoadedWord():
            return loaded_word_id(record.span, record.kind)
        case Check():
            return check_id(record.rule, record.spans)
    raise TypeError(f"no id for {type(record).__name__}")


def _named(record: Any) -> Iterator[tuple[str, str, type]]:
    """The records of its own document that a record names: the field, the id, the type it must have."""
    if isinstance(record, Mention) and record.of is not None:
        yield "of", record.of, Mention
    if isinstance(record, When) and record.until is not None:
        yield "until", record.until, When
    if isinstance(record, Place):
        yield from (("anchor", id, Place) for id in record.anchors)
    if isinstance(record, Statement):
        yield from _cited(record)
    if isinstance(record, Event | CausalLink | Tie | LoadedWord) and record.statement is not None:
        yield "statement", record.statement, Statement
    if isinstance(record, Event):
        yield from (("actor or recipient", id, Mention) for id in (*record.actors, *record.recipients))
        yield from (("time", id, When) for id in record.when)
        yield from (("place", id, Place) for id in record.where)
    if isinstance(record, Tie):
        yield from (("subject or object", id, Mention) for id in (record.subject, record.object))
        yield from (("time", id, When) for id in record.when)
    if isinstance(record, CausalLink):
        yield from (("event", id, Event) for id in (*record.causes, *record.effects))


def _cited(statement: Statement) -> Iterator[tuple[str, str, type]]:
    if statement.inside is not None:
        yield "outer statement", statement.inside, Statement
    for hop in statement.chain:
        yield from (("source", id, Mention) for id in hop.sources)
        if hop.addressee is not None:
            yield "addressee", hop.addressee, Mention
        if hop.said is not None:
            yield "time of saying", hop.said, When


def _linked(case: CaseFile, kind: type) -> Iterator[Finding]:
    """Spans of records across documents that lie outside their texts."""
    one: Any
    for one in case.of(kind):
        for span in _spans(one):
            if not 0 <= span.start <= span.end <= len(case.get(span.doc).text):
                yield Finding(one.id, f"points to {span.start} to {span.end}, outside the text of {span.doc}")


def _unchanged(case: CaseFile, document: Document, records: list[Any]) -> Iterator[Finding]:
    rows = case.rows("SELECT digest, superseded FROM document WHERE id = ?", document.id)
    stored, superseded = rows[0]
    if superseded is not None:
        return  # what was found in it is gone, so that the digest over both cannot be made again
    sql = "SELECT DISTINCT id FROM problem WHERE doc = ? AND location = '' ORDER BY id"
    problems = [case.get(row[0]) for row in case.rows(sql, document.id)]
    if digest(document, [*records, *problems]) != stored:
        yield Finding(document.id, "it, or what was found in it, was changed after it was written")


def _problems(case: CaseFile) -> Iterator[Finding]:
    for one in case.by_id(Problem):
        if one != problem(one.doc, one.stage, one.message):
            yield Finding(one.id, "its id is not the one that its words give")


def _judgement(case: CaseFile, id: str) -> Iterator[Finding]:
    word = case.get(id)
    if word.id != judgement_id(word):
        yield Finding(word.id, "it was changed after it was given")
    record = place(case, word)
    if record is not None and [case.quote(span) for span in spans_of(record)] != word.anchor["words"]:
        yield Finding(word.id, f"its anchor does not hold the words of {record.id}")


def _spans(value: Any) -> Iterator[Span]:
    """All spans in a record, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif hasattr(value, "__dataclass_fields__"):
        yield from _spans(tuple(getattr(value, name) for name in value.__dataclass_fields__))
