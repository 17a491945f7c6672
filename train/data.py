"""Training examples: annotated documents as windows of word pieces with anchors, roles and quotation states."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from sayso.ingest.layout import parts
from sayso.nlp import PROSE
from sayso.tagger.pieces import Pieces, cut, windows
from sayso.text import quotations

OUTSIDE, B_SOURCE, I_SOURCE, B_CONTENT, I_CONTENT = range(5)
STRIDE = 208  # in training windows overlap less than at run time: they are shifted anew every epoch
GUIDELINES = {"polnear": 0, "gum": 1}


@dataclass(slots=True)
class Text:
    """One document: its pieces, anchors with their role and cue labels, and whose guideline it follows."""

    id: str
    pieces: Pieces
    marks: list[int]  # cue head: 0 outside, 1 anchor, 2 other cue piece
    anchors: list[int]
    roles: list[list[int]]
    cues: list[list[int]]
    guideline: int


def tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer without padding and truncation."""
    made = Tokenizer.from_file(str(folder / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def pieces_of(text: str, tok: Tokenizer) -> Pieces:
    """The pieces of a text's prose, as at run time."""
    prose = [(p.span.start, p.span.end) for p in parts("x", text) if p.kind in PROSE]
    return cut(text, prose, [(q.start, q.end) for q in quotations(text, prose)], tok)


def read(path: Path, guideline: int, tok: Tokenizer) -> Iterator[Text]:
    """The documents of a JSONL file of shape A."""
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield _text(row, pieces_of(row["text"], tok), guideline)


def _text(row: dict[str, Any], pieces: Pieces, guideline: int) -> Text:
    out = Text(row["id"], pieces, [0] * len(pieces), [], [], [], guideline)
    for one in row["attributions"]:
        cue, source, content = (_inside(pieces, one[role]) for role in ("cue", "source", "content"))
        anchor = next(iter(cue or source or content), None)
        if anchor is None or not content or anchor in out.anchors:
            continue
        labels = [OUTSIDE] * len(pieces)
        for found, begin in ((content, B_CONTENT), (source, B_SOURCE)):
            for k, i in enumerate(found):
                labels[i] = begin + (1 if k else 0)
        for i in cue:
            out.marks[i] = out.marks[i] or 2
        out.anchors.append(anchor)
        out.roles.append(labels)
        out.cues.append([int(i in cue) for i in range(len(pieces))])
    for anchor in out.anchors:
        out.marks[anchor] = 1
    return out


def _inside(pieces: Pieces, spans: list[list[int]]) -> list[int]:
    return [i for i in range(len(pieces)) if any(pieces.start[i] < e and pieces.end[i] > s for s, e in spans)]


@dataclass(slots=True)
class Example:
    """A window of a text: `[first, after)`, the pieces whose cue labels count, and the anchors among them."""

    text: Text
    first: int
    after: int
    low: int
    high: int
    anchors: list[int]  # indices into text.anchors


def epoch(texts: list[Text], seed: int) -> list[Example]:
    """The windows of one epoch in their order: shifted and shuffled by `seed` alone, so a run can resume."""
    dice = random.Random(seed)
    out = []
    for text in texts:
        for first, after, low, high in windows(len(text.pieces), STRIDE, dice.randrange(STRIDE)):
            if high > low:
                inside = [n for n, a in enumerate(text.anchors) if low <= a < high]
                out.append(Example(text, first, after, low, high, inside))
    dice.shuffle(out)
    return out
