"""An invented claim that three texts tell: a wire's, one that copies it without naming it, one that cites it."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.link import Add, Change, LinkCase
from sayso.linking import relate
from sayso.records import (
    Citation,
    ClaimCluster,
    Contradiction,
    ContradictionKind,
    Document,
    MentionKind,
    Origin,
    OriginLabel,
    Passage,
    Pattern,
    PatternKind,
    ReuseDirection,
    ReuseKind,
    ReuseLink,
    Statement,
    Step,
    make_id,
)
from sayso.store import CaseFile
from tests import factory as f

WIRE = "Ada Lorn said the gates had failed. The night was calm."
COPY = "The gates had failed. Ada Lorn said the gates had failed. People slept."
CITE = "The gates failed, the Vell Courier reported."
DENIAL = "Bo Kest said the gates had not failed."


@dataclass(frozen=True)
class Affair:
    """The case and what it holds, by name."""

    case: CaseFile
    wire: Document
    copy: Document
    cite: Document
    denial: Document
    claim: ClaimCluster
    link: ReuseLink


def affair() -> Affair:
    wire = f.document(WIRE, name="wire.txt", title="Gates", publisher="Vell Courier", published="2031-05-03")
    copy = f.document(COPY, name="copy.txt", title="<b>Copy</b>", publisher="Clear Tide", published="2031-05-04")
    cite = f.document(CITE, name="cite.txt", title="Cited", publisher="Low Water", published="2031-05-05")
    denial = f.document(DENIAL, name="denial.txt", title="No", publisher="Talpress", published="2031-05-06")
    lorn, kest = f.mention(wire, "Ada Lorn"), f.mention(denial, "Bo Kest")
    said = f.statement(wire, "the gates had failed", f.hop(lorn))
    own = f.statement(copy, "The gates had failed")
    paper = f.mention(cite, "the Vell Courier", kind=MentionKind.MEDIUM)
    told = f.statement(cite, "The gates failed", f.hop(paper))
    denied = f.statement(denial, "the gates had not failed", f.hop(kest))
    case = f.filed((wire, [lorn, said]), (copy, [own]), (cite, [paper, told]), (denial, [kest, denied]))
    claim, link, records = _links(wire, (copy, own), (cite, told), (said, denied))

    def found(_: LinkCase, changed: frozenset[str]) -> list[Change]:
        return [Add(record) for record in records]

    relate(case, [found])
    return Affair(case, wire, copy, cite, denial, claim, link)


def _links(
    wire: Document,
    copied: tuple[Document, Statement],
    cited: tuple[Document, Statement],
    said: tuple[Statement, Statement],
) -> tuple[ClaimCluster, ReuseLink, list[ClaimCluster | ReuseLink | Citation | Contradiction | Pattern]]:
    copy, own = copied
    cite, told = cited
    statements = (said[0].id, own.id, told.id)
    origin = Origin("Ada Lorn", MentionKind.PERSON, True, said[0].chain[0].sources[0], wire.id, statements, (), f.WHY)
    claim = ClaimCluster(make_id("claim", 1), statements, (origin,), OriginLabel.SINGLE, f.WHY)
    whole = Passage(f.span(copy, COPY[:21]), f.span(wire, "the gates had failed"), False)
    link = ReuseLink(
        make_id("reuse_link", 1),
        copy.id,
        wire.id,
        ReuseKind.LIFT,
        ReuseDirection.LEFT_FROM_RIGHT,
        False,
        (whole,),
        f.WHY,
    )
    cites = Citation(make_id("citation", 1), cite.id, told.id, (f.span(cite, "the Vell Courier"),), wire.id, "", f.WHY)
    words = f.span(wire, "the gates had failed"), said[1].content[0]
    against = Contradiction(
        make_id("contradiction", 1), said[0].id, said[1].id, ContradictionKind.DENIAL, *words, f.WHY
    )
    step = Step(copy.id, (f.span(copy, "The gates had failed"),), "does not say who said it")
    pattern = Pattern(make_id("pattern", 1), PatternKind.ATTRIBUTION_LOST, claim.id, (step,), f.WHY)
    return claim, link, [claim, link, cites, against, pattern]
