"""Names told of a time in which they were not in use: "in Zaire in 2005"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sayso.case import Page
from sayso.check.days import bounds, prose, told
from sayso.check.links import governor, head, up_to_verb
from sayso.check.rule import Rule
from sayso.check.words import listed
from sayso.detect.lexicon import rows
from sayso.gazetteer import tables
from sayso.records import Check, CheckLevel, Span, TimexKind, When

RULE = Rule("anachronism", CheckLevel.SOFT)
_YEARS = re.compile(r"(?:(?P<since>\d{4}) to |until )(?P<until>\d{4})")


@dataclass(frozen=True, slots=True)
class Use:
    """The years in which a name was in use; an open end is None."""

    name: str
    first: int | None
    last: int | None

    def told(self) -> str:
        """For a reader: "1971 to 1997", "since 2011"."""
        if self.first and self.last:
            return f"{self.first} to {self.last}"
        return f"since {self.first}" if self.first else f"until {self.last}"


def anachronism(page: Page) -> Iterator[Check]:
    """A state or body must have borne its name at the time that is told of it.

    Example: "a delegation from Zaire in 2005" (in use 1971 to 1997). The time must hang on the verb that the name
    belongs to, or on the name. The names and years are in `names_in_time.tsv` and, for former places, in
    `places_regions.tsv`. One year either way passes. Not compared: "former", "what is now" and the like before the
    name, verbs of a life ("born in Ghana in 1950"), names inside longer ones.
    """
    whens = [when for when in page.of(When) if when.anchor == "itself" and when.kind is TimexKind.DATE]
    for part in prose(page) if whens else ():
        for found in _pattern().finditer(page.document.text, part.start, part.end):
            if not _aside(page.document.text, found):
                yield from _of_name(page, Span(page.document.id, *found.span()), whens)


def _aside(text: str, found: re.Match[str]) -> bool:
    """Whether the words before say that the name is not meant as of then, or it is part of a longer name."""
    before = re.findall(r"[\w’'-]+", text[max(0, found.start() - 40) : found.start()])[-3:]
    if (
        any(word.lower() in listed("anachronism", "aside") for word in before)
        or text[found.start() - 1 : found.start()] == "-"
    ):
        return True
    longer = before and before[-1][0].isupper() and text[found.start() - 1] == " " and before[-1] not in ("The", "In")
    return bool(longer) or bool(re.match(r"(?:\s+|-)[A-Z][a-z]", text[found.end() :]))


def _of_name(page: Page, span: Span, whens: list[When]) -> Iterator[Check]:
    at = head(page, span)
    if at is None:
        return
    *_, verb = up_to_verb(page, at)
    if page.parse.lemma[verb] in listed("anachronism", "life"):
        return
    use = _uses()[page.quote(span)]
    for when in whens:
        found, there = governor(page, when.span), bounds(when)
        if (
            found
            and there
            and found[0] in (verb, at)
            and found[1] in ("in", "on", "")
            and page.parse.pos[verb] == "VERB"
        ):
            message = f"{use.name} was in use {use.told()}; {told(*there)} is told of it."
            late = use.last is not None and there[0].year > use.last + 1
            if late or (use.first is not None and there[1].year < use.first - 1):
                yield RULE.failed(sorted((span, when.span)), message, use.told(), about=[when.id])
            else:
                yield RULE.passed(sorted((span, when.span)), message, about=[when.id])


@cache
def _uses() -> Mapping[str, Use]:
    found: dict[str, Use] = {}
    for row in rows("names_in_time.tsv"):
        use = Use(row["name"], _year(row["first"]), _year(row["last"]))
        found |= dict.fromkeys((row["name"], *tables.split(row["names"])), use)
    for row in tables.rows("places_regions.tsv"):
        years = _YEARS.fullmatch(row["note"]) if row["kind"] == "former" else None
        if years and "," not in row["name"]:
            use = Use(row["name"], _year(years["since"]), _year(years["until"]))
            found |= {name: use for name in (row["name"], *tables.split(row["names"])) if not name.startswith("former")}
    return MappingProxyType(found)


def _year(text: str | None) -> int | None:
    return int(text) if text else None


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_uses(), key=len, reverse=True))
    return re.compile(rf"(?<![\w.’'-])(?:{names})(?![\w’-]|'\w)")
