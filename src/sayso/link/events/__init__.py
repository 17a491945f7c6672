"""Events: what several texts, or one text twice, tell of one happening, so that counts count events, not reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import combinations

from sayso.link.change import Add, Change, LinkCase, Withdraw
from sayso.link.events.cluster import clusters
from sayso.link.events.compare import NEAR, candidates, edges
from sayso.link.events.facts import Facts, apart, facts
from sayso.link.events.near import Model, shipped
from sayso.link.events.shelf import Shelf
from sayso.link.events.told import Reader, Trigger
from sayso.nlp import PROSE
from sayso.records import Document, Event, EventCluster, Why, make_id

RARE = 4.0  # log of how many documents of the background one has to read to meet a stem: fewer than one in fifty has it
SHARED = 2  # rare stems that two documents must have in common to be compared
# Mean likeness of its pairs from which on events are one: surer than where F1 is best (0.3), for a wrong join hides an
# event; set by reading the clusters of the example. docs/how-we-decide.md has precision and recall at both.
LEAST = 0.6
WITHIN = 60  # days between two documents that tell of one affair


def events(case: LinkCase, changed: frozenset[str]) -> Iterable[Change]:
    """Events, of one document or of several, that are one happening, as an `EventCluster`.

    Documents that share rare words are weighed first: are they about one affair? Within those, trees learned on ECB+
    weigh each pair of events by trigger, words around it, names, numbers and vectors of sense and context; average
    linkage joins what is likely. Two types, a plan and a deed, days more than a week or places more than 300 km apart
    never are one; smaller differences stay side by side (check `variants`).

    Example: "the gates were opened at dawn" and "the opening of the gates" of another outlet are one event.

    Blind spots: two affairs of one kind with the same names; an event told in words that have nothing in common;
    documents of one affair more than sixty days apart.
    """
    from sayso.link.events.vectors import shipped as reader

    yield from link(case, changed, reader, shipped())


def link(case: LinkCase, changed: frozenset[str], reader: Callable[[], Reader], model: Model) -> Iterator[Change]:
    """The same with any models: what the changed documents add and withdraw. A reader is made where one is needed."""
    shelf = Shelf(case.db)
    touched = shelf.strike(changed)
    for doc in sorted(changed):
        for document in case.of(Document, doc):
            touched |= _add(case, shelf, document, (reader, model))
    for doc in sorted(changed):
        _compare(shelf, model, doc, changed)
    yield from _changes(case, shelf, _reached(shelf, touched))


def _add(case: LinkCase, shelf: Shelf, document: Document, by: tuple[Callable[[], Reader], Model]) -> set[str]:
    reader, model = by
    held = list(case.of(Event, document.id))
    if not held:
        return set()
    prose = [(part.span.start, part.span.end) for part in document.parts if part.kind in PROSE]
    triggers = [_trigger(case, event) for event in held]
    text, told = reader().read(document.id, document.text, prose, triggers)
    rare = [stem for stem in text.stems if model.rare(stem) >= RARE]
    shelf.add(text, _day(document), rare, [(one, facts(case, event)) for one, event in zip(told, held, strict=True)])
    return {one.id for one in told}


def _trigger(case: LinkCase, event: Event) -> Trigger:
    words = " ".join(case.quote(span) for span in event.trigger)
    return Trigger(event.id, words, event.trigger[0].start, event.trigger[-1].end)


def _day(document: Document) -> int | None:
    try:
        return date.fromisoformat(document.published.value[:10]).toordinal() if document.published else None
    except ValueError:
        return None


def _compare(shelf: Shelf, model: Model, doc: str, changed: frozenset[str]) -> None:
    """Tie the events of a document to each other and to those of documents beside it, all weighed at once.

    What can not be one is not weighed: it is never joined, so no likeness of it counts.
    """
    ours = shelf.told(doc)
    if not ours:
        return
    asked = [(pair, 1.0) for pair in candidates(ours, ours)]
    weighed = model.weigh(shelf.text(doc))
    for other in shelf.beside(doc, SHARED, WITHIN):
        # Of two changed documents each finds the other: once is enough.
        if other not in changed or doc < other:
            near = model.near(weighed, model.weigh(shelf.text(other)))
            if near >= NEAR:
                asked += [(pair, near) for pair in candidates(ours, shelf.told(other))]
    asked = [(pair, near) for pair, near in asked if not apart(*(shelf.facts(one.id)[1] for one in pair))]
    shelf.tie(edges(model, [pair for pair, _ in asked], [near for _, near in asked]))


def _reached(shelf: Shelf, ids: set[str]) -> set[str]:
    """All events that pairs tie to these, however far: their clusters are made anew. Struck ones stay in."""
    found, waiting = set(ids), sorted(ids)
    while waiting:
        for _, one, other in shelf.edges(waiting.pop()):
            for id in (one, other):
                if id not in found:
                    found.add(id)
                    waiting.append(id)
    return found


def _changes(case: LinkCase, shelf: Shelf, reached: set[str]) -> Iterator[Change]:
    old = shelf.forget(reached)
    found = {edge for id in reached for edge in shelf.edges(id)}
    held: dict[str, tuple[str, Facts]] = {id: shelf.facts(id) for edge in found for id in edge[1:]}
    groups = clusters(found, LEAST, lambda one, other: apart(held[one][1], held[other][1]))
    made = {make_id("event_cluster", group[0]): group for group in groups}
    yield from (Withdraw(id) for id in sorted(old - set(made)))
    chances = {(one, other): chance for chance, one, other in found}
    for id, group in sorted(made.items()):
        shelf.db.executemany("INSERT INTO ix_events_member VALUES (?, ?)", [(member, id) for member in group])
        docs = frozenset(held[member][0] for member in group)
        yield Add(EventCluster(id, group, _why(case, group, chances)), docs)


def _why(case: LinkCase, group: tuple[str, ...], chances: dict[tuple[str, str], float]) -> Why:
    triggers = [case.get(id).trigger for id in group]
    words = sorted({" ".join(case.quote(span) for span in spans).lower() for spans in triggers})
    inside = sorted(chances.get(pair, 0.0) for pair in combinations(group, 2))
    mean = sum(inside) / (len(group) * (len(group) - 1) / 2)
    note = f"{len(group)} reports: {', '.join(words)}; likeness of their pairs {mean:.2f} in the mean"
    return Why("events", tuple(spans[0] for spans in triggers), note=note)
