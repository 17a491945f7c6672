"""Word documents: paragraphs and tables in order, kinds by style, links with targets."""

import io
import zipfile

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sayso.records import PartKind
from sayso.settings import Limits
from tests.ingest.reading import one, parts, why, words


def article() -> Document:
    """A Word document of an article."""
    document = Document()
    document.core_properties.title = "Cracks"
    document.core_properties.author = "Ana Ortiz; Tom Bell"
    document.add_heading("Cracks in the sea wall", 0)
    document.add_paragraph("The harbour was closed on Monday, two officials said.")
    document.add_paragraph("The quay at dawn", style="Caption")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ships", "twelve"
    document.add_paragraph("The wall is sound, she said.", style="Intense Quote")
    document.add_paragraph("A new wall", style="List Bullet")
    document.add_paragraph("By Mira Halden")
    return document


def packed(document: Document) -> bytes:
    """The bytes of a Word document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_paragraphs_tables_and_styles_stay_in_order() -> None:
    assert parts(one(packed(article()), "a.docx")) == [
        ("headline", "Cracks in the sea wall"),
        ("body", "The harbour was closed on Monday, two officials said."),
        ("caption", "The quay at dawn"),
        ("body", "Ships"),
        ("body", "twelve"),
        ("quote", "The wall is sound, she said."),
        ("list", "A new wall"),
        ("byline", "By Mira Halden"),
    ]


def test_properties_are_metadata() -> None:
    document = one(packed(article()), "a.docx")
    assert document.title and document.title.origin == "docx property title"
    assert [author.value for author in document.authors] == ["Ana Ortiz", "Tom Bell"]


def test_a_link_keeps_its_words_and_its_target() -> None:
    document = Document()
    paragraph = document.add_paragraph("See ")
    link = OxmlElement("w:hyperlink")
    link.set(
        qn("r:id"), document.part.relate_to("https://example.org/r", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    )
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "the report"
    run.append(text)
    link.append(run)
    paragraph._p.append(link)
    paragraph.add_run(" of the board, she said.")
    found = one(packed(document), "a.docx")
    assert found.text == "See the report of the board, she said."
    assert [(found.text[one.span.start : one.span.end], one.href) for one in found.links] == [
        ("the report", "https://example.org/r")
    ]


def test_deleted_words_are_not_read_and_inserted_ones_are() -> None:
    document = Document()
    paragraph = document.add_paragraph("The wall ")
    for tag, words_in_it, inner in (("w:del", "is sound", "w:delText"), ("w:ins", "broke.", "w:t")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        text.text = words_in_it
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    assert one(packed(document), "a.docx").text == "The wall broke."


def test_the_content_counts_and_not_the_name() -> None:
    assert words(one(packed(article()), "a.pdf"), PartKind.CAPTION) == ["The quay at dawn"]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO(packed(article()))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("word/more.xml", b" " * 30_000_000)
    assert "--max-text" in why(out.getvalue(), "a.docx")
    assert "--max-file" in why(out.getvalue(), "a.docx", Limits(file_bytes=1_000_000))


def test_a_damaged_document_says_so() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("[Content_Types].xml", "<")
        zipped.writestr("word/document.xml", "<w:document")
    assert "damaged" in why(out.getvalue(), "a.docx")


def test_an_old_or_locked_office_file_says_what_to_do() -> None:
    assert "save it as docx" in why(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "a.docx")
