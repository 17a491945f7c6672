"""JSON Lines: one document a line, its text to the letter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from sayso.errors import ReadError
from sayso.ingest import draft
from sayso.ingest.blocks import Item, Raw
from sayso.ingest.draft import Facts
from sayso.records import Meta, Problem, problem
from sayso.settings import Limits

_LONE = re.compile("[\ud800-\udfff]")


def read(raw: Raw, limits: Limits) -> Iterator[Item | Problem]:
    """The documents of a JSON Lines file; a line that is none becomes a Problem that names it.

    Of each object `text` is needed; `id`, `url`, `title`, `publisher`, `authors`, `published` (or `date`),
    `fetched` and `language` are read, other fields passed over. The document's name is the file's with "#"
    and the line's `id`, else its number.
    """
    count = 0
    for number, line in _held(raw):
        count += 1
        if count > limits.members:
            yield _too_many(raw, limits)
            return
        try:
            yield _item(replace(raw, data=line), number, limits)
        except ReadError as error:
            yield problem(raw.name, "read", f"line {number}: {error}")
    if not count:
        raise ReadError("no line in it holds anything; one document a line is read")


def held(raw: Raw) -> int:
    """How many lines of a JSON Lines file, or of a part of one, hold something."""
    return sum(1 for _ in _held(raw))


def parts(raw: Raw, limits: Limits, *, lines: int, size: int) -> Iterator[Raw | Problem]:
    """A file cut into Raws of at most `lines` lines that hold something, and of at most `size` bytes or one line.

    What their readers make of them, one after another, is what `read` makes of the whole; a Problem that belongs to
    the whole stands at the end.
    """
    part, taken = list[tuple[int, bytes]](), 0
    for number, line in islice(_held(raw), limits.members):
        if part and (len(part) >= lines or taken + len(line) > size):
            yield _joined(raw, part)
            part, taken = [], 0
        part.append((number, line))
        taken += len(line)
    if part:
        yield _joined(raw, part)
    if held(raw) > limits.members:
        yield _too_many(raw, limits)


def _joined(raw: Raw, part: list[tuple[int, bytes]]) -> Raw:
    """These lines as a Raw, with as many blank ones between them as there were, so that each keeps its number."""
    first = at = part[0][0]
    data = bytearray()
    for number, line in part:
        data += b"\n" * (number - at) + line
        at = number
    return replace(raw, data=bytes(data), line=first)


def _held(raw: Raw) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, with their numbers."""
    return ((number, line) for number, line in enumerate(_lines(raw), raw.line or 1) if line.strip())


def _too_many(raw: Raw, limits: Limits) -> Problem:
    return problem(raw.name, "read", f"more than {limits.members:,} lines; raise the limit with --max-members")


def _lines(raw: Raw) -> Iterator[bytes]:
    """The lines of an item without their ends, cut only at line feeds: U+2028 may stand in a JSON string."""
    data = raw.data
    start = 3 if data.startswith(b"\xef\xbb\xbf") and not raw.line else 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        yield data[start:end].rstrip(b"\r")
        start = end + 1


def _item(raw: Raw, number: int, limits: Limits) -> Item:
    fields = _object(raw.data)
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ReadError('no words in its field "text"; give the article\'s text there, or leave the line out')
    # Half of a surrogate pair is no character and could not be stored; one for one, so offsets hold.
    text = _LONE.sub("\ufffd", text)
    known = fields.get("id")
    name = f"{raw.name}#{known}" if isinstance(known, str | int) and str(known).strip() else f"{raw.name}#{number}"
    url = fields.get("url")
    here = replace(raw, name=_LONE.sub("\ufffd", name), url=raw.url or (url if isinstance(url, str) and url else None))
    return draft.from_text(here, "jsonl", _facts(fields), text, limits)


def _object(line: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"not JSON ({error}); every line must be one whole object") from error
    if not isinstance(fields, dict):
        raise ReadError('not an object; every line must be one, {"text": ...}')
    return fields


def _facts(fields: dict[str, Any]) -> Facts:
    told = {key: _LONE.sub("\ufffd", value) for key, value in fields.items() if isinstance(value, str)}
    dated = "published" if told.get("published") else "date"
    authors = fields.get("authors") or fields.get("author") or []
    names = draft.split_names(authors) if isinstance(authors, str) else authors
    return Facts(
        url=_meta(told, "url"),
        title=_meta(told, "title"),
        publisher=_meta(told, "publisher"),
        authors=tuple(Meta(_LONE.sub("\ufffd", name), "field authors") for name in names if _is_words(name)),
        published=draft.dated(told.get(dated), f"field {dated}"),
        fetched=draft.dated(told.get("fetched"), "field fetched"),
        language=_meta(told, "language"),
    )


def _is_words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _meta(told: dict[str, str], key: str) -> Meta | None:
    return draft.meta(told.get(key), f"field {key}")
