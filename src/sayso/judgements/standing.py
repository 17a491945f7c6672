"""Which words stand: a word counts unless a standing word takes it back, and of those on one record the last wins.

Words are never deleted. To undo is to append a word about a word; to redo, one about that one. Undo and redo are
each person's own, as far back as that person's words go; a new word after an undo leaves nothing to redo.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.judgements.fields import DIFFERENT, GRADES, SAME, UNGRADED
from sayso.records import Judgement, Verdict


@dataclass(frozen=True, slots=True)
class Ruling:
    """What people's standing words on one record come to.

    `verdict` is accept, reject or edit, "" where only grades or pairs were given; `change` the corrected fields,
    the last word on each; `words` all that stand, oldest first.
    """

    words: tuple[Judgement, ...]

    @property
    def verdict(self) -> str:
        """The last word on the record itself."""
        said = [word for word in self.words if word.verdict != Verdict.EDIT or fields(word)]
        return str(said[-1].verdict) if said else ""

    @property
    def rejected(self) -> bool:
        """Whether it is to be left out."""
        return self.verdict == Verdict.REJECT

    @property
    def change(self) -> dict[str, Any]:
        """The corrected fields; a rejection ends what was corrected before it."""
        merged: dict[str, Any] = {}
        for word in self.words:
            merged |= word.change
        return merged

    @property
    def grade(self) -> tuple[str, str]:
        """Reliability of the source and credibility of what it says: two axes, never made one."""
        merged = self.change
        return str(merged.get("reliability", UNGRADED[0])), str(merged.get("credibility", UNGRADED[1]))


def fields(word: Judgement) -> dict[str, Any]:
    """The fields of the record itself that a word corrects: neither grades nor pairs."""
    return {name: value for name, value in word.change.items() if name not in (*GRADES, SAME, DIFFERENT)}


def standing(words: Sequence[Judgement]) -> list[Judgement]:
    """The words that count, oldest first; undo words themselves are left out."""
    taken: set[str] = set()
    kept = []
    for word in reversed(in_order(words)):
        if word.id in taken:
            continue
        if word.verdict == Verdict.UNDO:
            taken.add(word.about)
        else:
            kept.append(word)
    return kept[::-1]


def in_order(words: Iterable[Judgement]) -> list[Judgement]:
    """Oldest first."""
    return sorted(words, key=lambda word: (word.at, word.id))


def undoable(words: Sequence[Judgement], by: str) -> Judgement | None:
    """The last standing word of a person, which undo takes back; None where there is none."""
    own = [word for word in standing(words) if word.by == by]
    return own[-1] if own else None


def redoable(words: Sequence[Judgement], by: str) -> Judgement | None:
    """A person's last standing undo, which redo takes back; None after a new word or where nothing was undone."""
    ordered = in_order(words)
    taken, undos = _taken(ordered), {word.id for word in ordered if word.verdict == Verdict.UNDO}
    for word in reversed(ordered):
        if word.by != by:
            continue
        if word.verdict != Verdict.UNDO:
            return None
        if word.id not in taken and word.about not in undos:  # a word about an undo is a redo
            return word
    return None


def _taken(ordered: Sequence[Judgement]) -> set[str]:
    taken: set[str] = set()
    for word in reversed(ordered):
        if word.verdict == Verdict.UNDO and word.id not in taken:
            taken.add(word.about)
    return taken
