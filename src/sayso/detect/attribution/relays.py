"""Outlets that only pass on, and what a saying is made in: "told the Times", "writes in the Times", "in a tweet"."""

from __future__ import annotations

from sayso.detect import lexicon
from sayso.detect.attribution import mentions
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree

PASSED = frozenset({"quote", "cite", "see", "obtain", "review", "interview"})
MADE_IN = frozenset({"in", "on", "via", "through", "during", "at", "by"})


def relays(tree: Tree, found: Find) -> None:
    """Fill `relay` (an outlet told or written in), `medium` ("in a tweet") and `said` (words for the time)."""
    if tree.text[found.head].lower() == "according":
        return
    _quoted_by(tree, found)
    if mentions.is_medium(tree, found.addressee):
        found.relay = found.addressee
    free = [k for k in tree.children[found.head] if k not in found.content]
    for place in free:
        noun = tree.kid(place, "pobj") if tree.dep[place] == "prep" else None
        if noun is None:
            if tree.dep[place] == "npadvmod" and tree.parse.ent[place] in ("DATE", "TIME"):
                found.said |= tree.subtree(place)
            continue
        phrase = tree.subtree(noun) - found.content - found.cue
        if not phrase:
            continue
        if _written_in(tree, found, place, noun) or (
            tree.text[place].lower() in ("in", "on", "to", "with") and mentions.is_medium(tree, phrase)
        ):
            found.relay = found.relay or phrase
        elif tree.text[place].lower() in MADE_IN and tree.lemma[noun] in lexicon.terms("channel"):
            found.medium = {place} | phrase
        elif tree.parse.ent[noun] in ("DATE", "TIME"):
            found.said |= phrase


def _written_in(tree: Tree, found: Find, place: int, noun: int) -> bool:
    """ "writes in the Harbour Standard": what one writes in is an outlet, whatever its name."""
    return (
        tree.lemma[found.head] == "write"
        and tree.text[place].lower() in ("in", "for")
        and tree.pos[noun] == "PROPN"
        and tree.parse.ent[noun] not in ("GPE", "LOC", "DATE", "PERSON")
    )


def _quoted_by(tree: Tree, found: Find) -> None:
    """ "an official quoted by the agency": the agency passes the official's word on."""
    for who in found.sources:
        for kid in tree.kids(mentions.head_of(tree, who), "acl"):
            agent = tree.kid(kid, "agent")
            noun = tree.kid(agent, "pobj") if agent is not None else None
            if tree.lemma[kid] in PASSED and noun is not None and not found.relay:
                found.relay = tree.subtree(noun)
                who -= tree.subtree(kid)
