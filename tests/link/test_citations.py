"""Citations: the document that an outlet's name, a hyperlink or a credit points to. All texts are invented."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from sayso.link.citations import citations
from sayso.linking import relate
from sayso.records import Citation, Document, MentionKind, Meta
from sayso.store import CaseFile
from tests.factory import document, file, filed, hop, link, mention, span, statement

CLAIM = "two hundred sheep drowned on the lower meadows"
REPORT = f"The vet Jon Arle said that {CLAIM} below Brindel."
CITING = f"The Tessel Times reported that {CLAIM}."

TIMES = document(REPORT, name="times", publisher="The Tessel Times", published="2031-05-05T18:00Z")
LATER = document(CITING, name="later", publisher="Brindel Courier", published="2031-05-06")
OTHER = document(
    "Norvania votes on its budget next week.", name="other", publisher="The Tessel Times", published="2031-05-06"
)


def cites(one: Document, words: str = "The Tessel Times", **fields: Any) -> tuple[Any, ...]:
    """A document with one statement whose chain names an outlet."""
    outlet = mention(one, words, kind=fields.pop("kind", MentionKind.MEDIUM), name=fields.pop("name", words))
    return one, [outlet, statement(one, CLAIM, hop(outlet, cue=(span(one, "reported"),)))]


def found(made: CaseFile) -> list[Citation]:
    relate(made, (citations,))
    return list(made.of(Citation))


def only(made: CaseFile) -> Citation:
    (one,) = found(made)
    return one


def test_a_named_outlet_is_an_edge_to_its_document_with_these_words() -> None:
    one = only(filed((TIMES, []), (OTHER, []), cites(LATER)))
    assert (one.doc, one.target, one.name) == (LATER.id, TIMES.id, "The Tessel Times")
    assert [LATER.text[s.start : s.end] for s in one.spans] == ["The Tessel Times", "reported"]
    assert one.statement


def test_an_outlet_that_the_case_does_not_hold_is_named_and_not_in_hand() -> None:
    one = only(filed((replace(TIMES, publisher=Meta("Vask Herald", "test")), []), cites(LATER)))
    assert (one.target, one.name) == (None, "The Tessel Times")


def test_a_document_of_the_outlet_with_other_words_is_not_the_one_meant() -> None:
    assert only(filed((OTHER, []), cites(LATER))).target is None


def test_a_document_is_not_cited_before_it_is_published() -> None:
    late = replace(TIMES, published=Meta("2031-05-07", "test"))
    assert only(filed((late, []), cites(LATER))).target is None


@pytest.mark.parametrize(
    ("cited", "citing", "held"),
    [
        ("2031-05-06T01:00+03:00", "2031-05-05T23:00Z", True),  # an hour before, though its day is the next
        ("2031-05-05T23:00-02:00", "2031-05-06T00:30Z", False),  # half an hour after, though its day is the one before
        ("2031-05-06", "2031-05-06T08:00Z", True),
        ("2031-05-06T22:00Z", "2031-05-06", True),  # of the citing text only the day is known
        ("2031-05", "2031-05-06", True),
        ("2031-06", "2031-05-06", False),
    ],
)
def test_dates_are_compared_as_moments_and_as_precisely_as_they_are_known(cited: str, citing: str, held: bool) -> None:
    source = document(REPORT, name="times", publisher="The Tessel Times", published=cited)
    text = document(CITING, name="later", publisher="Brindel Courier", published=citing)
    assert (only(filed((source, []), cites(text))).target == source.id) is held


def test_a_pronoun_right_behind_an_outlets_name_stands_for_the_outlet() -> None:
    text = document(f"They spoke to the Tessel Times, which reported that {CLAIM}.", name="b", published="2031-05-06")
    which = mention(text, "which", kind=MentionKind.PERSON, named=False, name="")
    said = statement(text, CLAIM, hop(which, cue=(span(text, "reported"),)))
    one = only(filed((TIMES, []), (text, [which, said])))
    assert (one.target, one.statement) == (TIMES.id, said.id)


def test_the_latest_of_two_documents_with_the_words_is_meant() -> None:
    update = document(f"{REPORT} More follows.", name="update", publisher="Tessel Times", published="2031-05-05T21:00Z")
    assert only(filed((TIMES, []), (update, []), cites(LATER))).target == update.id


@pytest.mark.parametrize(
    ("publisher", "named"),
    [
        ("Tessel News Service", "TNS"),
        ("TNS", "the Tessel News Service"),
        ("Tessel News Service (TNS)", "TNS"),
        ("Tessel News Service (TNS)", "the Tessel News Service"),
        ("the tessel news service", "Tessel News Service"),
    ],
)
def test_initials_and_articles_do_not_hide_an_outlet(publisher: str, named: str) -> None:
    agency = replace(TIMES, publisher=Meta(publisher, "test"))
    citing = document(f"{named} reported that {CLAIM}.", name="citing")
    assert only(filed((agency, []), cites(citing, named))).target == agency.id


def test_two_outlets_with_the_same_initials_are_not_one() -> None:
    agency = replace(TIMES, publisher=Meta("Tarn Night Standard", "test"))
    citing = document(f"Tessel News Service reported that {CLAIM}.", name="citing")
    assert only(filed((agency, []), cites(citing, "Tessel News Service"))).target is None


def test_an_organisation_is_an_outlet_only_if_the_case_holds_a_document_of_it() -> None:
    given = cites(LATER, kind=MentionKind.ORGANISATION)
    assert found(filed(given)) == []
    assert only(filed((TIMES, []), given)).target == TIMES.id


@pytest.mark.parametrize("publisher", ["Tessel Times", "The Great Tessel Times", "The Tessel Times (TT)"])
def test_an_outlet_that_names_itself_cites_nobody(publisher: str) -> None:
    assert found(filed(cites(replace(LATER, publisher=Meta(publisher, "test"))))) == []


def test_a_content_of_few_words_is_looked_for_with_its_sentence() -> None:
    other = document(
        "Four men were seen at the gate.", name="gate", publisher="Tessel Times", published="2031-05-05T22:00Z"
    )
    said = document(f"{REPORT} Four were saved.", name="said", publisher="Tessel Times", published="2031-05-05T17:00Z")
    citing = document("Four, the Tessel Times reported, of two hundred sheep on the lower meadows.", name="citing")
    outlet = mention(citing, "the Tessel Times", kind=MentionKind.MEDIUM, name="Tessel Times")
    four = statement(citing, "Four", hop(outlet))
    assert only(filed((other, []), (said, []), (citing, [outlet, four]))).target == said.id


def test_an_outlet_without_a_name_is_no_citation() -> None:
    citing = document(f"A newspaper reported that {CLAIM}.", name="citing")
    paper = mention(citing, "A newspaper", kind=MentionKind.MEDIUM, named=False)
    assert found(filed((citing, [paper, statement(citing, CLAIM, hop(paper))]))) == []


def test_a_hyperlink_is_an_edge_to_the_page_at_its_address() -> None:
    page = replace(TIMES, url=Meta("https://www.tessel.example/sheep?from=feed", "test"))
    citing = document("The flood took many animals, as we wrote.", name="citing")
    citing = replace(citing, links=(link(citing, "many animals", "http://tessel.example/sheep/#top"),))
    one = only(filed((page, []), (citing, [])))
    assert (one.target, one.name, one.statement) == (page.id, "The Tessel Times", None)


def test_a_hyperlink_to_a_page_not_in_hand_names_its_address() -> None:
    citing = document("The flood took many animals, as we wrote.", name="citing")
    citing = replace(
        citing, links=(link(citing, "as we wrote", "https://vask.example/a"), link(citing, "took", "mailto:a@b"))
    )
    one = only(filed((citing, [])))
    assert (one.target, one.name) == (None, "https://vask.example/a")


def test_a_credit_in_the_dateline_is_a_citation() -> None:
    citing = document(f"BRINDEL (TNS) - {REPORT}", name="citing")
    assert (only(filed((citing, []))).target, found(filed((citing, [])))[0].name) == (None, "TNS")


def test_documents_that_come_in_any_order_end_in_the_same_citations() -> None:
    given = [(TIMES, []), (OTHER, []), cites(LATER)]
    expected = found(filed(*given))
    for order in itertools.permutations(given):
        made = filed()
        for one, records in order:
            file(made, one, records)
            relate(made, (citations,))
        assert list(made.of(Citation)) == expected
