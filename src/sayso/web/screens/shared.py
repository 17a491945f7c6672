"""What several screens show: a statement's card with people's words on it, and lists of them."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.records import Span, Statement
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


class Part:
    """A case of which only some records of some kinds are seen, so that a view over all is asked about a few."""

    def __init__(self, case: Any, seen: dict[type, list[Any]]) -> None:
        self.case, self.seen = case, seen

    def of(self, kind: Any, doc: str | None = None) -> Iterator[Any]:
        """The records of one type; where the kind is cut, those seen."""
        return iter(self.seen[kind]) if kind in self.seen and doc is None else self.case.of(kind, doc)

    def get(self, id: str) -> Any:
        """The record with this id."""
        return self.case.get(id)

    def quote(self, span: Span) -> str:
        """The words of a span."""
        return str(self.case.quote(span))


def found(case: Any, ids: Iterable[str]) -> list[Any]:
    """The records of these ids that there are, in their order."""
    return [one for one in map(case.find, ids) if one is not None]


def decoded(row: str) -> Any:
    """A row that the index keeps as JSON."""
    return json.loads(row)
