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
    Document,
    LoadedWord,
    Mention,
    Problem,
    Span,
    Statement,
    loaded_word_id,
    make_id,
    mention_id,
    problem,
    statement_id,
)
from sayso.rows import readable
from sayso.store import CaseFile


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
    mentions = list(case.of(Mention, document.id))
    statements = list(case.of(Statement, document.id))
    loaded = list(case.of(LoadedWord, document.id))
    yield from _document(case, document)
    yield from _parts(document)
    for record in (document, *mentions, *statements, *loaded):
        yield from _ranges(document, record)
    yield from _mentions(document, mentions)
    known = {mention.id for mention in mentions}
    inside = {statement.id for statement in statements}
    for statement in statements:
        yield from _statement(statement, known, inside)
    for word in loaded:
        yield from _loaded(word, inside)
    yield from _unchanged(case, document, [*mentions, *statements, *loaded])


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


def _mentions(document: Document, mentions: list[Mention]) -> Iterator[Finding]:
    known = {mention.id for mention in mentions}
    for mention in mentions:
        if mention.id != mention_id(mention.spans):
            yield Finding(mention.id, "its id is not the one that its place gives")
        if mention.of is not None and mention.of not in known:
            yield Finding(mention.id, f"belongs to {mention.of}, which is not in {document.id}")


def _statement(statement: Statement, mentions: set[str], statements: set[str]) -> Iterator[Finding]:
    if statement.id != statement_id(statement.doc, statement.content, statement.chain):
        yield Finding(statement.id, "its id is not the one that its words and chain give")
    if statement.inside is not None and statement.inside not in statements:
        yield Finding(statement.id, f"stands inside {statement.inside}, which is not there")
    for hop in statement.chain:
        for id in (*hop.sources, *([hop.addressee] if hop.addressee else [])):
            if id not in mentions:
                yield Finding(statement.id, f"cites {id}, which is not there")


def _loaded(word: LoadedWord, statements: set[str]) -> Iterator[Finding]:
    if word.id != loaded_word_id(word.span, word.kind):
        yield Finding(word.id, "its id is not the one that its place and kind give")
    if word.statement is not None and word.statement not in statements:
        yield Finding(word.id, f"stands in {word.statement}, which is not there")


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
