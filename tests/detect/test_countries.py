"""Countries and sectors of actors by their words."""

from __future__ import annotations

import pytest

from sayso.detect.countries import country, sector

ACTORS = [
    ("Norwegian troops", "NOR", "MIL"),
    ("the president of France", "FRA", "GOV"),
    ("Syrian refugees in Jordan", "SYR", "REF"),
    ("Oslo", "NOR", "GOV"),
    ("lawyers in Oslo", "", "CVL"),
    ("France", "FRA", "GOV"),
    ("the European Union", "EUR", ""),
    ("Kosovo police", "KOS", "COP"),
    ("rebel fighters", "", "REB"),
    ("Tessel", "", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("words", "code", "side"), ACTORS, ids=[a[0] for a in ACTORS])
def test_an_actor_has_the_country_and_sector_that_its_words_name(words: str, code: str, side: str) -> None:
    assert (country(words), sector(words)) == (code, side)
