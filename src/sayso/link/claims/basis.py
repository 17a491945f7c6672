"""What the claims linker compares of a document: slots and vectors of its statements, made once, at its analysis."""

from __future__ import annotations

import hashlib
import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.encoder.encoder import SCALE, WIDTH, Whole, version, whole
from sayso.link.claims.slots import Piece, Said, said, telling
from sayso.records import Document, PartKind, Record, Span, Statement, StatementVectors, When

Floats = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]
CELLS = 2  # cells that a statement stands in: those of the nearest centres
# What an index knows of a statement. `key` hashes its content words and numbers, `mood` its mood; `names` and `stems`
# have a bit for each name and for each other content word, `named` and `stemmed` say how many there are; `counts`: it
# states a number; `telling` has a bit for each of those rarely met by chance; `affirms` as in `Said`.
MARKS = np.dtype(
    [
        ("key", "<i8"),
        ("names", "<u8"),
        ("stems", "<u8"),
        ("telling", "<u8"),
        ("mood", "<u8"),
        ("named", "<u4"),
        ("stemmed", "<u4"),
        ("cells", "<u2", CELLS),
        ("counts", "u1"),
        ("affirms", "u1"),
    ]
)
_CODE = ("slots.py", "quantities.py", "basis.py")


class Basis:
    """The statements of a document, read again: slots by place, and vectors in 8 bits, of its title [384], of their
    words and of their words without names and numbers [N, 384]; `total` [384] is the sum of the words'."""

    def __init__(self, doc: str, published: str, words: bytes, frames: bytes, slots: bytes) -> None:
        self.doc, self.published = doc, published
        vectors = np.frombuffer(words, np.int8).reshape(-1, WIDTH)
        self.title: Whole = vectors[0] if len(vectors) else np.zeros(WIDTH, np.int8)
        self.words: Whole = vectors[1:]
        self.frames: Whole = np.frombuffer(frames, np.int8).reshape(-1, WIDTH)
        self.total = self.words.sum(axis=0, dtype=np.float64)
        self._rows: list[Any] = json.loads(zlib.decompress(slots).decode("utf-8", "surrogatepass"))
        self._made: dict[int, Said] = {}

    def said(self, at: int) -> Said:
        """The statement at a place."""
        if at not in self._made:
            self._made[at] = _said(self.doc, self.published, self._rows[at])
        return self._made[at]

    def place(self, id: str) -> int | None:
        """Where the statement with this id stands, None where it cannot be a claim."""
        return next((n for n, row in enumerate(self._rows) if row[0] == id), None)


def compared(
    document: Document, statements: Iterable[Statement], whens: Iterable[When], encode: Encode
) -> StatementVectors:
    """The slots and vectors of a document; a text that comes twice is read once by the encoder."""
    held = list(said(document, statements, whens))
    texts = [title(document), *(one.text for one in held), *(one.frame for one in held)] if held else []
    places = {text: n for n, text in enumerate(dict.fromkeys(texts))}
    return packed(document, held, whole(encode(list(places)))[[places[text] for text in texts]])


def packed(document: Document, held: Sequence[Said], vectors: Whole) -> StatementVectors:
    """The same from what is known: statements, and [1 + 2N, 384] of title, words and frames."""
    slots = zlib.compress(json.dumps([_row(one) for one in held], ensure_ascii=False).encode("utf-8", "surrogatepass"))
    published = document.published.value[:10] if document.published else ""
    words, frames = vectors[: len(held) + 1], vectors[len(held) + 1 :]
    parts = (_marks(held, words).tobytes(), words.tobytes(), frames.tobytes(), slots)
    return StatementVectors(
        document.id, basis_version(), _day(published), published, *(b64encode(part).decode() for part in parts)
    )


def of_records(document: Document, records: Iterable[Record], encode: Encode) -> StatementVectors:
    """The same from all that was found in a document, in the order in which a case gives it."""
    found = list(records)
    statements = sorted((r for r in found if isinstance(r, Statement)), key=lambda s: (_first(s), s.id))
    whens = sorted((r for r in found if isinstance(r, When)), key=attrgetter("span.start", "id"))
    return compared(document, statements, whens, encode)


def unpacked(one: StatementVectors) -> tuple[bytes, bytes, bytes, bytes]:
    """Marks, words, frames and slots as bytes, as a case keeps them."""
    return b64decode(one.marks), b64decode(one.words), b64decode(one.frames), b64decode(one.slots)


def direction(words: bytes) -> bytes:
    """What a document states in all, as long as one vector; nothing where it states nothing."""
    vectors = np.frombuffer(words, np.int8).reshape(-1, WIDTH)
    total = vectors[1:].sum(axis=0, dtype=np.int64)
    length = np.sqrt(np.float64((total * total).sum()))
    made: Whole = np.rint(total * (SCALE / max(length, 1.0))).clip(-127, 127).astype(np.int8)
    return made.tobytes()


def mood(word: str) -> int:
    """The mark of a mood."""
    return _hash(word) % 2**64


def title(document: Document) -> str:
    """A document's headline, else the title that its page states."""
    headlines = (document.text[p.span.start : p.span.end] for p in document.parts if p.kind is PartKind.HEADLINE)
    return next(headlines, document.title.value if document.title else "")


@cache
def basis_version() -> str:
    """The version of what makes a basis: of the code that reads slots, its words, the centres, the encoder."""
    package = files("sayso")
    read = [package / "link" / "claims" / name for name in _CODE] + [package / "link" / "lexical.py"]
    read += [package / "data" / name for name in ("claim_words.toml", "claim_cells.npz")]
    digest = hashlib.sha256(version().encode())
    for file in read:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _first(one: Statement) -> int:
    return min(span.start for span in one.content)


def _day(published: str) -> int:
    try:
        return date.fromisoformat(published).toordinal()
    except ValueError:
        return 0


def _marks(held: Sequence[Said], words: Whole) -> npt.NDArray[np.void]:
    marks = np.zeros(len(held), MARKS)
    for n, one in enumerate(held):
        plain = one.stems - one.names
        numbers = _bits(map(repr, telling(one)))
        sketches = (_bits(one.names), _bits(plain), numbers, mood(one.mood), len(one.names), len(plain))
        marks[n] = (_key(one), *sketches, (0,) * CELLS, bool(one.numbers), one.affirms)
    if held:
        marks["cells"] = nearest_cells(words[1:])
    return marks


def nearest_cells(vectors: Whole) -> npt.NDArray[np.int64]:
    """The cells of vectors, [N, CELLS], sorted. Of centres as near as one another the first: the same everywhere."""
    near = vectors.astype(np.float32) @ _centres()
    made: npt.NDArray[np.int64] = np.sort(np.argsort(-near, axis=1, kind="stable")[:, :CELLS], axis=1)
    return made


@cache
def _centres() -> Floats:
    with (files("sayso") / "data" / "claim_cells.npz").open("rb") as file:
        centres: Floats = np.ascontiguousarray(np.load(file)["centres"].T.astype(np.float32))  # [384, centres]
    return centres


def _key(one: Said) -> int:
    return _hash("\0".join([*sorted(one.stems), *(repr(piece.value[:2]) for piece in one.numbers)]))


def _bits(names: Iterable[str]) -> int:
    bits = 0
    for name in names:
        bits |= 1 << _hash(name) % 64
    return bits


def _hash(words: str) -> int:
    return int.from_bytes(hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[:8], "little", signed=True)


def _row(one: Said) -> list[object]:
    """The fields of a Said but for document and day, which its document has."""
    content = [[span.start, span.end] for span in one.content]
    words = (sorted(one.stems), sorted(one.names))
    pieces = [list(_pieces(held)) for held in (one.numbers, one.days)]
    return [one.id, one.text, one.frame, content, *words, *pieces, one.affirms, one.mood, one.hedged]


def _pieces(held: Iterable[Piece]) -> Iterator[list[object]]:
    for piece in held:
        yield [list(piece.value), piece.span.start, piece.span.end]


def _said(doc: str, published: str, row: list[Any]) -> Said:
    id, text, frame, content, stems, names, numbers, days, affirms, mood, hedged = row
    spans = tuple(Span(doc, first, after) for first, after in content)
    counts, times = (tuple(Piece(tuple(v), Span(doc, a, b)) for v, a, b in held) for held in (numbers, days))
    words = (frozenset(stems), frozenset(names))
    return Said(id, doc, text, frame, spans, *words, counts, times, affirms, mood, hedged, published)
