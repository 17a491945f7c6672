"""The word lists of `places_words.tsv` by kind."""

from __future__ import annotations

from functools import cache

from sayso.detect.lexicon import rows


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind, in lower case."""
    return frozenset(word for row in rows("places_words.tsv") if row["kind"] == kind for word in row["words"].split())
