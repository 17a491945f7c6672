"""A claim is shown with every wording, the way to its origin from each text, and who contradicts it."""

from __future__ import annotations

import pytest

from sayso.views.claims import Edge, Only, claim_page, claims
from tests.views.linked import affair


def test_a_claim_is_listed_by_its_first_wording_with_texts_and_origins() -> None:
    (row,) = claims(affair().case)
    assert row.words == "the gates had failed"
    assert (row.statements, row.documents, row.origins, row.label) == (3, 3, 1, "single origin")
    assert (row.first, row.last, row.contested) == ("2031-05-03", "2031-05-05", 1)


@pytest.mark.parametrize(("only", "count"), [(Only.SINGLE_ORIGIN, 1), (Only.CONTESTED, 1), (Only.UNNAMED_ORIGIN, 0)])
def test_a_list_can_be_narrowed(only: Only, count: int) -> None:
    assert len(claims(affair().case, only)) == count


def test_wordings_stand_in_order_of_publication() -> None:
    made = affair()
    page = claim_page(made.case, made.claim)
    assert [row.document for row in page.wordings] == [made.wire.id, made.copy.id, made.cite.id]


def test_the_tree_hangs_every_text_on_the_one_it_has_the_claim_from() -> None:
    made = affair()
    ((wire,),) = [origin.tree for origin in claim_page(made.case, made.claim).origins]
    assert (wire.document, wire.edge) == (made.wire.id, Edge.NAMED_SOURCE)
    assert [(node.document, node.edge) for node in wire.below] == [
        (made.copy.id, Edge.COPIED),
        (made.cite.id, Edge.CITED),
    ]


def test_a_contradiction_is_shown_from_the_claims_side() -> None:
    made = affair()
    (one,) = claim_page(made.case, made.claim).against
    assert (one.kind, one.other.document) == ("denied", made.denial.id)
    assert one.theirs == "the gates had not failed"


def test_a_pattern_shows_its_steps_in_words() -> None:
    made = affair()
    (pattern,) = claim_page(made.case, made.claim).patterns
    assert pattern.steps == (
        ("Clear Tide, 4 May 2031, “<b>Copy</b>”", "The gates had failed", "does not say who said it"),
    )
