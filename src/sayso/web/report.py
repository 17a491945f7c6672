"""The report that a person puts together: blocks in order, each a text of their own or something from the case.

Every save is a row of its own in the case's table `report`, which is people's and not derived: nothing is lost, and
any version can be shown again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sayso.errors import UsageError
from sayso.records import from_plain, to_plain
from sayso.store import CaseFile

MOST = 500  # blocks of a report
_TABLE = """CREATE TABLE IF NOT EXISTS report (
    version INTEGER PRIMARY KEY, at TEXT NOT NULL, "by" TEXT NOT NULL, title TEXT NOT NULL, blocks TEXT NOT NULL
) STRICT"""


class BlockKind(StrEnum):
    """What a block shows."""

    TEXT = "text"
    STATEMENT = "statement"
    CLAIM = "claim"
    VOICES = "voices"
    TIMELINE = "timeline"
    CHECKS = "checks"
    DOMINOES = "dominoes"


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its kind, the record it shows ("" for a list), and the words of the person."""

    kind: BlockKind
    about: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A version of the report; 0 is the empty one that nobody has saved."""

    version: int = 0
    at: str = ""
    by: str = ""
    title: str = ""
    blocks: tuple[Block, ...] = ()


def prepare(case: CaseFile) -> None:
    """Make the table where it is not there."""
    with case.transaction() as db:
        db.execute(_TABLE)


def draft(case: CaseFile, version: int = 0) -> Draft:
    """A version of the report, the last for 0. Raises UsageError for one that there is not."""
    where = "WHERE version = ?" if version else "ORDER BY version DESC LIMIT 1"
    rows = case.rows(f'SELECT version, at, "by", title, blocks FROM report {where}', *([version] if version else []))
    if not rows and version:
        raise UsageError(f"There is no version {version} of the report.")
    if not rows:
        return Draft()
    number, at, by, title, blocks = rows[0]
    return Draft(number, at, by, title, from_plain(tuple[Block, ...], json.loads(blocks)))


def versions(case: CaseFile) -> list[tuple[int, str, str]]:
    """The last versions: number, time, person."""
    return [
        (row[0], row[1], row[2]) for row in case.rows('SELECT version, at, "by" FROM report ORDER BY 1 DESC LIMIT 20')
    ]


def save(case: CaseFile, new: Draft, by: str) -> Draft:
    """Write a new version. Raises UsageError where it is longer than a report may be."""
    if len(new.blocks) > MOST:
        raise UsageError(f"A report has at most {MOST} blocks.")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    blocks = json.dumps(to_plain(new.blocks))
    with case.transaction() as db:
        sql = 'INSERT INTO report (at, "by", title, blocks) VALUES (?, ?, ?, ?)'
        number = db.execute(sql, (at, _clean(by), _clean(new.title), blocks)).lastrowid
    return replace(new, version=number or 0, at=at, by=by)


def changed(old: Draft, fields: dict[str, str]) -> Draft:
    """The report after a form: texts as written, then one block added, moved or taken out.

    Raises UsageError where the form names a block that is not there.
    """
    blocks = [replace(block, text=fields.get(f"text.{at}", block.text)) for at, block in enumerate(old.blocks)]
    new = replace(old, title=fields.get("title", old.title), blocks=tuple(blocks))
    deed, _, at = fields.get("do", "save").partition(".")
    if deed == "save":
        return new
    if deed == "add":
        return _added(new, fields)
    if not (at.isascii() and at.isdigit() and int(at[:6]) < len(blocks)) or deed not in ("up", "down", "out"):
        raise UsageError(f"The report has no block for {fields['do']!r}.")
    return _moved(new, deed, int(at))


def _added(old: Draft, fields: dict[str, str]) -> Draft:
    kind = fields.get("kind", "text")
    if kind not in list(BlockKind):
        raise UsageError(f"A block cannot be {kind!r}: choose from {', '.join(BlockKind)}.")
    block = Block(BlockKind(kind), fields.get("about", ""), fields.get("text", ""))
    return replace(old, blocks=(*old.blocks, block))


def _moved(old: Draft, deed: str, at: int) -> Draft:
    blocks: list[Any] = list(old.blocks)
    block = blocks.pop(at)
    if deed != "out":
        blocks.insert(max(0, at + (1 if deed == "down" else -1)), block)
    return replace(old, blocks=tuple(blocks))


def _clean(text: str) -> str:
    """Text that SQLite can hold."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
