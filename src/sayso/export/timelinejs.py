"""The timeline of a case as TimelineJS 3 JSON, which Knight Lab's TimelineJS and other viewers read."""

from __future__ import annotations

import html
import json
import sys
from pathlib import Path
from typing import Any

from sayso.export import whole
from sayso.store import CaseFile
from sayso.views.timeline import Moment, timeline


def export(case: CaseFile, out: Path | None, *, text: bool = True) -> None:
    """Write the dated entries to `out`, None for standard output; `text=False` leaves out the words about each time.

    The lanes are TimelineJS groups. An entry with one open end is shown at the other. The viewer takes texts for
    HTML, so every word of a document is escaped. What is on no calendar is left out.
    """
    events = [_event(moment, text) for moment in timeline(case).moments]
    line = json.dumps({"events": events}, indent=1) + "\n"
    if out is None:
        sys.stdout.write(line)
        return
    with whole(out) as file:
        file.write(line)


def _event(moment: Moment, text: bool) -> dict[str, Any]:
    first, last = moment.first or moment.last or "", moment.last or moment.first or ""
    event: dict[str, Any] = {"start_date": _date(first)}
    if last != first:
        event["end_date"] = _date(last)
    told = moment.told if text else moment.words
    event["text"] = {"headline": html.escape(moment.words or "published"), "text": _paragraphs(told, moment.chain)}
    event["group"] = str(moment.lane)
    event["unique_id"] = f"{moment.document}-{moment.span.start if moment.span else 'published'}"
    return event


def _paragraphs(told: str, chain: str) -> str:
    return "".join(f"<p>{html.escape(words)}</p>" for words in (told, chain) if words)


def _date(day: str) -> dict[str, int]:
    """An ISO date as the numbers that TimelineJS wants."""
    numbers = [int(number) for number in day[:10].split("-")]
    return dict(zip(("year", "month", "day"), numbers, strict=False))
