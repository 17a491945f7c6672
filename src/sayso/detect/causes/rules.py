"""Links by rules: a cue of the table, and around it cause and effect as the parse places them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType

from sayso.case import Parse
from sayso.detect.causes.cues import Cue, Hit, pointers
from sayso.detect.causes.found import Found, Run, longest, trimmed
from sayso.detect.causes.walk import acting, agent, below, clause, clause_head, kids, passive, right, subject

Tokens = tuple[int, ...]
Sides = tuple[Run | None, Run | None]  # cause, effect


def links(parse: Parse, found: Iterable[Hit]) -> Iterator[Found]:
    """The links that a cue says within a sentence, in text order, at most one for a token that a cue begins at."""
    done = -1
    for token, cue, tokens in found:
        if token != done and (one := _link(parse, cue, tokens)) is not None:
            yield one
            done = token


def _link(parse: Parse, cue: Cue, tokens: Tokens) -> Found | None:
    if cue.form not in FORMS:
        return None
    cause, effect = FORMS[cue.form](parse, tokens)
    if cause is None or effect is None or not _plausible(parse, cue, cause):
        return None
    if max(cause[0], effect[0]) < min(cause[1], effect[1]):
        return None
    return Found(cause, effect, tokens, cue, cue.sure, f"causes.{cue.form}")


def _plausible(parse: Parse, cue: Cue, cause: Run) -> bool:
    """Nobody who acts is an event; what a weak verb makes a cause has to be a noun of deed or happening."""
    if cue.form not in ("verb", "push", "back"):
        return True
    return not acting(parse, cause) and (not cue.weak or eventive(parse, cause))


def eventive(parse: Parse, run: Run) -> bool:
    """Whether a run is a clause, or its head a noun of deed or happening."""
    top = next((t for t in range(*run) if parse.head[t] not in range(*run) or parse.head[t] == t), run[0])
    lemma = parse.lemma[top]
    known = lemma in pointers("noun") or (len(lemma) > 6 and lemma.endswith(tuple(pointers("ending"))))
    return parse.pos[top] == "VERB" or (parse.pos[top] == "NOUN" and known)


def verb(parse: Parse, tokens: Tokens) -> Sides:
    """Subject leads to object: "the raid triggered the closure"; "the closure was triggered by the raid"."""
    head = tokens[0]
    if passive(parse, head):
        by, _ = agent(parse, head)
        return by, subject(parse, head)
    if len(tokens) > 1 and parse.pos[tokens[-1]] == "PART":  # "led Norvania to close": the deed is the effect
        deed = below(parse, parse.head[tokens[-1]])
        return subject(parse, head), trimmed(parse, (head + 1, max(deed) + 1))
    return subject(parse, head), right(parse, head, tokens[-1] if _tight(tokens) else head)


def push(parse: Parse, tokens: Tokens) -> Sides:
    """Subject leads object to do something: "the raid led Norvania to close its ports"."""
    return verb(parse, tokens) if kids(parse, tokens[0], "xcomp", "ccomp") else (None, None)


def back(parse: Parse, tokens: Tokens) -> Sides:
    """The subject comes of the object: "the closure followed the raid", "the riots stem from hunger"."""
    effect, cause = verb(parse, tokens)
    return cause, effect


def blame(parse: Parse, tokens: Tokens) -> Sides:
    """The object is blamed for what follows: "Talmera blamed Osmark for the raid"."""
    head, link = tokens[0], tokens[-1]
    effect = longest(parse, below(parse, link) - {link})
    if passive(parse, head):
        return subject(parse, head), effect
    return trimmed(parse, (head + 1, link)), effect


def lay(parse: Parse, tokens: Tokens) -> Sides:
    """The object is laid at somebody's door: "the minister blamed the crash on the pilot"."""
    cause, effect = blame(parse, tokens)
    return effect, cause


def prep(parse: Parse, tokens: Tokens) -> Sides:
    """What follows is the cause of the clause around it: "shut because of the flood"."""
    top, last = tokens[0], tokens[-1]
    held = below(parse, top) | below(parse, last)
    cause = longest(parse, {t for t in held if t > last})
    if cause is None:
        return None, None
    over = clause_head(parse, parse.head[top]) if parse.head[top] not in tokens else clause_head(parse, top)
    return cause, clause(parse, over, [top, *tokens, last]) if over not in tokens else None


def goal(parse: Parse, tokens: Tokens) -> Sides:
    """What follows is what the clause around it is done for: "marched in order to stop the raid"."""
    end = parse.sentences[parse.sent[tokens[0]]][1]
    heads = [t for t in range(tokens[-1] + 1, min(end, tokens[-1] + 6)) if parse.pos[t] == "VERB"]
    if not heads:
        return None, None
    cause = longest(parse, {t for t in below(parse, heads[0]) if t > tokens[-1]})
    over = next((t for t in _above(parse, heads[0]) if t < tokens[0] and parse.pos[t] in ("VERB", "AUX")), None)
    if over is None or cause is None:
        return None, None
    return cause, longest(parse, {t for t in below(parse, over) if t < tokens[0] or t >= cause[1]})


def mark(parse: Parse, tokens: Tokens) -> Sides:
    """It opens the clause of the cause: "shut because the river rose"."""
    verb = parse.head[tokens[-1]]
    if parse.dep[tokens[-1]] not in ("mark", "advmod") or parse.pos[verb] not in ("VERB", "AUX"):
        return _after(parse, tokens)
    over = parse.head[verb]
    if parse.dep[verb] != "advcl" or over == verb:
        return None, None
    inside = below(parse, verb)
    return longest(parse, {t for t in inside if t > tokens[-1]}), clause(parse, over, [verb])


def then(parse: Parse, tokens: Tokens) -> Sides:
    """It opens the clause of the effect: "the river rose, so the gate was shut"."""
    first, after = parse.sentences[parse.sent[tokens[0]]]
    before = tokens[0] - 1
    if before <= first or parse.text[before] != "," or not _has_verb(parse, (tokens[-1] + 1, after)):
        return None, None
    return trimmed(parse, (first, before)), trimmed(parse, (tokens[-1] + 1, after))


FORMS: MappingProxyType[str, Callable[[Parse, Tokens], Sides]] = MappingProxyType(
    {
        "verb": verb,
        "push": push,
        "back": back,
        "blame": blame,
        "lay": lay,
        "prep": prep,
        "goal": goal,
        "mark": mark,
        "then": then,
    }
)


def _after(parse: Parse, tokens: Tokens) -> Sides:
    """A mark that the parser took for a preposition: "after shutting the gate"."""
    top = tokens[0]
    if parse.dep[top] != "prep" or not kids(parse, top, "pcomp"):
        return None, None
    return prep(parse, tokens)


def _tight(tokens: Tokens) -> bool:
    return tokens[-1] - tokens[0] == len(tokens) - 1


def _above(parse: Parse, token: int) -> Iterator[int]:
    for _ in range(40):
        if parse.head[token] == token:
            return
        token = parse.head[token]
        yield token


def _has_verb(parse: Parse, run: Run) -> bool:
    return any(parse.pos[t] in ("VERB", "AUX") for t in range(*run))
