"""What the coder reads of an event: its clause with the two sides masked, its words by their types, how it is put."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sayso.case import Parse
from sayso.detect.events import words
from sayso.detect.events.frames import Frame, Side
from sayso.detect.events.walk import above, kids, objects, passive, phrase

Range = tuple[int, int]
YIELDED = {"YIELD": "RETREAT"}  # the coder's one name for CONCEDE and RETREAT, by a type of the table


def grams(p: Parse, sentence: Range, actors: Sequence[Range], recipients: Sequence[Range]) -> Iterator[str]:
    """The words of a sentence, their pairs and triples, in lower case, with the two sides as marks.

    Quotation marks and commas are left out.
    """
    masked = {t: "<a>" for a, b in actors for t in range(a, b)} | {t: "<r>" for a, b in recipients for t in range(a, b)}
    said = [masked.get(t) or p.text[t].lower() for t in range(*sentence) if t in masked or p.pos[t] != "PUNCT"]
    said = [w for n, w in enumerate(said) if n == 0 or w not in ("<a>", "<r>") or said[n - 1] != w]
    yield from said
    yield from (f"{a} {b}" for a, b in pairwise(said))
    yield from (" ".join(said[n : n + 3]) for n in range(len(said) - 2))


def clause(p: Parse, frame: Frame, recipient: Side | None) -> Iterator[str]:
    """Named traits of a trigger: its lemma, types, object, prepositions, control, tense, the way to the recipient."""
    lemma = p.lemma[frame.head]
    kind = "verb" if frame.noun is None else "light" if frame.verb is not None else "noun"
    yield f"trigger={lemma}"
    yield f"kind={kind}"
    own = _types(p, frame.head, frame.noun is not None)
    yield from (f"type={t}" for t in own)
    yield from (f"only={own[0]}" for _ in range(len(own) == 1))
    if frame.verb is not None:
        yield f"verb={p.lemma[frame.verb]}"
        yield from _object(p, frame, own)
        yield from _tense(p, frame.verb, own)
    yield from _control(p, frame, own)
    yield from (f"prep={lemma} {word}" for t in frame.tokens for word, _ in objects(p, t))
    yield from (f"of={p.lemma[noun]}" for t in frame.tokens for _, noun in objects(p, t))
    if recipient is not None:
        yield f"way={recipient.way}"
        yield from (f"way={recipient.way.split('>')[0]}&type={t}" for t in own)
        yield f"whom={words.sectors().get(p.lemma[recipient.token], p.ent[recipient.token])}"


def _types(p: Parse, token: int, noun: bool) -> tuple[str, ...]:
    return words.priors("noun" if noun else "verb").get(p.lemma[token], ())


def _object(p: Parse, frame: Frame, own: tuple[str, ...]) -> Iterator[str]:
    verb = frame.verb
    assert verb is not None
    reverse = p.lemma[verb] in words.around("reversal")
    for k in kids(p, verb, "dobj", "nsubjpass", "attr", "oprd"):
        if not p.ent[k]:
            yield f"object={p.lemma[k]}"
            for t in _types(p, k, True):
                yield f"object type={t}"
                yield from (f"reversed={t}" for _ in range(reverse))
                yield from (f"{o}&{t}" for o in own)
    yield from (f"particle={p.lemma[verb]} {p.lemma[k]}" for k in kids(p, verb, "prt"))
    yield from ("passive" for _ in range(passive(p, verb)))


def _tense(p: Parse, verb: int, own: tuple[str, ...]) -> Iterator[str]:
    aux = sorted({p.lemma[k] for k in kids(p, verb, "aux", "neg")} - {"have", "be", "do"})
    yield f"tag={p.tag[verb]}"
    for word in aux:
        yield f"aux={word}"
        yield from (f"aux={word}&{t}" for t in own)


def _control(p: Parse, frame: Frame, own: tuple[str, ...]) -> Iterator[str]:
    """The verbs over the trigger within its sentence, and those that hang on it."""
    top = frame.verb if frame.verb is not None else frame.head
    for n, up in enumerate(above(p, top)[:3]):
        if p.pos[up] in ("VERB", "ADJ", "NOUN"):
            yield f"over={p.lemma[up]}"
            if n == 0:
                yield f"hangs={p.dep[top]} {p.lemma[up]}"
                yield from (f"{t} over" for t in _types(p, up, p.pos[up] == "NOUN"))
    for k in kids(p, top, "xcomp", "ccomp", "advcl"):
        yield f"{p.dep[k]}={p.lemma[k]}"
        for t in _types(p, k, False):
            yield f"{p.dep[k]} type={t}"
            yield from (f"{o}&{p.dep[k]} {t}" for o in own)
        for inner in kids(p, k, "dobj", "xcomp"):
            yield from (f"inner type={t}" for t in _types(p, inner, p.pos[inner] == "NOUN"))
    for word, noun in objects(p, top):
        for t in _types(p, noun, True):
            yield f"{word} type={t}"
            yield from (f"{o}&of {t}" for o in own)


def sides(p: Parse, tokens: Sequence[int]) -> list[Range]:
    """The phrases of heads."""
    return [phrase(p, t) for t in tokens]


def seat(p: Parse, frame: Frame, side: Side, place: int) -> Iterator[str]:
    """Traits of a possible recipient, the `place`-th of its trigger: how it was reached, who it is, how far it lies."""
    way, thing = side.way.removesuffix(", a thing"), side.way.endswith("a thing")
    steps = way.split(">")
    own = _types(p, frame.head, frame.noun is not None) or ("?",)
    yield f"way={way}"
    yield f"first={steps[0]}"
    yield f"last={steps[-1]}"
    yield f"steps={len(steps)}"
    yield f"thing={thing}"
    yield f"place={min(place, 6)}"
    yield f"ent={p.ent[side.token]}"
    yield f"ent={p.ent[side.token]}&last={steps[-1]}"
    yield f"pos={p.pos[side.token]}"
    yield f"sector={words.sectors().get(p.lemma[side.token], '-')}"
    yield f"thing={thing}&pos={p.pos[side.token]}&event={p.lemma[side.token] in words.priors('noun')}"
    yield f"before={side.token < frame.head}"
    yield f"far={min(abs(side.token - frame.head) // 5, 5)}"
    yield f"mod={p.dep[side.token]}"
    yield from (f"{t}&first={steps[0]}" for t in own)
    yield from (f"{t}&last={steps[-1]}" for t in own)
    yield f"word={p.lemma[frame.head]}&first={steps[0]}"


def weight(p: Parse, frame: Frame, place: int, many: int) -> Iterator[str]:
    """Traits by which a trigger is an event worth a code: what it is, where it hangs, who stands on its sides."""
    noun = frame.noun is not None
    top = frame.verb if frame.verb is not None else frame.head
    own, up = _types(p, frame.head, noun), p.head[top]
    kind = "noun" if frame.verb is None else "light" if noun else "verb"
    yield from (f"kind={kind}", f"dep={kind} {p.dep[top]}", f"many={min(many, 6)}", f"place={min(place, 6)}")
    yield f"depth={min(len(above(p, top)), 6)}"
    yield f"tag={p.tag[top]}"
    yield f"trigger={p.lemma[frame.head]}"
    yield f"verb={p.lemma[top]}"
    yield f"known={bool(own)}&{kind}"
    yield from (f"type={t}" for t in own)
    yield f"over={p.lemma[up]}" if up != top else "root"
    yield f"over known={bool(_types(p, up, p.pos[up] == 'NOUN'))}&{p.dep[top]}"
    yield from (f"actor={k}" for k in _who(p, frame.actors[:1]))
    yield from (f"recipient={k}" for k in _who(p, frame.recipients[:1]))
    yield f"both={bool(frame.actors)} {bool(frame.recipients)}&{bool(own)}"
    yield from (f"aux={p.lemma[k]}" for k in kids(p, top, "aux", "neg"))
    yield from (f"below={p.dep[k]} {bool(_types(p, k, False))}" for k in kids(p, top, "xcomp", "ccomp"))


def news(p: Parse, frames: Sequence[tuple[Frame, float, dict[str, float]]]) -> Iterator[str]:
    """Traits by which a sentence tells an event or none: its likeliest trigger, and the chances of its quad classes.

    `frames` are its triggers with the chance to be an event and the chances of the types, best first.
    """
    quads: dict[int, float] = {}
    for _, keep, types in frames:
        for name, chance in types.items():
            quad = words.types()[YIELDED.get(name, name)].quad
            quads[quad] = max(quads.get(quad, 0.0), keep * chance)
    yield from (f"quad {quad} {int(5 * chance)}" for quad, chance in sorted(quads.items()))
    yield from (f"likeliest {quad}" for quad in sorted(quads, key=lambda q: -quads[q])[:1])
    for frame, keep, types in frames[:1]:
        yield f"keep {int(5 * keep)}"
        yield from (f"top {name}" for name in sorted(types, key=lambda t: -types[t])[:2])
        yield from clause(p, frame, frame.recipients[0] if frame.recipients else None)
        yield from weight(p, frame, 0, 1)


def _who(p: Parse, found: Sequence[Side]) -> Iterator[str]:
    if not found:
        yield "nobody"
    for side in found:
        yield f"way {side.way}"
        yield f"ent {p.ent[side.token]} {p.pos[side.token]}"
        yield f"sector {words.sectors().get(p.lemma[side.token], '-')}"
        yield f"thing {side.way.endswith('a thing')}"
