"""Clusters as people put them: a pair of members that are the same joins two groups, a different one leaves its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sayso.judgements.anchors import members_of
from sayso.judgements.fields import BY_HAND, SAME
from sayso.records import (
    Actor,
    ClaimCluster,
    Event,
    EventCluster,
    Mention,
    Origin,
    OriginLabel,
    Statement,
    Why,
    make_id,
)
from sayso.store import CaseFile

# Of which records across documents a record can be a member.
CLUSTERS: dict[type, type] = {Mention: Actor, Statement: ClaimCluster, Event: EventCluster}
_FIELD = {Actor: "mentions", ClaimCluster: "statements", EventCluster: "events"}
_PREFIX = {Actor: "actor", ClaimCluster: "claim", EventCluster: "event_cluster"}
_WHY = Why(BY_HAND, note="put together by a person")

Pair = tuple[str, str, tuple[str, ...]]


def regroup(case: CaseFile, kind: Any, pairs: Sequence[Pair]) -> tuple[set[str], dict[str, Any]]:
    """The ids of the clusters that pairs change, and those that stand instead, by id.

    Pairs are obeyed in the order in which they were said, so that the last word wins.
    """
    groups, bases = _groups(case, kind, pairs)
    for field, member, others in pairs:
        if field == SAME:
            _join(groups, member, others)
        else:
            _part(groups, member, others)
    made = [_record(case, kind, group, bases) for group in _distinct(groups)]
    return {base.id for base in bases.values()}, {record.id: record for record in made if record}


def _groups(case: CaseFile, kind: Any, pairs: Iterable[Pair]) -> tuple[dict[str, set[str]], dict[str, Any]]:
    """Each member's group as the machine has it, and each member's record."""
    groups: dict[str, set[str]] = {}
    bases: dict[str, Any] = {}
    for _, member, others in pairs:
        for id in (member, *others):
            if id not in groups:
                base = next(case.about(kind, id), None)
                group = set(members_of(base)) if base else {id}
                groups |= dict.fromkeys(group, group)
                bases |= dict.fromkeys(group, base) if base else {}
    return groups, bases


def _join(groups: dict[str, set[str]], member: str, others: Iterable[str]) -> None:
    for other in others:
        joined = groups[member] | groups[other]
        groups |= dict.fromkeys(joined, joined)


def _part(groups: dict[str, set[str]], member: str, others: Iterable[str]) -> None:
    left = groups[member] - {member}
    if left & set(others):
        groups |= dict.fromkeys(left, left)
        groups[member] = {member}


def _distinct(groups: dict[str, set[str]]) -> list[set[str]]:
    return list({min(group): group for group in groups.values()}.values())


def _record(case: CaseFile, kind: Any, group: set[str], bases: dict[str, Any]) -> Any:
    """The record of a group: the largest old one it took over, else one of its own; None for nothing to tell."""
    held: dict[str, Any] = {bases[id].id: bases[id] for id in sorted(group) if id in bases}
    weight = {id: len(group & set(members_of(base))) for id, base in held.items()}
    base = held[min(held, key=lambda id: (-weight[id], id))] if held else None
    members = tuple(sorted(group, key=lambda id: _rank(bases, id)))
    if base and set(members_of(base)) == group:
        return base
    # The name goes with the larger part: an old id stands for what most of its members are in now.
    takes_over = base is not None and weight[base.id] * 2 > len(members_of(base))
    id = base.id if base and takes_over else make_id(_PREFIX[kind], *members)
    return _made(case, kind, (id, members), list(held.values()))


def _rank(bases: dict[str, Any], id: str) -> tuple[str, int, str]:
    base = bases.get(id)
    return (base.id, members_of(base).index(id), id) if base else ("~", 0, id)


def _made(case: CaseFile, kind: Any, what: tuple[str, tuple[str, ...]], held: list[Any]) -> Any:
    id, members = what
    if kind is Actor:
        return _actor(case, id, members, held)
    if kind is EventCluster:
        return EventCluster(id, members, _WHY)
    return _claim(id, members, held)


def _actor(case: CaseFile, id: str, members: tuple[str, ...], held: list[Any]) -> Actor:
    mentions = [mention for mention in map(case.find, members) if mention]
    names = list(dict.fromkeys(one.name or case.quote(one.spans[0]) for one in mentions))
    base = next((one for one in held if one.id == id), held[0] if held else None)
    name = base.name if base and (base.name in names or not names) else max(names, key=len, default="")
    kept = tuple(merge for one in held for merge in one.merges if {merge.left, merge.right} <= set(members))
    fresh = Actor(id, name, (), mentions[0].kind, "", (), members, (), _WHY)
    return replace(base or fresh, id=id, name=name, aliases=tuple(one for one in names if one != name),
                   mentions=members, merges=kept, why=_WHY)  # fmt: skip


def _claim(id: str, members: tuple[str, ...], held: list[Any]) -> ClaimCluster:
    """Several claims' origins are put side by side; of one that was parted, those that its statements go back to."""
    inside = set(members)
    found: dict[tuple[Any, ...], Origin] = {}
    for origin in (one for base in held for one in base.origins):
        own = tuple(statement for statement in origin.statements if statement in inside)
        key = (origin.source or origin.name, "" if origin.source else origin.doc)
        if own and key in found:
            own = tuple(dict.fromkeys((*found[key].statements, *own)))
        if own:
            found[key] = replace(origin, statements=own)
    unknown = any(base.label == OriginLabel.NOT_RECORDED for base in held) or not found
    label = OriginLabel.NOT_RECORDED if unknown else OriginLabel.SINGLE if len(found) == 1 else OriginLabel.SEVERAL
    return ClaimCluster(id, members, tuple(found.values()), label, _WHY)
