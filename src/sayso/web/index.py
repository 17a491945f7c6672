"""The index of a case: derived tables for its lists and its search, made bit by bit and at hand after every change.

The tables lie in the case file, their names begin with `shown_`, and every one can be dropped: it is made again. What
has changed is read from the case's own table `changed`; what people said is obeyed, and a word on a record has its
document indexed anew. Documents are done in batches, so that a page, or a judgement, never waits for long.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sayso.judgements import Reviewed, Rulings
from sayso.records import (
    Actor,
    CheckLevel,
    CheckOutcome,
    ClaimCluster,
    Document,
    Event,
    Mention,
    Place,
    PlaceRole,
    Span,
    Statement,
    When,
    spans_of,
    to_plain,
)
from sayso.rows import readable, safe
from sayso.store import CaseFile
from sayso.views.chains import NOBODY, NOBODY_LABEL, Chip, chips, one_line, publisher, title
from sayso.views.findings import findings
from sayso.views.geography import geography
from sayso.views.timeline import timeline

ROWS = 1  # of the functions below that make rows: another number, and every index is made again
BATCH = 25  # documents in one transaction: about a quarter of a second
NEVER_SCORED = 0.5  # the doubt about what no model has scored

_TABLES = (
    "CREATE TABLE shown_state (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT",
    """CREATE TABLE shown_document (
        doc TEXT PRIMARY KEY, name TEXT NOT NULL, format TEXT NOT NULL, title TEXT NOT NULL, publisher TEXT NOT NULL,
        published TEXT NOT NULL, statements INTEGER NOT NULL, attributed INTEGER NOT NULL, unnamed INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX shown_document_date ON shown_document (published, title, doc)",
    """CREATE TABLE shown_heard (
        doc TEXT NOT NULL, statement TEXT NOT NULL, place INTEGER NOT NULL, last INTEGER NOT NULL, voice TEXT NOT NULL,
        label TEXT NOT NULL, kind TEXT NOT NULL, standing TEXT NOT NULL, manner TEXT NOT NULL, publisher TEXT NOT NULL,
        mention TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX shown_heard_doc ON shown_heard (doc)",
    "CREATE INDEX shown_heard_voice ON shown_heard (voice, last, doc, statement)",
    "CREATE TABLE shown_about (doc TEXT NOT NULL, statement TEXT NOT NULL, voice TEXT NOT NULL) STRICT",
    "CREATE INDEX shown_about_doc ON shown_about (doc)",
    "CREATE INDEX shown_about_voice ON shown_about (voice, doc, statement)",
    """CREATE TABLE shown_voice (
        voice TEXT PRIMARY KEY, label TEXT NOT NULL, kind TEXT NOT NULL, standing TEXT NOT NULL, origin INTEGER NOT NULL,
        relay INTEGER NOT NULL, about INTEGER NOT NULL, documents INTEGER NOT NULL, publishers INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX shown_voice_rank ON shown_voice (origin DESC, relay DESC, label, voice)",
    """CREATE TABLE shown_pass (
        doc TEXT NOT NULL, statement TEXT NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX shown_pass_doc ON shown_pass (doc)",
    "CREATE INDEX shown_pass_edge ON shown_pass (a, b, doc, statement)",
    """CREATE TABLE shown_edge (
        a TEXT NOT NULL, b TEXT NOT NULL, statements INTEGER NOT NULL, documents INTEGER NOT NULL, PRIMARY KEY (a, b)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX shown_edge_rank ON shown_edge (statements DESC, a, b)",
    """CREATE TABLE shown_doubt (
        doc TEXT NOT NULL, record TEXT NOT NULL, kind TEXT NOT NULL, doubt REAL NOT NULL, weight INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX shown_doubt_doc ON shown_doubt (doc)",
    "CREATE INDEX shown_doubt_rank ON shown_doubt (kind, doubt DESC, record)",
    "CREATE INDEX shown_doubt_weight ON shown_doubt (kind, weight DESC, doubt DESC, record)",
    """CREATE TABLE shown_date (
        doc TEXT NOT NULL, lane TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, row TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX shown_date_doc ON shown_date (doc)",
    "CREATE INDEX shown_date_day ON shown_date (lane, first, last, doc)",
    """CREATE TABLE shown_place (
        doc TEXT NOT NULL, pin TEXT NOT NULL, name TEXT NOT NULL, lat REAL, lon REAL, radius REAL, row TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX shown_place_doc ON shown_place (doc)",
    "CREATE INDEX shown_place_pin ON shown_place (pin, doc)",
    """CREATE TABLE shown_check (
        doc TEXT NOT NULL, outcome TEXT NOT NULL, level TEXT NOT NULL, rule TEXT NOT NULL, record TEXT NOT NULL,
        row TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX shown_check_doc ON shown_check (doc)",
    "CREATE INDEX shown_check_rank ON shown_check (outcome, level, rule, record)",
    """CREATE TABLE shown_pin (
        pin TEXT PRIMARY KEY, name TEXT NOT NULL, lat REAL, lon REAL, radius REAL, mentions INTEGER NOT NULL,
        documents INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX shown_pin_rank ON shown_pin (mentions DESC, name, pin)",
    """CREATE TABLE shown_claim (
        claim TEXT PRIMARY KEY, statements INTEGER NOT NULL, documents INTEGER NOT NULL, origins INTEGER NOT NULL,
        label TEXT NOT NULL, unnamed INTEGER NOT NULL, interested INTEGER NOT NULL, contested INTEGER NOT NULL,
        patterns INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX shown_claim_rank ON shown_claim (documents DESC, statements DESC, claim)",
    """CREATE TABLE shown_text (
        id INTEGER PRIMARY KEY, doc TEXT NOT NULL, record TEXT NOT NULL, kind TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX shown_text_doc ON shown_text (doc)",
    "CREATE VIRTUAL TABLE shown_words USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2')",
)
_BY_DOC = ("document", "heard", "about", "pass", "doubt", "date", "place", "check", "text")
# What is counted over many documents, and from where: the table, its key, the table of rows, the sum.
_SUMS: tuple[tuple[str, str, str], ...] = (
    ("voice", "voice", """
        SELECT voice, max(label), max(kind), max(standing), count(DISTINCT CASE WHEN last THEN statement END),
            count(DISTINCT CASE WHEN NOT last THEN statement END),
            (SELECT count(DISTINCT statement) FROM shown_about WHERE shown_about.voice = shown_heard.voice),
            count(DISTINCT doc), count(DISTINCT publisher)
        FROM shown_heard WHERE voice = ? GROUP BY voice"""),
    ("edge", "a", """
        SELECT a, b, count(DISTINCT statement), count(DISTINCT doc) FROM shown_pass WHERE a = ? GROUP BY a, b"""),
    ("pin", "pin", """
        SELECT pin, max(name), max(lat), max(lon), max(radius), count(*), count(DISTINCT doc)
        FROM shown_place WHERE pin = ? GROUP BY pin"""),
)  # fmt: skip
_CLAIMS = """
    INSERT INTO shown_claim
    SELECT id, json_array_length(statements),
        (SELECT count(DISTINCT doc) FROM statement WHERE id IN (SELECT value FROM json_each(claim_cluster.statements))),
        json_array_length(origins), label,
        (SELECT count(*) FROM json_each(origins) WHERE NOT json_extract(value, '$.named')),
        (SELECT count(*) FROM json_each(origins) WHERE json_array_length(value, '$.interests')),
        (SELECT count(DISTINCT other.record) FROM json_each(claim_cluster.statements) AS own
            JOIN member AS other ON other.member = own.value AND other.record LIKE 'contradiction-%'),
        (SELECT count(*) FROM member WHERE member = claim_cluster.id AND record LIKE 'pattern-%')
    FROM claim_cluster"""
_ROWS = {"voice": "heard", "edge": "pass", "pin": "place"}
VERSION = zlib.crc32(repr((ROWS, _TABLES, _SUMS, _CLAIMS)).encode())


@dataclass(frozen=True, slots=True)
class Ready:
    """How far the index is: documents still to do, of how many in the case."""

    left: int
    total: int


def prepare(case: CaseFile) -> None:
    """Make the tables where they are not there, or were made by another version."""
    with case.transaction() as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'shown~_%' ESCAPE '~'")]
        if "shown_state" in names and _state(db, "version") == VERSION:
            return
        for (name,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'shown~_%' ESCAPE '~' "
            "AND name NOT LIKE 'shown~_words~_%' ESCAPE '~'"
        ).fetchall():
            db.execute(f"DROP TABLE {name}")
        for sql in _TABLES:
            db.execute(sql)
        db.executemany("INSERT INTO shown_state VALUES (?, ?)", [("version", VERSION), ("upto", 0), ("linked", -1)])


def ready(case: CaseFile) -> Ready:
    """How far the index is."""
    left = case.rows("SELECT count(*) FROM changed WHERE seq > (SELECT value FROM shown_state WHERE key = 'upto')")
    total = case.rows("SELECT count(*) FROM document WHERE superseded IS NULL") if left[0][0] else [(0,)]
    return Ready(int(left[0][0]), int(total[0][0]))


def advance(case: CaseFile, most: int = BATCH) -> bool:
    """Index the next documents that have changed; whether there were any."""
    sql = """SELECT seq, doc FROM changed WHERE seq > (SELECT value FROM shown_state WHERE key = 'upto')
             ORDER BY seq LIMIT ?"""
    waiting = case.rows(sql, most)
    if waiting:
        renew(case, [row[1] for row in waiting], upto=waiting[-1][0])
    return bool(waiting)


def renew(case: CaseFile, docs: Iterable[str], *, upto: int | None = None) -> None:
    """Index these documents anew, with what people said of what was found in them."""
    reviewed = Reviewed(case, Rulings(case))
    wanted = list(docs)
    found = {doc: list(_rows(reviewed, doc)) for doc in wanted}
    with case.transaction() as db:
        touched = {table: _keys(db, table, key, wanted) for table, key, _ in _SUMS}
        for doc in wanted:
            _replace(db, doc, found[doc])
        for table, key, sql in _SUMS:
            _count(db, table, key, sql, touched[table] | _keys(db, table, key, wanted))
        if upto is not None:
            db.execute("UPDATE shown_state SET value = ? WHERE key = 'upto'", (upto,))


def gather(case: CaseFile) -> bool:
    """Count claims anew where linkers have said something since; whether they had."""
    sql = "SELECT coalesce(sum(upto), 0) + (SELECT count(*) FROM claim_cluster) FROM linker"
    now = case.rows(sql)[0][0]
    if now == case.rows("SELECT value FROM shown_state WHERE key = 'linked'")[0][0]:
        return False
    with case.transaction() as db:
        db.execute("DELETE FROM shown_claim")
        db.execute(_CLAIMS)
        db.execute("UPDATE shown_state SET value = ? WHERE key = 'linked'", (now,))
    return True


def _state(db: sqlite3.Connection, key: str) -> int:
    row = db.execute("SELECT value FROM shown_state WHERE key = ?", (key,)).fetchone()
    return int(row[0]) if row else -1


def _keys(db: sqlite3.Connection, table: str, key: str, docs: list[str]) -> set[str]:
    rows = f"SELECT DISTINCT {key} FROM shown_{_ROWS[table]} WHERE doc IN (SELECT value FROM json_each(?))"
    found = {row[0] for row in db.execute(rows, (json.dumps(docs),))}
    if table == "voice":
        about = "SELECT DISTINCT voice FROM shown_about WHERE doc IN (SELECT value FROM json_each(?))"
        found |= {row[0] for row in db.execute(about, (json.dumps(docs),))}
    return found


def _count(db: sqlite3.Connection, table: str, key: str, sql: str, keys: set[str]) -> None:
    for value in sorted(keys):
        db.execute(f"DELETE FROM shown_{table} WHERE {key} = ?", (value,))
        db.execute(f"INSERT INTO shown_{table} {sql}", (value,))


def _replace(db: sqlite3.Connection, doc: str, rows: list[tuple[str, tuple[Any, ...]]]) -> None:
    db.execute("DELETE FROM shown_words WHERE rowid IN (SELECT id FROM shown_text WHERE doc = ?)", (doc,))
    for table in _BY_DOC:
        db.execute(f"DELETE FROM shown_{table} WHERE doc = ?", (doc,))
    for table, values in rows:
        if table == "words":
            kind, record, words = values
            at = db.execute(
                "INSERT INTO shown_text (doc, record, kind) VALUES (?, ?, ?)", (doc, record, kind)
            ).lastrowid
            db.execute("INSERT INTO shown_words (rowid, words) VALUES (?, ?)", (at, readable(words)))
        else:
            cells = [safe(value) if isinstance(value, str) else value for value in (doc, *values)]
            db.execute(f"INSERT INTO shown_{table} VALUES ({', '.join('?' * len(cells))})", cells)


# --- the rows of one document --------------------------------------------------------------------------------------

Row = tuple[str, tuple[Any, ...]]


def _rows(case: Reviewed, doc: str) -> Iterator[Row]:
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


def _hop_of(mention: Mention) -> Any:
    from sayso.records import Hop, Manner, Stance, Why

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
        for record in case.of(kind, doc):
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


def docs_of(case: CaseFile, id: str) -> list[str]:
    """The documents whose lists a word on the record `id` changes."""
    record = case.find(id)
    if record is None:
        return []
    if hasattr(record, "doc"):
        return [record.doc]
    if isinstance(record, Mention):
        return [spans_of(record)[0].doc]
    rows = case.rows("SELECT member FROM member WHERE record = ? AND member LIKE 'doc-%' LIMIT 200", id)
    return [row[0] for row in rows]
