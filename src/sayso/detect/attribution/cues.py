"""Which words attribute: every token looked up once, each kind of cue with a rule of its own."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.detect import lexicon
from sayso.detect.attribution import verbs, words
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree


def find(tree: Tree) -> list[Find]:
    """All cues of a document in text order."""
    return [found for token in range(len(tree.lemma)) for found in _at(tree, token)]


def _at(tree: Tree, token: int) -> Iterator[Find]:
    lemma, pos, word = tree.lemma[token], tree.pos[token], tree.text[token].lower()
    if pos == "VERB" and lemma in lexicon.verbs() and tree.dep[token] != "amod":
        yield from verbs.verb(tree, token, lexicon.verbs()[lemma])
    elif word == "according":
        yield from words.according(tree, token)
    elif pos == "NOUN" and lemma in lexicon.words("noun"):
        yield from words.noun(tree, token, lexicon.words("noun")[lemma])
    elif pos == "NOUN" and lemma in lexicon.words("deverbal"):
        yield from words.noun(tree, token, lexicon.words("deverbal")[lemma])
    elif pos == "ADV" and lemma in lexicon.words("adverb"):
        yield words.modifier(tree, token, lexicon.words("adverb")[lemma], "adverb")
    elif word in lexicon.words("adjective") and tree.dep[token] == "amod":
        yield words.modifier(tree, token, lexicon.words("adjective")[word], "adjective")
