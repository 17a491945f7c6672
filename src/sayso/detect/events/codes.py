"""From a type's chance to a PLOVER code: what a status turns it into, its mode, and what it is about."""

from __future__ import annotations

from sayso.case import Parse
from sayso.detect.events import words
from sayso.detect.events.frames import Frame
from sayso.detect.events.walk import above, below
from sayso.records import EventStatus

AHEAD = frozenset({EventStatus.PLANNED})
IMAGINED = frozenset({EventStatus.THREATENED, EventStatus.CONDITIONAL})
YIELDING = "YIELD"  # the learned coder's one name for CONCEDE and RETREAT


def shifted(code: str, status: EventStatus) -> str:
    """The type that a status turns a type into: a planned AID is AGREE, a threatened ASSAULT THREATEN."""
    kind = words.types()[code]
    if status in AHEAD:
        return kind.ahead or code
    return (kind.imagined or code) if status in IMAGINED else code


def yielding(p: Parse, frame: Frame, status: EventStatus) -> str:
    """CONCEDE or RETREAT: what lies ahead or is said concedes, what is done retreats; the trigger's word decides."""
    if status is not EventStatus.HAPPENED and status is not EventStatus.ONGOING:
        return "CONCEDE"
    kind = "verb" if frame.noun is None else "noun"
    known = words.priors(kind).get(p.lemma[frame.head], ())
    return "CONCEDE" if "CONCEDE" in known and "RETREAT" not in known else "RETREAT"


def mode(p: Parse, frame: Frame, code: str) -> str:
    """The first mode of the type that the trigger's word shows, else the first that its clause shows; "" for none."""
    own = {p.lemma[t] for t in frame.tokens}
    near = {p.lemma[t] for t in below(p, frame.head if frame.verb is None else frame.verb)}
    for lemmas in (own, near):
        found = next((m.name for m in words.modes(code) if m.words & lemmas), "")
        if found:
            return found
    return ""


def score(code: str, mode: str) -> float:
    """The conflict-cooperation score of a mode, or of its type where the mode has none."""
    own = next((m.score for m in words.modes(code) if m.name == mode), None)
    return words.types()[code].score if own is None else own


def contexts(p: Parse, frame: Frame, sides: set[int]) -> tuple[str, ...]:
    """What the event's sentence is about, by its words outside the sides, in alphabetical order."""
    first, after = p.sentences[p.sent[frame.head]]
    lemmas = {p.lemma[t] for t in range(first, after) if t not in sides}
    return tuple(sorted({name for lemma in lemmas for name in words.contexts().get(lemma, ())}))


def told_by(p: Parse, frame: Frame, heads: set[int]) -> int | None:
    """The coded trigger of the same clause chain that an event ahead is already told by: "agreed" over "send"."""
    top = frame.head if frame.verb is None else frame.verb
    return next((up for up in above(p, top)[:4] if up in heads), None)
