"""Who says it: the source of a cue, by its place in the dependency parse."""

from __future__ import annotations

from sayso.detect.attribution.tree import Tree

TIME = frozenset({"DATE", "TIME"})
SUBJECT = ("nsubj", "nsubjpass", "csubj")


def of_verb(tree: Tree, verb: int) -> set[int]:
    """The tokens of a verb's source, empty where nobody is named.

    The agent of a passive; the subject; for a conjoined verb the subject it shares; for "the man who
    said" the pronoun; for participles and infinitives ("saying ...", "refused to say") the noun or the
    subject they hang on.
    """
    if tree.passive(verb):
        agent = tree.kid(verb, "agent")
        noun = tree.kid(agent, "pobj") if agent is not None else None
        return set() if noun is None else phrase(tree, noun, verb)
    seen = {verb}
    while True:
        subject = tree.kid(verb, *SUBJECT)
        if subject is not None:
            return set() if _expletive(tree, subject, shared=len(seen) > 1) else phrase(tree, subject, verb)
        up, label = tree.head[verb], tree.dep[verb]
        if label in ("acl", "relcl"):
            return phrase(tree, up, verb) if tree.tag[verb] != "VBN" or label == "relcl" else set()
        if up in seen or label not in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep", "agent"):
            return set()
        if label == "ccomp" and tree.tag[verb] not in ("VBG", "VB"):
            return set()
        seen.add(up)
        verb = up


def phrase(tree: Tree, noun: int, verb: int) -> set[int]:
    """A noun's whole phrase less the part that holds the verb."""
    inner = [k for k in tree.children[noun] if k == verb or verb in tree.subtree(k)]
    aside = [k for k in tree.kids(noun, "relcl", "acl", "advcl") if _set_off(tree, k)]
    tokens = tree.subtree(noun, [*inner, *aside])
    if inner:  # the cue hangs inside the phrase: what follows the cue is not the source's name
        first = min(inner)
        tokens = {t for t in tokens if t < first} if noun < first else tokens
    if tree.parse.ent[noun] not in TIME:  # "In November, 2012 NBC reported": the year is not of the name
        tokens -= {t for t in tokens if tree.parse.ent[t] in TIME and t < noun and tree.pos[t] == "NUM"}
    return _trimmed(tree, tokens)


def _set_off(tree: Tree, clause: int) -> bool:
    """Whether a clause stands behind a comma: it tells more of a source, but does not say which."""
    first = min(tree.subtree(clause))
    return first > 0 and tree.text[first - 1] == ","


def split(tree: Tree, tokens: set[int]) -> list[set[int]]:
    """Conjoined sources apart: "both the army and the rebels" are two, "Marsh and Sons" one."""
    if not tokens:
        return []
    head = next((t for t in sorted(tokens) if tree.head[t] not in tokens or tree.head[t] == t), min(tokens))
    if _one_person(tree, head):
        return [_trimmed(tree, tokens)]
    groups, rest = [], set(tokens)
    for conj in _conjuncts(tree, head):
        if conj in rest and not (
            tree.parse.ent[conj]
            and tree.parse.ent[conj] == tree.parse.ent[head]
            and all(tree.parse.ent[t] for t in range(head, conj))
        ):
            part = (tree.subtree(conj, tree.kids(conj, "conj")) - set(tree.kids(conj, "cc"))) & rest
            groups.append(part)
            rest -= part
    rest = {t for t in rest if tree.dep[t] not in ("cc", "preconj") or tree.head[t] not in tokens or not groups}
    return [_trimmed(tree, group) for group in (rest, *groups) if _trimmed(tree, group)]


def _one_person(tree: Tree, head: int) -> bool:
    """ "fact checker and staff writer David Emery": conjoined titles of one name."""
    bare = tree.tag[head] == "NN" and not tree.kids(head, "det", "poss", "nummod")
    return bare and any(tree.parse.ent[k] == "PERSON" for k in tree.kids(head, "conj"))


def _conjuncts(tree: Tree, head: int) -> list[int]:
    out: list[int] = []
    for conj in tree.kids(head, "conj"):
        out += [conj, *_conjuncts(tree, conj)]
    return out


def _expletive(tree: Tree, subject: int, *, shared: bool) -> bool:
    """ "It was said", "there", and the "it" of "it is hard to say": nobody."""
    word = tree.text[subject].lower()
    return word == "there" or (word == "it" and (shared or tree.dep[subject] == "nsubjpass"))


def _trimmed(tree: Tree, tokens: set[int]) -> set[int]:
    """Without punctuation and quotation marks at the ends."""
    kept = sorted(tokens)
    while kept and tree.pos[kept[0]] in ("PUNCT", "SPACE", "CCONJ"):
        kept.pop(0)
    while kept and tree.pos[kept[-1]] in ("PUNCT", "SPACE", "CCONJ") and tree.text[kept[-1]] not in (")", '"', "”"):
        kept.pop()
    return set(kept)
