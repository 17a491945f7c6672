"""Comparing texts by partitions, in bounded memory: the case is the same byte for byte. All texts are invented."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sayso.errors import CaseError
from sayso.export.jsonl import lines
from sayso.link import within
from sayso.link.reuse import partitions
from sayso.link.reuse.words import Ints
from sayso.linking import relate
from sayso.records import Document, ReuseLink
from sayso.store import CaseFile, create_case
from tests import factory as f

FOOT = "Sign up to have the tales of the valley sent to your door on every second morning of the week."
SOUNDS = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "ve")


def sentence(chance: random.Random) -> str:
    return " ".join("".join(chance.choices(SOUNDS, k=3)) for _ in range(chance.randint(9, 20))).capitalize() + "."


def pile(stories: int) -> list[Document]:
    """Stories that are cut, lifted from and printed again, under a foot that most of them share."""
    chance = random.Random(11)
    texts, lead = list[list[str]](), sentence(chance)
    for _ in range(stories):
        story = [sentence(chance) for _ in range(8)]
        lifted = [chance.choice(texts)[1], *[sentence(chance) for _ in range(6)]] if texts else story
        texts += [story, story[: chance.randint(3, 7)], story[::-1], lifted]
    texts += [[lead, *(sentence(chance) for _ in range(chance.randint(0, 2)))] for _ in range(60)]
    return [
        f.document(
            " ".join(text) + f"\n\n{FOOT}",
            name=f"item-{n}",
            publisher=f"Paper {n % 7}",
            **({"published": f"2031-05-{n % 28 + 1:02}"} if n % 5 else {}),
        )
        for n, text in enumerate(texts)
    ]


def related(documents: list[Document], memory: int, path: Path) -> CaseFile:
    made = create_case(path)
    for at in (0, len(documents) - 20):
        for one in documents[at:] if at else documents[:-20]:
            f.file(made, one)
        relate(made, within(memory))
    return made


def test_partitions_give_the_same_export_as_one_process_byte_for_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partitions, "SHINGLES", 1 << 14)  # so that there are several partitions
    documents = pile(40)
    one, parted = related(documents, 0, tmp_path / "one.sayso"), related(documents, 1, tmp_path / "parted.sayso")
    assert list(lines(one)) == list(lines(parted))
    assert one.count(ReuseLink) > 100
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []


def test_documents_are_added_to_an_index_that_fits_and_compared_anew_with_one_that_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[int] = []
    count = partitions.Partitions.count

    def counted(self: partitions.Partitions, sizes: Ints, ranks: Ints) -> None:
        runs.append(len(sizes))
        count(self, sizes, ranks)

    monkeypatch.setattr(partitions.Partitions, "count", counted)
    related(pile(3), 1 << 30, tmp_path / "fits.sayso")
    assert len(runs) == 0
    related(pile(3), 1, tmp_path / "small.sayso")
    assert len(runs) == 2


def test_what_a_killed_run_left_beside_the_case_is_taken_away(tmp_path: Path) -> None:
    left = tmp_path / "case.sayso.linking"
    (left / "posted" / "0" / "part=0").mkdir(parents=True)
    (left / "posted" / "0" / "part=0" / "data_0.parquet").write_bytes(b"torn")
    related(pile(2), 1, tmp_path / "case.sayso")
    assert not left.exists()


def test_where_the_folder_cannot_be_written_the_error_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "case.sayso.linking").write_text("a file in the way")
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)
    with pytest.raises(CaseError, match=r"case\.sayso\.linking.*Make room"):
        related(pile(2), 1, tmp_path / "case.sayso")
