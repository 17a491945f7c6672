"""The public functions, end to end with the shipped model."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

import sayso
from sayso.export.jsonl import lines
from sayso.ingest.blocks import Raw
from sayso.records import Statement
from sayso.run import Progress, fill
from sayso.store import create_case
from tests import factory as f
from tests.test_run import Works, quiet

ARTICLE = 'The gates failed, two officials told Talpress.\n\n"We were warned," said Orla Venn, the minister.\n'


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "one.txt").write_text(ARTICLE)
    (folder / "two.txt").write_text("The minister denied that she had been warned.\n")
    return folder


def test_trace_without_a_file_gives_a_case_for_a_notebook(pile: Path) -> None:
    with sayso.trace([pile]) as case:
        said = [case.quote(span) for one in case.statements if one.chain for span in one.content]
        assert "The gates failed" in said
        assert "one.txt" in case._repr_html_()


def test_trace_takes_one_path_as_well_as_a_list(pile: Path) -> None:
    with sayso.trace(str(pile)) as one, sayso.trace([pile]) as other:
        assert list(lines(one)) == list(lines(other))


def test_a_traced_case_verifies(pile: Path) -> None:
    with sayso.trace(pile) as case:
        assert sayso.verify_case(case) == []


def test_progress_is_told_with_the_total(pile: Path) -> None:
    told: list[Progress] = []
    sayso.trace(pile, progress=told.append).close()
    assert (told[-1].items, told[-1].total, told[-1].documents, told[-1].problems) == (2, 2, 2, 0)


def test_what_is_given_stands_in_every_document(pile: Path) -> None:
    with sayso.trace(pile, given={"publisher": "Talpress"}) as case:
        assert {one.publisher.value for one in case.documents if one.publisher} == {"Talpress"}


def test_the_factory_analyses_texts() -> None:
    with f.case(ARTICLE, "It rained.") as case:
        assert len(case.documents) == 2
        assert any(one.chain for one in case.of(Statement))


def test_a_failed_trace_leaves_no_open_file(pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> Iterator[Raw]:
        raise sayso.UsageError("no")

    monkeypatch.setattr("sayso.ingest.find", fails)
    with pytest.raises(sayso.UsageError):
        sayso.trace(pile, tmp_path / "a.sayso")
    assert not list(tmp_path.glob("*-wal"))


def test_memory_does_not_grow_with_the_number_of_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.store._CHARS_KEPT", 100_000)  # its own bound, which 400 texts do not reach

    def peak(count: int) -> int:
        case = create_case(tmp_path / f"{count}.sayso")
        pile = (Raw(f"{n}.txt", f"text {n} ".encode() * 4_000, f"/{n}.txt") for n in range(count))
        works = Works()
        works.analysed = _Nothing()
        works.read = _Nothing()
        tracemalloc.start()
        fill(case, pile, works.steps, tell=quiet)
        for _ in lines(case):
            pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        case.close()
        return top

    # 350 more texts of 36 kB; what Python keeps in its free lists for reuse is far below a megabyte.
    assert peak(400) - peak(50) < 1_000_000


class _Nothing(list[str]):
    """A list that keeps nothing."""

    def append(self, item: str) -> None:
        pass
