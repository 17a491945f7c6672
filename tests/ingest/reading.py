"""Reading in one call for the tests of readers."""

from __future__ import annotations

from sayso import ingest
from sayso.ingest import Raw
from sayso.records import Document, PartKind, Problem
from sayso.settings import Limits


def read(data: bytes | str, name: str, limits: Limits | None = None) -> tuple[list[Document], list[Problem]]:
    """The documents and Problems that reading these bytes gives, every span checked."""
    raw = Raw(name, data.encode() if isinstance(data, str) else data, f"/pile/{name}")
    documents, problems = [], []
    for found in ingest.read(raw, limits or Limits()):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            check(found.document)
            documents.append(found.document)
    return documents, problems


def one(data: bytes | str, name: str, limits: Limits | None = None) -> Document:
    """The only document in these bytes; a Problem fails the test."""
    documents, problems = read(data, name, limits)
    assert not problems, problems
    (document,) = documents
    return document


def why(data: bytes | str, name: str, limits: Limits | None = None) -> str:
    """The message of the only Problem that reading these bytes gives."""
    documents, problems = read(data, name, limits)
    assert not documents
    (problem,) = problems
    assert problem.doc.startswith(name)
    return problem.message


def parts(document: Document) -> list[tuple[str, str]]:
    """The parts of a document as (kind, words)."""
    return [(str(part.kind), document.text[part.span.start : part.span.end]) for part in document.parts]


def words(document: Document, kind: PartKind) -> list[str]:
    """The words of the parts of one kind."""
    return [text for found, text in parts(document) if found == kind]


def check(document: Document) -> None:
    """Parts are in order, do not overlap and leave out only white space; links lie in the text."""
    at = 0
    for part in document.parts:
        assert at <= part.span.start < part.span.end <= len(document.text)
        assert not document.text[at : part.span.start].strip()
        at = part.span.end
    assert not document.text[at:].strip()
    assert all(0 <= link.span.start <= link.span.end <= len(document.text) for link in document.links)
