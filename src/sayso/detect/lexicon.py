"""Word lists of `sayso/data/` as typed tables, read once on first use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from sayso.records import Manner, Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word: `frames` for verbs, `prepositions` that open its content, manner and stance."""

    frames: frozenset[str]
    prepositions: frozenset[str]
    manner: Manner
    stance: Stance


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/NAME` as dicts: tab-separated, `#` lines are notes, the first row names the columns."""
    text = (files("sayso") / "data" / name).read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    for cells in lines[1:]:
        yield dict(zip(lines[0], cells, strict=True))


@cache
def verbs() -> Mapping[str, Cue]:
    """Reporting verbs by lemma."""
    return MappingProxyType({row["lemma"]: _verb(row) for row in rows("reporting_verbs.tsv")})


@cache
def words(kind: str) -> Mapping[str, Cue]:
    """Reporting words of one kind (noun, deverbal, adverb, adjective) by lemma."""
    return MappingProxyType(
        {
            row["lemma"]: Cue(frozenset(), _split(row["prepositions"]), Manner(row["manner"]), Stance(row["stance"]))
            for row in rows("reporting_words.tsv")
            if row["kind"] == kind
        }
    )


@cache
def terms(kind: str) -> frozenset[str]:
    """The words of one kind in `source_words.tsv` (medium, document, poll, person, group, ...)."""
    return frozenset(row["word"] for row in rows("source_words.tsv") if row["kind"] == kind)


@cache
def numbers() -> Mapping[str, int]:
    """Number words, articles among them, with what they count."""
    return MappingProxyType({row["word"]: int(row["value"]) for row in rows("number_words.tsv")})


def _verb(row: dict[str, str]) -> Cue:
    frames = row["frames"].split()
    prepositions = [f[2:] for f in frames if f.startswith("p:")]
    return Cue(
        frozenset(f[0] for f in frames), _split(",".join(prepositions)), Manner(row["manner"]), Stance(row["stance"])
    )


def _split(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split(",")))
