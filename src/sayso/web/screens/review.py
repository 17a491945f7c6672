"""Review: what a person should look at first, what people said, and where they disagree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sayso.judgements import place, standing
from sayso.judgements.anchors import words_of
from sayso.judgements.conflicts import conflicts
from sayso.judgements.standing import redoable, undoable
from sayso.records import Document, Event, Judgement, Place, Statement, When
from sayso.text import sentences
from sayso.views.chains import one_line, publisher, title
from sayso.web.screen import PAGE, Ask, Param, Screen, pages, plain
from sayso.web.screens.shared import carded

BY = ("uncertainty", "consequence")
KINDS = ("statement", "event", "place", "when")
SIZE = 10
AROUND = 240  # characters of the text either side of the words in question


def rows(ask: Ask) -> dict[str, Any]:
    """The queue: of one kind, what nobody has judged, the most doubtful or the most consequential first."""
    case = ask.shelf.case
    judged = json.dumps(sorted(ask.shelf.rulings))
    rest = "FROM shown_doubt WHERE kind = ? AND record NOT IN (SELECT value FROM json_each(?))"
    counts = {kind: case.rows(f"SELECT count(*) {rest}", kind, judged)[0][0] for kind in KINDS}
    order = "doubt DESC, record" if ask["by"] == "uncertainty" else "weight DESC, doubt DESC, record"
    cut = pages(counts[ask["kind"]], ask["page"], SIZE)
    sql = f"SELECT record, doubt, weight {rest} ORDER BY {order} LIMIT ? OFFSET ?"
    found = case.rows(sql, ask["kind"], judged, cut.size, cut.skip)
    words = list(case.judgements)
    return {
        "items": list(_items(ask, found)),
        "counts": counts,
        "pages": cut,
        "said": len(standing(words)),
        "undo": _told(undoable(words, ask.desk.by)),
        "redo": _told(redoable(words, ask.desk.by)),
        "conflicts": len(list(conflicts(ask.shelf.rulings))),
    }


def history(ask: Ask) -> dict[str, Any]:
    """Every word ever said, the newest first: who, when, why, whether it stands, and what it belongs to now."""
    case = ask.shelf.case
    words = list(case.judgements)
    counted = {word.id for word in standing(words)}
    cut = pages(len(words), ask["page"])
    shown = words[::-1][cut.skip : cut.skip + cut.size]
    return {
        "words": [_word(case, word, word.id in counted) for word in shown],
        "undo": _told(undoable(words, ask.desk.by)),
        "redo": _told(redoable(words, ask.desk.by)),
        "pages": cut,
    }


def disputed(ask: Ask) -> dict[str, Any]:
    """Records on which two people's words differ, each word to be taken or left."""
    found = list(conflicts(ask.shelf.rulings))
    cut = pages(len(found), ask["page"], 25)
    return {"conflicts": [_conflict(ask, one) for one in found[cut.skip : cut.skip + cut.size]], "pages": cut}


def _items(ask: Ask, found: list[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    for id, doubt, weight in found:
        record = ask.shelf.whole.find(id)
        if record is not None:
            yield {"id": id, "doubt": round(doubt, 4), "weight": weight, **_item(ask, record)}


def _item(ask: Ask, record: Any) -> dict[str, Any]:
    spans = words_of(record)
    document: Document = ask.shelf.case.get(spans[0].doc)
    card = carded(ask.shelf, [record])[0] if isinstance(record, Statement) else None
    return {
        "kind": record.id.partition("-")[0], "doc": document.id, "title": title(document),
        "publisher": publisher(document), "pieces": _pieces(document, [(one.start, one.end) for one in spans]),
        "card": card, "told": _says(record), "rule": record.why.rule, "note": record.why.note,
    }  # fmt: skip


def _pieces(document: Document, spans: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """The words in question within the sentences they stand in."""
    low, high = max(0, spans[0][0] - AROUND), min(len(document.text), spans[-1][1] + AROUND)
    near = [pair for pair in sentences(document.text, low, high) if pair[1] > spans[0][0] and pair[0] < spans[-1][1]]
    at, end = (near[0][0], near[-1][1]) if near else (low, high)
    found = []
    for start, stop in spans:
        found += [{"text": document.text[at:start], "found": False}, {"text": document.text[start:stop], "found": True}]
        at = stop
    return [*found, {"text": document.text[at:end], "found": False}]


def _says(record: Any) -> str:
    match record:
        case Event():
            return " ".join(str(one) for one in (record.code or "no type", record.mode, record.status) if one)
        case Place():
            return f"{record.name}, within {record.radius_km:g} km" if record.lat is not None else "no place found"
        case When():
            return f"{record.first or 'open'} to {record.last or 'open'}"
        case _:
            return ""


def _word(case: Any, word: Judgement, stands: bool) -> dict[str, Any]:
    record = place(case, word)
    doc = words_of(record)[0].doc if words_of(record) else ""
    return {**_told(word), "stands": stands, "attached": record.id if record else "", "doc": doc,  # type: ignore[dict-item]
            "words": [one_line(piece) for piece in word.anchor["words"]], "in": word.anchor["doc"],
            "kind": word.anchor["kind"]}  # fmt: skip


def _told(word: Judgement | None) -> dict[str, Any] | None:
    if word is None:
        return None
    return {"id": word.id, "about": word.about, "verdict": str(word.verdict), "change": word.change, "who": word.by,
            "at": word.at[:19], "note": word.note}  # fmt: skip


def _conflict(ask: Ask, one: Any) -> dict[str, Any]:
    record = ask.shelf.whole.find(one.about)
    spans = words_of(record)
    return {
        "about": one.about,
        "aspect": one.aspect,
        "doc": spans[0].doc if spans else "",
        "words": [one_line(ask.shelf.case.quote(span)) for span in spans],
        "sides": [{"value": value, **plain(_told(word))} for word, value in one.sides],
    }


SCREENS = (
    Screen("review", "/review", "Review", rows, (
        Param("by", "what comes first", "uncertainty", BY), Param("kind", "of what", "statement", KINDS), PAGE)),
    Screen("history", "/history", "What people said", history, (PAGE,)),
    Screen("conflicts", "/conflicts", "Where people disagree", disputed, (PAGE,)),
)  # fmt: skip
