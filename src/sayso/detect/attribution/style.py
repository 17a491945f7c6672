"""How much a text reads as reporting, by the shares of kinds of words in it."""

from __future__ import annotations

import math
from collections import Counter

from sayso.case import Page
from sayso.detect import lexicon
from sayso.records import Quotation
from sayso.tagger.weighing import Style

# Words of common news that every text is given: a sentence or two tell little of their style.
GIVEN = 60
LIMIT = 4.0  # log odds: beyond that a style is plain, and more of it says no more
THIRD = frozenset({"he", "she", "his", "her", "him", "they", "their"})


def reporting(page: Page, style: Style) -> float:
    """The log odds, within LIMIT, that a text is news or comment on public affairs, not talk, tale or textbook.

    A logistic model over shares per 100 words, as logarithms: parts of speech and tenses, kinds of names, words of
    reporting, first and second person outside quotations, quoted words, sentences (Biber 1988 tells genres
    apart by such counts). It knows no topic and no outlet. Example: an interview's "I think you know" is talk. Blind
    spot: a reader's letter to an editor reads as talk.
    """
    words = len(page.parse)
    counts = kinds(page)
    shares = {k: (counts[k] + common * GIVEN) / (words + GIVEN) for k, common in style.common.items()}
    total = style.constant + sum(style.weights[k] * math.log1p(100 * share) for k, share in shares.items())
    return max(-LIMIT, min(LIMIT, total))


def kinds(page: Page) -> Counter[str]:
    """How many tokens a page has of each tag ("tag VBD"), entity label ("ent GPE") and kind of words."""
    parse, inside = page.parse, 0
    out = Counter(f"tag {tag}" for tag in parse.tag)
    out.update(f"ent {label}" for label in parse.ent if label)
    quoted = [(q.span.start, q.span.end) for q in page.of(Quotation)]
    told, own, third, n = lexicon.terms("reporting"), lexicon.terms("talking"), THIRD, len(quoted)
    for start, text in zip(parse.start, parse.text, strict=True):
        while inside < n and quoted[inside][1] <= start:
            inside += 1
        spoken = inside < n and quoted[inside][0] <= start
        low = text.lower()
        out["quoted"] += spoken
        out["told"] += low in told
        out["own"] += low in own and not spoken
        out["third"] += low in third
        out["question"] += low == "?"
    out["sentence"] = len(parse.sentences)
    return out
