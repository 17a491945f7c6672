"""What looks like a saying and is none: credits, names, topics of papers."""

from __future__ import annotations

from sayso.detect import lexicon
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree

SO_CALLED = frozenset({"so", "-", "called", "so-called"})
NAMING = frozenset({"for", "as"})
TOPIC = frozenset({"on", "about"})


def unsaid(tree: Tree, found: Find) -> bool:
    """Whether a finding of the tagger is nobody's word.

    A credit in brackets ("(Bell Photo/ Ana Ruiz)"); where nobody is named also a label ("the so-called ring road"),
    what something is known for or as, and what a paper is on or about ("reports on the flood": a topic, no claim).
    """
    if found.sources:
        return _credit(tree, found)
    return _label(tree, found) or _known(tree, found) or _topic(tree, found)


def _credit(tree: Tree, found: Find) -> bool:
    words = found.cue | found.source
    first, after = tree.sentence(min(words))
    closed = tree.text[first] == "(" and ")" in tree.text[max(words) : after + 1]
    return closed and max(found.content) < first


def _label(tree: Tree, found: Find) -> bool:
    return {tree.text[t].lower() for t in found.cue} <= SO_CALLED


def _known(tree: Tree, found: Find) -> bool:
    return tree.lemma[found.head] == "know" and any(tree.text[k].lower() in NAMING for k in tree.children[found.head])


def _topic(tree: Tree, found: Find) -> bool:
    papers = lexicon.terms("document") | lexicon.terms("poll")
    about = any(tree.text[k].lower() in TOPIC for k in tree.kids(found.head, "prep"))
    return tree.pos[found.head] == "NOUN" and tree.lemma[found.head] in papers and about
