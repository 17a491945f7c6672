"""Dates are read as printed and never made more precise."""

import pytest

from sayso.ingest import dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2031-04", "2031-04"),
        ("2031-04-05T06:07Z", "2031-04-05T06:07Z"),
        ("2031-04-05T06:07:08+0200", "2031-04-05T06:07:08+02:00"),
        ("Sat, 05 Apr 2031 06:07:08 +0200", "2031-04-05T06:07:08+02:00"),
        ("5 April 2031", "2031-04-05"),
        ("Apr. 5, 2031, 6:07 p.m. EST", "2031-04-05T18:07-05:00"),
        ("Published: 9:30 GMT, Saturday 5 April 2031", "2031-04-05T09:30Z"),
    ],
)
def test_a_date_keeps_the_precision_it_was_given(text: str, expected: str) -> None:
    assert dates.iso(text) == expected


@pytest.mark.parametrize("text", ["", "2031", "04/05/2031", "April 31, 2031", "2031-13-01", "yesterday", "9" * 5000])
def test_what_names_no_sure_day_is_unknown(text: str) -> None:
    assert dates.iso(text) is None


def test_a_pdf_date_keeps_its_zone() -> None:
    assert dates.from_pdf("D:20310405060700+02'00'") == "2031-04-05T06:07:00+02:00"
    assert dates.from_pdf("D:2031") is None


def test_a_file_name_gives_a_day_only_where_it_has_one() -> None:
    assert dates.from_name("pile/2031-04-05-harbour.txt") == "2031-04-05"
    assert dates.from_name("pile/harbour-20.txt") is None
