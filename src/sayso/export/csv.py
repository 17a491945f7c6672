"""A case as CSV files for spreadsheets, one a type: every span also in words, no cell that runs as a formula.

The files start with a byte order mark, without which Excel takes UTF-8 for another encoding. The
documents' texts are left out: a cell of a spreadsheet ends at 32,767 characters.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sayso.errors import CaseError, UsageError
from sayso.export import whole
from sayso.judgements import judged, latest
from sayso.records import (
    FOUND,
    LINKED,
    TYPES,
    Document,
    Hop,
    Judgement,
    Link,
    Mention,
    Part,
    Problem,
    Span,
    Statement,
    spans_of,
)
from sayso.rows import columns, exact, to_row
from sayso.store import CaseFile

Row = dict[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what makes a spreadsheet take a cell for a formula
_TEXT = ("text", "text_exact")


def export(case: CaseFile, out: Path | None, *, text: bool = True) -> None:
    """Write one file a type into the folder `out`, making it. `text=False` leaves out the words of parts.

    Raises UsageError where no folder is named, CaseError where it cannot be written.
    """
    if out is None:
        raise UsageError("CSV is several files: name a folder for them, such as -o tables/")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CaseError(f"The folder {out} cannot be made ({error.strerror}). Name another with -o.") from error
    for name, rows, header in _tables(case, text):
        with whole(out / f"{name}.csv", encoding="utf-8-sig") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows({key: cell(value) for key, value in row.items()} for row in rows)


def cell(value: Any) -> Any:
    """A value that a spreadsheet shows as it is: what looks like a formula gets an apostrophe in front."""
    if not isinstance(value, str):
        return value
    words = exact(value)
    return f"'{words}" if words.startswith(_FORMULA) else words


def _tables(case: CaseFile, text: bool) -> Iterator[tuple[str, Iterator[Row], list[str]]]:
    parts = [name for name in ("doc", "position", *columns(Part), "span_words") if text or name != "span_words"]
    documents = ["id", *(name for name in columns(Document)[1:] if name not in _TEXT), "authors", "characters"]
    yield "document", _documents(case), documents
    yield "part", ({key: row[key] for key in parts} for row in _children(case, "parts")), parts
    yield "link", _children(case, "links"), ["doc", "position", *columns(Link), "span_words"]
    yield "mention", _mentions(case), ["doc", *columns(Mention), "spans_words", "why_words", "judgement", "change"]
    words = ["words", "chain_words", "why_words", "judgement", "change"]
    yield "statement", _statements(case), [*columns(Statement), *words]
    words = ["sources_words", "cue_words", "medium_words", "addressee_words", "said_words", "why_words"]
    yield "hop", _hops(case), ["statement", "doc", "position", *columns(Hop), *words]
    for name, kind in TYPES.items():
        if kind in FOUND and kind not in (Mention, Statement):
            yield name, _found(case, kind), _header(kind, "words", "why_words")
        elif kind in LINKED:
            yield name, _linked(case, kind), list(columns(kind))
    yield "problem", (_row(one, one.doc) for one in case.by_id(Problem)), list(columns(Problem))
    yield "judgement", _judgements(case), [*columns(Judgement), "attached"]


def _documents(case: CaseFile) -> Iterator[Row]:
    for one in case.by_id(Document):
        row = {name: value for name, value in _row(one, one.id).items() if name not in _TEXT}
        authors = "; ".join(author.value for author in one.authors)
        yield {**row, "authors": authors, "characters": len(one.text)}


def _children(case: CaseFile, field: str) -> Iterator[Row]:
    for one in case.by_id(Document):
        for position, child in enumerate(getattr(one, field)):
            yield {"doc": one.id, "position": position, **_row(child, one.id), "span_words": case.quote(child.span)}


def _mentions(case: CaseFile) -> Iterator[Row]:
    said = latest(case)
    for one in case.of(Mention):
        doc = one.spans[0].doc
        words = {"spans_words": _words(case, one.spans), "why_words": _words(case, one.why.spans)}
        yield {"doc": doc, **_row(one, doc), **words, **_verdict(said.get(one.id))}


def _statements(case: CaseFile) -> Iterator[Row]:
    said = latest(case)
    for one in case.of(Statement):
        chain = " < ".join(_names(case, hop) or "(nobody named)" for hop in one.chain)
        words = {"words": _words(case, one.content), "chain_words": chain, "why_words": _words(case, one.why.spans)}
        yield {**_row(one, one.doc), **words, **_verdict(said.get(one.id))}


def _hops(case: CaseFile) -> Iterator[Row]:
    for one in case.of(Statement):
        for position, hop in enumerate(one.chain):
            yield {
                "statement": one.id,
                "doc": one.doc,
                "position": position,
                **_row(hop, one.doc),
                "sources_words": _names(case, hop),
                "cue_words": _words(case, hop.cue),
                "medium_words": case.quote(hop.medium) if hop.medium else "",
                "addressee_words": _name(case, hop.addressee) if hop.addressee else "",
                "said_words": _said(case, hop.said),
                "why_words": _words(case, hop.why.spans),
            }


def _found(case: CaseFile, kind: type) -> Iterator[Row]:
    one: Any
    for one in case.of(kind):
        words = {"words": _words(case, spans_of(one)), "why_words": _words(case, one.why.spans)}
        yield {"doc": one.doc, **_row(one, one.doc), **words}


def _linked(case: CaseFile, kind: type) -> Iterator[Row]:
    one: Any
    for one in case.of(kind):
        yield _row(one, "")


def _header(kind: type, *more: str) -> list[str]:
    return list(dict.fromkeys(("doc", *columns(kind), *more)))


def _judgements(case: CaseFile) -> Iterator[Row]:
    for one in sorted(judged(case), key=lambda one: one.judgement.id):
        yield {**_row(one.judgement, ""), "attached": one.record.id if one.record else ""}


def _row(record: Any, doc: str) -> Row:
    return dict(zip(columns(type(record)), to_row(record, doc), strict=True))


def _verdict(judgement: Judgement | None) -> Row:
    if judgement is None:
        return {"judgement": "", "change": ""}
    change = "; ".join(f"{field}={value}" for field, value in judgement.change.items())
    return {"judgement": str(judgement.verdict), "change": change}


def _words(case: CaseFile, spans: Sequence[Span]) -> str:
    return " ... ".join(case.quote(span) for span in spans)


def _said(case: CaseFile, id: str | None) -> str:
    found = case.find(id) if id else None
    return case.quote(found.span) if found else ""


def _names(case: CaseFile, hop: Hop) -> str:
    return " and ".join(_name(case, source) for source in hop.sources)


def _name(case: CaseFile, mention: str) -> str:
    found = case.find(mention)
    return (found.name or _words(case, found.spans)) if found else mention
