"""Links of the learned head: sentence by sentence, from the states of the pass that the attributions were made in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.case import Page
from sayso.detect.causes.cues import named
from sayso.detect.causes.found import Found, Run, shared, trimmed
from sayso.nlp import PROSE
from sayso.records import Quotation
from sayso.tagger.links import Link, LinkHead, sentences
from sayso.tagger.pieces import Pieces
from sayso.tagger.tagger import Tagger
from sayso.text import Tokens


def links(page: Page, tagger: Tagger, head: LinkHead) -> Iterator[tuple[float, list[Found]]]:
    """For each sentence of the parse the chance that it tells of cause and effect, and its links, the surest first."""
    prose = [(p.span.start, p.span.end) for p in page.document.parts if p.kind in PROSE]
    quoted = [(q.span.start, q.span.end) for q in page.of(Quotation)]
    pieces = tagger.cut(page.document.text, prose, quoted)
    states, parse = tagger.middle(pieces), page.parse
    tokens = Tokens(parse.start, parse.end)
    places = [(parse.start[first], parse.end[after - 1]) for first, after in parse.sentences]
    for first, after in sentences(pieces, places):
        chance, found = head.links(states[first:after], pieces.word[first:after])
        made = (_found(page, pieces, tokens, first, link) for link in found)
        yield chance, [one for one in made if one is not None]


def causal(page: Page) -> bool | None:
    """Whether a sentence of the page tells of cause and effect, linked or not; None without the learned head."""
    tagger = page.tagger
    if tagger is None or tagger.links is None:
        return None
    return any(chance >= tagger.links.how.causal for chance, _ in links(page, tagger, tagger.links))


def _found(page: Page, pieces: Pieces, tokens: Tokens, first: int, link: Link) -> Found | None:
    cause, effect = (_run(page, pieces, tokens, first, run) for run in (link.cause, link.effect))
    if cause is None or effect is None or shared(cause, effect) > 0:
        return None
    signal = tuple(t for run in link.signal for t in _tokens(pieces, tokens, first, run))
    cue = named(page.parse, signal)
    return Found(cause, effect, signal, cue, round(link.score, 4), "causes.learned")


def _run(page: Page, pieces: Pieces, tokens: Tokens, first: int, run: Run) -> Run | None:
    inside = _tokens(pieces, tokens, first, run)
    return trimmed(page.parse, (inside[0], inside[-1] + 1)) if inside else None


def _tokens(pieces: Pieces, tokens: Tokens, first: int, run: Run) -> Sequence[int]:
    return tokens.within(pieces.start[first + run[0]], pieces.end[first + run[1] - 1])
