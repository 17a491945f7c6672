"""The article's own voice: what a sentence asserts outside what it attributes."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.case import Page
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.speech import Piece
from sayso.detect.attribution.tree import Tree
from sayso.records import PartKind

VOICED = frozenset({PartKind.HEADLINE, PartKind.BODY, PartKind.CAPTION, PartKind.LIST})
LOOSE = frozenset({"punct", "cc", "advmod", "mark", "prep", "npadvmod", "preconj"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def own_voice(page: Page, tree: Tree, finds: list[Find], quoted: list[Piece]) -> Iterator[set[int]]:
    """The tokens of each own-voice statement: one a sentence, less contents, sources and cues of others.

    A remainder counts where it has a finite verb of its own; what is left of "X said on Tuesday" has none.
    Speech in quotation marks that nobody is found for is nobody's own voice. Example: "The army said it
    had won, but the road stayed shut" leaves "but the road stayed shut". Blind spot: a headline without a
    verb asserts nothing here.
    """
    other = set().union(*(f.content | f.source | f.cue | f.addressee | f.medium for f in finds)) if finds else set()
    for piece in quoted:
        if piece.long and piece.opens:
            other |= piece.tokens
    cues = {f.head for f in finds}
    for first, after in tree.parse.sentences:
        if page.document.parts[tree.parse.part[first]].kind not in VOICED:
            continue
        if tree.text[first] == "(" and tree.text[after - 1] in (")", "."):
            continue  # a credit, or an aside without a sentence around it
        rest = {t for t in range(first, after) if t not in other}
        rest -= {t for t in rest if _hangs(tree, t, cues) or (tree.dep[t] == "case" and tree.head[t] in other)}
        if any(_asserts(tree, t, rest) for t in rest):
            yield rest


def _hangs(tree: Tree, token: int, cues: set[int]) -> bool:
    """Loose ends of a cue: its adverbs, commas, conjunctions, and the times and places of the saying."""
    for up in (token, *tree.above(token)):
        if up in cues or tree.pos[up] in ("VERB", "AUX"):
            return False
        if tree.head[up] in cues:
            return tree.dep[up] in LOOSE
    return False


def _asserts(tree: Tree, token: int, rest: set[int]) -> bool:
    if tree.pos[token] not in ("VERB", "AUX") or tree.dep[token] in ("aux", "auxpass"):
        return False
    finite = tree.tag[token] in FINITE or any(
        tree.tag[k] in FINITE and tree.dep[k] in ("aux", "auxpass") for k in tree.children[token]
    )
    subject = any(tree.dep[k] in ("nsubj", "nsubjpass", "expl", "csubj") for k in tree.children[token])
    shared = tree.dep[token] in ("conj", "ROOT")
    return (finite or tree.dep[token] == "ROOT") and (subject or shared)
