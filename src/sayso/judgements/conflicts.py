"""Where two people's standing words on one record disagree, and how one of them is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sayso.errors import UsageError
from sayso.judgements.fields import DIFFERENT, SAME
from sayso.judgements.standing import Ruling
from sayso.judgements.words import append
from sayso.records import Judgement, Verdict
from sayso.store import CaseFile

VERDICT = "verdict"  # the aspect of a word that corrects nothing
SETTLES = "settles"  # in an anchor: the words that this one decides between


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record on which people disagree: in what, and each one's last word with what it says."""

    about: str
    aspect: str
    sides: tuple[tuple[Judgement, str], ...]


def conflicts(rulings: Mapping[str, Ruling]) -> Iterator[Conflict]:
    """Every disagreement that nobody has settled, by record; who has no name counts as one person."""
    for about in sorted(rulings):
        words = rulings[about].words
        settled = {id for word in words for id in word.anchor.get(SETTLES, ())}
        for aspect in _aspects(words):
            said = {word.by: (word, value) for word in words if (value := _value(word, aspect)) is not None}
            open_ = [side for side in said.values() if side[0].id not in settled]
            if len({value for _, value in said.values()}) > 1 and len(open_) > 1:
                yield Conflict(about, aspect, tuple(sorted(said.values(), key=lambda side: side[0].at)))


def settle(case: CaseFile, id: str, *, by: str = "", note: str = "") -> Judgement:
    """Take this word and decide between it and the others on its record. Raises UsageError for an unknown word."""
    word = case.find(id)
    if not isinstance(word, Judgement) or word.verdict == Verdict.UNDO:
        raise UsageError(f"{id} is no word that can be taken.")
    others = [one.id for one in case.judgements if one.about == word.about]
    anchor = {key: value for key, value in word.anchor.items() if key != SETTLES} | {SETTLES: others}
    return append(case, replace(word, anchor=anchor, by=by, note=note))


def _aspects(words: tuple[Judgement, ...]) -> list[str]:
    fields = {field for word in words for field in word.change if field not in (SAME, DIFFERENT)}
    return [VERDICT, *sorted(fields)]


def _value(word: Judgement, aspect: str) -> str | None:
    """What a word says in one respect: to correct a record is to let it stand."""
    if aspect != VERDICT:
        return str(word.change[aspect]) if aspect in word.change else None
    return str(Verdict.REJECT if word.verdict == Verdict.REJECT else Verdict.ACCEPT)
