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
# The hyphen of a word that is broken at the line's end, as PDFium gives it.
_BROKEN = (0xFFFE, 0x02)
# Text in scraps shorter than this all through is no text; it bounds the answer.
_RUN_CHARS = 10


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
    pages, runs = [], chars // _RUN_CHARS
    for number in range(len(document)):
        page = _page(pdfium, document.raw, number, chars)
        chars -= sum(len(run[0]) for run in page["runs"])
        runs -= len(page["runs"])
        if runs < 0:
            raise TooLong
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
    """Stretches of text on one line without a wide gap in them.

    Places are asked of a word's first and last letter only: asking each letter takes twice as long.
    """
    codes = [pdfium.FPDFText_GetUnicode(text, at) for at in range(count)]
    run: Run | None = None
    for first, last, new_line in _words(codes):
        word = _word(pdfium, text, codes, (first, last))
        if word is None:
            continue
        if run and not new_line and run[7] == word[7] and _goes_on(run, word):
            _join(run, word)
        else:
            if run:
                yield _closed(run)
            run = word
    if run:
        yield _closed(run)


def _words(codes: list[int]) -> Iterator[tuple[int, int, bool]]:
    """Words as first and last place, and whether a line begins with them."""
    start, new_line = -1, True
    for at, code in enumerate([*codes, 0x0A]):
        if code > 0x20 and code != 0xA0 and start < 0:
            start = at
        if code in _BROKEN and start >= 0:
            yield start, at, new_line
            start, new_line = -1, True
        elif code <= 0x20 or code == 0xA0:
            if start >= 0:
                yield start, at - 1, new_line
                start, new_line = -1, False
            new_line = new_line or code in (0x0A, 0x0D)


def _word(pdfium: Any, text: Any, codes: list[int], place: tuple[int, int]) -> Run | None:
    """A word as a run of its own; None where the page has no place for it."""
    head, tail = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    first, last = place
    if not pdfium.FPDFText_GetLooseCharBox(text, first, head) or not pdfium.FPDFText_GetLooseCharBox(text, last, tail):
        return None
    words = "".join("-" if code in _BROKEN else chr(min(code, 0x10FFFF)) for code in codes[first : last + 1])
    upright = abs(math.sin(pdfium.FPDFText_GetCharAngle(text, first))) < 0.1
    sizes = [max(box.top - box.bottom, 1.0) for box in (head, tail)]
    left, low = min(head.left, tail.left), min(head.bottom, tail.bottom)
    right, high = max(head.right, tail.right), max(head.top, tail.top)
    bold = len(words) * _bold(pdfium, text, first)
    return [words, left, low, right, high, sum(sizes) / 2, bold, upright, max(sizes)]


def _join(run: Run, word: Run) -> None:
    """Put a word behind the run's others."""
    share = len(word[0]) / (len(run[0]) + len(word[0]))
    run[0] += " " + word[0]
    run[1], run[2] = min(run[1], word[1]), min(run[2], word[2])
    run[3], run[4] = max(run[3], word[3]), max(run[4], word[4])
    run[5] += (word[5] - run[5]) * share
    run[6] += word[6]
    run[8] = max(run[8], word[8])


def _goes_on(run: Run, word: Run) -> bool:
    """Whether a word stands where the run's next would: on its line, and not beyond a wide gap."""
    if not run[7]:
        return True
    height = min(word[4] - word[2], run[5])
    if min(word[4], run[4]) - max(word[2], run[2]) < 0.4 * height:
        return False
    if unicodedata.bidirectional(word[0][0]) in ("R", "AL"):
        return bool(run[1] - word[3] < _GAP * run[5] and word[1] - run[3] < _GAP * run[5])
    return bool(-0.5 * run[5] < word[1] - run[3] < _GAP * run[5])


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
