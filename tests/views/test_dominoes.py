"""The graph of what led to what: joined events, rivals, circles, time, origins, chains and what falls."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from sayso.errors import UsageError
from sayso.records import CausalLink, Document, EventCluster, Why
from sayso.store import CaseFile
from sayso.terminal.dominoes import show_dominoes
from sayso.views.dominoes import SHOWN, Dominoes, dominoes
from sayso.views.paths import back, chains, falls, forward, layers
from tests import factory as f
from tests.views.affair import MemoryCase

CHAIN = "The raid closed the strait. The closed strait brought a shortage. The shortage brought a strike."


def linked(
    text: str, *pairs: tuple[str, str], publisher: str = "Talpress", **fields: Any
) -> tuple[Document, list[Any]]:
    """A document whose own voice links each pair of words."""
    one = f.document(text, name=f"{publisher}.txt", publisher=publisher)
    said = f.statement(one, text)
    links = [f.causal_link(said, f.span(one, cause), f.span(one, effect), **fields) for cause, effect in pairs]
    return one, [said, *links]


def graph(*documents: tuple[Document, list[Any]], **options: Any) -> Dominoes:
    return dominoes(f.filed(*documents), **options)


def names(made: Dominoes) -> dict[str, str]:
    return {node.label: node.id for node in made.nodes}


@pytest.fixture
def chain() -> Dominoes:
    return graph(
        linked(
            CHAIN,
            ("The raid", "closed the strait"),
            ("The closed strait", "a shortage"),
            ("The shortage", "a strike"),
        )
    )


def test_effects_and_causes_in_like_words_are_one_event(chain: Dominoes) -> None:
    assert len(chain.nodes) == 4
    assert [len(way) for way in chains(chain)] == [3]


def test_paths_lead_forward_and_back(chain: Dominoes) -> None:
    first, last = names(chain)["The raid"], names(chain)["a strike"]
    assert len(forward(chain, first)) == len(back(chain, last)) == 3
    assert forward(chain, last) == back(chain, first) == []


def test_what_hangs_on_a_wrong_link_falls(chain: Dominoes) -> None:
    whole = chains(chain)[0]
    assert falls(chain, whole[0].id) == [edge.effect for edge in whole]
    assert falls(chain, whole[2].id) == [whole[2].effect]


def test_what_has_another_cause_stays() -> None:
    text = "The raid brought a shortage. The storm brought a shortage."
    made = graph(linked(text, ("The raid", "brought a shortage"), ("The storm", "a shortage")))
    assert all(falls(made, edge.id) == [] for edge in made.edges)


def test_rival_explanations_stand_side_by_side() -> None:
    one = linked("The gate opened after the raid.", ("the raid", "The gate opened"))
    other = linked("A storm blew. So the gate opened.", ("A storm blew", "the gate opened"), publisher="Low Water")
    made = graph(one, other)
    assert [edge.rivals for edge in made.edges] == [(made.edges[1].id,), (made.edges[0].id,)]


def test_a_denial_is_an_edge_of_its_own_on_no_path() -> None:
    made = graph(linked("The raid did not close the strait.", ("The raid", "close the strait"), negated=True))
    assert [edge.denied for edge in made.edges] == [True]
    assert chains(made) == []


def test_a_circle_is_marked_and_walked_once() -> None:
    text = "The raid brought the strike. The strike brought the raid."
    made = graph(linked(text, ("The raid", "the strike"), ("The strike", "the raid")))
    assert [edge.cycle for edge in made.edges] == [True, True]
    assert [len(way) for way in chains(made)] == [1, 1]
    assert len(layers(made)) == 2


def test_an_effect_before_its_cause_is_marked() -> None:
    one, records = linked("The raid of 4 May led to the strike of 2 May.",
                          ("The raid of 4 May", "the strike of 2 May"))  # fmt: skip
    times = [f.when(one, "4 May", "2031-05-04"), f.when(one, "2 May", "2031-05-02")]
    assert [edge.backwards for edge in graph((one, [*records, *times])).edges] == [True]


def test_two_documents_of_one_origin_are_one_origin() -> None:
    made = []
    for paper in ("Talpress", "Low Water"):
        one = f.document(
            "The ferry raid led to the harbour strike, Maro Lind said.", name=f"{paper}.txt", publisher=paper
        )
        lind = f.mention(one, "Maro Lind")
        said = f.statement(one, "The ferry raid led to the harbour strike", f.hop(lind, cue=(f.span(one, "said"),)))
        link = f.causal_link(said, f.span(one, "The ferry raid"), f.span(one, "the harbour strike"))
        made.append((one, [lind, said, link]))
    (edge,) = graph(*made).edges
    assert (len(edge.claims), edge.single) == (2, True)


def test_publishers_of_their_own_are_two_origins() -> None:
    pair = ("The ferry raid", "the harbour strike")
    text = "The ferry raid led to the harbour strike."
    (edge,) = graph(linked(text, pair), linked(text, pair, publisher="Low Water")).edges
    assert not edge.single


def test_one_bare_noun_in_two_documents_is_not_one_event() -> None:
    text = "The raid led to the strike."
    made = graph(linked(text, ("The raid", "the strike")), linked(text, ("The raid", "the strike"), publisher="Tide"))
    assert len(made.edges) == 2


class Clustered(MemoryCase):
    """A case with a cluster of events."""

    cluster: EventCluster

    def of(self, kind: type[Any], doc: str | None = None) -> Iterator[Any]:
        return iter([self.cluster]) if kind is EventCluster else super().of(kind, doc)


def test_clusters_of_events_join_what_words_do_not() -> None:
    one, records = linked("The raid led to a strike. The walkout led to hunger.",
                          ("The raid", "a strike"), ("The walkout", "hunger"))  # fmt: skip
    said = records[0]
    strike, walkout = (f.event(said, f.span(one, word)) for word in ("strike", "walkout"))
    links = [link for link in records if isinstance(link, CausalLink)]
    links = [f.replace(links[0], effects=(strike.id,)), f.replace(links[1], causes=(walkout.id,))]
    case = Clustered([one, said, strike, walkout, *links])
    case.cluster = EventCluster("event_cluster-1", (strike.id, walkout.id), Why("test"))
    assert [len(way) for way in chains(dominoes(case))] == [2]


def test_unsure_links_are_counted_and_shown_when_asked() -> None:
    def pair() -> tuple[Document, list[Any]]:
        return linked("The raid led to a strike.", ("The raid", "a strike"), why=Why("test", score=SHOWN - 0.1))

    assert (graph(pair()).edges, graph(pair()).unsure) == ((), 1)
    assert len(graph(pair(), every=True).edges) == 1


def test_columns_run_from_cause_to_effect(chain: Dominoes) -> None:
    places = layers(chain)
    assert all(places[edge.cause][0] < places[edge.effect][0] for edge in chain.edges)


def shown(case: CaseFile, event: str | None = None) -> str:
    out = StringIO()
    show_dominoes(case, event, Console(file=out, width=200, highlight=False))
    return out.getvalue()


def test_the_terminal_prints_each_domino_with_its_sentence_and_who_says_so() -> None:
    text = shown(f.filed(linked("The raid led to a strike.", ("The raid", "a strike"))))
    assert "The raid  → causes →  a strike" in text
    assert "“The raid led to a strike.”  Talpress (own voice)" in text


def test_the_terminal_takes_an_event_by_its_words_and_names_others_if_there_is_none() -> None:
    case = f.filed(linked("The raid led to a strike.", ("The raid", "a strike")))
    assert "What is said to have led to it" in shown(case, "strike")
    with pytest.raises(UsageError, match="The raid"):
        shown(case, "flood")


def test_an_empty_case_has_no_dominoes() -> None:
    assert "No dominoes" in shown(f.filed((f.document("It rained."), [])))
