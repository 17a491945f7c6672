"""The dominoes of a case in a terminal: the longest chains, or all that led to an event and came of it."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from sayso.case import Case
from sayso.terminal import clean
from sayso.views.chains import spoken
from sayso.views.dominoes import Claim, Dominoes, Edge, Node, dominoes
from sayso.views.paths import back, chains, chosen, footing, forward


def show_dominoes(case: Case, event: str | None, console: Console, *, every: bool = False) -> int:
    """Print the chains of a case, or with `event` (an id, the beginning of one, or words of it) the ways through it.

    Returns how many edges there are. Raises UsageError where `event` is no node or is several.
    """
    graph = dominoes(case, every=every)
    if not graph.edges:
        console.print("No dominoes were found." + _unsure(graph))
        return 0
    if event is not None:
        _through(graph, chosen(graph, event), console)
    else:
        _all(graph, console)
    if graph.unsure:
        console.print(Text(_unsure(graph).strip(), "dim"))
    return len(graph.edges)


def _all(graph: Dominoes, console: Console) -> None:
    walked: set[str] = set()
    for number, chain in enumerate(chains(graph), 1):
        console.print(Text(f"Chain {number}: {len(chain)} dominoes", "bold"))
        _edges(graph, chain, console)
        walked |= {edge.id for edge in chain}
    rest = [edge for edge in graph.edges if edge.id not in walked]
    if rest:
        console.print(Text("Beside these chains", "bold"))
        _edges(graph, rest, console)


def _through(graph: Dominoes, node: Node, console: Console) -> None:
    console.print(Text(clean(node.label), "bold"))
    for words in node.tellings[1:]:
        console.print(Text(f"  also told as: {clean(words)}", "dim"))
    for title, edges in (("What is said to have led to it", back), ("What is said to have come of it", forward)):
        console.print(Text(f"\n{title}", "bold"))
        found = edges(graph, node.id)
        _edges(graph, found, console)
        if not found:
            console.print("  nothing that is told")


def _edges(graph: Dominoes, edges: Iterable[Edge], console: Console) -> None:
    names, stands = {node.id: node.label for node in graph.nodes}, footing(graph)
    causes = {edge.id: names[edge.cause] for edge in graph.edges}
    for edge in edges:
        console.print(_line(edge, names))
        for claim in edge.claims:
            console.print(_claim(claim))
        if edge.rivals:
            rivals = "; ".join(dict.fromkeys(causes[other] for other in edge.rivals))
            console.print(Text(f"      the same is explained otherwise by: {clean(rivals)}", "dim"))
        fallen = [names[node] for node in stands.falls(edge.id) if node != edge.effect]
        if fallen:
            console.print(Text(f"      if this is wrong, there falls too: {clean('; '.join(fallen))}", "dim"))


def _line(edge: Edge, names: dict[str, str]) -> Text:
    text = Text("  ")
    text.append(clean(names[edge.cause]), "bold")
    denied = "does not: " * edge.denied
    text.append(f"  → {denied}{spoken(edge.kind)} →  ", "red" if edge.denied else "dark_orange3")
    text.append(clean(names[edge.effect]), "bold")
    marks = [
        "one origin" * edge.single,
        "left open" * edge.hypothetical,
        "the effect is dated before the cause" * edge.backwards,
        "in a circle" * edge.cycle,
    ]
    shown = ", ".join(mark for mark in marks if mark)
    text.append(f"  [{shown}]" if shown else "", "dim")
    return text


def _claim(claim: Claim) -> Text:
    text = Text("      ")
    text.append(f"“{clean(claim.words)}”")
    sure = f", {claim.score:.0%}" if claim.score is not None else ""
    text.append(f"  {clean(claim.chain)} [{clean(claim.title)}{sure}]", "dim")
    return text


def _unsure(graph: Dominoes) -> str:
    return f" {graph.unsure} links that are less sure are left out; --all shows them." if graph.unsure else ""
