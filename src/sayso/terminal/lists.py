"""What a terminal shows of a case's times, places and checks: one line each, the words first."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from sayso.case import Case
from sayso.records import CheckOutcome
from sayso.terminal import clean
from sayso.views.dates import interval
from sayso.views.findings import Finding, findings
from sayso.views.geography import Pin, geography
from sayso.views.timeline import Lane, Moment, timeline

MARKS = {CheckOutcome.FAILED: ("✗", "red3"), CheckOutcome.CANT_TELL: ("?", "dark_orange3")}


def show_timeline(case: Case, doc: str | None, console: Console) -> None:
    """Print the two lanes in one order: what is said to have happened, and, indented, when something was said."""
    found = timeline(case, doc)
    for moment in found.moments:
        console.print(_moment(moment))
    if not found.moments:
        console.print("No words for a time could be put on a calendar.")
    if found.undated:
        console.print(Text(f"\n{len(found.undated)} not resolved to days:", "bold"))
        for moment in found.undated:
            console.print(Text(f"  {clean(moment.words)}: {clean(moment.told)}", "dim"))


def show_places(case: Case, doc: str | None, console: Console) -> None:
    """Print each place once with its point, how sure it is and where it is named; then the unresolved names."""
    found = geography(case, doc)
    for pin in found.pins:
        console.print(_pin(pin))
    if not found.pins:
        console.print("No place could be resolved.")
    if found.unresolved:
        console.print(Text(f"\n{len(found.unresolved)} not resolved:", "bold"))
        for one in found.unresolved:
            console.print(Text(f"  {clean(one.words)}  ({clean(one.title)})", "dim"))
    if found.roles:
        counted = ", ".join(f"{count} {role}" for role, count in found.roles)
        console.print(Text(f"\nNames that are no pins: {counted}.", "dim"))


def show_checks(case: Case, doc: str | None, console: Console, *, every: bool = False) -> int:
    """Print the checks that failed, with `every` all of them, and the count by rule; how many failed."""
    found = findings(case, doc)
    failed = found.of(CheckOutcome.FAILED)
    for row in found.rows if every else failed:
        console.print(_finding(row))
    if not failed:
        console.print("No check failed." if found.rows else "No check applies to what the case holds.")
    for rule, *counts in found.counts:
        console.print(Text(f"  {rule}: {counts[0]} failed, {counts[2]} passed, {counts[1]} can't tell", "dim"))
    return len(failed)


def _moment(moment: Moment) -> Text:
    text = Text()
    text.append(f"{interval(moment.first, moment.last):<24} ", "bold" if moment.lane is Lane.HAPPENED else "dim")
    text.append("    said  " if moment.lane is Lane.SAID else "")
    text.append(clean(moment.told))
    text.append(f"  [{clean(moment.chain)}]", "dim")
    return text


def _pin(pin: Pin) -> Text:
    text = Text()
    text.append(clean(pin.name), "bold")
    text.append(f"  {pin.lat:.3f}, {pin.lon:.3f} within {pin.radius_km:.0f} km")
    if pin.confidence is not None:
        text.append(f", {pin.confidence:.0%} sure")
    text.append(f"  named {len(pin.sightings)} times: ", "dim")
    texts = sorted({one.title for one in pin.sightings})
    text.append(clean("; ".join(texts[:3])) + (" ..." if len(texts) > 3 else ""), "dim")
    return text


def _finding(row: Finding) -> Text:
    mark, colour = MARKS.get(CheckOutcome(row.outcome), ("✓", "chartreuse4"))
    text = Text()
    text.append(f"{mark} {row.rule} ({row.level}) ", f"bold {colour}")
    text.append(clean(row.message))
    text.append(f" Nearest that would be true: {clean(row.nearest)}." if row.nearest else "")
    quoted = " / ".join(f"“{clean(words)}”" for words in row.words)
    text.append(f"\n    {quoted}  [{clean(row.publisher)}: {clean(row.title)}]", "dim")
    return text
