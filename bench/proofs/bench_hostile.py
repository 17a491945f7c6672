"""Proof: 500 hostile strings, each in every field that a document can fill, run nothing in the workbench.

    python -m bench.proofs.bench_hostile --strings 500

Each case holds 25 documents, each document one string as title, author, publisher, date, address, file name, body,
link, source name, time, place, note of a person and problem. Every screen of the workbench is opened in Chromium: no
dialog, no script but the bundled ones, no request elsewhere, no breach of the policy, every link to this server, to
the web or to mail. The report that was put together is opened as a file, and what spreadsheets would run is quoted in
the CSV.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from bench.proofs.hostile import proved
from sayso.export import export_case
from sayso.ingest.blocks import Block
from sayso.judgements import judge
from sayso.records import Meta, PartKind, Statement, problem
from sayso.store import open_case
from sayso.web.desk import Desk
from sayso.web.screens import SCREENS
from tests import factory as f
from tests.browser.bench_visit import Bench, serving
from tests.views.affair import write

LINKS = (
    "[...document.querySelectorAll('[href], [src], [action], [formaction]')].flatMap(e => "
    "['href', 'src', 'action', 'formaction'].map(a => e.getAttribute(a))).filter(h => h !== null && "
    "!/^(#|\\/(?![\\/\\\\])|\\?|https?:|mailto:)/i.test(h))"
)
SCRIPTS = "[...document.scripts].map(s => s.getAttribute('src')).filter(s => !s || !s.startsWith('/static/'))"


def write_case(path: Path, nasty: list[str]) -> None:
    """A case with one document, its problem and a person's word for each string."""
    case = f.filed(path=path)
    for number, words in enumerate(nasty):
        document, *records = _document(number, words)
        f.file(case, document, [*records, problem(document.id, words, words)], place=f"place {number}")
    for statement in list(case.of(Statement)):
        judge(case, statement.id, "accept", by=nasty[0], note=nasty[-1])
    case.close()


def faults(browser: Browser, desk: Desk) -> list[str]:
    """What went wrong while every screen was opened."""
    context = browser.new_context()
    bench = Bench(desk, context.new_page(), drawings=False)
    bench.watch()
    bench.page.goto(desk.key.start())
    found = []
    for address in _addresses(bench):
        answer = bench.open(address)
        found += [] if answer.status == 200 else [f"{address}: {answer.status}"]
        found += bench.page.evaluate("window.pwned === undefined ? [] : ['a script ran']")
        found += bench.page.evaluate(SCRIPTS) + bench.page.evaluate(LINKS)
    found += _report(bench)
    context.close()
    return found + bench.faults


def formulas(path: Path, folder: Path) -> list[str]:
    """Cells that a spreadsheet would run."""
    with open_case(path) as case:
        export_case(case, "csv", folder)
    cells = (cell for file in folder.glob("*.csv") for row in _rows(file) for cell in row)
    return [cell[:40] for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r") or _minus(cell)]


def _found(browser: Browser, made: list[str], place: Path) -> Iterator[str]:
    """What went wrong with the workbench over a case of these strings, and in its CSV."""
    path = place.with_suffix(".sayso")
    write_case(path, made)
    with serving(path) as desk:
        yield from faults(browser, desk)
    yield from (f"formula {cell!r}" for cell in formulas(path, place.with_suffix(".csv")))


def _addresses(bench: Bench) -> Iterator[str]:
    yield from (screen.path for screen in SCREENS if not screen.ids and screen.path not in ("/voice", "/edge"))
    documents = bench.twin("/case")["documents"]
    for one in documents:
        yield f"/document/{one['id']}"
        yield f"/document/{one['id']}?beside=original&show=own"
    statement = bench.twin(f"/document/{documents[0]['id']}")["statements"][0]["id"]
    yield from (f"/correct/{statement}", f"/cite/{statement}", "/search?q=says", "/search?q=says&in=texts")
    yield from (f"/search?in=actors&q={word}" for word in ("alert", "pwned", "example"))


def _report(bench: Bench) -> list[str]:
    """Put everything into a report and open the file that it makes."""
    for kind in ("voices", "timeline", "checks", "dominoes"):
        fields = {"do": "add", "kind": kind, "token": bench.desk.key.write}
        bench.page.request.post(bench.home + "/report/save", data=fields, headers={"origin": bench.home})
    text = bench.page.request.get(bench.home + "/report/download").text()
    page = bench.page.context.new_page()
    found: list[str] = []
    page.on("dialog", lambda dialog: (found.append("dialog in the report"), dialog.dismiss()))
    page.on("request", lambda request: found.append(request.url) if request.url.startswith("http") else None)
    page.set_content(text)
    found += page.evaluate("window.pwned === undefined ? [] : ['a script ran in the report']")
    return found + page.evaluate("document.scripts.length ? ['a script in the report'] : []")


def _rows(file: Path) -> Iterator[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.reader(lines)


def _minus(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return cell.startswith("-")
    return False


def _document(number: int, nasty: str) -> list[Any]:
    meta = Meta(nasty, nasty)
    words = f"Kato says {nasty} now. See here."
    link = (len(words) - 5, len(words) - 1, nasty)
    made = write(
        f"doc-{number}", nasty, nasty,
        Block(PartKind.BODY, words, "p", (link,)), Block(PartKind.BYLINE, f"By {nasty}", "p"),
        Block(PartKind.RELATED, f"Related: {nasty}", "p"),
        name=nasty or "empty", url=meta, authors=(meta,), published=meta, fetched=meta, language=meta,
    )  # fmt: skip
    made.source("Kato", nasty)
    made.statement(["now"], made.hop(["Kato"], "says"))
    when, place = f.when(made.document, "now", nasty, nasty), f.place(made.document, "Kato", 1.0, 2.0, name=nasty)
    return [*made.records(), when, place]


if __name__ == "__main__":
    sys.exit(proved(__doc__, _found))
