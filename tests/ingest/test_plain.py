"""Plain text and Markdown are taken to the letter, whatever their encoding."""

import pytest

from sayso.records import PartKind
from tests.ingest.reading import one, read, why, words

ARTICLE = "Cracks in the sea wall\n\nThe harbour of Port Vela was closed on Monday, two officials said.\n"


def test_the_text_is_the_file_to_the_letter() -> None:
    text = "\ufeffCracks\r\n\r\n  The wall “broke” – señor.\x00 \r\n\r\n"
    assert one(text, "a.txt").text == text[1:]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_an_encoding_is_told_by_its_mark_or_its_bytes(encoding: str) -> None:
    text = "Café “owners” said the señor’s plan – agreed in May – was dead.\n\nNobody was asked."
    assert one(text.encode(encoding), "a.txt").text == text


def test_cyrillic_in_an_old_encoding_is_read() -> None:
    text = "Рыбаки сказали, что порт закрыт до пятницы, сообщил министр."
    assert one(text.encode("cp1251"), "a.txt").text == text


def test_a_few_damaged_bytes_are_shown_and_told() -> None:
    documents, problems = read("The “wall” is “sound”, she said.".encode() + b"\xff", "a.txt")
    assert documents[0].text.endswith("\ufffd")
    assert "1 of its bytes" in problems[0].message


def test_headline_byline_and_date_line_give_title_author_and_date() -> None:
    document = one(ARTICLE.replace("\n\n", "\n\nBy Ana Ortiz\n\n5 April 2031\n\n"), "a.txt")
    assert document.title and (document.title.value, document.title.origin) == ("Cracks in the sea wall", "headline")
    assert [author.value for author in document.authors] == ["Ana Ortiz"]
    assert document.published and document.published.value == "2031-04-05"


def test_what_the_text_does_not_say_is_unknown() -> None:
    document = one("The harbour of Port Vela was closed on Monday, two officials said.", "a.txt")
    assert (document.title, document.publisher, document.authors, document.published) == (None, None, (), None)


def test_a_date_deep_in_the_story_is_no_day_of_publication() -> None:
    lines = [f"The wall was looked at by engineer number {number} and found to be sound." for number in range(12)]
    assert one("\n\n".join([*lines, "5 April 2031", *lines]), "a.txt").published is None


def test_front_matter_of_markdown_is_metadata_and_no_body() -> None:
    front = '---\ntitle: "Cracks"\ndate: 2031-04-05\nauthor: Ana Ortiz, Tom Bell\npublisher: The Vela Courier\n---\n\n'
    document = one(
        front + "# Cracks in the wall\n\nThe wall **broke**, see [the report](https://example.org/r).", "a.md"
    )
    assert document.format == "markdown"
    assert document.title and document.title.value == "Cracks"
    assert document.publisher and document.publisher.origin == "front matter"
    assert [author.value for author in document.authors] == ["Ana Ortiz", "Tom Bell"]
    assert words(document, PartKind.HEADLINE) == ["# Cracks in the wall"]
    assert words(document, PartKind.BOILERPLATE)[0].startswith("---")
    assert [link.href for link in document.links] == ["https://example.org/r"]


def test_a_text_named_html_is_still_text() -> None:
    assert one(ARTICLE, "a.html").format == "text"


def test_an_empty_file_is_a_problem() -> None:
    assert "empty" in why(" \n\n", "a.txt")
