"""The language of a text: its words where they are sure, else what is declared, else unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ingest import language
from sayso.records import Meta

TEXTS = {
    "en": "The mayor said on Monday that the bridge would be closed until the spring.",
    "fr": "Le maire a dit lundi que le pont serait fermé jusqu'au printemps.",
    "de": "Die Bürgermeisterin sagte am Montag, die Brücke bleibe bis zum Frühjahr gesperrt.",
    "ru": "Мэр сказал в понедельник, что мост будет закрыт до весны.",
    "sq": "Kryetari tha të hënën se ura do të mbyllet deri në pranverë për shkak të punimeve.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_one_sentence_tells_its_language(code: str) -> None:
    assert language.detect(TEXTS[code]) == Meta(code, "words (py3langid)")


@pytest.mark.parametrize(
    "text", ["", "Short", "12 345 678", "Ana Ortiz, Tom Bell", "https://courier.example/a/very/long/path/of/words"]
)
def test_too_few_words_tell_nothing(text: str) -> None:
    assert language.detect(text) is None


def test_the_words_win_over_what_is_declared() -> None:
    assert language.of(Meta("en", "html lang"), TEXTS["fr"]) == Meta("fr", "words (py3langid)")


def test_what_is_declared_stands_where_the_words_are_too_few() -> None:
    assert language.of(Meta("en-GB", "html lang"), "Short") == Meta("en", "html lang")
    assert language.of(None, "Short") is None


@given(st.text(max_size=200))
def test_any_text_gives_the_same_answer_twice(text: str) -> None:
    assert language.detect(text) == language.detect(text)
