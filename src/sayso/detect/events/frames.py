"""Triggers and their arguments: which words name an event, and who may stand on either side of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.case import Parse
from sayso.detect.events import words
from sayso.detect.events.walk import RELATIVE, acts, conjuncts, kid, kids, objects, passive

PRONOUNS = frozenset({"it", "they", "he", "she", "we", "i"})
REACH = 3  # clauses and phrases that a recipient may lie below the trigger


@dataclass(frozen=True, slots=True)
class Side:
    """A token that may be an actor or a recipient, and by which way it was reached ("object>of", "subject")."""

    token: int
    way: str


@dataclass(slots=True)
class Frame:
    """A trigger, `head` with further `tokens` ("launched ... attack"), and its possible actors and recipients."""

    head: int
    tokens: tuple[int, ...]
    verb: int | None
    noun: int | None
    actors: list[Side] = field(default_factory=list)
    recipients: list[Side] = field(default_factory=list)


def frames(p: Parse) -> Iterator[Frame]:
    """Every trigger of a page with its arguments, in text order.

    A verb, or an eventive noun of the table; a light verb and its eventive object are one ("launched an attack");
    verbs that name no event ("be", "seem") are none unless such an object makes them one.
    """
    for token in range(len(p)):
        frame = _verbal(p, token) if p.pos[token] == "VERB" else _nominal(p, token)
        if frame is not None:
            frame.actors = _unique(actors_of(p, frame))
            first = frame.actors[0].token if frame.actors else None
            frame.recipients = [s for s in _unique(recipients_of(p, frame)) if s.token != first]
            yield frame


def top(frame: Frame) -> int:
    """The word of a frame that its clause hangs on: its verb, else its noun."""
    return frame.head if frame.verb is None else frame.verb


def eventive(p: Parse, token: int) -> bool:
    """Whether a noun names an event by itself."""
    return p.pos[token] == "NOUN" and p.lemma[token] in words.priors("noun")


def undergoer(p: Parse, verb: int) -> int | None:
    """The object of a verb, its subject where it is passive, or the noun that a relative clause takes it from."""
    if passive(p, verb):
        found = kid(p, verb, "nsubjpass")
        if found is None and p.dep[verb] in ("acl", "amod"):
            return p.head[verb]
        if found is None and p.dep[verb] == "conj":
            return kid(p, p.head[verb], "nsubjpass", "nsubj")
        return _antecedent(p, verb, found)
    found = kid(p, verb, "dobj", "obj")
    if found is not None:
        return _antecedent(p, verb, found)
    gap = p.dep[verb] == "relcl" and kid(p, verb, "nsubj") is not None and not _relative(p, kid(p, verb, "nsubj"))
    return p.head[verb] if gap else None


def subject(p: Parse, verb: int, depth: int = 0) -> Side | None:
    """Whoever does what a verb says: its subject or agent, or, by control or coordination, another's."""
    if passive(p, verb):
        return next((Side(t, "agent") for k in kids(p, verb, "agent") for t in kids(p, k, "pobj")), None)
    own = kid(p, verb, "nsubj")
    if own is not None:
        found = _antecedent(p, verb, own)
        return Side(found, "subject") if found is not None else None
    if depth > REACH:
        return None
    return _borrowed(p, verb, depth)


def _borrowed(p: Parse, verb: int, depth: int) -> Side | None:
    """The subject that a verb without its own shares with the one above it."""
    up, dep = p.head[verb], p.dep[verb]
    if dep == "pcomp":
        up = p.head[up]
    if dep in ("acl", "relcl") or (dep == "pcomp" and p.pos[up] in ("NOUN", "PROPN")):
        if p.tag[verb] in ("VBG", "VBD") and dep == "acl" and acts(p, up):
            return Side(up, "noun it describes")
        return next(iter(_of_noun(p, up, depth + 1)), None)
    if dep == "conj" and p.pos[up] == "VERB":
        over = kid(p, up, "nsubjpass") if passive(p, up) else None
        found = Side(over, "subject") if over is not None else subject(p, up, depth + 1)
        return Side(found.token, f"shared {found.way}") if found else None
    if dep in ("xcomp", "ccomp", "advcl", "pcomp") and p.pos[up] in ("VERB", "AUX", "ADJ"):
        return _controlled(p, verb, up, depth)
    return None


def _controlled(p: Parse, verb: int, up: int, depth: int) -> Side | None:
    whom = kid(p, up, "dobj", "dative") if p.dep[verb] in ("xcomp", "pcomp") else None
    if whom is not None and acts(p, whom):
        return Side(whom, "object of control")
    over = kid(p, up, "nsubjpass")
    if over is not None:
        return Side(over, "subject of control")
    found = _of_predicate(p, up) if p.pos[up] != "VERB" else subject(p, up, depth + 1)
    return Side(found.token, f"{found.way} of control") if found else None


def _of_predicate(p: Parse, token: int) -> Side | None:
    """The subject of "is willing": it hangs on the adjective or on the verb above it."""
    for one in (token, p.head[token]):
        own = kid(p, one, "nsubj", "nsubjpass")
        if own is not None:
            found = _antecedent(p, one, own)
            return Side(found, "subject") if found is not None else None
    return None


def speaker(p: Parse, token: int) -> int | None:
    """For "it" in "the army says it has ...": the subject of the verb that the clause of the pronoun hangs on."""
    if p.text[token].lower() not in PRONOUNS or p.dep[token] not in ("nsubj", "nsubjpass"):
        return None
    verb = p.head[token]
    while p.dep[verb] == "conj" and p.head[verb] != verb:
        verb = p.head[verb]
    up = p.head[verb]
    if p.dep[verb] == "ccomp" and p.pos[up] == "VERB":
        over = kid(p, up, "nsubj")
        return _antecedent(p, up, over) if over is not None and over != token else None
    return None


def actors_of(p: Parse, frame: Frame) -> Iterator[Side]:
    """Who may have done it, the likeliest first."""
    if frame.verb is not None:
        found = subject(p, frame.verb)
        if found is not None:
            yield from _people(p, found)
    if frame.noun is not None:
        yield from _of_noun(p, frame.noun, 0)
        if frame.verb is None and p.dep[frame.noun] == "dobj":
            found = subject(p, p.head[frame.noun])
            yield from _people(p, Side(found.token, "subject over the noun")) if found else ()


def _people(p: Parse, side: Side) -> Iterator[Side]:
    """A side as it stands where it can act, else those inside its phrase ("Talmeran air raids")."""
    over = speaker(p, side.token)
    if over is not None:
        yield from _people(p, Side(over, f"{side.way}, who speaks"))
    for n, token in enumerate(conjuncts(p, side.token)):
        way = side.way if not n else f"{side.way}, joined"
        if acts(p, token):
            yield Side(token, way)
        else:
            for inner in _inside(p, token, 0):
                yield Side(inner.token, f"{way}>{inner.way}")
            if p.pos[token] in ("NOUN", "PROPN"):
                yield Side(token, f"{way}, a thing")


def _of_noun(p: Parse, noun: int, depth: int) -> Iterator[Side]:
    """Who did what an eventive noun names: "by", possessors, peoples before it; else whoever acts over it."""
    for _, who in objects(p, noun, "by"):
        yield from (Side(t, "noun>by") for t in conjuncts(p, who) if acts(p, t))
    for k in kids(p, noun, "poss", "amod", "compound", "nmod"):
        if p.ent[k] in ("GPE", "NORP", "ORG", "PERSON") or (p.dep[k] == "poss" and acts(p, k)):
            yield Side(k, f"noun>{'poss' if p.dep[k] == 'poss' else 'mod'}")
    for word, who in objects(p, noun, "of", "between", "from"):
        yield from (Side(t, f"noun>{word}") for t in conjuncts(p, who) if acts(p, t))
    up = p.head[noun]
    if depth <= REACH and p.dep[noun] in ("pobj", "dobj"):
        over = up if p.pos[up] == "VERB" else p.head[up]
        if p.pos[over] == "VERB":
            found = subject(p, over, depth + 1)
            if found is not None and acts(p, found.token):
                yield Side(found.token, "subject over the noun")


def recipients_of(p: Parse, frame: Frame) -> Iterator[Side]:
    """To whom it may have been done, by the ways that lead from the trigger to somebody."""
    if frame.verb is not None:
        yield from _below(p, frame.verb, "", 0, frame.noun)
    if frame.noun is not None:
        yield from _under_noun(p, frame.noun, "noun" if frame.verb is None else "light", 0)
    yield from (side for side in frame.actors[1:] if "joined" in side.way or "between" in side.way)


def _below(p: Parse, verb: int, way: str, depth: int, skip: int | None = None) -> Iterator[Side]:
    found = undergoer(p, verb)
    if found is not None and found != skip:
        yield from _reached(p, found, f"{way}object", depth)
    for k in kids(p, verb, "dative", "iobj", "oprd", "attr"):
        yield from _reached(p, k, f"{way}{p.dep[k]}", depth)
    for word, noun in objects(p, verb):
        if word != "by" or not passive(p, verb):
            yield from _reached(p, noun, f"{way}{word}", depth)
    if depth < REACH:
        for k in kids(p, verb, "xcomp", "ccomp", "advcl"):
            own = kid(p, k, "nsubj", "nsubjpass")
            if own is not None and p.dep[k] != "advcl":
                yield from _reached(p, own, f"{way}{p.dep[k]}>subject", depth + 1)
            if p.pos[k] in ("VERB", "AUX"):
                yield from _below(p, k, f"{way}{p.dep[k]}>", depth + 1)
        for prep in kids(p, verb, "prep"):
            for k in kids(p, prep, "pcomp"):
                yield from _below(p, k, f"{way}pcomp>", depth + 1)


def _reached(p: Parse, noun: int, way: str, depth: int) -> Iterator[Side]:
    """The noun and its conjuncts where they can act, and whoever stands inside their phrases."""
    for token in conjuncts(p, noun):
        if acts(p, token):
            yield Side(token, way)
        if depth < REACH:
            for inner in _inside(p, token, depth + 1):
                yield Side(inner.token, f"{way}>{inner.way}")
        if not acts(p, token) and p.pos[token] in ("NOUN", "PROPN", "NUM"):
            yield Side(token, f"{way}, a thing")


def _under_noun(p: Parse, noun: int, way: str, depth: int) -> Iterator[Side]:
    for inner in _inside(p, noun, depth):
        yield Side(inner.token, f"{way}>{inner.way}")


def _inside(p: Parse, noun: int, depth: int) -> Iterator[Side]:
    """Those who can act within a noun's phrase: possessors, peoples before it, objects of its prepositions."""
    for k in kids(p, noun, "poss", "amod", "compound", "nmod"):
        if p.ent[k] in ("GPE", "NORP", "ORG", "PERSON") or (p.dep[k] == "poss" and acts(p, k)):
            yield Side(k, "poss" if p.dep[k] == "poss" else "mod")
        elif p.dep[k] in ("poss", "compound") and acts(p, k):
            yield Side(k, "mod")
    for word, who in objects(p, noun):
        for token in conjuncts(p, who):
            if acts(p, token):
                yield Side(token, word)
            if depth < REACH:
                for inner in _inside(p, token, depth + 1):
                    yield Side(inner.token, f"{word}>{inner.way}")
    if depth < REACH:
        for k in kids(p, noun, "acl", "relcl"):
            if p.pos[k] == "VERB":
                yield from _below(p, k, f"{p.dep[k]}>", depth + 2)


def _verbal(p: Parse, token: int) -> Frame | None:
    if p.dep[token] in ("aux", "auxpass"):
        return None
    noun = _carried(p, token)
    if noun is not None:
        return Frame(noun, (token, noun), token, noun)
    if p.lemma[token] in words.around("empty"):
        return None
    particle = kids(p, token, "prt")
    return Frame(token, (token, *particle), token, None)


def _nominal(p: Parse, token: int) -> Frame | None:
    """An eventive noun that no light verb carries."""
    if not eventive(p, token) or p.dep[token] in ("compound", "nmod"):
        return None
    up = p.head[token]
    if p.pos[up] == "VERB" and _carried(p, up) == token:
        return None
    return Frame(token, (token,), None, token)


def _carried(p: Parse, verb: int) -> int | None:
    """The eventive object, or passive subject, of a light verb."""
    if p.lemma[verb] not in words.around("light"):
        return None
    found = undergoer(p, verb)
    return found if found is not None and eventive(p, found) and p.dep[found] in ("dobj", "nsubjpass") else None


def _antecedent(p: Parse, verb: int, found: int | None) -> int | None:
    """The noun that a relative pronoun stands for."""
    if found is not None and _relative(p, found):
        up = verb
        while p.dep[up] == "conj" and p.head[up] != up:
            up = p.head[up]
        return p.head[up] if p.dep[up] == "relcl" else found
    return found


def _relative(p: Parse, token: int | None) -> bool:
    return token is not None and p.text[token].lower() in RELATIVE and p.tag[token] in ("WP", "WDT", "IN", "WP$", "DT")


def _unique(sides: Iterator[Side]) -> list[Side]:
    """Each token once, by the first way that reached it."""
    out: dict[int, Side] = {}
    for side in sides:
        out.setdefault(side.token, side)
    return list(out.values())
