"""Times: a table of expressions with value, interval and reference, false friends, and what must hold for any text."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.case import Page, Parse
from sayso.detect.quotes import quotes
from sayso.detect.times import times
from sayso.records import PartKind, When
from tests.factory import document

PUBLISHED = "2013-03-22"
TABLE = [
    line.split("\t")
    for line in (Path(__file__).parent / "times.tsv").read_text("utf-8").splitlines()[3:]
    if not line.startswith("#")
]
FALSE_FRIENDS = [
    "He lives at 1309 S. Mary Avenue.",
    "Write to 1200 Harbour View Road.",
    "It stands on pp. 1735-1780.",
    "The quarter's own wall fell.",
    "The report named the 2019 troops at the base.",
    "They counted 1990 refugees.",
    "The March on Lunn drew crowds.",
    "May said that it was late.",
    "Mr. May left.",
    "April Jones sang.",
    "The Sunday Times wrote it.",
    "It is open 24/7.",
    "He drove Route 1990.",
    "It cost $1990.",
    "It rose to 1990.5 points.",
    "Nothing would fall into place.",
    "The fall of Lunn came.",
    "He will spring a trap.",
    "The 12-year-old sang.",
    "She is 22 years old.",
    "A second attack came.",
    "He may march on.",
    "The Daily Lantern wrote it.",
    "USA Today wrote it.",
    "He read 60 Minutes aloud.",
    "He lives on Christmas Island.",
    "The score was 3:15.",
    "Bloody Sunday is a film.",
    "About 1800 people came.",
    "The current account was empty.",
]
# Pieces of which garbage about times is made.
PIECES = [
    "the",
    "last",
    "May",
    "3",
    "2013",
    "early",
    "in",
    "of",
    "-",
    ",",
    "Friday",
    "week",
    "BC",
    "'80s",
    "night",
    "a",
    "two",
    "and",
    "half",
    "ago",
    "later",
    "10:35",
    "p.m.",
    "Easter",
    "each",
    "“",
    "”",
    "said",
    ".",
    "é",
    "𝄞",
    "’",
    "next",
    "quarter",
    "year",
    "to",
    "from",
    "until",
    "mid",
    "1990s",
    "every",
    "12",
    "\xa0",
]


def page(text: str, published: str | None = PUBLISHED) -> Page:
    """A page without a parse, its quotations found."""
    one = document(text, published=published) if published else document(text)
    made = Page(one, Parse())
    made.add(quotes(made))
    return made


def read(text: str, published: str | None = PUBLISHED) -> list[When]:
    return list(times(page(text, published)))


def words(text: str, found: When) -> str:
    return text[found.span.start : found.span.end]


def values(text: str, published: str | None = PUBLISHED) -> list[str]:
    return [found.timex for found in read(text, published)]


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 120


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[1]}-{row[3]}")
def test_an_expression_has_its_type_value_interval_and_reference(row: list[str]) -> None:
    sentence, expression, *expected = row
    found = {
        (words(sentence, one), one.kind, one.timex, one.first or "", one.last or "", one.anchor)
        for one in read(sentence)
    }
    assert (expression, *expected) in found


@pytest.mark.parametrize("sentence", FALSE_FRIENDS)
def test_a_false_friend_is_no_time(sentence: str) -> None:
    assert values(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("He came yesterday.", "XXXX-XX-XX"),
        ("He came last week.", "XXXX-WXX"),
        ("He came last year.", "XXXX"),
        ("He came on Friday.", "XXXX-WXX-5"),
        ("He came on May 3.", "XXXX-05-03"),
        ("He came in June.", "XXXX-06"),
        ("He came last summer.", "XXXX-SU"),
        ("He came three days ago.", "XXXX-XX-XX"),
        ("He came at 10 a.m.", "XXXX-XX-XXT10:00"),
    ],
)
def test_without_a_publication_date_a_relative_time_stays_unresolved(sentence: str, value: str) -> None:
    (found,) = read(sentence, None)
    assert (found.timex, found.first, found.last, found.anchor) == (value, None, None, "unknown")


def test_tense_decides_the_direction_of_a_weekday() -> None:
    assert values("She met them Tuesday.") == ["2013-03-19"]
    assert values("She will meet them Tuesday.") == ["2013-03-26"]
    assert values("She said Tuesday that she will meet them.") == ["2013-03-19"]
    assert values("They are scheduled to meet Tuesday.") == ["2013-03-26"]


def test_a_date_takes_the_year_whose_weekday_fits() -> None:
    assert values("It was signed on Thursday, March 22.", "2013-02-01") == ["2012-03-22"]


def test_a_range_names_the_time_that_ends_it() -> None:
    first, last = read("It lasted from May 3 to 5.")
    assert (first.timex, last.timex, first.until, last.until) == ("2013-05-03", "2013-05-05", last.id, None)


def test_the_beginning_of_a_range_takes_the_year_of_its_end() -> None:
    assert values("It rained from November to March 2007.") == ["2006-11", "2007-03"]


def test_a_quotation_counts_from_the_date_it_was_said_on() -> None:
    found = read("In a 2005 interview he said: “We lost the boat last year.” He left last year.")
    assert [(one.timex, one.anchor) for one in found] == [
        ("2005", "itself"),
        ("2004", "quotation"),
        ("2012", "published"),
    ]


def test_a_dateline_that_agrees_with_publication_is_counted_from() -> None:
    text = "SARROW, March 20 (TNS) — The bridge was closed yesterday."
    assert [(one.timex, one.anchor) for one in read(text)][-1] == ("2013-03-19", "dateline")


def test_a_history_is_counted_from_the_time_told_last() -> None:
    years = "".join(f"In {year} the dam was raised. " for year in range(1900, 1910))
    found = read(f"{years}In April 1911 it leaked. In June it broke. The next year it was mended.")
    assert [(one.timex, one.anchor) for one in found[-2:]] == [("1911-06", "narrative"), ("1912", "narrative")]


def test_a_report_on_a_quarter_compares_with_the_same_quarter() -> None:
    assert values("Profit in the third quarter rose from 3 a year ago.") == ["2012-Q3", "2011-Q3"]


def test_the_why_names_the_reference_and_the_rule() -> None:
    (found,) = read("He came last week.")
    assert found.why.rule == "times.times"
    assert "2013-03-22" in found.why.note


def test_a_day_that_no_calendar_has_is_not_made_up() -> None:
    assert all(one.first is None or one.first[5:] != "02-30" for one in read("It fell on 30 February 2012."))


def test_an_interval_never_ends_before_it_begins() -> None:
    for row in TABLE:
        assert all(
            not one.first or not one.last or one.first <= one.last for one in read(row[0]) if "BC" not in one.timex
        )


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)))
def test_for_any_text_spans_lie_in_it_do_not_overlap_and_are_the_same_twice(text: str) -> None:
    made = page(text)
    found = list(times(made))
    assert found == list(times(made))
    places = [(one.span.start, one.span.end) for one in found]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    assert len({one.id for one in found}) == len(found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_without_a_date_nothing_raises(text: str) -> None:
    read(text, None)


def seconds(text: str) -> float:
    made = page(text)
    start = time.process_time()
    for _ in times(made):
        pass
    return time.process_time() - start


@pytest.mark.parametrize(
    "piece",
    [
        "the early last ",
        "1990 ",
        "two and a half ",
        "May 3 - 5 , ",
        "“last year ” said 2005 ",
        "of the end of the ",
        "xyz",
    ],
)
def test_200_000_words_of_garbage_are_read_in_linear_time(piece: str) -> None:
    count = 200_000 // len(piece.split())
    seconds(piece * 100)  # the patterns are compiled on first use
    small, large = seconds(piece * (count // 8)), seconds(piece * count)
    assert large < 16 * small + 1.0


def test_news_is_read_at_100_000_characters_a_second_and_more() -> None:
    text = (
        "The ministry said on Friday that the bridge, which opened in May 1998, would be closed for two weeks. " * 1000
    )
    seconds(text[:1000])
    assert len(text) / seconds(text) > 100_000


def test_a_dateline_with_the_day_first_is_read_as_written() -> None:
    one = document("Lunn Mail, 5 March 2026\n\nThe water came on Tuesday.", published="2026-03-05")
    dateline, body = one.parts
    made = Page(replace(one, parts=(replace(dateline, kind=PartKind.DATELINE), body)), Parse())
    (tuesday,) = [when for when in times(made) if made.quote(when.span) == "Tuesday"]
    assert tuesday.first == "2026-03-03"
