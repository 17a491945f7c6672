"""What is ruled out by marks alone is what a comparison has nothing to say of."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.claims.basis import MARKS, Basis, compared, unpacked
from sayso.link.claims.decide import Nearness, comparable, compare
from sayso.records import Polarity
from tests import factory as f

WORDS = ("gates", "of", "Lunn", "Brask", "opened", "flooded", "12", "212 homes", "300 homes", "40 boats", "Wick", "at")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=4, max_size=9).map(lambda words: f"The {' '.join(words)} stayed.")
COSINES = st.floats(0.5, 1)


def basis(text: str, *, denied: bool) -> tuple[Basis, np.ndarray[tuple[int], np.dtype[np.void]]]:
    document = f.document(text, published="2026-03-04")
    polarity = Polarity.NEGATIVE if denied else Polarity.POSITIVE
    found = [f.statement(document, text, polarity=polarity)]
    made = compared(document, found, [], lambda texts: np.ones((len(texts), 384), np.float32))
    marks, words, frames, slots = unpacked(made)
    return Basis(document.id, made.published, words, frames, slots), np.frombuffer(marks, MARKS)


@given(TEXTS, TEXTS, st.booleans(), COSINES, COSINES)
def test_nothing_of_which_a_comparison_says_anything_is_ruled_out(
    left: str, right: str, denied: bool, words: float, frames: float
) -> None:
    (one, ours), (other, theirs) = basis(left, denied=False), basis(right, denied=denied)
    if len(ours) and len(theirs) and compare(one.said(0), other.said(0), Nearness(words, frames, 1.0)):
        assert comparable(ours, theirs, np.array([words]), np.array([frames])).all()
        assert comparable(ours, theirs, np.array([words]), 1.0).all()


def test_what_is_near_in_its_cosine_alone_is_ruled_out() -> None:
    (_, ours), (_, theirs) = (
        basis(text, denied=False) for text in ("The gates opened slowly.", "Some boats sank early.")
    )
    assert not comparable(ours, theirs, np.array([0.6]), np.array([0.6])).any()
    assert comparable(ours, ours, np.array([0.9]), np.array([0.9])).all()
