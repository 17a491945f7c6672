"""Citations: a statement's exact words with all that finds them again, in one line."""

from __future__ import annotations

from typing import Any

from sayso.records import Document, Statement
from sayso.views.cards import card


def citation(case: Any, statement: Statement, document: Document) -> str:
    """Quote, chain, document, date, address, offsets and the SHA-256 of the original."""
    one = card(case, statement, document)
    words = " […] ".join(one.words)
    where = ", ".join(f"{span.start}–{span.end}" for span in statement.content)
    facts = [one.line, f"“{one.title}”" if one.title else "", one.published[:10] or "no date",
             document.url.value if document.url else document.name, f"characters {where}",
             f"SHA-256 {document.raw}", statement.id]  # fmt: skip
    return f"“{words}” ({'; '.join(fact for fact in facts if fact)})"
