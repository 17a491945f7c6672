"""JSON Lines: a document a line, a bad line a Problem that names it."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import ingest
from sayso.ingest import jsonl
from sayso.ingest.blocks import Raw
from sayso.settings import Limits
from tests.ingest.reading import one, read, why


def line(**fields: object) -> str:
    """One line with these fields."""
    return json.dumps(fields, ensure_ascii=False) + "\n"


def test_the_text_is_taken_to_the_letter() -> None:
    text = "  Cracks.\r\n\nThe wall\u2028broke 🙂, she said. "
    assert one(line(text=text), "a.jsonl").text == text


def test_fields_become_metadata_and_others_are_passed_over() -> None:
    document = one(
        line(id="a7", text="The wall broke, she said.", title="Cracks", publisher="Courier", authors=["Ana Ortiz"],
             published="2031-04-05", url="https://example.org/a", annotator="x", attributions=[{"source": [[0, 3]]}]),
        "pile.jsonl",
    )  # fmt: skip
    assert document.name == "pile.jsonl#a7"
    assert document.title and document.publisher and document.published and document.url
    assert (document.title.value, document.publisher.value) == ("Cracks", "Courier")
    assert document.published.origin == "field published"
    assert [author.value for author in document.authors] == ["Ana Ortiz"]


def test_date_stands_for_published() -> None:
    document = one(line(text="The wall broke, she said.", date="2031-04-05", publisher=None), "pile.jsonl")
    assert document.published and document.published.value == "2031-04-05"
    assert document.publisher is None
    assert document.name == "pile.jsonl#1"


def test_a_bad_line_is_named_and_the_others_are_read() -> None:
    data = line(text="The wall broke.") + "no json\n\n" + '{"x": 1}\n[1]\n' + line(text="It rained.")
    documents, problems = read(data, "pile.jsonl")
    assert [document.text for document in documents] == ["The wall broke.", "It rained."]
    assert [problem.message.split(":")[0] for problem in problems] == ["line 2", "line 4", "line 5"]


def test_half_a_character_is_replaced_so_that_offsets_hold() -> None:
    assert one('{"text": "a \\ud800 b said so."}', "pile.jsonl").text == "a \ufffd b said so."


def test_the_same_words_of_two_outlets_stay_two_documents() -> None:
    data = line(text="It rained.", url="https://a.example") + line(text="It rained.", url="https://b.example")
    documents, _ = read(data, "pile.jsonl")
    assert len({document.id for document in documents}) == 2


def test_too_many_lines_name_the_option() -> None:
    _, problems = read(line(text="It rained.") * 3, "pile.jsonl", Limits(members=2))
    assert "--max-members" in problems[0].message


def test_a_text_that_is_too_long_names_the_option() -> None:
    assert "--max-text" in why(line(text="x" * 50), "pile.jsonl", Limits(text_chars=40))


def test_a_file_without_a_line_is_a_problem() -> None:
    assert "no line in it holds anything" in why(b"\xef\xbb\xbf", "a.jsonl")


def cut(data: str, lines: int, limits: Limits) -> list[object]:
    """What the readers of a file's parts make of it, one after another."""
    raw = Raw("pile.jsonl", data.encode(), "/pile/pile.jsonl")
    found: list[object] = []
    for part in jsonl.parts(raw, limits, lines=lines, size=150):
        found += ingest.read(part, limits) if isinstance(part, Raw) else [part]
    return found


LINES = ("", "\r", "no json", line(text="It rained."), line(text="x" * 200), line(id=7, text="b"))


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(LINES)),
    st.integers(1, 3),
    st.integers(1, 5),
)
def test_the_parts_of_a_file_give_what_the_whole_gives(lines: list[str], most: int, members: int) -> None:
    data = "\ufeff" + line(text="It snowed.") + "".join(one.rstrip("\n") + "\n" for one in lines)
    raw = Raw("pile.jsonl", data.encode(), "/pile/pile.jsonl")
    limits = Limits(members=members)
    assert cut(data, most, limits) == list(jsonl.read(raw, limits))


def test_a_part_holds_no_more_lines_than_asked_for() -> None:
    raw = Raw("a.jsonl", (line(text="It rained.") * 7 + "\n").encode(), "/a.jsonl")
    found = [part for part in jsonl.parts(raw, Limits(), lines=3, size=10_000) if isinstance(part, Raw)]
    assert [jsonl.held(part) for part in found] == [3, 3, 1]
    assert jsonl.held(raw) == 7
