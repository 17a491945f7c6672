"""What a rule says of itself: the first paragraph of the docstring of the function or file it names."""

from __future__ import annotations

import ast
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from sayso.views.chains import one_line


def explain(rule: str) -> str:
    """The rule's own words, "" where `rule` ("quotes.quotes", "attribution.passive") names nothing of this package.

    Files are read, never run: a case from elsewhere may name any rule.
    """
    home, _, name = rule.partition(".")
    if not (home.isidentifier() and name.isidentifier()):
        return ""
    return next((one_line(words.split("\n\n")[0]) for words in _docstrings(home, name) if words), "")


def _docstrings(home: str, name: str) -> list[str]:
    found = [_docstring(file, name) for file in _files(home)]
    of_file = [_docstring(file, "") for file in _files(home) if file.name == f"{name}.py"]
    return [*found, *of_file]


@cache
def _files(home: str) -> tuple[Traversable, ...]:
    rooms = [files("sayso").joinpath(room) for room in ("detect", "check")]
    alone = next((file for room in rooms if (file := room.joinpath(f"{home}.py")).is_file()), None)
    if alone is not None:
        return (alone,)
    folder = rooms[0].joinpath(home)
    listed = folder.iterdir() if folder.is_dir() else ()
    return tuple(sorted((file for file in listed if file.name.endswith(".py")), key=lambda file: file.name))


def _docstring(file: Traversable, name: str) -> str:
    """The docstring of a public function of the file, or of the file itself where `name` is ""."""
    tree = _tree(file)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
    return next((ast.get_docstring(node) or "" for node in functions), "") if name else ast.get_docstring(tree) or ""


def _tree(file: Traversable) -> ast.Module:
    return _parsed(file.read_text("utf-8"))


@cache
def _parsed(code: str) -> ast.Module:
    return ast.parse(code)
