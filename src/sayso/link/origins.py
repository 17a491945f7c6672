"""Origins: where the statements of a claim end when followed back, and who among those ends is interested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sayso.link.change import Add, Change, LinkCase
from sayso.link.interest import interests
from sayso.link.lineage import End, Lineage, lineage_of
from sayso.link.lineage import origins as ends_of
from sayso.records import (
    ClaimCluster,
    Document,
    Mention,
    MentionKind,
    Origin,
    OriginLabel,
    Span,
    Why,
)

_WAY = {"citation": "by what a text cites", "reuse": "by words taken over"}


def origins(case: LinkCase, changed: frozenset[str]) -> Iterable[Change]:
    """How many origins a claim goes back to: chains, citations and shared passages are followed to their ends.

    Two statements that share a document, a source or a passage share an origin, so that a copy never adds one. The
    label is "single origin"; "several origins, no link found", which says what was looked for and not that they are
    independent; or "lineage not recorded", where an end is an outlet that is not in the case or nobody is named.

    Blind spots: the same person described in two ways; one press conference behind two outlets' own words; an origin
    that no text names.
    """
    seen = set[str]()
    for doc in sorted(changed):
        for claim in case.about(ClaimCluster, doc):
            if claim.id not in seen:
                seen.add(claim.id)
                yield _traced(case, claim)


def _traced(case: LinkCase, claim: ClaimCluster) -> Add:
    lineage = lineage_of(case, claim)
    found = tuple(_origin(case, lineage, claim, ends, ids) for ends, ids in ends_of(lineage))
    made = replace(claim, origins=found, label=_label(lineage, found), why=_why(claim, lineage, found))
    return Add(made, frozenset(one.doc for one in lineage.statements.values()))


def _origin(case: LinkCase, lineage: Lineage, claim: ClaimCluster, ends: list[End], ids: list[str]) -> Origin:
    end = min(ends, key=lambda one: (one.source is None, not one.recorded, one.doc, one.spans))
    mention: Mention | None = lineage.facts.mentions[end.source] if end.source else None
    document: Document = lineage.facts.documents[end.doc]
    return Origin(
        name=end.name,
        kind=mention.kind if mention else MentionKind.MEDIUM,
        named=mention.named if mention else document.publisher is not None,
        source=end.source,
        doc=end.doc,
        statements=tuple(sorted(ids)),
        interests=tuple(interests(case, claim, end.source, document)),
        why=Why("origins", tuple(one.spans[0] for one in ends), note=_ways(lineage, ids)),
    )


def _ways(lineage: Lineage, ids: Iterable[str]) -> str:
    ways = [way for id in ids for way, _ in lineage.steps[id]]
    parts = [f"{ways.count(way)} {_WAY[way]}" for way in sorted(set(ways))]
    return f"followed back: {', '.join(parts)}" if parts else "named by the texts themselves"


def _label(lineage: Lineage, found: tuple[Origin, ...]) -> OriginLabel:
    if any(not end.recorded for ends in lineage.ends.values() for end in ends):
        return OriginLabel.NOT_RECORDED
    return OriginLabel.SINGLE if len(found) == 1 else OriginLabel.SEVERAL


def _why(claim: ClaimCluster, lineage: Lineage, found: tuple[Origin, ...]) -> Why:
    facts = lineage.facts
    looked = (
        f"looked for: whom {len(claim.statements)} statements name, {len(facts.citations)} citations of other texts, "
        f"and passages that the {len(facts.documents)} documents share ({len(facts.links) or 'none'})"
    )
    return Why("origins", tuple(_places(found)), note=f"{len(claim.statements)} statements that say the same; {looked}")


def _places(found: Iterable[Origin]) -> Iterator[Span]:
    for origin in found:
        yield from origin.why.spans
