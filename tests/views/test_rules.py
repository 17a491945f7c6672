"""Rules are explained by their own docstrings, read and never run."""

import pytest

from sayso.views.rules import explain


def test_a_rule_is_explained_by_the_first_paragraph_of_its_docstring() -> None:
    assert explain("quotes.quotes").endswith(".")


@pytest.mark.parametrize("rule", ["", "mine.own", "../../x.y", "os.system", "quotes", "quotes.__init__", "a.b.c"])
def test_a_rule_from_elsewhere_has_no_explanation(rule: str) -> None:
    assert explain(rule) == ""
