"""Verbs as cues: active, passive, and "citing X"."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.detect import lexicon
from sayso.detect.attribution import sources
from sayso.detect.attribution.complements import complement
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree
from sayso.detect.lexicon import Cue
from sayso.records import Manner, Stance

# What "I" and "you" want, support or call somebody is talk, not sourcing; nor is it without a source.
CLAUSAL = frozenset({"clause", "parenthetical", "speech"})
CITING = frozenset({"cite", "quote"})
NOBODY = frozenset({"no", "none", "nobody", "neither"})
THINGS = frozenset({"which", "that"})  # "an assault that threatened to ...": no one's threat
PREPOSITIONS = frozenset({"of", "as", "for", "with"})


def verb(tree: Tree, token: int, row: Cue) -> Iterator[Find]:
    """A reporting verb with the complement that its row allows."""
    teller = _teller(tree, token)
    if teller is not None:
        yield citing(tree, token, teller)
    elif tree.passive(token) or _reduced(tree, token, row):
        yield from passive(tree, token, row)
    else:
        yield from _active(tree, token, row)


def _active(tree: Tree, token: int, row: Cue) -> Iterator[Find]:
    content, rule = complement(tree, token, row)
    found = _make(tree, token, row, rule)
    found.content = content - found.source - found.cue
    found.speech = "q" in row.frames
    _responsibility(tree, found)
    if (found.content or found.speech) and (rule in CLAUSAL or _third_person(tree, found)):
        yield found


def passive(tree: Tree, token: int, row: Cue) -> Iterator[Find]:
    """ "was accused of", "is believed to", "it is said that", "was described by observers as"."""
    agent = tree.kid(token, "agent")
    if agent is None and "s" not in row.frames and not tree.kids(token, "ccomp"):
        return
    stray = _as_of_agent(tree, agent)
    parts = tree.kids(token, "xcomp", "ccomp", "oprd") + stray
    parts += [k for k in tree.kids(token, "prep") if tree.text[k].lower() in PREPOSITIONS and k > token]
    subject = tree.kid(token, "nsubjpass", "csubjpass") or (tree.kid(token, "nsubj") if agent is None else None)
    if not parts and (agent is None or subject is None):
        return
    found = _make(tree, token, row, "passive")
    found.sources = [who - tree.subtrees(stray) for who in found.sources] if agent is not None else []
    found.content = (tree.subtrees(parts) | _undergoer(tree, token, subject)) - found.cue - found.source
    if found.content:
        yield found


def _undergoer(tree: Tree, token: int, subject: int | None) -> set[int]:
    """Of whom a passive says it: its subject, the noun it hangs on, or the subject it shares."""
    if subject is not None:
        return set() if tree.text[subject].lower() == "it" else tree.subtree(subject)
    if tree.dep[token] == "acl":
        return sources.phrase(tree, tree.head[token], token)
    shared = tree.kid(tree.head[token], "nsubjpass", "nsubj") if tree.dep[token] == "conj" else None
    return tree.subtree(shared) if shared is not None else set()


def citing(tree: Tree, token: int, teller: int) -> Find:
    """ "Citing the ministry, state TV said ...": what the outlet says is the ministry's word."""
    who = sources.split(tree, tree.subtrees(tree.kids(token, "dobj")))
    content = tree.subtrees(tree.kids(teller, "ccomp"))
    return Find(token, "citing", Manner.SAID, Stance.NEUTRAL, {token}, who, content, under=teller)


def _teller(tree: Tree, token: int) -> int | None:
    """The reporting verb with a clause that a "citing X" stands beside, None where there is none."""
    if tree.lemma[token] not in CITING or tree.tag[token] != "VBG" or not tree.kids(token, "dobj"):
        return None
    teller = tree.head[token]
    if tree.dep[token] in ("acl", "advcl") and tree.dep[teller] == "nsubj":  # "TNS, quoting two officials, said ..."
        teller = tree.head[teller]
    return teller if tree.lemma[teller] in lexicon.verbs() and tree.kids(teller, "ccomp") else None


def _make(tree: Tree, token: int, row: Cue, rule: str) -> Find:
    false = {k for k in tree.children[token] if tree.lemma[k] in lexicon.words("rejecting")}
    found = Find(
        token,
        rule,
        row.manner,
        Stance.REJECTS if false else row.stance,
        cue={token, *tree.kids(token, "aux", "auxpass", "neg", "prt")} | false,
        sources=sources.split(tree, sources.of_verb(tree, token)),
        content=set(),
        negated=bool(tree.kids(token, "neg")),
    )
    found.negated |= any(tree.text[min(who)].lower() in NOBODY for who in found.sources)
    whom = tree.kid(token, "dobj", "dative", "iobj", "nsubjpass") if "a" in row.frames else None
    if whom is not None and tree.kid(whom, "aux") is None:
        found.addressee = tree.subtree(whom)
    return found


def _responsibility(tree: Tree, found: Find) -> None:
    """ "claimed responsibility for the raid", "claimed the attack"."""
    deed = any(tree.lemma[k] in lexicon.words("deed") for k in tree.kids(found.head, "dobj"))
    if deed and found.rule == "noun_phrase" and found.manner is Manner.CLAIMED:
        found.manner = Manner.CLAIMED_RESPONSIBILITY


def _third_person(tree: Tree, found: Find) -> bool:
    """Whether somebody else than speaker and hearer is named, and not only "which" or "that"."""
    words = {tree.text[t].lower() for t in found.source}
    return bool(words) and not words & lexicon.terms("speaker") and not words <= THINGS


def _reduced(tree: Tree, token: int, row: Cue) -> bool:
    """ "the virus - believed to have been built there": a verb that takes no infinitive of its own is passive."""
    bare = "s" in row.frames and "x" not in row.frames and tree.tag[token] in ("VBN", "VBD")
    return bare and bool(tree.kids(token, "xcomp")) and not tree.kids(token, "ccomp", "dobj")


def _as_of_agent(tree: Tree, agent: int | None) -> list[int]:
    """The "as orderly" that the parser hangs on the agent in "described by observers as orderly"."""
    who = tree.kid(agent, "pobj") if agent is not None else None
    return [] if who is None else [k for k in tree.kids(who, "prep") if tree.text[k].lower() == "as"]
