"""Relations: the same tie in several documents is one edge, and what is denied is an edge beside it."""

from __future__ import annotations

from typing import Any

from sayso.link.actors import actors
from sayso.link.relations import relations
from sayso.linking import relate
from sayso.records import Actor, Document, EventStatus, Manner, Mention, MentionKind, Relation, Stance
from sayso.store import CaseFile
from tests import factory as f

TEXT = "Norvania funds the Front, {} said."
LINKERS = (actors, relations)


def told(name: str, by: str, **hop: Any) -> tuple[Document, list[Any]]:
    """A document in which somebody says that Norvania funds the Front."""
    one = f.document(TEXT.format(by), name=name)
    source = f.mention(one, by)
    sides = [f.mention(one, words, kind=MentionKind.ORGANISATION) for words in ("Norvania", "Front")]
    said = f.statement(one, "Norvania funds the Front", f.hop(source, cue=(f.span(one, "said"),), **hop))
    return one, [source, *sides, said, f.tie(said, sides[0], sides[1], f.span(one, "funds"))]


def related(*pairs: tuple[Document, list[Any]]) -> CaseFile:
    case = f.filed(*pairs)
    relate(case, LINKERS)
    return case


def edges(case: CaseFile) -> list[tuple[str, str, str, str, int]]:
    found = []
    for one in case.of(Relation):
        ends = [case.get(id) for id in (one.subject, one.object)]
        assert all(isinstance(end, Actor) for end in ends)
        found.append((ends[0].name, str(one.kind), ends[1].name, str(one.status), len(one.statements)))
    return sorted(found)


def test_the_same_tie_in_two_documents_is_one_edge_with_both_statements() -> None:
    case = related(told("a", "Ada Lorn"), told("b", "Elena Ruiz"))
    assert edges(case) == [("Norvania", "funds", "Front", "happened", 2)]


def test_one_document_is_enough_for_an_edge() -> None:
    assert edges(related(told("a", "Ada Lorn"))) == [("Norvania", "funds", "Front", "happened", 1)]


def test_what_a_source_denies_is_an_edge_of_its_own_marked_negated() -> None:
    case = related(told("a", "Ada Lorn"), told("b", "Elena Ruiz", manner=Manner.DENIED))
    assert [(one[3], one[4]) for one in edges(case)] == [("happened", 1), ("negated", 1)]


def test_what_the_writer_rejects_is_negated_too() -> None:
    assert edges(related(told("a", "Ada Lorn", stance=Stance.REJECTS)))[0][3] == "negated"


def test_what_is_told_in_the_name_of_a_source_is_not_denied_by_that_source() -> None:
    one, records = told("a", "Ada Lorn", manner=Manner.DENIED)
    *rest, tie = records
    assert edges(related((one, [*rest, f.replace(tie, aside=True)])))[0][3] == "happened"


def test_what_is_no_more_is_another_edge_than_what_is() -> None:
    one, records = told("a", "Ada Lorn")
    *rest, tie = records
    past = (one, [*rest, f.replace(tie, status=EventStatus.HISTORICAL)])
    assert [one[3] for one in edges(related(past, told("b", "Elena Ruiz")))] == ["happened", "historical"]


def test_a_document_that_goes_takes_its_statement_with_it() -> None:
    case = related(told("a", "Ada Lorn"), told("b", "Elena Ruiz"))
    one, records = told("b", "Elena Ruiz")
    f.file(case, one, [record for record in records if isinstance(record, Mention)], version="other")
    relate(case, LINKERS)
    assert edges(case) == [("Norvania", "funds", "Front", "happened", 1)]


def test_adding_one_by_one_gives_the_same_edges_as_all_at_once() -> None:
    pairs = [told("a", "Ada Lorn"), told("b", "Elena Ruiz", manner=Manner.DENIED), told("c", "Sela Dunn")]
    grown = related(pairs[0])
    for pair in pairs[1:]:
        f.file(grown, *pair)
        relate(grown, LINKERS)
    assert list(grown.of(Relation)) == list(related(*pairs).of(Relation))
