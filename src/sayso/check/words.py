"""The words of the checks, from `data/checks.toml`; read once, on first use."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """One table of the file."""
    return MappingProxyType(_file()[name])


@cache
def listed(name: str, key: str) -> frozenset[str]:
    """The words listed under `key` of a table."""
    return frozenset(table(name)[key])


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((files("sayso") / "data" / "checks.toml").read_text("utf-8"))
