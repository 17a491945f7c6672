"""How a content is put: its wording, modality and polarity, and its exact characters."""

from __future__ import annotations

from sayso.case import Page
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.speech import Piece, touched
from sayso.detect.attribution.tree import Tree
from sayso.records import Manner, Modality, Polarity, Span, Wording

MODAL = {
    "may": Modality.POSSIBLE,
    "might": Modality.POSSIBLE,
    "could": Modality.POSSIBLE,
    "should": Modality.RECOMMENDED,
    "ought": Modality.RECOMMENDED,
    "must": Modality.REQUIRED,
    "will": Modality.PLANNED,
    "wo": Modality.PLANNED,
    "'ll": Modality.PLANNED,
    "’ll": Modality.PLANNED,
    "shall": Modality.PLANNED,
    "would": Modality.HYPOTHETICAL,
    "can": Modality.CAPABLE,
    "ca": Modality.CAPABLE,
}
HEDGE = frozenset({"perhaps", "maybe", "possibly", "probably", "likely", "seemingly", "apparently", "presumably"})
CONCEIVABLE = frozenset({"possible", "likely", "conceivable", "probable"})
BARE = frozenset({"VB", "VBG", "NN", "NNS"})  # no finite verb: what is ordered, advised, promised
SEEM = frozenset({"seem", "appear"})
ABLE = frozenset({"able", "capable", "capacity", "ability"})
PLAN = frozenset({"plan", "intend", "aim"})
MANNER = {
    Manner.ORDERED: Modality.REQUIRED,
    Manner.RECOMMENDED: Modality.RECOMMENDED,
    Manner.PROMISED: Modality.PLANNED,
    Manner.THREATENED: Modality.PLANNED,
    Manner.OFFERED: Modality.PLANNED,
    Manner.PREDICTED: Modality.PLANNED,
    Manner.ASKED: Modality.REQUIRED,
}
NEGATIVE = frozenset({"no", "not", "n't", "n’t", "never", "none", "nothing", "nobody", "neither", "nor"})


def spans(page: Page, tree: Tree, tokens: set[int], quoted: list[Piece]) -> tuple[Span, ...]:
    """Content tokens as Spans: quotation marks go with the words they enclose, loose ends are trimmed."""
    if not tokens:
        return ()
    tokens = set(tokens)
    for piece in touched(quoted, tokens):
        tokens |= {
            mark
            for mark, inner in ((piece.first, piece.first + 1), (piece.after - 1, piece.after - 2))
            if inner in tokens and piece.first <= inner < piece.after
        }
    ranges = [(a, b) for a, b in tree.spans(tokens) if page.document.text[a:b].strip("\"'“”‘’«»`.,;:!?-–— ")]
    return tuple(Span(page.document.id, a, b) for a, b in ranges)


def wording(tokens: set[int], quoted: list[Piece], words: set[int]) -> Wording:
    """Direct where all words stand in quotation marks, mixed where some do."""
    inside = set().union(*(p.tokens for p in touched(quoted, tokens))) & tokens & words
    mine = tokens & words
    if mine and len(inside) >= 0.9 * len(mine):
        return Wording.DIRECT
    return Wording.MIXED if inside else Wording.INDIRECT


def head(tree: Tree, tokens: set[int]) -> int:
    """The token a content hangs on: a verb that no other content token governs, else the first such token."""
    tops = [t for t in sorted(tokens) if tree.head[t] not in tokens or tree.head[t] == t]
    verbs = [t for t in tops if tree.pos[t] in ("VERB", "AUX")]
    return (verbs or [t for t in tops if tree.pos[t] != "PUNCT"] or tops)[0]


def modality(tree: Tree, tokens: set[int], found: Find | None = None) -> Modality:
    """How the main verb of the content is put.

    A manner that orders, advises or promises decides for infinitives; "would" under a cue is the future
    seen from the past ("said it would close").
    """
    top = head(tree, tokens)
    manner = found.manner if found is not None else None
    near = {top, *(k for k in tree.children[top] if k in tokens)}
    low = {t: tree.text[t].lower() for t in near}
    auxiliaries = [MODAL[low[t]] for t in near if tree.dep[t] == "aux" and low[t] in MODAL]
    conditional = any(
        tree.dep[k] == "advcl"
        and tree.kid(k, "mark") is not None
        and tree.text[tree.kid(k, "mark") or 0].lower() in ("if", "unless")
        for k in near
        if k != top
    )
    if auxiliaries == [Modality.HYPOTHETICAL] and found is not None and not conditional:
        return Modality.PLANNED
    if Modality.HYPOTHETICAL in auxiliaries or (conditional and auxiliaries):
        return Modality.CONDITIONAL if conditional else Modality.HYPOTHETICAL
    if auxiliaries:
        return auxiliaries[0]
    if conditional:
        return Modality.CONDITIONAL
    if tree.lemma[top] in SEEM or any(low[t] in HEDGE for t in near):
        return Modality.POSSIBLE
    if tree.lemma[top] in ("need", "have") and any(_to(tree, k) for k in tree.kids(top, "xcomp")):
        return Modality.REQUIRED
    if tree.lemma[top] in PLAN and tree.kids(top, "xcomp"):
        return Modality.PLANNED
    if any(tree.lemma[t] in ABLE for t in near):
        return Modality.CAPABLE
    if tree.lemma[top] == "ought":
        return Modality.RECOMMENDED
    if any(tree.dep[k] == "acomp" and low[k] in CONCEIVABLE for k in near):
        return Modality.POSSIBLE
    if manner in MANNER and (_to(tree, top) or (tree.tag[top] in BARE and manner is not Manner.ASKED)):
        return MANNER[manner]
    return Modality.RECOMMENDED if found is None and _imperative(tree, top, near) else Modality.ASSERTED


def polarity(page: Page, tree: Tree, found: Find | None, tokens: set[int]) -> Polarity:
    """Question, else negative where the main verb or its subject is negated, else positive."""
    top = head(tree, tokens)
    last = max(tokens)
    asks = any(tree.text[t] == "?" for t in range(last, min(last + 3, len(tree.text))))
    embedded = found is not None and found.manner is Manner.ASKED and tree.tag[top] != "VB"
    if asks or (embedded and _wh(tree, top, tokens)):
        return Polarity.QUESTION
    near = [k for k in tree.children[top] if k in tokens]
    near += [
        k
        for subject in near
        if tree.dep[subject] in ("nsubj", "nsubjpass", "dobj", "attr", "advmod")  # "no ship", "no longer"
        for k in tree.children[subject]
        if tree.dep[k] in ("det", "neg", "advmod")
    ]
    negative = any(tree.text[k].lower() in NEGATIVE for k in (top, *near))
    return Polarity.NEGATIVE if negative or (found is not None and found.negated) else Polarity.POSITIVE


def _imperative(tree: Tree, top: int, near: set[int]) -> bool:
    """ "Count the sources.": a bare verb that heads its sentence without a subject."""
    bare = tree.tag[top] == "VB" and tree.head[top] == top and not _to(tree, top)
    return bare and not any(tree.dep[k] in ("nsubj", "nsubjpass", "expl", "aux") for k in near)


def _to(tree: Tree, token: int) -> bool:
    return any(tree.text[k].lower() == "to" and tree.dep[k] == "aux" for k in tree.children[token])


def _wh(tree: Tree, top: int, tokens: set[int]) -> bool:
    return any(
        tree.tag[t].startswith("W") or tree.text[t].lower() in ("whether", "if")
        for t in tree.children[top]
        if t in tokens
    )
