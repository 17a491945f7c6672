"""Hashes of folders: what a model is, told by its bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path


def tree_sha256(folder: Path) -> str:
    """One hash for a folder: names and bytes of its files, sorted by name."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
