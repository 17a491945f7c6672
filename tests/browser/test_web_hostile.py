"""Hostile strings in every field of a document, every screen of the workbench opened: nothing runs or leads away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.proofs.bench_hostile import faults, formulas, write_case
from tests.browser.bench_visit import serving
from tests.browser.nasty import STRINGS


def test_hostile_strings_run_nothing_on_any_screen(chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "hostile.sayso"
    write_case(path, list(STRINGS))
    with serving(path) as desk:
        assert faults(chromium, desk) == []
    assert formulas(path, tmp_path / "tables") == []
