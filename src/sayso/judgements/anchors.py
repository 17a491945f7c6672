"""Anchors: what finds a judged record again after a new analysis.

A record of one document is found by its words with their surroundings, or by its words and its chain; one across
documents by the members that it was made of. What finds no place is listed as unattached, never dropped.
"""

from __future__ import annotations

from typing import Any

from sayso.errors import UsageError
from sayso.records import (
    FOUND,
    LINKED,
    TYPES,
    Actor,
    Citation,
    ClaimCluster,
    Document,
    EventCluster,
    Found,
    Judgement,
    Linked,
    Pattern,
    Relation,
    Span,
    Statement,
    spans_of,
)
from sayso.rows import safe
from sayso.store import CaseFile

AROUND = 32  # characters either side
MEMBERS = 8  # of a cluster that are remembered: enough to know it by most of them
Judged = Found | Linked
_NAMES = {kind: name for name, kind in TYPES.items()}


def anchor(case: CaseFile, record: Any) -> dict[str, Any]:
    """What finds a record again. For one of a document: its words, 32 characters either side, kind, chain and place."""
    if isinstance(record, Document):
        return {"doc": record.name, "id": record.id, "kind": "document", "words": []}
    if type(record) in LINKED:
        return _anchor_of_members(case, record)
    spans = words_of(record)
    doc = case.get(spans[0].doc)
    before, _ = case.around(spans[0], AROUND)
    _, after = case.around(spans[-1], AROUND)
    return {
        "doc": doc.name,
        "id": doc.id,
        "kind": _NAMES[type(record)],
        "words": [case.quote(span) for span in spans],
        "before": before,
        "after": after,
        "chain": _chain(case, record),
        "start": spans[0].start,
    }


def place(case: CaseFile, judgement: Judgement) -> Any:
    """The record that a judgement belongs to now: by id, else by anchor; None where it finds no place."""
    return case.find(judgement.about) or find(case, judgement.anchor)


def find(case: CaseFile, anchor: dict[str, Any]) -> Any:
    """The record of an anchor, None where there is none."""
    kind = TYPES.get(anchor.get("kind", ""))
    if kind is Document:
        return next((case.find(id) for id in _documents(case, anchor)), None)
    if kind in LINKED:
        return _nearest_of_members(case, kind, anchor)
    return _nearest(case, kind, anchor) if kind in FOUND else None


def words_of(record: Any) -> tuple[Span, ...]:
    """Where a record's words stand; `()` for one across documents."""
    return spans_of(record) if type(record) in FOUND else ()


def members_of(record: Any) -> tuple[str, ...]:
    """The ids of what a record across documents was made of."""
    match record:
        case Actor():
            return record.mentions
        case EventCluster():
            return record.events
        case ClaimCluster() | Relation():
            return record.statements
        case Citation():
            return (record.statement or record.doc,)
        case Pattern():
            return (record.claim,)
        case _:
            return (record.left, record.right)


def _anchor_of_members(case: CaseFile, record: Any) -> dict[str, Any]:
    found = [case.find(id) for id in members_of(record)[:MEMBERS]]
    members = [{"about": one.id, **anchor(case, one)} for one in found if one]
    doc = next((one["doc"] for one in members), "")
    return {"doc": doc, "kind": _NAMES[type(record)], "words": [], "members": members, "sort": _sort(record)}


def _sort(record: Any) -> str:
    """Of what kind a record is among those that share its members."""
    return str(getattr(record, "kind", "")) if not isinstance(record, Actor) else ""


def _nearest_of_members(case: CaseFile, kind: Any, wanted: dict[str, Any]) -> Any:
    shared: dict[str, int] = {}
    for member in wanted.get("members", []):
        one = case.find(member["about"]) or find(case, member)
        for record in case.about(kind, one.id) if one else ():
            if _sort(record) == wanted["sort"]:
                shared[record.id] = shared.get(record.id, 0) + 1
    best = min(shared, key=lambda id: (-shared[id], id), default=None)
    return case.find(best) if best else None


def _nearest(case: CaseFile, kind: Any, wanted: dict[str, Any]) -> Any:
    ranked = []
    for doc in _documents(case, wanted):
        for record in case.of(kind, doc):
            if (likeness := _likeness(case, record, wanted)) is not None:
                ranked.append((likeness, record.id, record))
    return min(ranked, key=lambda rank: rank[:2])[2] if ranked else None


def _likeness(case: CaseFile, record: Any, wanted: dict[str, Any]) -> tuple[int, int, int] | None:
    """How near a record is to an anchor, the smaller the nearer; None where it is not the one.

    The same words alone are not enough: "Yes." may be said by several, and a text may name many Mondays.
    """
    if [case.quote(span) for span in words_of(record)] != wanted["words"]:
        return None
    own = anchor(case, record)
    moved = (own["before"], own["after"]) != (wanted["before"], wanted["after"])
    other_chain = own["chain"] != wanted["chain"]
    elsewhere = own["before"] != wanted["before"] and own["after"] != wanted["after"]
    if moved and (other_chain or (elsewhere and not own["chain"])):
        return None
    return int(other_chain), int(moved), abs(own["start"] - wanted["start"])


def _documents(case: CaseFile, anchor: dict[str, Any]) -> list[str]:
    """The documents where an anchor may lie: those of the same name, and those that replaced its own."""
    sql = """SELECT id FROM document WHERE superseded IS NULL AND (name = ?1 OR id = ?2 OR id IN (
                 SELECT doc FROM seen_document WHERE location = (SELECT superseded FROM document WHERE id = ?2)))
             ORDER BY id"""
    return [row[0] for row in case.rows(sql, safe(anchor["doc"]), anchor.get("id", ""))]


def _chain(case: CaseFile, record: Any) -> list[list[str]]:
    """The words of each hop's sources."""
    hops = record.chain if isinstance(record, Statement) else ()
    found = [[case.find(source) for source in hop.sources] for hop in hops]
    return [[case.quote(mention.spans[0]) for mention in sources if mention] for sources in found]


def judgeable(case: CaseFile, id: str) -> Any:
    """The record that a person wants to judge. Raises UsageError where it is none that can be."""
    record = case.get(case.whole_id(id))
    if type(record) not in (*FOUND, *LINKED):
        raise UsageError(f"{id} is neither found in a text nor linked across texts: only what is found can be judged.")
    return record
