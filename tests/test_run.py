"""A run over a pile: what is new or changed is analysed, the rest passed over; stopped anywhere, it goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.export.jsonl import lines
from sayso.ingest.blocks import Item, Raw, document_id
from sayso.integrity import verify_case
from sayso.records import Document, Meta, Part, PartKind, Problem, Span, problem
from sayso.run import Call, Progress, Steps, Tell, fill
from sayso.settings import BATCH_DOCUMENTS
from sayso.store import CaseFile, create_case
from tests import factory as f


def raw(name: str, text: str, *, place: str = "", **given: str) -> Raw:
    return Raw(name, text.encode(), place or f"/pile/{name}", given={k: (v, "option") for k, v in given.items()})


class Works:
    """A reader of one document a line and an analysis of one statement a document; they note what they did."""

    def __init__(self, version: str = "1") -> None:
        self.read: list[str] = []
        self.analysed: list[str] = []
        self.batches: list[int] = []
        self.progress = Progress()
        self.steps = Steps(self._read, self._analyse, version)

    def _read(self, one: Raw) -> Iterator[Item | Problem]:
        self.read.append(one.name)
        for number, line in enumerate(one.data.decode().splitlines()):
            name = f"{one.name}#{number}" if number else one.name
            if line == "broken":
                yield problem(name, "read", "broken; mend it")
            elif line == "crash":
                raise RuntimeError("a reader's fault")
            else:
                yield Item(self._document(name, line, one), line.encode())

    def _document(self, name: str, line: str, one: Raw) -> Document:
        id = document_id(line.encode(), one.url, name)
        publisher = Meta(one.given["publisher"][0], "option") if "publisher" in one.given else None
        sha256 = hashlib.sha256(line.encode()).hexdigest()
        parts = (Part(PartKind.BODY, Span(id, 0, len(line)), "test"),)
        return Document(id, name, "txt", sha256, line, publisher=publisher, parts=parts)

    def _analyse(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Any]]]:
        batch = list(documents)
        self.batches.append(len(batch))
        for one in batch:
            self.analysed.append(one.text)
            records: list[Any] = [f.statement_at((Span(one.id, 0, len(one.text)),))]
            if "odd" in one.text:
                records.append(problem(one.id, "quotes", "odd"))
            yield one, records


def quiet(progress: Progress) -> None:
    pass


def run(
    case: CaseFile, *found: Raw | Problem, version: str = "1", tell: Tell = quiet, nowhere: tuple[str, ...] = ()
) -> Works:
    works = Works(version)
    works.progress = fill(case, found, works.steps, tell=tell, call=Call(nowhere=frozenset(nowhere)))
    return works


def texts(case: CaseFile) -> list[str]:
    return sorted(document.text for document in case.documents)


def test_an_unchanged_item_is_not_even_read() -> None:
    case = create_case()
    run(case, raw("a", "one"))
    works = run(case, raw("a", "one"), raw("b", "two"))
    assert (works.read, works.analysed, texts(case)) == (["b"], ["two"], ["one", "two"])


def test_a_changed_item_replaces_its_old_document_and_keeps_the_old_bytes() -> None:
    case = create_case()
    run(case, raw("a", "one"))
    old = next(iter(case.documents))
    run(case, raw("a", "two"))
    assert (texts(case), [s.doc for s in case.statements]) == (["two"], [d.id for d in case.documents])
    assert (case.raw(old.raw), case.get(old.id), verify_case(case)) == (b"one", old, [])


def test_an_item_that_changes_back_is_there_again() -> None:
    case = create_case()
    for text in ("one", "two", "one"):
        run(case, raw("a", text))
    assert (texts(case), len(case.statements)) == (["one"], 1)


def test_another_version_analyses_again() -> None:
    case = create_case()
    run(case, raw("a", "one"))
    assert run(case, raw("a", "one"), version="2").analysed == ["one"]


def test_other_metadata_for_the_same_bytes_is_read_again() -> None:
    case = create_case()
    run(case, raw("a", "one"))
    run(case, raw("a", "one", publisher="Talpress"))
    assert [document.publisher and document.publisher.value for document in case.documents] == ["Talpress"]


def test_of_a_changed_feed_only_the_new_entries_are_analysed() -> None:
    case = create_case()
    run(case, raw("feed", "one\ntwo\nthree"))
    assert run(case, raw("feed", "one\ntwo\nfour")).analysed == ["four"]
    assert texts(case) == ["four", "one", "two"]


def test_two_captures_at_one_place_stay_two_documents() -> None:
    case = create_case()
    pile = [raw("w!u", "one", place="w!u"), raw("w!u", "two", place="w!u")]
    run(case, *pile)
    assert (run(case, *pile).read, texts(case)) == ([], ["one", "two"])


def test_a_file_named_twice_in_one_run_is_read_once() -> None:
    case = create_case()
    works = run(case, raw("pile/a", "one", place="/pile/a"), raw("a", "one", place="/pile/a"))
    assert (works.read, len(case.documents)) == (["pile/a"], 1)


def test_every_text_on_standard_input_is_a_new_document() -> None:
    case = create_case()
    run(case, raw("standard input", "one", place="-"))
    run(case, raw("standard input", "two", place="-"))
    assert texts(case) == ["one", "two"]


def test_the_same_item_in_two_places_is_one_document_until_both_are_gone() -> None:
    case = create_case()
    run(case, raw("a", "one", place="/x/a"), raw("a", "one", place="/y/a"))
    assert len(case.documents) == 1
    run(case, raw("a", "two", place="/x/a"))
    assert texts(case) == ["one", "two"]
    run(case, raw("a", "two", place="/y/a"))
    assert texts(case) == ["two"]


def test_of_one_page_read_under_two_names_the_first_name_stands_whatever_the_order() -> None:
    pile = [Raw(name, b"one", f"/{name}", url="https://a.test/") for name in ("b", "a")]
    for found in (pile, pile[::-1]):
        case = create_case()
        run(case, *found)
        assert [document.name for document in case.documents] == ["a"]


def test_a_broken_item_is_a_problem_and_the_run_goes_on() -> None:
    case = create_case()
    works = run(case, raw("a", "broken"), raw("b", "two"))
    assert ([p.doc for p in case.problems], texts(case)) == (["a"], ["two"])
    assert works.progress.problems == 1


def test_a_reader_that_fails_costs_one_item_and_names_it() -> None:
    case = create_case()
    run(case, raw("a", "one\ncrash"), raw("b", "two"))
    assert ([p.message for p in case.problems], texts(case)) == (
        ["a: the reader failed with RuntimeError: a reader's fault. Please report it with the file."],
        ["one", "two"],
    )


def test_a_fault_in_finding_keeps_what_was_found_before() -> None:
    def found() -> Iterator[Raw]:
        yield raw("a", "one")
        raise RuntimeError("a fault")

    case = create_case()
    fill(case, found(), Works().steps, tell=quiet)
    assert (texts(case), [p.stage for p in case.problems]) == (["one"], ["find"])
    run(case, raw("a", "one"))
    assert list(case.problems) == []


def test_a_mended_item_has_no_problem_any_more() -> None:
    case = create_case()
    run(case, raw("a", "broken"), problem("b", "find", "cannot be opened"))
    run(case, raw("a", "one"), raw("b", "two"))
    assert list(case.problems) == []


def test_an_item_that_could_not_be_read_whole_is_tried_again() -> None:
    case = create_case()
    run(case, raw("a", "one\nbroken"))
    works = run(case, raw("a", "one\nbroken"))
    assert (works.read, works.analysed, len(case.problems)) == (["a"], [], 1)


def test_problems_of_what_is_passed_over_still_count() -> None:
    case = create_case()
    run(case, raw("a", "an odd one"))
    works = run(case, raw("a", "an odd one"))
    assert (works.read, works.progress.problems) == ([], 1)


def test_a_mistyped_path_is_a_problem_until_the_next_run() -> None:
    case = create_case()
    works = run(case, problem("onne.txt", "find", "no such file"), nowhere=("onne.txt",))
    assert (works.progress.problems, len(case.problems)) == (1, 1)
    run(case, raw("one.txt", "one"))
    assert list(case.problems) == []


def test_a_file_that_cannot_be_opened_stays_a_problem_until_it_can() -> None:
    case = create_case()
    run(case, problem("x", "find", "cannot be opened"))
    run(case, raw("a", "one"))
    assert [problem.doc for problem in case.problems] == ["x"]


def test_an_empty_item_leaves_nothing_and_is_seen() -> None:
    case = create_case()
    run(case, raw("a", ""))
    assert (run(case, raw("a", "")).read, len(case.documents)) == ([], 0)


def test_documents_are_analysed_in_batches_of_bounded_size() -> None:
    works = run(create_case(), *(raw(str(n), f"text {n}") for n in range(BATCH_DOCUMENTS + 3)))
    assert works.batches == [BATCH_DOCUMENTS, 3]
    works = run(create_case(), *(raw(str(n), f"{n} " + "x" * 90_000) for n in range(4)))
    assert works.batches == [3, 1]


def test_a_document_is_acknowledged_only_when_it_is_in_the_file(tmp_path: Path) -> None:
    path, told = tmp_path / "a.sayso", []

    def tell(progress: Progress) -> None:
        if progress.doc:
            with create_case(path) as other:
                told.append(other.get(progress.doc).text)

    with create_case(path) as case:
        run(case, raw("a", "one\ntwo"), tell=tell)
    assert told == ["one", "two"]


@pytest.mark.parametrize("after", range(1, 14))
def test_interrupted_anywhere_and_run_again_the_export_is_the_same(after: int) -> None:
    pile = [raw("a", "one\nan odd two"), problem("x", "find", "gone"), raw("b", "broken\nthree"), raw("c", "four")]

    def stop(left: list[None]) -> Callable[[Progress], None]:
        def tell(progress: Progress) -> None:
            if not left:
                raise KeyboardInterrupt
            left.pop()

        return tell

    calm, case = create_case(), create_case()
    run(calm, *pile)
    try:
        run(case, *pile, tell=stop([None] * after))
    except KeyboardInterrupt:
        run(case, *pile)
    assert list(lines(case)) == list(lines(calm))
    assert verify_case(case) == []


def test_a_stopped_run_is_told_from_a_finished_one() -> None:
    case = create_case()

    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(case, raw("a", "one"), tell=stop)
    run(case, raw("a", "one"))
    assert [row[0] for row in case.rows("SELECT outcome FROM run ORDER BY id")] == ["interrupted", "finished"]


def test_the_order_of_reading_does_not_show_in_the_export() -> None:
    pile = [raw("a", "one\ntwo"), raw("b", "an odd one"), raw("c", "broken")]
    one, two = create_case(), create_case()
    run(one, *pile)
    run(two, *pile[::-1])
    assert list(lines(one)) == list(lines(two))
