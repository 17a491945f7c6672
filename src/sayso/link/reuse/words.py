"""The words of a document as arrays of hashes, and its shingles: what all comparison of texts goes by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from sayso.records import Document, PartKind
from sayso.text import quotations

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

SHINGLE = 5  # words; a lifted sentence of 12 words with one word changed in the middle still keeps three of them
SEED = 3  # words; what an alignment starts from

# Headlines are written anew or copied whatever the text; by-lines and datelines are read as credits.
_PROSE = frozenset((PartKind.BODY, PartKind.CAPTION, PartKind.QUOTE, PartKind.LIST))
_CUT = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])|\n\s*\n")
_PARAGRAPH = re.compile(r"\S(?:(?!\n\s*\n).)*", re.DOTALL)
_BASE = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
_CODES = 0x110000
_USUAL = 16  # bits of the length of a text whose powers are kept: 1 MB


@dataclass(frozen=True)
class Words:
    """The prose of a document word by word: offsets, a hash of each word, and the number of its sentence.

    `[starts[n], ends[n])` are offsets into `text`; `sentence[n]` numbers the sentence within the
    document. The arrays are parallel.
    """

    doc: str
    text: str
    starts: Ints
    ends: Ints
    hashes: Hashes
    sentence: Ints

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def runs(self) -> Hashes:
        """The hash of the run of `SHINGLE` words that begins at each word."""
        return grams(self.hashes, SHINGLE)

    @cached_property
    def shingles(self) -> tuple[Hashes, Ints, Ints]:
        """The distinct `runs`, sorted; the sentence where each first begins, and how many begin in that sentence."""
        distinct, first = np.unique(self.runs, return_index=True)
        sentence = self.sentence[first]
        return distinct, sentence, np.bincount(sentence)[sentence] if len(sentence) else sentence

    @cached_property
    def seeds(self) -> Hashes:
        """The hash of the run of `SEED` words that begins at each word."""
        return grams(self.hashes, SEED)

    @cached_property
    def seed_order(self) -> tuple[Hashes, Ints]:
        """`seeds` sorted, and where each stood."""
        order = np.argsort(self.seeds, kind="stable")
        return self.seeds[order], order

    @cached_property
    def bounds(self) -> tuple[list[int], list[int]]:
        """For each word the first word of its sentence, and the word after its last."""
        first = np.searchsorted(self.sentence, self.sentence, "left")
        after = np.searchsorted(self.sentence, self.sentence, "right")
        return first.tolist(), after.tolist()

    @cached_property
    def quoted(self) -> NDArray[np.bool_]:
        """For each word whether it stands between quotation marks."""
        found = np.zeros(len(self), dtype=np.bool_)
        for piece in quotations(self.text, [m.span() for m in _PARAGRAPH.finditer(self.text)]):
            found[np.searchsorted(self.starts, piece.start) : np.searchsorted(self.starts, piece.end)] = True
        return found

    @cached_property
    def keys(self) -> list[int]:
        """`hashes` as a list, for walking word by word."""
        keys: list[int] = self.hashes.tolist()
        return keys


def words(document: Document) -> Words:
    """The words of a document's prose; of all its text where it has no parts."""
    text = document.text
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letter, lower = _alphabet()
    inside = letter[codes] & _prose(document)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inside, [False])).astype(np.int8)))
    starts, ends = edges[::2].astype(np.int64), edges[1::2].astype(np.int64)
    cuts = np.array(sorted(_cuts(document)), dtype=np.int64)
    return Words(
        document.id, text, starts, ends, _hashes(lower[codes], starts, ends), np.searchsorted(cuts, starts, "right")
    )


def grams(hashes: Hashes, length: int) -> Hashes:
    """The hash of each run of `length` words."""
    count = len(hashes) - length + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    total = hashes[:count].copy()
    for at in range(1, length):
        total = total * _BASE + hashes[at : at + count]
    return _mixed(total)


def _prose(document: Document) -> NDArray[np.bool_]:
    if not document.parts:
        return np.ones(len(document.text), dtype=np.bool_)
    prose = np.zeros(len(document.text), dtype=np.bool_)
    for part in document.parts:
        prose[part.span.start : part.span.end] = part.kind in _PROSE
    return prose


def _cuts(document: Document) -> set[int]:
    return {m.end() for m in _CUT.finditer(document.text)} | {part.span.start for part in document.parts}


def _hashes(codes: NDArray[np.uint32], starts: Ints, ends: Ints) -> Hashes:
    """A polynomial hash of each word: the difference of two prefix sums, brought to the power of its first letter."""
    bits = len(codes).bit_length()
    powers, inverse = _kept_powers(bits) if bits <= _USUAL else _powers(bits)
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes * powers[: len(codes)], dtype=np.uint64, out=sums[1:])
    return _mixed(np.multiply(sums[ends] - sums[starts], inverse[starts], dtype=np.uint64))


def _mixed(values: Hashes) -> Hashes:
    """Spread the bits (the finaliser of splitmix64, Steele et al. 2014): sums of powers have poor low bits."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _powers(bits: int) -> tuple[Hashes, Hashes]:
    """The powers of the hash's base and of its inverse, for every place in texts of fewer than 2^`bits` letters."""
    base, inverse = (np.cumprod(np.full(1 << bits, base), dtype=np.uint64) for base in (_BASE, _INVERSE))
    return base, inverse


_kept_powers = cache(_powers)  # a third of the time that the words of an article take


@cache
def _alphabet() -> tuple[NDArray[np.bool_], NDArray[np.uint32]]:
    """For every code point whether it is a letter or digit, and its small letter where that is one code point."""
    chars = [chr(code) for code in range(_CODES)]
    letter = np.fromiter((c.isalnum() for c in chars), dtype=np.bool_, count=_CODES)
    lower = np.fromiter((ord(c.lower()) if len(c.lower()) == 1 else ord(c) for c in chars), np.uint32, count=_CODES)
    return letter, lower
