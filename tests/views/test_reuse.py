"""Two texts side by side: the runs that they share are numbered alike, and nothing of either is lost."""

from __future__ import annotations

from sayso.views.reuse import aligned, reuse_rows
from tests.views.linked import COPY, WIRE, affair


def test_the_runs_of_each_side_make_up_its_text() -> None:
    made = affair()
    pair = aligned(made.case, made.link)
    assert "".join(run.text for run in pair.left.runs) == COPY
    assert "".join(run.text for run in pair.right.runs) == WIRE


def test_shared_runs_have_the_same_number_on_both_sides() -> None:
    made = affair()
    pair = aligned(made.case, made.link)
    assert [[run.text for run in side.runs if run.passage == 1] for side in (pair.left, pair.right)] == [
        [COPY[:21]],
        ["the gates had failed"],
    ]


def test_the_list_names_both_documents_and_how_much_they_share() -> None:
    made = affair()
    (row,) = reuse_rows(made.case)
    assert (row.left[2], row.right[2], row.characters, row.directed) == ("Clear Tide", "Vell Courier", 21, True)
    assert reuse_rows(made.case, made.denial.id) == []
