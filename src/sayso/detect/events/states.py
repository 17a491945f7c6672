"""The state that a people's adjective stands for: "the Norvanian president" is Norvania's."""

from __future__ import annotations

from sayso.case import Page, Parse
from sayso.detect.countries import state
from sayso.records import Span, Why

# What an adjective of a people has behind its state's name, and what of the name it may have lost.
_ENDINGS = (("n", ""), ("an", ""), ("ian", ""), ("ian", "ia"), ("an", "a"), ("ese", ""), ("ish", ""), ("i", ""))


def state_of(page: Page, span: Span) -> tuple[str, Why | None]:
    """The state's name with its Why, ("", None) where the words are no adjective of one state.

    One that the document names itself ("Talmera" for "Talmeran"), else the country that has the word for its people.
    """
    word = page.quote(span)
    if not word[:1].isupper() or " " in word:
        return "", None
    parse = page.parse
    for ending, lost in _ENDINGS:
        name = word.removesuffix(ending) + lost if word.endswith(ending) else ""
        at = next((t for t in range(len(parse)) if name and parse.text[t] == name and _whole(parse, t)), None)
        if at is not None and name != word:
            return name, Why("events.states", (span, page.span(at, at + 1)), note=f"{word}: of {name}")
    known = state(word)
    return (known, Why("events.states", (span,), note=f"{word}: of {known}")) if known else ("", None)


def _whole(p: Parse, token: int) -> bool:
    """Whether a word is a name by itself, not part of a longer one."""
    near = (t for t in (token - 1, token + 1) if 0 <= t < len(p))
    return p.text[token][0].isupper() and not any(p.pos[t] == "PROPN" and p.sent[t] == p.sent[token] for t in near)
