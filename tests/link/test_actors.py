"""Mentions are merged across documents by their full names and by what texts state, and each merge says why."""

from __future__ import annotations

from itertools import permutations

from sayso.judgements import Reviewed, judge
from sayso.link.actors import actors, sound
from sayso.linking import relate
from sayso.records import Actor, Document, Mention, MentionKind
from sayso.store import CaseFile
from tests import factory as f


def naming(
    text: str, words: str, kind: MentionKind = MentionKind.PERSON, name: str = ""
) -> tuple[Document, list[Mention]]:
    one = f.document(text, name=f"{text[:20]}.txt")
    return one, [f.mention(one, words, kind=kind, name=name or words)]


def merged(*pairs: tuple[Document, list[Mention]]) -> CaseFile:
    case = f.filed(*pairs)
    relate(case, [actors])
    return case


def test_a_full_name_in_two_documents_is_one_actor_and_says_why() -> None:
    (one,) = merged(naming("Edda Wick spoke.", "Edda Wick"), naming("Then Edda Wick left.", "Edda Wick")).of(Actor)
    assert one.name == "Edda Wick"
    assert [merge.why.note for merge in one.merges] == ["same name"]


def test_a_bare_surname_is_never_merged() -> None:
    assert list(merged(naming("Wick spoke.", "Wick"), naming("Then Wick left.", "Wick")).of(Actor)) == []
    assert list(merged(naming("Wick spoke.", "Wick"), naming("Then Edda Wick left.", "Edda Wick")).of(Actor)) == []


def test_a_short_form_that_a_text_states_is_the_same_actor_everywhere() -> None:
    group, short = MentionKind.GROUP, MentionKind.ORGANISATION
    stated = naming("The Harrow Front (HF) claimed it.", "Harrow Front", group)
    (one,) = merged(stated, naming("Later HF denied it.", "HF", short)).of(Actor)
    assert (one.name, one.aliases) == ("Harrow Front", ("HF",))
    assert [merge.why.note for merge in one.merges] == ["short form stated"]


def test_a_short_form_of_two_names_belongs_to_neither() -> None:
    one = naming("The Harrow Front (HF) claimed it.", "Harrow Front", MentionKind.GROUP)
    other = naming("The Hadrin Fund (HF) paid.", "Hadrin Fund", MentionKind.ORGANISATION)
    assert list(merged(one, other, naming("Later HF denied it.", "HF", MentionKind.ORGANISATION)).of(Actor)) == []


def test_two_spellings_that_sound_alike_are_one_and_two_people_of_like_names_are_not() -> None:
    assert sound("mirel tavaste") == sound("mirel tawasti")
    (one,) = merged(naming("Mirel Tavaste spoke.", "Mirel Tavaste"), naming("So Mirel Tavasti.", "Mirel Tavasti")).of(
        Actor
    )
    assert "spelt alike" in " ".join(merge.why.note for merge in one.merges) or len(one.aliases) == 1
    assert list(merged(naming("Maria Marin.", "Maria Marin"), naming("So Mario Moran.", "Mario Moran")).of(Actor)) == []


def test_documents_in_any_order_give_what_a_run_from_nothing_gives() -> None:
    pairs = [
        naming("The Harrow Front (HF) claimed it.", "Harrow Front", MentionKind.GROUP),
        naming("Later HF denied it.", "HF", MentionKind.ORGANISATION),
        naming("The Hadrin Fund (HF) paid.", "Hadrin Fund", MentionKind.ORGANISATION),
        naming("Then the Harrow Front left.", "Harrow Front", MentionKind.GROUP),
    ]
    expected = list(merged(*pairs).of(Actor))
    assert expected
    for order in permutations(pairs):
        grown = f.filed()
        for one, records in order:
            f.file(grown, one, records)
            relate(grown, [actors])
        assert list(grown.of(Actor)) == expected


def test_initials_are_those_of_the_one_name_that_has_them_and_of_none_where_two_do() -> None:
    service = naming("The Tessel News Service reported it.", "Tessel News Service", MentionKind.MEDIUM)
    short = naming("So TNS has it.", "TNS", MentionKind.UNKNOWN)
    (one,) = merged(service, short).of(Actor)
    assert [merge.why.note for merge in one.merges] == ["initials of tessel news service"]
    other = naming("Then Talmeran Night Shipping paid.", "Talmeran Night Shipping", MentionKind.ORGANISATION)
    assert list(merged(service, short, other).of(Actor)) == []


def test_an_initial_and_a_surname_are_the_one_person_who_has_both() -> None:
    short = naming("E. Wick spoke.", "E. Wick")
    (one,) = merged(naming("Then Edda Wick left.", "Edda Wick"), short).of(Actor)
    assert [merge.why.note for merge in one.merges] == ["initials of edda wick"]
    others = naming("Ese Wick came.", "Ese Wick"), naming("Then Edda Wick left.", "Edda Wick")
    assert list(merged(*others, short).of(Actor)) == []


def test_a_merge_that_a_person_undid_stays_undone_when_all_is_linked_again() -> None:
    case = merged(naming("Edda Wick spoke.", "Edda Wick"), naming("Then Edda Wick left.", "Edda Wick"))
    (one,) = case.of(Actor)
    judge(case, one.mentions[0], "edit", change={"different": one.mentions[1]})
    f.file(case, *naming("And Nuria Pell sang.", "Nuria Pell"))
    case.rows("UPDATE linker SET version = 'older'")
    relate(case, [actors])
    assert len(list(case.of(Actor))) == 1
    assert not any(len(actor.mentions) > 1 for actor in Reviewed(case).of(Actor))
