"""How a content is put: imagined, on a condition, by a modal word, ahead or as a fact; and if it denies or asks."""

from __future__ import annotations

from sayso.detect import lexicon
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree
from sayso.records import Manner, Modality, Polarity

# What a content without a finite verb follows: what is ordered is required, what is promised lies ahead.
FOLLOWS = {
    Manner.ORDERED: Modality.REQUIRED,
    Manner.ASKED: Modality.REQUIRED,
    Manner.RECOMMENDED: Modality.RECOMMENDED,
    Manner.WARNED: Modality.RECOMMENDED,
    Manner.PROMISED: Modality.PLANNED,
    Manner.THREATENED: Modality.PLANNED,
    Manner.OFFERED: Modality.PLANNED,
    Manner.PREDICTED: Modality.PLANNED,
}
PRESENT = frozenset({"VBZ", "VBP"})
BARE = frozenset({"VB", "VBG", "NN", "NNS"})
PAST = frozenset({"had", "were"})
SHUT = frozenset({Manner.DENIED, Manner.CRITICISED, Manner.ACCUSED, Manner.PRAISED})


def modality(tree: Tree, tokens: set[int], found: Find | None = None) -> Modality:
    """The modality of the first main clause of a content, tried in the order of docs/gold-guide.md.

    Imagined against the facts ("would have"), on an open condition ("if it rains"), the modal word or its
    like, what lies ahead; a content without a finite verb follows its cue. Example: "(said) it would close"
    is planned, seen from the past. Blind spot: "could" of power and of chance, told apart only by "not".
    """
    clause = _Clause(tree, tokens, found)
    for test in (clause.hypothetical, clause.conditional, clause.modal, clause.like_modal, clause.bare):
        answer = test()
        if answer is not None:
            return answer
    return Modality.ASSERTED


def polarity(tree: Tree, tokens: set[int], found: Find | None = None) -> Polarity:
    """Question, else negative where the main verb, its subject or object is negated, else positive."""
    clause = _Clause(tree, tokens, found)
    if clause.asks():
        return Polarity.QUESTION
    denied = clause.negated() or (found is not None and found.negated)
    return Polarity.NEGATIVE if denied else Polarity.POSITIVE


class _Clause:
    """The main verb of a content with what stands around it."""

    def __init__(self, tree: Tree, tokens: set[int], found: Find | None) -> None:
        self.tree, self.tokens, self.found = tree, tokens, found
        self.top = _top(tree, tokens)
        self.near = [k for k in tree.children[self.top] if k in tokens]
        self.aux = {tree.text[k].lower() for k in self.near if tree.dep[k] in ("aux", "auxpass")}
        self.conditions = self._conditions()

    def hypothetical(self) -> Modality | None:
        """ "would have sunk", "if I were king", "had they called", "imagine a country"."""
        would = bool(self.aux & {"would", "'d", "’d"})
        against = any(self._unreal(k) for k in self.conditions) or self._inverted()
        counter = any(self.tree.lemma[t] in _kind("counter") for t in self.tokens)
        plain = would and not self.conditions and (self.found is None or self._told_now())
        if (would and ("have" in self.aux or counter)) or against or plain or self._imagine():
            return Modality.HYPOTHETICAL
        return None

    def conditional(self) -> Modality | None:
        """ "it closes if it rains", "provided that", "as long as"."""
        return Modality.CONDITIONAL if self.conditions else None

    def modal(self) -> Modality | None:
        """The auxiliary: "may", "must", "will"; "could not" is a lack of power."""
        if "could" in self.aux and self.negated() and "have" not in self.aux:
            return Modality.CAPABLE
        values = lexicon.modality("modal")
        return next((Modality(values[word]) for word in sorted(self.aux) if word in values), None)

    def like_modal(self) -> Modality | None:
        """ "had better", "has to", "is unable", "there was a chance", "is to move", "plans to"."""
        tree, top = self.tree, self.top
        lemma = {tree.lemma[k] for k in self.near} | {tree.text[k].lower() for k in self.near} | {tree.lemma[top]}
        lemma |= {tree.text[top].lower()}
        objects = {tree.lemma[t] for k in self.near if tree.dep[k] in ("dobj", "attr", "prep") for t in tree.subtree(k)}
        to = any(_to(tree, k) for k in tree.kids(top, "xcomp", "ccomp", "acomp"))
        if tree.lemma[top] in ("seem", "appear") or lemma & _kind("hedge") or objects & {"likelihood"}:
            return Modality.POSSIBLE
        if ("better" in lemma and ({"had", "'d", "’d"} & (lemma | self.aux))) or tree.lemma[top] == "ought":
            return Modality.RECOMMENDED
        if (tree.lemma[top] in ("need", "have") and to) or (lemma & _kind("bound") and to):
            return Modality.REQUIRED
        if lemma & {"able", "capable", "unable"} or (to and lemma & _kind("able")) or self._means_to():
            return Modality.CAPABLE
        if (lemma | objects) & _kind("open") and tree.lemma[top] in ("be", "exist", "remain"):
            return Modality.POSSIBLE
        ahead = (
            (tree.lemma[top] == "be" and to) or (tree.lemma[top] == "go" and to) or bool(lemma & _kind("plan") and to)
        )
        return Modality.PLANNED if ahead or (to and lemma & _kind("due")) or self._is_to() else None

    def bare(self) -> Modality | None:
        """A content without a finite verb follows its cue; in the own voice a bare verb recommends."""
        tree, top = self.tree, self.top
        subjunctive = (tree.tag[top] == "VB" and not self.aux) or "be" in self.aux
        if self.found is None:
            headless = tree.tag[top] == "VB" and tree.head[top] == top and not _to(tree, top) and not self._subject()
            return Modality.RECOMMENDED if headless else None
        if _to(tree, top) or subjunctive or (tree.tag[top] in BARE and self.found.manner not in SHUT):
            return FOLLOWS.get(self.found.manner)
        return None

    def negated(self) -> bool:
        """ "no ship", "did not", "no longer", "for not wearing gloves"."""
        tree = self.tree
        near = [*self.near]
        for k in self.near:
            if tree.dep[k] in ("nsubj", "nsubjpass", "dobj", "attr", "advmod", "expl"):
                near += [d for d in tree.children[k] if tree.dep[d] in ("det", "neg", "advmod")]
            if tree.dep[k] == "prep" and tree.pos[self.top] not in ("VERB", "AUX"):
                near += [n for verb in tree.kids(k, "pcomp") for n in tree.kids(verb, "neg")]
        return any(tree.text[t].lower() in _kind("negative") for t in (self.top, *near))

    def asks(self) -> bool:
        """A question mark at the end, or "whether" and its like after a verb of asking."""
        tree = self.tree
        last = next((t for t in sorted(self.tokens, reverse=True) if tree.tag[t] not in ("''", "``")), self.top)
        if any(tree.text[t] == "?" for t in range(last, min(last + 2, len(tree.text)))):
            return True
        asked = self.found is not None and self.found.manner is Manner.ASKED
        return (
            asked
            and tree.tag[self.top] != "VB"
            and any(
                tree.tag[t].startswith("W") or tree.text[t].lower() in ("whether", "if")
                for k in self.near
                for t in (k, *tree.children[k])
            )
        )

    def _conditions(self) -> list[int]:
        """The clauses and phrases that the content depends on: "if ...", "provided that ...", "as long as ..."."""
        tree = self.tree
        heads = {self.top} if self.found is None else {self.top, self.found.head}
        out = []
        for k in (k for h in heads for k in tree.children[h] if tree.dep[k] in ("advcl", "prep", "advmod", "dep")):
            words = [tree.text[t].lower() for t in sorted(tree.subtree(k))[:6]]
            opened = words[:1] and (
                words[0] in _kind("condition") or words[:3] in (["as", "long", "as"], ["only", "if"])
            )
            if opened or words[:2] == ["on", "condition"] or (words[:2] == ["only", "if"]):
                out.append(k)
        return out

    def _unreal(self, clause: int) -> bool:
        """ "if it had rained", "if I were"."""
        tree = self.tree
        aux = {tree.text[k].lower() for k in tree.kids(clause, "aux", "auxpass")}
        perfect = "had" in aux and tree.tag[clause] == "VBN"
        subject = tree.kid(clause, "nsubj", "nsubjpass")
        singular = (
            subject is not None
            and tree.tag[subject] in ("PRP", "NN", "NNP")
            and tree.text[subject].lower() not in ("they", "we", "you")
        )
        return perfect or (singular and ("were" in aux or tree.text[clause].lower() == "were"))

    def _inverted(self) -> bool:
        """ "Had they called us, ...", "Were the glacier to melt, ..."."""
        tree = self.tree
        words = [t for t in sorted(self.tokens) if tree.pos[t] != "PUNCT"]
        return (
            bool(words)
            and tree.text[words[0]].lower() in PAST
            and tree.text[words[0]][0].isupper()
            and bool(self.aux & {"would", "could", "might"})
        )

    def _imagine(self) -> bool:
        tree = self.tree
        return tree.lemma[self.top] in ("imagine", "suppose") and tree.tag[self.top] == "VB" and not self._subject()

    def _is_to(self) -> bool:
        """ "the camp is to be cleared": a form of "be" beside the infinitive's own auxiliaries."""
        tree = self.tree
        finite = any(
            tree.tag[k] in (*PRESENT, "VBD") and tree.lemma[k] == "be" and tree.dep[k] == "aux" for k in self.near
        )
        return finite and _to(tree, self.top)

    def _means_to(self) -> bool:
        """ "has the means to stop every train"."""
        able = [t for k in self.near if self.tree.dep[k] == "dobj" for t in (k,) if self.tree.lemma[t] in _kind("able")]
        return any(_to(self.tree, verb) for t in able for verb in self.tree.children[t])

    def _told_now(self) -> bool:
        head = self.found.head if self.found is not None else self.top
        return self.tree.tag[head] in PRESENT

    def _subject(self) -> bool:
        return any(self.tree.dep[k] in ("nsubj", "nsubjpass", "expl", "aux") for k in self.near)


def _top(tree: Tree, tokens: set[int]) -> int:
    """The token a content hangs on: a verb that no other content token governs, else the first such token."""
    tops = [t for t in sorted(tokens) if tree.head[t] not in tokens or tree.head[t] == t]
    verbs = [t for t in tops if tree.pos[t] in ("VERB", "AUX")]
    return (verbs or [t for t in tops if tree.pos[t] != "PUNCT"] or tops)[0]


def _to(tree: Tree, token: int) -> bool:
    return any(tree.text[k].lower() == "to" and tree.dep[k] == "aux" for k in tree.children[token])


def _kind(kind: str) -> frozenset[str]:
    return frozenset(lexicon.modality(kind))
