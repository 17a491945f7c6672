"""What must hold for every check and any text."""

from __future__ import annotations

import random

import pytest

from sayso.check import ACROSS, CHECKS
from sayso.records import Check, from_plain, to_plain
from sayso.views.rules import explain
from tests.check.memory import Memory
from tests.check.pages import page

PIECES = (
    "Friday, May 3, 2013", "31 June", "2013-13-04", "will vote on", "said on", "ten years after", "the 1997 raid", "in",
    "Ida Brannock, 48,", "born in 1958", "(1958-2003)", "from 4 to 9 May", "a three-day siege", "after", "before",
    "Leuven, 25 km west of Brussels,", "50 miles (90 km)", "Lyon, Germany", "’s border with", "Portugal", "Zaire",
    "at 9 a.m.", "“", "”", ".", "\n\n", "😀", "\u200b", "\ud800", "(", ")", "the 20th anniversary of", "in 2009", "é",
)  # fmt: skip


def texts() -> list[str]:
    made = random.Random(7)
    return ["", " ", "\n\n", *(" ".join(made.choices(PIECES, k=made.randint(1, 40))) for _ in range(40))]


@pytest.mark.parametrize("published", ["2013-05-04", None])
def test_no_text_breaks_a_check_and_spans_lie_in_it(published: str | None) -> None:
    for number, text in enumerate(texts()):
        made = page(text, published, name=f"{number}.txt")
        for check in CHECKS:
            found = list(check(made))
            assert found == list(check(made)), check.__name__
            made.add(found)
        for one in made.of(Check):
            assert one.spans and all(0 <= s.start < s.end <= len(text) for s in one.spans)
            assert from_plain(Check, to_plain(one)) == one
        assert all(isinstance(one, Check) for check in ACROSS for one in check(Memory([made])))


def test_every_check_tells_the_reader_its_rule() -> None:
    for check in (*CHECKS, *ACROSS):
        home = check.__module__.rpartition(".")[2]
        assert explain(f"{home}.{check.__name__}"), check.__name__


def test_ids_are_those_of_rule_and_places() -> None:
    made = page("They met on Tuesday, June 12, 2019, and on Tuesday, June 12, 2019.")
    found = [one for check in CHECKS for one in check(made)]
    assert len({one.id for one in found}) == len(found)
