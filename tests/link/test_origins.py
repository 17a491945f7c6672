"""Every statement of a claim is followed back to where it ends, and a copy never adds an origin."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.link import Add
from sayso.link.claims import claims
from sayso.link.origins import origins
from sayso.linking import relate
from sayso.records import (
    ClaimCluster,
    Document,
    Manner,
    MentionKind,
    OriginLabel,
    Passage,
    ReuseDirection,
    ReuseKind,
    ReuseLink,
    Span,
)
from sayso.store import CaseFile
from tests import factory as f

WORDS = "212 homes were flooded in Lunn"
Told = tuple[Document, list[Any]]


def said_by(source: str, outlet: str, day: str = "2026-03-04", **fields: object) -> Told:
    """A document of `outlet` in which `source` says the claim; "" for the document's own voice."""
    text = f"{source} said {WORDS}." if source else f"{WORDS}."
    one = f.document(text, name=f"{outlet}-{day}.txt", publisher=outlet, published=day, title="Flood at Lunn")
    if not source:
        return one, [f.statement(one, WORDS)]
    mention = f.mention(one, source, **fields)
    return one, [mention, f.statement(one, WORDS, f.hop(mention))]


def traced(*pairs: Told, links: tuple[ReuseLink, ...] = ()) -> ClaimCluster:
    def reuse(case: object, changed: frozenset[str]) -> list[Add]:
        return [Add(link) for link in links if {link.left, link.right} & changed]

    case: CaseFile = f.filed(*pairs)
    relate(case, [reuse, claims, origins])
    (claim,) = case.of(ClaimCluster)
    return claim


def copied(left: Document, right: Document) -> ReuseLink:
    """All of `left` is taken from `right`."""
    passage = Passage(Span(left.id, 0, len(left.text)), Span(right.id, 0, len(right.text)), False)
    id = f"reuse_link-{left.id[4:14]}{right.id[4:14]}"
    direction = ReuseDirection.LEFT_FROM_RIGHT
    return ReuseLink(id, left.id, right.id, ReuseKind.COPY, direction, False, (passage,), f.WHY)


def test_one_source_in_two_papers_is_a_single_origin() -> None:
    claim = traced(said_by("Edda Wick", "The Post"), said_by("Edda Wick", "The Mail"))
    assert claim.label is OriginLabel.SINGLE
    assert [one.name for one in claim.origins] == ["Edda Wick"]


def test_two_sources_are_several_origins_and_the_reason_says_what_was_looked_for() -> None:
    claim = traced(said_by("Edda Wick", "The Post"), said_by("Per Hollin", "The Mail"))
    assert claim.label is OriginLabel.SEVERAL
    assert len(claim.origins) == 2
    assert "looked for" in claim.why.note


def test_a_paper_that_cites_another_ends_where_that_one_ends() -> None:
    cited = said_by("Edda Wick", "Tessel Post", "2026-03-03")
    citing = said_by("Tessel Post", "The Mail", kind=MentionKind.MEDIUM)
    claim = traced(cited, citing)
    assert [one.name for one in claim.origins] == ["Edda Wick"]
    assert len(claim.origins[0].statements) == 2


def test_beyond_a_paper_that_is_not_at_hand_nothing_is_recorded() -> None:
    one = said_by("Tessel Post", "The Mail", kind=MentionKind.MEDIUM)
    other = said_by("Tessel Post", "The Courier", kind=MentionKind.MEDIUM)
    claim = traced(one, other)
    assert claim.label is OriginLabel.NOT_RECORDED
    assert len(claim.origins) == 1


def test_two_papers_that_cite_each_other_end_in_one() -> None:
    one = said_by("Tessel Post", "The Mail", kind=MentionKind.MEDIUM)
    other = said_by("The Mail", "Tessel Post", kind=MentionKind.MEDIUM)
    assert len(traced(one, other).origins) == 1


def test_a_sentence_taken_without_its_source_goes_back_to_the_source() -> None:
    first, second = said_by("Edda Wick", "The Post", "2026-03-03"), said_by("", "The Mail")
    claim = traced(first, second, links=(copied(second[0], first[0]),))
    assert [one.name for one in claim.origins] == ["Edda Wick"]
    assert "words taken over" in claim.origins[0].why.note


def test_officials_without_names_are_one_origin_where_nothing_tells_them_apart() -> None:
    one = said_by("two security officials", "The Post", named=False, number=2)
    other = said_by("two officials", "The Mail", named=False, number=2)
    assert len(traced(one, other).origins) == 1
    third = said_by("three officials", "The Mail", named=False, number=3)
    assert len(traced(one, third).origins) == 2


def test_an_origin_that_the_claim_is_about_is_an_interested_party() -> None:
    one = said_by("Lunn", "The Post", kind=MentionKind.STATE)
    other = said_by("Lunn", "The Mail", kind=MentionKind.STATE)
    assert traced(one, other).origins[0].interests == ("the claim is about Lunn",)


SOURCES = st.lists(
    st.sampled_from(["Edda Wick", "Per Hollin", "Tomas Rell", "Tessel Post", ""]), min_size=2, max_size=4
)


@settings(max_examples=25, deadline=None)
@given(SOURCES, st.data())
def test_adding_a_copy_never_raises_the_count(sources: list[str], data: st.DataObject) -> None:
    pairs = [
        said_by(source, f"Outlet {n}", kind=MentionKind.MEDIUM if source == "Tessel Post" else MentionKind.PERSON)
        for n, source in enumerate(sources)
    ]
    before = traced(*pairs)
    n = data.draw(st.integers(0, len(pairs) - 1))
    source = data.draw(st.sampled_from([sources[n], ""]))
    copy = said_by(
        source, "The Copy", "2026-03-05", kind=MentionKind.MEDIUM if source == "Tessel Post" else MentionKind.PERSON
    )
    after = traced(*pairs, copy, links=(copied(copy[0], pairs[n][0]),))
    assert len(after.origins) <= len(before.origins)
    assert len(after.statements) == len(before.statements) + 1


def test_a_relayed_claim_ends_at_the_last_who_is_named() -> None:
    facts = {"publisher": "The Post", "published": "2026-03-04", "title": "Flood at Lunn"}
    one = f.document(f"Allegedly, {WORDS}.", name="a.txt", **facts)
    nobody = f.statement(one, WORDS, f.hop(manner=Manner.REPORTED))
    claim = traced((one, [nobody]), said_by("Edda Wick", "The Mail"))
    assert claim.label is OriginLabel.NOT_RECORDED
