"""The records of reuse: who took from whom, passage by passage, credited or not, and why it is thought so."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.link.reuse.credit import Credit
from sayso.link.reuse.direction import Evidence, Member, chance, evidence, odds
from sayso.link.reuse.parents import Family, parents
from sayso.link.reuse.shape import Shape
from sayso.records import Passage, ReuseDirection, ReuseKind, ReuseLink, Span, Why, make_id

COPY = 0.8  # of the left document's words
LIFT = 1 / 3  # of the left document's words
NEAR = 400  # characters within which a credit in the text speaks for a passage beside it


def copies(id: str, family: Family) -> Iterator[ReuseLink]:
    """The reuse links of a document as the taking side, or of unknown direction where none is clear."""
    for parent in parents(family.member(id), family):
        known, other = parent.known, parent.id
        # A link without direction is the same from whichever side it was found.
        left, right = (id, other) if known or id > other else (other, id)
        yield _link(family.member(left), family.member(right), known)


def _link(left: Member, right: Member, known: bool) -> ReuseLink:
    shape = left.shapes[right.id]
    passages = tuple(_passages(left, right, shape))
    direction = ReuseDirection.LEFT_FROM_RIGHT if known else ReuseDirection.UNKNOWN
    return ReuseLink(
        make_id("reuse_link", left.id, right.id),
        left.id,
        right.id,
        _kind(shape),
        direction,
        all(passage.credited for passage in passages),
        passages,
        _why(list(evidence(left, right)), known),
    )


def _kind(shape: Shape) -> ReuseKind:
    cover = shape.me.cover
    return ReuseKind.COPY if cover >= COPY else ReuseKind.LIFT if cover <= LIFT else ReuseKind.PARTIAL


def _passages(left: Member, right: Member, shape: Shape) -> Iterator[Passage]:
    # A credit to another outlet with the same text tells the reader as well; one that was copied along does not.
    given = left.added_credits(right)
    links = left.links_to(right)
    for (start, end), (first, after) in sorted(zip(shape.mine, shape.its, strict=True)):
        credited = any(_speaks_for(credit, start, end) for credit in given)
        credited = credited or any(_near(span, start, end) for span in links)
        yield Passage(Span(left.id, start, end), Span(right.id, first, after), credited)


def _speaks_for(credit: Credit, start: int, end: int) -> bool:
    return credit.whole or _near(credit.span, start, end)


def _near(span: Span, start: int, end: int) -> bool:
    return start - NEAR <= span.start and span.end <= end + NEAR


def _why(found: list[Evidence], known: bool) -> Why:
    told = sorted(found, key=lambda one: -abs(one.odds))
    lead = [] if known else ["evidence too thin for a direction"]
    note = "; ".join(lead + [one.reason for one in told if abs(one.odds) >= 0.1])
    spans = tuple(dict.fromkeys(span for one in told for span in one.spans))
    return Why(f"{parents.__module__}.{parents.__name__}", spans, round(chance(odds(found)), 3), note)
