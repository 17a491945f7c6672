"""The house: imports point only upward in its list of rooms, and the light rooms start without a language model."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src" / "sayso"

# From the ground up: a room may import from its own line and those above it.
ROOMS = (
    ("errors", "records", "settings"),
    ("text", "hashing", "versions"),
    ("data",),
    ("gazetteer",),
    ("tagger", "encoder"),
    ("case",),
    ("nlp",),
    ("ingest",),
    ("detect",),
    ("link",),
    ("check",),
    ("pipeline",),
    ("rows", "schema"),
    ("store",),
    ("filing", "linking"),
    ("judgements",),
    ("integrity",),
    ("run",),
    ("steps",),
    ("shards",),
    ("pool",),
    ("cluster", "sharded"),
    ("views",),
    ("export", "terminal"),
    ("demo",),
    ("api",),
    ("meter",),
    ("cli", "web"),
    ("__main__",),
)
RANK = {room: rank for rank, rooms in enumerate(ROOMS) for room in rooms}
MODULES = sorted(path for path in SRC.rglob("*.py") if path != SRC / "__init__.py")


def name(path: Path) -> str:
    return ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    """The modules of the package that a file imports anywhere in it, without `sayso.`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.removeprefix("sayso.") for alias in node.names if alias.name.startswith("sayso."))
        elif isinstance(node, ast.ImportFrom) and node.module == "sayso":
            yield from (alias.name for alias in node.names if alias.name in RANK)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sayso."):
            yield (node.module or "").removeprefix("sayso.")


def room(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_only_upward(path: Path) -> None:
    own = RANK[room(name(path))]
    assert [other for other in imports(path) if RANK[room(other)] > own] == []


@pytest.mark.parametrize("inside", ["detect", "link"])
def test_detectors_and_linkers_do_not_import_one_another(inside: str) -> None:
    for path in (SRC / inside).glob("*/"):
        for module in path.rglob("*.py"):
            others = {found.split(".")[1] for found in imports(module) if found.startswith(f"{inside}.")}
            assert not {other for other in others if (SRC / inside / other).is_dir()} - {path.name}, module


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_name_their_module_in_full(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]


@pytest.mark.parametrize("module", ["sayso", "sayso.cli", "sayso.api", "sayso.store", "sayso.export.report", "views"])
def test_light_rooms_start_without_spacy_detectors_or_model(module: str) -> None:
    named = [f"sayso.views.{path.stem}" for path in (SRC / "views").glob("[!_]*.py")] if module == "views" else [module]
    code = f"""
import importlib, sys
for name in {named!r}: importlib.import_module(name)
print([name for name in sys.modules if name in ("spacy", "sayso.nlp", "sayso.detect", "sayso.pipeline")])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_opening_a_case_loads_no_model(tmp_path: Path) -> None:
    code = f"""
import sys, sayso
from sayso.store import create_case
create_case({str(tmp_path / "a.sayso")!r}).close()
with sayso.open_case({str(tmp_path / "a.sayso")!r}) as case: list(case.statements), sayso.verify_case(case)
print("spacy" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
