"""Outlets that only pass on, and what a saying is made in: "told the Times", "writes in the Times", "in a tweet"."""

from __future__ import annotations

from sayso.detect import lexicon
from sayso.detect.attribution import mentions
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree

MADE_IN = frozenset({"in", "on", "via", "through", "during", "at", "by"})


def relays(tree: Tree, found: Find) -> None:
    """Fill `relay` (an outlet told or written in), `medium` ("in a tweet") and `said` (words for the time)."""
    if mentions.is_medium(tree, found.addressee):
        found.relay = found.addressee
    free = [k for k in tree.children[found.head] if k not in found.content]
    for place in free:
        noun = tree.kid(place, "pobj") if tree.dep[place] == "prep" else None
        if noun is None:
            if tree.dep[place] == "npadvmod" and tree.parse.ent[place] in ("DATE", "TIME"):
                found.said |= tree.subtree(place)
            continue
        phrase = tree.subtree(noun) - found.content
        if tree.text[place].lower() in ("in", "on", "to", "with") and mentions.is_medium(tree, phrase):
            found.relay = found.relay or phrase
        elif tree.text[place].lower() in MADE_IN and tree.lemma[noun] in lexicon.terms("channel"):
            found.medium = {place} | phrase
        elif tree.parse.ent[noun] in ("DATE", "TIME"):
            found.said |= phrase
