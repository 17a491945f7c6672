"""The manner of a saying where more than its word decides: who speaks, to whom, and what follows."""

from __future__ import annotations

from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree
from sayso.records import Manner, MentionKind, Stance

PAPERS = frozenset({MentionKind.DOCUMENT, MentionKind.POLL, MentionKind.MEDIUM})


def settle(tree: Tree, found: Find, kinds: set[MentionKind]) -> None:
    """Adjust the manner of a Find to its sources' kinds and its content.

    What an outlet says it reports; only papers show, people who find report; "told them to leave" orders; a
    quotation that ends in a question mark asks.
    """
    outlet = kinds == {MentionKind.MEDIUM} and found.rule not in ("colon", "transcript")
    finder = bool(kinds) and not kinds & PAPERS
    if (found.manner is Manner.SAID and outlet) or (found.manner is Manner.SHOWED and finder):
        found.manner = Manner.REPORTED
    elif found.manner is Manner.SAID and found.rule == "infinitive" and tree.lemma[found.head] == "tell":
        found.manner = Manner.ORDERED
    elif found.manner is Manner.SAID and found.content and _asks(tree, found):
        found.manner = Manner.ASKED
    if found.manner is Manner.CLAIMED_RESPONSIBILITY and found.stance is Stance.DISTANCES:
        found.stance = Stance.NEUTRAL  # what one claims to have done is one's own word by its nature


def _asks(tree: Tree, found: Find) -> bool:
    quoted = found.rule in ("speech_before", "speech_after", "transcript") or any(
        tree.tag[t] in ("``", "''") for t in found.content
    )
    words = [t for t in sorted(found.content) if tree.tag[t] not in ("``", "''")]
    return quoted and bool(words) and tree.text[words[-1]] == "?"
