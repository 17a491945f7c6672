"""What a reporting verb takes as its content: one function a frame of the verb table, tried in order."""

from __future__ import annotations

from sayso.detect.attribution.sources import TIME
from sayso.detect.attribution.tree import DASHES, Tree
from sayso.detect.lexicon import Cue
from sayso.records import Manner

BEHIND = frozenset({"for", "of", "as", "over", "to", "with"})
POINTING = frozenset({"which", "what", "that"})


def complement(tree: Tree, verb: int, row: Cue) -> tuple[set[int], str]:
    """The content tokens that the verb's frames allow, and the rule's name; "speech" with none is still open."""
    for frame in (clause, parenthetical, infinitive, named, preposition, noun_phrase):
        content = frame(tree, verb, row)
        if content:
            return content, frame.__name__
    return set(), "speech"


def clause(tree: Tree, verb: int, row: Cue) -> set[int]:
    """ "said (that) the road was mined", "asked whether ..."; "The road was mined, officials said."."""
    if not row.frames & {"c", "q", "x"}:
        return set()
    before = [k for k in tree.kids(verb, "advcl") if k < verb and not _subordinate(tree, k)]
    return tree.subtrees(tree.kids(verb, "ccomp") or before)


def parenthetical(tree: Tree, verb: int, row: Cue) -> set[int]:
    """ "The hospital, he added, had no power": the clause around a cue that hangs on it between commas."""
    label, place = tree.dep[verb], tree.head[verb]
    if not row.frames & {"c", "q"} or label not in ("parataxis", "advcl", "dep"):
        return set()
    openers = {tree.text[k].lower() for k in tree.kids(verb, "mark", "advmod")}
    if ("as" in openers) != (label == "advcl") or (label != "advcl" and tree.kids(verb, "mark")):
        return set()
    own = tree.subtree(verb)
    first, last = min(own), max(own)
    low, after = tree.sentence(verb)
    commas = {",", *DASHES}
    left = first == low or tree.text[first - 1] in commas or tree.text[first] == ","
    right = last + 1 == after or tree.text[last] in {".", *commas} or tree.text[last + 1] in {".", *commas}
    return tree.subtree(place, [verb]) if left and right else set()


def infinitive(tree: Tree, verb: int, row: Cue) -> set[int]:
    """ "promised to rebuild", "ordered the unit to attack"."""
    parts = tree.kids(verb, "xcomp") if "x" in row.frames else []
    whom = [] if "a" in row.frames else tree.kids(verb, "dobj", "dative")
    return tree.subtrees([*whom, *parts]) if parts else set()


def named(tree: Tree, verb: int, row: Cue) -> set[int]:
    """ "called him a traitor", "branded the ruling 'absurd'", "described it as orderly"."""
    if "o" not in row.frames:
        return set()
    objects, names = tree.kids(verb, "dobj"), tree.kids(verb, "oprd")
    names = names or [k for k in tree.kids(verb, "prep") if tree.text[k].lower() == "as"]
    if names:
        return tree.subtrees([*objects, *names])
    quoted = [k for k in objects if any(tree.tag[q] in ("``", "''") for q in tree.children[k])]
    return tree.subtrees(quoted) if row.manner is not Manner.BELIEVED else set()


def preposition(tree: Tree, verb: int, row: Cue) -> set[int]:
    """ "warned of a new round", "called for talks"."""
    places = [k for k in tree.kids(verb, "prep") if tree.lemma[k] in row.prepositions and k > verb]
    return tree.subtree(places[0]) - {places[0]} if places else set()


def noun_phrase(tree: Tree, verb: int, row: Cue) -> set[int]:
    """ "condemned the raid", "criticised the firm for hiding the results"."""
    objects = [k for k in tree.kids(verb, "dobj") if k > verb or tree.text[k].lower() in POINTING]
    if not objects or "n" not in row.frames:
        return set()
    more = [k for k in tree.kids(verb, "prep") if tree.text[k].lower() in BEHIND and k > objects[0]]
    dated = [k for part in (*objects, *more) for k in tree.children[part] if _dated(tree, k)]
    return tree.subtrees([*objects, *more], dated)


def _subordinate(tree: Tree, clause_head: int) -> bool:
    """Whether a clause is one of time, reason or manner: it has an opener, or no subject of its own."""
    openers = tree.kids(clause_head, "mark") or [k for k in tree.kids(clause_head, "advmod") if tree.tag[k] == "WRB"]
    return bool(openers) or not tree.kids(clause_head, "nsubj", "nsubjpass", "expl")


def _dated(tree: Tree, token: int) -> bool:
    """When the saying was, though the parser hangs it on what was said: "claimed responsibility on Monday"."""
    label = tree.dep[token]
    times = tree.kids(token, "pobj") if label == "prep" else [token] if label == "npadvmod" else []
    return any(tree.parse.ent[t] in TIME for t in times)
