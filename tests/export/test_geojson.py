"""The places of a case as GeoJSON, and its times as TimelineJS JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.export import export_case
from tests import factory as f

NASTY = '<img src=x onerror=alert(1)> & "quoted"'


def written(format: str, tmp_path: Path, *records: Any, **options: Any) -> Any:
    case = f.filed(*records)
    export_case(case, format, tmp_path / "out.json", **options)
    return json.loads((tmp_path / "out.json").read_text("utf-8"))


def test_a_place_is_a_point_with_longitude_first_and_its_radius(tmp_path: Path) -> None:
    document = f.document("He is in Hadrin.")
    found = written("geojson", tmp_path, (document, [f.place(document, "Hadrin", 1.0, 2.0)]))
    (feature,) = found["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [2.0, 1.0]}
    assert feature["properties"]["radius_km"] == 5.0
    assert feature["properties"]["sightings"][0]["before"] == "He is in"


def test_an_unresolved_name_is_a_feature_without_a_geometry(tmp_path: Path) -> None:
    document = f.document("He is in Orm.")
    (feature,) = written("geojson", tmp_path, (document, [f.place(document, "Orm")]))["features"]
    assert (feature["geometry"], feature["properties"]["name"]) == (None, "Orm")


@pytest.mark.parametrize("format", ["geojson", "timelinejs"])
def test_without_texts_only_the_names_and_dates_are_carried(format: str, tmp_path: Path) -> None:
    document = f.document("He is in Hadrin since 3 May.", title="T")
    records = [f.place(document, "Hadrin", 1.0, 2.0), f.when(document, "3 May", "2031-05-03")]
    assert "He is" not in json.dumps(written(format, tmp_path, (document, records), text=False))


def test_times_are_numbers_and_lanes_are_groups(tmp_path: Path) -> None:
    document = f.document("It opened in May 2031.", published="2031-06-01", title="T")
    may = f.when(document, "May 2031", "2031-05-01", "2031-05-31")
    told, published = written("timelinejs", tmp_path, (document, [may]))["events"]
    assert told["start_date"] == {"year": 2031, "month": 5, "day": 1}
    assert told["end_date"] == {"year": 2031, "month": 5, "day": 31}
    assert (told["group"], published["group"]) == ("happened", "said")


def test_no_markup_of_a_text_reaches_the_viewer(tmp_path: Path) -> None:
    document = f.document(f"{NASTY} on 3 May 2031.", publisher=NASTY)
    third = f.when(document, "3 May 2031", "2031-05-03")
    (event,) = written("timelinejs", tmp_path, (document, [third]))["events"]
    assert "<img" not in event["text"]["text"] and "&lt;img" in event["text"]["text"]
