"""Forms to correct a record: each field with its value now and the values it may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sayso.judgements.fields import DIFFERENT, FIELDS, GRADES, SAME, span_of
from sayso.records import Statement


@dataclass(frozen=True, slots=True)
class Blank:
    """One field of a form: its name, the value now, and the closed values it may take (none: any words)."""

    name: str
    value: str
    choices: tuple[str, ...]
    hint: str


def blanks(case: Any, record: Any) -> list[Blank]:
    """The fields of a record that a person may correct."""
    held = now(case, record)
    return [
        Blank(name, held.get(name, ""), field.choices, field.hint)
        for name, field in FIELDS[type(record)].items()
        if name not in (*GRADES, SAME, DIFFERENT)
    ]


def now(case: Any, record: Any) -> dict[str, str]:
    """The values that a record has now, as a form writes them."""
    held = {}
    for name in FIELDS[type(record)]:
        if name == "span":
            held[name] = span_of(record)
        elif isinstance(record, Statement) and name in ("manner", "stance", "source", "chain"):
            held |= _of_chain(case, record)
        elif hasattr(record, name):
            held[name] = _text(getattr(record, name))
    return held


def _of_chain(case: Any, record: Statement) -> dict[str, str]:
    hops = [_sources(case, hop.sources) for hop in record.chain]
    if not hops:
        return {"source": "", "chain": ""}
    last = record.chain[-1]
    return {"source": hops[-1], "chain": " < ".join(hops), "manner": str(last.manner), "stance": str(last.stance)}


def _sources(case: Any, ids: tuple[str, ...]) -> str:
    found = [case.find(id) for id in ids]
    names = [" ".join(case.quote(one.spans[0]).split()) for one in found if one]
    return names[0] if len(names) == 1 else ",".join(ids) if names else "nobody"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
