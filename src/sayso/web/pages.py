"""Pages: a screen's rows as a page or as its `.json` twin; the page is made from the twin and from nothing else."""

from __future__ import annotations

import json
import re
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import CaseError, SaysoError, UsageError
from sayso.export.report import href
from sayso.views.chains import spoken
from sayso.views.dates import day, interval
from sayso.web.desk import Desk
from sayso.web.screen import Ask, Screen, plain

MENU = (
    ("case", "/case"), ("search", "/search"), ("voices", "/voices"), ("claims", "/claims"),
    ("timeline", "/timeline"), ("map", "/map"), ("network", "/network"), ("dominoes", "/dominoes"),
    ("reuse", "/reuse"), ("checks", "/checks"), ("review", "/review"), ("report", "/report"),
)  # fmt: skip
# Characters that HTML forbids or that no encoding holds: shown as U+FFFD.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Missing(UsageError):
    """The case holds nothing by this id."""


async def show(desk: Desk, screen: Screen, request: Request, *, twin: bool) -> Response:
    """The answer to a request for a screen, as a page or as JSON."""
    return await run_in_threadpool(_show, desk, screen, request, twin)


def _show(desk: Desk, screen: Screen, request: Request, twin: bool) -> Response:
    status, rows = look(desk, screen, request)
    if twin:
        return as_json(rows, status)
    if status != HTTPStatus.OK:
        return page(desk, request, "error", rows | {"screen": "error", "title": "Not found"}, status)
    part = request.headers.get("hx-target") if request.headers.get("hx-request") else None
    return page(desk, request, screen.name, rows | {"title": _title(screen, rows)}, status, part=part)


def look(desk: Desk, screen: Screen, request: Request) -> tuple[HTTPStatus, dict[str, Any]]:
    """A screen's rows, plain; or the status and the reason why there are none."""
    try:
        args: dict[str, Any] = {param.name: param.read(request.query_params.get(param.name)) for param in screen.params}
        args |= {name: request.path_params[name] for name in screen.ids}
        with desk.shelf() as shelf:
            rows = plain(screen.rows(Ask(shelf, args, desk)))
        return HTTPStatus.OK, {"screen": screen.name, "asked": args} | rows
    except Missing as error:
        return HTTPStatus.NOT_FOUND, {"screen": screen.name, "error": str(error)}
    except CaseError as error:
        return HTTPStatus.SERVICE_UNAVAILABLE, {"screen": screen.name, "error": str(error)}
    except SaysoError as error:
        return HTTPStatus.BAD_REQUEST, {"screen": screen.name, "error": str(error)}


def as_json(rows: dict[str, Any], status: int = HTTPStatus.OK) -> Response:
    """The twin: what the page shows, and nothing that it does not."""
    return Response(json.dumps(rows, indent=1, allow_nan=False), status, media_type="application/json")


def page(
    desk: Desk, request: Request, template: str, rows: dict[str, Any], status: int = HTTPStatus.OK, *,
    part: str | None = None,
) -> Response:  # fmt: skip
    """The page of a template and its rows."""
    made = environment().get_template(f"{template}.html")
    frame = {
        "rows": rows,
        "address": str(request.url.path),
        "query": request.url.query,
        "token": desk.key.write,
        "case_name": desk.path.name,
        "by": desk.by,
        "menu": MENU,
        "ready": desk.progress(),
        "part": part,
    }
    text = _FORBIDDEN.sub("\ufffd", made.render(frame))
    return Response(text.encode("utf-8"), status, media_type="text/html; charset=utf-8")


@cache
def environment() -> Environment:
    """Templates: everything is escaped, an unknown name is an error."""
    made = Environment(
        loader=FileSystemLoader(Path(str(files("sayso.web").joinpath("templates")))),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"spoken": spoken, "href": href, "day": day, "interval": interval, "seg": _segment, "query": _query}
    made.filters |= {"count": count}
    return made


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 document", "12 documents"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _segment(text: str) -> str:
    """Text as one piece of a path."""
    return quote(_FORBIDDEN.sub("\ufffd", text), safe="")


def _query(args: dict[str, Any], **changed: Any) -> str:
    """The address's values with some changed, as a query."""
    merged = {name: value for name, value in (args | changed).items() if value not in ("", None)}
    return "?" + urlencode({name: _FORBIDDEN.sub("\ufffd", str(value)) for name, value in merged.items()})


def _title(screen: Screen, rows: dict[str, Any]) -> str:
    return str(rows.get("heading") or screen.title)
