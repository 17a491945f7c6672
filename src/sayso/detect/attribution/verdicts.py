"""The writer's word on what was said: "And that was true." endorses, "The claim is false" rejects."""

from __future__ import annotations

from sayso.detect import lexicon
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree
from sayso.records import Stance

POINTING = frozenset({"that", "this", "it", "which"})
SHORT = 8  # tokens of a sentence that only passes judgement


def verdicts(tree: Tree, finds: list[Find]) -> None:
    """Set the stance of a Find on which a later word passes judgement.

    Either a short sentence whose subject points back ("That was true.") to the last Find of the sentence
    before, or a predicate over a cue noun ("His claim that ... was false").
    """
    words = lexicon.words("verdict")
    for token, lemma in enumerate(tree.lemma):
        if lemma in words and tree.dep[token] in ("acomp", "attr"):
            subject = tree.kid(tree.head[token], "nsubj")
            found = _judged(tree, subject, finds) if subject is not None else None
            if found is not None:
                denied = bool(tree.kids(tree.head[token], "neg"))
                found.stance = _turned(words[lemma].stance) if denied else words[lemma].stance
                found.note = f"the writer adds that it was {'not ' * denied}{tree.text[token]}"


def _judged(tree: Tree, subject: int, finds: list[Find]) -> Find | None:
    named = next((f for f in finds if f.head == subject), None)
    first, after = tree.sentence(subject)
    if named is not None or tree.text[subject].lower() not in POINTING or after - first > SHORT or not first:
        return named
    before = [f for f in finds if tree.parse.sent[f.head] == tree.parse.sent[subject] - 1]
    return max(before, key=lambda f: f.head, default=None)


def _turned(stance: Stance) -> Stance:
    return Stance.REJECTS if stance is Stance.ENDORSES else Stance.ENDORSES
