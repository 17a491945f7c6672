"""Walks over a dependency parse for events: children, conjuncts, noun phrases, and who can act."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.case import Parse
from sayso.detect import lexicon
from sayso.detect.events import words

NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
RELATIVE = frozenset({"who", "that", "which", "whom"})
APART = frozenset({"relcl", "acl", "conj", "cc", "preconj", "appos", "advcl", "ccomp", "punct"})
DEEPEST = 64  # heads walked up at most: a broken parse must not loop


def kids(p: Parse, token: int, *labels: str) -> list[int]:
    """Children of `token` with one of the labels, left to right."""
    return [k for k in p.children[token] if p.dep[k] in labels]


def kid(p: Parse, token: int, *labels: str) -> int | None:
    """The first such child."""
    return next((k for k in p.children[token] if p.dep[k] in labels), None)


def below(p: Parse, token: int) -> set[int]:
    """`token` and all that hangs on it."""
    out, todo = set(), [token]
    while todo:
        one = todo.pop()
        if one not in out:
            out.add(one)
            todo += p.children[one]
    return out


def above(p: Parse, token: int) -> list[int]:
    """The heads over `token`, nearest first."""
    out: list[int] = []
    while p.head[token] != token and len(out) < DEEPEST:
        token = p.head[token]
        out.append(token)
    return out


def conjuncts(p: Parse, token: int) -> list[int]:
    """`token` and the nouns joined to it by "and", "or" or commas."""
    out, todo = [], [token]
    while todo:
        one = todo.pop(0)
        out.append(one)
        todo += [k for k in p.children[one] if p.dep[k] == "conj" and p.pos[k] not in ("VERB", "AUX")]
    return out


def passive(p: Parse, verb: int) -> bool:
    """Whether a verb is passive: "was shelled", "the mill shelled by"."""
    if kid(p, verb, "auxpass", "nsubjpass", "csubjpass") is not None:
        return True
    return p.tag[verb] == "VBN" and kid(p, verb, "aux", "nsubj") is None and p.dep[verb] in ("acl", "amod", "advcl")


def objects(p: Parse, token: int, *prepositions: str) -> Iterator[tuple[str, int]]:
    """The nouns that hang on `token` by a preposition, with it; all prepositions where none is given."""
    for prep in p.children[token]:
        if p.dep[prep] in ("prep", "agent", "dative"):
            word = p.text[prep].lower()
            todo = [prep] if not prepositions or word in prepositions else []
            while todo:
                for k in p.children[todo.pop(0)]:
                    if p.dep[k] == "pobj":
                        yield word, k
                    elif p.dep[k] == "prep":  # "out of the town"
                        todo.append(k)


def acts(p: Parse, token: int) -> bool:
    """Whether a noun names somebody who can act: a named person, body, state, people; a noun of the sectors' table."""
    if p.ent[token] in NAMED:
        return True
    if p.pos[token] == "PRON":
        return p.text[token].lower() in lexicon.terms("he_or_she") | lexicon.terms("speaker") | {"they", "them", "who"}
    if p.lemma[token] in words.priors("noun") and p.lemma[token] not in words.sectors():
        return False
    known = p.lemma[token] in words.sectors() or any(p.lemma[token] in lexicon.terms(k) for k in ("person", "group"))
    return known or (p.pos[token] == "PROPN" and not p.ent[token])


def phrase(p: Parse, head: int) -> tuple[int, int]:
    """The tokens `[first, after)` of the noun phrase of `head`: no clauses, conjuncts or appositions, no loose ends."""
    held, todo = {head}, [k for k in p.children[head] if p.dep[k] not in APART]
    while todo:
        one = todo.pop()
        if one not in held:
            held.add(one)
            todo += p.children[one]
    first, after = min(held), max(held) + 1
    while after > head + 1 and p.pos[after - 1] in ("PUNCT", "PART"):
        after -= 1
    while first < head and p.pos[first] in ("PUNCT", "CCONJ"):
        first += 1
    return first, after
