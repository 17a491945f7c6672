"""What people can do: judge, take back, put together, settle; each is one address, done before it is answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from sayso.errors import CaseError, SaysoError, UsageError
from sayso.judgements import judge, redo, undo
from sayso.judgements.anchors import judgeable, members_of
from sayso.judgements.conflicts import settle
from sayso.judgements.fields import DIFFERENT, FIELDS, SAME
from sayso.records import Verdict
from sayso.store import open_case
from sayso.web import drops, index, pages, report
from sayso.web.desk import Desk
from sayso.web.guard import HEADER, PARAMETER
from sayso.web.screen import Param
from sayso.web.writing import Write

LONGEST = 200_000  # characters of one field of a form
NOTED = 16  # others that a pair remembers: enough to find the group again
SET = "set."  # the beginning of a field's name in a form that corrects it

_NOTE = Param("note", "why")
_NEXT = Param("next", "the page to show after it")


async def answer(desk: Desk, write: Write, request: Request) -> Response:
    """Do what a form, or a program, asks for, and say where to go on."""
    try:
        fields = await _fields(request, write)
    except (ValueError, HTTPException) as error:
        return _refused(desk, request, HTTPStatus.BAD_REQUEST, f"This form cannot be read: {error}")
    if not desk.key.may_write(fields.pop(PARAMETER, None) or request.headers.get(HEADER)):
        return _refused(desk, request, HTTPStatus.FORBIDDEN, "The form has no token of this session: open it again.")
    onward = _local(fields.pop("next", ""))
    try:
        _check(write, fields)
        told = await run_in_threadpool(write.act, desk, fields)
    except pages.Missing as error:
        return _refused(desk, request, HTTPStatus.NOT_FOUND, str(error))
    except CaseError as error:
        return _refused(desk, request, HTTPStatus.SERVICE_UNAVAILABLE, str(error))
    except SaysoError as error:
        return _refused(desk, request, HTTPStatus.BAD_REQUEST, str(error))
    if _wants_json(request):
        return JSONResponse(told)
    return RedirectResponse(told.get("next") or onward, HTTPStatus.SEE_OTHER)


def _judge(desk: Desk, fields: Mapping[str, str]) -> dict[str, Any]:
    change = {name.removeprefix(SET): value for name, value in fields.items() if name.startswith(SET)}
    verdict = fields["verdict"]
    with open_case(desk.path) as case:
        record = judgeable(case, fields["about"])
        change = _altered(case, record, change) if verdict == Verdict.EDIT else {}
        word = judge(case, record.id, verdict, change=change, by=desk.by, note=fields.get("note", ""))
        _renew(desk, case, record.id)
    return {"judgement": word.id, "about": word.about}


def _altered(case: Any, record: Any, change: Mapping[str, str]) -> dict[str, str]:
    """Of a form's fields those that say something else than the record does now."""
    from sayso.web.correcting import now

    held = now(case, record)
    return {name: value for name, value in change.items() if value != held.get(name) or name not in held}


def _undo(desk: Desk, fields: Mapping[str, str]) -> dict[str, Any]:
    return _take_back(desk, undo, fields)


def _redo(desk: Desk, fields: Mapping[str, str]) -> dict[str, Any]:
    return _take_back(desk, redo, fields)


def _take_back(desk: Desk, what: Any, fields: Mapping[str, str]) -> dict[str, Any]:
    with open_case(desk.path) as case:
        word = what(case, by=desk.by, note=fields.get("note", ""))
        first = case.get(word.about)
        while first.verdict == Verdict.UNDO:
            first = case.get(first.about)
        _renew(desk, case, first.about)
    return {"judgement": word.id, "about": word.about}


def _merge(desk: Desk, fields: Mapping[str, str]) -> dict[str, Any]:
    with open_case(desk.path) as case, desk.shelf() as shelf:
        left, right = (shelf.reviewed.get(fields[name]) for name in ("left", "right"))
        if type(left) is not type(right) or left.id == right.id:
            raise UsageError("Only two different clusters of one kind can be put together.")
        member, other = members_of(left)[0], members_of(right)[0]
        word = judge(case, member, Verdict.EDIT, change={SAME: other}, by=desk.by, note=fields.get("note", ""))
        _renew(desk, case, left.id, right.id)
    return {"judgement": word.id, "about": word.about}


def _split(desk: Desk, fields: Mapping[str, str]) -> dict[str, Any]:
    with open_case(desk.path) as case, desk.shelf() as shelf:
        cluster, member = shelf.reviewed.get(fields["cluster"]), fields["member"]
        others = [id for id in members_of(cluster) if id != member]
        if member not in members_of(cluster) or not others:
            raise UsageError("Only one of several members can be taken out.")
        change = {DIFFERENT: " ".join(others[:NOTED])}
        word = judge(case, member, Verdict.EDIT, change=change, by=desk.by, note=fields.get("note", ""))
        _renew(desk, case, cluster.id)
    return {"judgement": word.id, "about": word.about}


def _settle(desk: Desk, fields: Mapping[str, str]) -> dict[str, Any]:
    with open_case(desk.path) as case:
        word = settle(case, fields["word"], by=desk.by, note=fields.get("note", ""))
        _renew(desk, case, word.about)
    return {"judgement": word.id, "about": word.about}


def _add(desk: Desk, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the files beside the case and read them; the answer does not wait for the reading."""
    files = fields.get("files", [])
    if not files:
        raise UsageError("Choose at least one file.")
    held = [(drops.place(desk.path, name), data) for name, data in files]
    for path, data in held:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    desk.jobs.start([path for path, _ in held], [name for name, _ in files])
    return {"files": len(held)}


def _stop(desk: Desk, fields: Mapping[str, str]) -> dict[str, Any]:
    desk.jobs.stop()
    return {"state": str(desk.jobs.job.state)}


def _again(desk: Desk, fields: Mapping[str, str]) -> dict[str, Any]:
    desk.jobs.again()
    return {"state": str(desk.jobs.job.state)}


def _report(desk: Desk, fields: Mapping[str, str]) -> dict[str, Any]:
    with open_case(desk.path) as case:
        new = report.save(case, report.changed(report.draft(case), dict(fields)), desk.by)
    return {"version": new.version, "blocks": len(new.blocks)}


def _who(desk: Desk, fields: Mapping[str, str]) -> dict[str, Any]:
    desk.by = " ".join(fields.get("by", "").split())[:80]
    return {"by": desk.by}


def _renew(desk: Desk, case: Any, *ids: str) -> None:
    docs = dict.fromkeys(doc for id in ids for doc in index.docs_of(case, id))
    index.renew(case, docs)
    desk.wake()


_CHANGES = tuple(dict.fromkeys(name for fields in FIELDS.values() for name in fields))

WRITES: tuple[Write, ...] = (
    Write("judge", "/judge", "Accept, reject or correct a record", _judge,
          (Param("about", "the record's id"), Param("verdict", "what you say", "accept", ("accept", "reject", "edit")),
           *(Param(SET + name, f"{name}, corrected") for name in _CHANGES), _NOTE, _NEXT),
          ("about", "verdict"), SET),
    Write("undo", "/undo", "Take back your last word", _undo, (_NOTE, _NEXT)),
    Write("redo", "/redo", "Take back your last undo", _redo, (_NOTE, _NEXT)),
    Write("merge", "/merge", "Say that two actors, claims or happenings are one", _merge,
          (Param("left", "one cluster's id"), Param("right", "the other's"), _NOTE, _NEXT), ("left", "right")),
    Write("split", "/split", "Say that a member belongs to another", _split,
          (Param("cluster", "the cluster's id"), Param("member", "the member's id"), _NOTE, _NEXT),
          ("cluster", "member")),
    Write("settle", "/settle", "Take one of two people's words", _settle,
          (Param("word", "the word's id"), _NOTE, _NEXT), ("word",)),
    Write("add", "/add", "Add documents", _add, (_NEXT,), upload=True),
    Write("stop", "/stop", "Stop reading", _stop, (_NEXT,)),
    Write("again", "/again", "Read the last files again", _again, (_NEXT,)),
    Write("save_report", "/report/save", "Change the report", _report,
          (Param("do", "save, add, up.N, down.N or out.N", "save"), Param("title", "its title"),
           Param("kind", "of the block to add", "", tuple(report.BlockKind)), Param("about", "the record it shows"),
           Param("text", "its words"), _NEXT), (), "text."),
    Write("who", "/who", "Say whose words the next ones are", _who, (Param("by", "your name"), _NEXT)),
)  # fmt: skip


# --- reading what was sent ------------------------------------------------------------------------------------------


async def _fields(request: Request, write: Write) -> dict[str, Any]:
    """The fields of a form or a JSON object; of an upload `files` too, as names and bytes. Raises ValueError."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "application/json":
        sent = json.loads(await request.body() or b"{}")
        if not isinstance(sent, dict):
            raise ValueError("an object of fields is needed")
        return {name: _text(name, value) for name, value in sent.items()}
    form = await request.form(max_files=drops.MOST, max_fields=2_000, max_part_size=LONGEST * 4)
    files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    fields: dict[str, Any] = {
        name: _text(name, value) for name, value in form.multi_items() if not (write.upload and name == "files")
    }
    if write.upload:
        fields["files"] = [(one.filename or "", await one.read()) for one in files]
    return fields


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{name} is not text")
    if len(value) > LONGEST:
        raise ValueError(f"{name} is longer than {LONGEST} characters")
    return value.replace("\r\n", "\n")


def _check(write: Write, fields: Mapping[str, str]) -> None:
    known = {param.name for param in write.fields} | ({"files"} if write.upload else set())
    unknown = [name for name in fields if name not in known and not (write.free and name.startswith(write.free))]
    if unknown:
        raise UsageError(f"Unknown field {unknown[0]!r}: known are {', '.join(sorted(known))}.")
    missing = [name for name in write.required if not fields.get(name)]
    if missing:
        raise UsageError(f"Say {missing[0]} too.")


def _local(target: str) -> str:
    """Where to go on: a page of this server, never another place."""
    plain = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if plain else "/case"


def _wants_json(request: Request) -> bool:
    return "json" in request.headers.get("accept", "") or "json" in request.headers.get("content-type", "")


def _refused(desk: Desk, request: Request, status: HTTPStatus, reason: str) -> Response:
    if _wants_json(request):
        return JSONResponse({"error": reason}, status)
    return pages.page(desk, request, "error", {"screen": "error", "error": reason, "title": "Not done"}, status)
