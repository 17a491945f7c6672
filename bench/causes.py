"""Causal links as `score_causal.py` reads them, and links between given event mentions as `score_links.py` does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.attribution import documents
from sayso.case import Page
from sayso.detect import DETECTORS
from sayso.detect.causes import causes
from sayso.detect.causes.learned import causal
from sayso.detect.causes.pairs import linked
from sayso.detect.quotes import quotes
from sayso.nlp import load
from sayso.pipeline import analyse_many
from sayso.records import CausalLink

FIRST = tuple(detector for detector in DETECTORS if detector is not causes)


def predict(rows: Iterator[dict[str, Any]], *, rules: bool = False) -> Iterator[dict[str, Any]]:
    """One line a sentence: whether it tells of cause and effect, and its links, the surest first."""
    labels: dict[str, bool | None] = {}

    def note(page: Page) -> Iterator[CausalLink]:
        labels[page.document.id] = causal(page)
        return iter(())

    for document, records in analyse_many(documents(rows), load(rules=rules), (*FIRST, causes, note)):
        found = [r for r in records if isinstance(r, CausalLink)]
        found.sort(key=lambda link: -(link.why.score or 0.0))
        yield {
            "id": document.id,
            "label": int(bool(found) if (label := labels.pop(document.id, None)) is None else label),
            "relations": [_relation(link) for link in found],
        }


def predict_links(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One line a document: the links between its given mentions of events."""
    given = {row["id"]: row for row in rows}
    found: dict[str, list[tuple[str, str]]] = {}

    def note(page: Page) -> Iterator[CausalLink]:
        mentions = [(one["id"], *one["span"]) for one in given[page.document.id]["mentions"]]
        found[page.document.id] = list(linked(page, mentions))
        return iter(())

    for document, _ in analyse_many(documents(given.values()), load(), (quotes, note)):
        links = [{"cause": cause, "effect": effect} for cause, effect in found.pop(document.id, [])]
        yield {"id": document.id, "links": links}


def _relation(link: CausalLink) -> dict[str, Any]:
    cause, effect = link.cause[0], link.effect[0]
    return {
        "cause": [cause.start, cause.end],
        "effect": [effect.start, effect.end],
        "signal": [[span.start, span.end] for span in link.signal],
        "score": link.why.score,
    }
