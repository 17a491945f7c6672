"""Ages against birth years, ages at death, and two ages of one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sayso.case import Case, Page
from sayso.check.days import YEAR, of_match, pattern, prose, published, words
from sayso.check.links import sentence, tokens
from sayso.check.rule import Rule
from sayso.detect.times.words import table
from sayso.records import Check, CheckLevel, Document, Place, Span

RULE = Rule("ages", CheckLevel.SOFT)
ACROSS = Rule("ages_across", CheckLevel.SOFT, "ages")
OLDEST = 120
_NAME = r"(?P<name>[A-Z][\w’'-]+(?:\s+(?:[A-Z]\.|de|van|von|der|bin|al|el|la|[A-Z][\w’'-]*[a-z][\w’'-]*)){0,4})"
_TOLD = re.compile(
    rf"{_NAME}(?:,\s+(?:(?:aged?|now)\s+)?(?P<age1>\d{{1,3}})(?=[,.;]|\s+and\b)"
    r"|\s+\((?:aged?\s+)?(?P<age2>\d{1,3})\)"
    r"|,?\s+(?:who\s+)?is\s+(?P<age3>\d{1,3})\s+years\s+old)"
)
_DIED = re.compile(
    r"\bdied\b[^.;]{0,40}?\b(?:aged|at\s+(?:the\s+age\s+of|age))\s+(?P<age>\d{1,3})\b|\b[Aa]ged\s+(?P<aged>\d{1,3})\b"
)
_LIFE = re.compile(rf"\((?:born\s+)?(?P<born>{YEAR})\s?[-–—]\s?(?P<died>{YEAR})\)")
_DIED_IN = re.compile(rf"\bdied\s+(?:in|on)\s+(?:\d{{1,2}}\s+)?(?:[A-Z][a-z]+\s+)?(?:\d{{1,2}},\s+)?(?P<year>{YEAR})\b")
_OLD = re.compile(r"\b(?P<age>\d{1,3})-year-old\b")
_THEN = re.compile(
    rf"\bin\s+(?P<year>{YEAR}),?\s+(?:at\s+the\s+age\s+of|aged|when\s+(?:he|she)\s+was)\s+(?P<age>\d{{1,3}})\b"
)
_IS = re.compile(r",?\s+(?:is|turns)\s+(?:now\s+)?(?P<age>\d{1,3})(?:\s+years\s+old)?(?=\s*(?:[,.;]|and\b))")


@dataclass(frozen=True, slots=True)
class Aged:
    """A person's age as told, with the place of both."""

    name: str
    age: int
    span: Span


def ages(page: Page) -> Iterator[Check]:
    """An age must fit the birth date beside it, the year of death, and the same person's age elsewhere in the text.

    Example: "Ida Brannock, 61, who was born in 1958", published in 2019. The birth date must stand in the same
    sentence, which tells of one person alone. A person is the same where full name or, if no other bears it, surname
    is; "senior" and "junior" are other persons. One year either way passes: a birthday may lie between. Can't
    tell: an age with a birth date but no publication date; an age alone, which other documents may contradict.
    """
    found = list(_told(page))
    for one in found:
        yield from _with_birth(page, one, found)
    yield from _is(page, found)
    yield from _at_death(page)
    yield from _twice(page, found)


def ages_across(case: Case) -> Iterator[Check]:
    """The same full name with ages in several documents that their publication dates do not explain.

    Example: "Marta Quillan, 90" and, on the same day elsewhere, "Marta Quillan, 79". Two bearers of one name are the
    blind spot: the alarm is soft. Documents without a publication date are left out.
    """
    known: dict[str, tuple[int, date, Check]] = {}
    for document in case.of(Document):
        about = published(document)
        for check in case.of(Check, document.id) if about else ():
            name, age = _said(case, check)
            if about is None or age is None or " " not in name:
                continue
            before = known.setdefault(name, (age, about, check))
            years = (about - before[1]).days / 365.25
            if before[2].doc != check.doc:
                yield _across(name, (before, (age, about, check)), years)


def _said(case: Case, check: Check) -> tuple[str, int | None]:
    """The name and age that a check of ages stands on."""
    # The comma stands for what follows an age in the text.
    found = _TOLD.match(case.quote(check.spans[0]) + ",") if check.rule == RULE.name else None
    return (_key(found["name"]), _age(found)) if found else ("", None)


def _across(name: str, ends: tuple[tuple[int, date, Check], tuple[int, date, Check]], years: float) -> Check:
    (one, first, left), (other, second, right) = ends
    spans = (left.spans[0], right.spans[0])
    message = f"{name} is {one} on {words(first)} and {other} on {words(second)}."
    if abs(other - one - years) <= 1.1:
        return ACROSS.passed(spans, message, about=[left.id, right.id])
    nearest = f"{one + round(years)} on {words(second)}"
    return ACROSS.failed(spans, message, nearest, about=[left.id, right.id])


def _told(page: Page) -> Iterator[Aged]:
    """Persons with an age behind their name."""
    known: set[str] = set()
    for part in prose(page):
        for found in _TOLD.finditer(page.document.text, part.start, part.end):
            name, age = _key(found["name"]), _age(found)
            span = Span(page.document.id, found.start("name"), found.end())
            if name and 0 < age < OLDEST and (name in known or _is_person(page, replace(span, end=found.end("name")))):
                known.add(name.split()[-1])
                yield Aged(name, age, span)


def _age(found: re.Match[str]) -> int:
    return int(found["age1"] or found["age2"] or found["age3"])


def _key(name: str) -> str:
    """A name without words that only open a sentence or stand before it."""
    kept = [word for word in name.split() if word.lower().rstrip(".") not in _no_names()]
    return " ".join(kept)


@cache
def _no_names() -> frozenset[str]:
    return frozenset({*table("months"), *table("weekdays"), "the", "in", "at", "but", "and", "for", "as", "on", "a"})


def _is_person(page: Page, span: Span) -> bool:
    """Whether the parser takes a token of the name for a person, or the name is of several words and no known place."""
    inside = [t for t in tokens(page, span) if page.parse.text[t][0].isupper()]
    kinds = {page.parse.ent[t] for t in inside}
    if "PERSON" in kinds:
        return True
    placed = any(p.lat is not None and p.span.start <= span.start and span.end <= p.span.end for p in page.of(Place))
    return not placed and not kinds & {"LAW", "EVENT", "PRODUCT", "NORP"} and len(inside) > 1


def _with_birth(page: Page, one: Aged, all_: list[Aged]) -> Iterator[Check]:
    """The age against the birth date in its sentence, else the age alone."""
    whole = sentence(page, one.span)
    born = _birth(page, whole) if whole else None
    about = published(page.document)
    alone = whole and len([a for a in all_ if whole.start <= a.span.start < whole.end]) == 1
    if whole is None or born is None or not alone:
        yield RULE.cant_tell([one.span], f"{one.name} is {one.age}; no birth date stands beside it.")
        return
    span, first, last = born
    if about is None:
        yield RULE.cant_tell([one.span, span], "The publication date is not known.")
        return
    yield _verdict((one.span, span), one.age, (_years(last, about), _years(first, about)), about)


def _verdict(spans: tuple[Span, Span], age: int, fits: tuple[int, int], about: date) -> Check:
    low, high = fits
    message = f"{age} is said; born then, one is {low if low == high else f'{low} or {high}'} on {words(about)}."
    # A year for a birthday between the interview and its printing.
    if low - 1 <= age <= high + 1:
        return RULE.passed(spans, message)
    return RULE.failed(spans, message, str(low if low == high else f"{low} or {high}"))


def _is(page: Page, found: list[Aged]) -> Iterator[Check]:
    """Reads "Lena Orrick, born 19 October 1949, is 69", "the 69-year-old, born in 1949", "born in 1949 ... in 1979,
    aged 30": an age and a birth date in a sentence that has no name with an age."""
    about, text = published(page.document), page.document.text
    for first, after in page.parse.sentences:
        whole = page.span(first, after)
        born = _birth(page, whole)
        if born is None or any(whole.start <= one.span.start < whole.end for one in found):
            continue
        if then := _THEN.search(text, whole.start, whole.end):
            year = int(then["year"])
            fits = (year - born[2].year - 1, year - born[1].year)
            yield _verdict((Span(born[0].doc, *then.span()), born[0]), int(then["age"]), fits, date(year, 12, 31))
        elif about and (told := _IS.match(text, born[0].end, whole.end) or _OLD.search(text, whole.start, whole.end)):
            fits = (_years(born[2], about), _years(born[1], about))
            yield _verdict((Span(born[0].doc, *told.span()), born[0]), int(told["age"]), fits, about)


def _birth(page: Page, whole: Span) -> tuple[Span, date, date] | None:
    """The birth date of a sentence, as an interval; None where it has none or several."""
    text = page.document.text
    found = list(_born().finditer(text, whole.start, whole.end))
    if len(found) != 1:
        return None
    span = Span(page.document.id, *found[0].span())
    if found[0]["year"]:
        year = int(found[0]["year"])
        return span, date(year, 1, 1), date(year, 12, 31)
    day = of_match(found[0]).on()
    return (span, day, day) if day else None


def _years(born: date, about: date) -> int:
    return about.year - born.year - ((about.month, about.day) < (born.month, born.day))


@cache
def _born() -> re.Pattern[str]:
    place = r"(?:\s+in\s+[A-Z][\w’'-]+(?:,?\s+[A-Z][\w’'-]+){0,3},?)?"
    return re.compile(rf"\b[Bb]orn{place}\s+(?:(?:in|on)\s+)?(?:(?P<year>{YEAR})\b(?!\s*[-–])|{pattern()})")


def _at_death(page: Page) -> Iterator[Check]:
    """The age at death against the years of birth and death of the same sentence."""
    text = page.document.text
    for first, after in page.parse.sentences:
        whole = page.span(first, after)
        died = _DIED.search(text, whole.start, whole.end)
        life = _LIFE.search(text, whole.start, whole.end)
        born = _birth(page, whole)
        end = _DIED_IN.search(text, whole.start, whole.end)
        if not died or not (life or (born and end)):
            continue
        age = int(died["age"] or died["aged"])
        start = int(life["born"]) if life else born[1].year if born else 0
        last = int(life["died"]) if life else int(end["year"]) if end else 0
        yield _dead(
            Span(page.document.id, *died.span()), Span(page.document.id, *(life or died).span()), (age, start, last)
        )


def _dead(died: Span, life: Span, told: tuple[int, int, int]) -> Check:
    age, start, last = told
    spans = sorted({died, life})
    message = f"From {start} to {last} are {last - start - 1} or {last - start} years; {age} is said."
    if last - start - 1 <= age <= last - start:
        return RULE.passed(spans, message)
    return RULE.failed(spans, message, f"{last - start - 1} or {last - start}")


def _twice(page: Page, found: Iterable[Aged]) -> Iterator[Check]:
    """The same person with two ages in one text."""
    seen: dict[str, Aged] = {}
    full = {one.name for one in found if " " in one.name}
    for one in found:
        last = one.name.split()[-1]
        bearers = {name for name in full if name.split()[-1] == last}
        name = next(iter(bearers)) if " " not in one.name and len(bearers) == 1 else one.name
        before = seen.setdefault(name, one)
        behind = page.document.text[one.span.end : one.span.end + 12].lower()
        if before is one or "senior" in behind or "junior" in behind:
            continue
        message = f"{name} is {before.age} and {one.age} in one text."
        if abs(one.age - before.age) <= 1:
            yield RULE.passed([before.span, one.span], message)
        else:
            yield RULE.failed([before.span, one.span], message, f"{before.age} in both, or {one.age}")
