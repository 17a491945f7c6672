"""The rows of one document: nothing of the text is lost, every chain is told, excerpts keep what is cited."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.ingest.blocks import Block
from sayso.records import Document, PartKind
from sayso.views.document import GAP_KIND, GAP_WORDS, DocumentRow, document_row, excerpt
from tests.views.affair import MemoryCase, Writer, affair, crack, harbour, write


def row_of(made: Writer) -> DocumentRow:
    return document_row(MemoryCase(made.records()), made.document)


def words(row: DocumentRow) -> list[str]:
    return ["".join(segment.text for segment in part.segments) for part in row.parts]


def test_the_segments_of_each_part_are_its_text() -> None:
    made = crack()
    quoted = [made.document.text[part.span.start : part.span.end] for part in made.document.parts]
    assert words(row_of(made)) == quoted


def test_every_statement_is_covered_by_segments_that_spell_its_words() -> None:
    row = row_of(crack())
    for index, statement in enumerate(row.statements):
        covered = [s.text for part in row.parts for s in part.segments if index in s.content]
        assert "".join(covered) == "".join(statement.words)


def test_a_nested_chain_is_told_from_the_publisher_to_the_origin() -> None:
    row = row_of(crack())
    assert row.line(row.attributed[2]) == "The Vela Courier < The Northern Wire < two officials (said)"
    assert row.attributed[2].inside == row.attributed[1].number == 2


def test_a_pronoun_is_shown_by_the_name_it_stands_for_and_keeps_its_words() -> None:
    source = row_of(crack()).attributed[4].chain[-1].sources[0]
    assert (source.label, source.words, source.anonymous) == ("Mira Halden", "she", False)


def test_a_hop_without_a_source_is_anonymous_and_says_so() -> None:
    statement = row_of(crack()).attributed[-1]
    assert (statement.chain[-1].label, statement.anonymous) == ("nobody named", True)


def test_denials_and_orders_are_tagged_and_plain_statements_are_not() -> None:
    tags = [statement.tags for statement in row_of(crack()).attributed]
    assert tags == [(), (), (), ("negative",), (), ("recommended",), ("required",), ()]


def test_facts_say_where_they_were_read_and_an_unknown_date_is_said_to_be_unknown() -> None:
    facts = {fact.label: (fact.value, fact.origin) for fact in row_of(crack()).facts}
    assert facts["Published"] == ("2031-04-14", "meta tag article:published_time")
    bare = {fact.label: fact.value for fact in row_of(write("doc-x", "T", None)).facts}
    assert bare["Published"] == "unknown"


def test_a_text_without_publisher_or_parts_is_this_text_and_one_body() -> None:
    document = Document(id="doc-y", name="y.txt", format="text", raw="", text="Rain fell.")
    row = document_row(MemoryCase([document]), document)
    assert (row.publisher, row.title, words(row)) == ("this text", "y.txt", ["Rain fell."])


def test_an_excerpt_keeps_cited_sentences_with_one_either_side_and_marks_what_it_leaves_out() -> None:
    made = write(
        "doc-z",
        "Rain",
        None,
        Block(PartKind.BODY, "One was dry. Two was wet. Three was cold. Kato said four was hot. Five was mild.", "p"),
        Block(PartKind.BODY, "Six was grey.", "p"),
        Block(PartKind.BODY, "Seven was bright.", "p"),
    )
    made.source("Kato", "Kato")
    made.statement(["four was hot"], made.hop(["Kato"], "said"))
    assert words(excerpt(row_of(made))) == [
        f"{GAP_WORDS} Three was cold. Kato said four was hot. Five was mild.",
        GAP_WORDS,
    ]


def test_an_excerpt_of_a_text_that_cites_nobody_is_one_gap() -> None:
    made = write("doc-z", "Rain", None, Block(PartKind.BODY, "It rained.", "p"))
    made.statement(["It rained"])
    assert [part.kind for part in excerpt(row_of(made)).parts] == [GAP_KIND]


def test_an_excerpt_tells_the_chain_of_every_cited_statement() -> None:
    for document in affair().of(Document):
        row = document_row(affair(), document)
        told = {index for part in excerpt(row).parts for index in part.statements}
        assert {index for index, statement in enumerate(row.statements) if not statement.own} <= told


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=60), st.data())
def test_any_text_cut_at_any_spans_is_kept_to_the_letter(text: str, data: st.DataObject) -> None:
    made = write("doc-any", "T", None, Block(PartKind.BODY, f"a{text}z", "p"))
    length = len(made.document.text)
    cuts = st.tuples(st.integers(0, length - 1), st.integers(1, length)).filter(lambda pair: pair[0] < pair[1])
    for start, end in data.draw(st.lists(cuts, max_size=5)):
        piece = made.document.text[start:end]
        made.statement([piece], made.hop([], ""))
    row = row_of(made)
    assert words(row) == [made.document.text]
    assert "".join(words(excerpt(row))).count(GAP_WORDS) <= 12


def test_loaded_words_are_cut_out_told_and_counted_by_whose_they_are() -> None:
    row = row_of(harbour())
    marked = [(s.text, row.loaded[s.loaded].told) for part in row.parts for s in part.segments if s.loaded is not None]
    assert marked == [
        ("regime", "contested label, the writer’s own word"),
        ("thugs", "contested label, put into a source’s mouth by the writer"),
        ("liberators", "contested label, a source’s quoted word"),
    ]
    counted = "1 the writer’s own, 1 put into a source’s mouth, 1 quoted from a source"
    assert row.loaded_line == f"3 loaded words: {counted}"
    assert [row.loaded[at].words for at in row.attributed[0].loaded] == ["thugs"]


def test_a_text_without_loaded_words_counts_none_and_keeps_them_apart_in_an_excerpt() -> None:
    assert row_of(crack()).loaded_line == ""
    cut = excerpt(row_of(harbour()))
    kept = {s.loaded for part in cut.parts for s in part.segments} - {None}
    assert kept == {0, 1, 2}
