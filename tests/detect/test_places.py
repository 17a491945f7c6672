"""Places: which words name one, which place they stand for, and what the name does where it stands."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.nasty import PIECES
from sayso.detect.places import named_places, places
from sayso.records import Place, PlaceRole
from tests import factory


@cache
def found(text: str, url: str = "") -> dict[str, Place]:
    """The places of a text by their words; of words that stand twice, the last."""
    page = factory.page(text, **({"url": url} if url else {}))
    return {page.quote(place.span): place for place in named_places(page)}


# text | words | name of the place | where about (latitude, longitude) | role
RESOLVED = [
    ("The ferry sank near Lagos on Monday.", "Lagos", 6.5, 3.4),
    ("Rain fell in Nairobi and in Mombasa.", "Mombasa", -4.0, 39.7),
    ("She lives in Springfield, Ohio.", "Springfield", 39.9, -83.8),
    ("She lives in Springfield, Illinois.", "Springfield", 39.8, -89.6),
    ("She lives in Springfield, Massachusetts.", "Springfield", 42.1, -72.6),
    ("He was born in Paris, Texas, and never left.", "Paris", 33.7, -95.6),
    ("He was born in Paris and studied in Lyon.", "Paris", 48.9, 2.3),
    ("The trial in Athens, Ga., was put off.", "Athens", 34.0, -83.4),
    ("Ferries left Piraeus, and in Athens the museums closed.", "Athens", 38.0, 23.7),
    ("They met in London, Ontario.", "London", 43.0, -81.2),
    ("They met in London on Tuesday.", "London", 51.5, -0.1),
    ("He moved from Dallas to Houston, Texas, in May.", "Houston", 29.8, -95.4),
    ("The plant in Moscow, Idaho, employs 300.", "Moscow", 46.7, -117.0),
    ("Birmingham, Ala., has a new mayor.", "Birmingham", 33.5, -86.8),
    ("Buses between Birmingham and Coventry were late, the English operator said.", "Birmingham", 52.5, -1.9),
    ("The road from Tripoli to Misrata was open, Libyan officials said.", "Tripoli", 32.9, 13.2),
    ("The harbour of Tripoli, Lebanon, was calm.", "Tripoli", 34.4, 35.8),
    ("The team flew from Tbilisi to Batumi in Georgia.", "Georgia", 42.0, 43.5),
    ("The team flew from Atlanta to Savannah in Georgia.", "Georgia", 32.8, -83.5),
    ("A storm crossed Texas, Oklahoma and Kansas.", "Oklahoma", 35.5, -97.5),
    ("A storm crossed Missouri, California and Oregon.", "California", 37.3, -119.8),
    ("Offices in Albany, New York, were closed.", "New York", 43.0, -75.5),
    ("Prices in New York rose.", "New York", 40.7, -74.0),
    ("The courthouse of Walker County, Texas, reopened.", "Walker County", 30.7, -95.6),
    ("The province of Helmand was quiet.", "Helmand", 31.0, 64.0),
    ("Floods reached the city of Cordoba in Argentina.", "Cordoba", -31.4, -64.2),
    ("Trains from Madrid and Seville to Córdoba stopped.", "Córdoba", 37.9, -4.8),
    ("Talks opened in Côte d'Ivoire.", "Côte d'Ivoire", 8.0, -5.5),
    ("Talks opened in Burma.", "Burma", 21.0, 96.0),
    ("Aid arrived in South Sudan by road.", "South Sudan", 7.5, 30.0),
    ("Aid arrived in the Democratic Republic of Congo.", "Democratic Republic of Congo", -2.5, 23.5),
    ("He flew to the U.S. in June.", "U.S.", 39.8, -98.5),
    ("The ship crossed the Black Sea.", "Black Sea", 43.0, 34.0),
    ("The ship passed the Strait of Hormuz.", "Strait of Hormuz", 26.6, 56.5),
    ("Snow closed passes in the Himalayas.", "Himalayas", 28.0, 84.0),
    ("Villages along the Euphrates were flooded.", "Euphrates", 31.0, 47.4),
    ("Drought spread in the Sahel.", "Sahel", 15.0, 8.0),
    ("Elections are due in the Balkans.", "Balkans", 42.5, 21.0),
    ("Farms in Darfur lost their harvest.", "Darfur", 13.0, 25.0),
    ("The exhibition moves to Istanbul.", "Istanbul", 41.0, 28.9),
    ("In 1920 the family moved to Constantinople.", "Constantinople", 41.0, 28.9),
    ("In 1970 the family moved to Saigon.", "Saigon", 10.8, 106.6),
    ("The family left Zaire in 1990.", "Zaire", -2.5, 23.5),
    ("The tribunal sits in The Hague.", "The Hague", 52.1, 4.3),
    ("The airline serves St. Petersburg, Fla., daily.", "St. Petersburg", 27.8, -82.6),
    ("The fire in Kansas City, Missouri, is out.", "Kansas City", 39.1, -94.6),
    ("Residents of Deir ez-Zor returned.", "Deir ez-Zor", 35.3, 40.1),
    ("The camp at Zaatari grew.", "Zaatari", 32.3, 36.3),
    ("Planes landed at Ramstein Air Base.", "Ramstein Air Base", 49.4, 7.6),
    ("Police in Ljubljana closed the bridge.", "Ljubljana", 46.1, 14.5),
]

ROLES = [
    ("Ottawa said it would sign the treaty.", "Ottawa", PlaceRole.ACTOR),
    ("Canada announced new rules on Friday.", "Canada", PlaceRole.ACTOR),
    ("The Kremlin denied the report.", "Kremlin", PlaceRole.ACTOR),
    ("The ministers met in Ottawa.", "Ottawa", PlaceRole.PLACE),
    ("Canadian officials met on Friday.", "Canadian", PlaceRole.ADJECTIVE),
    ("Thousands of Norwegians voted early.", "Norwegians", PlaceRole.PEOPLE),
    ("Zambian farmers sold maize.", "Zambian", PlaceRole.ADJECTIVE),
    ("She works at Cork University Hospital.", "Cork", PlaceRole.NAME),
]

NOTHING = [
    "Paris Hilton opened the show.",
    "The Washington Post reported it first.",
    "Mr. London left the room.",
    "Jack London wrote novels.",
    "Sen. Lincoln spoke for an hour.",
    "A turkey was cooked for the guests.",
    "The china was broken.",
    "They ordered chili and a mobile phone.",
    "March was cold, and May was warm.",
    "West Nile virus was found in mosquitoes.",
    "Victoria Beckham sold the label.",
    "Of course nobody knew.",
    "The Road was a long film.",
    "Police and the Council agreed.",
    "He told us nothing.",
    "",
]


@pytest.mark.parametrize(("text", "words", "lat", "lon"), RESOLVED)
def test_a_name_stands_for_the_place_that_its_text_means(text: str, words: str, lat: float, lon: float) -> None:
    place = found(text)[words]
    assert place.lat is not None
    assert place.lon is not None
    assert math.hypot(place.lat - lat, (place.lon - lon) * math.cos(math.radians(lat))) < 1.0


@pytest.mark.parametrize(("text", "words", "role"), ROLES)
def test_a_name_is_a_place_an_actor_a_people_or_part_of_another_name(text: str, words: str, role: PlaceRole) -> None:
    assert found(text)[words].role is role


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert found(text) == {}


def test_a_dateline_is_where_the_text_was_written() -> None:
    there = found("MUSCAT, Oman (Agency) - The harbour reopened on Monday after a week of storms in Salalah.")
    assert (there["MUSCAT"].role, there["MUSCAT"].name) == (PlaceRole.DATELINE, "Muscat")
    assert (there["Oman"].role, there["Salalah"].role) == (PlaceRole.DATELINE, PlaceRole.PLACE)


def test_a_place_that_no_list_has_is_kept_and_stays_unresolved() -> None:
    place = found("The shop on Quillfeather Street in Dublin closed.")["Quillfeather Street"]
    assert (place.lat, place.radius_km, place.why.score, place.gazetteer) == (None, None, None, "")
    assert place.why.note == "no place of this name is known"


def test_one_name_has_one_sense_in_a_document() -> None:
    page = factory.page("The fair in Springfield, Ohio, drew crowds.\n\nSpringfield will hold it again next year.")
    same = [place for place in named_places(page) if page.quote(place.span) == "Springfield"]
    assert [place.gazetteer for place in same] == ["geonames:4525353"] * 2


def test_a_local_outlet_means_its_own_town() -> None:
    text = "The council in Columbus met on Monday. Residents of Columbus asked about the budget."
    there = found(text, url="https://www.ledger-enquirer.com/news/1.html")["Columbus"]
    assert there.lat is not None
    assert abs(there.lat - 32.5) < 0.5
    assert "home of the outlet" in there.candidates[0].reasons


def test_a_resolved_place_names_its_gazetteer_id_radius_confidence_and_up_to_three_candidates_with_reasons() -> None:
    place = found("She lives in Springfield, Ohio.")["Springfield"]
    assert place.gazetteer == "geonames:4525353"
    assert place.radius_km is not None
    assert place.radius_km > 0
    assert place.why.score is not None
    assert 0 < place.why.score <= 1
    assert 1 <= len(place.candidates) <= 3
    assert "container beside it" in place.candidates[0].reasons


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from((*PIECES, "Paris", ", Texas", " in ", "U.S.-", "al-", "\n\n", " Street")), max_size=12))
def test_any_text_gives_spans_that_lie_in_it_and_the_same_twice(pieces: list[str]) -> None:
    page = factory.page("".join(pieces))
    once = list(places(page))
    assert once == list(places(page))
    text = page.document.text
    assert all(0 <= place.span.start < place.span.end <= len(text) for place in once)
    assert len({place.id for place in once}) == len(once)
    for before, after in pairwise(place for place in once if not place.anchors):
        assert before.span.end <= after.span.start
