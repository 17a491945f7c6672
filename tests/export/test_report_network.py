"""Relations and events in the report: who says what one is to another, marked where it is denied."""

from __future__ import annotations

from pathlib import Path

from sayso.export.report import export
from sayso.store import CaseFile
from tests import factory as f
from tests.views.test_events import told
from tests.views.test_network import case

__all__ = ["case"]


def page(case: CaseFile, tmp_path: Path) -> str:
    out = tmp_path / "report.html"
    export(case, out)
    return out.read_text("utf-8")


def test_relations_are_told_with_who_says_so_and_since_when(case: CaseFile, tmp_path: Path) -> None:
    html = page(case, tmp_path)
    assert "<b><bdi>Norvania</bdi></b> funds <b><bdi>Front</bdi></b>" in html
    assert "Lunn Mail &lt; Ada Lorn (said)" in html and "5 March 2031; 2029" in html
    assert '<span class="tag">said not to be so</span>' in html


def test_events_are_told_with_who_says_so(tmp_path: Path) -> None:
    one, records, _ = told("a", "Ada Lorn")
    html = page(f.filed((one, records)), tmp_path)  # type: ignore[arg-type]
    assert "ASSAULT by The army on rebels; 2 dead; 3 March 2031; Lunn" in html


def test_a_case_without_relations_and_events_has_no_such_sections(tmp_path: Path) -> None:
    html = page(f.filed((f.document("Nothing was said."), [])), tmp_path)
    assert 'id="actors"' not in html and 'id="events"' not in html
