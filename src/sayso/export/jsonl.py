"""A case as JSON lines: one record a line, "type" first, sorted by type and id, every span with its words."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sayso.errors import UsageError
from sayso.export import whole
from sayso.judgements import judged, latest
from sayso.records import (
    TYPES,
    Document,
    Judgement,
    LoadedWord,
    Mention,
    Place,
    Record,
    Span,
    When,
    from_plain,
    to_plain,
)
from sayso.store import CaseFile

Quote = Callable[[Span], str]


def export(case: CaseFile, out: Path | None, *, text: bool = True) -> None:
    """Write a case to `out`, None for standard output. `text=False` leaves out documents' texts and parts' words."""
    if out is None:
        sys.stdout.writelines(lines(case, text=text))
        return
    with whole(out, encoding="ascii") as file:
        file.writelines(lines(case, text=text))


def lines(case: CaseFile, *, text: bool = True) -> Iterator[str]:
    """The lines of a case. The same records give the same bytes: no times of running, ASCII only."""
    words = latest(case)
    places = {one.judgement.id: one.record.id if one.record else None for one in judged(case)}
    for name, kind in sorted(TYPES.items()):
        record: Any
        for record in case.by_id(kind):
            line = {"type": name, **plain(record, case.quote, text=text)}
            if record.id in words:
                line["judgement"] = _word(words[record.id])
            if name == "judgement":
                line["attached"] = places[record.id]
            yield json.dumps(line) + "\n"


def plain(record: Record, quote: Quote, *, text: bool = True) -> dict[str, Any]:
    """A record as JSON shapes: a span is its start, end and words, and its document where that is another."""
    doc = _doc(record)
    line: dict[str, Any] = _plain(record, doc, quote)
    if isinstance(record, Mention | LoadedWord | When | Place):
        line = {"id": line.pop("id"), "doc": doc, **line}
    if isinstance(record, Document) and not text:
        line.pop("text")
        line["parts"] = [_plain(part, doc, None) for part in record.parts]
    return line


def load(line: str) -> Any:
    """The record of a line that `lines` wrote with its text. Raises UsageError where it is none."""
    try:
        read = json.loads(line)
        kind = TYPES[read["type"]]
        return from_plain(kind, _spans(read, read["id"] if kind is Document else read.get("doc", "")))
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"Not a line of a sayso export ({error!r}): {line[:80]!r}") from error


def _plain(value: Any, doc: str, quote: Quote | None) -> Any:
    if isinstance(value, Span):
        span: dict[str, Any] = {"start": value.start, "end": value.end}
        if quote is not None:
            span["words"] = quote(value)
        return span if value.doc == doc else {"doc": value.doc, **span}
    if isinstance(value, tuple):
        return [_plain(item, doc, quote) for item in value]
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name), doc, quote) for field in dataclasses.fields(value)}
    return to_plain(value)


def _spans(value: Any, doc: str) -> Any:
    """Put the document back into every span of a line."""
    if isinstance(value, list):
        return [_spans(item, doc) for item in value]
    if not isinstance(value, dict):
        return value
    if {"start", "end"} <= value.keys() <= {"start", "end", "words", "doc"}:
        return {"doc": doc, **value}
    return {key: _spans(item, doc) for key, item in value.items()}


def _doc(record: Record) -> str:
    if isinstance(record, Mention):
        return record.spans[0].doc
    return record.id if isinstance(record, Document) else getattr(record, "doc", "")


def _word(judgement: Judgement) -> dict[str, Any]:
    fields = ("id", "verdict", "change", "by", "note")
    return {name: to_plain(getattr(judgement, name)) for name in fields}
