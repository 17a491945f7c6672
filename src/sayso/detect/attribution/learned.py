"""Finds of the learned tagger: its runs as tokens of the parse, and how they meet the Finds of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.case import Page
from sayso.detect import lexicon
from sayso.detect.attribution import style
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.mentions import head_of
from sayso.detect.attribution.sources import TIME, split
from sayso.detect.attribution.speech import Piece, alone, dialogue, spoken, touched, turn, whole
from sayso.detect.attribution.tree import Tree
from sayso.detect.attribution.unsaid import unsaid
from sayso.detect.attribution.weigh import TALE, Candidate, Scale, Weighed, candidates
from sayso.detect.lexicon import Cue
from sayso.nlp import PROSE
from sayso.records import Manner, PartKind, Quotation, Stance
from sayso.tagger.decode import Decoding, Runs, Tagged, best
from sayso.tagger.pieces import Pieces
from sayso.tagger.tagger import GUIDELINES, Tagger
from sayso.tagger.weighing import Weighing
from sayso.text import Tokens

FLOOR = 0.03  # of the tagger's own score: what is less likely is not even weighed
NEVER = 2.0  # a least score that none has
PLAIN = 0.4  # a sourced attribution that sure outweighs an unsourced one with the same content
COMPLEMENTS = frozenset({"clause", "infinitive", "named", "preposition", "noun_phrase", "passive", "noun_cue"})
KINDS = (
    "noun",
    "deverbal",
    "adverb",
    "adjective",
    "raising",
    "sign",
)  # of reporting words, as in data/reporting_words.tsv


def finds(page: Page, tree: Tree, quoted: Sequence[Piece], ruled: Sequence[Find]) -> list[Find]:
    """The attributions of a page with a tagger, in text order, each with its calibrated chance.

    Two guidelines of the tagger (outermost attributions of news, phrases among them; clauses and what stands inside
    others) and the rules propose; how much each guideline counts hangs on how much the text reads as news
    (`style`), what stands inside another goes by clauses alone (`weigh`). The words are the tagger's, whole
    quotations where it has most of one; construction, manner, stance, negation, addressee and medium the rules'.
    """
    assert page.tagger is not None and page.tagger.weighing is not None
    proposed = propose(page, tree, page.tagger, ruled)
    balance = scale(page, tree, quoted, page.tagger.weighing)
    found = [_settled(one, quoted, tree) for one in balance.standing(proposed)]
    headings = {n for n, part in enumerate(page.document.parts) if part.kind is PartKind.HEADLINE}
    running = [piece for piece in quoted if piece.part not in headings]
    found += list(spoken(tree, found, ruled, running))
    talk = running if balance.style < TALE else dialogue(running)
    for one in found if talk else ():
        turn(tree, one, talk)
    found = [one for one in found if one.content]
    # A dialogue often does not say who speaks; elsewhere in news a quotation alone is a title or a motto.
    found += list(alone(tree, found, talk))
    return sorted(found, key=lambda f: f.head)


def propose(page: Page, tree: Tree, model: Tagger, ruled: Sequence[Find]) -> list[Candidate]:
    """All attributions that the tagger, by either guideline, or a rule sees, the unlikely ones too."""
    found = _by_guideline(page, tree, model)
    proposed = candidates(found["outer"], found["clausal"], ruled)
    return [one for one in proposed if one.rule is not None or not unsaid(tree, one.find(news=True))]


def scale(page: Page, tree: Tree, quoted: Sequence[Piece], weighing: Weighing) -> Scale:
    """The scale for a page: its style, and what the evidence asks of its words."""
    spoken = set().union(*(piece.tokens for piece in quoted))
    own = {n for n, text in enumerate(tree.text) if text.lower() in lexicon.terms("talking")}
    return Scale(weighing, style.reporting(page, weighing.style), spoken, own)


def _settled(one: Weighed, quoted: Sequence[Piece], tree: Tree) -> Find:
    found, rule = one.find, one.candidate.rule
    if rule is not None and found is not rule:
        _complete(found, rule)
        _mend(tree, found, rule, quoted)
    found.score = one.chance
    whole(tree, found, quoted)
    return found


def _mend(tree: Tree, found: Find, rule: Find, quoted: Sequence[Piece]) -> None:
    """Where syntax has a word against the tagger's: a verb is no speaker, a complement ends with its sentence, unless a
    list follows in paragraphs of its own.
    """
    if rule.sources and any(tree.pos[head_of(tree, who)] == "VERB" for who in found.sources):
        found.sources = [set(who) for who in rule.sources]
    spoken = any(not piece.tokens.isdisjoint(found.content) for piece in touched(quoted, found.content))
    if rule.rule in COMPLEMENTS and not spoken:
        last = max(tree.parse.sent[max(found.cue)], tree.parse.sent[min(found.content)])
        part = tree.parse.part[found.head]
        found.content = {t for t in found.content if tree.parse.sent[t] <= last or tree.parse.part[t] != part}


def _complete(found: Find, rule: Find) -> None:
    found.rule, found.manner, found.stance, found.negated = rule.rule, rule.manner, rule.stance, rule.negated
    found.head, found.addressee, found.speech, found.under = rule.head, rule.addressee, rule.speech, rule.under
    found.note = rule.note


def _by_guideline(page: Page, tree: Tree, model: Tagger) -> dict[str, list[Find]]:
    prose = [(p.span.start, p.span.end) for p in page.document.parts if p.kind in PROSE]
    quoted = [(q.span.start, q.span.end) for q in page.of(Quotation)]
    pieces = model.cut(page.document.text, prose, quoted)
    places, out = _Places(tree, pieces), {}
    for guideline, tagged in model.candidates(pieces, GUIDELINES).items():
        made = (places.find(t) for t in _distinct(tagged, model.decoding[guideline]))
        out[guideline] = [f for f in made if f is not None]
    return out


def _distinct(tagged: Sequence[Tagged], how: Decoding) -> list[Tagged]:
    """One of each content: the surest that names a source, and the surest that does not beside a doubtful one."""
    named = best(tagged, replace(how, score=FLOOR, unsourced=NEVER))
    rivals = [t for t in tagged if not t.source or t.score >= PLAIN]
    nobody = [t for t in best(rivals, replace(how, score=FLOOR, unsourced=FLOOR)) if not t.source]
    return sorted([*named, *nobody], key=lambda t: t.anchor)


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
            split(self.tree, _undated(self.tree, source - cue)),
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


def _undated(tree: Tree, source: set[int]) -> set[int]:
    """ "In November, 2012 the Bell reported": the year before a source is none of its name."""
    kept = sorted(source)
    while len(kept) > 1 and tree.parse.ent[kept[0]] in TIME and tree.pos[kept[0]] == "NUM":
        kept.pop(0)
    return set(kept)


def _head(tree: Tree, cue: set[int]) -> int:
    """The token a cue hangs on: a reporting word if it holds one, else the token that no other one governs."""
    listed = [t for t in sorted(cue) if tree.pos[t] == "VERB" and tree.lemma[t] in lexicon.verbs()]
    tops = [t for t in sorted(cue) if tree.head[t] not in cue or tree.head[t] == t]
    return (listed or tops)[0]


def _looked_up(tree: Tree, cue: set[int]) -> tuple[Manner, Stance]:
    """How it is put by the words of the cue: an idiom, a verb, a noun or adverb, a sign of it; else just said."""
    entry = _idiom(tree, cue)
    for token in sorted(cue):
        verb = lexicon.verbs().get(tree.lemma[token]) if tree.pos[token] == "VERB" else None
        entry = entry or verb or next((w for k in KINDS if (w := lexicon.words(k).get(tree.lemma[token]))), None)
    return (entry.manner, entry.stance) if entry is not None else (Manner.SAID, Stance.NEUTRAL)


def _idiom(tree: Tree, cue: set[int]) -> Cue | None:
    lemmas = {tree.lemma[t] for t in cue}
    return next((row for words, row in lexicon.words("idiom").items() if lemmas.issuperset(words.split())), None)
