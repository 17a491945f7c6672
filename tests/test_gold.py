"""The own gold is well formed: its words stand in its texts, its labels are labels, and each has enough sentences."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sayso.records import Manner, Modality, Polarity, Stance

GOLD = Path(__file__).parent / "gold" / "sentences.jsonl"
GUIDE = Path(__file__).parent.parent / "docs" / "gold-guide.md"
ITEMS: list[dict[str, Any]] = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
# How many sentences each label of a field has at the least.
LEAST = {Manner: 12, Stance: 20, Modality: 20, Polarity: 20}
LABELS = [(kind, label) for kind in LEAST for label in kind]


def labelled(kind: type, label: str) -> list[dict[str, Any]]:
    return [item for item in ITEMS if item["statement"][kind.__name__.lower()] == label]


def words(statement: dict[str, Any]) -> list[str]:
    named = [statement["source"], statement["cue"], *statement["content"]]
    return [one for one in named if one is not None]


def times(one: str, text: str) -> int:
    """How often words stand in a text, not counting where they are a piece of longer ones."""
    left = r"(?<!\w)" if one[0].isalnum() else ""
    right = r"(?!\w)" if one[-1].isalnum() else ""
    return len(re.findall(left + re.escape(one) + right, text))


def test_every_line_has_the_same_fields() -> None:
    assert {tuple(item) for item in ITEMS} == {("id", "text", "statement", "set")}
    fields = ("source", "cue", "content", "manner", "stance", "modality", "polarity")
    assert {tuple(item["statement"]) for item in ITEMS} == {fields}


def test_no_id_or_text_stands_twice() -> None:
    assert max(Counter(item["id"] for item in ITEMS).values()) == 1
    assert max(Counter(item["text"] for item in ITEMS).values()) == 1


def test_marked_words_stand_in_their_text_exactly_once() -> None:
    found = [(item["id"], one, times(one, item["text"])) for item in ITEMS for one in words(item["statement"])]
    assert [line for line in found if line[2] != 1] == []


def test_every_statement_has_content_and_only_a_carrier_has_no_cue() -> None:
    assert all(item["statement"]["content"] for item in ITEMS)
    assert {item["statement"]["manner"] for item in ITEMS if item["statement"]["cue"] is None} == {Manner.RELAYED}


def test_every_label_is_one_of_its_vocabulary() -> None:
    for kind in LEAST:
        assert {item["statement"][kind.__name__.lower()] for item in ITEMS} <= set(kind)


@pytest.mark.parametrize(("kind", "label"), LABELS)
def test_every_label_has_enough_sentences_and_about_a_third_are_held(kind: type, label: str) -> None:
    found = labelled(kind, label)
    held = [item for item in found if item["set"] == "held"]
    assert len(found) >= LEAST[kind]
    assert 0.2 <= len(held) / len(found) <= 0.45


def test_an_item_is_either_for_development_or_held() -> None:
    assert {item["set"] for item in ITEMS} == {"dev", "held"}


@pytest.mark.parametrize(("kind", "label"), LABELS)
def test_the_guide_defines_every_label(kind: type, label: str) -> None:
    assert f"\n| {label} |" in GUIDE.read_text("utf-8")
