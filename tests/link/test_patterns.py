"""What happened to a claim on its way is shown with its steps, and nothing is shown where nothing happened."""

from __future__ import annotations

from sayso.link import Add
from sayso.link.actors import actors
from sayso.link.claims import claims
from sayso.link.origins import origins
from sayso.link.patterns import patterns
from sayso.linking import relate
from sayso.records import MentionKind, Modality, Pattern, PatternKind, ReuseLink
from sayso.store import CaseFile
from tests import factory as f
from tests.link.test_origins import Told, copied, said_by


def seen(*pairs: Told, links: tuple[ReuseLink, ...] = ()) -> tuple[CaseFile, list[Pattern]]:
    def reuse(case: object, changed: frozenset[str]) -> list[Add]:
        return [Add(link) for link in links if {link.left, link.right} & changed]

    case = f.filed(*pairs)
    relate(case, [reuse, claims, origins, patterns])
    return case, list(case.of(Pattern))


def test_nothing_is_shown_where_two_papers_name_their_source() -> None:
    assert seen(said_by("Edda Wick", "The Post"), said_by("Edda Wick", "The Mail"))[1] == []


def test_a_lost_hedge_is_shown_with_the_last_text_that_had_it() -> None:
    one, records = said_by("Edda Wick", "The Post", "2026-03-03")
    hedged = (one, [records[0], f.replace(records[1], modality=Modality.POSSIBLE)])
    plain = said_by("Edda Wick", "The Mail", "2026-03-04")
    _, (found,) = seen(hedged, plain)
    assert found.kind is PatternKind.HEDGE_LOST
    assert [step.doc for step in found.steps] == [one.id, plain[0].id]


def test_a_hedge_that_came_later_is_not_lost() -> None:
    one, records = said_by("Edda Wick", "The Post", "2026-03-05")
    hedged = (one, [records[0], f.replace(records[1], modality=Modality.POSSIBLE)])
    assert seen(hedged, said_by("Edda Wick", "The Mail", "2026-03-04"))[1] == []


def test_an_attribution_that_was_cut_is_shown_with_the_text_that_had_it() -> None:
    first, second = said_by("Edda Wick", "The Post", "2026-03-03"), said_by("", "The Mail")
    _, (found,) = seen(first, second, links=(copied(second[0], first[0]),))
    assert found.kind is PatternKind.ATTRIBUTION_LOST
    assert [step.doc for step in found.steps] == [first[0].id, second[0].id]


def test_two_papers_that_cite_each_other_are_a_circle() -> None:
    one = said_by("Tessel Post", "The Mail", kind=MentionKind.MEDIUM)
    other = said_by("The Mail", "Tessel Post", kind=MentionKind.MEDIUM)
    _, (found,) = seen(one, other)
    assert found.kind is PatternKind.CIRCLE
    assert {step.doc for step in found.steps} == {one[0].id, other[0].id}


def test_an_interested_origin_that_a_text_does_not_name_is_shown() -> None:
    words = "the gates of Brightlock saved 212 homes in Lunn"
    one = f.document(f"Brightlock said {words}.", name="a", publisher="The Post", published="2026-03-03", title="Gates")
    maker = f.mention(one, "Brightlock", kind=MentionKind.ORGANISATION)
    other_words = "its gates saved 212 homes in Lunn, and nothing else did"
    other = f.document(f"{other_words}.", name="b", publisher="The Mail", published="2026-03-04", title="Gates")
    _, found = seen(
        (one, [maker, f.statement(one, words, f.hop(maker))]),
        (other, [f.statement(other, "its gates saved 212 homes in Lunn")]),
        links=(copied(other, one),),
    )
    assert PatternKind.INTEREST_NOT_NAMED in {pattern.kind for pattern in found}


def test_two_names_for_one_origin_in_one_text_are_one_source_told_twice() -> None:
    words = "212 homes were flooded in Lunn"
    first = said_by("Edda Wick", "Tessel Post", "2026-03-03")
    text = f"Edda Wick said {words}. The Tessel Post reported that {words} too."
    one = f.document(text, name="b", publisher="The Mail", published="2026-03-04", title="Flood at Lunn")
    wick = f.mention(one, "Edda Wick")
    post = f.mention(one, "Tessel Post", kind=MentionKind.MEDIUM)
    twice = f.statement_at((f.span(one, words, 1),), f.hop(post))
    _, found = seen(first, (one, [wick, post, f.statement(one, words, f.hop(wick)), twice]))
    assert [pattern.kind for pattern in found] == [PatternKind.TOLD_TWICE]
    assert [step.doc for step in found[0].steps] == [one.id, one.id, first[0].id]


def advice(outlet: str, day: str, words: str, tail: str = "") -> Told:
    """A text of `outlet` in which the Aldous Institute gives its advice."""
    text = f"The Aldous Institute recommends {words}.\n\n{tail}"
    one = f.document(text, name=outlet, publisher=outlet, published=day, title="Gates of Lunn")
    institute = f.mention(one, "The Aldous Institute", kind=MentionKind.ORGANISATION, name="Aldous Institute")
    return one, [institute, f.statement(one, words, f.hop(institute))]


CONTROLS = "that all eleven barrages of Karsund replace their gate controls"
PAID = "The study of the Aldous Institute is known. Brightlock, which builds such controls, paid for it."


def interested(*pairs: Told) -> list[Pattern]:
    case = f.filed(*pairs)
    relate(case, [actors, claims, origins, patterns])
    return [one for one in case.of(Pattern) if one.kind is PatternKind.INTEREST_NOT_NAMED]


def paid(words: str) -> Told:
    """A newsletter about the Aldous Institute."""
    one = f.document(words, name="letter", publisher="Low Water", published="2026-03-08", title="Who paid")
    return one, [f.mention(one, "Aldous Institute", kind=MentionKind.ORGANISATION)]


def test_who_paid_an_origin_and_sells_what_it_speaks_for_is_shown_to_be_missing_in_the_texts_that_have_it() -> None:
    one, other = advice("The Post", "2026-03-04", CONTROLS), advice("The Mail", "2026-03-05", CONTROLS)
    letter = paid(PAID)
    (found,) = interested(one, other, letter)
    assert [step.doc for step in found.steps] == [letter[0].id, one[0].id, other[0].id]
    assert "Brightlock paid for what Aldous Institute says here" in found.why.note


def test_a_text_that_names_who_paid_is_not_among_them() -> None:
    one = advice("The Post", "2026-03-04", CONTROLS, "Brightlock paid the institute.")
    (found,) = interested(one, advice("The Mail", "2026-03-05", CONTROLS), paid(PAID))
    assert one[0].id not in {step.doc for step in found.steps}


def test_whoever_pays_and_has_nothing_to_sell_in_it_is_no_interested_party() -> None:
    pairs = advice("The Post", "2026-03-04", CONTROLS), advice("The Mail", "2026-03-05", CONTROLS)
    words = "The study of the Aldous Institute is known. Brightlock, which builds garden chairs, paid for it."
    assert interested(*pairs, paid(words)) == []
    elsewhere = "The study of the Aldous Institute is known.\n\nBrightlock, which builds such controls, paid for tea."
    assert interested(*pairs, paid(elsewhere)) == []


def test_a_pattern_goes_with_the_document_that_it_rested_on() -> None:
    one, records = said_by("Edda Wick", "The Post", "2026-03-03")
    case, found = seen(
        (one, [records[0], f.replace(records[1], modality=Modality.POSSIBLE)]), said_by("Edda Wick", "The Mail")
    )
    assert found
    f.file(case, one, [records[0], records[1]], version="other")
    relate(case, [claims, origins, patterns])
    assert list(case.of(Pattern)) == []
