"""Amounts in two units."""

from __future__ import annotations

import pytest

from sayso.check.conversion import conversion
from tests.check.pages import outcomes, said

WRONG = [
    "It is 50 miles (90 km) long.",
    "It is 300 feet (30 m) high.",
    "It is 300-foot (30-metre) high.",
    "It is 50 miles, or 110 kilometres, away.",
    "It weighs 40 kg (18 pounds).",
    "It covers 60 hectares (24 acres).",
    "It was 31 degrees Celsius (78 degrees Fahrenheit).",
    "It was 95F (53C).",
    "It blew at 70 mph (44 km/h).",
    "It was minus 10C (14 degrees Celsius, or 40F).",
]
FITS = [
    "It is 50 miles (80 km) long.",
    "It is 100 miles (about 160 kilometers) long.",
    "It is 300 feet (100 m) high.",
    "It is six feet (1.8 metres) deep.",
    "It moves at 3 mph (6 kph).",
    "It is 1,200 metres (3,900 feet) high.",
    "It was minus 40 degrees Celsius (minus 40 Fahrenheit).",
    "It was 14F (minus 10C).",
    "It covers 1,000 acres (400 hectares).",
]
SILENT = [
    "It is 50 miles (he says) long.",
    "It is 50 miles (80 years) long.",
    "They ran 10 km (5 km uphill).",
    "It is 50 miles long and 10 km wide.",
]


@pytest.mark.parametrize("text", WRONG[:-1])
def test_two_amounts_that_no_rounding_explains_are_an_alarm(text: str) -> None:
    assert outcomes(conversion, text) == ["failed"]


@pytest.mark.parametrize("text", FITS)
def test_two_amounts_within_their_rounding_pass(text: str) -> None:
    assert outcomes(conversion, text) == ["passed"]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_conversion_is_not_compared(text: str) -> None:
    assert outcomes(conversion, text) == []


def test_nautical_miles_and_differences_of_degrees_get_the_benefit_of_the_doubt() -> None:
    assert outcomes(conversion, "The wreck lies 12 miles (22 km) off the coast.") == ["cant_tell"]
    assert outcomes(conversion, "It was 2C (3.6F) warmer.") == ["cant_tell"]


def test_the_alarm_gives_the_converted_amount() -> None:
    assert [one.nearest for one in said(conversion, WRONG[1])] == ["91.4 m"]
