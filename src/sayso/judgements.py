"""A person's word on a record: kept for good, and found its place again after every new analysis.

A record that a later analysis gives the same id keeps its judgements. Where the id is gone, the anchor
looks for the same words of the same kind in the same document (by name, or what replaced it), with the
same chain or the same surroundings; one that finds no place is listed as unattached, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sayso.errors import UsageError
from sayso.filing import write_judgement
from sayso.records import (
    Judgement,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    Span,
    Statement,
    Verdict,
    Wording,
    make_id,
)
from sayso.rows import safe
from sayso.store import CaseFile

AROUND = 32  # characters either side
Judged = Statement | Mention

# What an edit may correct, and the values it may take; None is any text.
FIELDS: dict[type, dict[str, type[StrEnum] | None]] = {
    Statement: {"wording": Wording, "modality": Modality, "polarity": Polarity, "chain": None},
    Mention: {"kind": MentionKind, "name": None},
}


@dataclass(frozen=True, slots=True)
class Attached:
    """A judgement and the record it now belongs to, None where it finds no place."""

    judgement: Judgement
    record: Judged | None


def judge(
    case: CaseFile, id: str, verdict: str, *, change: dict[str, str] | None = None, by: str = "", note: str = ""
) -> Judgement:
    """Append a word on a statement or mention: accept, reject, or edit with the corrected fields.

    `id` may be the beginning of one. Raises UsageError for an unknown id, verdict, field or value.
    """
    record = case.get(case.whole_id(id))
    if not isinstance(record, Statement | Mention):
        raise UsageError(f"{id} is neither a statement nor a mention: only these can be judged.")
    if verdict not in list(Verdict):
        raise UsageError(f"Unknown verdict {verdict!r}: say accept, reject or edit.")
    if (verdict == Verdict.EDIT) != bool(change):
        raise UsageError("An edit names the corrected fields, such as --set modality=planned; the others name none.")
    for field, value in (change or {}).items():
        _check_change(type(record), field, value)
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    judgement = Judgement("", record.id, anchor(case, record), Verdict(verdict), dict(change or {}), by, at, note)
    judgement = replace(judgement, id=judgement_id(judgement))
    write_judgement(case, judgement)
    return judgement


def judgement_id(word: Judgement) -> str:
    """The id of a judgement: all that the person said, and when."""
    changed = tuple(sorted(word.change.items()))
    return make_id("judgement", word.about, str(word.verdict), changed, word.by, word.at, word.note)


def judged(case: CaseFile) -> Iterator[Attached]:
    """Every judgement with the record it belongs to now, oldest first."""
    for judgement in case.judgements:
        yield Attached(judgement, place(case, judgement))


def place(case: CaseFile, judgement: Judgement) -> Judged | None:
    """The record that a judgement belongs to now: by id, else by anchor."""
    found: Judged | None = case.find(judgement.about)
    return found or _nearest(case, judgement.anchor)


def latest(case: CaseFile) -> dict[str, Judgement]:
    """The last word on each record, by the record's id now."""
    return {one.record.id: one.judgement for one in judged(case) if one.record}


def anchor(case: CaseFile, record: Judged) -> dict[str, Any]:
    """What finds a record again: its words, 32 characters either side, kind, chain, document and place."""
    spans = spans_of(record)
    doc = case.get(spans[0].doc)
    before, _ = case.around(spans[0], AROUND)
    _, after = case.around(spans[-1], AROUND)
    return {
        "doc": doc.name,
        "id": doc.id,
        "kind": _kind(record),
        "words": [case.quote(span) for span in spans],
        "before": before,
        "after": after,
        "chain": _chain(case, record),
        "start": spans[0].start,
    }


def spans_of(record: Judged) -> tuple[Span, ...]:
    """Where a record's words stand."""
    return record.content if isinstance(record, Statement) else record.spans


def _nearest(case: CaseFile, anchor: dict[str, Any]) -> Judged | None:
    kind: Any = Statement if anchor["kind"] == "statement" else Mention
    ranked = []
    for doc in _documents(case, anchor):
        for record in case.of(kind, doc):
            if (likeness := _likeness(case, record, anchor)) is not None:
                ranked.append((likeness, record.id, record))
    return min(ranked, key=lambda rank: rank[:2])[2] if ranked else None


def _likeness(case: CaseFile, record: Judged, wanted: dict[str, Any]) -> tuple[int, int, int] | None:
    """How near a record is to an anchor, the smaller the nearer; None where it is not the one.

    The same words alone are not enough: "Yes." may be said by several.
    """
    if [case.quote(span) for span in spans_of(record)] != wanted["words"]:
        return None
    own = anchor(case, record)
    moved = (own["before"], own["after"]) != (wanted["before"], wanted["after"])
    other_chain = own["chain"] != wanted["chain"]
    if moved and other_chain:
        return None
    return int(other_chain), int(moved), abs(own["start"] - wanted["start"])


def _documents(case: CaseFile, anchor: dict[str, Any]) -> list[str]:
    """The documents where an anchor may lie: those of the same name, and those that replaced its own."""
    sql = """SELECT id FROM document WHERE superseded IS NULL AND (name = ?1 OR id = ?2 OR id IN (
                 SELECT doc FROM seen_document WHERE location = (SELECT superseded FROM document WHERE id = ?2)))
             ORDER BY id"""
    return [row[0] for row in case.rows(sql, safe(anchor["doc"]), anchor["id"])]


def _kind(record: Judged) -> str:
    return "statement" if isinstance(record, Statement) else "mention"


def _chain(case: CaseFile, record: Judged) -> list[list[str]]:
    """The words of each hop's sources."""
    hops = record.chain if isinstance(record, Statement) else ()
    found = [[case.find(source) for source in hop.sources] for hop in hops]
    return [[case.quote(mention.spans[0]) for mention in sources if mention] for sources in found]


def _check_change(kind: type, field: str, value: str) -> None:
    fields = FIELDS[kind]
    if field not in fields:
        known = ", ".join(fields)
        raise UsageError(f"{field!r} of a {kind.__name__.lower()} cannot be corrected: choose from {known}.")
    allowed = fields[field]
    if allowed is not None and value not in list(allowed):
        raise UsageError(f"{field} cannot be {value!r}: choose from {', '.join(allowed)}.")
