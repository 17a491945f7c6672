"""Events as `score_events.py` reads them: found in a text (e2e), typed between given sides (pair), a class (quad)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from sayso.case import Page
from sayso.detect import DETECTORS
from sayso.detect.events import coded
from sayso.detect.events.coder import Coder, shipped
from sayso.detect.events.judge import Reader, given
from sayso.ingest.layout import parts
from sayso.nlp import load, parse
from sayso.records import Document, Event, Mention

BATCH = 64
Row = dict[str, Any]
Coders = Callable[[str], Coder]


def predict(rows: Iterable[Row], coders: Coders = lambda _: shipped()) -> Iterator[Row]:
    """One line a text: its coded events with actors and recipients."""
    for row, page in pages(rows):
        found = list(coded(page, coders(row["id"])))
        page.add(found)
        yield {"id": row["id"], "events": [_event(page, e) for e in found if isinstance(e, Event) and e.code]}


def predict_types(rows: Iterable[Row], coders: Coders = lambda _: shipped()) -> Iterator[Row]:
    """One line a text: the type of each marked pair, whose spans alone are read."""
    for row, page in pages(rows):
        coder = coders(row["id"])
        reader = Reader(page, coder)
        yield {"id": row["id"], "events": [{"type": _type(reader, event)} for event in row["events"]]}


def _type(reader: Reader, event: Row) -> str:
    spans = [[tuple(m["span"]) for m in event[side] if m.get("span")] for side in ("actor", "recipient")]
    chances = reader.coder.types(*given(reader, *spans)[1])
    return max(chances, key=lambda name: (chances[name], name))


def predict_quads(rows: Iterable[Row]) -> Iterator[Row]:
    """One line a text: its class."""
    for row, page in pages(rows):
        reader = Reader(page, shipped())
        yield {"id": row["id"], "quad": reader.quad(list(reader.judged()), (0, len(page.parse)))}


def folded(task: Callable[..., Iterator[Row]], rows: Iterable[Row], *, folder: Path) -> Iterator[Row]:
    """A task of this module with a coder for each row that has not seen the row's fold of the corpora in `folder`.

    Needs scikit-learn: the coders are taught anew.
    """
    from train import events as train

    if task is predict_quads:
        found = dict(train.fold_news(folder))
        return ({"id": row["id"], "quad": found[row["id"]]} for row in rows)
    coders = train.fold_coders(folder)
    return task(rows, lambda id: coders[train.fold(id)])


def pages(rows: Iterable[Row]) -> Iterator[tuple[Row, Page]]:
    """Each row with its page, all detectors before `events` run."""
    model, batch = load(), list[Row]()
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield from _parsed(batch, model)
            batch = []
    yield from _parsed(batch, model)


def _parsed(batch: list[Row], model: Any) -> Iterator[tuple[Row, Page]]:
    documents = [Document(r["id"], r["id"], "text", "", r["text"], parts=parts(r["id"], r["text"])) for r in batch]
    for row, document, tree in zip(batch, documents, parse(documents, model), strict=True):
        page = Page(document, tree, model.tagger)
        for detector in DETECTORS:
            if detector.__name__ != "events":
                page.add(list(detector(page)))
        yield row, page


def _event(page: Page, event: Event) -> Row:
    sides = {"actor": event.actors, "recipient": event.recipients}
    return {"type": event.code, **{side: [_mention(page, page.get(id)) for id in ids] for side, ids in sides.items()}}


def _mention(page: Page, mention: Mention) -> Row:
    span = mention.spans[0]
    return {"text": page.quote(span), "span": [span.start, span.end]}
