"""Attributions as `score_attribution.py` reads them: the innermost hop of each attributed statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sayso.ingest.layout import parts
from sayso.nlp import load
from sayso.pipeline import analyse_many
from sayso.records import Document, Mention, Record, Span, Statement


def documents(rows: Iterable[dict[str, Any]]) -> Iterator[Document]:
    """Texts as given, their parts by layout."""
    for row in rows:
        yield Document(row["id"], row["id"], "text", "", row["text"], parts=parts(row["id"], row["text"]))


def predict(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One line a document: source, cue and content of each statement, `nested_in` where it stands in another."""
    for document, records in analyse_many(documents(rows), load()):
        mentions = {r.id: r for r in records if isinstance(r, Mention)}
        yield {"id": document.id, "attributions": list(_attributions(records, mentions))}


def _attributions(records: list[Record], mentions: dict[str, Mention]) -> Iterator[dict[str, Any]]:
    for statement in records:
        if isinstance(statement, Statement) and statement.chain:
            hop = statement.chain[-1]
            line: dict[str, Any] = {
                "id": statement.id,
                "source": [pair for source in hop.sources for pair in _pairs(mentions[source].spans)],
                "cue": _pairs(hop.cue),
                "content": _pairs(statement.content),
            }
            if statement.inside:
                line["nested_in"] = statement.inside
            yield line


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
