"""Finds of the learned tagger: its runs as tokens of the parse, and how they meet the Finds of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.case import Page
from sayso.detect import lexicon
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.sources import split
from sayso.detect.attribution.tree import Tree
from sayso.nlp import PROSE
from sayso.records import Manner, Quotation, Stance
from sayso.tagger.decode import Runs, Tagged
from sayso.tagger.pieces import Pieces
from sayso.tagger.tagger import GUIDELINES, Tagger
from sayso.text import Tokens

# Constructions that are right four times in five without the tagger's word (PolNeAR train).
SURE = frozenset(
    {"clause", "according_to", "parenthetical", "citing", "transcript", "speech_before", "speech_after", "colon"}
)
SHORT = 150  # tokens: too few to tell reporting from talk
LEAST_TOLD, LEAST_PEOPLE, MOST_OWN = 0.002, 0.02, 0.02  # shares of words, see `reporting`
KINDS = ("noun", "deverbal", "adverb", "adjective")  # of reporting words, as in data/reporting_words.tsv


def finds(tree: Tree, page: Page, model: Tagger, *, news: bool) -> list[Find]:
    """The attributions of a page by the tagger, in text order, each with its score.

    In `news` (see `reporting`) the head that was taught news gives the outermost ones, phrases among them, and
    the head that was taught clauses and nesting adds more inside their contents; other texts have the clauses
    alone, since in talk and in textbooks "I support it" is no sourcing. Empty where the page has no prose.
    """
    if not news:
        return single(tree, page, model, "clausal")
    found = _by_guideline(tree, page, model, GUIDELINES)
    return sorted([*found["outer"], *nested(found["outer"], found["clausal"])], key=lambda f: f.head)


def reporting(page: Page) -> bool:
    """Whether a page reads as reporting, as all short ones do.

    It tells who said what when, or is about people, and hardly says "I" or "you".
    Of 1,000 words at least 2 of reporting (weekdays among them) or 20 of people's names, and at most 20 of
    first and second person outside quotations. So read 98 of 100 articles of PolNeAR train and 22 of 100 texts of
    GUM train that are no news, most of them lives of people.
    """
    parse, own, inside = page.parse, 0, 0
    if len(parse) < SHORT:
        return True
    quoted = [(q.span.start, q.span.end) for q in page.of(Quotation)]
    words = sum(text[:1].isalpha() for text in parse.text)
    for start, text in zip(parse.start, parse.text, strict=True):
        while inside < len(quoted) and quoted[inside][1] <= start:
            inside += 1
        own += text.lower() in lexicon.terms("talking") and not (inside < len(quoted) and quoted[inside][0] <= start)
    told = sum(text.lower() in lexicon.terms("reporting") for text in parse.text)
    people = parse.ent.count("PERSON")
    return (told >= LEAST_TOLD * words or people >= LEAST_PEOPLE * words) and own <= MOST_OWN * words


def single(tree: Tree, page: Page, model: Tagger, guideline: str) -> list[Find]:
    """The attributions by one guideline alone, nested ones as it knows them: to measure against its corpus."""
    return _by_guideline(tree, page, model, [guideline])[guideline]


def nested(outer: list[Find], inner: Iterable[Find]) -> list[Find]:
    """Those of `inner` whose cue stands in a content of `outer` and that `outer` does not have already."""
    known = set().union(*(f.cue for f in outer)) if outer else set()
    return [f for f in inner if not f.cue & known and any(f.head in o.content and f.content < o.content for o in outer)]


def merge(tagged: list[Find], ruled: list[Find], *, news: bool) -> list[Find]:
    """The tagger's Finds and the rules' as one list in text order.

    Where both found a cue, the words are the tagger's and the construction, manner, stance, negation, addressee and
    medium the rules'. In reporting the rules' surer constructions stand without the tagger's word, and all of them
    inside its contents; in other texts the tagger decides alone.
    """
    by_cue: dict[int, Find] = {token: rule for rule in reversed(ruled) for token in rule.cue}
    met: set[int] = set()
    for found in tagged:
        near = [by_cue[t] for t in found.cue if t in by_cue]
        if near:
            same = max(near, key=lambda rule: (_shared(rule.content, found.content), -rule.head))
            met.add(id(same))
            _complete(found, same)
    if not news:
        return sorted(tagged, key=lambda f: f.head)
    rest = [r for r in ruled if id(r) not in met]
    sure = [r for r in rest if r.rule in SURE]
    return sorted([*tagged, *sure, *nested(tagged, [r for r in rest if r.rule not in SURE])], key=lambda f: f.head)


def _complete(found: Find, rule: Find) -> None:
    found.rule, found.manner, found.stance, found.negated = rule.rule, rule.manner, rule.stance, rule.negated
    found.head, found.addressee, found.speech, found.under = rule.head, rule.addressee, rule.speech, rule.under
    found.note = rule.note


def _shared(one: set[int], other: set[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _by_guideline(tree: Tree, page: Page, model: Tagger, guidelines: Sequence[str]) -> dict[str, list[Find]]:
    prose = [(p.span.start, p.span.end) for p in page.document.parts if p.kind in PROSE]
    quoted = [(q.span.start, q.span.end) for q in page.of(Quotation)]
    pieces = model.cut(page.document.text, prose, quoted)
    places, out = _Places(tree, pieces), {}
    for guideline, tagged in model.tag(pieces, guidelines).items():
        made = (places.find(t) for t in tagged)
        out[guideline] = sorted((f for f in made if f is not None), key=lambda f: f.head)
    return out


class _Places:
    """Word pieces as tokens of the parse."""

    def __init__(self, tree: Tree, pieces: Pieces) -> None:
        self.tree, self.pieces = tree, pieces
        self.tokens = Tokens(tree.parse.start, tree.parse.end)

    def find(self, tagged: Tagged) -> Find | None:
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
            "learned",
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
