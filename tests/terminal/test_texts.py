"""The terminal: statements readable without colour, hostile words made safe, what to type next."""

import io

import pytest
from rich.console import Console
from rich.style import Style

from sayso.errors import UsageError
from sayso.ingest.blocks import Block
from sayso.records import PartKind
from sayso.terminal import COLOURS, clean, show, summary
from tests.views.affair import MemoryCase, affair, harbour, write


def printed(*, doc: str | None = None, case: MemoryCase | None = None, what: str = "show") -> str:
    out = io.StringIO()
    console = Console(file=out, width=200, force_terminal=False)
    if what == "show":
        show(case or affair(), doc, console)
    else:
        summary(case or affair(), console, "my affair.sayso")
    return out.getvalue()


def test_statements_are_bracketed_and_numbered_so_that_no_colour_is_needed() -> None:
    assert "reported that [2: two officials had seen [3: the crack in the sea wall in March]]." in printed(doc="crack")


def test_a_split_quote_carries_its_number_at_both_pieces() -> None:
    assert "“[5: The wall is sound],” she said, “[5: and it was looked at in May].”" in printed(doc="crack")


def test_each_chain_is_written_beneath_its_paragraph() -> None:
    assert "[3] The Vela Courier < The Northern Wire < two officials (said, not named)" in printed(doc="crack")


def test_several_documents_are_listed_with_how_to_pick_one() -> None:
    text = printed()
    assert "Ferries to sail again" in text and "sayso show CASE ID" in text


@pytest.mark.parametrize("doc", ["doc-crack", "doc-crack.html", "crack"])
def test_a_document_is_picked_by_id_name_or_their_beginning(doc: str) -> None:
    assert "Harbour board knew" in printed(doc=doc)


@pytest.mark.parametrize(("doc", "said"), [("moon", "no document fits"), ("doc-", "2 documents fit")])
def test_a_choice_that_fits_none_or_several_says_what_to_type(doc: str, said: str) -> None:
    with pytest.raises(UsageError, match=f"{said}.*sayso show CASE"):
        printed(doc=doc)


def test_the_summary_names_documents_problems_voices_and_the_next_command() -> None:
    text = printed(what="summary")
    for words in ("Documents read", "Problems", "Mira Halden", "30%", "sayso report 'my affair.sayso'"):
        assert words in text


def test_an_empty_case_is_said_to_be_empty() -> None:
    assert "no documents" in printed(case=MemoryCase([]))
    assert "Documents read" in printed(case=MemoryCase([]), what="summary")


def test_escape_sequences_controls_and_bidi_overrides_do_not_reach_the_terminal() -> None:
    nasty = "a\x1b[31mb\x07c\u202ed\u2066e\x9bf\ud800g\x00\tz"
    assert clean(nasty) == "a\ufffd[31mb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg\ufffd z"


def test_emoji_families_stay_whole() -> None:
    assert clean("👩\u200d👧 نمی\u200cدانم") == "👩\u200d👧 نمی\u200cدانم"


def test_hostile_titles_sources_and_texts_print_as_plain_words() -> None:
    nasty = "[bold red]x[/] \x1b]8;;http://e\x07 \u202e"
    made = write(nasty, nasty, nasty, Block(PartKind.BODY, f"Kato {nasty} said so and so.", "p"), name=nasty)
    made.source("Kato", nasty)
    made.statement(["so and so"], made.hop(["Kato"], "said"))
    case = MemoryCase(made.records())
    for text in (printed(case=case), printed(case=case, what="summary")):
        assert "[bold red]x[/]" in text
        assert not any(c in text for c in "\x1b\x07\u202e")


@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_is_one_that_terminals_know(colour: str) -> None:
    assert Style.parse(colour).color


def test_loaded_words_are_marked_lightly_and_counted() -> None:
    text = printed(case=MemoryCase(harbour().records()))
    assert "The regime° held the quay. Mira Halden said [1: the thugs° had left]." in text
    assert "1 quoted from a source, each marked °." in text
