"""What several screens show: a statement's card with people's words on it, and lists of them."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from sayso.records import Statement
from sayso.views.cards import Card, cards
from sayso.views.chains import NOBODY, Chip
from sayso.web.desk import Shelf
from sayso.web.screen import plain

HUES, LINES = 8, 4  # of the palette in report.css


def listed(shelf: Shelf, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Statements as cards, in the order of their ids given; those that are gone are left out."""
    found = [shelf.whole.find(id) for id in ids]
    return carded(shelf, [one for one in found if isinstance(one, Statement)])


def carded(shelf: Shelf, statements: Iterable[Statement]) -> list[dict[str, Any]]:
    """Statements as cards with people's words on them."""
    return [_card(shelf, card) for card in cards(shelf.whole, statements)]


def _card(shelf: Shelf, card: Card) -> dict[str, Any]:
    return {**plain(card), "ruling": ruling(shelf, card.id)}


def ruling(shelf: Shelf, id: str) -> dict[str, Any]:
    """What people said of a record: verdict, corrected fields, grade, and each word with who, when and why."""
    held = shelf.whole.ruling(id)
    return {
        "verdict": held.verdict,
        "change": held.change,
        "grade": list(held.grade),
        "words": [
            {"verdict": str(word.verdict), "change": word.change, "by": word.by, "at": word.at[:16], "note": word.note}
            for word in held.words
        ],
    }


def look(key: str, near: Counter[int]) -> str:
    """The classes of a voice: its own colour where no other of the text has it, else the one least used there."""
    first = zlib.crc32(key.encode("utf-8", "replace"))
    if key == NOBODY:
        return f"h{HUES} l0 anon"
    hue = min(range(HUES), key=lambda one: (near[one], (one - first) % HUES))
    line = near[hue] % LINES
    near[hue] += 1
    return f"h{hue} l{line}"


def keys_of(chip: Chip) -> tuple[str, ...]:
    """The voices of one link of a chain."""
    return tuple(source.voice for source in chip.sources) or (NOBODY,)
