"""The reference stack: publication and dateline date, whether a text is a history, quotations with a date of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sayso.detect.times.scene import Reference, Scene
from sayso.detect.times.stamp import Stamp, of_day, of_iso
from sayso.detect.times.words import month
from sayso.records import Document, PartKind

# A history has this many years written out, and this many of them for each weekday, "today" or "yesterday".
_YEARS, _RATIO = 8, 4
# A dateline's date is nearer to publication than this; else it is a slip or belongs to another text.
_DATELINE_DAYS = 15
_FIRST_PARTS = 4
_DATED = re.compile(r"(?P<month>[A-Z][a-z]{2,8})\.?\s(?P<day>\d{1,2})(?:,?\s(?P<year>\d{4}))?")
_DATED2 = re.compile(r"(?P<day>\d{1,2})\s(?P<month>[A-Z][a-z]{2,8})\.?(?:,?\s(?P<year>\d{4}))?")
_OPENING = re.compile(r"[A-Z][A-Z .,'-]{2,30}, (?:[A-Z][a-z]+\.? ?[A-Za-z]*, )?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})? (?=\()")
_YEAR = re.compile(r"\b(?:1[0-9]\d\d|20\d\d|\d{1,4}\s?BC)\b")
_DEICTIC = re.compile(r"\b(?:yesterday|today|tomorrow|tonight|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b", re.IGNORECASE)


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
    """Whether a text tells of a past of its own: many years written out, most of them before the year of the
    publication, and few words such as "Friday" or "yesterday"."""
    years = [m[0] for m in _YEAR.finditer(text)]
    year = published.stamp.year if published else 9999
    past = sum(1 for y in years if not y.isdigit() or int(y) < year)
    return past >= _YEARS and past >= _RATIO * len(_DEICTIC.findall(text))


def dated_quotations(scene: Scene, quotes: Iterable[tuple[int, int]]) -> list[tuple[int, int, Reference]]:
    """Quotations that a sentence dates ("in a 2015 interview he said “...”"), with that date."""
    return []


