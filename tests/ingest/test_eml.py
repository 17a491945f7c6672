"""Mail: subject, sender and date as metadata, attachments as documents of their own."""

from email.message import EmailMessage

from sayso.records import PartKind
from tests.ingest.reading import one, read, words

TEXT = "The harbour of Port Vela stays closed, two officials said.\n\n> The wall is sound, she wrote.\n"


def mail(text: str = TEXT) -> EmailMessage:
    """A mail with this text."""
    message = EmailMessage()
    message["From"] = "Ana Ortiz <ana@example.org>"
    message["To"] = "desk@example.org"
    message["Subject"] = "Cracks in the sea wall – new"
    message["Date"] = "Sat, 05 Apr 2031 06:07:08 +0200"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(text)
    return message


def test_a_mail_gives_its_text_with_subject_sender_and_date() -> None:
    document = one(mail().as_bytes(), "a.eml")
    assert document.text.startswith("Cracks in the sea wall – new\n\nThe harbour")
    assert document.title and document.published
    assert document.title.value == "Cracks in the sea wall – new"
    assert document.published.value == "2031-04-05T06:07:08+02:00"
    assert [author.value for author in document.authors] == ["Ana Ortiz"]
    assert words(document, PartKind.QUOTE) == ["> The wall is sound, she wrote."]


def test_a_mail_is_known_by_its_headers_whatever_its_name() -> None:
    assert one(mail().as_bytes(), "a.txt").format == "eml"


def test_the_html_part_is_read_where_the_plain_one_only_stands_in() -> None:
    message = mail("Your program cannot show this message.")
    message.add_alternative("<p>The wall <a href='https://example.org/w'>broke</a>, she said.</p>", subtype="html")
    document = one(message.as_bytes(), "a.eml")
    assert "The wall broke, she said." in document.text
    assert [link.href for link in document.links] == ["https://example.org/w"]


def test_attachments_of_known_formats_are_documents_and_others_problems() -> None:
    message = mail()
    message.add_attachment("It rained all week, the mayor said.", filename="rain.txt")
    message.add_attachment(b"\x89PNG\r\n\x1a\n" + bytes(99), maintype="image", subtype="png", filename="quay.png")
    documents, problems = read(message.as_bytes(), "a.eml")
    assert [document.name for document in documents] == ["a.eml", "a.eml!rain.txt"]
    assert [problem.doc for problem in problems] == ["a.eml!quay.png"]


def test_a_page_saved_as_mhtml_is_read_as_the_page() -> None:
    page = "<html><head><title>Cracks</title></head><body><h1>Cracks</h1><p>The wall broke, she said.</p></body></html>"
    data = (
        "From: <Saved by a browser>\nSnapshot-Content-Location: https://example.org/w\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n'
        f"--b\nContent-Type: text/html\nContent-Location: https://example.org/w\n\n{page}\n--b--\n"
    )
    document = one(data, "a.mhtml")
    assert document.format == "html"
    assert document.url and document.url.value == "https://example.org/w"
