"""Cues that are no verbs: "according to", "his claim that", "allegedly", "the alleged plot"."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.detect import lexicon
from sayso.detect.attribution import sources
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import DASHES, NOMINAL, Tree
from sayso.detect.lexicon import Cue
from sayso.records import Manner, Stance


def according_to(tree: Tree, token: int) -> Iterator[Find]:
    """ "according to X": front, middle or end of what X is said to have said."""
    to = token + 1
    if to >= len(tree.text) or tree.text[to].lower() != "to":
        return
    who = tree.kid(to, "pobj", "pcomp") or tree.kid(token, "pobj")
    if who is None:
        return
    inside, place = tree.subtree(token), tree.head[token]
    whole = place == token or _fringe(tree, inside)
    content = set(range(*tree.sentence(token))) if whole else tree.subtree(place)
    yield Find(
        token,
        "according_to",
        Manner.SAID,
        Stance.NEUTRAL,
        cue={token, to},
        sources=sources.split(tree, sources.phrase(tree, who, token)),
        content=content - inside,
        note="a parenthetical at the edge covers its sentence" if whole else "covers the clause it hangs on",
    )


def noun_cue(tree: Tree, token: int, row: Cue) -> Iterator[Find]:
    """ "his claim that ...", "the group's denial of any role", "rumours that ...", "made the claim that ..."."""
    owner = tree.kid(token, "poss")
    opener = next((k for k in tree.children[token] if _that_clause(tree, k)), None)
    cue = {token}
    if opener is not None:
        content = tree.subtree(opener)
    else:
        opener = next((k for k in tree.kids(token, "prep") if tree.lemma[k] in row.prepositions), None)
        if opener is None or owner is None:
            return
        content, cue = tree.subtree(opener) - {opener}, {token, opener}
    who = tree.subtree(owner, tree.kids(owner, "case")) if owner is not None else _by(tree, token)
    light = tree.head[token] if tree.dep[token] == "dobj" else token
    if not who and tree.lemma[light] in lexicon.words("light") and not tree.passive(light):
        who, cue = sources.of_verb(tree, light), cue | {light}
    yield Find(token, "noun_cue", row.manner, row.stance, cue, sources.split(tree, who), content - who - cue)


def adverb(tree: Tree, token: int, row: Cue) -> Find:
    """ "The shipment allegedly contained ...": the clause is somebody's word, but nobody is named."""
    return _unnamed(tree, token, row, [])


def adjective(tree: Tree, token: int, row: Cue) -> Find:
    """ "the alleged plot": that there was one is somebody's word, but nobody is named."""
    return _unnamed(tree, token, row, tree.kids(tree.head[token], "det", "poss"))


def _unnamed(tree: Tree, token: int, row: Cue, frame: list[int]) -> Find:
    rule = "adjective" if tree.dep[token] == "amod" else "adverb"
    content = tree.subtree(tree.head[token], [token, *frame]) - {token}
    return Find(token, rule, row.manner, row.stance, {token}, [], content)


def _that_clause(tree: Tree, token: int) -> bool:
    mark = tree.kid(token, "mark")
    return tree.dep[token] in ("acl", "ccomp", "relcl") and mark is not None and tree.text[mark].lower() == "that"


def _fringe(tree: Tree, inside: set[int]) -> bool:
    """Whether the tokens stand at an end of their sentence, set off by a comma."""
    low, high = min(inside), max(inside)
    first, after = tree.sentence(low)
    start = low == first or (low == first + 1 and tree.pos[first] == "PUNCT")
    end = all(tree.pos[t] == "PUNCT" for t in range(high + 1, after))
    return start or (end and low > first and tree.text[low - 1] in {",", *DASHES})


def _by(tree: Tree, token: int) -> set[int]:
    """The source of "claims by residents that", "a report from the ministry that"."""
    for place in tree.kids(token, "prep"):
        who = tree.kid(place, "pobj")
        if tree.text[place].lower() in ("by", "from", "among") and who is not None and tree.pos[who] in NOMINAL:
            return tree.subtree(who)
    return set()
