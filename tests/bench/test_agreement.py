"""Agreement of two readers: figures known by hand, and the golds' own."""

from __future__ import annotations

import pytest

from bench.agreement import alike, kappa, macro, pairs


def test_agreement_is_what_two_readers_share_beyond_chance() -> None:
    """Two of four alike, where chance gives half: no agreement at all."""
    found = [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]
    assert alike(found) == 0.5
    assert kappa(found) == 0
    assert macro(found) == pytest.approx(0.5)


def test_two_readers_of_the_gold_agree_on_every_label() -> None:
    """The guides are plain enough: kappa above .9 in every vocabulary."""
    found = pairs()
    assert {len(found[field]) for field in ("manner", "stance", "modality", "polarity")} == {160}
    assert all(kappa(found[field]) > 0.9 for field in ("manner", "stance", "modality", "polarity", "status"))
