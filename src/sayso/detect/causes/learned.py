"""Links of the learned head: sentence by sentence, from the states of the pass that the attributions were made in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sayso.case import Page
from sayso.detect.causes.cues import hits
from sayso.detect.causes.found import Found, shared, touch
from sayso.detect.causes.rules import links as links_of
from sayso.detect.causes.states import Reader
from sayso.detect.causes.walk import bare
from sayso.records import CausalKind
from sayso.tagger.links import LinkHead, best

# Scores given to links with an explicit cue: set, not fitted, so that those that head and cue agree on, causal verbs
# and blame are shown without asking (together .68 right on dev) and other cues by themselves are not.
AGREED, ALONE = 0.65, 0.3
NEAR = 0.34  # of the words of both readings of a side that they share at least, where rule and head agree


def links(page: Page, head: LinkHead, ruled: Iterable[Found] = ()) -> Iterator[Found]:
    """The links of the head, sentence by sentence, and those of the rules' explicit cues.

    The cues of `ruled` are anchors for the head too. Where its cause and effect are near the rule's, the words are the
    head's; where they are not, the rule stands, and links that read the cue or its sides otherwise do not.
    """
    by_sentence: dict[int, list[Found]] = {}
    for rule in ruled:
        by_sentence.setdefault(page.parse.sent[rule.signal[0]], []).append(rule)
    reader = Reader(page)
    for number, (first, after) in enumerate(reader.places):
        rules = by_sentence.get(number, [])
        given = {reader.piece(rule, first, after): rule for rule in rules}
        _, candidates = head.candidates(reader.states[first:after], reader.pieces.word[first:after], sorted(given))
        found = {link.anchor: one for link in candidates if (one := reader.found(first, link)) is not None}
        kept = [found[link.anchor] for link in best(candidates, head.how.least) if link.anchor in found]
        sure = [_agreed(found.get(anchor), rule) for anchor, rule in given.items()]
        yield from sure
        rest = (one for one in kept if not any(_against(one, rule) for rule in (*sure, *rules)))
        yield from (one for one in rest if not (bare(page.parse, one.cause) or bare(page.parse, one.effect)))


def causal(page: Page) -> bool | None:
    """Whether a sentence of the page tells of cause and effect, linked or not; None without the learned head."""
    tagger = page.tagger
    if tagger is None or tagger.links is None:
        return None
    reader, head, cues = Reader(page), tagger.links, dict[int, float]()
    for rule in links_of(page.parse, hits(page.parse)):
        number = page.parse.sent[rule.signal[0]]
        cues[number] = max(rule.score, cues.get(number, 0.0))
    read = (head.candidates(reader.states[a:b], reader.pieces.word[a:b]) for a, b in reader.places)
    chances = (head.causal(odds, found, cues.get(number, 0.0)) for number, (odds, found) in enumerate(read))
    return any(chance >= head.how.causal for chance in chances)


def _agreed(one: Found | None, rule: Found) -> Found:
    """The rule's link in the head's words where both mean the same sides.

    Blame is the rule's alone: the corpus that taught the head takes the deed for the cause and the blaming for its
    effect, where we want who is blamed, and for what.
    """
    if rule.cue is not None and rule.cue.form in ("blame", "lay"):
        return replace(rule, score=AGREED if rule.cue.kind is CausalKind.BLAMED_FOR else ALONE)
    if one is None or shared(one.cause, rule.cause) < NEAR or shared(one.effect, rule.effect) < NEAR:
        verbal = rule.cue is not None and rule.cue.form in ("verb", "push")
        return replace(rule, score=AGREED if verbal else ALONE)
    return replace(one, signal=one.signal or rule.signal, cue=rule.cue, score=max(one.score, AGREED))


def _against(one: Found, rule: Found) -> bool:
    """Whether a link reads the words of an explicit one otherwise.

    Its signal, cause and effect turned round, or, where somebody is led to do something, who does it and what as a
    link of their own.
    """
    turned = touch(one.cause, rule.effect) and touch(one.effect, rule.cause)
    plain = one.cue is None or one.cue.form == "name"
    pushed = rule.cue is not None and rule.cue.form in ("push", "blame", "lay")
    within = plain and pushed and touch(one.cause, rule.effect) and (touch(one.effect, rule.effect))
    return turned or within or bool(set(one.signal) & set(rule.signal))
