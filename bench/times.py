"""Times as `score_time.py` reads them: place, TIMEX3 type and value of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bench.attribution import documents
from sayso.case import Page, Parse
from sayso.detect.quotes import quotes
from sayso.detect.times import times
from sayso.records import Meta


def predict(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One line a document; the creation time is its publication date. No parse: the rules go without one."""
    for row in rows:
        (document,) = documents([row])
        if row.get("dct"):
            document = replace(document, published=Meta(row["dct"], "dct"))
        page = Page(document, Parse())
        page.add(quotes(page))
        found = [{"start": t.span.start, "end": t.span.end, "type": t.kind, "value": t.timex} for t in times(page)]
        yield {"id": row["id"], "timexes": found}
