"""PDF: columns in reading order, paragraphs over pages, running heads, and hostile files kept out."""

import io
import zlib
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from sayso.records import PartKind
from sayso.settings import Limits
from tests.ingest.reading import one, parts, read, why, words

WIDTH, HEIGHT = A4
WORDS = "The harbour of Port Vela was closed on Monday after two officials said that the sea wall had cracked ."


def pdf(draw: Callable[[Canvas], None], **options: object) -> bytes:
    """A PDF drawn by `draw`."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, **options)  # type: ignore[arg-type]
    draw(canvas)
    canvas.save()
    return out.getvalue()


def column(canvas: Canvas, lines: list[str], x: float, y: float, size: float = 10) -> None:
    """Lines under one another from the point (x, y)."""
    canvas.setFont("Helvetica", size)
    for at, line in enumerate(lines):
        canvas.drawString(x, y - 1.2 * size * at, line)


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` characters."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def test_a_line_set_in_two_columns_is_read_column_by_column() -> None:
    left = wrapped("Dockers waited at the gate of the northern quay until noon, but nobody came to tell them why.", 40)
    right = wrapped("Ferries sailed as usual on the other side of the bay, and the fish market was open all day.", 40)

    def draw(canvas: Canvas) -> None:
        # Row by row, as some programs write: the order in the file is not the reading order.
        for at in range(max(len(left), len(right))):
            column(canvas, left[at : at + 1], 60, 700 - 12 * at)
            column(canvas, right[at : at + 1], 320, 700 - 12 * at)

    many = left * 2, right * 2
    left, right = many
    assert one(pdf(draw), "a.pdf").text.replace("\n\n", " ") == " ".join(left) + " " + " ".join(right)


def test_a_headline_across_the_columns_comes_first() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, wrapped(WORDS * 3, 40), 60, 700)
        column(canvas, wrapped(WORDS * 3, 40), 320, 700)
        canvas.setFont("Helvetica-Bold", 24)
        canvas.drawString(60, 760, "Cracks in the sea wall of Port Vela")

    found = parts(one(pdf(draw), "a.pdf"))
    assert found[0] == ("headline", "Cracks in the sea wall of Port Vela")


def test_a_paragraph_goes_on_over_the_page_and_running_heads_stand_behind_it() -> None:
    said = wrapped(WORDS.replace(" .", "") * 4 + " again.", 60)

    def draw(canvas: Canvas) -> None:
        for number, lines in enumerate((said[:4], said[4:], ["It rained all week, and no ship left."]), 1):
            column(canvas, ["The Vela Courier, 5 April 2031"], 60, HEIGHT - 30)
            column(canvas, lines, 60, 600)
            column(canvas, [str(number)], 300, 30)
            canvas.showPage()

    document = one(pdf(draw), "a.pdf")
    assert len(words(document, PartKind.BOILERPLATE)) == 6
    assert words(document, PartKind.BODY)[0] == " ".join(said)


def test_line_numbers_of_a_transcript_are_no_words_of_it() -> None:
    lines = [f"and so the witness went on to say, in line {at}, that" for at in range(12)]

    def draw(canvas: Canvas) -> None:
        column(canvas, [str(at) for at in range(1, 13)], 60, 700)
        column(canvas, lines, 100, 700)

    document = one(pdf(draw), "a.pdf")
    assert words(document, PartKind.BODY) == [" ".join(lines)]
    assert words(document, PartKind.BOILERPLATE) == [" ".join(str(at) for at in range(1, 13))]


def test_a_word_broken_at_a_line_keeps_its_hyphen_and_is_not_parted() -> None:
    document = one(
        pdf(lambda canvas: column(canvas, ["The sea wall was in-", "spected in May, she said."], 60, 700)), "a.pdf"
    )
    assert document.text == "The sea wall was in-spected in May, she said."


def test_what_the_file_says_of_itself_is_metadata() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Cracks in the sea wall")
        canvas.setAuthor("Ana Ortiz")
        column(canvas, [WORDS], 60, 700)

    document = one(pdf(draw), "a.pdf")
    assert document.title and document.published
    assert (document.title.value, document.title.origin) == ("Cracks in the sea wall", "PDF Title")
    assert document.published.origin == "PDF CreationDate"
    assert [author.value for author in document.authors] == ["Ana Ortiz"]


def test_a_password_is_told() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = pdf(lambda canvas: column(canvas, [WORDS], 60, 700), encrypt=StandardEncryption("secret", canPrint=0))
    assert "password" in why(locked, "a.pdf")


def test_a_scan_says_how_to_get_its_text() -> None:
    assert "ocrmypdf a.pdf" in why(pdf(lambda canvas: canvas.rect(60, 60, 100, 100)), "a.pdf")


def test_a_damaged_file_is_a_problem() -> None:
    assert "damaged" in why(b"%PDF-1.4 and nothing more", "a.pdf")


def test_too_much_text_names_the_option() -> None:
    data = pdf(lambda canvas: column(canvas, [WORDS] * 20, 60, 700))
    assert "--max-text" in why(data, "a.pdf", Limits(text_chars=500))


def test_a_file_that_takes_too_long_is_given_up() -> None:
    assert "not read within" in why(_bomb(300), "a.pdf", Limits(child_seconds=0))


def test_a_bomb_stays_within_its_memory() -> None:
    # What PDFium says when memory runs out depends on where it does.
    assert why(_bomb(600), "a.pdf", Limits(child_bytes=300 * 1024 * 1024))


def test_the_same_file_gives_the_same_document() -> None:
    data = pdf(lambda canvas: column(canvas, [WORDS], 60, 700))
    assert read(data, "a.pdf") == read(data, "a.pdf")


def _bomb(megabytes: int) -> bytes:
    """A page whose content unpacks to so many megabytes of blanks."""
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
    )
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%sendobj\n" % (at, one) for at, one in enumerate(objects, 1))
    return body + b"trailer<</Size 5/Root 1 0 R>>\n%%EOF"


@pytest.mark.parametrize("cut", [10, 200, 700])
def test_a_cut_off_file_never_raises(cut: int) -> None:
    read(pdf(lambda canvas: column(canvas, [WORDS], 60, 700))[:cut], "a.pdf")
