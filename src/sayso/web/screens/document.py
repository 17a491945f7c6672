"""Document: the text by voice, a chain beside each statement, what else was found, and the original beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sayso.errors import UsageError
from sayso.records import (
    CausalLink,
    Check,
    Citation,
    Document,
    Event,
    EventStatus,
    Judgement,
    LoadedWord,
    Mention,
    PartKind,
    Place,
    ReuseLink,
    Statement,
    Tie,
    When,
    spans_of,
)
from sayso.views.chains import one_line, title
from sayso.views.document import DocumentRow, Segment, StatementRow, document_row
from sayso.views.rules import explain
from sayso.web import originals
from sayso.web.correcting import blanks
from sayso.web.pages import Missing
from sayso.web.screen import Ask, Param, Screen, plain
from sayso.web.screens.shared import keys_of, look, ruling

AROUND = frozenset({PartKind.RELATED, PartKind.BOILERPLATE})
CHIPPED = (Event, Tie, When, Place, CausalLink, Check)
SHOW = ("all", "attributed", "unnamed", "own")


def rows(ask: Ask) -> dict[str, Any]:
    """A document's parts cut at every border, its statements with their chains, and the rest of what was found."""
    document = _document(ask)
    case = ask.shelf.whole
    row = document_row(case, document)
    looks = _looks(row)
    statements = [_statement(ask, row, index, looks) for index in range(len(row.statements))]
    chips = _chips(ask, document)
    return {
        "heading": row.title,
        "document": {
            "id": row.id, "title": row.title, "publisher": row.publisher, "published": row.published, "url": row.url,
            "format": document.format, "name": document.name, "raw": document.raw, "facts": plain(row.facts),
            "loaded_line": row.loaded_line,
        },
        "statements": statements,
        "parts": [
            {
                "kind": part.kind,
                "around": part.kind in AROUND,
                "segments": [_segment(row, segment, looks) for segment in part.segments],
                "cited": part.cited(row),
                "own": part.own(row),
                "chips": [chip for chip in chips if _in_part(chip, document, number)],
            }
            for number, part in enumerate(row.parts)
        ],
        "runs_of_parts": _runs(row),
        "loaded": plain(row.loaded),
        "sources": _sources(case, document),
        "linked": _linked(ask, document),
        "original": {"pages": originals.pages_of(ask.shelf.case, document) if ask["beside"] == "original" else 0},
        "rules": {rule: explain(rule) for rule in sorted({one["rule"] for one in statements})},
    }  # fmt: skip


def correct(ask: Ask) -> dict[str, Any]:
    """One record with a form for every field of it that can be corrected."""
    record = ask.shelf.whole.find(ask["id"])
    if record is None or isinstance(record, Document | Judgement) or not hasattr(record, "why"):
        raise Missing(f"{ask['id']} is nothing that can be corrected.")
    spans = spans_of(record) if hasattr(record, "doc") or isinstance(record, Mention) else ()
    doc = spans[0].doc if spans else ""
    text = ask.shelf.case.get(doc).text if doc else ""
    start = max(0, spans[0].start - 300) if spans else 0
    return {
        "heading": "Correct",
        "record": {"id": record.id, "kind": record.id.partition("-")[0], "doc": doc, "rule": record.why.rule,
                   "note": record.why.note, "score": record.why.score, "says": explain(record.why.rule),
                   "words": [one_line(text[span.start : span.end]) for span in spans]},
        "text": {"before": text[start : spans[0].start], "start": start,
                 "words": text[spans[0].start : spans[-1].end],
                 "after": text[spans[-1].end : spans[-1].end + 300]} if spans else None,
        "blanks": plain(blanks(ask.shelf.whole, record)),
        "sources": _sources(ask.shelf.whole, ask.shelf.case.get(doc)) if isinstance(record, Statement) else [],
        "ruling": ruling(ask.shelf, record.id),
    }  # fmt: skip


def _document(ask: Ask) -> Document:
    try:
        found = ask.shelf.case.get(ask["id"])
    except UsageError as error:
        raise Missing(str(error)) from error
    if not isinstance(found, Document):
        raise Missing(f"{ask['id']} is no document.")
    return found


def _runs(row: DocumentRow) -> list[dict[str, Any]]:
    """The parts, by number, in runs of the text and of what stands around it (menus, related lines)."""
    filled = [number for number, part in enumerate(row.parts) if part.segments]
    runs = groupby(filled, key=lambda number: row.parts[number].kind in AROUND)
    return [{"around": around, "parts": list(run)} for around, run in runs]


def _looks(row: DocumentRow) -> dict[str, str]:
    heard = dict.fromkeys(key for one in row.attributed for chip in one.chain for key in keys_of(chip))
    near: Counter[int] = Counter()
    return {key: look(key, near) for key in heard}


def _statement(ask: Ask, row: DocumentRow, index: int, looks: dict[str, str]) -> dict[str, Any]:
    one = row.statements[index]
    look = looks[keys_of(one.chain[-1])[0]] if one.chain else ""
    return {**plain(one), "look": look, "line": row.line(one), "shown": _shown(ask["show"], one),
            "ruling": ruling(ask.shelf, one.id)}  # fmt: skip


def _shown(show: str, one: StatementRow) -> bool:
    return {"all": True, "attributed": not one.own, "unnamed": one.anonymous, "own": one.own}[show]


def _segment(row: DocumentRow, segment: Segment, looks: dict[str, str]) -> dict[str, Any]:
    cited = [row.statements[index] for index in segment.content if not row.statements[index].own]
    classes = [f"seg {looks[keys_of(cited[-1].chain[-1])[0]]}"] if cited else ["own"] if segment.content else []
    if len(cited) > 1:
        classes.append(f"nest o{looks[keys_of(cited[-2].chain[-1])[0]][1]}")
    classes += ["src"] * bool(segment.source) + ["cue"] * bool(segment.cue)
    return {
        "text": segment.text,
        "class": " ".join(classes),
        "statements": segment.content,
        "named": segment.source + segment.cue,
        "href": segment.href,
        "ends": [index for index in segment.ends if not row.statements[index].own],
        "loaded": segment.loaded,
    }


def _chips(ask: Ask, document: Document) -> list[dict[str, Any]]:
    found: list[Any] = [record for kind in CHIPPED for record in ask.shelf.whole.of(kind, document.id)]
    found.sort(key=lambda record: (spans_of(record)[0].start, record.id))
    return [_chip(ask, document, record) for record in found]


def _chip(ask: Ask, document: Document, record: Any) -> dict[str, Any]:
    span = spans_of(record)[0]
    return {
        "id": record.id,
        "kind": record.id.partition("-")[0],
        "words": " … ".join(one_line(document.text[one.start : one.end]) for one in spans_of(record)),
        "told": " ".join(str(piece) for piece in _told(record) if piece not in (None, "")).replace("_", " "),
        "start": span.start,
        "verdict": ask.shelf.whole.ruling(record.id).verdict,
    }


def _told(record: Any) -> Iterator[Any]:
    match record:
        case Event():
            yield from (record.code.lower(), record.mode, record.status)
        case Tie():
            yield from (record.kind, record.status if record.status is not EventStatus.HAPPENED else "")
        case When():
            yield from (record.first, "to", record.last) if record.first != record.last else (record.first,)
        case Place():
            yield from (record.name if record.lat is not None else "not resolved", "" if record.role == "place"
                        else f"({record.role})")  # fmt: skip
        case CausalLink():
            yield from (record.kind, "not" if record.negated else "", "if" if record.hypothetical else "")
        case Check():
            yield from (record.rule, record.outcome, record.message)


def _in_part(chip: dict[str, Any], document: Document, number: int) -> bool:
    if not document.parts:
        return True
    span = document.parts[number].span
    return bool(span.start <= chip["start"] < span.end)


def _sources(case: Any, document: Document) -> list[dict[str, str]]:
    """Whom a correction can name as the source: the document's mentions, in the order of the text."""
    found: dict[str, dict[str, str]] = {}
    for one in case.of(Mention, document.id):
        words = one_line(document.text[one.spans[0].start : one.spans[0].end])
        found.setdefault((one.name or words).casefold(), {"id": one.id, "label": one_line(one.name or words)})
    return list(found.values())


def _linked(ask: Ask, document: Document) -> dict[str, Any]:
    reviewed = ask.shelf.reviewed
    others = {one.id: one.right if one.left == document.id else one.left for one in reviewed.of(ReuseLink, document.id)}
    reuse = [{"id": id, "doc": other, "title": title(ask.shelf.case.get(other))} for id, other in others.items()]
    cited = [{"id": one.id, "doc": one.target or "", "name": one.name} for one in reviewed.of(Citation, document.id)
             if one.doc == document.id]  # fmt: skip
    return {"reuse": reuse, "citations": cited, "loaded_words": len(list(reviewed.of(LoadedWord, document.id)))}


SCREENS = (
    Screen("document", "/document/{id}", "Document", rows, (
        Param("show", "which statements", "all", SHOW),
        Param("beside", "what stands beside the text", "chains", ("chains", "original")),
        Param("statement", "the statement to go to"),
    )),
    Screen("correct", "/correct/{id}", "Correct", correct, (Param("next", "the page to go back to"),)),
)  # fmt: skip
