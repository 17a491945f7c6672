"""PDF: opened by PDFium in a child process that has limits on memory, time and output."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sayso.errors import ReadError
from sayso.ingest import archive, dates, draft, layout, pdf_text
from sayso.ingest.blocks import Block, Item, Raw
from sayso.ingest.draft import Facts
from sayso.ingest.pdf_page import Run
from sayso.records import Meta, Problem, problem
from sayso.settings import Limits

_CHILD = Path(__file__).with_name("pdf_child.py")
# The child's answer has a run's text in JSON (at most 6 bytes a character) and some numbers.
_ANSWER_BYTES = 100
_ERRORS = {
    "password": "locked with a password; save it without one",
    "damaged": "a damaged PDF; open it in a PDF reader and save it again",
    "memory": "it needs more memory than one PDF may take; print it into a new PDF",
}
_NO_TEXT = "no text in it, only pictures; run it through OCR first: ocrmypdf {name} text.pdf"
# Titles that the program which made the file put there by itself.
_JUNK = re.compile(r"microsoft \w+ - .*|untitled.*|.*\.(?:docx?|rtf|odt|indd|qxd|pdf|exe|pptx?|txt|html?|tex)", re.I)


def read(raw: Raw, limits: Limits) -> Iterator[Item | Problem]:
    """The one document of a PDF, columns in reading order, and a Problem where some pages are pictures.

    Raises ReadError where it is damaged, locked, takes more than the limits allow, or has no text.
    """
    answer = _ask(raw.data, limits)
    if "error" in answer:
        if answer["error"] == "long":
            draft.check_length(limits.text_chars + 1, limits)
        raise ReadError(_ERRORS.get(answer["error"], _ERRORS["damaged"]))
    pages = [_page(page) for page in answer["pages"]]
    name = raw.name.rpartition("/")[2]
    if not any(page.runs for page in pages):
        raise ReadError(_NO_TEXT.format(name=name))
    blocks = [_linked(block) for block in layout.refine(pdf_text.blocks(pages))]
    yield draft.from_blocks(raw, "pdf", _facts(answer["info"]), blocks, limits)
    silent = [number for number, page in enumerate(answer["pages"], 1) if page["pictures"] and not page["runs"]]
    if silent:
        listed = ", ".join(str(number) for number in silent[:20])
        advice = "run it through OCR: ocrmypdf --skip-text"
        yield problem(raw.name, "read", f"no text on page {listed}, only pictures; {advice}")


def _ask(data: bytes, limits: Limits) -> dict[str, Any]:
    """The child's answer. Raises ReadError where it gives none in time."""
    numbers = (limits.child_seconds, limits.child_bytes, limits.text_chars)
    # -I: no folder of the user's is searched for modules, and this one does not hide the standard library's.
    command = [sys.executable, "-I", str(_CHILD), *(str(number) for number in numbers)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        clock = threading.Timer(limits.child_seconds, child.kill)
        clock.start()
        try:
            answer = _exchange(child, data, limits.text_chars * _ANSWER_BYTES)
        finally:
            late = not clock.is_alive()
            clock.cancel()
            child.kill()
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise ReadError(_gave_up(late, limits)) from error
    return found if isinstance(found, dict) else {"error": "damaged"}


def _exchange(child: subprocess.Popen[bytes], data: bytes, most: int) -> bytes:
    assert child.stdin and child.stdout
    try:
        child.stdin.write(data)
        child.stdin.close()
    except BrokenPipeError:
        return b""
    return child.stdout.read(most)


def _gave_up(late: bool, limits: Limits) -> str:
    if late:
        return f"not read within {limits.child_seconds} seconds; print it into a new PDF"
    most = archive.size(limits.child_bytes)
    return f"it takes more than {most} of memory, or breaks the reader; print it into a new PDF"


def _page(page: Mapping[str, Any]) -> pdf_text.Page:
    return pdf_text.Page(page["height"], tuple(Run(*run) for run in page["runs"]))


def _facts(info: Mapping[str, str]) -> Facts:
    title, day = info.get("Title", ""), dates.from_pdf(info.get("CreationDate", ""))
    return Facts(
        title=None if _JUNK.fullmatch(title.strip()) else draft.meta(title, "PDF Title"),
        authors=tuple(Meta(name, "PDF Author") for name in draft.split_names(info.get("Author", ""))),
        made=Meta(day, "PDF CreationDate") if day else None,
    )


def _linked(block: Block) -> Block:
    """`block` with the addresses that are written out in it as links."""
    found = layout.links("", block.text)
    links = tuple((link.span.start, link.span.end, link.href) for link in found)
    return Block(block.kind, block.text, block.rule, links)
