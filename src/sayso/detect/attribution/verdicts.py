"""The writer's word on what was said: "And that was true." endorses, "The claim is false" rejects."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.detect import lexicon
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree
from sayso.records import Stance

POINTING = frozenset({"that", "this", "it", "which", "he", "she", "they", "not"})  # "Not so."
AUXILIARY = frozenset({"be", "have", "do", "can", "could", "will", "would", "should", "may", "might"})
GIVING = frozenset({"offer", "give", "provide", "present", "produce", "supply", "cite", "name"})
SO = frozenset({"so", "true", "right"})  # behind "not", alone in a sentence
SHORT = 9  # tokens of a sentence that only passes judgement


def verdicts(tree: Tree, finds: list[Find]) -> None:
    """Set the stance of a Find on which the writer passes judgement.

    Beside the cue ("rightly said", "so-called experts say", "the baseless claim that", "claims without evidence"); by a
    predicate over a cue noun ("His claim was false"), also of the sentence before ("The statement turned out false");
    in a relative clause ("which was untrue"); or in a short sentence behind it that is nothing else ("Not so.") or
    whose subject points back ("That was true.", "He was right.", "They had not.", "They had.", "He offered no proof.").
    """
    for found in finds:
        _beside(tree, found)
    heads = {token: found for found in finds for token in (*found.cue, found.head)}
    by_sentence: dict[int, Find] = {}
    for found in sorted(finds, key=lambda f: (-len(f.content), f.head)):  # "that" is the whole of what was said
        by_sentence.setdefault(tree.parse.sent[found.head], found)
    for token, stance, note in (*_predicates(tree), *_denials(tree), *_unproved(tree)):
        target = _judged(tree, token, heads, by_sentence)
        if target is not None:
            target.stance, target.note = stance, note
            if tree.parse.sent[token] > tree.parse.sent[target.head]:  # the judgement is no part of what is judged
                target.content -= set(range(*tree.sentence(token)))


def _beside(tree: Tree, found: Find) -> None:
    around = {tree.text[k].lower() for k in tree.children[found.head]}
    source = {tree.text[t].lower() for t in found.source} | ({"so-called"} if _so_called(tree, found) else set())
    if around & lexicon.words("endorsing").keys():
        found.stance = Stance.ENDORSES
    elif around & lexicon.words("rejecting").keys():
        found.stance = Stance.REJECTS
    elif tree.pos[found.head] == "NOUN" and (held := around & lexicon.words("baseless").keys()):
        found.stance = lexicon.words("baseless")[min(held)].stance
    elif (lacking := next(_without(tree, found.head), None)) is not None:
        found.stance = lexicon.words("proof")[lacking].stance
    elif source & lexicon.words("distancing").keys():
        found.stance = Stance.DISTANCES


def _predicates(tree: Tree) -> Iterator[tuple[int, Stance, str]]:
    """Subjects of "was true", "is a lie", "was right", "so it was", with the stance they bring."""
    words = lexicon.words("verdict")
    for token, lemma in enumerate(tree.lemma):
        if lemma in words and tree.dep[token] in ("acomp", "attr"):
            verb = tree.head[token]
            subject = tree.kid(verb, "nsubj")
            if subject is not None:
                denied = bool(tree.kids(verb, "neg"))
                stance = _turned(words[lemma].stance) if denied else words[lemma].stance
                yield subject, stance, f"the writer adds that it was {'not ' * denied}{tree.text[token]}"
        elif lemma in words and tree.dep[token] == "appos" and words[lemma].stance is Stance.REJECTS:
            yield token, Stance.REJECTS, f"the writer calls it {tree.text[token]}"
        elif tree.text[token].lower() == "so" and tree.lemma[tree.head[token]] == "be" and _short(tree, token):
            subject = tree.kid(tree.head[token], "nsubj")
            if subject is not None:
                yield subject, Stance.ENDORSES, "the writer adds that so it was"


def _without(tree: Tree, cue: int) -> Iterator[str]:
    """ "claimed without evidence", "without offering proof": what is lacking."""
    for place in (k for k in tree.kids(cue, "prep") if tree.text[k].lower() == "without"):
        giving = tree.kids(place, "pcomp")
        for thing in tree.kids(place, "pobj") + [k for verb in giving for k in tree.kids(verb, "dobj")]:
            if tree.lemma[thing] in lexicon.words("proof"):
                yield tree.lemma[thing]


def _denials(tree: Tree) -> Iterator[tuple[int, Stance, str]]:
    """ "They had not.", "It did not:": a pronoun, an auxiliary and "not" alone; "They had."; "Not so."."""
    for first, after in tree.parse.sentences:
        words = [t for t in range(first, after) if tree.pos[t] != "PUNCT"]
        if len(words) == 2 and tree.text[first].lower() == "not" and tree.text[words[1]].lower() in SO:
            yield first, Stance.REJECTS, "the writer adds that it was not so"
        denies = words[1:2] == [first + 1] and tree.pos[first] == "PRON" and tree.lemma[first + 1] in AUXILIARY
        if denies and words == [first, first + 1]:
            yield first, Stance.ENDORSES, "the writer adds that it was so"
        elif denies and tree.dep[words[2]] == "neg" and (after - first == 3 or tree.pos[first + 3] == "PUNCT"):
            yield first, Stance.REJECTS, "the writer adds that it was not so"


def _unproved(tree: Tree) -> Iterator[tuple[int, Stance, str]]:
    """ "He offered no proof."."""
    for token, lemma in enumerate(tree.lemma):
        verb = tree.head[token]
        if lemma in lexicon.words("proof") and tree.dep[token] == "dobj" and tree.lemma[verb] in GIVING:
            subject = tree.kid(verb, "nsubj")
            if subject is not None and any(tree.text[k].lower() == "no" for k in tree.children[token]):
                yield subject, Stance.DISTANCES, "the writer adds that no proof was given"


def _judged(tree: Tree, subject: int, heads: dict[int, Find], by_sentence: dict[int, Find]) -> Find | None:
    """The Find that a subject stands for: a cue noun itself, or the outermost one of the sentence it points back to."""
    if subject in heads:
        return heads[subject]
    sent, word = tree.parse.sent[subject], tree.text[subject].lower()
    if word == "which" or tree.dep[subject] == "appos":
        return by_sentence.get(sent)
    noun = tree.lemma[subject] in lexicon.words("noun") and bool(tree.kids(subject, "det", "poss"))
    if (noun or (word in POINTING and _short(tree, subject))) and sent > 0 and _goes_on(tree, subject):
        return by_sentence.get(sent - 1)
    return None


def _short(tree: Tree, token: int) -> bool:
    """Whether the sentence, or what stands of it before a colon or semicolon, is short and goes on a paragraph."""
    first, after = tree.sentence(token)
    end = next((t for t in range(token, after) if tree.text[t] in (":", ";")), after)
    return end - first <= SHORT and _goes_on(tree, token)


def _goes_on(tree: Tree, token: int) -> bool:
    """Whether the sentence is not the first of its paragraph."""
    first, _ = tree.sentence(token)
    return first == 0 or tree.parse.part[first] == tree.parse.part[first - 1]


def _so_called(tree: Tree, found: Find) -> bool:
    """The tokenizer cuts "so-called" in three."""
    who = sorted(found.source)
    return any(
        tree.text[t].lower() == "so" and tree.text[t + 2].lower() == "called" for t in who if t + 2 in found.source
    )


def _turned(stance: Stance) -> Stance:
    return Stance.REJECTS if stance is Stance.ENDORSES else Stance.ENDORSES
