"""Write: one thing that a person can do, by which address, with which fields; a form or a program may send it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.web.desk import Desk
from sayso.web.screen import Param

Act = Callable[[Desk, Mapping[str, str]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Write:
    """`act` does it and says what was done; `required` fields must not be empty; `free` beginnings of other fields."""

    name: str
    path: str
    about: str
    act: Act
    fields: tuple[Param, ...] = ()
    required: tuple[str, ...] = ()
    free: str = ""
    upload: bool = False
