"""Statements that make one claim are joined, those that contradict it are told apart, and the order does not matter."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from sayso.link.actors import actors
from sayso.link.citations import citations
from sayso.link.claims import claims
from sayso.link.claims.cluster import Edge, clusters
from sayso.link.claims.quantities import quantities
from sayso.link.claims.slots import read, said
from sayso.linking import relate
from sayso.records import (
    ClaimCluster,
    Contradiction,
    ContradictionKind,
    Document,
    Manner,
    MentionKind,
    Modality,
    Polarity,
)
from sayso.store import CaseFile
from tests import factory as f

TITLE = "Flood at Lunn"


def told(
    text: str, name: str, words: str = "", published: str = "2026-03-04", **fields: object
) -> tuple[Document, list[Any]]:
    """A document whose text, or some words of it, somebody states."""
    one = f.document(text, name=name, title=TITLE, publisher=f"The {name} Post", published=published)
    source = f.mention(one, text.split()[0])
    hop = f.hop(source, manner=fields.pop("manner", Manner.SAID))
    return one, [source, f.statement(one, words or text, hop, **fields)]


def related(*pairs: tuple[Document, list[Any]]) -> CaseFile:
    case = f.filed(*pairs)
    relate(case, [claims])
    return case


def joined(case: CaseFile) -> list[set[str]]:
    return [{case.quote(case.get(id).content[0]) for id in one.statements} for one in case.of(ClaimCluster)]


A = "Rell said 212 homes were flooded in Lunn."
B = "Wick told reporters that the flood in Lunn put 212 homes under water."
C = "Hollin said close to 300 homes were flooded in Lunn."


def test_two_wordings_of_one_claim_are_joined() -> None:
    case = related(
        told(A, "a", "212 homes were flooded in Lunn"), told(B, "b", "the flood in Lunn put 212 homes under water")
    )
    assert joined(case) == [{"212 homes were flooded in Lunn", "the flood in Lunn put 212 homes under water"}]
    assert list(case.of(Contradiction)) == []


def test_two_numbers_of_one_thing_are_a_contradiction_and_no_claim() -> None:
    case = related(
        told(A, "a", "212 homes were flooded in Lunn"), told(C, "c", "close to 300 homes were flooded in Lunn")
    )
    assert joined(case) == []
    (found,) = case.of(Contradiction)
    assert found.kind is ContradictionKind.COUNT
    assert {case.quote(found.left_span), case.quote(found.right_span)} == {"212", "300"}


def test_a_claim_and_its_denial_are_a_contradiction_whether_denied_or_negated() -> None:
    words = "the ministry ordered the gates of Lunn to be opened"
    plain = told(f"Rell said {words}.", "a", words)
    denied = told(f"Dell denied that {words}.", "b", words, manner=Manner.DENIED)
    negated = told(f"Dell said that {words} never.", "c", words, polarity=Polarity.NEGATIVE)
    for other in (denied, negated):
        case = related(plain, other)
        assert joined(case) == []
        assert [one.kind for one in case.of(Contradiction)] == [ContradictionKind.DENIAL]
    assert len(joined(related(denied, negated))) == 1


def test_a_plan_is_not_the_same_claim_as_the_fact_but_a_hedge_is() -> None:
    words = "the order to open the gates came from Sarrow"
    plain = told(f"Rell said {words}.", "a", words)
    assert joined(related(plain, told(f"Wick said {words}.", "b", words, modality=Modality.PLANNED))) == []
    assert joined(related(plain, told(f"Wick said {words}.", "b", words, modality=Modality.POSSIBLE))) != []


def test_the_same_words_about_other_places_are_not_joined() -> None:
    one = told(
        "Rell said 45 people were killed in the shelling of Tolle.",
        "a",
        "45 people were killed in the shelling of Tolle",
    )
    other = told(
        "Rell said 45 people were killed in the shelling of Vell.", "b", "45 people were killed in the shelling of Vell"
    )
    case = related(one, other)
    assert joined(case) == [] and list(case.of(Contradiction)) == []


def test_numbers_of_two_affairs_a_year_apart_do_not_contradict_each_other() -> None:
    one = told(A, "a", "212 homes were flooded in Lunn")
    other = told(C, "c", "close to 300 homes were flooded in Lunn", published="2025-01-10")
    assert list(related(one, other).of(Contradiction)) == []


def test_thin_statements_and_questions_make_no_claim() -> None:
    one, records = told("Rell said it acted alone.", "a", "it acted alone")
    assert list(said(one, records[1:], [])) == []
    asked, records = told("Rell asked whether the gates of Lunn were opened by hand.", "b", polarity=Polarity.QUESTION)
    assert list(said(asked, records[1:], [])) == []


def test_of_two_layers_the_inner_one_is_the_claim() -> None:
    one = f.document("Rell said Brask claimed 212 homes were flooded in Lunn.")
    rell, brask = f.mention(one, "Rell"), f.mention(one, "Brask")
    outer = f.statement(one, "Brask claimed 212 homes were flooded in Lunn", f.hop(rell))
    inner = f.statement(one, "212 homes were flooded in Lunn", f.hop(rell), f.hop(brask), inside=outer.id)
    assert [held.id for held in said(one, [outer, inner], [])] == [inner.id]


def cites_the_first(words: str, name: str) -> tuple[Document, list[Any]]:
    """A text that has some words from "The a Post"."""
    one = f.document(f"The a Post said {words}.", name=name, title="Elsewhere", publisher="B", published="2026-03-05")
    post = f.mention(one, "The a Post", kind=MentionKind.MEDIUM)
    return one, [post, f.statement(one, words, f.hop(post))]


def test_a_statement_that_cites_a_text_is_tied_to_the_nearest_of_its_statements_and_to_no_other() -> None:
    words = "the order to open the gates of Lunn may have come from Sarrow"
    first = told(f"Rell said {words}. It rained in Tolle all week.", "a", words, polarity=Polarity.POSITIVE)
    citing = cites_the_first("the order for the gates came from Sarrow", "b")
    case = f.filed(first, citing)
    relate(case, [citations, claims])
    assert joined(case) == [{words, "the order for the gates came from Sarrow"}]
    other = f.filed(first, cites_the_first("the harvest of the Eastern District failed", "b"))
    relate(other, [citations, claims])
    assert joined(other) == []


def test_two_texts_that_tell_of_one_piece_of_advice_of_a_source_tell_of_the_same() -> None:
    def advised(text: str, name: str, *words: str) -> tuple[Document, list[Any]]:
        one = f.document(text, name=name, title=TITLE, published="2026-03-04")
        source = f.mention(one, "The Aldous Institute", kind=MentionKind.ORGANISATION, name="Aldous Institute")
        hop = f.hop(source, manner=Manner.RECOMMENDED)
        return one, [source, *(f.statement(one, w, hop, modality=Modality.RECOMMENDED) for w in words)]

    short = "replacing it at all eleven barrages"
    one = advised(f"The Aldous Institute recommends {short}.", "a", short)
    words = "that every harbour on the sea replace its controls"
    other = advised(f"The Aldous Institute recommended {words}.", "b", words)
    case = f.filed(one, other)
    relate(case, [actors, claims])
    assert joined(case) == [{short, words}]
    two = advised(f"The Aldous Institute recommended {words} and that tea be drunk.", "b", words, "that tea be drunk")
    case = f.filed(one, two)
    relate(case, [actors, claims])
    assert joined(case) == []


def test_what_is_left_when_documents_come_in_any_order_is_what_a_run_from_nothing_gives() -> None:
    pairs = [
        told(A, "a", "212 homes were flooded in Lunn"),
        told(B, "b", "the flood in Lunn put 212 homes under water"),
        told(C, "c", "close to 300 homes were flooded in Lunn"),
        told("Ese said the 212 flooded homes of Lunn stand empty.", "d", "the 212 flooded homes of Lunn stand empty"),
    ]
    whole = related(*pairs)
    expected = list(whole.of(ClaimCluster)), list(whole.of(Contradiction))
    assert expected[0] and expected[1]
    for order in list(permutations(pairs))[::5]:
        grown = f.filed()
        for one, records in order:
            f.file(grown, one, records)
            relate(grown, [claims])
        assert (list(grown.of(ClaimCluster)), list(grown.of(Contradiction))) == expected


def test_a_group_is_never_joined_over_a_clash_or_by_a_chain_of_small_steps() -> None:
    one = f.document("212 homes were flooded. 300 homes were flooded. Many homes were flooded there.")
    held = {
        n: read(one, f.statement(one, words), [])
        for n, words in enumerate(("212 homes were flooded", "300 homes were flooded", "Many homes were flooded there"))
    }
    edges = [Edge.of(0.9, held[0].id, held[2].id), Edge.of(0.8, held[1].id, held[2].id)]
    assert clusters(edges, {s.id: s for s in held.values()}) == [tuple(sorted((held[0].id, held[2].id)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("212 homes", [(212, 212)]),
        ("twenty-one people", [(21, 21)]),
        ("three hundred and forty tonnes", [(340, 340)]),
        ("52 million dollars", [(52e6, 52e6)]),
        ("at least 30 men", [(30, float("inf"))]),
        ("thousands of homes", [(1000, float("inf"))]),
        ("one of them", []),
        ("the bodies of both crewmen", [(2, 2)]),
    ],
)
def test_numbers_are_read_as_ranges(text: str, expected: list[tuple[float, float]]) -> None:
    assert [(one.first, one.last) for one in quantities(text)] == expected


def test_about_three_hundred_meets_294_and_not_212() -> None:
    (about,), (near,), (far,) = (quantities(text) for text in ("about 300 homes", "294 homes", "212 homes"))
    assert about.meets(near) and not about.meets(far)
    assert about.unit == near.unit
