"""What a terminal shows of actors, of what they are said to be to one another, and of events."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from sayso.errors import UsageError
from sayso.records import Actor
from sayso.store import CaseFile
from sayso.terminal import clean
from sayso.views.chains import spoken
from sayso.views.dates import day, interval
from sayso.views.events import EventRow, Occurrence, occurrences
from sayso.views.network import ActorRow, EdgeRow, Saying, actor_page, actors, edges

NOBODY = "The case holds no actors. They are found where a name is told twice, or with what it is to another."


def show_actors(case: CaseFile, actor: str | None, console: Console) -> None:
    """Print the actors of a case and their relations, or one actor by its id, the beginning of one, or a name.

    Raises UsageError where `actor` fits none or several.
    """
    if actor is not None:
        _page(case, _chosen(case, actor), console)
        return
    rows = actors(case)
    for row in rows:
        console.print(_listed(row))
    if not rows:
        console.print(NOBODY)
        return
    _edges(edges(case), console)
    console.print(f"\nTo see one: sayso actors CASE {rows[0].id[:14]}")


def show_events(case: CaseFile, doc: str | None, console: Console, *, every: bool = False) -> int:
    """Print the happenings of a case or of one document, most told first; how many there are."""
    found = occurrences(case, doc, every=every)
    for one in found:
        console.print(_occurrence(one))
    if not found:
        console.print("No event was coded." + ("" if every else " --all shows those that got no code."))
    return len(found)


def _chosen(case: CaseFile, wanted: str) -> Actor:
    whole = wanted if wanted.startswith("actor-") else f"actor-{wanted}"
    found = case.find(case.whole_id(whole))
    if isinstance(found, Actor):
        return found
    low = wanted.casefold()
    named = [one for one in case.of(Actor) if low in (name.casefold() for name in (one.name, *one.aliases))]
    named = named or [one for one in case.of(Actor) if low in one.name.casefold()]
    if len(named) == 1:
        return named[0]
    said = f"{len(named)} actors fit {wanted!r}" if named else f"{case.name} holds no actor {wanted!r}"
    raise UsageError(f"{said}. `sayso actors CASE` lists them with their ids.")


def _listed(row: ActorRow) -> Text:
    text = Text()
    text.append(clean(row.name), "bold")
    text.append(f"  {row.kind}" if row.kind != "unknown" else "", "dim")
    text.append(f"  also {clean(', '.join(row.aliases))}" if row.aliases else "")
    told = f"named {_times(row.mentions)} in {_many(row.documents, 'text')}"
    told += f", {_many(len(row.edges), 'relation')}" if row.edges else ""
    text.append(f"  {told}  {row.id[:14]}", "dim")
    return text


def _page(case: CaseFile, actor: Actor, console: Console) -> None:
    page = actor_page(case, actor)
    console.print(_listed(page.row))
    for one in page.named:
        text = Text(f"    “{clean(one.words)}”")
        text.append(f"  {clean(one.title)}" + (f"; {clean(one.reason)}" if one.reason else ""), "dim")
        console.print(text)
    _edges(page.edges, console)


def _edges(rows: Iterable[EdgeRow], console: Console) -> None:
    for row in rows:
        text = Text("\n")
        text.append(clean(row.subject_name), "bold")
        text.append(f" {row.what} ", "red3" if row.mark else "dark_orange3")
        text.append(clean(row.object_name), "bold")
        text.append(f"  [{row.mark}]" if row.mark else "", "dim")
        console.print(text)
        for one in row.sayings:
            console.print(_saying(one))


def _saying(one: Saying) -> Text:
    text = Text(f"    “{clean(one.words)}”")
    since = "; ".join(interval(first, last) for first, last in one.since)
    text.append(f"  {since}" if since else "", "bold")
    dated = f", {day(one.published)}" if one.published else ""
    text.append(f"\n        {clean(one.chain)} [{clean(one.title)}{dated}]", "dim")
    return text


def _occurrence(one: Occurrence) -> Text:
    text = Text()
    for number, row in enumerate(one.tellings):
        text.append("\n" if number else "")
        text.append_text(_event(row, "    " if number else ""))
        if not number and len(one.tellings) > 1:
            told = f"\n    told {_times(len(one.tellings))} in {_many(one.documents, 'text')}: {clean(one.reason)}"
            text.append(told, "dark_orange3")
    return text


def _event(row: EventRow, indent: str) -> Text:
    text = Text(indent)
    text.append(clean(row.told), "" if indent else "bold")
    sure = f", {row.score:.0%}" if row.score is not None else ""
    text.append(f"  {spoken(row.status)}{sure}", "dim")
    text.append(f"\n{indent}    “{clean(row.words)}”  {clean(row.chain)} [{clean(row.title)}]", "dim")
    return text


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" + "s" * (count != 1)
