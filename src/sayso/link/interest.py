"""Who has a stake in a claim: an origin that the claim is about, that the case ties to those it is about, or that is
paid by somebody who sells what the claim speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from sayso.link.change import LinkCase
from sayso.link.lexical import stems, words
from sayso.link.names import plain
from sayso.records import Actor, ClaimCluster, Document, EventStatus, Mention, Relation, RelationKind, Span, Statement

TEXTS = 50  # texts that name an origin, the first by their ids: where they are looked through for who pays it
_NAME = r"[A-Z][\w’'&-]*(?: [A-Z][\w’'&-]*)*"
_CLAUSE = re.compile(r" (?:that|which|to|for|in|at|on|from|with) ")
_TIE = {
    RelationKind.HOSTS: "hosts",
    RelationKind.FUNDS: "funds",
    RelationKind.ARMS: "arms",
    RelationKind.TRAINS: "trains",
    RelationKind.LEADS: "leads",
    RelationKind.BELONGS_TO: "belongs to",
    RelationKind.OPPOSES: "opposes",
    RelationKind.ALLIED_WITH: "is allied with",
}


@dataclass(frozen=True, slots=True)
class Stake:
    """Why an origin is an interested party: the `party` through whom it is ("" the origin itself), and who tells so.

    `span` are the words of the case that say so, None where the claim's own words do.
    """

    party: str
    reason: str
    span: Span | None = None


def interests(case: LinkCase, claim: ClaimCluster, source: str | None, document: Document) -> Iterator[str]:
    """Why an origin is an interested party, one reason each; both sides of a dispute are, and so may a publisher be."""
    yield from dict.fromkeys(stake.reason for stake in stakes(case, claim, source, document))


def stakes(case: LinkCase, claim: ClaimCluster, source: str | None, document: Document) -> Iterator[Stake]:
    """The stakes of an origin in a claim.

    It has one where the claim's words name it or whom it speaks for; where a relation of the case ties it to somebody
    whom they name; and where a text of the case says that somebody paid for its work who, by the case's texts, makes or
    sells what the claim speaks of: "Brightlock, which builds such controls, paid for it" in a paragraph about the
    institute's study. Blind spots: payments told without the payer's name; trades put in other words.
    """
    texts = [_content(case, id) for id in claim.statements]
    names = list(_names(case, source)) if source else [document.publisher.value] if document.publisher else []
    for name in dict.fromkeys(names):
        if _stands_in(name, texts):
            yield Stake("", f"the claim is about {name}")
    for actor in case.about(Actor, source) if source else ():
        yield from _ties(case, actor, texts)
        yield from _paid(case, actor, texts)


def _names(case: LinkCase, source: str) -> Iterator[str]:
    """The names of a source, of those it belongs to, and of the actor that it is."""
    mention: Mention = case.get(source)
    if mention.name:
        yield mention.name
    for actor in case.about(Actor, source):
        yield from (actor.name, *actor.aliases)
    if mention.of:
        yield from _names(case, mention.of)


def _ties(case: LinkCase, actor: Actor, texts: Iterable[str]) -> Iterator[Stake]:
    for relation in case.about(Relation, actor.id):
        other = relation.object if relation.subject == actor.id else relation.subject
        party: Actor = case.get(other)
        named = next((name for name in (party.name, *party.aliases) if _stands_in(name, texts)), None)
        if named and relation.status is EventStatus.HAPPENED:
            who, whom = (actor.name, named) if relation.subject == actor.id else (named, actor.name)
            yield Stake("", f"{who} {_TIE[relation.kind]} {whom}")


def _paid(case: LinkCase, actor: Actor, texts: Iterable[str]) -> Iterator[Stake]:
    """Those who paid for an actor's work and sell what the claim speaks of, or are named in it."""
    docs = sorted({case.get(id).spans[0].doc for id in actor.mentions})[:TEXTS]
    documents: list[Document] = [case.get(doc) for doc in docs]
    topics = frozenset(stem for text in texts for stem in stems(text)) - _hollow()
    for document in documents:
        for payer, span in _payers(document, (actor.name, *actor.aliases)):
            trade = next((t for one in (document, *documents) for t in _trade(one.text, payer, topics)), "")
            if trade or _stands_in(payer, texts):
                outlet = document.publisher.value if document.publisher else document.name
                told = " ".join(case.quote(span).split())
                sells = f"; {payer} {trade}" if trade and trade not in told else ""
                yield Stake(payer, f"paid for by {payer}, says {outlet}: “{told}”{sells}", span)


def _payers(document: Document, names: Iterable[str]) -> Iterator[tuple[str, Span]]:
    """Who a paragraph that names an actor says paid for it or its work, and the words that say so."""
    for found in re.finditer(r"[^\n]+", document.text):
        if any(_stands_in(name, [plain(found.group())]) for name in names):
            for paid in _payment().finditer(found.group()):
                payer = paid["payer"] or paid["by"]
                if not any(_stands_in(payer, [plain(name)]) for name in names):
                    start = found.start() + paid.start()
                    yield payer, Span(document.id, start, found.start() + paid.end())


def _trade(text: str, party: str, topics: frozenset[str]) -> Iterator[str]:
    """What a text says that somebody makes or sells, where the claim speaks of it."""
    table = words()["facts"]
    makes, maker = "|".join(table["makes"]), "|".join(table["maker"])
    does = rf"(?:(?:which|who|that) )?(?:{makes})|(?:an?|the) (?:[\w’'-]+ ){{0,3}}?(?:{maker})"
    for found in re.finditer(rf"\b{re.escape(party)},? (?P<trade>(?:{does}) (?P<what>[^,.;:\n]+))", text):
        if topics & frozenset(stems(_CLAUSE.split(found["what"])[0])):
            yield found["trade"]


@cache
def _payment() -> re.Pattern[str]:
    """ "Brightlock, which builds such controls, paid for it"; "funded by Brightlock"."""
    table = words()["facts"]
    paid, by = "|".join(table["paid"]), "|".join(table["paid_by"])
    return re.compile(
        rf"(?P<payer>{_NAME})(?:, [^,.;:]{{2,80}},)? (?:(?:has|had|have) )?(?:{paid})\b[^,.;:]*"
        rf"|(?:{by}) (?:the )?(?P<by>{_NAME})"
    )


@cache
def _hollow() -> frozenset[str]:
    return frozenset(stem for word in words()["words"]["empty"] for stem in stems(word))


def _stands_in(name: str, texts: Iterable[str]) -> bool:
    return bool(plain(name)) and any(f" {plain(name)} " in f" {text} " for text in texts)


def _content(case: LinkCase, id: str) -> str:
    statement: Statement = case.get(id)
    return plain(" ".join(case.quote(span) for span in statement.content))
