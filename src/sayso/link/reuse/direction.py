"""Which of two documents with a shared text had it first: evidence for and against, added up as log-odds.

The weights were fitted (logistic regression, antisymmetric) on 2,700 pairs of generated corpora, other draws than
those that are measured; each is the log-odds of its evidence at full strength, rounded.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sayso.link.reuse.credit import Credit, credits, named, table
from sayso.link.reuse.dates import Interval, earlier, interval
from sayso.link.reuse.shape import Shape
from sayso.records import Document, Span

TIME = 1.1  # of the log-odds that the dates themselves give
SURE = 0.99  # no stamp is trusted further: clocks are set wrong, pages are stamped anew
CREDIT, EMBEDDED, OTHER, MIDDLE, TAIL, FAMILY, AGENCY, CORRECTED = 3.0, 3.5, 2.3, 7.0, 3.3, 3.7, 0.75, 0.7


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to think that the document took from the other (log-odds above 0) or the other from it (below)."""

    odds: float
    reason: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Member:
    """A document among those that it shares text with: `shapes` by their ids, seen from it, and their `names`."""

    document: Document
    shapes: Mapping[str, Shape]
    names: Mapping[str, str]

    @property
    def id(self) -> str:
        return self.document.id

    @cached_property
    def name(self) -> str:
        """The outlet that published it, "" unknown."""
        return self.document.publisher.value if self.document.publisher else ""

    @cached_property
    def when(self) -> Interval | None:
        """When it was published."""
        return interval(self.document.published.value) if self.document.published else None

    @cached_property
    def credits(self) -> list[Credit]:
        """Its credits to outlets of the documents that it shares text with."""
        return credits(self.document, sorted({name for name in self.names.values() if name != self.name}))

    @cached_property
    def mentioned(self) -> Mapping[str, tuple[int, int]]:
        """Where its text first names each outlet that it shares text with."""
        places = {name: named(self.document, name) for name in sorted(set(self.names.values()))}
        return {name: found[0] for name, found in places.items() if found}

    @cached_property
    def agency(self) -> bool:
        """Whether its outlet's trade is to be reprinted, by its name."""
        low = f" {self.name.lower()} "
        return any(word in low for word in table()["agency"]["words"])

    @cached_property
    def corrected(self) -> bool:
        """Whether it carries a correction of its own."""
        low = self.document.text.lower()
        return any(form in low for form in table()["correction"]["forms"])

    def own_credits(self, other: Member) -> list[Credit]:
        """Its credits to the other's outlet outside what the two share."""
        return [credit for credit in self.added_credits(other) if credit.name == other.name]

    def added_credits(self, other: Member) -> list[Credit]:
        """Its credits, to whatever outlet, outside what the two share: those inside were copied along."""
        spans = self.shapes[other.id].mine
        return [credit for credit in self.credits if not any(a <= credit.span.start < b for a, b in spans)]

    def links_to(self, other: Member) -> list[Span]:
        """Its hyperlinks to the other."""
        url = other.document.url.value if other.document.url else None
        return [link.span for link in self.document.links if url and link.href.rstrip("/") == url.rstrip("/")]

    def kin(self, other: Member) -> float:
        """The most that any third document shares of it."""
        return max((s.me.cover for id, s in self.shapes.items() if id != other.id), default=0.0)


def evidence(me: Member, it: Member) -> Iterator[Evidence]:
    """Every reason for and against "`me` took the text from `it`"; turned round, the same reasons with other signs."""
    chance = min(max(earlier(it.when, me.when), 1 - SURE), SURE)
    if chance != 0.5:
        yield Evidence(TIME * math.log(chance / (1 - chance)), _dated(chance))
    for sign, one, other in ((1, me, it), (-1, it, me)):
        whom = "" if sign > 0 else "the other "
        if one.name != other.name:
            yield from _naming(sign, one, other, whom)
        if one.agency and not other.agency:
            yield Evidence(-sign * AGENCY, f"{whom or 'it '}is of an agency")
        if one.corrected and not other.corrected:
            yield Evidence(-sign * CORRECTED, f"{whom or 'it '}carries a correction that its counterpart lacks")
    yield from _cuts(me.shapes[it.id])
    kin = it.kin(me) - me.kin(it)
    if abs(kin) > 0.1:
        more, less = ("the other", "it") if kin > 0 else ("it", "the other")
        yield Evidence(FAMILY * kin, f"the rest of {more} stands in further documents, that of {less} does not")


def odds(found: list[Evidence]) -> float:
    """The log-odds of all evidence together."""
    return sum(one.odds for one in found)


def chance(log_odds: float) -> float:
    """Log-odds as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def _dated(chance: float) -> str:
    if chance in (SURE, 1 - SURE):
        return "published later" if chance == SURE else "published earlier"
    return "published rather later" if chance > 0.5 else "published rather earlier"


def _naming(sign: int, one: Member, other: Member, whom: str) -> Iterator[Evidence]:
    """What one document says of the other's outlet, or of outlets that it shares text with."""
    own = one.own_credits(other)
    links = one.links_to(other)
    if own or links:
        spans = tuple(credit.span for credit in own) + tuple(links)
        yield Evidence(sign * CREDIT, f"{whom}credits {other.name or 'it'}".strip(), spans)
    if place := one.mentioned.get(other.name):
        yield Evidence(sign * EMBEDDED, f"{whom}names {other.name} in its text", (Span(one.id, *place),))
    if any(credit.name != other.name for credit in one.credits):
        yield Evidence(sign * OTHER, f"{whom}credits a third outlet".strip())


def _cuts(shape: Shape) -> Iterator[Evidence]:
    """News is cut from the end and added to in the middle."""
    (my_middle, my_tail), (its_middle, its_tail) = shape.me.left_out, shape.it.left_out
    for value, weight, more, less in (
        (my_middle - its_middle, MIDDLE, "has paragraphs of its own in the middle", "the other has in the middle"),
        (its_tail - my_tail, TAIL, "ends before the other does", "goes on where the other ends"),
    ):
        if abs(value) > 0.01:
            yield Evidence(weight * value, more if value > 0 else less)
