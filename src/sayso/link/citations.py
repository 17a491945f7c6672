"""Citations: which document a text points its readers to, by an outlet's name in a chain, a hyperlink or a credit."""

from __future__ import annotations

import re
import sqlite3
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlsplit

from sayso.link.change import Add, Change, LinkCase, Withdraw
from sayso.link.lexical import stems
from sayso.link.names import outlet, plain
from sayso.records import (
    Citation,
    Document,
    Hop,
    Mention,
    MentionKind,
    PartKind,
    ReuseDirection,
    ReuseLink,
    Span,
    Statement,
    Why,
    key,
    make_id,
)
from sayso.text import sentences

ALIKE = 0.5  # of the content's words that the document meant holds
FEW = 4  # words of a content that is too short to tell documents apart: then its sentence is compared
KEPT = 512  # texts in memory at a time
LATEST = 200  # documents of one outlet that are looked at, the latest before the citing one
_PROSE = (PartKind.BODY, PartKind.CAPTION, PartKind.QUOTE, PartKind.LIST)
_DATELINE = re.compile(r"\A[^\n]{0,40}?[(\[]([A-Z][\w.&' -]{1,40})[)\]]\s*[-–—:]")
_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(Z|z|[+-]\d\d(?::?\d\d)?)?)?)?)?"
)
_RELATIVE = ("which", "who")
_NAME_BEFORE = re.compile(r"((?:[A-Z][\w.&'’-]*)(?: [A-Z][\w.&'’-]*)*),? \Z")
_TABLES = """
    CREATE TABLE IF NOT EXISTS ix_citations_document (
        doc TEXT PRIMARY KEY, name TEXT NOT NULL, short TEXT NOT NULL, url TEXT NOT NULL, published TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS ix_citations_document_name ON ix_citations_document (name, published);
    CREATE INDEX IF NOT EXISTS ix_citations_document_short ON ix_citations_document (short);
    CREATE INDEX IF NOT EXISTS ix_citations_document_url ON ix_citations_document (url);
    CREATE TABLE IF NOT EXISTS ix_citations_cited (
        cited TEXT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (cited, doc)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS ix_citations_cited_doc ON ix_citations_cited (doc)
"""


@dataclass(frozen=True, slots=True)
class Cited:
    """A place where a document cites: the outlet's `name` or the address `url`, and by what (`how`).

    `content` are the words that it is cited for, "" where it is cited for the text. `sure` is False where the name is
    an outlet's only if the case holds a document of it.
    """

    statement: str | None
    spans: tuple[Span, ...]
    name: str
    url: str
    content: str
    how: str
    sure: bool = True

    @property
    def keys(self) -> tuple[str, ...]:
        """Under what the index lists it."""
        return (_address(self.url),) if self.url else outlet(self.name)


def citations(case: LinkCase, changed: frozenset[str]) -> Iterable[Change]:
    """Which document a text cites: "NBC reported", "according to the Tessel Times", hyperlinks, embeds, credit lines.

    The cited document is that of the named outlet, not later than the citing one, that has the words it is cited for;
    of several the one with most of them, then the latest. A hyperlink means the page at its address. Where the case
    holds no such document the citation names one that is not in hand: the lineage is not recorded beyond here.

    Blind spots: "local media", "the paper" and other outlets without a name; an outlet's name that is also a town's
    or a person's; a reworded report with other words throughout.
    """
    desk = _Desk(case.db)
    read = lru_cache(KEPT)(lambda id: next(case.of(Document, id), None))
    reached = set(changed)
    for id in sorted(changed):
        reached |= desk.file(id, read(id))
    return [change for id in sorted(reached) for change in _changes(case, desk, read, id)]


class _Desk:
    """The linker's tables: the outlets and addresses of documents, and which documents cite them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        for statement in _TABLES.split(";"):
            db.execute(statement)

    def file(self, id: str, document: Document | None) -> set[str]:
        """Note a document's outlet, address and date; the documents that cite what it was or is."""
        sql = "SELECT name, short, url, published FROM ix_citations_document WHERE doc = ?"
        old = self._db.execute(sql, (id,)).fetchone()
        new = _facts(document) if document else None
        if old == new:
            return set()
        self._db.execute("DELETE FROM ix_citations_document WHERE doc = ?", (id,))
        if new:
            self._db.execute("INSERT INTO ix_citations_document VALUES (?, ?, ?, ?, ?)", (id, *new))
        keys = {key for facts in (old, new) if facts for key in facts[:3] if key}
        found = (self._db.execute("SELECT doc FROM ix_citations_cited WHERE cited = ?", (key,)) for key in sorted(keys))
        return {row[0] for rows in found for row in rows}

    def cites(self, id: str, keys: Iterable[str]) -> None:
        """Note what a document cites, in place of what was noted before."""
        self._db.execute("DELETE FROM ix_citations_cited WHERE doc = ?", (id,))
        rows = [(key, id) for key in sorted(set(keys)) if key]
        self._db.executemany("INSERT INTO ix_citations_cited VALUES (?, ?)", rows)

    def of(self, cited: Cited, citing: Document) -> list[str]:
        """The documents that may be meant, the latest first; none later than the citing one, nor itself."""
        if cited.url:
            sql = "SELECT doc FROM ix_citations_document WHERE url = ?1 AND doc <> ?2 ORDER BY doc"
            return [row[0] for row in self._db.execute(sql, (_address(cited.url), citing.id))]
        name, short = cited.keys
        until = _moment(citing.published.value, end=True) if citing.published else ""
        sql = """
            SELECT doc FROM ix_citations_document
            WHERE (name = ?1 OR name = ?2 AND ?2 <> '' OR short = ?1 AND short <> '')
                AND doc <> ?3 AND (published <= ?4 OR ?4 = '')
            ORDER BY published DESC, doc LIMIT ?5
        """
        return [row[0] for row in self._db.execute(sql, (name, short, citing.id, until, LATEST))]


def _changes(case: LinkCase, desk: _Desk, read: Callable[[str], Document | None], id: str) -> Iterator[Change]:
    """The citations of one document that are new, changed or gone."""
    document = read(id)
    old = {one.id: one for one in case.about(Citation, id) if one.doc == id}
    found = list(_cited(case, document)) if document else []
    desk.cites(id, (key for cited in found for key in cited.keys))
    new = {one.id: one for cited in found if document and (one := _citation(desk, read, document, cited))}
    yield from (Withdraw(gone) for gone in sorted(old.keys() - new.keys()))
    yield from (Add(new[one]) for one in sorted(new) if old.get(one) != new[one])


def _cited(case: LinkCase, document: Document) -> Iterator[Cited]:
    """Every place where a document cites."""
    yield from _in_chains(case, document)
    yield from _by_links(document)
    yield from _by_credit(case, document)


def _in_chains(case: LinkCase, document: Document) -> Iterator[Cited]:
    mentions = {mention.id: mention for mention in case.of(Mention, document.id)}
    for statement in case.of(Statement, document.id):
        content = " … ".join(case.quote(span) for span in statement.content)
        for source, hop in _sources(statement.chain):
            mention = mentions.get(source)
            if mention and mention.named and mention.kind is not MentionKind.PERSON:
                spans = (*mention.spans, *hop.cue)
                words = content if len(stems(content)) >= FEW else _sentence(document, mention.spans[0])
                sure = mention.kind is MentionKind.MEDIUM
                yield Cited(statement.id, spans, mention.name, "", words, "named in the chain", sure)
            elif mention and (name := _antecedent(document, mention)):
                spans = (name, *hop.cue)
                yield Cited(statement.id, spans, case.quote(name), "", content, "named right before", sure=False)


def _antecedent(document: Document, mention: Mention) -> Span | None:
    """The name that a relative pronoun stands behind ("the Vell Courier, which said")."""
    first = mention.spans[0]
    if document.text[first.start : first.end] not in _RELATIVE:
        return None
    found = _NAME_BEFORE.search(document.text[: first.start])
    return Span(document.id, *found.span(1)) if found else None


def _sentence(document: Document, span: Span) -> str:
    """The sentence around a span."""
    bounds = sentences(document.text)
    return next((document.text[a:b] for a, b in bounds if a <= span.start < b), "")


def _sources(chain: Sequence[Hop]) -> Iterator[tuple[str, Hop]]:
    for hop in chain:
        for source in (*hop.sources, *([hop.addressee] if hop.addressee else [])):
            yield source, hop


def _by_links(document: Document) -> Iterator[Cited]:
    """Hyperlinks in the prose to another page: anything but the document's own address and its own site's furniture."""
    prose = [part.span for part in document.parts if part.kind in _PROSE] if document.parts else None
    own = _address(document.url.value) if document.url else ""
    for link in document.links:
        inside = prose is None or any(part.start <= link.span.start < part.end for part in prose)
        address = _address(link.href)
        if inside and address and address != own:
            yield Cited(None, (link.span,), "", link.href, "", "by a hyperlink")


def _by_credit(case: LinkCase, document: Document) -> Iterator[Cited]:
    """Outlets credited with the text: those that reuse was found to name, and a name in brackets in the dateline."""
    for link in sorted(case.about(ReuseLink, document.id), key=lambda one: one.id):
        if link.left == document.id and link.direction is ReuseDirection.LEFT_FROM_RIGHT:
            credits = tuple(span for span in link.why.spans if span.doc == document.id)
            right = next(case.of(Document, link.right), None)
            if any(passage.credited for passage in link.passages) and credits and right and right.publisher:
                yield Cited(None, credits, right.publisher.value, "", document.text, "by a credit")
                return
    if found := _DATELINE.match(document.text):
        span = Span(document.id, *found.span(1))
        yield Cited(None, (span,), found[1], "", document.text, "by a credit in the dateline")


def _citation(desk: _Desk, read: Callable[[str], Document | None], citing: Document, cited: Cited) -> Citation | None:
    """The citation of one place; None where the name is no outlet's, or the document's own."""
    if not cited.url and _is_own(citing, cited.name):
        return None
    candidates = desk.of(cited, citing)
    if not cited.sure and not candidates:
        return None
    target, note = _meant(cited, candidates, read)
    known = read(target) if target else None
    name = known.publisher.value if known and known.publisher else cited.name or cited.url
    id = make_id(
        "citation", citing.id, cited.statement, tuple(key(span) for span in cited.spans), cited.name, cited.url
    )
    why = Why(f"{citations.__module__}.{citations.__name__}", cited.spans, None, f"{cited.how}; {note}")
    return Citation(id, citing.id, cited.statement, cited.spans, target, name, why)


def _meant(cited: Cited, candidates: Sequence[str], read: Callable[[str], Document | None]) -> tuple[str | None, str]:
    """The document that is meant, and why it is or why none is."""
    if cited.url:
        return (candidates[0], "its address") if candidates else (None, "no document with this address in hand")
    if not candidates:
        return None, "no earlier document of this outlet in hand"
    wanted = frozenset(stems(cited.content))
    shares = [(_share(wanted, document.text) if (document := read(id)) else 0.0) for id in candidates]
    best = max(range(len(shares)), key=lambda n: (shares[n], -n))
    if shares[best] < ALIKE:
        return None, "no document of this outlet in hand has these words"
    return candidates[best], f"the latest of this outlet with most of the words ({shares[best]:.0%})"


def _share(wanted: frozenset[str], text: str) -> float:
    return len(wanted & frozenset(stems(text))) / max(len(wanted), 1)


def _facts(document: Document) -> tuple[str, str, str, str]:
    url = _address(document.url.value) if document.url else ""
    published = _moment(document.published.value) if document.published else ""
    return (*outlet(document.publisher.value if document.publisher else ""), url, published)


def _is_own(document: Document, name: str) -> bool:
    """Whether a name is that of the document's own outlet: all of it, its initials, or its last words ("the Mail")."""
    full, short = outlet(document.publisher.value if document.publisher else "")
    cited = plain(name)
    return bool(full) and (cited in (full, short) or full.endswith(f" {cited}"))


def _moment(published: str, *, end: bool = False) -> str:
    """The first moment, or with `end` the last, that a date may mean, in UTC; "" where it is none.

    A month, a day or an hour is as long as it is: a text of some day may cite what came out late that day. A time
    without a zone is taken for UTC.
    """
    if not (found := _DATE.fullmatch(published.strip())):
        return ""
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        last = monthrange(int(year), int(month or 12))[1]
        date = (int(year), int(month or (12 if end else 1)), int(day or (last if end else 1)))
        time = (int(hour or 23 * end), int(minute or 59 * end), int(second or 59 * end))
        made = datetime.fromisoformat(datetime(*date, *time).isoformat() + _zone(zone))
        return made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    except (ValueError, OverflowError):
        return ""


def _zone(zone: str | None) -> str:
    if zone in (None, "Z", "z"):
        return "+00:00"
    return zone if ":" in str(zone) else f"{str(zone)[:3]}:{str(zone)[3:] or '00'}"


def _address(url: str) -> str:
    """An address for comparing: without scheme, "www.", query, fragment and last slash; "" for one that is no page."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return parts.netloc.lower().removeprefix("www.") + parts.path.rstrip("/")
