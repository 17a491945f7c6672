"""Screen and Param: what a page is called, where it lies, what its address may say, and where its rows come from."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sayso.errors import UsageError
from sayso.web.desk import Desk, Shelf

MOST = 1_000_000  # of a page number: SQLite's integers end far beyond, Python's nowhere
LONGEST = 2_000  # characters of a value in an address


@dataclass(frozen=True, slots=True)
class Param:
    """One value of an address: text, one of `choices`, or a whole number where `number`."""

    name: str
    about: str
    default: str = ""
    choices: tuple[str, ...] = ()
    number: bool = False

    def read(self, given: str | None) -> Any:
        """The value, the default where none is given. Raises UsageError where it is none of those allowed."""
        text = self.default if given is None or given == "" else given
        if len(text) > LONGEST:
            raise UsageError(f"{self.name} is too long: at most {LONGEST} characters.")
        if self.choices and text not in (*self.choices, self.default):
            raise UsageError(f"{self.name} cannot be {text!r}: choose from {', '.join(self.choices)}.")
        if not self.number:
            return text
        if not (text.isascii() and text.isdigit() and len(text) < 8):
            raise UsageError(f"{self.name} is a whole number from 0 on, not {text!r}.")
        return min(int(text), MOST)


PAGE = Param("page", "which page of the list, from 1", default="1", number=True)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request for a page: the case, what the address says, and the desk behind it."""

    shelf: Shelf
    args: Mapping[str, Any]
    desk: Desk

    def __getitem__(self, name: str) -> Any:
        return self.args[name]


@dataclass(frozen=True, slots=True)
class Screen:
    """A page: its name (also its template's), address and title; `rows` gives what its `.json` twin says."""

    name: str
    path: str
    title: str
    rows: Callable[[Ask], dict[str, Any]]
    params: tuple[Param, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The values that stand in the path."""
        return tuple(piece[1:-1] for piece in self.path.split("/") if piece.startswith("{"))


def plain(value: Any) -> Any:
    """Rows as dicts, lists and scalars: a record's fields and properties."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)] + _properties(type(value))
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    return str(value) if isinstance(value, StrEnum) else value


def _properties(kind: type) -> list[str]:
    return [name for name, value in vars(kind).items() if isinstance(value, property) and not name.startswith("_")]


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a list is cut: page `number` of `count`, and the number of all its rows."""

    number: int
    count: int
    total: int
    size: int

    @property
    def skip(self) -> int:
        """How many rows come before this page."""
        return (self.number - 1) * self.size


def pages(total: int, number: int, size: int = 50) -> Pages:
    """The page asked for, or the last where there are fewer."""
    count = max(1, -(-total // size))
    return Pages(max(1, min(number, count)), count, total, size)
