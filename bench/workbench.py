"""How quick the workbench is on a large case: `python -m bench.workbench DOCS.jsonl [--documents 10000]`.

DOCS.jsonl has a text a line (`id`, `outlet`, `title`, `text`, `published`), such as a generator of syndicated news
writes. The case is written with simple rules in place of the language model: what is measured is not what is found but
how long it takes to show so much. Prints the start, the index, and for each screen the median and the slowest of five.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.testclient import TestClient

from sayso.link import Add, Change, LinkCase
from sayso.linking import relate
from sayso.records import (
    CausalKind,
    CausalLink,
    ClaimCluster,
    Document,
    Event,
    EventStatus,
    Origin,
    OriginLabel,
    Passage,
    Place,
    PlaceRole,
    ReuseDirection,
    ReuseKind,
    ReuseLink,
    Span,
    Statement,
    TimexKind,
    When,
    Why,
    causal_link_id,
    event_id,
    make_id,
    place_id,
    when_id,
)
from sayso.store import create_case
from sayso.text import sentences
from sayso.web.app import make_app
from sayso.web.desk import Desk
from sayso.web.guard import Key
from tests import factory as f

SAID = re.compile(r"\b((?:[A-Z][a-z]+ [A-Z][a-z]+)|(?:[Tt]he [a-z]+ ministry)|(?:[Tt]wo officials)) (?:said|told)\b")
YEAR = re.compile(r"\b(?:in|In) (1[89]\d\d|20\d\d)\b")
NAME = re.compile(r"\b(Belmora|Dravik|Qarwan|Marzuq|Vellin|Ostrova|Northgate|Highfield|Sarafand|Kandaria)\b")
DEED = re.compile(r"\b(killed|arrested|displaced|handed|ordered|received|fled|crossed)\b")
FACT = re.compile(r"\b(\d+) (people|suspects|million|thousand|truckloads|houses)\b.{0,60}?\b([A-Z][a-z]+)\.")
TIMES = 5


def build(path: Path, docs: Path, documents: int) -> dict[str, int]:
    """Write a case of so many texts; how many records of each kind it got."""
    case = create_case(path)
    claims: dict[str, list[Statement]] = defaultdict(list)
    before: Document | None = None
    links: list[Any] = []
    with docs.open(encoding="utf-8") as lines:
        for _, line in zip(range(documents), lines, strict=False):
            document, records = _read(json.loads(line), claims)
            f.file(case, document, records)
            if before is not None and len(links) < documents // 4:
                links.append(_reuse(document, before))
            before = document
    links += [_claim(key, found) for key, found in claims.items() if len(found) > 1]

    def found(_: LinkCase, changed: frozenset[str]) -> list[Change]:
        return [Add(one) for one in links]

    relate(case, [found])
    kinds = (Document, Statement, Event, CausalLink, When, Place, ClaimCluster, ReuseLink)
    counts = {kind.__name__: case.count(kind) for kind in kinds}
    case.close()
    return counts


def _read(line: dict[str, Any], claims: dict[str, list[Statement]]) -> tuple[Document, list[Any]]:
    published = {"published": line["published"]} if line.get("published") else {}
    one = f.document(line["text"], name=f"{line['id']}.txt", title=line["title"], publisher=line["outlet"], **published)
    records = {record.id: record for start, end in sentences(one.text) for record in _found(one, start, end, claims)}
    return one, list(records.values())


def _found(one: Document, start: int, end: int, claims: dict[str, list[Statement]]) -> Iterator[Any]:
    text = one.text[start:end]
    said = SAID.search(text)
    chain = ()
    if said:
        mention = f.mention_at(Span(one.id, start + said.start(1), start + said.end(1)), name=said[1])
        yield mention
        chain = (f.hop(mention),)
    why = Why("bench", score=(zlib.crc32(text.encode()) % 100) / 100)
    statement = f.statement_at((Span(one.id, start, end),), *chain, why=why)
    yield statement
    for fact in FACT.finditer(text):
        claims[" ".join(fact.groups())].append(statement)
    whens = [_when(one, start + at.start(1), at[1]) for at in YEAR.finditer(text)]
    places = [_place(one, start + at.start(), at[0]) for at in NAME.finditer(text)]
    yield from (*whens, *places)
    for deed in list(DEED.finditer(text))[:1]:
        trigger = (Span(one.id, start + deed.start(), start + deed.end()),)
        held = tuple(when.id for when in whens), tuple(place.id for place in places)
        id = event_id(statement.id, trigger)
        yield Event(id, one.id, statement.id, trigger, "ASSAULT", "", (), (), (), (), *held, EventStatus.HAPPENED, why)
        yield from _domino(statement, trigger[0], end, why)


def _domino(statement: Statement, deed: Span, end: int, why: Why) -> Iterator[CausalLink]:
    """What stands before the deed has led to it, as far as this measure is concerned."""
    start = statement.content[0].start
    if deed.start - start > 30 and end - deed.end > 30:
        cause, effect = (Span(deed.doc, start, deed.start - 1),), (Span(deed.doc, deed.start, end),)
        id = causal_link_id(statement.id, cause, effect, ())
        yield CausalLink(
            id, deed.doc, statement.id, cause, effect, (), CausalKind.CAUSES, False, False, (), (), why
        )  # fmt: skip


def _when(one: Document, start: int, year: str) -> When:
    span = Span(one.id, start, start + 4)
    id = when_id(one.id, span.start, span.end, "DATE", year)
    return When(id, span, TimexKind.DATE, year, f"{year}-01-01", f"{year}-12-31", "itself", None, f.WHY)


def _place(one: Document, start: int, name: str) -> Place:
    span = Span(one.id, start, start + len(name))
    at = sum(name.encode())
    return Place(
        place_id(span), span, name, f"bench:{name}", 20 + at % 40, at % 90, 10.0, PlaceRole.PLACE, (), (), f.WHY
    )


def _claim(key: str, found: list[Statement]) -> ClaimCluster:
    ids = tuple(dict.fromkeys(one.id for one in found))
    origin = Origin(key, f.mention_at(found[0].content[0]).kind, True, None, found[0].doc, ids, (), f.WHY)
    return ClaimCluster(make_id("claim", key), ids, (origin,), OriginLabel.SINGLE, f.WHY)


def _reuse(left: Document, right: Document) -> ReuseLink:
    most = min(200, len(left.text), len(right.text))
    passage = Passage(Span(left.id, 0, most), Span(right.id, 0, most), False)
    return ReuseLink(make_id("reuse_link", left.id, right.id), left.id, right.id, ReuseKind.PARTIAL,
                     ReuseDirection.UNKNOWN, False, (passage,), f.WHY)  # fmt: skip


def measure(path: Path, say: Any = sys.stdout.write) -> float:
    """Open the case and time every screen; the slowest median in milliseconds."""
    started = time.perf_counter()
    desk = Desk(path, Key(8000), by="bench")
    app = make_app(desk)
    client = TestClient(app, base_url="http://127.0.0.1:8000")
    client.get("/", params={"token": desk.key.token})
    client.get("/case")
    say(f"start to the first page: {time.perf_counter() - started:.2f} s\n")
    started = time.perf_counter()
    desk.catch_up()
    say(f"index of all: {time.perf_counter() - started:.1f} s\n")
    client.get("/case")
    slowest = 0.0
    for address in _addresses(client):
        taken = [_timed(client, address) for _ in range(TIMES)]
        slowest = max(slowest, statistics.median(taken))
        say(f"{statistics.median(taken):7.0f} ms  (slowest {max(taken):.0f})  {address[:100]}\n")
    _judging(client, desk, say)
    return slowest


def _timed(client: TestClient, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return 1000 * (time.perf_counter() - started)


def _judging(client: TestClient, desk: Desk, say: Any) -> None:
    id = client.get("/review.json").json()["items"][0]["id"]
    taken = []
    for _ in range(TIMES):
        started = time.perf_counter()
        body = {"about": id, "verdict": "reject"}
        client.post("/judge", json=body, headers={"x-sayso-token": desk.key.token}).raise_for_status()
        taken.append(1000 * (time.perf_counter() - started))
    say(f"{statistics.median(taken):7.0f} ms  (slowest {max(taken):.0f})  a word, with the lists made anew\n")


def _addresses(client: TestClient) -> Iterator[str]:
    yield from ("/case", "/case?order=statements&page=150", "/voices", "/voices?q=officials", "/claims",
                "/claims?only=single_origin&page=3", "/timeline", "/timeline?lane=said&page=40", "/map", "/network",
                "/dominoes", "/dominoes?page=20", "/dominoes?every=1", "/reuse", "/checks", "/review",
                "/review?by=consequence", "/history", "/report")  # fmt: skip
    yield from ("/search?q=officials", "/search?q=people+killed+shelling", "/search?q=the", "/search?q=the&in=texts",
                "/search?q=%22leaked+ministry+memo%22&in=texts", "/search?q=zzzz")  # fmt: skip
    documents = client.get("/case.json", params={"order": "statements"}).json()["documents"]
    yield from (f"/document/{documents[at]['id']}" for at in (0, 20))
    for voice in client.get("/voices.json").json()["voices"][:2]:
        yield f"/voice?key={quote(voice['key'], safe='')}"
    yield f"/claim/{client.get('/claims.json').json()['claims'][0]['id']}"
    links = client.get("/dominoes.json").json()["edges"]
    yield from (f"/dominoes?from={links[0][end]}" for end in ("cause_node", "effect_node"))
    yield "/dominoes?from=killed"
    edge = client.get("/network.json").json()["edges"][0]
    yield f"/edge?from={quote(edge['from'], safe='')}&to={quote(edge['to'], safe='')}"
    yield f"/map?pin={client.get('/map.json').json()['pins'][0]['pin']}"
    yield f"/reuse/{client.get('/reuse.json').json()['links'][0]['id']}"


def main() -> int:
    """Build, measure, say; 1 where a page took longer than 200 ms at its median."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="keep the case here; used again where it is there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder, "large.sayso")
        if not path.exists():
            sys.stdout.write(f"{build(path, given.docs, given.documents)}\n")
        return int(measure(path) > 200)


if __name__ == "__main__":
    sys.exit(main())
