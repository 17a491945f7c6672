"""The gold of the example's actors: no name is two, and B-cubed is what it is by hand."""

from __future__ import annotations

import json

from bench.demo.actors import GOLD, b_cubed


def test_no_name_of_the_example_belongs_to_two_actors() -> None:
    names = [name for line in GOLD.read_text("utf-8").splitlines() for name in json.loads(line)["names"]]
    assert len(names) == len(set(names))


def test_b_cubed_weighs_each_mention_by_its_group() -> None:
    meant = {"a": "x", "b": "x", "c": "y"}
    assert b_cubed(meant, meant) == {"mentions": 3, "P": 1.0, "R": 1.0, "F1": 1.0}
    assert b_cubed(meant, {"a": "1", "b": "1", "c": "1"}) == {"mentions": 3, "P": 0.5556, "R": 1.0, "F1": 0.7143}
