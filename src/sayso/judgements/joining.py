"""Two people's case files made one: the words of both side by side, and the documents that one lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sayso.filing import Origin, attach, file_item, finish, write_judgement
from sayso.ingest.blocks import Item
from sayso.judgements.conflicts import Conflict, conflicts
from sayso.judgements.reviewed import Rulings
from sayso.records import FOUND, Document, Problem
from sayso.rows import exact
from sayso.store import CaseFile


@dataclass(frozen=True, slots=True)
class Joined:
    """What a case took from another, and where people disagree in it now."""

    words: int
    documents: int
    conflicts: tuple[Conflict, ...]


def join(case: CaseFile, other: CaseFile) -> Joined:
    """Take over from `other` what `case` does not hold: people's words, and documents with all found in them.

    A word has the same id in both files, so that to join twice changes nothing. Nothing of `case` is altered.
    """
    held = {word.id for word in case.judgements}
    fresh = [word for word in other.judgements if word.id not in held]
    added = [document for document in other.documents if case.find(document.id) is None]
    for document in added:
        _file(case, other, document)
    for word in fresh:
        write_judgement(case, word)
    return Joined(len(fresh), len(added), tuple(conflicts(Rulings(case))))


def _file(case: CaseFile, other: CaseFile, document: Document) -> None:
    records = [record for kind in (*FOUND, Problem) for record in _of(other, kind, document.id)]
    item = Item(document, other.raw(document.raw))
    for origin in _origins(other, document.id):
        file_item(case, item, records, origin)
        attach(case, document, origin)
        finish(case, [document.id], [], origin)


def _of(other: CaseFile, kind: Any, doc: str) -> Iterator[Any]:
    yield from other.of(kind, doc)


def _origins(other: CaseFile, doc: str) -> list[Origin]:
    sql = """SELECT seen.location, fingerprint, version FROM seen JOIN seen_document USING (location) WHERE doc = ?
             ORDER BY seen.location"""
    found = [Origin(exact(place), print_, version, 0) for place, print_, version in other.rows(sql, doc)]
    return found or [Origin(f"joined/{doc}", "", "", 0)]
