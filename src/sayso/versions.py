"""Hashes over code and word lists: other rules are another version, and what the old ones found is made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def room_version(*rooms: str) -> str:
    """A hash over the code and the tables in rooms of the package: 12 hex digits."""
    digest = hashlib.sha256()
    for room in rooms:
        for file in _files(files("sayso") / room):
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _files(room: Traversable) -> Iterator[Traversable]:
    for one in sorted(room.iterdir(), key=lambda child: child.name):
        if one.is_dir():
            yield from _files(one)
        elif one.name.endswith((".py", ".tsv", ".toml", ".txt", ".npz")):
            yield one
