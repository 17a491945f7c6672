"""Walks over the parse that the rules need: subtrees, the clause a token stands in, subject and agent of a verb."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.case import Parse
from sayso.detect.causes.found import Run, longest, trimmed

SUBJECTS = ("nsubj", "csubj", "nsubjpass", "csubjpass")
CLAUSES = ("conj", "cc", "advcl", "parataxis")
ACTORS = frozenset({"PERSON", "ORG", "NORP", "GPE"})
DATES = frozenset({"DATE", "TIME", "CARDINAL"})
LIMIT = 400  # tokens of a subtree; longer "sentences" are lists and tables


def kids(parse: Parse, token: int, *labels: str) -> list[int]:
    """The children of a token with one of the labels, left to right."""
    return [k for k in parse.children[token] if parse.dep[k] in labels]


def below(parse: Parse, token: int, without: Iterable[int] = ()) -> set[int]:
    """The token and all below it, the subtrees of `without` left out."""
    skip, out, todo = set(without), set[int](), [token]
    while todo and len(out) < LIMIT:
        one = todo.pop()
        if one not in skip:
            out.add(one)
            todo += parse.children[one]
    return out


def clause_head(parse: Parse, token: int) -> int:
    """The verb of the clause that a token stands in, or the root of its sentence."""
    for _ in range(40):
        if parse.pos[token] in ("VERB", "AUX") and parse.dep[token] not in ("aux", "auxpass", "amod"):
            return token
        if parse.head[token] == token:
            return token
        token = parse.head[token]
    return token


def clause(parse: Parse, verb: int, without: Iterable[int]) -> Run | None:
    """The longest run of a verb's clause: no other clause that hangs beside it, nothing of `without`."""
    apart = [k for k in kids(parse, verb, *CLAUSES) if parse.dep[k] != "advcl" or parse.pos[k] == "VERB"]
    return longest(parse, below(parse, verb, [*apart, *without]))


def passive(parse: Parse, verb: int) -> bool:
    """Whether the verb is passive, reduced clauses ("clashes triggered by") among them."""
    if kids(parse, verb, "auxpass", "nsubjpass", "csubjpass"):
        return True
    bare = parse.tag[verb] == "VBN" and not kids(parse, verb, "aux", "nsubj", "dobj")
    return bare and parse.dep[verb] in ("acl", "advcl", "amod")


def subject(parse: Parse, verb: int) -> Run | None:
    """What does what the verb says: its subject, what a relative clause hangs on, or the clause a participle opens.

    In "..., which caused the country to sever ties" that is the noun before "which", the clause where that noun is a
    date; of "The protest spread and led to deaths" it is the whole first half.
    """
    for one in kids(parse, verb, *SUBJECTS):
        if parse.tag[one] in ("WDT", "WP") and parse.dep[verb] == "relcl":
            return _governor(parse, verb)
        return longest(parse, below(parse, one))
    over = parse.head[verb]
    if parse.dep[verb] in ("acl", "relcl"):
        return _governor(parse, verb)
    if parse.dep[verb] == "advcl" and over != verb:
        return clause(parse, over, [verb])
    if parse.dep[verb] == "conj" and parse.pos[over] in ("VERB", "AUX") and over < verb:
        return longest(parse, {t for t in below(parse, over, [verb]) if t < verb and parse.dep[t] != "cc"})
    if parse.dep[verb] in ("xcomp", "ccomp") and parse.pos[over] in ("VERB", "AUX") and over < verb:
        return subject(parse, over)
    return None


def acting(parse: Parse, run: Run) -> bool:
    """Whether a run names somebody who acts, no event: a person, a group, "he"."""
    top = next((t for t in range(*run) if parse.head[t] not in range(*run) or parse.head[t] == t), run[0])
    pronoun = parse.pos[top] == "PRON" and parse.tag[top] not in ("DT", "WDT", "WP")
    return pronoun or parse.ent[top] in ACTORS


def bare(parse: Parse, run: Run) -> bool:
    """Whether a run is no more than a name or a pronoun: somebody, but nothing that happens."""
    named = all(parse.ent[t] in ACTORS or parse.pos[t] in ("DET", "PUNCT", "PART") for t in range(*run))
    return named or (run[1] - run[0] == 1 and parse.pos[run[0]] == "PRON" and parse.tag[run[0]] == "PRP")


def _governor(parse: Parse, verb: int) -> Run | None:
    over = parse.head[verb]
    if parse.ent[over] in DATES:
        return longest(parse, {t for t in below(parse, clause_head(parse, over), [verb]) if t < verb})
    return longest(parse, {t for t in below(parse, over, [verb]) if t < verb})


def agent(parse: Parse, verb: int) -> tuple[Run | None, int | None]:
    """The words of a passive's "by" phrase, and "by" itself."""
    for by in kids(parse, verb, "agent", "prep"):
        if parse.text[by].lower() == "by":
            return longest(parse, below(parse, by) - {by}), by
    return None, None


def right(parse: Parse, verb: int, last: int) -> Run | None:
    """What hangs on the verb behind its cue, up to the next clause beside it."""
    held = below(parse, verb, kids(parse, verb, *CLAUSES, "punct"))
    after = last + 1
    while after in held or (after < len(parse) and parse.pos[after] == "PUNCT" and after + 1 in held):
        after += 1
    return trimmed(parse, (last + 1, after))
