"""The tables of events in `sayso/data/`, read once on first use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sayso.detect import lexicon


@dataclass(frozen=True, slots=True)
class Type:
    """A PLOVER type: quad class, score, and what it becomes when it lies ahead, is only imagined, or is refused."""

    quad: int
    score: float
    recipient: bool
    ahead: str
    imagined: str
    denied: str


@dataclass(frozen=True, slots=True)
class Mode:
    """How an event of a type was done: name, score (None: the type's), and the words that show it."""

    name: str
    score: float | None
    words: frozenset[str]


@cache
def types() -> Mapping[str, Type]:
    """The 16 PLOVER types by name."""
    return MappingProxyType({row["type"]: _type(row) for row in lexicon.rows("plover_types.tsv")})


@cache
def modes(code: str) -> tuple[Mode, ...]:
    """The modes of a type, in the order in which they are tried."""
    rows = (row for row in lexicon.rows("plover_modes.tsv") if row["type"] == code)
    return tuple(Mode(r["mode"], float(r["score"]) if r["score"] else None, _set(r["words"])) for r in rows)


@cache
def contexts() -> Mapping[str, tuple[str, ...]]:
    """PLOVER contexts by each of their words."""
    out: dict[str, tuple[str, ...]] = {}
    for row in lexicon.rows("plover_contexts.tsv"):
        for word in _set(row["words"]):
            out[word] = (*out.get(word, ()), row["context"])
    return MappingProxyType(out)


@cache
def priors(kind: str) -> Mapping[str, tuple[str, ...]]:
    """The types that a verb or noun (`kind`) may stand for, by lemma, in alphabetical order."""
    out: dict[str, tuple[str, ...]] = {}
    for row in lexicon.rows("plover_words.tsv"):
        if row["kind"] == kind:
            for word in _set(row["words"]):
                out[word] = tuple(sorted({*out.get(word, ()), row["type"]}))
    return MappingProxyType(out)


@cache
def sectors() -> Mapping[str, str]:
    """The PLOVER sector of a noun for people or a body."""
    out: dict[str, str] = {}
    for row in lexicon.rows("plover_sectors.tsv"):
        for word in row["words"].split():
            out.setdefault(word, row["sector"])
    return MappingProxyType(out)


@cache
def around(kind: str) -> frozenset[str]:
    """The words of one kind in `event_words.tsv`."""
    return frozenset().union(*(_set(row["words"]) for row in lexicon.rows("event_words.tsv") if row["kind"] == kind))


@cache
def heaps() -> Mapping[str, int]:
    """Plurals that stand for a number ("dozens") with the least they mean."""
    pairs = (pair.split("=") for pair in sorted(around("heaps")))
    return MappingProxyType({word: int(least) for word, least in pairs})


def _type(row: Mapping[str, str]) -> Type:
    ahead, imagined, denied = ("" if row[name] == "-" else row[name] for name in ("ahead", "imagined", "denied"))
    return Type(int(row["quad"]), float(row["score"]), row["recipient"] == "yes", ahead, imagined, denied)


def _set(cell: str) -> frozenset[str]:
    return frozenset(cell.split())
