"""Finds of the learned tagger: its runs as tokens of the parse, and how they meet the Finds of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.case import Page
from sayso.detect import lexicon
from sayso.detect.attribution.decode import Runs, Tagged
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.pieces import Pieces
from sayso.detect.attribution.sources import split
from sayso.detect.attribution.tagger import GUIDELINES, Tagger
from sayso.detect.attribution.tree import Tree
from sayso.nlp import PROSE
from sayso.records import Manner, Quotation, Stance
from sayso.text import Tokens

KINDS = ("noun", "deverbal", "adverb", "adjective")  # of reporting words, as in data/reporting_words.tsv


def finds(tree: Tree, page: Page, model: Tagger) -> list[Find]:
    """The attributions of a page by the tagger, in text order, each with its score.

    The outermost ones come from the head that was taught them; inside their contents, the head that was
    taught clauses and nesting adds more. Manner and stance are looked up by the cue's words. The parse only
    gives token borders and the cue's head. Empty where the page has no prose.
    """
    found = _by_guideline(tree, page, model, GUIDELINES)
    return sorted([*found["outer"], *nested(found["outer"], found["clausal"])], key=lambda f: f.head)


def single(tree: Tree, page: Page, model: Tagger, guideline: str) -> list[Find]:
    """The attributions by one guideline alone, nested ones as it knows them: to measure against its corpus."""
    return _by_guideline(tree, page, model, [guideline])[guideline]


def nested(outer: list[Find], inner: Iterable[Find]) -> list[Find]:
    """Those of `inner` whose cue stands in a content of `outer` and that `outer` does not have already."""
    known = set().union(*(f.cue for f in outer)) if outer else set()
    return [f for f in inner if not f.cue & known and any(f.head in o.content and f.content < o.content for o in outer)]


def merge(tagged: list[Find], ruled: list[Find]) -> list[Find]:
    """The tagger's Finds with what only the rules know: manner, stance, negation, addressee, medium.

    Of the rules' own Finds those nested in a content of the tagger's are kept.
    """
    for found in tagged:
        same = next((r for r in ruled if r.cue & found.cue), None)
        if same is not None:
            found.manner, found.stance, found.negated, found.head = same.manner, same.stance, same.negated, same.head
            found.addressee, found.relay, found.medium, found.said = same.addressee, same.relay, same.medium, same.said
            found.speech, found.note = same.speech, same.note
    return sorted([*tagged, *nested(tagged, ruled)], key=lambda f: f.head)


def _by_guideline(tree: Tree, page: Page, model: Tagger, guidelines: Sequence[str]) -> dict[str, list[Find]]:
    prose = [(p.span.start, p.span.end) for p in page.document.parts if p.kind in PROSE]
    quoted = [(q.span.start, q.span.end) for q in page.of(Quotation)]
    pieces = model.cut(page.document.text, prose, quoted)
    places, out = _Places(tree, pieces), {}
    for guideline, tagged in model.tag(pieces, guidelines).items():
        made = (places.find(t, f"tagger_{guideline}") for t in tagged)
        out[guideline] = sorted((f for f in made if f is not None), key=lambda f: f.head)
    return out


class _Places:
    """Word pieces as tokens of the parse."""

    def __init__(self, tree: Tree, pieces: Pieces) -> None:
        self.tree, self.pieces = tree, pieces
        self.tokens = Tokens(tree.parse.start, tree.parse.end)

    def find(self, tagged: Tagged, rule: str) -> Find | None:
        """A Find, or None where no word is left of the cue or the content."""
        cue, source, content = (self._words(runs) for runs in (tagged.cue, tagged.source, tagged.content))
        content -= cue | source
        cue = cue or self._words(((tagged.anchor, tagged.anchor + 1),))
        if not cue or not content:
            return None
        head = _head(self.tree, cue)
        manner, stance = _looked_up(self.tree, cue)
        return Find(
            head,
            rule,
            manner,
            stance,
            cue,
            split(self.tree, source - cue),
            content,
            negated=bool(self.tree.kids(head, "neg")),
            score=tagged.score,
        )

    def _words(self, runs: Runs) -> set[int]:
        """The tokens of the runs, loose punctuation at their ends left out."""
        out: set[int] = set()
        for first, after in runs:
            inside = self.tokens.within(self.pieces.start[first], self.pieces.end[after - 1])
            low, high = inside.start, inside.stop
            while low < high and self.tree.pos[low] == "PUNCT":
                low += 1
            while low < high and self.tree.pos[high - 1] == "PUNCT":
                high -= 1
            out.update(range(low, high))
        return out


def _head(tree: Tree, cue: set[int]) -> int:
    """The token a cue hangs on: a reporting word if it holds one, else the token that no other one governs."""
    listed = [t for t in sorted(cue) if tree.pos[t] == "VERB" and tree.lemma[t] in lexicon.verbs()]
    tops = [t for t in sorted(cue) if tree.head[t] not in cue or tree.head[t] == t]
    return (listed or tops)[0]


def _looked_up(tree: Tree, cue: set[int]) -> tuple[Manner, Stance]:
    for token in sorted(cue):
        entry = lexicon.verbs().get(tree.lemma[token]) if tree.pos[token] == "VERB" else None
        entry = entry or next((w for k in KINDS if (w := lexicon.words(k).get(tree.lemma[token])) is not None), None)
        if entry is not None:
            return entry.manner, entry.stance
    return Manner.SAID, Stance.NEUTRAL
