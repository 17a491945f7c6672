"""The manner of a saying where more than its word decides: who speaks, to whom, and what follows."""

from __future__ import annotations

from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree
from sayso.records import Manner, MentionKind, Stance

PEOPLE = frozenset({MentionKind.PERSON, MentionKind.GROUP, MentionKind.ORGANISATION})

PAPERS = frozenset({MentionKind.DOCUMENT, MentionKind.POLL, MentionKind.UNKNOWN})
HINTS = frozenset({"suggest", "reveal", "indicate"})  # of papers: they show
TOLD = frozenset({Manner.SAID, Manner.SHOWED, Manner.REPORTED})


def settle(tree: Tree, found: Find, kinds: set[MentionKind]) -> None:
    """Adjust the manner of a Find to its sources' kinds and its content.

    What an outlet says it reports; only papers show, people who find report; "told them to leave" orders; a
    speaker of a transcript who ends in a question mark asks.
    """
    outlet = kinds == {MentionKind.MEDIUM} and found.rule not in ("colon", "transcript")
    finder = bool(kinds) and kinds <= PEOPLE
    if (found.manner is Manner.SAID and outlet) or (found.manner is Manner.SHOWED and finder):
        found.manner = Manner.REPORTED
    elif found.manner is Manner.SAID and found.rule == "infinitive" and tree.lemma[found.head] == "tell":
        found.manner = Manner.ORDERED
    elif found.manner is Manner.SAID and found.content and _asks(tree, found):
        found.manner = Manner.ASKED
    if _wanted_to_know(tree, found):
        found.manner, found.stance = Manner.ASKED, Stance.NEUTRAL
    if found.manner in TOLD and any(tree.lemma[t] == "leak" for t in found.source):
        found.manner = Manner.LEAKED
    elif tree.lemma[found.head] in HINTS and kinds and kinds <= PAPERS:
        found.manner = Manner.SHOWED
    elif found.rule == "preposition" and tree.lemma[found.head] == "call":
        found.manner = Manner.RECOMMENDED
    if found.manner is Manner.CLAIMED_RESPONSIBILITY and found.stance is Stance.DISTANCES:
        found.stance = Stance.NEUTRAL  # what one claims to have done is one's own word by its nature


def _wanted_to_know(tree: Tree, found: Find) -> bool:
    head = found.head
    return tree.lemma[head] == "know" and tree.dep[head] == "xcomp" and tree.lemma[tree.head[head]] == "want"


def _asks(tree: Tree, found: Find) -> bool:
    """A question in a transcript, where no verb tells how it was put."""
    return found.rule == "transcript" and tree.text[max(found.content)] == "?"
