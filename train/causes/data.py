"""Sentences of the Causal News Corpus as middle states with anchors, roles and labels."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sayso.tagger.pieces import Halves
from sayso.tagger.tagger import Tagger
from sayso.text import quotations

FOLDS = 8
GROUP = 8  # sentences that stand together where a sentence is read in company


@dataclass(slots=True)
class Relation:
    """A relation in pieces of its sentence: anchor, first and last piece of cause and effect, pieces of the signal."""

    anchor: int
    edges: tuple[int, int, int, int]
    signal: frozenset[int]


@dataclass(slots=True)
class Sentence:
    """A row of the corpus: its states alone and among others, its words' numbers, its label and relations."""

    row: dict[str, Any]
    start: list[int]
    end: list[int]
    word: list[int]
    states: list[Halves]
    relations: list[Relation] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.start)

    @property
    def fold(self) -> int:
        """The same for all sentences of a document."""
        return zlib.crc32(self.row["doc"].encode()) % FOLDS


def read(path: Path, tagger: Tagger, company: int) -> list[Sentence]:
    """The sentences of a file, each read alone and `company` times between random others, as in an article."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    found = {row["id"]: next(iter(_read([row], tagger))) for row in rows}
    dice = random.Random(0)
    for _ in range(company):
        dice.shuffle(rows)
        for at in range(0, len(rows), GROUP):
            for sentence in _read(rows[at : at + GROUP], tagger):
                first = found[sentence.row["id"]]
                if len(sentence) == len(first):
                    first.states += sentence.states
    for sentence in found.values():
        sentence.relations = list(_relations(sentence))
    return list(found.values())


def _read(rows: Sequence[dict[str, Any]], tagger: Tagger) -> Iterator[Sentence]:
    text = " ".join(row["text"] for row in rows)
    pieces = tagger.cut(text, [(0, len(text))], [(q.start, q.end) for q in quotations(text, [(0, len(text))])])
    states, at = tagger.middle(pieces), 0
    for row in rows:
        after = at + len(row["text"])
        held = [i for i in range(len(pieces)) if at <= pieces.start[i] < pieces.end[i] <= after]
        start, end = ([places[i] - at for i in held] for places in (pieces.start, pieces.end))
        yield Sentence(row, start, end, [pieces.word[i] for i in held], [states[held[0] : held[-1] + 1]])
        at = after + 1


def _relations(sentence: Sentence) -> Iterator[Relation]:
    """The relations of a row; of two on one anchor (7 in all) the first."""
    seen = set()
    for one in sentence.row["relations"]:
        cause, effect = _inside(sentence, one["cause"]), _inside(sentence, one["effect"])
        signals = [i for span in one["signal"] for i in _inside(sentence, span)]
        if cause and effect:
            anchor = signals[0] if signals else max(cause[0], effect[0])
            if anchor not in seen:
                seen.add(anchor)
                yield Relation(anchor, (cause[0], cause[-1], effect[0], effect[-1]), frozenset(signals))


def _inside(sentence: Sentence, span: Sequence[int]) -> list[int]:
    return [i for i in range(len(sentence)) if sentence.start[i] < span[1] and sentence.end[i] > span[0]]
