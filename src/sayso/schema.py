"""The tables of a case file, as steps that are run in order on a file that has not had them yet.

`docs/case-file.md` explains the tables for people who open one in a browser for SQLite.
"""

from __future__ import annotations

STEPS: tuple[str, ...] = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

    CREATE TABLE run (
        id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT, outcome TEXT NOT NULL,
        version TEXT NOT NULL, documents INTEGER NOT NULL, unchanged INTEGER NOT NULL, problems INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE raw (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, zlib BLOB NOT NULL) STRICT;

    CREATE TABLE document (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, format TEXT NOT NULL, raw TEXT NOT NULL REFERENCES raw (sha256),
        text TEXT NOT NULL, text_exact BLOB,
        url TEXT, url_origin TEXT, title TEXT, title_origin TEXT, publisher TEXT, publisher_origin TEXT,
        published TEXT, published_origin TEXT, fetched TEXT, fetched_origin TEXT, language TEXT, language_origin TEXT,
        version TEXT, digest TEXT NOT NULL, superseded TEXT
    ) STRICT;
    CREATE INDEX document_name ON document (name);
    CREATE TABLE author (
        doc TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE, position INTEGER NOT NULL,
        value TEXT NOT NULL, origin TEXT NOT NULL, PRIMARY KEY (doc, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE part (
        doc TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE, position INTEGER NOT NULL,
        kind TEXT NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, rule TEXT NOT NULL,
        PRIMARY KEY (doc, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE link (
        doc TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE, position INTEGER NOT NULL,
        span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, href TEXT NOT NULL,
        PRIMARY KEY (doc, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE mention (
        id TEXT PRIMARY KEY, doc TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE, place INTEGER NOT NULL,
        spans TEXT NOT NULL, kind TEXT NOT NULL, named INTEGER NOT NULL, number INTEGER, of TEXT, name TEXT NOT NULL,
        why_rule TEXT NOT NULL, why_spans TEXT NOT NULL, why_score REAL, why_note TEXT NOT NULL
    ) STRICT;
    CREATE INDEX mention_place ON mention (doc, place, id);

    CREATE TABLE statement (
        id TEXT PRIMARY KEY, doc TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE, place INTEGER NOT NULL,
        content TEXT NOT NULL, inside TEXT, wording TEXT NOT NULL, modality TEXT NOT NULL, polarity TEXT NOT NULL,
        why_rule TEXT NOT NULL, why_spans TEXT NOT NULL, why_score REAL, why_note TEXT NOT NULL
    ) STRICT;
    CREATE INDEX statement_place ON statement (doc, place, id);
    CREATE TABLE hop (
        statement TEXT NOT NULL REFERENCES statement (id) ON DELETE CASCADE, position INTEGER NOT NULL,
        sources TEXT NOT NULL, cue TEXT NOT NULL, manner TEXT NOT NULL, stance TEXT NOT NULL, medium TEXT,
        addressee TEXT, said TEXT,
        why_rule TEXT NOT NULL, why_spans TEXT NOT NULL, why_score REAL, why_note TEXT NOT NULL,
        PRIMARY KEY (statement, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE problem (
        id TEXT NOT NULL, doc TEXT NOT NULL, stage TEXT NOT NULL, message TEXT NOT NULL,
        location TEXT NOT NULL, run INTEGER NOT NULL, PRIMARY KEY (id, location)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX problem_doc ON problem (doc);
    CREATE INDEX problem_location ON problem (location);

    CREATE TABLE judgement (
        id TEXT PRIMARY KEY, about TEXT NOT NULL, anchor TEXT NOT NULL, verdict TEXT NOT NULL, change TEXT NOT NULL,
        "by" TEXT NOT NULL, at TEXT NOT NULL, note TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER judgement_is_kept BEFORE DELETE ON judgement
        BEGIN SELECT raise(ABORT, 'judgements are append-only'); END;
    CREATE TRIGGER judgement_stands BEFORE UPDATE ON judgement
        BEGIN SELECT raise(ABORT, 'judgements are append-only'); END;

    CREATE TABLE seen (
        location TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, version TEXT NOT NULL, run INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE seen_document (
        location TEXT NOT NULL, doc TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
        PRIMARY KEY (location, doc)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX seen_document_doc ON seen_document (doc);

    CREATE VIEW documents AS
        SELECT id, name, format, title, publisher, published, url, language, length(text) AS characters,
            (SELECT count(*) FROM statement WHERE statement.doc = document.id) AS statements
        FROM document WHERE superseded IS NULL;
    CREATE VIEW parts AS
        SELECT part.doc, position, kind, substr(text, span_start + 1, span_end - span_start) AS words, rule
        FROM part JOIN document ON document.id = part.doc WHERE superseded IS NULL;
    CREATE VIEW links AS
        SELECT link.doc, position, substr(text, span_start + 1, span_end - span_start) AS words, href
        FROM link JOIN document ON document.id = link.doc WHERE superseded IS NULL;
    CREATE VIEW mentions AS
        SELECT mention.id, mention.doc, mention.place, kind, named, number, of, mention.name,
            (SELECT group_concat(substr(text, json_extract(value, '$[0]') + 1,
                json_extract(value, '$[1]') - json_extract(value, '$[0]')), ' ... ') FROM json_each(spans)) AS words,
            why_rule
        FROM mention JOIN document ON document.id = mention.doc;
    CREATE VIEW hops AS
        SELECT statement.doc, hop.statement, hop.position, manner, stance,
            (SELECT group_concat(coalesce(nullif(mentions.name, ''), mentions.words), ' and ')
                FROM json_each(sources) JOIN mentions ON mentions.id = value) AS sources,
            (SELECT group_concat(substr(text, json_extract(value, '$[0]') + 1,
                json_extract(value, '$[1]') - json_extract(value, '$[0]')), ' ... ') FROM json_each(cue)) AS cue,
            substr(text, json_extract(medium, '$[0]') + 1,
                json_extract(medium, '$[1]') - json_extract(medium, '$[0]')) AS medium,
            hop.why_rule
        FROM hop JOIN statement ON statement.id = hop.statement JOIN document ON document.id = statement.doc;
    CREATE VIEW statements AS
        SELECT statement.id, statement.doc, statement.place, document.name AS document, publisher, published,
            (SELECT group_concat(coalesce(sources, '(nobody named)'), ' < ')
                FROM (SELECT sources FROM hops WHERE hops.statement = statement.id ORDER BY position)) AS chain,
            (SELECT group_concat(substr(text, json_extract(value, '$[0]') + 1,
                json_extract(value, '$[1]') - json_extract(value, '$[0]')), ' ... ') FROM json_each(content)) AS words,
            wording, modality, polarity, inside, why_rule
        FROM statement JOIN document ON document.id = statement.doc;
    """,
    """
    CREATE TABLE loaded_word (
        id TEXT PRIMARY KEY, doc TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE, place INTEGER NOT NULL,
        span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, kind TEXT NOT NULL, voice TEXT NOT NULL, statement TEXT,
        why_rule TEXT NOT NULL, why_spans TEXT NOT NULL, why_score REAL, why_note TEXT NOT NULL
    ) STRICT;
    CREATE INDEX loaded_word_place ON loaded_word (doc, place, id);
    CREATE VIEW loaded_words AS
        SELECT loaded_word.id, loaded_word.doc, loaded_word.place, document.name AS document, publisher, published,
            substr(text, span_start + 1, span_end - span_start) AS words, kind, voice, statement, why_note AS reason,
            why_rule
        FROM loaded_word JOIN document ON document.id = loaded_word.doc;
    """,
    """
    UPDATE hop SET said = NULL;
    UPDATE seen SET version = '';
    CREATE TABLE timex (
        id TEXT PRIMARY KEY, doc TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE, place INTEGER NOT NULL,
        span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, kind TEXT NOT NULL, timex TEXT NOT NULL, first TEXT,
        last TEXT, anchor TEXT NOT NULL, until TEXT, why_rule TEXT NOT NULL, why_spans TEXT NOT NULL, why_score REAL,
        why_note TEXT NOT NULL
    ) STRICT;
    CREATE INDEX timex_place ON timex (doc, place, id);
    CREATE TABLE place (
        id TEXT PRIMARY KEY, doc TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE, place INTEGER NOT NULL,
        span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, name TEXT NOT NULL, gazetteer TEXT NOT NULL, lat REAL,
        lon REAL, radius_km REAL, role TEXT NOT NULL, anchors TEXT NOT NULL, candidates TEXT NOT NULL,
        why_rule TEXT NOT NULL, why_spans TEXT NOT NULL, why_score REAL, why_note TEXT NOT NULL
    ) STRICT;
    CREATE INDEX place_place ON place (doc, place, id);
    CREATE TABLE event (
        id TEXT PRIMARY KEY, doc TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE, place INTEGER NOT NULL,
        statement TEXT NOT NULL, trigger TEXT NOT NULL, code TEXT NOT NULL, mode TEXT NOT NULL,
        contexts TEXT NOT NULL, actors TEXT NOT NULL, recipients TEXT NOT NULL, counts TEXT NOT NULL,
        "when" TEXT NOT NULL, "where" TEXT NOT NULL, status TEXT NOT NULL, why_rule TEXT NOT NULL,
        why_spans TEXT NOT NULL, why_score REAL, why_note TEXT NOT NULL
    ) STRICT;
    CREATE INDEX event_place ON event (doc, place, id);
    CREATE TABLE causal_link (
        id TEXT PRIMARY KEY, doc TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE, place INTEGER NOT NULL,
        statement TEXT NOT NULL, cause TEXT NOT NULL, effect TEXT NOT NULL, signal TEXT NOT NULL, kind TEXT NOT NULL,
        negated INTEGER NOT NULL, hypothetical INTEGER NOT NULL, causes TEXT NOT NULL, effects TEXT NOT NULL,
        why_rule TEXT NOT NULL, why_spans TEXT NOT NULL, why_score REAL, why_note TEXT NOT NULL
    ) STRICT;
    CREATE INDEX causal_link_place ON causal_link (doc, place, id);
    CREATE TABLE consistency_check (
        id TEXT PRIMARY KEY, doc TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE, place INTEGER NOT NULL,
        rule TEXT NOT NULL, level TEXT NOT NULL, outcome TEXT NOT NULL, about TEXT NOT NULL, spans TEXT NOT NULL,
        message TEXT NOT NULL, nearest TEXT NOT NULL, why_rule TEXT NOT NULL, why_spans TEXT NOT NULL, why_score REAL,
        why_note TEXT NOT NULL
    ) STRICT;
    CREATE INDEX consistency_check_place ON consistency_check (doc, place, id);
    CREATE TABLE actor (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, aliases TEXT NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL,
        sectors TEXT NOT NULL, mentions TEXT NOT NULL, merges TEXT NOT NULL, why_rule TEXT NOT NULL,
        why_spans TEXT NOT NULL, why_score REAL, why_note TEXT NOT NULL
    ) STRICT;
    CREATE TABLE event_cluster (
        id TEXT PRIMARY KEY, events TEXT NOT NULL, why_rule TEXT NOT NULL, why_spans TEXT NOT NULL, why_score REAL,
        why_note TEXT NOT NULL
    ) STRICT;
    CREATE TABLE reuse_link (
        id TEXT PRIMARY KEY, "left" TEXT NOT NULL, "right" TEXT NOT NULL, kind TEXT NOT NULL, direction TEXT NOT NULL,
        credited INTEGER NOT NULL, passages TEXT NOT NULL, why_rule TEXT NOT NULL, why_spans TEXT NOT NULL,
        why_score REAL, why_note TEXT NOT NULL
    ) STRICT;
    CREATE TABLE citation (
        id TEXT PRIMARY KEY, doc TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE, statement TEXT,
        spans TEXT NOT NULL, target TEXT, name TEXT NOT NULL, why_rule TEXT NOT NULL, why_spans TEXT NOT NULL,
        why_score REAL, why_note TEXT NOT NULL
    ) STRICT;
    CREATE TABLE claim_cluster (
        id TEXT PRIMARY KEY, statements TEXT NOT NULL, origins TEXT NOT NULL, label TEXT NOT NULL,
        why_rule TEXT NOT NULL, why_spans TEXT NOT NULL, why_score REAL, why_note TEXT NOT NULL
    ) STRICT;
    CREATE TABLE contradiction (
        id TEXT PRIMARY KEY, "left" TEXT NOT NULL, "right" TEXT NOT NULL, kind TEXT NOT NULL, left_span TEXT NOT NULL,
        right_span TEXT NOT NULL, why_rule TEXT NOT NULL, why_spans TEXT NOT NULL, why_score REAL,
        why_note TEXT NOT NULL
    ) STRICT;
    CREATE TABLE relation (
        id TEXT PRIMARY KEY, subject TEXT NOT NULL, kind TEXT NOT NULL, object TEXT NOT NULL,
        statements TEXT NOT NULL, why_rule TEXT NOT NULL, why_spans TEXT NOT NULL, why_score REAL,
        why_note TEXT NOT NULL
    ) STRICT;
    CREATE TABLE pattern (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, claim TEXT NOT NULL, steps TEXT NOT NULL, why_rule TEXT NOT NULL,
        why_spans TEXT NOT NULL, why_score REAL, why_note TEXT NOT NULL
    ) STRICT;
    CREATE TABLE member (
        member TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (member, record)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX member_record ON member (record);
    CREATE TABLE changed (seq INTEGER PRIMARY KEY AUTOINCREMENT, doc TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE linker (name TEXT PRIMARY KEY, version TEXT NOT NULL, upto INTEGER NOT NULL) STRICT;
    CREATE TABLE linked_by (
        linker TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (linker, record)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO changed (doc) SELECT id FROM document ORDER BY id;

    CREATE VIEW times AS
        SELECT timex.id, timex.doc, timex.place, document.name AS document,
            substr(text, span_start + 1, span_end - span_start) AS words, kind, timex, first, last, anchor, why_note
        FROM timex JOIN document ON document.id = timex.doc;
    CREATE VIEW places AS
        SELECT place.id, place.doc, place.place, document.name AS document,
            substr(text, span_start + 1, span_end - span_start) AS words, place.name, gazetteer, lat, lon, radius_km,
            role, why_score AS confidence, why_note
        FROM place JOIN document ON document.id = place.doc;
    CREATE VIEW events AS
        SELECT event.id, event.doc, event.place, document.name AS document,
            (SELECT group_concat(substr(text, json_extract(value, '$[0]') + 1,
                json_extract(value, '$[1]') - json_extract(value, '$[0]')), ' ... ') FROM json_each(trigger)) AS words,
            code, mode, status, statement, why_score AS probability
        FROM event JOIN document ON document.id = event.doc;
    CREATE VIEW checks AS
        SELECT consistency_check.id, consistency_check.doc, consistency_check.place, document.name AS document, rule,
            level, outcome, message, nearest
        FROM consistency_check JOIN document ON document.id = consistency_check.doc;
    """,
    """
    UPDATE seen SET version = '';
    CREATE TABLE tie (
        id TEXT PRIMARY KEY, doc TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE, place INTEGER NOT NULL,
        statement TEXT NOT NULL, subject TEXT NOT NULL, kind TEXT NOT NULL, object TEXT NOT NULL, cue TEXT NOT NULL,
        status TEXT NOT NULL, aside INTEGER NOT NULL, "when" TEXT NOT NULL,
        why_rule TEXT NOT NULL, why_spans TEXT NOT NULL, why_score REAL, why_note TEXT NOT NULL
    ) STRICT;
    CREATE INDEX tie_place ON tie (doc, place, id);
    CREATE INDEX tie_statement ON tie (statement);
    ALTER TABLE relation ADD COLUMN status TEXT NOT NULL DEFAULT 'happened';
    CREATE VIEW ties AS
        SELECT tie.id, tie.doc, tie.place, document.name AS document,
            coalesce(nullif(one.name, ''), one.words) AS subject, tie.kind,
            coalesce(nullif(other.name, ''), other.words) AS object, tie.status, tie.statement, tie.why_note
        FROM tie JOIN document ON document.id = tie.doc
        JOIN mentions AS one ON one.id = tie.subject JOIN mentions AS other ON other.id = tie.object;
    CREATE VIEW relations AS
        SELECT relation.id, one.name AS subject, relation.kind, other.name AS object, status,
            json_array_length(statements) AS statements
        FROM relation JOIN actor AS one ON one.id = relation.subject JOIN actor AS other ON other.id = relation.object;
    """,
    """
    CREATE TABLE statement_vectors (
        doc TEXT PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE, version TEXT NOT NULL, day INTEGER NOT NULL,
        published TEXT NOT NULL, marks BLOB NOT NULL, words BLOB NOT NULL, frames BLOB NOT NULL, slots BLOB NOT NULL
    ) STRICT;
    """,
)
