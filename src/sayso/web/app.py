"""The application: screens and writes by their addresses, each screen as a page and as its `.json` twin."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from sayso.web import originals, pages, screens, writes, written
from sayso.web.desk import Desk
from sayso.web.guard import Guard
from sayso.web.openapi import describe
from sayso.web.screen import Screen

Answer = Callable[[Request], Awaitable[Response]]


def make_app(desk: Desk) -> ASGIApp:
    """The workbench over one case, guarded."""
    routes: list[Route | Mount] = [
        Route("/", _to_case),
        Route("/openapi.json", _openapi),
        Route("/static/report.css", _report_css),
        Mount("/static", StaticFiles(directory=_room("static"))),
        *(Route(f"/original/{{id}}{ending}", partial(originals.answer, desk)) for ending in ("", "/{page:int}.png")),
        Route("/copy/{id}", partial(originals.download, desk)),
        Route("/report/download", partial(written.download, desk)),
    ]
    for screen in screens.SCREENS:
        routes.append(Route(f"{screen.path}.json", _reading(desk, screen, twin=True)))
        routes.append(Route(screen.path, _reading(desk, screen, twin=False)))
    routes += [Route(write.path, partial(writes.answer, desk, write), methods=["POST"]) for write in writes.WRITES]
    app = Starlette(routes=routes, exception_handlers={HTTPStatus.NOT_FOUND: partial(_missing, desk)})
    return Guard(app, desk.key)


def _reading(desk: Desk, screen: Screen, *, twin: bool) -> Answer:
    return partial(pages.show, desk, screen, twin=twin)


async def _to_case(request: Request) -> Response:
    return RedirectResponse("/case", HTTPStatus.SEE_OTHER)


async def _openapi(request: Request) -> Response:
    return JSONResponse(describe(screens.SCREENS, writes.WRITES))


async def _report_css(request: Request) -> Response:
    return FileResponse(Path(str(files("sayso.export").joinpath("report.css"))), media_type="text/css")


async def _missing(desk: Desk, request: Request, error: Exception) -> Response:
    rows = {"screen": "error", "error": "There is no page at this address.", "title": "Not found"}
    if request.url.path.endswith(".json"):
        return pages.as_json(rows, HTTPStatus.NOT_FOUND)
    return pages.page(desk, request, "error", rows, HTTPStatus.NOT_FOUND)


def _room(name: str) -> Path:
    return Path(str(files("sayso.web").joinpath(name)))
