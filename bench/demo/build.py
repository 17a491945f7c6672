"""Make the ministry's pdf and docx of the example case from plain text, the same bytes at every build.

    python -m bench.demo.build

A line of the source is a paragraph; "^ " marks letterhead, "# " and "## " headings, "- " an item of a list.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from sayso.demo import articles

HERE = Path(__file__).parent
MARKS = ("^ ", "## ", "# ", "- ")
STYLES = {"^ ": "Italic", "# ": "Title", "## ": "Heading2", "- ": "Item", "": "BodyText"}
WORD_STYLES = {"^ ": "Subtitle", "# ": "Title", "## ": "Heading 2", "- ": "List Bullet", "": "Normal"}
RELEASED = datetime.datetime(2026, 3, 5, 16, 0)
ZIP_TIME = (2026, 3, 5, 16, 0, 0)


def lines(name: str) -> Iterator[tuple[str, str]]:
    """The mark and the words of every line of a source file."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        mark = next((m for m in MARKS if line.startswith(m)), "")
        yield mark, line.removeprefix(mark)


def statement() -> bytes:
    """The ministry's statement of 5 March as docx."""
    document = docx.Document()
    core = document.core_properties
    core.title, core.author = "Statement by the Minister of the Interior on the events at Lunn", "Press Office"
    core.created = core.modified = RELEASED
    for mark, words in lines("statement.txt"):
        document.add_paragraph(words, style=WORD_STYLES[mark])
    out = io.BytesIO()
    document.save(out)
    return _steady(out.getvalue())


def report() -> bytes:
    """The ministry's report of 9 March as pdf, with a running head and page numbers."""
    out, styles = io.BytesIO(), getSampleStyleSheet()
    styles.add(ParagraphStyle("Item", parent=styles["BodyText"], leftIndent=0.8 * cm, bulletIndent=0.3 * cm))
    story = [
        Paragraph(escape(words), styles[STYLES[mark]], bulletText="•" if mark == "- " else None)
        for mark, words in lines("report.txt")
    ]
    # No compression: another zlib would make other bytes.
    SimpleDocTemplate(
        out, pagesize=A4, invariant=1, pageCompression=0, topMargin=2.6 * cm,
        title="Preliminary report on the Lunn Barrage", author="Ministry of the Interior",
    ).build(story, onFirstPage=_furniture, onLaterPages=_furniture)
    return out.getvalue()


def main() -> None:
    """Write both files into the example case."""
    folder = articles() / "interior-ministry"
    (folder / "2026-03-05-statement.docx").write_bytes(statement())
    (folder / "2026-03-09-preliminary-report.pdf").write_bytes(report())


def _furniture(canvas: Canvas, template: SimpleDocTemplate) -> None:
    # "invariant" alone would date the file to the year 2000.
    canvas.setDateFormatter(lambda *_: "D:20260309100000+02'00'")
    canvas.setFont("Helvetica", 8)
    canvas.drawString(2.5 * cm, A4[1] - 1.5 * cm, "Ministry of the Interior - Report No. 4/2026")
    canvas.drawCentredString(A4[0] / 2, 1.2 * cm, f"Page {template.page}")


def _steady(data: bytes) -> bytes:
    """The same archive in the order of names, with one time for all members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            new.writestr(zipfile.ZipInfo(name, ZIP_TIME), old.read(name), zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


if __name__ == "__main__":
    main()
