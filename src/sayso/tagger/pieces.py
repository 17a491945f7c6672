"""Word pieces for the tagger: paragraphs of a page cut into pieces with their offsets, marks and windows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Halves = npt.NDArray[np.float16]
CLS, SEP = 101, 102
WINDOW = 256  # pieces the encoder sees at once
STRIDE = 176  # a cue is read in the window in whose middle it stands, with 40 pieces or more on either side
MARGIN = (WINDOW - STRIDE) // 2
KINDS = 6  # outside or inside quotation marks, times lower case, capital, all capitals
_CHARACTERS = 20_000  # longer paragraphs are cut, so that no call of the tokenizer grows without bound


@dataclass(slots=True)
class Pieces:
    """Parallel lists over the word pieces of one text; paragraphs are divided by a SEP piece without width.

    `kind` tells quotation state and case (`quoted * 3 + case`), `paragraph` and `quote` the number of the
    paragraph and of the quotation (0 for none): the pieces lose both, and the model reads them as inputs.
    `word` numbers the words: pieces of one are labelled together. `middle` [N, 384] are the states of the encoder's
    middle layer once a pass over the text was made.
    """

    ids: list[int] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    paragraph: list[int] = field(default_factory=list)
    quote: list[int] = field(default_factory=list)
    word: list[int] = field(default_factory=list)
    middle: Halves | None = None

    def __len__(self) -> int:
        return len(self.ids)


def cut(text: str, paragraphs: Sequence[tuple[int, int]], quoted: Sequence[tuple[int, int]], tokenizer: Any) -> Pieces:
    """The pieces of the paragraphs of `text`.

    `quoted` are its quotations in order, `tokenizer` is a `tokenizers.Tokenizer` without padding and truncation.
    """
    units = [(n, a, b) for n, (start, end) in enumerate(paragraphs) for a, b in _units(start, end)]
    coded = tokenizer.encode_batch([text[a:b] for _, a, b in units], add_special_tokens=False)
    out, at = Pieces(), 0
    for (number, base, stop), one in zip(units, coded, strict=True):
        for piece, (a, b) in zip(one.ids, one.offsets, strict=True):
            while at < len(quoted) and quoted[at][1] <= base + a:
                at += 1
            inside = at < len(quoted) and quoted[at][0] <= base + a
            joined = a > 0 and bool(out.end) and out.end[-1] == base + a and _joins(text[base + a - 1], text[base + a])
            kind = 3 * inside + _case(text[base + a : base + b])
            _append(out, (piece, base + a, base + b), kind, (number, at + 1 if inside else 0, not joined))
        _append(out, (SEP, stop, stop), 0, (number, 0, True))
    return out


def windows(length: int, stride: int = STRIDE, shift: int = 0) -> Iterator[tuple[int, int, int, int]]:
    """`(first, after, low, high)`: pieces the encoder sees, and those of them whose states are used."""
    margin, first = (WINDOW - stride) // 2, -shift
    while True:
        after = min(length, first + WINDOW)
        low = 0 if first <= 0 else first + margin
        yield max(0, first), after, low, length if after == length else after - margin
        if after == length:
            return
        first += stride


def _units(start: int, end: int) -> Iterator[tuple[int, int]]:
    for at in range(start, end, _CHARACTERS):
        yield at, min(end, at + _CHARACTERS)


def _append(out: Pieces, piece: tuple[int, int, int], kind: int, place: tuple[int, int, bool]) -> None:
    """Add a piece `(id, start, end)` at `(paragraph, quotation, whether it opens a word)`."""
    out.ids.append(piece[0])
    out.start.append(piece[1])
    out.end.append(piece[2])
    out.kind.append(kind)
    out.paragraph.append(place[0])
    out.quote.append(place[1])
    out.word.append((out.word[-1] if out.word else -1) + place[2])


def _joins(left: str, right: str) -> bool:
    """Whether two neighbouring characters stand in one word: "so-called" is one, "Rama's" two."""
    return (left.isalnum() or left in "-/") and (right.isalnum() or right in "-/")


def _case(word: str) -> int:
    if not word[:1].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1
