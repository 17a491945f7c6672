"""Claims and reuse in a terminal: no control character of a text gets through, and every word finds its place."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from sayso.errors import UsageError
from sayso.terminal import across
from tests.views.linked import affair


def printed(show: object, *values: object) -> str:
    out = io.StringIO()
    assert callable(show)
    show(*values, Console(file=out, width=200))
    return out.getvalue()


def test_the_list_of_claims_says_how_many_origins_each_has() -> None:
    assert "3 statements in 3 texts of 3 publishers: single origin" in printed(across.show_claims, affair().case, None)


def test_a_claim_shows_its_tree_its_patterns_and_who_denies_it() -> None:
    made = affair()
    shown = printed(across.show_claim, made.case, made.claim.id)
    assert "copied without naming: Clear Tide: <b>Copy</b>" in shown
    assert "attribution lost on the way" in shown and "denied by Talpress < Bo Kest (said)" in shown


def test_a_claim_is_found_by_one_of_its_statements() -> None:
    made = affair()
    assert printed(across.show_claim, made.case, made.claim.statements[1]) == printed(
        across.show_claim, made.case, made.claim.id
    )


def test_two_texts_are_shown_with_their_shared_runs() -> None:
    made = affair()
    assert "[1: the gates had failed]" in printed(across.show_reuse, made.case, (made.wire.id, made.copy.id))


def test_texts_that_share_nothing_are_an_error_that_says_what_to_type() -> None:
    made = affair()
    with pytest.raises(UsageError, match="sayso reuse CASE"):
        across.show_reuse(made.case, (made.wire.id, made.denial.id), Console(file=io.StringIO()))
