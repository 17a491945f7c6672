"""Claims and their origins as `score_claims.py origins` reads them, end to end from raw text by the linkers."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.filing import Origin as Place
from sayso.filing import attach, file_item, finish
from sayso.ingest.blocks import Item
from sayso.ingest.layout import parts
from sayso.link.actors import actors
from sayso.link.citations import citations
from sayso.link.claims import claims
from sayso.link.disputes import disputes
from sayso.link.origins import origins
from sayso.link.relations import relations
from sayso.link.reuse import reuse
from sayso.linking import relate
from sayso.nlp import load
from sayso.pipeline import analyse_many
from sayso.records import ClaimCluster, Contradiction, Document, Meta, Record, Span, Statement, make_id
from sayso.store import CaseFile, create_case

Row = dict[str, Any]
LINKERS = (actors, relations, reuse, citations, claims, disputes, origins)  # what claims and origins rest on
FAR = 300  # characters from a content within which its source stands; one that is named before is not of the sentence


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """One line a group of statements: claims that contradict each other are one group."""
    names: dict[str, str] = {}
    case = create_case(None)
    fill(case, analyse_many(documents(rows, names), load()))
    relate(case, LINKERS, checks=())
    yield from groups(case, names)


def documents(rows: Iterable[Row], names: dict[str, str]) -> Iterator[Document]:
    """Texts as given, with outlet, title and date; `names` learns the corpus's name of each document."""
    for row in rows:
        id = make_id("doc", row["id"])
        names[id] = row["id"]
        raw = hashlib.sha256(row["text"].encode("utf-8", "surrogatepass")).hexdigest()
        known = {"title": row["title"], "publisher": row["outlet"], "published": row["published"]}
        metas = {field: Meta(value, "corpus") for field, value in known.items() if value}
        yield Document(id, row["id"], "text", raw, row["text"], parts=parts(id, row["text"]), **metas)  # type: ignore[arg-type]


def fill(case: CaseFile, analysed: Iterable[tuple[Document, list[Record]]]) -> None:
    """Write analysed documents to a case, as a run would."""
    for document, records in analysed:
        place = Place(document.name, document.raw, "bench", 1)
        file_item(case, Item(document, document.text.encode("utf-8", "surrogatepass")), records, place)
        attach(case, document, place)
        finish(case, [document.id], [], place)


def groups(case: CaseFile, names: dict[str, str]) -> Iterator[Row]:
    """The claims of a case, and every statement that nobody repeats as a claim of its own."""
    ties = list(case.of(ClaimCluster))
    claim_of = {id: claim.id for claim in ties for id in claim.statements}
    source = {id: f"{claim.id} {n}" for claim in ties for n, one in enumerate(claim.origins) for id in one.statements}
    joined, contradicted = _joined(case, claim_of)
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for statement in case.of(Statement):
        first, last = _reach(case, statement)
        group = joined.get(claim_of.get(statement.id, statement.id), claim_of.get(statement.id, statement.id))
        row = {"doc": names[statement.doc], "b": first, "e": last, "source": source.get(statement.id, statement.id)}
        found[group].append(row)
    for group, rows in sorted(found.items()):
        yield {"contradicted": group in contradicted, "assertions": rows}


def _joined(case: CaseFile, claim_of: dict[str, str]) -> tuple[dict[str, str], set[str]]:
    """For each claim the first of those it is tied to by contradictions, and which groups hold one."""
    parent: dict[str, str] = {}

    def root(id: str) -> str:
        while parent.setdefault(id, id) != id:
            id = parent[id]
        return id

    for one in case.of(Contradiction):
        left, right = (root(claim_of.get(id, id)) for id in (one.left, one.right))
        parent[max(left, right)] = min(left, right)
    joined = {id: root(id) for id in list(parent)}
    return joined, set(joined.values())


def _reach(case: CaseFile, statement: Statement) -> tuple[int, int]:
    """From the first to the last word of content, cues and sources near it: the corpus marks whole sentences."""
    start = statement.content[0].start
    spans: list[Span] = list(statement.content)
    for hop in statement.chain:
        spans += [s for s in hop.cue if abs(s.start - start) < FAR]
        spans += [s for id in hop.sources for s in case.get(id).spans if abs(s.start - start) < FAR]
    return min(s.start for s in spans), max(s.end for s in spans)
