"""Small pages: the list of keys, how far the index is, and one record as a citation to copy."""

from __future__ import annotations

from typing import Any

from sayso.records import Document, Statement
from sayso.web.citing import citation
from sayso.web.pages import Missing
from sayso.web.screen import Ask, Screen


def keys(ask: Ask) -> dict[str, Any]:
    """The list of keys; it is the same for every case."""
    return {}


def ready(ask: Ask) -> dict[str, Any]:
    """How far the index is."""
    state = ask.desk.progress()
    return {"left": state.left, "total": state.total}


def cite(ask: Ask) -> dict[str, Any]:
    """A statement's words with all that finds them again: document, offsets, hash, chain."""
    found = ask.shelf.whole.find(ask["id"])
    if not isinstance(found, Statement):
        raise Missing(f"{ask['id']} is no statement.")
    document: Document = ask.shelf.case.get(found.doc)
    return {"citation": citation(ask.shelf.whole, found, document)}


SCREENS = (
    Screen("keys", "/keys", "Keys", keys),
    Screen("ready", "/ready", "Ready", ready),
    Screen("cite", "/cite/{id}", "Citation", cite),
)
