"""Actors, relations and events in a terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from sayso.errors import UsageError
from sayso.records import Event
from sayso.store import CaseFile
from sayso.terminal.network import show_actors, show_events
from tests import factory as f
from tests.views.test_events import told
from tests.views.test_network import case

__all__ = ["case"]


def printed(show: object, *values: object, **options: object) -> str:
    out = io.StringIO()
    assert callable(show)
    show(*values, Console(file=out, width=200), **options)
    return out.getvalue()


def test_actors_are_followed_by_what_they_are_said_to_be_to_one_another(case: CaseFile) -> None:
    shown = printed(show_actors, case, None)
    assert "Norvania  organisation  named twice in 2 texts, 2 relations" in shown
    assert "Norvania funds Front  [said not to be so]" in shown
    assert "2029\n        Lunn Mail < Ada Lorn (said)" in shown


def test_one_actor_is_found_by_its_name(case: CaseFile) -> None:
    shown = printed(show_actors, case, "mara voss")
    assert "Mara Voss leads Front" in shown and "funds" not in shown


def test_a_name_that_fits_nobody_is_an_error_that_says_what_to_type(case: CaseFile) -> None:
    with pytest.raises(UsageError, match="sayso actors CASE"):
        printed(show_actors, case, "nobody at all")


def test_a_case_without_actors_says_how_they_come_about() -> None:
    assert "told twice" in printed(show_actors, f.filed(), None)


def test_events_say_what_happened_and_who_says_so() -> None:
    one, records, _ = told("a", "Ada Lorn")
    shown = printed(show_events, f.filed((one, records)), None)  # type: ignore[arg-type]
    assert "ASSAULT by The army on rebels; 2 dead; 3 March 2031; Lunn  happened" in shown
    assert "Talpress < Ada Lorn (said)" in shown


def test_no_control_character_of_a_text_gets_to_the_terminal() -> None:
    one, records, _ = told("a", "Ada\x1b[31m Lorn")
    assert any(isinstance(record, Event) for record in records)
    assert "\x1b[31m" not in printed(show_events, f.filed((one, records)), None)  # type: ignore[arg-type]
