"""Who has a stake in a claim: an origin that the claim is about, or that the case ties to those it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.link.change import LinkCase
from sayso.link.names import plain
from sayso.records import Actor, ClaimCluster, Document, Mention, Relation, RelationKind, Statement

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


def interests(case: LinkCase, claim: ClaimCluster, source: str | None, document: Document) -> Iterator[str]:
    """Why an origin is an interested party, one reason each; both sides of a dispute are, and so may a publisher be.

    It is where the claim's words name it or whom it speaks for, or where a relation of the case ties it to somebody
    whom they name.
    """
    texts = [_content(case, id) for id in claim.statements]
    names = list(_names(case, source)) if source else [document.publisher.value] if document.publisher else []
    for name in dict.fromkeys(names):
        if _stands_in(name, texts):
            yield f"the claim is about {name}"
    for actor in case.about(Actor, source) if source else ():
        yield from _ties(case, actor, texts)


def _names(case: LinkCase, source: str) -> Iterator[str]:
    """The names of a source, of those it belongs to, and of the actor that it is."""
    mention: Mention = case.get(source)
    if mention.name:
        yield mention.name
    for actor in case.about(Actor, source):
        yield from (actor.name, *actor.aliases)
    if mention.of:
        yield from _names(case, mention.of)


def _ties(case: LinkCase, actor: Actor, texts: Iterable[str]) -> Iterator[str]:
    for relation in case.about(Relation, actor.id):
        other = relation.object if relation.subject == actor.id else relation.subject
        party: Actor = case.get(other)
        named = next((name for name in (party.name, *party.aliases) if _stands_in(name, texts)), None)
        if named:
            who, whom = (actor.name, named) if relation.subject == actor.id else (named, actor.name)
            yield f"{who} {_TIE[relation.kind]} {whom}"


def _stands_in(name: str, texts: Iterable[str]) -> bool:
    return bool(plain(name)) and any(f" {plain(name)} " in f" {text} " for text in texts)


def _content(case: LinkCase, id: str) -> str:
    statement: Statement = case.get(id)
    return plain(" ".join(case.quote(span) for span in statement.content))
