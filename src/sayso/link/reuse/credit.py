"""Where a document says that its text, or a passage of it, comes from another outlet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.records import Document, PartKind, Span
from sayso.text import sentences

HEAD = 160  # characters at the top of a text within which a name in brackets or a "by" speaks for all of it
DATELINE = 40  # characters of a paragraph that may stand before a name in brackets
_BRACKETED = re.compile(r"\s*\(([^()]{2,12})\)$")
_BY = re.compile(r"\b(?:by|from)\s+(?:the\s+)?$", re.IGNORECASE)
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Credit:
    """A name of an outlet that a document gives as its source: `whole` of the text, or of the passages around it."""

    name: str
    span: Span
    whole: bool


def credits(document: Document, names: Iterable[str]) -> list[Credit]:
    """The credits that a document gives to any of these outlets, in the order in which they stand.

    A credit is a name alone in brackets ("(TNS)") or with a dash after it at the start of a paragraph, a name in the
    by-line or dateline, after "by" at the top, or in a sentence that says it is from there ("first reported by the
    Tessel Times"). "He told the Tessel Times" is none: it came along with the text. Never raises.
    """
    found = {credit for name in names if name for credit in _of(document, name)}
    return sorted(found, key=lambda credit: (credit.span, credit.name))


def named(document: Document, name: str) -> list[tuple[int, int]]:
    """Where a document's text names an outlet, by its name with or without "the"."""
    bare = _BRACKETED.sub("", _ARTICLE.sub("", name.strip()))
    if not bare or bare not in document.text:  # far faster than the pattern, and mostly so
        return []
    return [match.span() for match in _pattern(bare).finditer(document.text)]


def _of(document: Document, name: str) -> Iterator[Credit]:
    furniture = [p.span for p in document.parts if p.kind in (PartKind.BYLINE, PartKind.DATELINE)]
    for start, end in [*named(document, name), *_short(document, name)]:
        span = Span(document.id, start, end)
        if any(part.start <= start < part.end for part in furniture) or _at_top(document.text, start, end):
            yield Credit(name, span, True)
        elif _said_so(document.text, start, end):
            yield Credit(name, span, False)


def _at_top(text: str, start: int, end: int) -> bool:
    """Whether a name speaks for the whole text: alone, or after "by" at the top."""
    by = start < HEAD and _BY.search(text[:start])
    return bool(by) or _alone(text, start, end)


def _alone(text: str, start: int, end: int) -> bool:
    """Whether a name stands alone where a paragraph begins, in brackets or before a dash, or in brackets at its end."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    behind = text[end : end + 3]
    if before[-1:] in ("(", "[") and behind[:1] in (")", "]"):
        # After a dateline ("NORVA (TNS) -") or other credits ("(Tessel Times) (TNS)"), or at the end of a paragraph.
        return len(before) <= DATELINE or not behind[1:].strip()
    return not before.strip() and behind.strip()[:1] in ("-", "–", "—")


def _short(document: Document, name: str) -> list[tuple[int, int]]:
    """Where a name's short form stands: its initials in brackets, or what it gives itself ("Tessel News (TN)")."""
    if found := _BRACKETED.search(name):
        return [(m.start(), m.end()) for m in re.finditer(rf"\b{re.escape(found[1])}\b", document.text)]
    initials = "".join(word[0] for word in _ARTICLE.sub("", name).split() if word[0].isupper())
    if len(initials) < 3:
        return []
    return [(m.start(1), m.end(1)) for m in re.finditer(rf"[(\[]({re.escape(initials)})[)\]]", document.text)]


def _said_so(text: str, start: int, end: int) -> bool:
    """Whether the sentence around a name says that the report is from there: "first reported by", "courtesy of"."""
    left = max(text.rfind("\n", 0, start) + 1, 0)
    right = text.find("\n", end)
    for first, after in sentences(text, left, len(text) if right < 0 else right):
        if first <= start < after:
            return bool(_formula().search(text[first:start]))
    return False


@cache
def _formula() -> re.Pattern[str]:
    forms = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in table()["credit"]["forms"])
    return re.compile(rf"\b(?:{forms})\s+(?:the\s+|a\s+)?$", re.IGNORECASE)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}(?!\w)")


@cache
def table() -> dict[str, Any]:
    """The lists of `data/reuse_words.toml`."""
    return tomllib.loads((files("sayso") / "data" / "reuse_words.toml").read_text("utf-8"))
