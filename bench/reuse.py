"""Reuse as `score_reuse.py` reads it: near-duplicate families, copy edges and aligned passages of a corpus.

    python -m bench.reuse DOCS.jsonl 10000

links the first 10,000 documents, adds another hundred, and prints what that cost: process seconds (one core), so that
the figure holds on a machine that does other work as well, the greatest memory, and the size of the index.
"""

from __future__ import annotations

import itertools
import json
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from sayso.errors import UsageError
from sayso.link.change import Add
from sayso.link.reuse import reuse
from sayso.link.reuse.shelf import Shelf
from sayso.records import Document, Meta, ReuseDirection, ReuseKind, ReuseLink, Span

T = TypeVar("T")
Row = dict[str, Any]
MORE = 100  # documents added to a linked corpus
LEAD = 60  # words within which a copy begins with its parent's text


class Heap:
    """Documents as a linker sees them, with an index in memory and nothing else."""

    def __init__(self, documents: Iterator[Document], path: str = ":memory:") -> None:
        self.db = sqlite3.connect(path)
        self.documents = {document.id: document for document in documents}
        self.links: dict[str, ReuseLink] = {}

    def of(self, kind: type[T], doc: str | None = None) -> Iterator[T]:
        """The documents, one or all."""
        ids = [doc] if doc is not None else sorted(self.documents)
        return (one for id in ids if isinstance(one := self.documents.get(id), kind))

    def about(self, kind: type[T], id: str) -> Iterator[T]:
        """The links that hold a document."""
        return (one for one in self.links.values() if isinstance(one, kind) and id in (one.left, one.right))

    def get(self, id: str) -> Any:
        """A link by its id."""
        if id not in self.links:
            raise UsageError(f"there is no {id}")
        return self.links[id]

    def quote(self, span: Span) -> str:
        """The words of a span."""
        return self.documents[span.doc].text[span.start : span.end]

    def relate(self, changed: frozenset[str] | None = None, *, memory: int = 0) -> None:
        """Run the linker over what changed, all documents unless said."""
        for change in list(reuse(self, frozenset(self.documents) if changed is None else changed, memory=memory)):
            if isinstance(change, Add):
                assert isinstance(change.record, ReuseLink)
                self.links[change.record.id] = change.record
            else:
                del self.links[change.id]


def documents(rows: Iterator[Row]) -> Iterator[Document]:
    """Rows of the shape Y1 as documents."""
    for row in rows:
        fields = {"publisher": row.get("outlet"), "published": row.get("published"), "title": row.get("title")}
        metas = {name: Meta(value, "corpus") for name, value in fields.items() if value}
        yield Document(row["id"], row["id"], "jsonl", "", row["text"], **metas)  # type: ignore[arg-type]


def predict(rows: Iterator[Row], folder: Path) -> Iterator[tuple[Path, Row]]:
    """The rows of clusters.jsonl, edges.jsonl and passages.jsonl in `folder`.

    Edges are the links with a direction. A passage also says whether its document credits the other (`attributed`)
    where the direction is known, and whether it is one of the edges (`edge`).
    """
    heap = Heap(documents(rows))
    heap.relate()
    links = sorted(heap.links.values(), key=lambda link: link.id)
    for id, cluster in sorted(families(heap, links).items()):
        yield folder / "clusters.jsonl", {"id": id, "cluster": cluster}
    known = [link for link in links if link.direction is ReuseDirection.LEFT_FROM_RIGHT]
    for link in known:
        yield folder / "edges.jsonl", {"doc": link.left, "src": link.right}
    for row in passages(heap, known):
        yield folder / "passages.jsonl", row


def families(heap: Heap, links: list[ReuseLink]) -> dict[str, str]:
    """Each document's family: that of the document whose text it opens with, or that makes up most of it."""
    head = {id: id for id in heap.documents}

    def top(id: str) -> str:
        while head[id] != id:
            id = head[id]
        return id

    for link in sorted(links, key=_share, reverse=True):
        if _is_copy(heap, link) and not _has_nearer(link, links):
            one, other = sorted((top(link.left), top(link.right)))
            head[other] = one
    return {id: top(id) for id in heap.documents}


def passages(heap: Heap, known: list[ReuseLink]) -> Iterator[Row]:
    """Every passage of every pair; those of a link with a direction from the taking side."""
    credit = {(p.left, p.right): p.credited for link in known for p in link.passages}
    turned = {(link.left, link.right) for link in known}
    shelf = Shelf(heap.db)
    for id in sorted(heap.documents):
        number = shelf.number(id)
        for pair in shelf.pairs(number or 0):
            if pair.left != number:
                continue
            other = shelf.entry(pair.right).id
            for passage in pair.passages:
                left, right = Span(id, *passage.left), Span(other, *passage.right)
                if (other, id) in turned:
                    left, right = right, left
                yield _row(left, right, credit.get((left, right)))


def _row(left: Span, right: Span, credited: bool | None) -> Row:
    row: Row = {"doc": left.doc, "b": left.start, "e": left.end, "src": right.doc, "sb": right.start, "se": right.end}
    return row if credited is None else {**row, "attributed": credited, "edge": True}


def _share(link: ReuseLink) -> int:
    return sum(passage.left.end - passage.left.start for passage in link.passages)


def _is_copy(heap: Heap, link: ReuseLink) -> bool:
    lead = min(passage.left.start for passage in link.passages)
    return link.kind is not ReuseKind.LIFT and (link.kind is ReuseKind.COPY or lead <= LEAD)


def _has_nearer(link: ReuseLink, links: list[ReuseLink]) -> bool:
    """Whether the left document opens with the text of another one that it also took from."""
    lead = min(passage.left.start for passage in link.passages)
    return any(
        min(passage.left.start for passage in other.passages) < lead
        for other in links
        if other.left == link.left and other.right != link.right
    )


def grow(path: Path, count: int) -> Row:
    """What linking `count` documents costs, and adding `MORE` to them."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in itertools.islice(lines, count + MORE)]
    made = list(documents(iter(rows)))
    with tempfile.TemporaryDirectory() as scratch:
        heap = Heap(iter(made[:count]), str(Path(scratch) / "index.db"))
        whole = _seconds(heap, frozenset(heap.documents))
        heap.documents |= {document.id: document for document in made[count:]}
        added = _seconds(heap, frozenset(document.id for document in made[count:]))
        size = Path(scratch, "index.db").stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"documents": count, "s": whole, "added": MORE, "added_s": added, "peak_mb": peak, "index_mb": size >> 20}


def _seconds(heap: Heap, changed: frozenset[str]) -> float:
    began = time.process_time()
    heap.relate(changed)
    heap.db.commit()
    return round(time.process_time() - began, 1)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(grow(Path(sys.argv[1]), int(sys.argv[2]))) + "\n")
