"""Attributions as `score_attribution.py` reads them: the innermost hop of each attributed statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.ingest.layout import names, parts
from sayso.nlp import PROSE, load
from sayso.pipeline import analyse_many
from sayso.records import Document, Mention, Part, PartKind, Record, Span, Statement

SIGNED = frozenset({"layout.byline", "layout.signature"})


def documents(rows: Iterable[dict[str, Any]]) -> Iterator[Document]:
    """Texts as given, their parts by layout."""
    for row in rows:
        yield Document(row["id"], row["id"], "text", "", row["text"], parts=parts(row["id"], row["text"]))


def predict(
    rows: Iterator[dict[str, Any]], *, rules: bool = False, tagger: str | None = None
) -> Iterator[dict[str, Any]]:
    """One line a document: source, cue and content of each statement, `nested_in` where it stands in another."""
    for document, records in analyse_many(documents(rows), load(tagger=tagger, rules=rules)):
        mentions = {r.id: r for r in records if isinstance(r, Mention)}
        found = list(_attributions(records, mentions, document.text))
        yield {"id": document.id, "attributions": found + list(_author(document, found))}


def _author(document: Document, found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The author, who stands before every chain, where the text itself names one: all others are nested in his words.

    The name is the by-line's; the content is the prose that it signs. Texts without a by-line have none.
    """
    signed = next((p for p in document.parts if p.kind is PartKind.BYLINE and _signs(document, p)), None)
    prose = [p.span for p in document.parts if p.kind in PROSE]
    if signed is None or not prose:
        return
    words = document.text[signed.span.start : signed.span.end]
    name = next(iter(names(words)), words.removeprefix("By ").removeprefix("by "))
    start = signed.span.start + words.index(name)
    above = signed.rule != "layout.signature"
    body = [s for s in prose if not above or s.start > signed.span.end] or prose
    for one in found:
        one.setdefault("nested_in", "author")
    yield {
        "id": "author",
        "source": [[start, start + len(name)]],
        "cue": [],
        "content": [[body[0].start, body[-1].end]],
    }


def _signs(document: Document, part: Part) -> bool:
    """Whether a by-line says who wrote the text; a bare name at an end may be anybody's."""
    words = document.text[part.span.start : part.span.end].lower()
    return part.rule in SIGNED or words.startswith("by ")


def _attributions(records: list[Record], mentions: dict[str, Mention], text: str) -> Iterator[dict[str, Any]]:
    for statement in records:
        if isinstance(statement, Statement) and statement.chain:
            hop = statement.chain[-1]
            line: dict[str, Any] = {
                "id": statement.id,
                "source": _joined([pair for source in hop.sources for pair in _pairs(mentions[source].spans)], text),
                "cue": _pairs(hop.cue),
                "content": _pairs(statement.content),
            }
            if statement.inside:
                line["nested_in"] = statement.inside
            yield line


def _joined(pairs: list[list[int]], text: str) -> list[list[int]]:
    """Sources that only "and", "or" or a comma stands between as one fragment, as the corpora mark them."""
    out: list[list[int]] = []
    for start, end in sorted(pairs):
        if out and re.fullmatch(r"[\s,]*(?:and|or|&)?\s*", text[out[-1][1] : start]):
            out[-1][1] = max(end, out[-1][1])
        else:
            out.append([start, end])
    return out


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
