"""Dominoes of one document: what is said to have led to what, by whose word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from sayso.case import Page
from sayso.detect.causes import across, learned, rules
from sayso.detect.causes.claimed import holder, put
from sayso.detect.causes.cues import hits
from sayso.detect.causes.found import Found, Run, shared
from sayso.records import CausalLink, Event, Span, Statement, Why, causal_link_id, spans_of
from sayso.text import Tokens

T = TypeVar("T", Statement, Event)

ALIKE = 0.5  # two links whose causes and effects share more than this are one: the first found is kept


def causes(page: Page) -> Iterator[CausalLink]:
    """One thing led to another, as somebody says: "The raid led Norvania to close its ports."

    Cause, effect and the words that say so, in a sentence and back to the one before ("This led to ..."); the link is
    claimed by the innermost statement that holds it. A learned head finds them, with or without a cue; without the
    tagger a table of cues does. That one thing came after another is never by itself a cause. Blind spots: links over
    more than a few sentences without a cue, irony, and what a text only lets the reader conclude.
    """
    statements, events = _by_sentence(page, page.of(Statement)), _by_sentence(page, page.of(Event))
    for found in distinct(links(page)):
        cause, effect = _span(page, found.cause), _span(page, found.effect)
        signal = tuple(_signal(page, found.signal))
        by = holder(_said(page, found), statements.get(page.parse.sent[found.effect[0]], []))
        if by is None:
            continue
        how = put(page, found, by)
        note = f"“{page.quote(_span(page, found.pointer))}” points back" if found.pointer else ""
        score = None if found.rule == "causes.across" else found.score
        yield CausalLink(
            causal_link_id(by.id, (cause,), (effect,), signal),
            page.document.id,
            by.id,
            (cause,),
            (effect,),
            signal,
            how.kind,
            how.negated,
            how.hypothetical,
            _inside(events.get(page.parse.sent[found.cause[0]], []), cause),
            _inside(events.get(page.parse.sent[found.effect[0]], []), effect),
            Why(found.rule, signal or (effect,), score, note),
        )


def links(page: Page) -> Iterator[Found]:
    """The links of a page as token runs: the learned head's or the rules', and those that reach back a sentence."""
    tagger, cues = page.tagger, hits(page.parse)
    if tagger is not None and tagger.links is not None:
        explicit = (one for one in rules.links(page.parse, cues) if one.explicit)
        inside: Iterable[Found] = learned.links(page, tagger.links, explicit)
    else:
        inside = rules.links(page.parse, cues)
    yield from across.pointed(page.parse, inside)
    yield from across.openers(page.parse, cues)
    yield from across.verbs(page.parse, cues)


def distinct(found: Iterable[Found]) -> Iterator[Found]:
    """Of links with nearly the same cause and effect, either way round, the first."""
    kept: dict[int, list[Found]] = {}  # by where the effect begins, in fifties of tokens: stays linear
    for one in found:
        near = [k for at in range(one.effect[0] // 50 - 1, one.effect[0] // 50 + 2) for k in kept.get(at, [])]
        if not any(_alike(one, other) for other in near):
            kept.setdefault(one.effect[0] // 50, []).append(one)
            yield one


def _alike(one: Found, other: Found) -> bool:
    straight = shared(one.cause, other.cause) > ALIKE and shared(one.effect, other.effect) > ALIKE
    return straight or (shared(one.cause, other.effect) > ALIKE and shared(one.effect, other.cause) > ALIKE)


def _said(page: Page, found: Found) -> list[Span]:
    """The words that have to stand in the statement: cause and effect, or the pointer in place of a cause elsewhere."""
    if found.pointer is not None:
        return [_span(page, found.pointer), _span(page, found.effect)]
    same = page.parse.sent[found.cause[0]] == page.parse.sent[found.effect[0]]
    return [_span(page, run) for run in ((found.cause, found.effect) if same else (found.effect,))]


def _span(page: Page, run: Run) -> Span:
    return page.span(*run)


def _signal(page: Page, tokens: tuple[int, ...]) -> Iterator[Span]:
    runs: list[list[int]] = []
    for token in sorted(set(tokens)):
        if runs and token == runs[-1][1]:
            runs[-1][1] = token + 1
        else:
            runs.append([token, token + 1])
    for first, after in runs:
        yield page.span(first, after)


def _inside(events: list[Event], span: Span) -> tuple[str, ...]:
    """The events whose trigger stands in a span."""
    return tuple(e.id for e in events if any(span.start <= t.start and t.end <= span.end for t in e.trigger))


def _by_sentence(page: Page, records: Iterable[T]) -> dict[int, list[T]]:
    """The records by the sentences that their words stand in."""
    tokens, out = Tokens(page.parse.start, page.parse.end), dict[int, list[T]]()
    for record in records:
        words = (t for span in spans_of(record) for t in tokens.within(span.start, span.end))
        for number in sorted({page.parse.sent[t] for t in words}):
            out.setdefault(number, []).append(record)
    return out
