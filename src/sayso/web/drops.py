"""Where dropped files are kept: a folder beside the case, under their own names, and nothing outside it."""

from __future__ import annotations

import re
from pathlib import Path

from sayso.errors import UsageError

MOST = 2_000  # files in one drop
SLASH = "∕"  # what stands for a folder's border in the name of a dropped file
_ODD = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff<>:"|?*\\/]')
# Windows opens a device for these, with any ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST = 180  # bytes of a name: file systems allow 255, and a temporary ending must fit


def folder(case: Path) -> Path:
    """The folder of the files that were dropped on a case."""
    return case.with_name(f"{case.stem}.files")


def place(case: Path, name: str) -> Path:
    """Where a dropped file of this name goes: always below the case's folder. Raises UsageError without a name."""
    pieces = [_plain(piece) for piece in name.replace("\\", "/").replace(SLASH, "/").split("/")]
    kept = [piece for piece in pieces if piece][-8:]
    if not kept:
        raise UsageError("A file without a name cannot be added.")
    return folder(case).joinpath(*kept)


def _plain(piece: str) -> str:
    """A name without what leads elsewhere or hides: no dots in front, no separators, no control characters."""
    plain = _ODD.sub("_", piece).strip().lstrip(".").rstrip(". ")
    while len(plain.encode("utf-8", "replace")) > _LONGEST:
        plain = plain[:10] + plain[11:]  # the ending says the format, so it stays
    return f"_{plain}" if _DEVICES.fullmatch(plain) else plain
