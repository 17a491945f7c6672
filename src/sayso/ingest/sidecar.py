"""Sidecars: files that say about other files who published them, when and where."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Mapping

from sayso.errors import ReadError
from sayso.ingest import dates

FIELDS = ("url", "title", "publisher", "authors", "published", "fetched", "language")
TABLES = ("sayso.csv", "metadata.csv")

Given = Mapping[str, tuple[str, str]]
Load = Callable[[str], bytes | None]


def is_sidecar(name: str, beside: Collection[str]) -> bool:
    """Whether the file `name` describes one of the files `beside` it, by its name alone."""
    if name in TABLES:
        return True
    stem, _, extension = name.rpartition(".")
    if extension != "json" or not stem:
        return False
    return stem in beside or any(other != name and other.rpartition(".")[0] == stem for other in beside)


def given(name: str, beside: Collection[str], load: Load) -> Given:
    """What the JSON sidecar of `name` says: of `name.ext.json`, else of `name.json`; {} where there is none.

    Raises ReadError where it is damaged or has fields that are not known.
    """
    stem = name.rpartition(".")[0] or name
    for sidecar in (f"{name}.json", f"{stem}.json"):
        if sidecar != name and sidecar in beside:
            return from_json(sidecar, load(sidecar) or b"")
    return {}


def from_json(sidecar: str, data: bytes) -> Given:
    """The fields of one JSON sidecar. Raises ReadError as `given`."""
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"its sidecar {sidecar} is not JSON ({error}); correct or remove it") from error
    if not isinstance(fields, dict):
        raise ReadError(f"its sidecar {sidecar} is not an object with fields ({', '.join(FIELDS)})")
    return checked({key: _words(value) for key, value in fields.items() if value is not None}, f"sidecar {sidecar}")


def from_table(sidecar: str, data: bytes) -> dict[str, Given]:
    """The rows of a CSV by the path in column `file`. Raises ReadError where it is no such table."""
    try:
        text = data.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReadError(f"not a CSV in UTF-8 ({error}); save it again") from error
    if not rows or "file" not in rows[0]:
        raise ReadError('has no column "file" with the names of the files that it describes')
    known = {}
    for row in rows:
        fields = {key: value for key, value in row.items() if key and key != "file" and isinstance(value, str)}
        known[row["file"] or ""] = checked({k: v for k, v in fields.items() if v.strip()}, f"sidecar {sidecar}")
    return known


def checked(fields: Mapping[str, str], origin: str) -> Given:
    """`fields` with their origin, dates as ISO 8601. Raises ReadError for unknown fields and unreadable dates."""
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise ReadError(f"{origin} has unknown fields: {', '.join(unknown)}; known are {', '.join(FIELDS)}")
    told = {key: value.strip() for key, value in fields.items() if value.strip()}
    for key in ("published", "fetched"):
        if key in told and not (day := dates.iso(told[key])):
            raise ReadError(f'{origin}: "{told[key]}" in "{key}" is no date; write it as 2031-04-05')
        elif key in told:
            told[key] = day or ""
    return {key: (value, origin) for key, value in told.items()}


def _words(value: object) -> str:
    return "; ".join(str(item) for item in value) if isinstance(value, list) else str(value)


def looks_like_one(name: str, data: bytes) -> bool:
    """Whether a file with a sidecar's name holds fields about another file, and no text of its own.

    A damaged one is taken for a sidecar: its file's Problem tells.
    """
    if name in TABLES:
        return True
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError):
        return data.lstrip().startswith(b"{") and not data.lstrip().startswith(b'{"text"')
    return isinstance(fields, dict) and "text" not in fields
