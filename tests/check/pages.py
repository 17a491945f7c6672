"""Pages for the tests of checks: parsed, with quotations, times and places, and what a check says of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from sayso.case import Page
from sayso.check import PageCheck
from sayso.detect.places import places
from sayso.detect.quotes import quotes
from sayso.detect.times import times
from sayso.records import Check
from tests import factory

PUBLISHED = "2019-06-12"


def page(text: str, published: str | None = PUBLISHED, **options: Any) -> Page:
    """A page as the checks see it; `published` None leaves the publication date unknown."""
    made = factory.page(text, **({"published": published} if published else {}), **options)
    for detector in (quotes, times, places):
        made.add(list(detector(made)))
    return made


def said(check: PageCheck, text: str, published: str | None = PUBLISHED) -> list[Check]:
    """What a check says of a text."""
    return list(check(read(text, published)))


@cache
def read(text: str, published: str | None = PUBLISHED) -> Page:
    """The page of a text, made once."""
    return page(text, published)


def outcomes(check: PageCheck, text: str, published: str | None = PUBLISHED) -> list[str]:
    """The outcomes alone, in order."""
    return [str(one.outcome) for one in said(check, text, published)]
