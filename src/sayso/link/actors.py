"""Actors: mentions of several documents that are one, with the reason for each merge; never by a bare surname."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from sayso.link.change import Add, Change, LinkCase, Withdraw
from sayso.link.names import plain
from sayso.records import Actor, Document, Mention, MentionKind, Merge, Tie, Why, make_id

SAME_NAME = "same name"
ALIKE = 0.85  # share of letters two spellings of one name have in common; "Maria Marin" and "Mario Moran" have 0.82
# One word is enough to know a country, an organisation or a medium by; a person or a group needs two.
_ONE_WORD = (MentionKind.STATE, MentionKind.ORGANISATION, MentionKind.MEDIUM)
_SHORT = re.compile(r"\s*\(([A-Z][A-Za-z.]{1,9})\)")
_KNOWN_AS = re.compile(r",?\s+(?:also|formerly|previously|better)\s+known\s+as\s+((?:the\s+)?[A-Z]\w+(?:\s+[A-Z]\w+)*)")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}")
_VOWELS = re.compile(r"[aeiouyjhw]+")
_SOUNDS = (("ph", "f"), ("ck", "k"), ("q", "k"), ("c", "k"), ("z", "s"), ("v", "f"))
_TABLES = (
    "CREATE TABLE IF NOT EXISTS ix_actors_name (mention TEXT PRIMARY KEY, doc TEXT, key TEXT, name TEXT, kind TEXT, "
    "tied INTEGER)",
    "CREATE INDEX IF NOT EXISTS ix_actors_name_key ON ix_actors_name (key)",
    "CREATE INDEX IF NOT EXISTS ix_actors_name_doc ON ix_actors_name (doc)",
    "CREATE TABLE IF NOT EXISTS ix_actors_tie (doc TEXT, one TEXT, other TEXT, how TEXT, "
    "PRIMARY KEY (doc, one, other, how))",
    "CREATE INDEX IF NOT EXISTS ix_actors_tie_one ON ix_actors_tie (one)",
    "CREATE INDEX IF NOT EXISTS ix_actors_tie_other ON ix_actors_tie (other)",
    "CREATE TABLE IF NOT EXISTS ix_actors_sound (key TEXT PRIMARY KEY, sound TEXT)",
    "CREATE INDEX IF NOT EXISTS ix_actors_sound_sound ON ix_actors_sound (sound)",
    "CREATE TABLE IF NOT EXISTS ix_actors_form (form TEXT, key TEXT, short INTEGER, PRIMARY KEY (form, key))",
    "CREATE INDEX IF NOT EXISTS ix_actors_form_key ON ix_actors_form (key)",
    "CREATE TABLE IF NOT EXISTS ix_actors_actor (key TEXT PRIMARY KEY, actor TEXT)",
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A mention as the index holds it."""

    mention: str
    doc: str
    key: str
    name: str
    kind: MentionKind
    tied: bool


def actors(case: LinkCase, changed: frozenset[str]) -> Iterable[Change]:
    """Who is one across documents: an `Actor` with its mentions and a `Merge` for each, which a person can undo.

    Merged are mentions of the same full name; a name and the short form or other name that a text states for it ("the
    Harrow Front (HF)", "also known as the Free Delta Movement"); and two spellings of a person's name that sound alike
    and differ in few letters; and initials ("HF", "E. Wick") with the one name of the case that has them. A short form
    that the case states for two names, or that fits two, belongs to neither. A name that stands
    alone is an actor only where the text says what it is to somebody else.

    Blind spots: two people of one name; nicknames; offices ("the minister"); capitals that stand for governments.
    """
    db = case.db
    for table in _TABLES:
        db.execute(table)
    keys = {row[0] for doc in changed for row in db.execute("SELECT key FROM ix_actors_name WHERE doc = ?", (doc,))}
    for doc in changed:
        keys |= {key for row in db.execute("SELECT one, other FROM ix_actors_tie WHERE doc = ?", (doc,)) for key in row}
    for doc in sorted(changed):
        db.execute("DELETE FROM ix_actors_name WHERE doc = ?", (doc,))
        db.execute("DELETE FROM ix_actors_tie WHERE doc = ?", (doc,))
        for document in case.of(Document, doc):
            tied = {id for tie in case.of(Tie, doc) for id in (tie.subject, tie.object)}
            keys |= _index(db, document, ((one, one.id in tied) for one in case.of(Mention, doc)))
    yield from _changes(db, _reached(db, keys))


def _index(db: sqlite3.Connection, document: Document, mentions: Iterable[tuple[Mention, bool]]) -> set[str]:
    """Put a document's names in, with whether a tie needs each; their keys, with those stated to be the same."""
    keys = set[str]()
    for mention, tied in mentions:
        key = plain(mention.name)
        alone = len(key.split()) < 2 and mention.kind not in _ONE_WORD and not _ACRONYM.fullmatch(mention.name)
        if not mention.named or alone or not key:
            continue
        keys.add(key)
        db.execute(
            "INSERT OR REPLACE INTO ix_actors_name VALUES (?, ?, ?, ?, ?, ?)",
            (mention.id, document.id, key, mention.name, str(mention.kind), tied),
        )
        db.execute("INSERT OR IGNORE INTO ix_actors_sound VALUES (?, ?)", (key, sound(key)))
        for form, short in _forms(mention.name, mention.kind):
            db.execute("INSERT OR IGNORE INTO ix_actors_form VALUES (?, ?, ?)", (form, key, short))
        for other, how in _stated(document.text, mention):
            keys.add(other)
            db.execute("INSERT OR IGNORE INTO ix_actors_tie VALUES (?, ?, ?, ?)", (document.id, key, other, how))
    return keys


def _stated(text: str, mention: Mention) -> Iterator[tuple[str, str]]:
    """Other names that the text states right behind a mention."""
    for span in mention.spans:
        short, known = _SHORT.match(text, span.end), _KNOWN_AS.match(text, span.end)
        if short and _initials(mention.name) == short[1].replace(".", "").casefold():
            yield plain(short[1]), "short form stated"
        if known:
            yield plain(known[1]), "other name stated"


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[A-Z]\w*", name)).casefold()


def _forms(name: str, kind: MentionKind) -> Iterator[tuple[str, bool]]:
    """What initials a name is (True) or has (False): "HF" is "=hf", "E. Wick" is "e wick", which "Edda Wick" has."""
    words = plain(name).split()
    if _ACRONYM.fullmatch(name):
        yield f"={name.replace('.', '').casefold()}", True
    elif kind is MentionKind.PERSON and len(words) > 1:
        yield f"{words[0][0]} {words[-1]}", len(words[0]) == 1
    elif kind is not MentionKind.PERSON and len(initials := _initials(name)) > 1:
        yield f"={initials}", False


def sound(key: str) -> str:
    """The consonants of a name, those that alphabets render in several ways made one: "Tavaste" sounds as "Tawasti"."""
    words = []
    for word in key.split():
        for written, read in (("w", "v"), *_SOUNDS):
            word = word.replace(written, read)
        words.append(word[:1] + re.sub(r"(.)\1+", r"\1", _VOWELS.sub("", word[1:])))
    return " ".join(words)


def _reached(db: sqlite3.Connection, keys: set[str]) -> set[str]:
    """These names and all that may be the same as one of them, however far."""
    found, waiting = set(keys), sorted(keys)
    while waiting:
        for other in _near(db, waiting.pop()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def _near(db: sqlite3.Connection, key: str) -> set[str]:
    found = {row[0] for row in db.execute("SELECT other FROM ix_actors_tie WHERE one = ?", (key,))}
    found |= {row[0] for row in db.execute("SELECT one FROM ix_actors_tie WHERE other = ?", (key,))}
    if len(key.split()) > 1:
        found |= {row[0] for row in db.execute("SELECT key FROM ix_actors_sound WHERE sound = ?", (sound(key),))}
    forms = "SELECT o.key FROM ix_actors_form f JOIN ix_actors_form o ON o.form = f.form WHERE f.key = ?"
    found |= {row[0] for row in db.execute(forms, (key,))}
    return found


def _changes(db: sqlite3.Connection, keys: set[str]) -> Iterator[Change]:
    old = set[str]()
    held: dict[str, list[_Named]] = {}
    for key in sorted(keys):
        old |= {row[0] for row in db.execute("SELECT actor FROM ix_actors_actor WHERE key = ?", (key,))}
        db.execute("DELETE FROM ix_actors_actor WHERE key = ?", (key,))
        sql = "SELECT mention, doc, key, name, kind, tied FROM ix_actors_name WHERE key = ? ORDER BY doc, mention"
        rows = [_named(row) for row in db.execute(sql, (key,))]
        if rows:
            held[key] = rows
    made = {}
    for group, reasons in _groups(db, held):
        named = [one for key in group for one in held[key]]
        if len(named) > 1 or named[0].tied:
            made[make_id("actor", group[0])] = (group, named, reasons)
    yield from (Withdraw(id) for id in sorted(old - set(made)))
    for id, (group, named, reasons) in sorted(made.items()):
        db.executemany("INSERT INTO ix_actors_actor VALUES (?, ?)", [(key, id) for key in group])
        yield Add(_actor(id, named, reasons), frozenset(one.doc for one in named))


def _named(row: tuple[Any, ...]) -> _Named:
    id, doc, key, name, kind, tied = row
    return _Named(id, doc, key, name, MentionKind(kind), bool(tied))


def _groups(db: sqlite3.Connection, held: dict[str, list[_Named]]) -> list[tuple[list[str], dict[str, str]]]:
    """Names that are one actor's, sorted, and for each but the first why it is."""
    parent = {key: key for key in held}
    reasons: dict[str, str] = {}
    for one, other, how in _ties(db, held):
        roots = sorted(_root(parent, key) for key in (one, other))
        if roots[0] != roots[1]:
            parent[roots[1]] = roots[0]
            reasons[max(one, other)] = how
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(held):
        groups[_root(parent, key)].append(key)
    return [(group, {key: reasons.get(key, SAME_NAME) for key in group}) for _, group in sorted(groups.items())]


def _ties(db: sqlite3.Connection, held: dict[str, list[_Named]]) -> Iterator[tuple[str, str, str]]:
    """Pairs of names that are one, and why."""
    for key in sorted(held):
        stated = set(db.execute("SELECT one, how FROM ix_actors_tie WHERE other = ?", (key,)))
        if len({one for one, _ in stated}) == 1:
            yield from ((one, key, how) for one, how in sorted(stated) if one in held)
        if not stated:
            yield from _initialled(held, key)
    sounds: defaultdict[str, list[str]] = defaultdict(list)
    for key, named in sorted(held.items()):
        if len(key.split()) > 1 and any(one.kind is MentionKind.PERSON for one in named):
            sounds[sound(key)].append(key)
    for alike in sounds.values():
        for n, one in enumerate(alike):
            for other in alike[:n]:
                if SequenceMatcher(None, one, other).ratio() >= ALIKE:
                    yield other, one, f"spelt alike: {other}, {one}"


def _initialled(held: dict[str, list[_Named]], key: str) -> Iterator[tuple[str, str, str]]:
    """The one name that a short form is the initials of."""
    is_ = {form for one in held[key] for form, short in _forms(one.name, one.kind) if short}
    has = {
        other
        for other, named in held.items()
        if any(form in is_ and not short for one in named for form, short in _forms(one.name, one.kind))
    }
    if len(has) == 1 and key not in has:
        (other,) = has
        yield other, key, f"initials of {other}"


def _root(parent: dict[str, str], key: str) -> str:
    while parent[key] != key:
        key = parent[key]
    return key


def _actor(id: str, named: list[_Named], reasons: dict[str, str]) -> Actor:
    names = Counter(one.name for one in named)
    best = min(names, key=lambda name: (-names[name], -len(name), name))
    kinds = Counter(one.kind for one in named)
    first = min(named, key=lambda one: (one.doc, one.mention))
    return Actor(
        id=id,
        name=best,
        aliases=tuple(sorted(set(names) - {best})),
        kind=min(kinds, key=lambda kind: (-kinds[kind], str(kind))),
        country="",
        sectors=(),
        mentions=tuple(sorted(one.mention for one in named)),
        merges=tuple(
            Merge(first.mention, one.mention, Why("actors", note=_reason(reasons, first.key, one.key)))
            for one in named
            if one is not first
        ),
        why=Why("actors", note=f"{len(named)} mentions, {len(names)} names"),
    )


def _reason(reasons: Mapping[str, str], one: str, other: str) -> str:
    """Why two names of a group are one: what ties the other to the group, else what ties the first."""
    told = [reasons[key] for key in (other, one) if reasons[key] != SAME_NAME]
    return told[0] if told and one != other else SAME_NAME
