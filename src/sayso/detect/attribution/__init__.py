"""Attribution: who asserts what, by which chain, in which words."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.case import Page
from sayso.detect.attribution import chains, content, cues, learned, mentions
from sayso.detect.attribution.colon import colon
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.manners import settle
from sayso.detect.attribution.modality import modality, polarity
from sayso.detect.attribution.own_voice import own_voice
from sayso.detect.attribution.relays import relays
from sayso.detect.attribution.speech import Piece, attach, pieces
from sayso.detect.attribution.tree import Tree
from sayso.detect.attribution.verdicts import verdicts
from sayso.records import (
    Hop,
    Manner,
    Mention,
    PartKind,
    Quotation,
    Span,
    Stance,
    Statement,
    When,
    Why,
    Wording,
    statement_id,
)

REVIEW = 0.5  # a statement with a lower calibrated chance is kept, and marked for a person's review


def attribution(page: Page) -> Iterator[Mention | Statement]:
    """Every statement of a document with its chain, the article's own voice among them.

    Rules over the dependency parse find cues (`cues`, `colon`), their sources and contents; quotations go
    to the cue they belong to (`speech`); a cue inside another's content makes a chain (`chains`); what no
    one is cited for is the article's own (`own_voice`). Example: "NBC reported that two officials
    confirmed it" gives "two officials confirmed it" by (NBC) and "it" by (NBC, two officials).
    The learned tagger, where it is loaded, decides which attributions there are (`learned`); the rules then say
    how they are put and add what stands inside them.
    Blind spots: cues that are no listed word; free continuation without quotation marks; sources named
    only in another paragraph; wrong parses.
    """
    tree, quoted, found = ruled(page)
    finds = _finds(page, tree, quoted, found)
    outer = chains.parents(tree, finds, lambda f: mentions.is_medium(tree, f.source) or bool(f.relay))
    builder = _Builder(page, tree, quoted, finds, outer)
    yield from builder.attributed()
    yield from builder.own()


def ruled(page: Page) -> tuple[Tree, list[Piece], list[Find]]:
    """The walks over a page's parse, its quotations in tokens, and what the rules find by both."""
    tree = Tree(page.parse)
    quoted = pieces(tree, list(page.of(Quotation)))
    found = cues.find(tree)
    spoken = set().union(*(piece.tokens for piece in quoted))
    held = set().union(*(f.cue | f.content for f in found if f.head not in spoken))
    found += colon(page, tree, held, quoted)
    headings = {n for n, part in enumerate(page.document.parts) if part.kind is PartKind.HEADLINE}
    return tree, quoted, attach(tree, found, quoted, headings)


def _finds(page: Page, tree: Tree, quoted: list[Piece], found: list[Find]) -> list[Find]:
    if page.tagger is not None:
        found = learned.finds(page, tree, quoted, found)
    for one in found:
        relays(tree, one)
    verdicts(tree, found)
    return sorted(found, key=lambda f: f.head)


class _Builder:
    """Turns Finds into records, outer ones first, so that inner ones can stand inside them."""

    def __init__(self, page: Page, tree: Tree, quoted: list[Piece], finds: list[Find], outer: list[int | None]) -> None:
        self.page, self.tree, self.quoted, self.finds, self.outer = page, tree, quoted, finds, outer
        self.words = {t for t in range(len(tree.text)) if tree.pos[t] != "PUNCT"}
        self.made: dict[int, Statement | None] = {}
        self.mentioned: dict[str, Mention] = {}

    def attributed(self) -> Iterator[Mention | Statement]:
        """The mentions and statements of all Finds."""
        statements = [s for n in range(len(self.finds)) if (s := self._statement(n)) is not None]
        yield from self.mentioned.values()
        yield from statements

    def own(self) -> Iterator[Statement]:
        """The article's own voice."""
        doc = self.page.document.id
        for tokens in own_voice(self.page, self.tree, self.finds, self.quoted):
            spans = content.spans(self.page, self.tree, tokens, self.quoted)
            if spans:
                yield Statement(
                    statement_id(doc, spans, ()),
                    doc,
                    spans,
                    (),
                    None,
                    Wording.OWN,
                    modality(self.tree, tokens),
                    polarity(self.tree, tokens),
                    Why("attribution.own_voice", spans, note="no one is cited for it"),
                )

    def _statement(self, n: int) -> Statement | None:
        if n not in self.made:
            self.made[n] = None  # a cycle cannot arise, but a broken one must not recurse
            self.made[n] = self._build(n)
        return self.made[n]

    def _build(self, n: int) -> Statement | None:
        found, up = self.finds[n], self.outer[n]
        settle(self.tree, found, {self.mentioned[self._mention(who)].kind for who in found.sources})
        spans = content.spans(self.page, self.tree, found.content, self.quoted)
        holder = self._statement(up) if up is not None else None
        if not spans:
            return None
        chain = (*(holder.chain if holder else ()), *self._hops(found))
        doc = self.page.document.id
        return Statement(
            statement_id(doc, spans, chain),
            doc,
            spans,
            chain,
            holder.id if holder else None,
            Wording.DIRECT if found.rule == "transcript" else content.wording(found.content, self.quoted, self.words),
            modality(self.tree, found.content, found),
            polarity(self.tree, found.content, found),
            Why(f"attribution.{found.rule}", self._spans(found.cue), _rounded(found.score), _note(found)),
        )

    def _hops(self, found: Find) -> Iterator[Hop]:
        why = Why(f"attribution.{found.rule}", self._spans(found.cue), note=found.note)
        if found.relay:
            yield Hop(
                (self._mention(found.relay),),
                (),
                Manner.RELAYED,
                Stance.NEUTRAL,
                None,
                None,
                None,
                Why("attribution.relays", self._spans(found.relay), note="an outlet that is only told or written in"),
            )
        yield Hop(
            tuple(self._mention(s) for s in found.sources),
            self._spans(found.cue),
            found.manner,
            found.stance,
            next(iter(self._spans(found.medium)), None),
            self._mention(found.addressee) if found.addressee and found.addressee != found.relay else None,
            self._when(found),
            why,
        )

    def _when(self, found: Find) -> str | None:
        """The time of the saying, where the words said to tell it hold one."""
        said = [(span.start, span.end) for span in self._spans(found.said)]
        times = ((when.id, when.span) for when in self.page.of(When))
        inside = (id for id, span in times for start, end in said if start <= span.start and span.end <= end)
        return next(inside, None)

    def _mention(self, tokens: set[int]) -> str:
        made = mentions.mention(self.page, self.tree, tokens)
        self.mentioned.setdefault(made.id, made)
        owner = mentions.owner_tokens(self.tree, tokens)
        if owner:
            self._mention(owner)
        return made.id

    def _spans(self, tokens: set[int]) -> tuple[Span, ...]:
        doc = self.page.document.id
        ranges = self.tree.spans(tokens) or [(self.page.parse.start[t], self.page.parse.end[t]) for t in sorted(tokens)]
        return tuple(Span(doc, a, b) for a, b in ranges)


def _rounded(score: float | None) -> float | None:
    """Two digits: more are not calibrated, and the last ones differ between machines."""
    return None if score is None else round(score, 2)


def _note(found: Find) -> str:
    negated = "the cue is negated: said not to have said so" if found.negated else ""
    doubted = "for review: as likely wrong as right" if found.score is not None and found.score < REVIEW else ""
    return "; ".join(filter(None, (found.note, negated, doubted)))
