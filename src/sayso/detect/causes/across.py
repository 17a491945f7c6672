"""Links that reach back to a sentence before: "This led to ...", "The move drew ...", "In retaliation, ..."."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sayso.case import Parse
from sayso.detect.causes.cues import Cue, Hit, pointers
from sayso.detect.causes.found import Found, Run, longest, trimmed
from sayso.detect.causes.walk import below, kids

SHORT = 3  # tokens of a pointer at most: "the move", "this latest attack"; a longer phrase says itself what it means
BACK = 4  # sentences that a noun may reach back for a word of its stem
STEM = 4  # letters that make one stem of "closure" and "closed"
SURE = 0.5  # cues below are too often no cause at all for a link that reaches over a sentence
OPENERS = frozenset({"and", "but", "so", "then"})


def pointed(parse: Parse, found: Iterable[Found]) -> Iterator[Found]:
    """The links, those whose cause only points back with the cause that it points at.

    "This" and "that move" stand for the sentence before; "the raid" for the nearest sentence of the last four that
    has a word of its stem. One that finds nothing to point at stays as it is.
    """
    for one in found:
        place = _target(parse, one.cause)
        yield replace(one, cause=place, pointer=one.cause) if place is not None else one


def openers(parse: Parse, found: Iterable[Hit]) -> Iterator[Found]:
    """Sentences with an adverb of consequence or answer: the cause is the sentence before, the effect its own."""
    done = -1
    for token, cue, tokens in found:
        number = parse.sent[token]
        if cue.form != "adverb" or number == done or number == 0 or not _next(parse, number):
            continue
        first, after = parse.sentences[number]
        if _stands_alone(parse, tokens, first):
            effect = longest(parse, set(range(tokens[-1] + 1, after)) or set(range(first, token)))
            cause, done = _clause(parse, number - 1), number
            if effect is not None and cause is not None:
                yield Found(cause, effect, tokens, cue, cue.sure, "causes.across")


def verbs(parse: Parse, found: Iterable[Hit]) -> Iterator[Found]:
    """Sentences whose subject points back and whose verb is causal: "This triggered a strike."."""
    for token, cue, tokens in found:
        subjects = kids(parse, token, "nsubj") if cue.form == "verb" and cue.sure >= SURE else []
        if subjects and parse.sent[token]:
            yield from _verb(parse, token, (cue, tokens), subjects[0])


def _verb(parse: Parse, verb: int, cue: tuple[Cue, tuple[int, ...]], subject: int) -> Iterator[Found]:
    run = longest(parse, below(parse, subject))
    place = _target(parse, run) if run is not None else None
    effect = longest(parse, {t for t in below(parse, verb) if t > cue[1][-1]})
    if run is not None and place is not None and effect is not None:
        yield Found(place, effect, cue[1], cue[0], cue[0].sure, "causes.across", run)


def _target(parse: Parse, run: Run) -> Run | None:
    """The clause that a pointer stands for, None where the run is no pointer or what it means is not found."""
    first, after = run
    number = parse.sent[first]
    words = [parse.text[t].lower() for t in range(first, after)]
    if number == 0 or not words or after - first > SHORT or any(parse.ent[t] for t in range(first, after)):
        return None
    if len(words) == 1:
        opens = all(parse.text[t].lower() in OPENERS for t in range(parse.sentences[number][0], first))
        alone = words[0] in pointers("pronoun") and opens
        return _clause(parse, number - 1) if alone and _next(parse, number) else None
    near, noun = words[0] in pointers("near"), parse.lemma[after - 1]
    if not near and words[0] != "the":
        return None
    for back in range(1, min(BACK, number) + 1):
        if any(_akin(parse, noun, t) for t in range(*parse.sentences[number - back])):
            return _clause(parse, number - back)
    return _clause(parse, number - 1) if near and noun in pointers("noun") and _next(parse, number) else None


def _akin(parse: Parse, noun: str, token: int) -> bool:
    """Whether a word tells of what the noun takes up: a verb of its stem, or the noun with more beside it."""
    same = len(noun) >= STEM and noun[:STEM] == parse.lemma[token][:STEM]
    fuller = parse.pos[token] == "NOUN" and any(parse.dep[k] not in ("det", "punct") for k in parse.children[token])
    return same and (parse.pos[token] == "VERB" or fuller)


def _clause(parse: Parse, number: int) -> Run | None:
    return trimmed(parse, parse.sentences[number])


def _next(parse: Parse, number: int) -> bool:
    """Whether the sentence before is prose of the same kind, not a headline or a caption far above."""
    before, here = parse.sentences[number - 1][0], parse.sentences[number][0]
    return parse.part[here] - parse.part[before] <= 1


def _stands_alone(parse: Parse, tokens: tuple[int, ...], first: int) -> bool:
    """Whether the adverb has no object of its own ("in response to the raid") and opens the sentence or ends it."""
    last = tokens[-1]
    end = parse.sentences[parse.sent[last]][1]
    behind = parse.text[last + 1].lower() if last + 1 < end else "."
    opens = all(parse.text[t].lower() in OPENERS or parse.pos[t] == "PUNCT" for t in range(first, tokens[0]))
    return (opens and behind not in ("of", "to", "for", "at", "against")) or (len(tokens) > 1 and behind == ".")
