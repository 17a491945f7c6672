"""The report as a file: one HTML page that needs nothing else, or Markdown; every quotation carries its citation."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sayso.errors import SaysoError
from sayso.views.dates import interval
from sayso.web import pages
from sayso.web.desk import Desk
from sayso.web.screen import Ask, Param, plain
from sayso.web.screens import report

_VERSION = Param("version", "which version, 0 the last", "0", number=True)
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_START = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-+=])", re.MULTILINE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


async def download(desk: Desk, request: Request) -> Response:
    """The report that was put together, as one file to save: HTML that needs nothing else, or Markdown."""
    return await run_in_threadpool(_answer, desk, request)


def html(rows: dict[str, Any]) -> str:
    """The page, with its looks inside and a policy that lets it do nothing."""
    css = "".join(files(room).joinpath(*name).read_text("utf-8") for room, name in _CSS)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    made = pages.environment().get_template("written.html")
    return made.render(rows=rows, css=Markup(css), policy=policy)


def markdown(rows: dict[str, Any]) -> Iterator[str]:
    """The paragraphs of the report; what strangers wrote is escaped, what the person wrote is left as Markdown."""
    yield f"# {escaped(rows['title_given'] or 'Report')}"
    for block in rows["blocks"]:
        if block["text"]:
            yield block["text"].strip()
        if block["shows"]:
            yield from _SHOWN[block["kind"]](block["shows"])


def escaped(text: str) -> str:
    """Words as Markdown shows them to the letter."""
    plain_words = _MARKS.sub(r"\\\1", " ".join(text.split()))
    return _START.sub(lambda m: f"{m[1] or m[4] or ''}{m[2] or ''}\\{m[3] or m[5]}", plain_words)


def _statement(shown: dict[str, Any]) -> Iterator[str]:
    yield "> " + " … ".join(escaped(piece) for piece in shown["card"]["words"])
    yield escaped(shown["citation"])


def _claim(shown: dict[str, Any]) -> Iterator[str]:
    claim = shown["claim"]
    yield f"**{escaped(claim['words'])}**"
    grade = "".join(shown["ruling"]["grade"])
    told = f"{claim['statements']} statements in {claim['documents']} documents"
    yield f"{escaped(claim['label'])}; {told}; graded {grade}."
    for origin in shown["origins"]:
        interests = f" Interested: {escaped('; '.join(origin['interests']))}." if origin["interests"] else ""
        named = "" if origin["named"] else " (not named)"
        yield f"- Origin: {escaped(origin['name'])}{named}.{interests}"
    yield from (f"{number}. {escaped(one)}" for number, one in enumerate(shown["citations"], 1))


def _voices(shown: dict[str, Any]) -> Iterator[str]:
    lines = [
        f"| {escaped(one['label'])} | {one['origin']} | {one['relay']} | {one['documents']} |"
        for one in shown["voices"]
    ]
    yield "\n".join(["| Voice | origin of | passed on | documents |", "|---|---|---|---|", *lines])


def _timeline(shown: dict[str, Any]) -> Iterator[str]:
    yield "\n".join(
        f"- {interval(one['first'], one['last'])}: {escaped(one['told'])} ({escaped(one['chain'])}; "
        f"{escaped(one['title'])})"
        for one in shown["moments"]
    )


def _checks(shown: dict[str, Any]) -> Iterator[str]:
    yield "\n".join(
        f"- {escaped(one['message'])} ({escaped(one['title'])}, {escaped(one['rule'])})" for one in shown["checks"]
    )


def _dominoes(shown: dict[str, Any]) -> Iterator[str]:
    yield "\n".join(
        f"- {escaped(one['cause'])} → {escaped(one['effect'])} ({'denied: ' if one['denied'] else ''}"
        f"{escaped(one['kind'])}; {escaped('; '.join(dict.fromkeys(claim['chain'] for claim in one['claims'])))})"
        for one in shown["edges"]
    )


_SHOWN: dict[str, Any] = {"statement": _statement, "claim": _claim, "voices": _voices, "timeline": _timeline,
                          "checks": _checks, "dominoes": _dominoes}  # fmt: skip
_CSS = (("sayso.export", ("report.css",)), ("sayso.web", ("static", "workbench.css")))


def _answer(desk: Desk, request: Request) -> Response:
    form = request.query_params.get("format", "html")
    try:
        args = {"version": _VERSION.read(request.query_params.get("version"))}
        with desk.shelf() as shelf:
            rows = plain(report.rows(Ask(shelf, args, desk)))
    except SaysoError as error:
        return PlainTextResponse(str(error), HTTPStatus.BAD_REQUEST)
    if form == "md":
        return _saved("\n\n".join(markdown(rows)) + "\n", "text/markdown", "report.md")
    return _saved(html(rows), "text/html", "report.html")


def _saved(text: str, kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(_FORBIDDEN.sub("\ufffd", text).encode(), media_type=f"{kind}; charset=utf-8", headers=headers)
