"""Records as rows of plain columns and back, one codec for each type of field.

A span is written as `[start,end]` (with the document's id as a third item only where it is not the
record's own), a Meta as two columns, a Why as four, small records within a record as JSON; everything else is one
column of text or number. Fields that hold parts, links, authors or a chain are tables of their own, see `store.py`.
"""

from __future__ import annotations

import dataclasses
import json
import re
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sayso.records import LINKED, Document, Hop, Link, Meta, Part, Span, Why, from_plain, to_plain

CHILDREN = (tuple[Meta, ...], tuple[Part, ...], tuple[Link, ...], tuple[Hop, ...])

# SQLite text cannot hold lone surrogates, and its functions stop at a NUL: both stand behind this mark.
_MARK = "\x10"
_ODD = re.compile("[\x00\x10\ud800-\udfff]")
_MARKED = re.compile(_MARK + "(....)")


@dataclass(frozen=True, slots=True)
class Codec:
    """How the columns `field + ending` hold a value. `write` and `read` also get the record's own document."""

    endings: tuple[str, ...]
    write: Callable[[Any, str], Sequence[Any]]
    read: Callable[[Sequence[Any], str], Any]


def columns(kind: Any) -> tuple[str, ...]:
    """The names of the columns of a record type, in field order."""
    return _columns(kind)


def to_row(record: Any, doc: str) -> list[Any]:
    """The values of `columns`, for a record of the document `doc`."""
    kind: Any = type(record)
    return [cell for name, codec in _fields(kind) for cell in codec.write(getattr(record, name), doc)]


def from_row(kind: Any, row: Sequence[Any], doc: str, **children: Any) -> Any:
    """The record of a row; `children` are the fields that have tables of their own."""
    values, at = dict(children), 0
    for name, codec in _fields(kind):
        values[name] = codec.read(row[at : at + len(codec.endings)], doc)
        at += len(codec.endings)
    return kind(**values)


def safe(text: str) -> str:
    """Text that SQLite can hold: lone surrogates, NUL and the mark itself as the mark and four hex digits."""
    return _ODD.sub(lambda match: f"{_MARK}{ord(match[0]):04x}", text)


def exact(text: str) -> str:
    """The inverse of `safe`."""
    return _MARKED.sub(lambda match: chr(int(match[1], 16)), text)


def readable(text: str) -> str:
    """Text for SQL readers, of the same length: lone surrogates and NUL as one replacement character each."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


@cache
def _columns(kind: Any) -> tuple[str, ...]:
    return tuple(name + ending for name, codec in _fields(kind) for ending in codec.endings)


@cache
def _fields(kind: Any) -> tuple[tuple[str, Codec], ...]:
    hints = typing.get_type_hints(kind)
    return tuple((name, _codec(kind, name, hint)) for name, hint in hints.items() if hint not in CHILDREN)


def _codec(kind: type, name: str, hint: Any) -> Codec:
    if kind is Document and name == "text":
        return _TEXT
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Codec(("",), lambda value, doc: [str(value)], lambda cells, doc: hint(cells[0]))
    if hint is Span and kind in LINKED:
        return _FAR
    return _CODECS[hint] if hint in _CODECS else _nested(hint)


def _nested(hint: Any) -> Codec:
    """The codec of a tuple of small records."""
    if not dataclasses.is_dataclass(typing.get_args(hint)[0]):
        raise TypeError(f"no codec for {hint}")
    return Codec(
        ("",), lambda value, doc: [_dump(to_plain(value))], lambda cells, doc: from_plain(hint, json.loads(cells[0]))
    )


def _dump(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _pack(span: Span, doc: str) -> list[Any]:
    return [span.start, span.end] if span.doc == doc else [span.start, span.end, span.doc]


def _unpack(place: Sequence[Any], doc: str) -> Span:
    return Span(place[2] if len(place) > 2 else doc, place[0], place[1])


def _pack_all(spans: Sequence[Span], doc: str) -> str:
    return _dump([_pack(span, doc) for span in spans])


def _unpack_all(cell: str, doc: str) -> tuple[Span, ...]:
    return tuple(_unpack(place, doc) for place in json.loads(cell))


def _write_text(text: str, doc: str) -> list[Any]:
    shown = readable(text)
    return [shown, None if shown == text else text.encode("utf-8", "surrogatepass")]


def read_text(cells: Sequence[Any], doc: str) -> str:
    """The text that the columns `text` and `text_exact` hold."""
    return str(cells[0]) if cells[1] is None else bytes(cells[1]).decode("utf-8", "surrogatepass")


def _write_meta(meta: Meta | None, doc: str) -> list[Any]:
    return [None, None] if meta is None else [safe(meta.value), safe(meta.origin)]


def _write_why(why: Why, doc: str) -> list[Any]:
    return [safe(why.rule), _pack_all(why.spans, doc), why.score, safe(why.note)]


def _read_why(cells: Sequence[Any], doc: str) -> Why:
    return Why(exact(cells[0]), _unpack_all(cells[1], doc), cells[2], exact(cells[3]))


# The text stands twice only where it holds what SQLite text cannot: a column to read and quote from in
# SQL, with the same offsets, and the exact one.
_TEXT = Codec(("", "_exact"), _write_text, read_text)

# A record across documents has no document of its own: its spans name theirs.
_FAR = Codec(("",), lambda v, doc: [_dump(_pack(v, ""))], lambda c, doc: _unpack(json.loads(c[0]), ""))

_CODECS: dict[Any, Codec] = {
    str: Codec(("",), lambda v, doc: [safe(v)], lambda c, doc: exact(c[0])),
    str | None: Codec(
        ("",), lambda v, doc: [None if v is None else safe(v)], lambda c, doc: None if c[0] is None else exact(c[0])
    ),
    bool: Codec(("",), lambda v, doc: [int(v)], lambda c, doc: bool(c[0])),
    int | None: Codec(("",), lambda v, doc: [v], lambda c, doc: c[0]),
    float | None: Codec(("",), lambda v, doc: [v], lambda c, doc: c[0]),
    Span: Codec(("_start", "_end"), lambda v, doc: [v.start, v.end], lambda c, doc: Span(doc, c[0], c[1])),
    tuple[Span, ...]: Codec(("",), lambda v, doc: [_pack_all(v, doc)], lambda c, doc: _unpack_all(c[0], doc)),
    Span | None: Codec(
        ("",),
        lambda v, doc: [None if v is None else _dump(_pack(v, doc))],
        lambda c, doc: None if c[0] is None else _unpack(json.loads(c[0]), doc),
    ),
    Meta | None: Codec(
        ("", "_origin"), _write_meta, lambda c, doc: None if c[0] is None else Meta(exact(c[0]), exact(c[1]))
    ),
    Why: Codec(("_rule", "_spans", "_score", "_note"), _write_why, _read_why),
    tuple[str, ...]: Codec(("",), lambda v, doc: [_dump(v)], lambda c, doc: tuple(json.loads(c[0]))),
    dict[str, Any]: Codec(("",), lambda v, doc: [_dump(v)], lambda c, doc: json.loads(c[0])),
}
