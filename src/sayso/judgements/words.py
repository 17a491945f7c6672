"""To judge, to take back and to list: every word is appended, none is changed or deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sayso.errors import UsageError
from sayso.filing import write_judgement
from sayso.judgements.anchors import anchor, find, judgeable, place
from sayso.judgements.fields import DIFFERENT, SAME, check
from sayso.judgements.standing import redoable, standing, undoable
from sayso.records import Judgement, Verdict, make_id
from sayso.store import CaseFile


@dataclass(frozen=True, slots=True)
class Attached:
    """A judgement and the record it now belongs to, None where it finds no place.

    What an undo belongs to is the word that it takes back.
    """

    judgement: Judgement
    record: Any


def judge(
    case: CaseFile, id: str, verdict: str, *, change: Mapping[str, str] | None = None, by: str = "", note: str = ""
) -> Judgement:
    """Append a word on a record: accept, reject, or edit with the corrected fields; `id` may be the beginning of one.

    A source is named by a mention's id or by its words in the text, a place by "120-180". Raises UsageError for an
    unknown id, verdict, field or value.
    """
    record = judgeable(case, id)
    if verdict not in (Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT):
        raise UsageError(f"Unknown verdict {verdict!r}: say accept, reject or edit.")
    if (verdict == Verdict.EDIT) != bool(change):
        raise UsageError("An edit names the corrected fields, such as --set modality=planned; the others name none.")
    kept = {field: check(case, record, field, value) for field, value in (change or {}).items()}
    return append(case, Judgement("", record.id, _anchor(case, record, kept), Verdict(verdict), kept, by, "", note))


def undo(case: CaseFile, *, by: str = "", note: str = "") -> Judgement:
    """Take back this person's last standing word. Raises UsageError where there is none."""
    return _take_back(case, undoable(list(case.judgements), by), "undo", (by, note))


def redo(case: CaseFile, *, by: str = "", note: str = "") -> Judgement:
    """Take back this person's last undo. Raises UsageError where there is none, or a new word came after it."""
    return _take_back(case, redoable(list(case.judgements), by), "redo", (by, note))


def judgement_id(word: Judgement) -> str:
    """The id of a judgement: all that the person said, and when."""
    changed = tuple(sorted(word.change.items()))
    return make_id("judgement", word.about, str(word.verdict), changed, word.by, word.at, word.note)


def judged(case: CaseFile) -> Iterator[Attached]:
    """Every judgement with the record it belongs to now, oldest first."""
    for judgement in case.judgements:
        yield Attached(judgement, place(case, judgement))


def latest(case: CaseFile) -> dict[str, Judgement]:
    """The last standing word on each record, by the record's id now."""
    words = standing(list(case.judgements))
    return {record.id: word for word in words if (record := place(case, word))}


def others(case: CaseFile, word: Judgement, field: str) -> tuple[str, ...]:
    """The ids, now, of the other members that a pair names."""
    anchors = word.anchor.get("others", {})
    ids = str(word.change.get(field, "")).split()
    found = [case.find(id) or find(case, anchors.get(id, {})) for id in ids]
    return tuple(record.id for record in found if record)


def _anchor(case: CaseFile, record: Any, change: Mapping[str, str]) -> dict[str, Any]:
    ids = [id for field in (SAME, DIFFERENT) for id in change.get(field, "").split()]
    more = {"others": {id: anchor(case, case.get(id)) for id in ids}} if ids else {}
    return anchor(case, record) | more


def _take_back(case: CaseFile, word: Judgement | None, what: str, said: tuple[str, str]) -> Judgement:
    if word is None:
        raise UsageError(f"There is nothing to {what}.")
    about = {"doc": word.anchor.get("doc", ""), "kind": "judgement", "words": []}
    return append(case, Judgement("", word.id, about, Verdict.UNDO, {}, said[0], "", said[1]))


def append(case: CaseFile, word: Judgement) -> Judgement:
    """Write a word with its time and id; it is in the file when this returns."""
    word = replace(word, at=_now(case))
    word = replace(word, id=judgement_id(word))
    write_judgement(case, word)
    return word


def _now(case: CaseFile) -> str:
    """The time, but later than the last word's: a clock that is set back must not turn the order of words."""
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    last = case.rows("SELECT max(at) FROM judgement")[0][0]
    if last is None or last < now:
        return now
    return (datetime.fromisoformat(last) + timedelta(microseconds=1)).isoformat(timespec="microseconds")
