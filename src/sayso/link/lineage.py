"""Where the statements of one claim end when followed back: through their chains, citations and shared passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sayso.link.change import LinkCase
from sayso.link.lexical import stems
from sayso.link.names import described, outlet, plain
from sayso.records import (
    Actor,
    Citation,
    ClaimCluster,
    Document,
    Hop,
    Manner,
    Mention,
    MentionKind,
    ReuseDirection,
    ReuseLink,
    Span,
    Statement,
)

Key = tuple[str, ...]
_TELLING = ("actor", "name", "outlet")  # keys with a name
_NEAR = 120  # characters before a statement in which "citing X" is looked for


@dataclass(frozen=True, slots=True)
class End:
    """Where a statement ends: `key` is the same for the same end; `recorded` False where more is known to lie behind.

    `source` is a mention id, None where the document itself is as far as it goes; `spans` are the words it is told by.
    """

    key: Key
    name: str
    source: str | None
    doc: str
    recorded: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about the documents of one claim; `actors` tells the actor of a mention, where there is one."""

    documents: Mapping[str, Document]
    mentions: Mapping[str, Mention]
    citations: Sequence[Citation]
    links: Sequence[ReuseLink]
    actors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lineage:
    """The ends of a claim's statements, and by what they were reached.

    `steps` are the statements that each goes back to, and how: "reuse" or "citation".
    """

    statements: Mapping[str, Statement]
    facts: Facts
    steps: Mapping[str, tuple[tuple[str, str], ...]]
    ends: Mapping[str, tuple[End, ...]]

    def back(self, id: str) -> list[str]:
        """The statement and all that it goes back to, nearest first."""
        found = [id]
        for one in found:
            found += [other for _, other in self.steps[one] if other not in found]
        return found

    def named(self, id: str) -> list[End]:
        """The ends that a statement itself names, before anything is followed."""
        return list(_own(self.facts, self.statements[id]))

    def told_by(self, id: str) -> frozenset[Key]:
        """The names of all whom the chain of a statement goes through; whoever is not named may be one of them."""
        chain = self.statements[id].chain
        keys = (_ends_of(self.facts, self.statements[id], hop) for hop in chain if hop.sources)
        return frozenset(key for found in keys for key, *_ in found if key[0] in _TELLING)

    def circles(self) -> list[tuple[str, ...]]:
        """Statements that go back to themselves, or to what another outlet has from the very one that prints them.

        Each circle once: the statements (ids) in the order of the way back.
        """
        found = dict[frozenset[str], tuple[str, ...]]()
        for id, one in self.statements.items():
            own = outlet(_publisher(self.facts.documents[one.doc]))[0]
            way = self.back(id)[1:]
            turns = [other for other in way if self.statements[other].doc != one.doc and self._cites(other, own)]
            if turns:
                found.setdefault(frozenset((id, turns[0])), (id, turns[0]))
        return sorted(found.values())

    def _cites(self, id: str, own: str) -> bool:
        return bool(own and self.statements[id].chain) and ("outlet", own) in {e.key for e in self.named(id)}


def follow(statements: Iterable[Statement], facts: Facts) -> Lineage:
    """Follow every statement of a claim back to its ends.

    A statement that stands in a passage which its document took from another ends where the other's ends. One whose
    last source is an outlet ends where that outlet's own statements of the claim end; without any in hand, at the
    outlet, beyond which nothing is recorded. Else it ends at its last sources; in a document's own voice at whoever
    publishes it. A circle ends at the earliest of its statements.
    """
    held = {one.id: one for one in sorted(statements, key=lambda s: s.id)}
    steps = {id: tuple(dict.fromkeys(_back(held, facts, one))) for id, one in held.items()}
    lineage = Lineage(held, facts, steps, {})
    return Lineage(held, facts, steps, {id: _ends(lineage, id) for id in held})


def lineage_of(case: LinkCase, claim: ClaimCluster) -> Lineage:
    """The statements of a claim followed back, by what the case knows of their documents."""
    statements: list[Statement] = [case.get(id) for id in claim.statements]
    docs = sorted({one.doc for one in statements})
    sources = sorted({id for one in statements for hop in one.chain for id in hop.sources})
    links = {link.id: link for doc in docs for link in case.about(ReuseLink, doc)}
    return follow(
        statements,
        Facts(
            documents={doc: case.get(doc) for doc in docs},
            mentions={id: case.get(id) for id in sources},
            citations=[one for doc in docs for one in case.about(Citation, doc) if one.doc == doc],
            links=[one for _, one in sorted(links.items()) if one.left in docs and one.right in docs],
            actors={id: actor.id for id in sources for actor in case.about(Actor, id)},
        ),
    )


def origins(lineage: Lineage) -> list[tuple[list[End], list[str]]]:
    """The distinct origins: ends that are one, and the statements that go back to them.

    Ends are one where their key is, where two statements share a passage, or where both name nobody and words and
    number of the one say no more than the other's.
    """
    parent: dict[Key, Key] = {}
    for ends in lineage.ends.values():
        for end in ends:
            parent.setdefault(end.key, end.key)
    for one, other in _shared(lineage):
        _unite(parent, lineage.ends[one], lineage.ends[other])
    _unnamed(parent, [end for ends in lineage.ends.values() for end in ends])
    found: defaultdict[Key, tuple[dict[Key, End], list[str]]] = defaultdict(lambda: ({}, []))
    for id, ends in lineage.ends.items():
        for end in ends:
            group = found[_root(parent, end.key)]
            group[0].setdefault(end.key, end)
            if id not in group[1]:
                group[1].append(id)
    return [(list(ends.values()), ids) for _, (ends, ids) in sorted(found.items())]


def _ends(lineage: Lineage, id: str) -> tuple[End, ...]:
    reached = lineage.back(id)
    last = [one for one in reached if not lineage.steps[one]]
    last = last or [min(reached, key=lambda one: (_day(lineage.facts, lineage.statements[one].doc) or "9", one))]
    ends = [end for one in last for end in _own(lineage.facts, lineage.statements[one])]
    return tuple({end.key: end for end in ends}.values())


def _back(held: Mapping[str, Statement], facts: Facts, one: Statement) -> Iterator[tuple[str, str]]:
    """The statements of the claim that this one is taken from, and by which way: a passage, or a citation."""
    copied = [("reuse", other) for other in _copied(held, facts, one)]
    yield from copied
    cited = _cited(facts, one) if not copied else frozenset()
    for other in held.values():
        if other.doc in cited and other.doc != one.doc and not _later(facts, other.doc, one.doc):
            yield "citation", other.id


def _copied(held: Mapping[str, Statement], facts: Facts, one: Statement) -> Iterator[str]:
    """The statements in what this document took from another, where it stands itself in a shared passage."""
    for link in facts.links:
        if link.left == one.doc and link.direction is ReuseDirection.LEFT_FROM_RIGHT:
            for passage in link.passages:
                if _within(one, passage.left):
                    yield from (s.id for s in held.values() if _within(s, passage.right))


def _shared(lineage: Lineage) -> Iterator[tuple[str, str]]:
    """Pairs of statements that stand in one shared passage, whichever text had it first."""
    for link in lineage.facts.links:
        for passage in link.passages:
            left = [s.id for s in lineage.statements.values() if _within(s, passage.left)]
            right = [s.id for s in lineage.statements.values() if _within(s, passage.right)]
            yield from ((one, other) for one in left[:1] for other in (*left[1:], *right))


def _within(one: Statement, passage: Span) -> bool:
    """Whether most of a statement's words stand in a passage."""
    if one.doc != passage.doc:
        return False
    inside = sum(max(0, min(s.end, passage.end) - max(s.start, passage.start)) for s in one.content)
    return 2 * inside > sum(s.end - s.start for s in one.content)


def _cited(facts: Facts, one: Statement) -> frozenset[str]:
    """The documents that a statement cites: by a Citation, or by an outlet's name as its last source."""
    docs = {c.target for c in facts.citations if c.target and c.doc == one.doc and c.statement == one.id}
    if not one.chain:
        docs |= {c.target for c in facts.citations if c.target and c.doc == one.doc and c.statement is None}
        return frozenset(filter(None, docs))
    last = _outlets(facts, one)
    docs |= {id for id, document in facts.documents.items() if outlet(_publisher(document))[0] in last}
    return frozenset(filter(None, docs)) if last or not _last(one).sources else frozenset()


def _outlets(facts: Facts, one: Statement) -> frozenset[str]:
    """The names of a statement's last sources that publish: media, and whoever publishes a document at hand.

    "The paper" that writes "citing X" is not the end: X is, where it is named in the same paragraph before it.
    """
    return frozenset(name for mention in _mentions(facts, _last(one)) for name in _outlet(facts, one, mention))


def _outlet(facts: Facts, one: Statement, mention: Mention) -> set[str]:
    """The outlets that one source of a statement stands for, by their full names."""
    known, own = _published_names(facts), outlet(_publisher(facts.documents[one.doc]))[0]
    name = plain(mention.name or _words(facts, mention))
    ends = [alias for alias in known if name == alias or name.endswith(f" {alias}")]
    short = {known[alias] for alias in known if name and alias.endswith(f" {name}")}
    if ends:
        return {known[max(ends, key=len)]}
    if mention.name and len(short) == 1:
        return short
    if mention.kind is MentionKind.MEDIUM and mention.name:
        return {name}
    if mention.kind is MentionKind.MEDIUM or _paper(mention, facts):
        return {known[a] for a in _named_before(facts, one, known) if known[a] != own}
    return {known[a] for a in _right_before(facts, mention, known)} if _relative(facts, mention) else set()


def _published_names(facts: Facts) -> dict[str, str]:
    """Names and short forms of the outlets at hand, each with the outlet's full name."""
    known: dict[str, str] = {}
    for _, document in sorted(facts.documents.items()):
        full, short = outlet(_publisher(document))
        known |= {alias: full for alias in (full, short) if alias}
    return known


def _relative(facts: Facts, mention: Mention) -> bool:
    """Whether a mention is a relative pronoun, whose bearer stands right before it."""
    return not mention.name and _words(facts, mention).casefold() in ("which", "who", "that")


def _right_before(facts: Facts, mention: Mention, names: Iterable[str]) -> list[str]:
    text = facts.documents[mention.spans[0].doc].text
    before = plain(text[: mention.spans[0].start][-_NEAR:])
    return [name for name in names if f" {before}".endswith(f" {name}")]


def _paper(mention: Mention, facts: Facts) -> bool:
    return not mention.name and bool(described(_words(facts, mention)) & _papers())


@cache
def _papers() -> frozenset[str]:
    """Stems of nouns for media ("paper", "agency")."""
    text = (files("sayso") / "data" / "source_words.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line.startswith("medium\t"))
    return frozenset(stem for row in rows for stem in stems(row[1]))


def _named_before(facts: Facts, one: Statement, published: Iterable[str]) -> set[str]:
    text, start = facts.documents[one.doc].text, one.content[0].start
    before = plain(text[text.rfind("\n", 0, start) + 1 : start][-_NEAR:])
    return {name for name in published if f" {name} " in f" {before} "}


def _last(one: Statement) -> Hop:
    """The hop behind which a chain names nobody."""
    named = [hop for hop in one.chain if hop.sources]
    return named[-1] if named else one.chain[-1]


def _own(facts: Facts, one: Statement) -> Iterator[End]:
    """The ends that a statement itself names: its last sources, else its publisher."""
    if not one.chain or not _mentions(facts, _last(one)) or one.chain[-1].manner is Manner.RELAYED:
        yield _published(facts, one)
        return
    for key, mention in _ends_of(facts, one, _last(one)):
        name = mention.name or _words(facts, mention)
        yield End(key, name, mention.id, one.doc, key[0] != "outlet", mention.spans)


def _ends_of(facts: Facts, one: Statement, hop: Hop) -> Iterator[tuple[Key, Mention]]:
    """The sources of one hop, and by what each is known."""
    for mention in _mentions(facts, hop):
        meant = sorted(_outlet(facts, one, mention))
        yield (("outlet", meant[0]) if meant else _key(facts, mention)), mention


def _published(facts: Facts, one: Statement) -> End:
    """The document's own voice: whoever publishes it; what nobody is named for ("allegedly") is not recorded."""
    publisher = _publisher(facts.documents[one.doc])
    key = ("outlet", outlet(publisher)[0]) if publisher else ("document", one.doc)
    return End(key, publisher or facts.documents[one.doc].name, None, one.doc, not one.chain, one.content)


def _key(facts: Facts, mention: Mention) -> Key:
    if mention.id in facts.actors:
        return "actor", facts.actors[mention.id]
    if mention.name:
        return "name", plain(mention.name)
    words = described(_words(facts, mention))
    if not words:  # a pronoun that was not resolved is somebody of this text
        return "somebody", mention.spans[0].doc
    return "unnamed", str(mention.number or ""), *sorted(words)


def _unnamed(parent: dict[Key, Key], ends: Sequence[End]) -> None:
    """Join ends that name nobody where number and words of the one are within the other's.

    Somebody of whom nothing is said ("they", not resolved) is not shown to be another than those who are named: he is
    joined with an end of his text, else with the first of the claim.
    """
    unnamed = sorted({end.key for end in ends if end.key[0] == "unnamed"})
    for n, one in enumerate(unnamed):
        for other in unnamed[:n]:
            if _vague(one, other):
                _join(parent, one, other)
    told = sorted({(end.doc, end.key) for end in ends if end.key[0] != "somebody"})
    for key in sorted({end.key for end in ends if end.key[0] == "somebody"}):
        near = [other for doc, other in told if doc == key[1]] or [other for _, other in told]
        if near:
            _join(parent, key, near[0])


def _vague(one: Key, other: Key) -> bool:
    short, long = sorted((set(one[2:]), set(other[2:])), key=len)
    return short <= long and (not one[1] or not other[1] or one[1] == other[1])


def _unite(parent: dict[Key, Key], ours: Sequence[End], theirs: Sequence[End]) -> None:
    """Ends of statements that share a passage are one, pair by pair; one too many goes with the first."""
    same = {end.key for end in ours} & {end.key for end in theirs}
    left, right = ([end.key for end in ends if end.key not in same] for ends in (ours, theirs))
    if not (ours and theirs) or not (left or right):
        return
    for n in range(max(len(left), len(right))):
        pair = [
            (keys or [e.key for e in ends])[min(n, max(0, len(keys) - 1))]
            for keys, ends in ((left, ours), (right, theirs))
        ]
        one, other = (_root(parent, key) for key in pair)
        parent[max(one, other)] = min(one, other)


def _join(parent: dict[Key, Key], one: Key, other: Key) -> None:
    roots = _root(parent, one), _root(parent, other)
    parent[max(roots)] = min(roots)


def _root(parent: dict[Key, Key], key: Key) -> Key:
    while parent[key] != key:
        key = parent[key]
    return key


def _mentions(facts: Facts, hop: Hop) -> list[Mention]:
    return [facts.mentions[id] for id in hop.sources if id in facts.mentions]


def _words(facts: Facts, mention: Mention) -> str:
    text = facts.documents[mention.spans[0].doc].text
    return " ".join(text[span.start : span.end] for span in mention.spans)


def _publisher(document: Document) -> str:
    return document.publisher.value if document.publisher else ""


def _day(facts: Facts, doc: str) -> str:
    published = facts.documents[doc].published
    return published.value[:10] if published else ""


def _later(facts: Facts, one: str, other: str) -> bool:
    """Whether a document is known to have been published after another, as far as both days say."""
    return bool(_day(facts, one) and _day(facts, other)) and _day(facts, one) > _day(facts, other)
