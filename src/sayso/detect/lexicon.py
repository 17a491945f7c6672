"""Word lists of `sayso/data/` as typed tables, read once on first use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from sayso.records import LoadedKind, Manner, Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word: `frames` for verbs, `prepositions` that open its content, manner and stance."""

    frames: frozenset[str]
    prepositions: frozenset[str]
    manner: Manner
    stance: Stance


@dataclass(frozen=True, slots=True)
class Loaded:
    """A row of `loaded_words.tsv`: its words as written, the words beside it that clear it, who calls it loaded."""

    words: tuple[str, ...]
    kind: LoadedKind
    unless: frozenset[str]
    source: str


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
def modality(kind: str) -> Mapping[str, str]:
    """The words of one kind in `modality_words.tsv` with the modality they carry."""
    return MappingProxyType({row["word"]: row["value"] for row in rows("modality_words.tsv") if row["kind"] == kind})


@cache
def numbers() -> Mapping[str, int]:
    """Number words, articles among them, with what they count."""
    return MappingProxyType({row["word"]: int(row["value"]) for row in rows("number_words.tsv")})


@cache
def loaded() -> Mapping[str, tuple[Loaded, ...]]:
    """Loaded words by their first word in lower case, every inflected form of its own, longest first."""
    found: dict[str, list[Loaded]] = {}
    for row in rows("loaded_words.tsv"):
        *first, last = re.split("[ -]", row["word"])
        for form in _forms(last):
            one = Loaded((*first, form), LoadedKind(row["kind"]), frozenset(row["unless"].split()), row["source"])
            found.setdefault(one.words[0].lower(), []).append(one)
    longest = {word: sorted(ones, key=lambda one: -len(one.words)) for word, ones in found.items()}
    return MappingProxyType({word: tuple(ones) for word, ones in longest.items()})


@cache
def beside(kind: str) -> frozenset[str]:
    """The words of one kind in `quotation_contexts.tsv`."""
    return frozenset(row["word"] for row in rows("quotation_contexts.tsv") if row["kind"] == kind)


def _forms(word: str) -> Iterator[str]:
    """A noun's plural beside it; of other words the form simply never occurs."""
    yield word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        yield word[:-1] + "ies"
    elif word.endswith("man"):
        yield word[:-3] + "men"
    else:
        yield word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def _verb(row: dict[str, str]) -> Cue:
    frames = row["frames"].split()
    prepositions = [f[2:] for f in frames if f.startswith("p:")]
    return Cue(
        frozenset(f[0] for f in frames), _split(",".join(prepositions)), Manner(row["manner"]), Stance(row["stance"])
    )


def _split(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split(",")))
