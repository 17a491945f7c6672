"""Reuse: which documents share text, who took it from whom, and whether the reader is told. All texts are invented."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.reuse import Heap
from sayso.link.reuse import index as index_module
from sayso.link.reuse import partitions as partitions_module
from sayso.records import Document, Meta, Part, PartKind, ReuseDirection, ReuseKind, ReuseLink, Span
from tests.factory import document, link

FLOOD = (
    "The river Orsa broke its banks above Brindel on Monday evening and covered the lower town within an hour. "
    "Rescue boats carried two hundred people to the school on the hill, where the mayor had opened the gymnasium."
)
MILLS = (
    "The old paper mill, closed since the spring, lost its western wall and most of its roof to the current. "
    "Engineers from the province of Tarn inspected the bridge at dawn and kept it shut to lorries and coaches."
)
CROPS = (
    "Farmers along the valley reckon that a third of the barley is gone, and that sowing again costs too much. "
    "Their union wants the province to pay out the relief fund before the harvest fair opens in September."
)
OWN = (
    "Norvania's parliament meets next week to vote on a budget that nobody in the coalition calls popular. "
    "Our correspondents have followed the talks since March and expect the vote to be put off once more."
)

FAIR = (
    "At the harvest fair a choir of shepherds sang until the lamps went out, and the smallest of them won a goose. "
    "The organisers counted nine thousand visitors, more than in any year since the railway came to the plain."
)


def story(text: str, name: str, **fields: str) -> Document:
    return document(text, name=name, **fields)


def related(*documents: Document) -> list[ReuseLink]:
    heap = Heap(iter(documents))
    heap.relate()
    return sorted(heap.links.values(), key=lambda one: one.id)


def only(*documents: Document) -> ReuseLink:
    (one,) = related(*documents)
    return one


def words(one: Document, span: Span) -> str:
    assert span.doc == one.id
    return one.text[span.start : span.end]


WIRE = story("\n\n".join((FLOOD, MILLS, CROPS)), "wire", publisher="Tessel News Service", published="2031-05-05T18:00Z")


def later(text: str, **fields: str) -> Document:
    return story(text, "later", **{"publisher": "Brindel Courier", "published": "2031-05-06T07:00Z", **fields})


def test_a_copy_is_aligned_to_the_letter() -> None:
    copy = later("\n\n".join((FLOOD, MILLS, CROPS)))
    found = only(WIRE, copy)
    assert (found.left, found.right, found.kind) == (copy.id, WIRE.id, ReuseKind.COPY)
    (passage,) = found.passages
    assert words(copy, passage.left) == words(WIRE, passage.right) == WIRE.text


def test_a_changed_word_does_not_end_a_passage() -> None:
    copy = later("\n\n".join((FLOOD.replace("evening", "night").replace("people", "persons"), MILLS)))
    (passage,) = only(WIRE, copy).passages
    assert words(copy, passage.left) == copy.text


def test_moved_paragraphs_are_passages_of_their_own() -> None:
    copy = later("\n\n".join((CROPS, FLOOD, MILLS)))
    (found,) = (one for one in related(WIRE, copy) if copy.id in (one.left, one.right))
    assert [words(copy, p.left) for p in found.passages] == [CROPS, f"{FLOOD}\n\n{MILLS}"]


def test_one_lifted_sentence_is_found() -> None:
    lifted = MILLS.split(". ")[1]
    lift = later(f"{OWN}\n\n{FAIR}\n\n{lifted}")
    found = only(WIRE, lift)
    assert (found.kind, [words(lift, p.left) for p in found.passages]) == (ReuseKind.LIFT, [lifted])


def test_a_text_put_together_from_two_has_two_parents() -> None:
    other = story(OWN, "other", publisher="Norvania Herald", published="2031-05-05T10:00Z")
    both = later(f"{FLOOD}\n\n{MILLS}\n\n{OWN}")
    assert {(one.left, one.right) for one in related(WIRE, other, both)} == {(both.id, WIRE.id), (both.id, other.id)}


def test_furniture_of_the_page_is_no_reuse() -> None:
    foot = "Sign up for our newsletter to get the stories of the day in your inbox every morning at six."
    one = story(f"{FLOOD}\n\n{foot}", "one", publisher="Brindel Courier")
    other = story(f"{OWN}\n\n{foot}", "other", publisher="Brindel Courier")
    assert related(one, other) == []


def test_what_is_marked_as_boilerplate_is_not_compared() -> None:
    foot = (
        "The Courier has been printed in Brindel since the year of the great frost and is owned by its readers alone."
    )
    documents = []
    for n, text in enumerate((FLOOD, OWN)):
        one = story(f"{text}\n\n{foot}", f"paper-{n}")
        parts = (one.parts[0], Part(PartKind.BOILERPLATE, one.parts[1].span, "test"))
        documents.append(replace(one, parts=parts))
    assert related(*documents) == []


def test_a_quotation_that_both_took_from_one_speaker_is_no_reuse() -> None:
    said = "“We will rebuild every house in the lower town before the first snow falls,” the mayor Ida Brenn said."
    one = story(f"{FLOOD}\n\n{said}", "one", publisher="Brindel Courier")
    other = story(f"{OWN}\n\n{said}", "other", publisher="Norvania Herald")
    assert related(one, other) == []


def test_a_claim_in_like_words_is_no_reuse() -> None:
    one = story(f"{FLOOD} Two hundred sheep drowned on the lower meadows, the vet Jon Arle said.", "one")
    other = story(f"{OWN} According to the Courier, two hundred sheep drowned on the lower meadows.", "other")
    assert related(one, other) == []


def test_dates_give_the_direction() -> None:
    copy = later(FLOOD)
    found = only(WIRE, copy)
    assert (found.left, found.direction) == (copy.id, ReuseDirection.LEFT_FROM_RIGHT)
    assert "published later" in found.why.note


def test_without_dates_a_credit_gives_the_direction_and_its_words() -> None:
    wire = replace(WIRE, published=None)
    copy = story(f"BRINDEL (TNS) - {FLOOD}\n\n{MILLS}", "copy", publisher="Brindel Courier")
    found = only(wire, copy)
    assert (found.left, found.direction, found.credited) == (copy.id, ReuseDirection.LEFT_FROM_RIGHT, True)
    assert [words(copy, span) for span in found.why.spans] == ["TNS"]


def test_without_dates_what_was_cut_from_the_end_gives_the_direction() -> None:
    whole = replace(WIRE, published=None, publisher=None)
    cut = story(FLOOD, "cut")
    found = only(whole, cut)
    assert (found.left, found.direction) == (cut.id, ReuseDirection.LEFT_FROM_RIGHT)
    assert "ends before the other does" in found.why.note


def test_two_equal_texts_without_dates_have_no_direction() -> None:
    one, other = story(FLOOD, "one"), story(FLOOD, "other")
    found = only(one, other)
    assert found.direction is ReuseDirection.UNKNOWN
    assert "too thin" in found.why.note


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        (f"By Tessel News Service\n\n{FLOOD}", True),
        (f"(Tessel News Service) {FLOOD}", True),
        (f"{FLOOD}\n\nThis was first reported by the Tessel News Service.", True),
        (FLOOD, False),
        (f"{FLOOD}\n\n{OWN} He told the Tessel News Service that he would stay.", False),
    ],
)
def test_a_passage_says_whether_its_source_is_named(text: str, credited: bool) -> None:
    assert [p.credited for p in only(WIRE, later(text)).passages] == [credited]


def test_a_credit_speaks_for_the_passages_beside_it() -> None:
    far = f"{FLOOD}\n\n{OWN}\n\n{FAIR}\n\n{FAIR.upper()}\n\n{MILLS}\n\nFirst reported by Tessel News Service."
    assert [p.credited for p in only(WIRE, later(far)).passages] == [False, True]


def test_a_hyperlink_to_the_source_is_a_credit() -> None:
    wire = replace(WIRE, url=Meta("https://tessel.example/flood", "test"))
    copy = later(f"{FLOOD}\n\nMore here.")
    copy = replace(copy, links=(link(copy, "More here", "https://tessel.example/flood/"),))
    assert only(wire, copy).credited


def test_a_credit_that_was_copied_along_is_not_the_copiers() -> None:
    first = later(f"(Tessel News Service) {FLOOD}\n\n{MILLS}")
    second = story(first.text + f"\n\n{OWN}", "second", publisher="Norvania Herald", published="2031-05-07")
    found = {(one.left, one.right): one.credited for one in related(WIRE, first, second)}
    assert found == {(first.id, WIRE.id): True, (second.id, first.id): False}


SENTENCES = [
    f"{who} {did} the {what} of {where} {when}, and nobody in the {place} had seen anything like it before."
    for who, did, what, where, when, place in zip(
        ("The warden", "A ferryman", "Two nuns", "The baker", "An aunt", "The clerk", "Some boys", "A judge"),
        ("painted", "sold", "flooded", "counted", "bought", "measured", "lit", "closed"),
        ("chapel", "granary", "tunnel", "orchard", "harbour", "archive", "stable", "market"),
        ("Orsa", "Brindel", "Tarn", "Ulme", "Vask", "Selm", "Dorn", "Pell"),
        ("at noon", "on Sunday", "in May", "by night", "last week", "at dawn", "in haste", "for good"),
        ("valley", "street", "parish", "guild", "family", "office", "school", "court"),
        strict=True,
    )
]
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(" ".join)
corpora = st.lists(
    st.tuples(texts, st.sampled_from(("", "2031-05-05", "2031-05-05T18:00Z", "2031-06-01"))), min_size=2, max_size=9
)


def corpus(rows: list[tuple[str, str]]) -> list[Document]:
    made = []
    for n, (text, published) in enumerate(rows):
        fields = {"publisher": f"Paper {n % 3}"} | ({"published": published} if published else {})
        made.append(story(text, f"item-{n}", **fields))
    return made


@settings(max_examples=60, deadline=None)
@given(corpora, st.randoms(use_true_random=False))
def test_adding_and_taking_away_ends_where_a_run_from_nothing_does(
    rows: list[tuple[str, str]], chance: random.Random
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_module, "COMMON", 3)  # so that shingles become common, and rare again
        patch.setattr(index_module, "ANCHORS", 2)
        everything = corpus(rows)
        heap = Heap(iter([]))
        waiting = [*everything]
        chance.shuffle(waiting)
        while waiting:
            batch = [waiting.pop() for _ in range(min(len(waiting), chance.randint(1, 3)))]
            heap.documents |= {one.id: one for one in batch}
            heap.relate(frozenset(one.id for one in batch))
        gone = [one.id for one in everything if chance.random() < 0.3]
        heap.documents = {id: one for id, one in heap.documents.items() if id not in gone}
        heap.relate(frozenset(gone))
        assert heap.links == {one.id: one for one in related(*heap.documents.values())}


@settings(max_examples=15, deadline=None)
@given(corpora)
def test_partitions_find_what_one_index_does_and_leave_an_index_to_add_to(rows: list[tuple[str, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_module, "COMMON", 3)
        patch.setattr(index_module, "ANCHORS", 2)
        patch.setattr(partitions_module, "SHINGLES", 1 << 17)  # so that there are several partitions
        *most, last = corpus(rows)
        heap, parted = Heap(iter(most)), Heap(iter(most))
        heap.relate()
        parted.relate(memory=1)
        assert parted.links == heap.links
        for each in (heap, parted):
            each.documents[last.id] = last
            each.relate(frozenset({last.id}))
        assert parted.links == heap.links


@settings(max_examples=10, deadline=None)
@given(corpora)
def test_an_index_that_does_not_fit_is_made_anew_with_the_same_links(rows: list[tuple[str, str]]) -> None:
    first, *more = corpus(rows)
    heap, parted = Heap(iter([first, *more[:-1]])), Heap(iter([first, *more[:-1]]))
    for each, memory in ((heap, 0), (parted, 1)):
        each.relate(memory=memory)
        del each.documents[first.id]
        each.documents[more[-1].id] = more[-1]
        each.relate(frozenset({first.id, more[-1].id}), memory=memory)
    assert parted.links == heap.links


@pytest.mark.parametrize(
    "text",
    ["", "\u200b", "🙂" * 40, "“" * 50, "\ud800 lone surrogate words that go on and on here", "İ" * 20, "a " * 500],
)
def test_odd_texts_are_compared_without_a_fault(text: str) -> None:
    documents = [story(text, f"odd-{n}") for n in range(3)] + [story(f"{text} {FLOOD}", f"with-{n}") for n in range(2)]
    for one in related(*documents):
        for passage in one.passages:
            assert 0 <= passage.left.start < passage.left.end
            assert 0 <= passage.right.start < passage.right.end
