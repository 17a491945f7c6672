"""The reference stack: publication and dateline date, whether a text is a history, quotations with their own date."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sayso.detect.times.reading import Found, Reading
from sayso.detect.times.scene import Reference, Said
from sayso.detect.times.stamp import Stamp, of_day, of_iso
from sayso.detect.times.words import listed, month
from sayso.records import Document, PartKind

# A history has this many years written out, and this many of them for each weekday, "today" or "yesterday".
_YEARS, _RATIO = 8, 4
# A dateline's date is nearer to publication than this; else it is a slip or belongs to another text.
_DATELINE_DAYS = 15
_FIRST_PARTS = 4
# How far from a quotation its date is looked for, in characters.
_REACH = 200
_STOP = re.compile(r"[.!?][\"”’']?\s+(?=[A-Z“\"])|\n")
_DATED = re.compile(r"(?P<month>[A-Z][a-z]{2,8})\.?\s(?P<day>\d{1,2})\b(?:,?\s(?P<year>\d{4}))?")
_DATED2 = re.compile(r"\b(?P<day>\d{1,2})\s(?P<month>[A-Z][a-z]{2,8})\.?(?:,?\s(?P<year>\d{4}))?")
_OPENING = re.compile(
    r"[A-Z][A-Z .,'-]{2,30}, (?:[A-Z][a-z]+\.? ?[A-Za-z]*, )?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})? (?=\()"
)
_YEAR = re.compile(r"\b(?:1[0-9]\d\d|20\d\d|\d{1,4}\s?BC)\b")
_DEICTIC = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|ago|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:last|this|next) (?:week|month|year|summer|fall|spring|winter))\b",
    re.IGNORECASE,
)


def base(document: Document) -> Reference | None:
    """The date that a text counts from: its dateline's, if that agrees with the publication date, else the publication
    date; a dateline with a year stands alone. None where the document gives neither."""
    published = of_iso(document.published.value) if document.published else None
    told = next((s for words in _datelines(document) if (s := _dateline(words, published))), None)
    if told is not None:
        return Reference(told, "dateline")
    return Reference(published, "published") if published else None


def stretches(document: Document, kinds: Iterable[PartKind]) -> list[tuple[int, int]]:
    """The stretches to read: parts of these kinds; where no publication date is known the dateline too, as the only
    words for that day."""
    wanted = set(kinds) | (set() if document.published else {PartKind.DATELINE})
    return [(p.span.start, p.span.end) for p in document.parts if p.kind in wanted]


def _datelines(document: Document) -> Iterator[str]:
    """The words of datelines, as parts of their own or as the opening of one of the first parts."""
    for number, part in enumerate(document.parts):
        if part.kind is PartKind.DATELINE:
            yield document.text[part.span.start : part.span.end]
        elif number < _FIRST_PARTS and (m := _OPENING.match(document.text, part.span.start, part.span.end)):
            yield m[0]


def _dateline(words: str, published: Stamp | None) -> Stamp | None:
    m = _DATED.search(words) or _DATED2.search(words)
    try:
        number = month(m["month"]) if m else 0
    except KeyError:
        return None
    if m is None:
        return None
    here = published.date() if published and published.unit == "day" else None
    years = [int(m["year"])] if m["year"] else [here.year - 1, here.year, here.year + 1] if here else []
    days = [s for y in years if (s := of_day(y, number, int(m["day"])))]
    near = [s for s in days if here is None or ((d := s.date()) and abs((d - here).days) <= _DATELINE_DAYS)]
    return near[0] if near else None


def is_history(text: str, published: Reference | None) -> bool:
    """Whether a text tells of a past of its own: many years written out that are not the publication's or the one
    before it, and few words such as "Friday", "yesterday", "ago" or "this year"."""
    years = [m[0] for m in _YEAR.finditer(text)]
    year = published.stamp.year if published else 9999
    past = sum(1 for y in years if not y.isdigit() or int(y) < year - 1)
    return past >= _YEARS and past >= _RATIO * len(_DEICTIC.findall(text))


def dated_quotations(text: str, quotes: Iterable[tuple[int, int]], found: Sequence[Found]) -> list[Said]:
    """Quotations with a date of their own: "In a 2015 interview he said “...”", "“...”, she said on Friday".

    The date is the last one of their sentence that stands outside them, before them or else behind, where a word of
    saying stands beside it there. `found` is what was found in the text so far, in order.
    """
    starts = [one.start for one in found]
    out: list[Said] = []
    for start, end in quotes:
        low, high = _sentence(text, start, end)
        around = found[bisect.bisect_left(starts, low) : bisect.bisect_left(starts, high)]
        outside = [one for one in around if one.end <= start or one.start >= end]
        if _says(text[low:start] + " " + text[end:high]):
            dates = [one for one in outside if _is_date(one.reading)]
            chosen = [one for one in dates if one.start < start][-1:] or dates[:1]
            out += [
                (start, end, Reference(replace(one.reading.stamp, clock=""), "quotation"))
                for one in chosen
                if one.reading.stamp
            ]
    return out


_FULL_STOP = re.compile(r"""\.["'’”]*\Z""")


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence about a quotation, at most `_REACH` characters to either side."""
    before = [m.end() for m in _STOP.finditer(text, max(0, start - _REACH), start)]
    if _FULL_STOP.search(text, max(start, end - 3), end):
        return (before[-1] if before else max(0, start - _REACH)), end  # "... on Friday.” The paper said on 3 May that"
    behind = _STOP.search(text, end, end + _REACH)
    return (before[-1] if before else max(0, start - _REACH)), (
        behind.start() if behind else min(len(text), end + _REACH)
    )


def _says(words: str) -> bool:
    listed_words = listed("sayings", "nouns") | listed("sayings", "verbs")
    return not listed_words.isdisjoint(re.findall(r"[a-z-]+", words.lower()))


def _is_date(reading: Reading) -> bool:
    """Whether a reading says when somebody spoke: a day, month or year, not a range or a vague word."""
    return (
        reading.stamp is not None
        and reading.kind in ("DATE", "TIME")
        and reading.stamp.unit in ("day", "month", "year")
    )
