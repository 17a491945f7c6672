"""Network: an edge says what one actor is said to be to another, by whom, since when; an actor shows why it is one."""

from __future__ import annotations

import pytest

from sayso.link.actors import actors as link_actors
from sayso.link.relations import relations
from sayso.linking import relate
from sayso.records import Actor, EventStatus, Manner, MentionKind, RelationKind
from sayso.store import CaseFile
from sayso.views.network import actor_page, actors, edges
from tests import factory as f


@pytest.fixture
def case() -> CaseFile:
    """Ada Lorn says since when Norvania funds the Front, which Elena Ruiz denies; the writer names its leader."""
    one = f.document("Norvania has funded the Front since 2029, Ada Lorn said.", name="a", publisher="Lunn Mail",
                     published="2031-03-05")  # fmt: skip
    two = f.document("Front leader Mara Voss denied that Norvania funds the Front.", name="b", publisher="Talpress")
    who = f.mention(one, "Ada Lorn")
    sides = [f.mention(one, words, kind=MentionKind.ORGANISATION) for words in ("Norvania", "Front")]
    day = f.when(one, "since 2029", "2029-01-01", "2029-12-31")
    said = f.statement(one, "Norvania has funded the Front since 2029", f.hop(who, cue=(f.span(one, "said"),)))
    first = [who, *sides, day, said, f.tie(said, *sides, f.span(one, "funded"), when=(day.id,))]
    voss = f.mention(two, "Mara Voss")
    named = [f.mention_at(f.span(two, words, nth), name=words, kind=MentionKind.ORGANISATION)
             for words, nth in (("Norvania", 0), ("Front", 1), ("Front", 0))]  # fmt: skip
    hop = f.hop(voss, cue=(f.span(two, "denied"),), manner=Manner.DENIED)
    denied = f.statement(two, "Norvania funds the Front", hop)
    leads = f.tie(denied, voss, named[2], f.span(two, "leader"), kind=RelationKind.LEADS, aside=True)
    second = [voss, *named, denied, f.tie(denied, named[0], named[1], f.span(two, "funds")), leads]
    made = f.filed((one, first), (two, second))
    relate(made, (link_actors, relations))
    return made


def test_an_edge_says_who_says_so_in_which_words_and_since_when(case: CaseFile) -> None:
    row = next(one for one in edges(case) if one.what == "funds" and not one.mark)
    assert row.line == "Norvania funds Front"
    (said,) = row.sayings
    assert (said.words, said.chain) == ("Norvania has funded the Front", "Lunn Mail < Ada Lorn (said)")
    assert (said.since, said.published) == ((("2029-01-01", "2029-12-31"),), "2031-03-05")


def test_what_is_denied_is_an_edge_of_its_own_with_its_mark(case: CaseFile) -> None:
    row = next(one for one in edges(case) if one.mark)
    assert row.line == "Norvania funds Front (said not to be so)"
    assert [said.chain for said in row.sayings] == ["Talpress < Mara Voss (denied)"]


def test_what_stands_in_the_name_of_a_source_is_said_by_the_text(case: CaseFile) -> None:
    row = next(one for one in edges(case) if one.what == "leads")
    assert [(said.words, said.chain) for said in row.sayings] == [("Front leader Mara Voss", "Talpress (own voice)")]


def test_actors_are_listed_with_how_often_they_are_named_and_tied(case: CaseFile) -> None:
    assert [(one.name, one.mentions, one.documents, len(one.edges)) for one in actors(case)] == [
        ("Front", 3, 2, 3),
        ("Norvania", 2, 2, 2),
        ("Mara Voss", 1, 1, 1),
    ]


def test_the_page_of_an_actor_says_why_each_mention_is_taken_for_it(case: CaseFile) -> None:
    norvania = next(one for one in case.of(Actor) if one.name == "Norvania")
    page = actor_page(case, norvania)
    assert sorted(one.reason for one in page.named) == ["", "same name"]
    assert {one.what for one in page.edges} == {"funds"}


def test_a_relation_that_is_no_more_says_so(case: CaseFile) -> None:
    relation = next(one for one in case.relations if one.status is EventStatus.HAPPENED)
    (row,) = edges(case, [f.replace(relation, status=EventStatus.HISTORICAL)])
    assert row.mark == "said to be no more"
