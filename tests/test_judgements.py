"""A person's word: kept for good, found its place again after a new analysis, never silently dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.errors import UsageError
from sayso.judgements import judge, judged, latest
from sayso.records import Document, Statement, Verdict
from sayso.store import CaseFile
from tests import factory as f

TEXT = 'The guard said "Yes." The cook said "Yes." Then the gates failed.'


def analysed(document: Document, *, cue: bool = True) -> list[object]:
    """Two people each say Yes; with other ids where the cue is not found."""
    guard, cook = f.mention(document, "The guard"), f.mention(document, "The cook")
    said = [(f.span(document, "said", nth),) if cue else () for nth in (0, 1)]
    first = f.statement(document, "Yes.", f.hop(guard, cue=said[0]))
    second = f.statement_at((f.span(document, "Yes.", 1),), f.hop(cook, cue=said[1]))
    return [guard, cook, first, second]


@pytest.fixture
def case() -> CaseFile:
    document = f.document(TEXT)
    return f.filed((document, analysed(document)))


def second(case: CaseFile) -> Statement:
    return list(case.statements)[1]


def test_a_judgement_holds_the_words_their_surroundings_and_the_chain(case: CaseFile) -> None:
    word = judge(case, second(case).id, "reject", by="Ada", note="a joke")
    assert {key: word.anchor[key] for key in ("words", "before", "after", "chain", "doc")} == {
        "words": ["Yes."],
        "before": 'uard said "Yes." The cook said "',
        "after": '" Then the gates failed.',
        "chain": [["The cook"]],
        "doc": "article.txt",
    }
    assert list(case.judgements) == [word]


def test_the_latest_word_counts_and_the_earlier_stays(case: CaseFile) -> None:
    id = second(case).id
    judge(case, id, "reject")
    judge(case, id, "edit", change={"modality": "planned"})
    assert latest(case)[id].verdict == Verdict.EDIT
    assert len(case.judgements) == 2


def test_after_a_new_analysis_with_other_ids_the_anchor_finds_the_right_one(case: CaseFile) -> None:
    old = second(case)
    judge(case, old.id, "reject")
    document = case.get(old.doc)
    f.file(case, document, analysed(document, cue=False), version="2")
    (one,) = judged(case)
    assert one.record is not None and one.record.id != old.id
    assert one.record == second(case)


def test_in_a_changed_file_the_anchor_follows_words_and_chain(case: CaseFile) -> None:
    judge(case, second(case).id, "accept")
    changed = f.document("An editor added this. " + TEXT.replace("Then", "And then"))
    f.file(case, changed, analysed(changed), place="here/article.txt")
    (one,) = judged(case)
    assert one.record == second(case)


def test_in_a_renamed_successor_the_anchor_follows_the_place(case: CaseFile) -> None:
    judge(case, second(case).id, "accept")
    changed = f.document(TEXT + " And more.", name="renamed.txt")
    f.file(case, changed, analysed(changed), place="here/article.txt")
    (one,) = judged(case)
    assert one.record == second(case)


def test_the_same_words_by_another_elsewhere_are_not_taken(case: CaseFile) -> None:
    judge(case, second(case).id, "reject")
    changed = f.document("Nobody laughed. The guard said \"Yes.\" That was all, for now and for long.")
    guard = f.mention(changed, "The guard")
    f.file(case, changed, [guard, f.statement(changed, "Yes.", f.hop(guard))], place="here/article.txt")
    assert [one.record for one in judged(case)] == [None]
    assert latest(case) == {}


def test_a_judgement_without_a_place_is_listed_not_dropped(case: CaseFile) -> None:
    word = judge(case, second(case).id, "reject")
    f.file(case, case.get(second(case).doc), [], version="2")
    assert [(one.judgement, one.record) for one in judged(case)] == [(word, None)]


def test_it_attaches_again_when_the_record_comes_back(case: CaseFile) -> None:
    said = second(case)
    judge(case, said.id, "reject")
    document = case.get(said.doc)
    f.file(case, document, [], version="2")
    f.file(case, document, analysed(document), version="3")
    assert [one.record for one in judged(case)] == [said]


@pytest.mark.parametrize(
    ("verdict", "change", "says"),
    [
        ("maybe", None, "accept, reject or edit"),
        ("edit", None, "names the corrected fields"),
        ("accept", {"modality": "planned"}, "the others name none"),
        ("edit", {"mood": "sad"}, "choose from wording, modality, polarity, chain"),
        ("edit", {"modality": "sad"}, "choose from asserted"),
    ],
)
def test_a_wrong_call_says_what_is_right(
    case: CaseFile, verdict: str, change: dict[str, str] | None, says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        judge(case, second(case).id, verdict, change=change)


def test_a_document_cannot_be_judged(case: CaseFile) -> None:
    with pytest.raises(UsageError, match="only what is found can be judged"):
        judge(case, second(case).doc, "accept")


def test_the_beginning_of_an_id_is_enough_if_only_one_record_has_it(case: CaseFile) -> None:
    id = second(case).id
    assert judge(case, id[:16], "accept").about == id
    with pytest.raises(UsageError, match="Several records begin"):
        judge(case, "statement-", "accept")
    with pytest.raises(UsageError, match="holds no record"):
        judge(case, "statement-zzzz", "accept")


def test_a_mention_can_be_judged(case: CaseFile) -> None:
    guard = next(iter(case.mentions))
    judge(case, guard.id, "edit", change={"name": "Orla Venn"})
    assert latest(case)[guard.id].change == {"name": "Orla Venn"}


def test_a_chain_with_a_missing_mention_can_still_be_judged() -> None:
    document = f.document(TEXT)
    said = f.statement(document, "Yes.", replace(f.hop(), sources=("mention-gone",)))
    case = f.filed((document, [said]))
    assert judge(case, said.id, "accept").anchor["chain"] == [[]]


def test_the_digits_of_a_statement_alone_name_it() -> None:
    """`sayso show` prints the first eight of them."""
    one = f.document("It rained.")
    said = f.statement(one, "It rained")
    with f.filed((one, [said])) as case:
        assert case.whole_id(said.id.removeprefix("statement-")[:8]) == said.id
