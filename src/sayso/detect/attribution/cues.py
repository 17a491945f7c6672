"""Which words attribute: every token looked up once, each kind of cue with a rule of its own."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.detect import lexicon
from sayso.detect.attribution import verbs, words
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree
from sayso.detect.lexicon import Cue


def find(tree: Tree) -> list[Find]:
    """All cues of a document in text order."""
    return [found for token in range(len(tree.lemma)) for found in _at(tree, token)]


def _at(tree: Tree, token: int) -> Iterator[Find]:
    lemma, pos, word = tree.lemma[token], tree.pos[token], tree.text[token].lower()
    row = _verb(tree, token) if pos == "VERB" and tree.dep[token] != "amod" else None
    if row is not None:
        yield from verbs.verb(tree, token, row)
    elif word == "according":
        yield from words.according_to(tree, token)
    elif pos == "NOUN" and lemma in lexicon.words("noun"):
        yield from words.noun_cue(tree, token, lexicon.words("noun")[lemma])
    elif pos == "NOUN" and lemma in lexicon.words("deverbal"):
        yield from words.noun_cue(tree, token, lexicon.words("deverbal")[lemma])
    elif pos == "ADV" and lemma in lexicon.words("adverb"):
        yield words.adverb(tree, token, lexicon.words("adverb")[lemma])
    elif word in lexicon.words("adjective") and tree.dep[token] == "amod":
        yield words.adjective(tree, token, lexicon.words("adjective")[word])


def _verb(tree: Tree, token: int) -> Cue | None:
    """The row of a verb, with its particle where that has a row of its own ("rule out")."""
    table, lemma = lexicon.verbs(), tree.lemma[token]
    for particle in tree.kids(token, "prt"):
        if f"{lemma} {tree.text[particle].lower()}" in table:
            return table[f"{lemma} {tree.text[particle].lower()}"]
    return table.get(lemma)
