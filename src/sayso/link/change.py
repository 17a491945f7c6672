"""What a linker sees and what it yields."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sayso.case import Case
from sayso.records import Linked

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Add:
    """A record to keep, in place of one with the same id; `docs` are documents it rests on beside those it names."""

    record: Linked
    docs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A record (id) that no longer holds."""

    id: str


Change = Add | Withdraw


class LinkCase(Case, Protocol):
    """A case as linkers see it: read-only but for the tables of their own index."""

    @property
    def db(self) -> sqlite3.Connection:
        """The case file's connection, inside the linker's transaction."""
        ...

    def about(self, kind: type[T], id: str) -> Iterator[T]:
        """What was found across documents that holds the document or record `id`."""
        ...
