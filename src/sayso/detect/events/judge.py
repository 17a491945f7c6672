"""From triggers to judged events: how likely each is one, who stands on its sides, and the chance of each type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sayso.case import Page, Parse
from sayso.detect.events import features, words
from sayso.detect.events.coder import Coder, Floats
from sayso.detect.events.frames import Frame, Side, frames
from sayso.detect.events.vectors import SHAPE, Vectors
from sayso.detect.events.walk import below, phrase
from sayso.text import Tokens

Range = tuple[int, int]
Met = tuple[Frame, Side | None, Side | None]
Read = tuple[list[str], list[str], Floats | None]


@dataclass(frozen=True, slots=True)
class Judged:
    """A frame with its chance to be an event worth a code, the sides chosen, and the chance of each type."""

    frame: Frame
    keep: float
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    types: dict[str, float] = field(default_factory=dict)

    @property
    def best(self) -> tuple[str, float]:
        """The likeliest type with its chance, ("", 0) where none was asked for."""
        return max(self.types.items(), key=lambda pair: (pair[1], pair[0])) if self.types else ("", 0.0)


class Reader:
    """One page with the coder: its frames, and what the heads say of them."""

    def __init__(self, page: Page, coder: Coder) -> None:
        self.page, self.parse, self.coder = page, page.parse, coder
        self.frames = list(frames(page.parse))
        self.none: set[int] = set()
        self.vectors = Vectors(page) if page.tagger and page.tagger.shared and self.frames else None

    def judged(self) -> Iterator[Judged]:
        """Every frame; types are asked only for those likely enough to be events."""
        for group in self.sentences():
            found = list(self._judged(group))
            if "news" in self.coder.heads:
                number = self.parse.sent[group[0].head]
                if self.quad(found, self.parse.sentences[number]) == "NONE":
                    self.none.add(number)
            yield from found

    def tells_none(self, one: Judged) -> bool:
        """Whether the sentence of a judged frame reads as one that tells no event."""
        return self.parse.sent[one.frame.head] in self.none

    def _judged(self, group: list[Frame]) -> Iterator[Judged]:
        if group:
            for place, frame in enumerate(group):
                keep = self.coder.chance("keep", features.weight(self.parse, frame, place, len(group)))
                actors = chosen_actors(frame)
                recipients = self.recipients(frame, actors)
                one = Judged(frame, keep, actors, recipients)
                yield self.typed(one) if keep >= self.coder.thresholds["keep"] else one

    def sentences(self) -> Iterator[list[Frame]]:
        """The frames of each sentence."""
        held: dict[int, list[Frame]] = {}
        for frame in self.frames:
            held.setdefault(self.parse.sent[frame.head], []).append(frame)
        yield from held.values()

    def quad(self, judged: Sequence[Judged], tokens: Range) -> str:
        """The class of a stretch of text by the events in it: NONE, V-COOP, M-COOP, V-CONF or M-CONF."""
        chances = self.coder.quads(*self.news(judged, tokens))
        return max(chances, key=lambda name: (chances[name], name))

    def news(self, judged: Sequence[Judged], tokens: Range) -> tuple[list[str], list[str]]:
        """What the coder reads of a stretch of text to say whether it tells an event."""
        ranked = sorted(judged, key=lambda one: (-one.keep, one.frame.head))
        traits = features.news(self.parse, [(one.frame, one.keep, one.types) for one in ranked])
        return list(features.grams(self.parse, tokens, (), ())), list(traits)

    def recipients(self, frame: Frame, actors: Sequence[Side]) -> tuple[Side, ...]:
        """The likeliest recipient with those joined to it."""
        taken = {t for side in actors for t in range(*phrase(self.parse, side.token))}
        free = [(n, s) for n, s in enumerate(frame.recipients) if s.token not in taken or "joined" in s.way]
        if not free:
            return ()
        scored = [(self.coder.chance("seat", features.seat(self.parse, frame, s, n)), -n, s) for n, s in free]
        best = max(scored, key=lambda one: one[:2])[2]
        joined = [s for _, s in free if self.parse.dep[s.token] == "conj" and _over(self.parse, s.token, best.token)]
        return (best, *(s for s in joined if s.way == best.way))

    def typed(self, one: Judged) -> Judged:
        """The same with the chance of each type."""
        sides = [self._tokens(s.token for s in chosen[:1]) for chosen in (one.actors, one.recipients)]
        first = one.recipients[0] if one.recipients else None
        return replace(one, types=self.types(one.frame, sides[0], sides[1], first))

    def types(self, frame: Frame, actors: list[int], recipients: list[int], side: Side | None) -> dict[str, float]:
        """The chance of each type for a frame between two sides, given by their tokens."""
        return self.coder.types(*self.read(frame, actors, recipients, side))

    def read(self, frame: Frame, actors: list[int], recipients: list[int], side: Side | None) -> Read:
        """What the coder reads of an event: n-grams of its masked sentence, traits of its clause, vectors."""
        sentence = self.parse.sentences[self.parse.sent[frame.head]]
        grams = list(features.grams(self.parse, sentence, runs(actors), runs(recipients)))
        vectors = self.vectors.event(frame.tokens, actors, recipients) if self.vectors is not None else None
        return grams, list(features.clause(self.parse, frame, side)), vectors

    def between(self, actors: set[int], recipients: set[int]) -> Met | None:
        """The frame that a pair of sides, given by their tokens, most likely stands around."""
        free = [f for f in self.frames if f.head not in actors | recipients]
        best = max(free, key=lambda f: (self._fit(f, actors, recipients), -f.head), default=None)
        return None if best is None else (best, *_met(best, actors, recipients))

    def _fit(self, frame: Frame, actors: set[int], recipients: set[int]) -> float:
        """Both sides among the frame's own, then both below it, then a known word, then the shorter way."""
        a, r = _met(frame, actors, recipients)
        under = below(self.parse, frame.head if frame.verb is None else frame.verb)
        known = bool(words.priors("verb" if frame.noun is None else "noun").get(self.parse.lemma[frame.head]))
        near = 0.25 * bool(actors & under and recipients & under) + 0.2 * (frame.verb is not None)
        far = 0.01 * r.way.count(">") if r else 0.0
        return 2.0 * bool(a) + 2.0 * bool(r) + 0.5 * known + near - far - (0.02 * frame.actors.index(a) if a else 0.0)

    def _tokens(self, heads: Iterator[int]) -> list[int]:
        return sorted({t for head in heads for t in range(*phrase(self.parse, head))})


def chosen_actors(frame: Frame) -> tuple[Side, ...]:
    """The first possible actor with those joined to it."""
    if not frame.actors:
        return ()
    first = frame.actors[0]
    return (
        first,
        *(s for s in frame.actors[1:] if s.way == f"{first.way}, joined" or s.way == first.way == "noun>between"),
    )


def given(reader: Reader, actors: list[Range], recipients: list[Range]) -> tuple[Met | None, Read]:
    """The frame around two sides given by their characters, and what the coder reads of it."""
    tokens = Tokens(reader.parse.start, reader.parse.end)
    a, r = ({t for span in spans for t in tokens.within(*span)} for spans in (actors, recipients))
    met = reader.between(a, r)
    if met is None:
        masked = features.grams(reader.parse, (0, len(reader.parse)), runs(sorted(a)), runs(sorted(r)))
        return None, (list(masked), [], np.zeros(SHAPE, dtype=np.float32) if reader.page.tagger else None)
    side = met[2] or (Side(min(r), "far") if r else None)
    return met, reader.read(met[0], sorted(a), sorted(r), side)


def runs(tokens: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted tokens as ranges `[first, after)`."""
    out: list[tuple[int, int]] = []
    for t in tokens:
        if out and out[-1][1] == t:
            out[-1] = (out[-1][0], t + 1)
        else:
            out.append((t, t + 1))
    return out


def _met(frame: Frame, actors: set[int], recipients: set[int]) -> tuple[Side | None, Side | None]:
    actor = next((s for s in frame.actors if s.token in actors), None)
    return actor, next((s for s in frame.recipients if s.token in recipients), None)


def _over(p: Parse, token: int, first: int) -> bool:
    while p.dep[token] == "conj" and p.head[token] != token:
        token = p.head[token]
    return token == first
