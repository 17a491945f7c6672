"""Plain text gets its parts by layout: short invented articles, and lines that must stay body."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ingest import layout
from sayso.records import PartKind

PROSE = (
    "The harbour of Port Vela was closed on Monday after two officials said that the sea wall had cracked, "
    "and no ship has left since then."
)


def kinds(text: str) -> list[tuple[str, str]]:
    """The parts of a text as (kind, words)."""
    return [(str(part.kind), text[part.span.start : part.span.end]) for part in layout.parts("d", text)]


def kind_of(line: str, text: str) -> str:
    """The kind of the part that is exactly `line`."""
    return next(kind for kind, words in kinds(text) if words == line)


def test_an_article_copied_by_hand_has_headline_caption_headings_byline_and_related_lines() -> None:
    text = "\n\n".join(
        [
            "Cracks in the sea wall of Port Vela",
            "The old quay within the danger zone (map:",
            PROSE,
            "The ministry knew",
            PROSE,
            "Dockers wait at the gate of the northern quay, Friday March 3. (TNS PHoto/ Mira Halden)",
            PROSE,
            "Ana Ortiz",
            "Related posts",
            "What do we expect from the harbour board?",
            "letter of the dockers to the ministry",
        ]
    )
    expected = ["headline", "caption", "body", "headline", "body", "caption", "body", "byline", *["related"] * 3]
    assert [kind for kind, _ in kinds(text)] == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Ana Ortiz", "byline"),
        ("By Ana Ortiz and Tom Bell, Staff Writers", "byline"),
        ("By the time the wall broke, nobody was there.", "body"),
        ("Published 5 April 2031, 10:15 GMT", "dateline"),
        ("Updated: Saturday, April 5, 2031 at 9:30 pm", "dateline"),
        ("The Vela Courier, 5 April 2031", "dateline"),
        ("On 5 April 2031 the wall broke.", "body"),
        ("The Harbour Act, signed on 5 April 2031", "headline"),
        ("Dockers at the gate on Friday. (Mira Halden/TNS)", "caption"),
        ("Photo: Mira Halden", "caption"),
        ("FILE - Dockers at the gate in March.", "caption"),
        ("The quay at dawn. Credit: Mira Halden", "caption"),
        ("Figure 2: Ships in the harbour", "caption"),
        ("The paper printed the picture (and the letter).", "body"),
        ("Read more: Dockers end their strike", "related"),
        ("Read more about it in the report, he said, and then decide.", "body"),
        ("© 2031 The Vela Courier. All rights reserved.", "boilerplate"),
        ("Subscribe to our newsletter", "boilerplate"),
        ("ADVERTISEMENT", "boilerplate"),
        ("* * *", "boilerplate"),
        ("> The wall is sound, he wrote.", "quote"),
        ("- A new wall by summer", "list"),
        ("3. A new wall by summer", "list"),
        ("– We waited, she said.", "body"),
        ("MODERATOR: Who knew of the crack?", "body"),
    ],
)
def test_a_line_in_an_article_gets_its_kind(line: str, kind: str) -> None:
    assert kind_of(line, "\n\n".join(["Cracks in the sea wall", PROSE, line, PROSE])) == kind


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("TESSEL CITY (TNS) — The wall broke.", "TESSEL CITY (TNS) —"),
        ("PORT VELA, April 5 (Northern Wire) - The wall broke.", "PORT VELA, April 5 (Northern Wire) -"),
        ("Port Vela (TNS) – The wall broke.", "Port Vela (TNS) –"),
        ("OSTRAVA – The wall broke.", "OSTRAVA –"),
    ],
)
def test_the_dateline_is_a_part_of_its_own(opening: str, dateline: str) -> None:
    found = kinds(f"Cracks in the sea wall\n\n{opening}\n\n{PROSE}")
    assert found[1:3] == [("dateline", dateline), ("body", "The wall broke.")]


@pytest.mark.parametrize(
    "opening", ["The wall — forty years old — broke.", "Ana Ortiz — the mayor — left.", "EXCLUSIVE – The wall broke."]
)
def test_a_dash_in_a_sentence_makes_no_dateline(opening: str) -> None:
    assert "dateline" not in [kind for kind, _ in kinds(f"Cracks in the sea wall\n\n{opening}\n\n{PROSE}")]


def test_a_headline_with_a_label_is_no_line_of_a_transcript() -> None:
    assert kinds(f"EXCLUSIVE: What was in the crate?\n\n{PROSE}")[0][0] == "headline"


def test_related_lines_end_where_prose_begins_again() -> None:
    text = "\n\n".join(["Cracks in the sea wall", PROSE, "See also", "Dockers strike", PROSE])
    assert [kind for kind, _ in kinds(text)] == ["headline", "body", "related", "related", "body"]


def test_a_text_with_a_paragraph_a_line_keeps_its_paragraphs() -> None:
    text = f"Cracks in the sea wall\n{PROSE}\n{PROSE}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "body", "body"]


def test_a_hard_wrapped_text_is_joined_to_paragraphs() -> None:
    lines = [
        "The harbour of Port Vela was closed on Monday after two officials said",
        "that the sea wall had cracked, and no ship has left the northern quay",
        "since then. The ministry ordered the dockers to clear the whole quay.",
        "A survey of the wall is planned.",
    ]
    assert [words for _, words in kinds("\n".join(lines) + "\n\n" + "\n".join(lines))] == ["\n".join(lines)] * 2


def test_a_transcript_has_a_paragraph_for_each_speaker() -> None:
    text = "MODERATOR: Who knew?\nHALDEN: Nobody told me.\nMODERATOR: When did it break?"
    assert [words for _, words in kinds(text)] == text.split("\n")


def test_windows_line_ends_give_the_same_parts() -> None:
    text = f"Cracks in the sea wall\n\n{PROSE}\n\nBy Ana Ortiz"
    assert [kind for kind, _ in kinds(text.replace("\n", "\r\n"))] == [kind for kind, _ in kinds(text)]


def test_links_of_markdown_and_bare_addresses_keep_their_words() -> None:
    text = "See [the report](https://example.org/r) and https://example.org/wall."
    found = [(text[link.span.start : link.span.end], link.href) for link in layout.links("d", text)]
    assert found == [("the report", "https://example.org/r"), ("https://example.org/wall", "https://example.org/wall")]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Ortiz and Tom Bell, Staff Writers", ("Ana Ortiz", "Tom Bell")),
        ("By ANA ORTIZ", ("ANA ORTIZ",)),
        ("Written by Jan van der Meer | The Vela Courier", ("Jan van der Meer",)),
        ("By our staff", ()),
    ],
)
def test_a_byline_names_people(line: str, names: tuple[str, ...]) -> None:
    assert layout.names(line) == names


@given(st.text(alphabet=st.sampled_from("aZ9 .,:-–—\n\r\t\x00\f\u2028>#*[]()“”’©é🙂\u200b\ufeff"), max_size=300))
def test_any_text_is_covered_by_parts_in_order(text: str) -> None:
    at = 0
    for part in layout.parts("d", text):
        assert at <= part.span.start < part.span.end
        assert not text[at : part.span.start].strip()
        at = part.span.end
        assert part.kind in PartKind
    assert not text[at:].strip()
    assert layout.parts("d", text) == layout.parts("d", text)


def test_the_name_under_a_letter_is_its_signature() -> None:
    letter = f"Dear Hanna,\n\n{PROSE}\n\nSincerely,\n\nBruno"
    assert kinds(letter)[-1] == ("byline", "Bruno")


def test_one_word_at_the_end_of_an_article_is_no_signature() -> None:
    assert kinds(f"Cracks in the sea wall\n\n{PROSE}\n\nBruno")[-1] != ("byline", "Bruno")
