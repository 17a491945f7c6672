"""Places that are described or lie at a border: capitals, "the Balkan country", borders by one or both sides."""

from __future__ import annotations

import pytest

from sayso.detect.places import places
from sayso.detect.places.geometry import bearing, destination, distance, middle
from sayso.detect.places.lands import borders, described
from sayso.gazetteer import open_gazetteer
from sayso.records import Place
from tests import factory


def told(text: str) -> dict[str, Place]:
    """The places that are no names, by their words."""
    page = factory.page(text)
    return {page.quote(p.span): p for p in places(page) if p.why.rule != "places.locate"}


# text | words | name of the place meant
MEANT = [
    ("The Albanian capital was quiet on Monday.", "The Albanian capital", "Tirana"),
    ("Rain fell on Albania's capital.", "Albania's capital", "Tirana"),
    ("They met in the capital of Ecuador.", "the capital of Ecuador", "Quito"),
    ("Norway voted on Sunday. Turnout was low in the capital.", "the capital", "Oslo"),
    ("The Zambian firm opened a shop in the capital city.", "the capital city", "Lusaka"),
    ("Albania held a vote. The Balkan country has three million people.", "The Balkan country", "Albania"),
    ("The Balkan country voted on Sunday, and Bulgaria counted all night.", "The Balkan country", "Bulgaria"),
    ("France sent aid to Paraguay. The landlocked nation thanked it.", "The landlocked nation", "Paraguay"),
    ("In Riga the port froze. The Baltic state closed it.", "The Baltic state", "Latvia"),
    ("Nepal and Bolivia signed. The landlocked country will pay.", "The landlocked country", "Bolivia"),
    ("Iceland banned it. The Nordic island nation was the first.", "The Nordic island nation", "Iceland"),
    ("The West African nation of Togo voted.", "The West African nation", "Togo"),
]

OPEN = [
    ("The Balkan country voted on Sunday.", "The Balkan country"),
    ("France and Spain voted. The landlocked nation did not.", "The landlocked nation"),
    ("Trains to the capital were late.", "the capital"),
    ("Spain met Chile and Kenya. A shop opened in the capital.", "the capital"),
]

NEITHER = [
    "The Austrian capital, Vienna, was dark.",
    "The capital Vienna was dark.",
    "Austria taxes the capital gains of banks.",
    "The country voted on Sunday.",
]


@pytest.mark.parametrize(("text", "words", "name"), MEANT)
def test_a_description_means_the_place_that_the_text_tells(text: str, words: str, name: str) -> None:
    place = told(text)[words]
    assert place.name == name
    assert place.anchors
    assert place.lat is not None


@pytest.mark.parametrize(("text", "words"), OPEN)
def test_a_description_that_the_text_does_not_tell_stays_unresolved(text: str, words: str) -> None:
    place = told(text)[words]
    assert (place.lat, place.gazetteer, place.anchors, place.name) == (None, "", (), words)


@pytest.mark.parametrize("text", NEITHER)
def test_a_named_capital_and_other_capital_are_no_description(text: str) -> None:
    assert told(text) == {}


# text | words | the two sides
AT_BORDERS = [
    (
        "Herders crossed near the border between Albania and Greece.",
        "near the border between Albania and Greece",
        "AL GR",
    ),
    ("The forest lies along Finland's border with Norway.", "along Finland's border with Norway", "FI NO"),
    ("The bridge is on the Portuguese-Spanish border.", "on the Portuguese-Spanish border", "PT ES"),
    ("Zambia closed two schools near the border with Malawi.", "near the border with Malawi", "ZM MW"),
    ("In Estonia, officers found a tunnel near the Latvian border.", "near the Latvian border", "EE LV"),
    ("Elephants roam where Botswana borders Namibia.", "Botswana borders Namibia", "BW NA"),
    ("A clerk in Lublin was sent to the Ukrainian border.", "to the Ukrainian border", "PL UA"),
]

NO_BORDER = [
    "Albanian border guards met in Tirana.",
    "Talks on the border were held in Vienna.",
    "The Latvian border was quiet.",
    "Chile discussed its border with Norway.",
]


@pytest.mark.parametrize(("text", "words", "sides"), AT_BORDERS)
def test_a_border_is_placed_by_both_of_its_sides(text: str, words: str, sides: str) -> None:
    place, line = told(text)[words], borders()[frozenset(sides.split())]
    assert (place.lat, place.lon, place.radius_km) == (line.lat, line.lon, line.radius_km)
    assert len(place.anchors) == 2


@pytest.mark.parametrize("text", NO_BORDER)
def test_a_border_without_its_other_side_is_not_placed(text: str) -> None:
    assert told(text) == {}


def test_a_town_at_a_border_places_the_words_about_it() -> None:
    place = told("She lives in Kilis, near the Syrian border.")["near the Syrian border"]
    assert place.radius_km == 30
    assert distance((place.lat or 0, place.lon or 0), (36.72, 37.12)) < 5


def test_relative_places_have_ids_of_their_own_and_name_their_anchors() -> None:
    page = factory.page("Wells dried up near Lahore, Multan and Jaipur, and 20 km west of the Hungarian capital.")
    found = list(places(page))
    ids = [place.id for place in found]
    assert len(set(ids)) == len(ids)
    assert all(anchor in ids for place in found for anchor in place.anchors)


def test_every_code_of_the_tables_is_a_country_of_the_gazetteer() -> None:
    gazetteer = open_gazetteer()
    known = {gazetteer.code(unit) for unit in gazetteer.countries()}
    assert set().union(*described().values()) <= known
    assert set().union(*borders()) <= known


def test_the_middle_of_two_points_is_right_across_the_date_line() -> None:
    lat, lon = middle((10.0, 170.0), (10.0, -170.0))
    assert abs(lon) == pytest.approx(180)
    assert lat == pytest.approx(10.15, abs=0.01)
    assert distance((10.0, 170.0), (lat, lon)) == pytest.approx(distance((10.0, -170.0), (lat, lon)))


@pytest.mark.parametrize(
    ("words", "degrees"), [("north", 0), ("South-West", 225), ("ESE", 112.5), ("north-north east", 22.5)]
)
def test_compass_words_are_bearings(words: str, degrees: float) -> None:
    assert bearing(words) == degrees


def test_going_there_and_measuring_back_agree() -> None:
    assert distance((45.0, 9.0), destination(45.0, 9.0, 77.0, 321.0)) == pytest.approx(321.0)
