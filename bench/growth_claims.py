"""The claims half of the growth measure: records and vectors made from the generator's claims and sentences.

What an analysis would leave is made, not analysed: each sentence of the generator (`gold.jsonl` beside the texts) is a
statement, which makes as many an article as analysis finds in such texts. Its slots are read by the code that reads
all. Its vector is that of a real sentence, moved: copies of one sentence get one vector, edited ones lie near it, and
different sentences as near to one another as real ones. A claim (`claims.jsonl`) has the vector of its own words.
"""

from __future__ import annotations

import itertools
import json
import re
import zlib
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.encoder.encoder import WIDTH, load, whole
from sayso.filing import insert, rows_of, write_vectors
from sayso.link.claims.basis import MARKS, packed
from sayso.link.claims.slots import Said, read
from sayso.records import Document, Span, Statement, StatementVectors
from sayso.store import CaseFile
from tests import factory as f

Floats = npt.NDArray[np.float32]
POOL = 2_000  # real sentences that vectors are made from
NOISE = 8_191  # directions by which they are moved
APART, EDITED = 0.8, 0.3  # how far: of another sentence, of the same one with a word changed
_NUMBER = re.compile(r"\d+")
# What the generator puts round a claim; an analysis leaves it to the chain.
_BEFORE = re.compile(
    r"^(?:According to|As|Citing) .+?, (?:the paper wrote that )?"
    r"|^.+? (?:said|stated|reported)(?: that)? |^.+? (?:told|informed) .+? that "
)
_BEHIND = re.compile(r"(?:, according to .+|, [^,]+(?:, [^,]+,)? (?:told|informed) .+)?\.$")


class Maker:
    """Documents of the generator as their analysis would leave them, without one."""

    def __init__(self, texts: Path) -> None:
        self.texts = texts
        rng = np.random.default_rng(1)
        self._noise = _unit(rng.standard_normal((NOISE, WIDTH)).astype(np.float32))
        self._pool = load().encode(list(itertools.islice(self._sentences(), POOL)))
        self.read = lru_cache(50_000)(_read)
        # A sentence with another number lies next to it: one vector does for all.
        self.claim = lru_cache(200_000)(lambda text: load().encode([text])[0])

    def documents(self, first: int, after: int) -> Iterator[tuple[Document, list[Statement], StatementVectors]]:
        """Documents `[first, after)` of the file with their statements and what is compared of these."""
        claims = _claims(self.texts.with_name("claims.jsonl"))
        for row, gold in itertools.islice(_rows(self.texts, self.texts.with_name("gold.jsonl")), first, after):
            given = {"publisher": row["outlet"], "title": row["title"], "published": row["published"]}
            document = f.document(row["text"], name=row["id"], **{k: value for k, value in given.items() if value})
            made = list(self._statements(document, gold["segments"], claims.get(row["id"], set())))
            held = [(one, said, vectors) for one, said, vectors in made if said.thick]
            words, frames = ([v[n] for _, _, v in held] for n in (0, 1))
            texts = [self.moved(row["title"], row["title"]), *words, *frames] if held else []
            vectors = whole(np.array(texts, np.float32).reshape(-1, WIDTH))
            yield document, [one for one, _, _ in made], packed(document, [said for _, said, _ in held], vectors)

    def _statements(
        self, document: Document, segments: Sequence[dict[str, int]], claims: set[int]
    ) -> Iterator[tuple[Statement, Said, tuple[Floats, Floats]]]:
        for segment in segments:
            claimed = segment["b"] in claims
            start, end = _claimed(document.text, segment) if claimed else (segment["b"], segment["e"])
            one = f.statement_at((Span(document.id, start, end),))
            said = _placed(self.read(document.text[start:end]), one, document)
            if claimed:
                yield one, said, (self.claim(_NUMBER.sub("45", said.text)), self.claim(said.frame))
            else:
                origin = str(segment["o"])
                yield one, said, (self.moved(origin, said.text), self.moved(f"{origin} frame", said.frame))

    def moved(self, origin: str, text: str) -> Floats:
        """A real sentence's vector for `origin`, moved by it and by the text."""
        one, other = (zlib.crc32(words.encode("utf-8", "surrogatepass")) for words in (origin, text))
        base = _unit(self._pool[one % len(self._pool)] + APART * self._noise[one % NOISE])
        return _unit(base + EDITED * self._noise[other % NOISE])

    def _sentences(self) -> Iterator[str]:
        for row, gold in _rows(self.texts, self.texts.with_name("gold.jsonl")):
            yield from (row["text"][one["b"] : one["e"]] for one in gold["segments"][:4])


def fill(case: CaseFile, maker: Maker, first: int, after: int) -> int:
    """Write documents as a run would, but all in one transaction; how many statements of theirs can be claims."""
    count = 0
    with case.transaction() as db:
        for document, statements, vectors in maker.documents(first, after):
            db.execute("INSERT OR IGNORE INTO raw VALUES (?, 0, ?)", (document.raw, b""))
            own, *belonging = rows_of(document, document.id)
            insert(db, replace(own, names=(*own.names, "version", "digest"), cells=[*own.cells, "made", ""]))
            for row in (*belonging, *(row for one in statements for row in rows_of(one, document.id))):
                insert(db, row)
            write_vectors(db, vectors)
            db.execute("INSERT OR REPLACE INTO changed (doc) VALUES (?)", (document.id,))
            count += len(b64decode(vectors.marks)) // MARKS.itemsize
    return count


def _rows(*paths: Path) -> Iterator[tuple[dict[str, Any], ...]]:
    """The lines of files that go side by side."""
    with ExitStack() as stack:
        files = [stack.enter_context(path.open(encoding="utf-8")) for path in paths]
        for lines in zip(*files, strict=True):
            yield tuple(json.loads(line) for line in lines)


def _claims(path: Path) -> dict[str, set[int]]:
    """Where claims are stated: the first characters of their sentences, by document."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for (row,) in _rows(path):
        for one in row["assertions"]:
            found[one["doc"]].add(one["b"])
    return found


def _claimed(text: str, segment: dict[str, int]) -> tuple[int, int]:
    """What a sentence of the generator says that somebody says."""
    start, sentence = segment["b"], text[segment["b"] : segment["e"]]
    before, behind = _BEFORE.search(sentence), _BEHIND.search(sentence)
    return start + (before.end() if before else 0), start + (behind.start() if behind else len(sentence))


def _read(text: str) -> Said:
    """The slots of a text that is a statement."""
    alone = f.document(text)
    return read(alone, f.statement_at((Span(alone.id, 0, len(text)),)), ())


def _placed(said: Said, one: Statement, document: Document) -> Said:
    """The slots of a text where it stands as a statement of a document."""
    shift = one.content[0].start
    numbers = tuple(
        replace(piece, span=Span(document.id, piece.span.start + shift, piece.span.end + shift))
        for piece in said.numbers
    )
    day = document.published.value[:10] if document.published else ""
    return replace(said, id=one.id, doc=document.id, content=one.content, numbers=numbers, published=day)


def _unit(vectors: Floats) -> Floats:
    made: Floats = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return made
