"""Dominoes in the report: drawn from left to right, each arrow with the sentence that claims it."""

from __future__ import annotations

from pathlib import Path

from sayso.export.report import export
from sayso.export.report_dominoes import context
from sayso.store import CaseFile
from sayso.views.domino_drawing import ACROSS
from tests import factory as f

TEXT = "The raid led to the closing <b>. The closing led to the flood."


def chain() -> CaseFile:
    document = f.document(TEXT, publisher="Talpress")
    one, two = (f.statement(document, words) for words in TEXT.removesuffix(".").split(". "))
    raid = f.event(one, f.span(document, "The raid"))
    closing = f.event(one, f.span(document, "the closing <b>"))
    flood = f.event(two, f.span(document, "the flood"))
    spans = [f.span(document, words) for words in ("The raid", "the closing <b>", "The closing", "the flood")]
    first = f.causal_link(one, spans[0], spans[1], causes=(raid.id,), effects=(closing.id,))
    second = f.causal_link(two, spans[2], spans[3], causes=(closing.id,), effects=(flood.id,))
    return f.filed((document, [one, two, raid, closing, flood, first, second]))


def test_an_effect_stands_to_the_right_of_its_cause() -> None:
    drawn = context(chain())
    assert sorted((box.x // ACROSS, box.label) for box in drawn["domino_boxes"]) == [
        (0, "The raid"),
        (1, "The closing"),
        (2, "the flood"),
    ]


def test_a_link_says_what_falls_with_it() -> None:
    rows = {row.cause: row.falls for row in context(chain())["domino_rows"]}
    assert rows == {"The raid": ("the flood",), "The closing": ()}


def test_a_link_names_those_before_and_after_it_and_the_longest_chain_names_all() -> None:
    made = context(chain())
    assert [(row.before, row.after, row.rivals) for row in made["domino_rows"]] == [((), (2,), ()), ((1,), (), ())]
    assert made["domino_chains"] == [[1, 2]]


def test_rival_explanations_name_each_other() -> None:
    text = "The raid led to the flood. The storm led to the flood."
    document = f.document(text)
    said = f.statement(document, text)
    links = [f.causal_link(said, f.span(document, words), f.span(document, "the flood", nth))
             for nth, words in enumerate(("The raid", "The storm"))]  # fmt: skip
    assert [row.rivals for row in context(f.filed((document, [said, *links])))["domino_rows"]] == [(2,), (1,)]


def test_every_arrow_stands_in_the_list_with_its_sentence_and_no_markup_of_a_text(tmp_path: Path) -> None:
    export(chain(), tmp_path / "report.html")
    html = (tmp_path / "report.html").read_text("utf-8")
    section = html[html.index('id="dominoes"') : html.index('id="filters"')]
    assert section.count('class="link ') == section.count('<li id="l') == 2
    assert "closing &lt;b&gt;" in section and "<b>. The" not in section


def test_a_case_without_causes_has_no_such_section(tmp_path: Path) -> None:
    export(f.filed((f.document("It rained."), [])), tmp_path / "report.html")
    assert 'id="dominoes"' not in (tmp_path / "report.html").read_text("utf-8")
