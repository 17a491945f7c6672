"""The importer: GeoNames dump, alternate names and GeoJSON into the same packed file, line by line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.errors import UsageError
from sayso.gazetteer import UNIT, Gazetteer, open_gazetteer, place_of
from sayso.gazetteer.extend import extend
from sayso.gazetteer.feeds import features, read

Taken = Callable[[dict[str, str]], Gazetteer]


def dumped(id: str, name: str, code: str, point: tuple[float, float], **more: str) -> str:
    """A line as of allCountries.txt."""
    cells = [""] * 19
    cells[0], cells[1], cells[2], cells[3] = id, name, name, more.get("names", "")
    cells[4], cells[5], cells[6], cells[7] = str(point[0]), str(point[1]), more.get("kind", "P"), code
    cells[8], cells[10], cells[11] = more.get("country", ""), more.get("state", ""), more.get("county", "")
    cells[14] = more.get("people", "0")
    return "\t".join(cells) + "\n"


LINES = [
    dumped(
        "990000001", "Quillmoor", "PPL", (39.9, -83.0), country="US", state="OH", people="1200", names="Quilmoor,Килмур"
    ),
    dumped("990000002", "Quillmoor", "PPL", (10.0, 10.0), country="NG", people="80"),
    dumped("990000003", "Hamlet Without People", "PPL", (10.0, 10.0), country="NG"),
    dumped("990000004", "Tarn Ness", "LK", (61.0, 10.0), kind="H", country="NO"),
    dumped("990000005", "Some Farm", "FRM", (61.0, 10.0), kind="S", country="NO"),
    dumped("990000006", "Vesterlunn Province", "ADM1", (1.0, 30.0), kind="A", country="UG", state="ZZ"),
    dumped("990000007", "Lunnby", "PPLA", (1.1, 30.1), country="UG", state="ZZ"),
    dumped(
        "3067696", "Prague", "PPLC", (50.088, 14.42), country="CZ", state="52", people="1165581", names="Pragueville"
    ),
]
NAMES = (
    "1\t990000001\ten\tQuill-on-the-Moor\t\t\t\t\n2\t990000001\tru\tКилмур\t\t\t\t\n3\t990000001\tlink\tHttp\t\t\t\t\n"
)


def region(name: str, kind: str, box: tuple[float, float, float, float]) -> str:
    """A line as of Natural Earth's GeoJSON."""
    west, south, east, north = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return json.dumps({"type": "Feature", "properties": {"featurecla": kind, "name": name}, "geometry": shape}) + ",\n"


SHAPES = '{ "type": "FeatureCollection", "features": [\n' + region("Sea of Lunn", "sea", (0, 50, 4, 54)) + "]}\n"


@pytest.fixture
def taken(tmp_path: Path) -> Taken:
    open_gazetteer()  # built by now

    def take(files: dict[str, str]) -> Gazetteer:
        paths = [tmp_path / name for name in files]
        for path, text in zip(paths, files.values(), strict=True):
            path.write_text(text, "utf-8")
        out = tmp_path / "more.sqlite"
        extend(place_of(), paths, out, lambda step: None)
        return Gazetteer(out)

    return take


def test_places_of_a_dump_are_found_by_their_names_and_lie_in_their_divisions(taken: Taken) -> None:
    gazetteer = taken({"XX.txt": "".join(LINES), "alternateNamesV2.txt": NAMES})
    first, second = (unit & UNIT for unit in gazetteer.find("Quillmoor"))
    assert (gazetteer.geonames(first), gazetteer.people[first], gazetteer.people[second]) == ("990000001", 1200, 80)
    assert gazetteer.name(gazetteer.state[first]) == "Ohio"
    assert gazetteer.name(gazetteer.country[second]) == "Nigeria"
    assert {unit & UNIT for unit in gazetteer.find("Quilmoor")} == {first}
    assert {unit & UNIT for unit in gazetteer.find("Quill on the Moor")} == {first}


def test_a_new_division_holds_its_towns_and_a_lake_is_a_lake(taken: Taken) -> None:
    gazetteer = taken({"XX.txt": "".join(LINES)})
    (town,), (lake,) = gazetteer.find("Lunnby"), gazetteer.find("Tarn Ness")
    assert gazetteer.name(gazetteer.state[town]) == "Vesterlunn Province"
    assert gazetteer.kind_of(lake) == "lake"


def test_farms_and_nameless_hamlets_are_left_out(taken: Taken) -> None:
    gazetteer = taken({"XX.txt": "".join(LINES)})
    assert gazetteer.find("Some Farm") == gazetteer.find("Hamlet Without People") == ()


def test_a_place_that_is_there_gets_the_new_names_and_stays_one(taken: Taken) -> None:
    gazetteer, before = taken({"XX.txt": "".join(LINES)}), open_gazetteer()
    assert gazetteer.find("Prague") == before.find("Prague")
    assert gazetteer.find("Pragueville")[0] & UNIT == before.unit("3067696")
    assert gazetteer.version.startswith(before.version + "+")


def test_a_region_of_natural_earth_has_its_middle_and_a_radius(taken: Taken) -> None:
    gazetteer = taken({"regions.geojson": SHAPES})
    (sea,) = gazetteer.find("Sea of Lunn")
    assert (gazetteer.kind_of(sea), gazetteer.lat[sea], gazetteer.lon[sea]) == ("sea", 52.0, 2.0)
    assert 120 < gazetteer.radius[sea] < 150


def test_a_file_of_another_form_is_refused_and_leaves_nothing(taken: Taken, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can be imported"):
        taken({"notes.txt": "nothing of the kind\n"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt"]


def test_garbage_lines_are_left_out_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "XX.txt"
    path.write_text(LINES[0] + "short\tline\n\n" + LINES[3], "utf-8")
    assert [one is not None for _, one in read(path)] == [True, False, False, True]


def test_every_feature_code_has_a_kind_that_the_gazetteer_knows() -> None:
    from sayso.gazetteer import KINDS

    assert {kind for kind, _ in features().values()} <= set(KINDS)
