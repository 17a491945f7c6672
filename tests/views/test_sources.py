"""Voices: counted as origin and as relay, merged by exact name alone, with the share nobody stands behind."""

import pytest

from sayso.ingest.blocks import Block
from sayso.records import PartKind
from sayso.views.sources import Voice, percent, voices
from tests.views.affair import MemoryCase, affair, write


def voice(label: str) -> Voice:
    return next(row for row in voices(affair()).rows if row.label == label)


def test_a_name_is_one_voice_across_documents_whatever_its_case() -> None:
    halden = voice("Mira Halden")
    assert (len(halden.origin), halden.documents, halden.publishers) == (4, 2, 2)


def test_who_passes_on_is_counted_apart_from_who_is_the_origin() -> None:
    wire = voice("The Northern Wire")
    assert (len(wire.origin), len(wire.relay)) == (1, 1)


def test_an_unnamed_source_is_listed_by_its_words_and_a_missing_one_as_nobody_named() -> None:
    assert voice("two officials").standing == "not named"
    assert voice("nobody named").standing is None


@pytest.mark.parametrize("label", ["A poll", "The ministry"])
def test_an_institution_or_paper_that_is_only_described_is_not_anonymous(label: str) -> None:
    assert voice(label).standing == "described" and not voice(label).anonymous


def test_a_pronoun_without_a_name_is_neither_named_nor_anonymous_and_comes_last() -> None:
    made = write("doc-p", "T", None, Block(PartKind.BODY, "She said it rained. Kato said so too.", "p"))
    made.source("She")
    made.source("Kato", "Kato")
    made.statement(["it rained"], made.hop(["She"], "said"))
    made.statement(["so too"], made.hop(["Kato"], "said"))
    counted = voices(MemoryCase(made.records()))
    assert (counted.unresolved, counted.named, counted.share) == (1, 1, 0.0)
    assert [row.label for row in counted.rows] == ["Kato", "She"]


def test_the_most_cited_voice_comes_first_with_its_manners() -> None:
    first = voices(affair()).rows[0]
    assert (first.label, first.manners[0]) == ("Mira Halden", ("said", 2))


def test_the_share_of_anonymous_sourcing_is_of_attributed_statements() -> None:
    counted = voices(affair())
    assert (counted.attributed, counted.anonymous, counted.nobody, counted.own) == (10, 2, 1, 1)
    assert percent(counted.share) == "30%"


def test_a_bare_surname_is_not_merged_with_a_full_name() -> None:
    made = write("doc-s", "T", None)
    assert percent(voices(MemoryCase(made.records())).share) == "-"
    labels = [row.label for row in voices(affair()).rows]
    assert "Halden" not in labels
