"""How growth is fitted and drawn."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from bench.growth import FAR, fit
from bench.growth_plot import draw


def test_what_takes_ten_times_as_long_for_ten_times_the_documents_grows_by_the_exponent_one() -> None:
    assert fit([(1_000, 3.6), (10_000, 36.0), (100_000, 360.0)]) == {
        "exponent": 1.0,
        f"core-hours at {FAR:,}": pytest.approx(10.0),
    }


def test_what_compares_all_pairs_grows_by_the_exponent_two() -> None:
    assert fit([(1_000, 1.0), (2_000, 4.0)])["exponent"] == 2.0


def test_one_size_says_nothing_of_growth() -> None:
    assert fit([(1_000, 1.0)]) == {}


def test_every_row_that_has_a_figure_is_a_point_with_its_value() -> None:
    rows = [{"documents": size, "s": size / 100, "mb": 120, "case mb": size // 5_000} for size in (1_000, 10_000)]
    root = ElementTree.fromstring(draw({"reuse": rows, "claims & all": rows[:1]}))
    titles = [one.text for one in root.iter("{http://www.w3.org/2000/svg}title")]
    assert titles.count("10,000 documents: 100.0") == 1
    assert titles.count("1,000 documents: 120") == 2
    assert not [title for title in titles if title and title.endswith(": 0")]
