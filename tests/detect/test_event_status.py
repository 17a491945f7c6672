"""The status of events: the order of the guide, on sentences of each kind."""

from __future__ import annotations

from functools import cache

import pytest

from sayso.case import Page
from sayso.detect.events.frames import frames
from sayso.detect.events.status import status
from tests import factory

STATUS = [
    ("The army did not shell the town.", "shell", "negated"),
    ("She refused to leave the hall.", "leave", "negated"),
    ("A plot to kidnap the judge was foiled.", "kidnap", "negated"),
    ("They threatened to burn the mill.", "burn", "threatened"),
    ("The navy warned that it would sink any boat.", "sink", "threatened"),
    ("The mayor called for an investigation.", "investigation", "demanded"),
    ("He ordered his men to attack.", "attack", "demanded"),
    ("The council must release the files.", "release", "demanded"),
    ("If the rebels attack, the town will fall.", "attack", "conditional"),
    ("The fleet may blockade the strait.", "blockade", "conditional"),
    ("The union will strike on Monday.", "strike", "planned"),
    ("They agreed to withdraw.", "withdraw", "planned"),
    ("In 1961 the army annexed the islands.", "annexed", "historical"),
    ("Veterans marked the anniversary of the raid.", "raid", "historical"),
    ("Troops are shelling the town.", "shelling", "ongoing"),
    ("The siege continues.", "siege", "ongoing"),
    ("Troops shelled the town.", "shelled", "happened"),
    ("The army denied that it had shelled the town.", "shelled", "happened"),
]


@cache
def parsed(text: str) -> Page:
    return factory.page(text)


@pytest.mark.parametrize(("text", "trigger", "expected"), STATUS, ids=[case[0] for case in STATUS])
def test_the_words_say_the_status(text: str, trigger: str, expected: str) -> None:
    page = parsed(text)
    frame = next(f for f in frames(page.parse) if any(page.parse.text[t] == trigger for t in f.tokens))
    assert str(status(page.parse, frame)[0]) == expected


def test_a_year_is_history_only_where_it_lies_well_before_the_text() -> None:
    page = parsed("In 2019 the army annexed the islands.")
    frame = next(f for f in frames(page.parse) if page.parse.text[f.head] == "annexed")
    assert [str(status(page.parse, frame, now=year)[0]) for year in (2020, 2024)] == ["happened", "historical"]


def test_a_present_tense_is_under_way_in_a_body_and_done_in_a_headline() -> None:
    page = parsed("Troops occupy the port.")
    frame = next(iter(frames(page.parse)))
    assert [str(status(page.parse, frame, headline=h)[0]) for h in (False, True)] == ["ongoing", "happened"]
