"""People's words obeyed: corrections, clusters, undo and redo without limit, two people's files made one."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.judgements import Reviewed, Rulings, judge, redo, standing, undo
from sayso.judgements.anchors import members_of
from sayso.judgements.conflicts import conflicts, settle
from sayso.judgements.fields import FIELDS
from sayso.judgements.joining import join
from sayso.records import (
    FOUND,
    LINKED,
    Actor,
    ClaimCluster,
    Document,
    Event,
    Manner,
    Mention,
    Modality,
    Place,
    Statement,
    to_plain,
)
from sayso.store import CaseFile, open_case
from tests import factory as f
from tests.views import linked
from tests.web.bench_case import fill, write_case

TEXT = "The guard said the gates had failed. The cook saw it. A baker laughed."


@pytest.fixture
def case() -> CaseFile:
    one = f.document(TEXT)
    guard, cook = f.mention(one, "The guard"), f.mention(one, "The cook")
    return f.filed((one, [guard, cook, f.statement(one, "the gates had failed", f.hop(guard))]))


@pytest.fixture
def affair() -> CaseFile:
    from sayso.store import create_case

    return fill(create_case())


def said(case: CaseFile) -> Statement:
    return next(iter(case.statements))


def now(case: CaseFile) -> Statement:
    return next(Reviewed(case).of(Statement))


def test_a_rejected_statement_is_gone_from_what_views_see(case: CaseFile) -> None:
    judge(case, said(case).id, "reject")
    assert list(Reviewed(case).of(Statement)) == []
    assert list(Reviewed(case, rejected=True).of(Statement)) == [said(case)]


def test_what_stands_in_a_rejected_statement_goes_with_it(affair: CaseFile) -> None:
    event = next(affair.of(Event))
    judge(affair, event.statement, "reject")
    assert event.id not in {one.id for one in Reviewed(affair).of(Event)}


def test_corrections_are_obeyed_and_the_id_stays(case: CaseFile) -> None:
    judge(case, said(case).id, "edit", change={"modality": "possible", "manner": "denied", "span": "19-28"})
    one = now(case)
    assert (one.id, one.modality, one.chain[-1].manner) == (said(case).id, Modality.POSSIBLE, Manner.DENIED)
    assert case.quote(one.content[0]) == "gates had"


def test_a_source_can_be_named_by_the_words_of_a_mention(case: CaseFile) -> None:
    judge(case, said(case).id, "edit", change={"source": "the cook"})
    (source,) = now(case).chain[-1].sources
    assert case.quote(case.get(source).spans[0]) == "The cook"


def test_a_source_that_no_detector_found_is_named_by_its_words_in_the_text(case: CaseFile) -> None:
    judge(case, said(case).id, "edit", change={"source": "A baker"})
    reviewed = Reviewed(case)
    (source,) = now(case).chain[-1].sources
    found = {mention.id: mention for mention in reviewed.of(Mention, said(case).doc)}
    assert found[source].name == "A baker" and found[source].why.rule == "judgements.by_hand"


def test_a_chain_is_written_from_whom_the_text_cites_to_the_origin(case: CaseFile) -> None:
    judge(case, said(case).id, "edit", change={"chain": "The cook < The guard"})
    chain = now(case).chain
    assert [case.quote(case.get(hop.sources[0]).spans[0]) for hop in chain] == ["The cook", "The guard"]
    judge(case, said(case).id, "edit", change={"chain": "nobody"})
    assert now(case).chain[-1].sources == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"source": "The mayor"}, "stands nowhere"),
        ({"span": "9-3"}, "write where its words stand"),
        ({"span": "0-9999"}, "ends before"),
        ({"same": "mention-00"}, "no record"),
        ({"reliability": "G"}, "choose from A, B"),
        ({"manner": "sang"}, "choose from said"),
    ],
)
def test_a_correction_that_cannot_be_says_why(case: CaseFile, change: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        judge(case, said(case).id, "edit", change=change)


def test_every_kind_of_record_can_be_judged_and_finds_its_place_again(affair: CaseFile) -> None:
    kinds = [kind for kind in (*FOUND, *LINKED) if affair.count(kind)]
    assert len(kinds) >= 12
    for kind in kinds:
        one = next(affair.of(kind))
        judge(affair, one.id, "reject")
    rulings = Rulings(affair)
    assert all(next(affair.of(kind)).id in rulings for kind in kinds)
    assert FIELDS.keys() == {*FOUND, *LINKED}


def test_a_place_is_corrected_on_all_its_axes(affair: CaseFile) -> None:
    place = next(one for one in affair.of(Place) if one.lat is None)
    judge(affair, place.id, "edit", change={"lat": "54.5", "lon": "-1.25", "radius_km": "3", "name": "Sarrow"})
    one = Reviewed(affair).get(place.id)
    assert (one.lat, one.lon, one.radius_km, one.name) == (54.5, -1.25, 3, "Sarrow")


def test_grades_are_two_axes_and_f6_until_a_person_says_otherwise(affair: CaseFile) -> None:
    claim = next(affair.of(ClaimCluster))
    assert Reviewed(affair).ruling(claim.id).grade == ("F", "6")
    judge(affair, claim.id, "edit", change={"reliability": "B"})
    judge(affair, claim.id, "edit", change={"credibility": "3"})
    ruling = Reviewed(affair).ruling(claim.id)
    assert ruling.grade == ("B", "3") and ruling.verdict == ""


def actors(case: CaseFile) -> set[frozenset[str]]:
    return {frozenset(one.mentions) for one in Reviewed(case).of(Actor)}


def test_two_actors_are_put_together_and_taken_apart_again(affair: CaseFile) -> None:
    first, second, third = sorted(affair.of(Actor), key=lambda one: one.name)[:3]
    judge(affair, first.mentions[0], "edit", change={"same": second.mentions[0]})
    assert frozenset(first.mentions + second.mentions) in actors(affair)
    assert len(actors(affair)) == 2
    judge(affair, first.mentions[0], "edit", change={"different": second.mentions[0]})
    assert actors(affair) == {frozenset(one.mentions) for one in (first, second, third)}


def test_a_statement_taken_out_of_a_claim_takes_its_origins_along(affair: CaseFile) -> None:
    claim = next(affair.of(ClaimCluster))
    judge(affair, claim.statements[0], "edit", change={"different": " ".join(claim.statements[1:])})
    reviewed = list(Reviewed(affair).of(ClaimCluster))
    assert sorted(len(members_of(one)) for one in reviewed) == [1, 2]
    assert all(set(origin.statements) <= set(one.statements) for one in reviewed for origin in one.origins)
    assert Reviewed(affair).find(claim.id).statements == claim.statements[1:]


# --- undo and redo -------------------------------------------------------------------------------------------------


def whole(case: CaseFile) -> list[Any]:
    """All that views see of a case."""
    reviewed = Reviewed(case)
    kinds = (Document, *FOUND, *LINKED)
    return [sorted((to_plain(one) for one in reviewed.of(kind)), key=lambda one: one["id"]) for kind in kinds]


def test_undo_takes_back_ones_own_last_word_and_redo_gives_it_again(case: CaseFile) -> None:
    judge(case, said(case).id, "edit", change={"modality": "planned"}, by="Ada")
    judge(case, said(case).id, "reject", by="Ada")
    undo(case, by="Ada")
    assert now(case).modality == Modality.PLANNED
    undo(case, by="Ada")
    assert now(case).modality == Modality.ASSERTED
    redo(case, by="Ada")
    redo(case, by="Ada")
    assert list(Reviewed(case).of(Statement)) == []
    assert len(case.judgements) == 6


def test_nobody_undoes_another_persons_word(case: CaseFile) -> None:
    judge(case, said(case).id, "reject", by="Bo")
    with pytest.raises(UsageError, match="nothing to undo"):
        undo(case, by="Ada")


def test_after_a_new_word_there_is_nothing_to_redo(case: CaseFile) -> None:
    judge(case, said(case).id, "reject", by="Ada")
    undo(case, by="Ada")
    judge(case, said(case).id, "accept", by="Ada")
    with pytest.raises(UsageError, match="nothing to redo"):
        redo(case, by="Ada")


def act(case: CaseFile, chance: random.Random) -> None:
    """A random word on a random record."""
    kind = chance.choice([kind for kind in (*FOUND, *LINKED) if case.count(kind)])
    one = chance.choice(list(case.of(kind)))
    verdict = chance.choice(("accept", "reject", "edit", "edit"))
    change = _change(case, one, chance) if verdict == "edit" else {}
    judge(case, one.id, "edit" if change else "accept" if verdict == "edit" else verdict, change=change, by="Ada")


def _change(case: CaseFile, one: Any, chance: random.Random) -> dict[str, str]:
    fields = {name: field for name, field in FIELDS[type(one)].items() if field.choices}
    pairs = [other.id for other in case.of(type(one)) if other.id != one.id] if "same" in FIELDS[type(one)] else []
    if pairs and chance.random() < 0.4:
        return {chance.choice(("same", "different")): chance.choice(pairs)}
    if not fields:
        return {}
    name = chance.choice(sorted(fields))
    return {name: chance.choice(fields[name].choices)}


@given(seed=st.integers(0, 10**6), actions=st.integers(1, 25))
@settings(max_examples=8, deadline=None)
def test_undo_and_redo_of_random_actions_restore_the_exact_case(seed: int, actions: int) -> None:
    restores(random.Random(seed), actions)


def restores(chance: random.Random, actions: int) -> None:
    """Do random things, walk back and forth at random, and meet every state again."""
    from sayso.store import create_case

    with fill(create_case()) as case:
        states = [whole(case)]
        for _ in range(actions):
            act(case, chance)
            states.append(whole(case))
        at = actions
        for _ in range(actions * 2):
            forth = at == 0 or (at < actions and chance.random() < 0.4)
            (redo if forth else undo)(case, by="Ada")
            at += 1 if forth else -1
            assert whole(case) == states[at]
        while at:
            undo(case, by="Ada")
            at -= 1
        assert whole(case) == states[0]
        assert standing(list(case.judgements)) == []


# --- two people's files --------------------------------------------------------------------------------------------


def two(folder: Path) -> tuple[CaseFile, CaseFile]:
    return open_case(write_case(folder / "ada.sayso")), open_case(write_case(folder / "bo.sayso"))


def test_two_files_become_one_with_the_words_of_both_and_their_disagreements(tmp_path: Path) -> None:
    ada, bo = two(tmp_path)
    id = said(ada).id
    judge(ada, id, "edit", change={"modality": "planned"}, by="Ada")
    judge(bo, id, "edit", change={"modality": "possible"}, by="Bo")
    judge(bo, next(ada.of(Event)).id, "reject", by="Bo")
    joined = join(ada, bo)
    assert (joined.words, joined.documents) == (2, 0)
    (one,) = joined.conflicts
    assert (one.about, one.aspect, [value for _, value in one.sides]) == (id, "modality", ["planned", "possible"])
    assert join(ada, bo).words == 0


def test_a_disagreement_ends_when_one_word_is_taken(tmp_path: Path) -> None:
    ada, bo = two(tmp_path)
    first = judge(ada, said(ada).id, "accept", by="Ada")
    judge(bo, said(bo).id, "reject", by="Bo")
    assert len(join(ada, bo).conflicts) == 1
    settle(ada, first.id, by="Cy")
    assert list(conflicts(Rulings(ada))) == []
    assert not Rulings(ada)[said(ada).id].rejected


def test_documents_that_one_file_lacks_come_along_with_all_found_in_them(tmp_path: Path) -> None:
    ada, bo = two(tmp_path)
    fresh = f.document("Orla Venn said it rained.", name="fresh.txt")
    venn = f.mention(fresh, "Orla Venn")
    f.file(bo, fresh, [venn, f.statement(fresh, "it rained", f.hop(venn))])
    judge(bo, f.statement(fresh, "it rained", f.hop(venn)).id, "accept", by="Bo")
    assert join(ada, bo).documents == 1
    assert [one.chain[0].sources for one in ada.of(Statement, fresh.id)] == [(venn.id,)]
    assert ada.raw(fresh.raw) == fresh.text.encode()


def test_an_origin_that_a_person_marks_as_interested_is_so_in_the_case_as_people_left_it() -> None:
    held = linked.affair()
    case, claim = held.case, held.claim
    name = claim.origins[0].name
    judge(case, claim.id, "edit", change={"interested": f"{name}: it owns the gates"}, by="Ada")
    seen = Reviewed(case, Rulings(case)).find(claim.id)
    assert [one.interests for one in seen.origins] == [("it owns the gates (marked by a person)",)]
    with pytest.raises(UsageError, match="a colon, and why"):
        judge(case, claim.id, "edit", change={"interested": "somebody"}, by="Ada")
