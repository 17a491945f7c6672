"""The original beside the text: a page without its scripts, addresses and looks, or a pdf's pages as pictures.

What a stranger wrote never reaches the browser as it is: of HTML only listed elements are written anew, without a
single attribute; of a PDF a child process draws pixels. The answer forbids everything and is shown in a sandbox.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sayso.errors import SaysoError
from sayso.records import Document
from sayso.store import CaseFile
from sayso.web import pdf_pages
from sayso.web.desk import Desk

PAGES = 400  # of a pdf that are offered as pictures
DEEPEST = 200  # nesting of elements that is kept; below, only the words
KEPT = frozenset(
    """p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote q pre code em strong b i u s sub sup small mark br hr table
    thead tbody tfoot tr th td caption figure figcaption article section aside header footer main nav div span time
    cite address a abbr details summary""".split()  # noqa: SIM905 - a list of words, as words
)
EMPTY = frozenset({"br", "hr"})
DROPPED = frozenset(
    """script style template noscript iframe object embed applet svg math canvas audio video form button select
    textarea input head title""".split()  # noqa: SIM905 - the same
)
STYLE = (
    "body{font:16px/1.5 Charter,Georgia,serif;margin:1rem;max-width:44rem;overflow-wrap:break-word;"
    "color-scheme:light dark}"
    "table{border-collapse:collapse}td,th{border:1px solid #888;padding:.2rem .4rem}pre{white-space:pre-wrap}"
)
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"sandbox; default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


async def answer(desk: Desk, request: Request) -> Response:
    """The original of a document as a harmless page, or one page of a pdf as a picture."""
    return await run_in_threadpool(_answer, desk, request)


async def download(desk: Desk, request: Request) -> Response:
    """The original's bytes, to be saved and never opened by the browser."""
    return await run_in_threadpool(_download, desk, request)


def pages_of(case: CaseFile, document: Document) -> int:
    """How many pages a pdf has that can be shown; 0 for other formats and for one that cannot be drawn."""
    if document.format != "pdf":
        return 0
    return min(PAGES, pdf_pages.count(case.raw(document.raw)))


def sanitised(data: bytes) -> str:
    """HTML as its listed elements and its words, nothing else: no attribute, address, script or look comes through."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding=_encoding(data), huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(data or b" ", parser=parser)
    except (etree.ParserError, ValueError):
        return ""
    return "".join(_written(root, 0))


def _encoding(data: bytes) -> str | None:
    """UTF-8 where the bytes are; None leaves it to what the page declares."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _written(element: object, depth: int) -> Iterator[str]:
    # Typed as object: lxml has no types of its own here.
    tag = getattr(element, "tag", None)
    if not isinstance(tag, str) or tag in DROPPED:
        return
    if depth > DEEPEST:
        yield html.escape("".join(element.itertext()))  # type: ignore[attr-defined]
        return
    kept = tag in KEPT
    if kept:
        yield f"<{tag}>"
    yield html.escape(getattr(element, "text", None) or "")
    for child in element:  # type: ignore[attr-defined]
        yield from _written(child, depth + 1)
        yield html.escape(child.tail or "")
    if kept and tag not in EMPTY:
        yield f"</{tag}>"


def _answer(desk: Desk, request: Request) -> Response:
    number = request.path_params.get("page")
    try:
        with desk.shelf() as shelf:
            document = _document(shelf.case, request.path_params["id"])
            data = shelf.case.raw(document.raw)
            encoded = document.text
    except SaysoError as error:
        return PlainTextResponse(str(error), HTTPStatus.NOT_FOUND)
    if number is not None:
        return _picture(document, data, number)
    inside = sanitised(data) if document.format == "html" else f"<pre>{html.escape(encoded)}</pre>"
    title = html.escape(document.name)
    text = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>{inside}'
    page = _FORBIDDEN.sub("\ufffd", text).encode("utf-8")
    return Response(page, media_type="text/html; charset=utf-8", headers={"content-security-policy": POLICY})


def _picture(document: Document, data: bytes, number: int) -> Response:
    drawn = pdf_pages.draw(data, number) if document.format == "pdf" and 0 < number <= PAGES else b""
    if not drawn:
        return PlainTextResponse("This page cannot be drawn.", HTTPStatus.NOT_FOUND)
    return Response(drawn, media_type="image/png", headers={"cache-control": "private, max-age=3600"})


def _download(desk: Desk, request: Request) -> Response:
    try:
        with desk.shelf() as shelf:
            document = _document(shelf.case, request.path_params["id"])
            data = shelf.case.raw(document.raw)
    except SaysoError as error:
        return PlainTextResponse(str(error), HTTPStatus.NOT_FOUND)
    headers = {
        "content-disposition": f'attachment; filename="{document.id}.{_ending(document)}"',
        "content-security-policy": POLICY,
    }
    return Response(data, media_type="application/octet-stream", headers=headers)


def _ending(document: Document) -> str:
    return document.format if re.fullmatch(r"[a-z]{1,8}", document.format) else "bin"


def _document(case: CaseFile, id: str) -> Document:
    found = case.get(id)
    if not isinstance(found, Document):
        raise SaysoError(f"{id} is no document.")
    return found
