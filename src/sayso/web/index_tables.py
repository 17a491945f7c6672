"""The derived tables of the index, and the sums over them; `index.py` says how they are kept."""

from __future__ import annotations

import zlib

ROWS = 1  # of the functions in index_rows.py: another number, and every index is made again

TABLES = (
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
        voice TEXT PRIMARY KEY, label TEXT NOT NULL, kind TEXT NOT NULL, standing TEXT NOT NULL,
        origin INTEGER NOT NULL, relay INTEGER NOT NULL, about INTEGER NOT NULL, documents INTEGER NOT NULL,
        publishers INTEGER NOT NULL
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
        patterns TEXT NOT NULL, publishers INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, lead TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX shown_claim_rank ON shown_claim (documents DESC, statements DESC, claim)",
    """CREATE TABLE shown_graph (
        every INTEGER NOT NULL, kind TEXT NOT NULL, links INTEGER NOT NULL, happenings INTEGER NOT NULL,
        unsure INTEGER NOT NULL, state TEXT NOT NULL, drawing TEXT NOT NULL, PRIMARY KEY (every, kind)
    ) STRICT""",
    """CREATE TABLE shown_domino (
        every INTEGER NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL, cause TEXT NOT NULL, effect TEXT NOT NULL,
        kind TEXT NOT NULL, denied INTEGER NOT NULL, single INTEGER NOT NULL, backwards INTEGER NOT NULL,
        cycle INTEGER NOT NULL, row TEXT NOT NULL, PRIMARY KEY (every, number)
    ) STRICT""",
    "CREATE UNIQUE INDEX shown_domino_id ON shown_domino (every, id)",
    "CREATE INDEX shown_domino_kind ON shown_domino (every, kind, number)",
    """CREATE TABLE shown_happening (
        every INTEGER NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL, label TEXT NOT NULL,
        documents INTEGER NOT NULL, events TEXT NOT NULL, words TEXT NOT NULL, row TEXT NOT NULL,
        PRIMARY KEY (every, number)
    ) STRICT""",
    "CREATE INDEX shown_happening_id ON shown_happening (every, id)",
    """CREATE TABLE shown_text (
        id INTEGER PRIMARY KEY, doc TEXT NOT NULL, record TEXT NOT NULL, kind TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX shown_text_doc ON shown_text (doc)",
    # One for each kind: a kind is asked for alone, and is then counted and ranked without a look at the others.
    *(
        f"CREATE VIRTUAL TABLE shown_find_{kind} USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2')"
        for kind in ("statement", "document", "actor")
    ),
)
BY_DOC = ("document", "heard", "about", "pass", "doubt", "date", "place", "check", "text")
# What is counted over many documents, and from where: the table, its key, the table of rows, the sum.
SUMS: tuple[tuple[str, str, str], ...] = (
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
CLAIMS = """
    INSERT INTO shown_claim
    SELECT claim_cluster.id, json_array_length(claim_cluster.statements), count(DISTINCT statement.doc),
        json_array_length(origins), claim_cluster.label,
        (SELECT count(*) FROM json_each(origins) WHERE NOT json_extract(value, '$.named')),
        (SELECT count(*) FROM json_each(origins) WHERE json_array_length(value, '$.interests')),
        (SELECT count(DISTINCT other.record) FROM json_each(claim_cluster.statements) AS own
            JOIN member AS other ON other.member = own.value AND other.record LIKE 'contradiction-%'),
        (SELECT coalesce(group_concat(DISTINCT kind), '') FROM member JOIN pattern ON pattern.id = member.record
            WHERE member = claim_cluster.id),
        count(DISTINCT nullif(publisher, '')), coalesce(min(nullif(published, '')), ''), max(coalesce(published, '')),
        substr(min(coalesce(nullif(published, ''), '~') || ' ' || statement.id), 1)
    FROM claim_cluster, json_each(claim_cluster.statements) AS told
        JOIN statement ON statement.id = told.value LEFT JOIN shown_document ON shown_document.doc = statement.doc
    GROUP BY claim_cluster.id"""
SOURCES = {"voice": "heard", "edge": "pass", "pin": "place"}
VERSION = zlib.crc32(repr((ROWS, TABLES, SUMS, CLAIMS)).encode())
