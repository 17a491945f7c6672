"""Pages of a PDF as pictures, drawn by PDFium in a child process that has limits on memory and time."""

from __future__ import annotations

import subprocess
import sys
from functools import lru_cache
from pathlib import Path

_CHILD = Path(__file__).with_name("pdf_child.py")
_SECONDS = 20
_ANSWER_BYTES = 40_000_000


def count(data: bytes) -> int:
    """How many pages there are; 0 where the PDF cannot be opened."""
    told = _ask(data, 0)
    return int(told) if told.isdigit() else 0


@lru_cache(maxsize=64)
def draw(data: bytes, number: int) -> bytes:
    """Page `number`, from 1, as a PNG; empty where it cannot be drawn."""
    drawn = _ask(data, number)
    return drawn if drawn.startswith(b"\x89PNG") else b""


def _ask(data: bytes, number: int) -> bytes:
    # -I: no folder of the user's is searched for modules, and this one does not hide the standard library's.
    command = [sys.executable, "-I", str(_CHILD), str(number), str(_SECONDS)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return b""
    return done.stdout[:_ANSWER_BYTES]
