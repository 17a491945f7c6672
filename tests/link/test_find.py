"""Which statements are compared does not hang on the order in which documents come, nor on how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from sayso.encoder.encoder import load
from sayso.link.claims import claims, link
from sayso.link.claims.find import Fresh, pairs
from sayso.link.claims.shelf import SHIFT, Shelf
from sayso.linking import relate
from sayso.records import ClaimCluster, Contradiction, Document
from sayso.store import CaseFile
from tests import factory as f
from tests.link.test_claims import told

HOMES = "212 homes were flooded in Lunn"
SIGN = "Readers may sign the weekly letter of the house below"


def reported(name: str, words: str, published: str = "2026-03-04") -> tuple[Document, list[Any]]:
    return told(f"Rell said {words}.", name, words, published=published)


PAIRS = (
    reported("a", HOMES),
    reported("b", "the flood in Lunn put 212 homes under water", "2026-03-05"),
    reported("c", "close to 300 homes were flooded in Lunn", "2026-03-05"),
    reported("d", HOMES, "2026-08-01"),
    reported("e", "the 212 flooded homes of Lunn stand empty", "2026-03-06"),
)


def grown(pairs: Sequence[tuple[Document, list[Any]]], *, by: int) -> CaseFile:
    case = f.filed()
    for first in range(0, len(pairs), by):
        for one, records in pairs[first : first + by]:
            f.file(case, one, records)
        relate(case, [claims], checks=[])
    return case


def found(case: CaseFile) -> tuple[list[ClaimCluster], list[Contradiction]]:
    return list(case.of(ClaimCluster)), list(case.of(Contradiction))


@pytest.mark.parametrize("flat", [0, 2, 4, 100])
def test_a_case_that_outgrows_the_flat_search_ends_where_one_made_at_once_does(
    flat: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("sayso.link.claims"), "FLAT", flat)
    expected = found(grown(PAIRS, by=len(PAIRS)))
    assert expected[0] and expected[1]
    for order in (PAIRS, PAIRS[::-1], (*PAIRS[2:], *PAIRS[:2])):
        assert found(grown(order, by=1)) == found(grown(order, by=2)) == expected


def test_statements_near_one_another_share_a_cell() -> None:
    case = grown(PAIRS, by=len(PAIRS))
    shelf = Shelf(case, load().encode)
    fresh = Fresh(frozenset(one.n for one in shelf.held()), frozenset())
    flat = pairs(shelf, fresh, celled=False).tolist()
    assert flat and pairs(shelf, fresh, celled=True).tolist() == flat


def test_texts_of_days_far_apart_are_compared_only_where_they_say_the_same_words() -> None:
    case = grown(PAIRS, by=len(PAIRS))
    shelf = Shelf(case, load().encode)
    far = next(one.n for one in shelf.held() if one.doc == PAIRS[3][0].id)
    met = pairs(shelf, Fresh(frozenset({far}), frozenset()), celled=False)
    said = {shelf.said(number).text for number in met.ravel().tolist() if number >> SHIFT != far}
    assert said == {HOMES}


def printed(*days: int) -> list[tuple[Document, list[Any]]]:
    return [reported(f"p{day}", SIGN, f"2026-05-{day:02}") for day in days]


def test_a_sentence_that_many_texts_print_for_weeks_is_nobodys_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("sayso.link.claims.shelf"), "STOCK", 3)
    few, fast, long = printed(1, 10, 20), printed(1, 2, 3, 4), printed(1, 2, 3, 20)
    assert [len(one.statements) for one in grown(few, by=3).of(ClaimCluster)] == [3]
    assert [len(one.statements) for one in grown(fast, by=4).of(ClaimCluster)] == [4]
    assert found(grown(long, by=4)) == found(grown(long, by=1)) == ([], [])


def test_a_sentence_that_is_no_longer_stock_is_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("sayso.link.claims.shelf"), "STOCK", 3)
    case = grown(printed(1, 2, 3, 20), by=4)
    one = printed(20)[0][0]
    f.file(case, one, [], version="another")
    relate(case, [claims], checks=[])
    assert found(case) == found(grown(printed(1, 2, 3), by=3))


def test_vectors_that_the_analysis_left_are_not_made_again() -> None:
    case = grown(PAIRS, by=len(PAIRS))
    expected = found(case)
    case.rows("UPDATE linker SET version = 'old'")

    def encode(texts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        raise AssertionError(f"{len(texts)} texts were encoded again")

    def again(case: Any, changed: frozenset[str]) -> Any:
        return link(case, changed, encode)

    again.__name__ = "claims"
    relate(case, [again], checks=[])
    assert found(case) == expected
