"""The child that opens a PDF: run as a script of its own, the file on standard input, runs of text on standard output.

It imports nothing of sayso, so that it starts fast and a hostile file meets as little as can be. Before the
file is touched it takes limits on itself that it cannot undo. Its answer is one JSON object:
`{"info": {...}, "pages": [{"width", "height", "pictures", "runs": [[text, x0, y0, x1, y1, size, bold, upright]]}]}`
with PDF points, y growing upwards; or `{"error": "password" | "damaged" | "long" | "memory"}`.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

Run = list[Any]
_INFO = ("Title", "Author", "CreationDate", "Creator")
# Gaps wider than this many times the height of a line are no blanks between words: columns, cells of tables.
_GAP = 1.0


class TooLong(Exception):
    """The text is longer than allowed."""


def main(seconds: int, memory: int, chars: int) -> None:
    """Read standard input, write the answer. Limits: seconds of CPU, bytes of address space, characters."""
    data = sys.stdin.buffer.read()
    _limit(seconds, memory)
    try:
        answer = _answer(data, chars)
    except TooLong:
        answer = {"error": "long"}
    except MemoryError:
        answer = {"error": "memory"}
    sys.stdout.write(json.dumps(answer))


def _limit(seconds: int, memory: int) -> None:
    import resource

    wanted = ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0),
              (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, 16))  # fmt: skip
    for what, most in wanted:
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue  # macOS knows no limit on address space; the others hold


def _answer(data: bytes, chars: int) -> dict[str, Any]:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        return {"error": "password" if locked else "damaged"}
    pages = []
    for number in range(len(document)):
        page = _page(pdfium, document.raw, number, chars)
        chars -= sum(len(run[0]) for run in page["runs"])
        pages.append(page)
    return {"info": {key: document.get_metadata_value(key) for key in _INFO}, "pages": pages}


def _page(pdfium: Any, document: Any, number: int, chars: int) -> dict[str, Any]:
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return {"width": 0, "height": 0, "pictures": 0, "runs": []}
    text = pdfium.FPDFText_LoadPage(page)
    count = pdfium.FPDFText_CountChars(text) if text else 0
    if count > chars:
        raise TooLong
    found = {
        "width": pdfium.FPDF_GetPageWidthF(page),
        "height": pdfium.FPDF_GetPageHeightF(page),
        "pictures": 0 if count > 0 else _pictures(pdfium, page),
        "runs": list(_runs(pdfium, text, count)) if count > 0 else [],
    }
    if text:
        pdfium.FPDFText_ClosePage(text)
    pdfium.FPDF_ClosePage(page)
    return found


def _pictures(pdfium: Any, page: Any) -> int:
    objects = (pdfium.FPDFPage_GetObject(page, at) for at in range(min(pdfium.FPDFPage_CountObjects(page), 1000)))
    return sum(pdfium.FPDFPageObj_GetType(one) == pdfium.FPDF_PAGEOBJ_IMAGE for one in objects)


def _runs(pdfium: Any, text: Any, count: int) -> Iterator[Run]:
    """Stretches of text on one line without a wide gap in them."""
    run: Run | None = None
    box = pdfium.FS_RECTF()
    blank = bold = False
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if code in (0x0A, 0x0D) or code in (0x20, 0xA0, 0x09):
            if run and code in (0x0A, 0x0D):
                yield _closed(run)
                run = None
            blank = True
            continue
        if code == 0 or not pdfium.FPDFText_GetLooseCharBox(text, at, box):
            continue
        # U+FFFE stands for the hyphen of a word that is broken at the line's end.
        char = "-" if code in (0xFFFE, 0x02) else chr(code) if code < 0x110000 else "\ufffd"
        upright = abs(math.sin(pdfium.FPDFText_GetCharAngle(text, at))) < 0.1
        if run and not (run[7] == upright and _goes_on(run, box, char)):
            yield _closed(run)
            run = None
        if run is None:
            run = ["", box.left, box.bottom, box.right, box.top, 0.0, 0, upright, 0.0]
        # Asked once a word: no word changes its letters' weight in the middle.
        bold = _bold(pdfium, text, at) if blank or not run[0] else bold
        run[0] += " " + char if blank and run[0] else char
        size = max(box.top - box.bottom, 1.0)
        run[5] += (size - run[5]) / len(run[0])
        run[8] = max(run[8], size)
        run[6] += bold
        run[1], run[2] = min(run[1], box.left), min(run[2], box.bottom)
        run[3], run[4] = max(run[3], box.right), max(run[4], box.top)
        blank = False
    if run:
        yield _closed(run)


def _goes_on(run: Run, box: Any, char: str) -> bool:
    """Whether a character stands where the run's next would: on its line, and not beyond a wide gap."""
    if not run[7]:
        return True
    height = min(box.top - box.bottom, run[5])
    if min(box.top, run[4]) - max(box.bottom, run[2]) < 0.4 * height:
        return False
    if unicodedata.bidirectional(char) in ("R", "AL", "NSM"):
        return bool(run[1] - box.right < _GAP * run[5] and box.left - run[3] < _GAP * run[5])
    # A ligature comes as letters that all begin where it begins.
    return bool(-1.5 * run[5] < box.left - run[3] < _GAP * run[5])


def _bold(pdfium: Any, text: Any, at: int) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, at, name, 128, flags)
    return 0 < length <= 128 and b"bold" in bytes(name.value).lower()


def _closed(run: Run) -> Run:
    words = run[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    share = run[6] / max(1, len(run[0]) - run[0].count(" "))
    # Small capitals and raised figures do not make a line small; a dropped initial does not make it large.
    size = run[8] if run[8] <= 1.4 * run[5] else run[5]
    return [words, *(round(number, 2) for number in (*run[1:5], size, share)), run[7]]


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:4]))
