"""What a single line of a page looks like: a heading, a sentence, a by-line, a credit, a pointer elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from sayso.ingest.html_roles import HEADINGS
from sayso.ingest.html_roles import words as listed
from sayso.ingest.html_walk import Line

_WORD = re.compile(r"\w+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SENTENCE_END = re.compile(r"[.!?…:;。！？][\"'”’»)\]*]*$")
_EDGES = " \t\n:.…»›>|-–—[]()•·*"
_DASH = r"\s*(?:—|–|--|-)\s+"
_AGENCY = r"\([A-Z][\w.&/ -]{1,30}\)"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ /][A-ZÀ-Þ.'’-]+){0,3}"
_NAME = r"[A-ZÀ-Þ][\w.'’-]+(?:[ /][A-ZÀ-Þ][\w.'’-]+){0,3}"
_REGION = r"(?:,\s[\w.’' ]{2,30}){0,2}"
# "TESSEL CITY, Oct 3 (TNS) - ", "Tessel (TNS) — ", "TESSEL — ", "(TNS) — ": the place in capitals, or an agency.
_DATELINE = re.compile(rf"(?:{_CAPITALS}{_REGION}(?:\s{_AGENCY})?|{_NAME}{_REGION}\s{_AGENCY}|{_AGENCY}){_DASH}(?=\S)")
_DATE = (
    r"(?:(?<![\w.])\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?![\w.])|\d{4}-\d{2}-\d{2}"
    r"|[A-Za-zéû]{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}|\d{1,2}(?:st|nd|rd|th|er)?\s[A-Za-zéû]{3,9}\.?,?\s\d{4})"
)
_HAS_DATE = re.compile(rf"\b{_DATE}\b")
_PLACE_AND_DATE = re.compile(rf"(?P<place>{_NAME}),\s{_DATE}\.?$")
# "ANA ORTIZ/TNS/Getty Images"
_CREDIT = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]*\s?){2,4}(?:\s?/\s?[A-Z][\w.&' -]+)+")
_BY_NAME = r"[:\s]\s*(?:[A-ZÀ-Þ][\w.'’-]*)(?:\s|,|$)"


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without marks and characters that are not seen."""
    return tuple(_WORD.findall(_UNSEEN.sub("", text).casefold()))


def heading(line: Line) -> str:
    """The heading element (h1 ... h6) that the line is, "" if it is none."""
    for element in (line.block, line.owner):
        if element is not None and element.tag in HEADINGS:
            return str(element.tag)
    return ""


def bold(line: Line) -> bool:
    """Whether the line is short, all in bold type and no sentence: a heading in all but name."""
    element, short = line.owner, len(line.text) < 90 and not _SENTENCE_END.search(line.text)
    return short and element is not line.block and any(e.tag in ("b", "strong") for e in _up_to(element, line.block))


def below_picture(line: Line) -> bool:
    """Whether the line is the only item of a list that follows a picture, as some systems write captions."""
    item = next((e for e in _up_to(line.block, None) if e.tag == "li"), None)
    if item is None or item.getprevious() is not None or item.getnext() is not None or item.getparent() is None:
        return False
    before = item.getparent().getprevious()
    return before is not None and before.tag in ("figure", "img", "picture")


def _up_to(element: Any, top: Any) -> Iterator[Any]:
    while element is not None and element is not top:
        yield element
        element = element.getparent()


def linked(line: Line) -> float:
    """The share of the line's characters that are anchor words."""
    return sum(end - start for start, end, _ in line.links) / len(line.text)


def sentence(text: str) -> bool:
    """Whether the text reads like a sentence: an end mark after five words, or twenty characters without blanks."""
    long = len(text.split(None, 5)) > 4 or (len(text) > 20 and not text.isascii() and " " not in text)
    return long and bool(_SENTENCE_END.search(text[-20:].rstrip()))


def prose(line: Line) -> bool:
    """Whether the line can begin or end an article: a sentence, or long, and not one single link."""
    return linked(line) < 0.9 and (sentence(line.text) or len(line.text) > 120)


def likeness(text: str, title: str) -> float:
    """How far a heading and a page's title share their words, 0 to 1; a title often adds the outlet's name."""
    own, other = set(words(text)), set(words(title))
    return len(own & other) / max(len(own), 1) if len(own) > 2 or own == other else 0.0


def label(text: str) -> str:
    """The kind of a line that is furniture by its words alone, "" if it is none."""
    return _labels().get(text.casefold().strip(_EDGES), "") if len(text) < 60 else ""


def points_elsewhere(line: Line) -> bool:
    """Whether the line opens with "Related:", "[Read: ...]" or the like; without a colon it must be mostly a link."""
    found = _openings().match(line.text)
    return found is not None and (bool(found["colon"]) or linked(line) > 0.5) and len(line.text) < 300


def photo_credit(text: str) -> bool:
    """Whether the line is a photo's caption or credit by its words."""
    return (len(text) < 1500 and bool(_photo().search(text))) or (len(text) < 80 and bool(_CREDIT.fullmatch(text)))


def byline(text: str) -> str:
    """The rule by which a short line near the top is a by-line or date line, "" if it is none."""
    if len(text) > 160 or len(text.split()) > 16:
        return ""
    if _by().match(text):
        return "by NAME"
    if not _HAS_DATE.search(text):
        return ""
    return "date line" if _published().match(text) or not sentence(text) else ""


def place_and_date(text: str) -> bool:
    """Whether the line is a place and a date: "Tessel City, 3 October 2022"."""
    found = _PLACE_AND_DATE.match(text) if len(text) < 80 else None
    return found is not None and _not_places().isdisjoint(words(found["place"]))


def credit(text: str) -> bool:
    """Whether a line at the end speaks of the article's authors."""
    low = text.casefold()
    return len(text) < 600 and any(phrase in low for phrase in listed()["bylines"]["credits"])


def published(text: str) -> bool:
    """Whether a short line says when the article was published or changed."""
    return len(text) < 160 and bool(_HAS_DATE.search(text)) and bool(_published().search(text))


def opens_with(text: str, names: tuple[str, ...]) -> bool:
    """Whether a short line begins with one of the names."""
    low = text[:100].casefold()
    return len(text) < 300 and any(low.startswith(name.casefold()) for name in names)


def opens_related(text: str, rule: str) -> bool:
    """Whether a line outside the article heads a list of other pages: "More from the Courier"."""
    return rule.endswith("outside the article") and len(text) < 60 and bool(_openings().match(text))


def dateline(text: str) -> int:
    """Where the dateline at the start of a paragraph ends, 0 if there is none."""
    found = _DATELINE.match(text[:120])
    return found.end() if found else 0


@cache
def _labels() -> dict[str, str]:
    table: dict[str, Any] = listed()["labels"]
    return {text: kind for kind, texts in table.items() for text in texts}


@cache
def _openings() -> re.Pattern[str]:
    some = "|".join(sorted(map(re.escape, listed()["openings"]["related"]), key=len, reverse=True))
    return re.compile(rf"(?i)[\[(•»>\s]*(?:{some})\s?(?:(?P<colon>[:|»])|\s|$)")


@cache
def _by() -> re.Pattern[str]:
    return re.compile(rf"(?:{_either_case(listed()['bylines']['by'])}){_BY_NAME}")


@cache
def _published() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, listed()['bylines']['published']))})\b")


@cache
def _photo() -> re.Pattern[str]:
    table = listed()["captions"]
    inside = "|".join(map(re.escape, table["inside"]))
    return re.compile(rf"^(?:{_either_case(table['openings'])})\s?[:/]|\([^()]*\b(?:{inside})\b[^()]*\)$")


@cache
def _not_places() -> frozenset[str]:
    return frozenset(listed()["bylines"]["not_places"]) | frozenset(listed()["bylines"]["roles"])


def _either_case(phrases: list[str]) -> str:
    return "|".join(re.escape(form) for p in phrases for form in (p, p.capitalize(), p.upper()))
