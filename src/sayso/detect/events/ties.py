"""Ties: what one named actor is said to be to another, always inside a statement."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from sayso.case import Page
from sayso.detect import lexicon
from sayso.detect.actors import resolved
from sayso.detect.events.bonds import Bond, bonds
from sayso.detect.events.holders import Holders
from sayso.detect.events.judge import runs
from sayso.detect.events.people import People
from sayso.detect.events.states import state_of
from sayso.detect.events.walk import below
from sayso.records import Mention, MentionKind, RelationKind, Span, Statement, Tie, When, Why, tie_id
from sayso.text import Tokens

BEFORE = frozenset({"amod", "compound", "nmod", "npadvmod"})  # how an adjective of a people hangs on its noun
DASHES = ("-", "–")


def ties(page: Page) -> Iterator[Tie | Mention]:
    """Who is said to host, fund, arm, train, lead, belong to, oppose or back whom.

    "The Harrow Front, funded by Norvania" gives a tie in the statement that holds "funded"; "X's ally Y", "Y leader X",
    "X-backed Y", "X gave Y rifles" and their passives likewise, by the table `relations.tsv`. Both sides must be named
    somewhere in the document. Denied, ended, planned and conditional ones say so in their status; who says it is in the
    chain of the statement. Blind spots: "the group" where the document names it nowhere near; ties that a reader
    infers from deeds; a gapped second clause; words that are also used of games and guests, which the table keeps apart
    by the kind of the sides only.
    """
    found = list(bonds(page.parse))
    if found:
        yield from _Maker(page).ties(found)


class _Maker:
    """Turns pairs of tokens into records."""

    def __init__(self, page: Page) -> None:
        self.page, self.parse = page, page.parse
        self.people, self.holders = People(page), Holders(page)
        self.times = list(page.of(When))
        self.tokens = Tokens(page.parse.start, page.parse.end)

    def ties(self, found: list[Bond]) -> Iterator[Tie | Mention]:
        """The ties whose two sides are named, each after the mentions that it needs."""
        pairs = [(self.people.at(one.subject), self.people.at(one.object)) for one in found]
        fresh = {m.id: m for m in resolved(self.page, list(self.people.made.values()))}
        for bond, ids in zip(found, pairs, strict=True):
            sides = [self._named(fresh.get(id) or self.page.get(id)) for id in ids]
            if not _fit(bond, sides[0], sides[1]) or any(self._broken(side) for side in sides):
                continue
            yield from (side for side in sides if side.id in fresh or side is not self.page.get(side.id))
            yield from self._owners(sides, fresh)
            yield from self._tie(bond, sides[0], sides[1])

    def _named(self, mention: Mention) -> Mention:
        """The mention; a people's adjective as its state ("the Norvanian president"), or unnamed where it has none."""
        inside = self.tokens.within(mention.spans[0].start, mention.spans[-1].end)
        if len(inside) != 1 or mention.kind is MentionKind.PERSON or self.parse.dep[inside.start] not in BEFORE:
            return mention
        name, why = state_of(self.page, mention.spans[0])
        if not name or why is None:
            people = self.parse.ent[inside.start] == "NORP"
            return dataclasses.replace(mention, name="", named=False) if people else mention
        return dataclasses.replace(mention, name=name, named=True, kind=MentionKind.STATE, why=why)

    def _broken(self, side: Mention) -> bool:
        """Whether a name is a title ("Director"), or cut at a dash or an "and" inside it."""
        text, first, last = self.page.document.text, side.spans[0].start, side.spans[-1].end
        if side.name.lower() in lexicon.terms("person") | lexicon.terms("title"):
            return True
        inside = self.tokens.within(first, last)
        joined = inside.stop < len(self.parse) and self.parse.text[inside.stop] == "and" and self.parse.ent[inside.stop]
        return bool(joined) or (first > 0 and text[first - 1] in DASHES) or text[last : last + 1] == "–"

    def _owners(self, sides: list[Mention], fresh: dict[str, Mention]) -> Iterator[Mention]:
        """The mentions that new ones belong to."""
        for side in sides:
            while side.of in fresh:
                side = fresh[side.of]
                yield side

    def _tie(self, bond: Bond, subject: Mention, object: Mention) -> Iterator[Tie]:
        statement = self.holders.of(bond.cue[0])
        if statement is None:
            return
        if bond.kind is RelationKind.ALLIED_WITH and object.name < subject.name:
            subject, object = object, subject  # either way round: one way, so that both ways meet
        cue = tuple(self.page.span(a, b) for a, b in runs(sorted(bond.cue)))
        yield Tie(
            tie_id(statement.id, subject.id, bond.kind, object.id),
            self.page.document.id,
            statement.id,
            subject.id,
            bond.kind,
            object.id,
            cue,
            bond.status,
            self._aside(statement, cue[0]),
            self._when(bond),
            Why("events.ties", cue, note=bond.note),
        )

    def _aside(self, statement: Statement, cue: Span) -> bool:
        """Whether the words stand in no content: in the name of a source."""
        inside = any(span.start <= cue.start and cue.end <= span.end for span in statement.content)
        return bool(statement.chain) and not inside

    def _when(self, bond: Bond) -> tuple[str, ...]:
        """The times that stand under the word that ties the two."""
        scope = below(self.parse, bond.cue[0])
        inside = ((w, self.tokens.within(w.span.start, w.span.end)) for w in self.times)
        return tuple(w.id for w, tokens in inside if tokens and tokens.start in scope)


def _fit(bond: Bond, subject: Mention, object: Mention) -> bool:
    """Whether both are named, are two, and are of kinds that the word takes."""
    if not (subject.named and object.named and subject.name and object.name):
        return False
    if subject.name.casefold() == object.name.casefold():
        return False
    return subject.kind not in bond.never[0] and object.kind not in bond.never[1]
