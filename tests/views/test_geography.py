"""The map has one pin a place, with all who name it; what is no place is no pin."""

from __future__ import annotations

from sayso.records import PlaceRole
from sayso.views.geography import geography
from tests import factory as f

TEXT = "Vell said it would close the camp near Vell. The camp lies 30 km north of Hadrin. Nobody knows Orm."


def test_the_same_place_is_one_pin_with_all_its_sightings() -> None:
    one, two = f.document("He is in Hadrin.", name="a.txt"), f.document("She is in Hadrin.", name="b.txt")
    places = [f.place(d, "Hadrin", 1.0, 2.0, gazetteer="geonames:1") for d in (one, two)]
    (pin,) = geography(f.filed((one, places[:1]), (two, places[1:]))).pins
    assert (pin.lat, pin.lon, len(pin.sightings)) == (1.0, 2.0, 2)


def test_a_government_named_by_its_capital_is_counted_and_no_pin() -> None:
    document = f.document(TEXT)
    acts = f.place(document, "Vell", 1.0, 2.0, role=PlaceRole.ACTOR)
    found = geography(f.filed((document, [acts])))
    assert (found.pins, found.roles) == ((), (("actor", 1),))


def test_names_without_a_place_are_listed_with_the_words_about_them() -> None:
    document = f.document(TEXT)
    (one,) = geography(f.filed((document, [f.place(document, "Orm")]))).unresolved
    assert (one.before, one.words, one.after) == (TEXT[-88:-4][-70:].strip(), "Orm", ".")


def test_a_relative_place_is_a_pin_of_its_own() -> None:
    document = f.document(TEXT)
    hadrin = f.place(document, "Hadrin", 1.0, 2.0, gazetteer="geonames:1")
    north = f.place(document, "30 km north of Hadrin", 1.3, 2.0, anchors=(hadrin.id,), radius_km=12.0)
    pins = geography(f.filed((document, [hadrin, north]))).pins
    assert sorted((pin.relative, pin.radius_km) for pin in pins) == [(False, 5.0), (True, 12.0)]
