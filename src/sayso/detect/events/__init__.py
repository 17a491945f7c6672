"""Events: who did what to whom, always inside a statement."""

from __future__ import annotations

import bisect
from collections.abc import Iterator

from sayso.case import Page
from sayso.detect.actors import resolved
from sayso.detect.events import codes, words
from sayso.detect.events.coder import Coder, shipped
from sayso.detect.events.counts import counts
from sayso.detect.events.frames import top
from sayso.detect.events.holders import Holders
from sayso.detect.events.judge import Judged, Reader, runs
from sayso.detect.events.people import People
from sayso.detect.events.status import status
from sayso.detect.events.walk import below, kid, phrase
from sayso.records import (
    Event,
    EventStatus,
    Manner,
    Mention,
    PartKind,
    Place,
    PlaceRole,
    Span,
    Statement,
    When,
    Why,
    event_id,
)

# Manners of words that carry what is said; a word that does more (accuses, promises, asks) is an event as well.
CARRYING = frozenset(
    {
        Manner.SAID,
        Manner.REPORTED,
        Manner.RELAYED,
        Manner.SHOWED,
        Manner.CLAIMED,
        Manner.CLAIMED_RESPONSIBILITY,
        Manner.CONFIRMED,
        Manner.DENIED,
        Manner.ADMITTED,
        Manner.PREDICTED,
        Manner.BELIEVED,
        Manner.LEAKED,
    }
)
# What lies under another event's word is told by that event where its status is one of these.
UNDER = frozenset({EventStatus.PLANNED, EventStatus.THREATENED, EventStatus.DEMANDED, EventStatus.NEGATED})


def events(page: Page) -> Iterator[Event | Mention]:
    """Every event of every statement: trigger, actors, recipients, PLOVER code, status, counts, times and places.

    Verbs and eventive nouns are triggers; subject, agent, control, coordination and possessors give the actor; objects,
    prepositions and whoever stands inside their phrases the recipient (`frames`); a linear coder taught on
    annotated news says which of them it is, whether the event is worth a code and which of 15 types fits, with a
    calibrated chance (`coder`). "The army denied that it had shelled the mill" gives a shelling by the army inside the
    army's statement: the event happened, as what is denied. Words that only carry ("said", "showed") are no events;
    words that do more ("accused", "promised") are, and stand in the statement around them. A word of the table that
    is not coded keeps the code "": unsure, or told by the event it hangs on ("agreed" over "to send").
    Blind spots: events told by no verb or listed noun; actors named only in another sentence; two types in one word;
    irony; wrong parses.
    """
    yield from coded(page, shipped())


def coded(page: Page, coder: Coder) -> Iterator[Event | Mention]:
    """The events of a page by the coder given."""
    maker = _Maker(page, coder)
    made = list(maker.events())
    yield from resolved(page, list(maker.people.made.values()))
    yield from made


class _Maker:
    """Turns judged frames into records."""

    def __init__(self, page: Page, coder: Coder) -> None:
        self.page, self.parse, self.coder = page, page.parse, coder
        self.reader, self.people, self.holders = Reader(page, coder), People(page), Holders(page)
        self.times, self.places = list(page.of(When)), [x for x in page.of(Place) if x.role is PlaceRole.PLACE]
        published = page.document.published
        self.now = int(published.value[:4]) if published and published.value[:4].isdigit() else None

    def events(self) -> Iterator[Event]:
        """One event for each trigger that a statement holds and that is coded or a word of the table."""
        judged = [one for one in self.reader.judged() if not self._carries(one)]
        sure = {one.frame.tokens for one in judged if self._sure(one)}
        heads = {top(one.frame) for one in judged if one.frame.tokens in sure}
        for one in judged:
            statement = self.holders.of(one.frame.head)
            if statement is not None and (self._listed(one) or one.frame.tokens in sure):
                yield self._event(one, statement, heads if one.frame.tokens in sure else None)

    def _sure(self, one: Judged) -> bool:
        """Whether the type is likely enough: more is asked of words outside the table, and where none is told."""
        least = self.coder.thresholds["type" if self._listed(one) else "unlisted"]
        if self.reader.tells_none(one):
            least = max(least, self.coder.thresholds["none"])
            return one.best[1] >= least and self._listed(one)
        return one.best[1] >= least

    def _carries(self, one: Judged) -> bool:
        """Whether the trigger is a cue that only carries what is said: "showed", "said that", not "agreed to"."""
        frame = one.frame
        if frame.verb is None or frame.noun is not None:
            return False
        manner = self.holders.cues.get(self.parse.start[frame.verb])
        told = kid(self.parse, frame.verb, "ccomp") is not None
        return manner is not None and (not self._listed(one) or (manner in CARRYING and told))

    def _listed(self, one: Judged) -> bool:
        """Whether the trigger's word is in the table of events."""
        kind = "verb" if one.frame.noun is None else "noun"
        return self.parse.lemma[one.frame.head] in words.priors(kind)

    def _event(self, one: Judged, statement: Statement, heads: set[int] | None) -> Event:
        p, frame = self.parse, one.frame
        headline = self.page.document.parts[p.part[frame.head]].kind is PartKind.HEADLINE
        state, rule = status(p, frame, now=self.now, headline=headline)
        code, note = self._code(one, state, heads)
        sides = {t for side in (*one.actors, *one.recipients) for t in range(*phrase(p, side.token))}
        scope = below(p, top(frame))
        trigger = tuple(self.page.span(a, b) for a, b in runs(sorted(frame.tokens)))
        actors = self._ids(s.token for s in one.actors)
        return Event(
            event_id(statement.id, trigger),
            self.page.document.id,
            statement.id,
            trigger,
            code,
            codes.mode(p, frame, code) if code else "",
            codes.contexts(p, frame, sides) if code else (),
            actors,
            tuple(i for i in self._ids(s.token for s in one.recipients) if i not in actors),
            counts(self.page, frame),
            tuple(x.id for x in self.times if self._inside(x.span, scope)),
            tuple(x.id for x in self.places if self._inside(x.span, scope)),
            state,
            Why(
                "events.events",
                trigger,
                round(one.best[1], 2) if code else None,
                f"{note}; {state} by {rule}{_ways(one)}",
            ),
        )

    def _code(self, one: Judged, state: EventStatus, heads: set[int] | None) -> tuple[str, str]:
        """The code with what to say of it, "" where the coder abstains."""
        frame, name = one.frame, one.best[0]
        over = codes.told_by(self.parse, frame, heads or set()) if state in UNDER else None
        if over is not None:
            return "", f"told by the event at “{self.parse.text[over]}”"
        if heads is None:
            return "", "too unsure for a code" if one.types else "not told as an event of its own"
        code = codes.yielding(self.parse, frame, state) if name == codes.YIELDING else name
        final = codes.shifted(code, state)
        return final, code if final == code else f"{final} since a {code} that is {state}"

    def _ids(self, heads: Iterator[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.people.at(head) for head in heads))

    def _inside(self, span: Span, scope: set[int]) -> bool:
        at = bisect.bisect_right(self.parse.start, span.start) - 1
        return at in scope


def _ways(one: Judged) -> str:
    """How the sides were reached, for the reader."""
    actor = f"; actor by {one.actors[0].way}" if one.actors else ""
    return actor + (f"; recipient by {one.recipients[0].way}" if one.recipients else "")
