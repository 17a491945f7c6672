"""Proof: 500 hostile strings, each in every field that a document can fill, run nothing and lead nowhere.

    python -m bench.proofs.hostile --strings 500

Each report holds 25 documents, each document one string as title, author, publisher, date, address, file name, body,
link, source name and problem. The report is opened in Chromium: no dialog, no script but its own, no request but the
file, no console message, every link to the web, to mail or within the page. The same case is shown in a terminal:
no control character and no change of direction comes through. Needs Chromium, as `tests/browser` does.
"""

from __future__ import annotations

import argparse
import html
import io
import itertools
import shutil
import sys
import tempfile
import urllib.parse
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console

from sayso.export.report import export
from sayso.ingest.blocks import Block
from sayso.records import Document, Meta, PartKind, problem
from sayso.terminal import show, summary
from tests.browser.nasty import STRINGS
from tests.views.affair import MemoryCase, write

A_PAGE = 25
HIDDEN = "\x1b\x9b\x07\x08\r\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
# Faults found with some strings: the browser, the strings, where to write.
Find = Callable[[Browser, list[str], Path], Iterable[str]]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def strings(count: int) -> list[str]:
    """`count` different strings: every basic one in every disguise, in a fixed order."""
    disguised = (disguise(basic) for disguise, basic in itertools.product(_disguises(), STRINGS))
    return list(itertools.islice(dict.fromkeys(disguised), count))


def case_of(nasty: list[str]) -> MemoryCase:
    """A case with one document, and one problem, for each string."""
    records: list[Any] = []
    for number, words in enumerate(nasty):
        records += [*_document(f"doc-{number}-{words}", words), problem(words, words, words)]
    return MemoryCase(records)


def faults(browser: Browser, report: Path) -> list[str]:
    """What went wrong while the page was opened and every voice's statement clicked."""
    found: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda r: found.append(r.url) if r.url.split("#")[0] != report.as_uri() else None)
    page.on("dialog", lambda dialog: (found.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    for mark in page.locator("#texts mark").all():
        mark.click(position={"x": 2, "y": 4})
        page.keyboard.press("Escape")
    found += page.evaluate("window.pwned === undefined ? [] : ['a script ran']")
    found += page.evaluate("document.scripts.length === 1 ? [] : ['a script too many']")
    found += page.evaluate(
        "[...document.querySelectorAll('[href]')].map(e => e.getAttribute('href'))"
        ".filter(h => !/^(#|https?:|mailto:)/i.test(h))"
    )
    page.close()
    return found


def shown(case: MemoryCase) -> str:
    """All that a terminal is given for a case."""
    out = io.StringIO()
    console = Console(file=out, width=100, force_terminal=False)
    summary(case, console)
    show(case, None, console)
    for document in case.of(Document):
        show(case, document.id, console)
    return out.getvalue()


def proved(description: str | None, find: Find) -> int:
    """Look for faults with as many strings as the command line asks for, 25 at a time; 0 where nothing was found."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strings", type=int, default=500)
    made = strings(parser.parse_args().strings)
    found = list[str]()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for first in range(0, len(made), A_PAGE):
            some = find(browser, made[first : first + A_PAGE], Path(folder, str(first)))
            found += (f"strings from {first}: {fault}" for fault in some)
        browser.close()
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    sys.stdout.write(f"{len(made)} strings, {len(found)} faults\n")
    return 1 if found else 0


def _found(browser: Browser, made: list[str], place: Path) -> Iterator[str]:
    """What went wrong with the report of these strings, and in the terminal."""
    case, page = case_of(made), place.with_suffix(".html")
    export(case, page, full=True)
    yield from faults(browser, page)
    yield from (f"{c!r} in the terminal" for c in HIDDEN if c in shown(case))


def _document(id: str, nasty: str) -> list[Any]:
    meta = Meta(nasty, nasty)
    words = f"Kato says {nasty} now. See here."
    link = (len(words) - 5, len(words) - 1, nasty)
    made = write(
        id,
        nasty,
        nasty,
        Block(PartKind.BODY, words, "p", (link,)),
        Block(PartKind.BYLINE, f"By {nasty}", "p"),
        Block(PartKind.RELATED, f"Related: {nasty}", "p"),
        name=nasty,
        url=meta,
        authors=(meta,),
        published=meta,
        fetched=meta,
        language=meta,
    )
    made.source("Kato", nasty)
    made.statement(["now"], made.hop(["Kato"], "says"))
    return made.records()


def _disguises() -> list[Any]:
    return [
        lambda s: s,
        str.upper,
        str.swapcase,
        html.escape,
        lambda s: html.escape(html.escape(s)),
        urllib.parse.quote,
        lambda s: "".join(f"&#{ord(c)};" for c in s),
        lambda s: "".join(f"&#x{ord(c):x}" for c in s),
        lambda s: "".join(f"\\u{ord(c):04x}" for c in s),
        lambda s: f"\u202e{s}\u202c",
        lambda s: f"\x1b]8;;{s}\x07{s}\x1b]8;;\x07",
        lambda s: "\u200b".join(s),
        lambda s: s.replace("<", "＜").replace(">", "＞"),
        lambda s: s.replace(" ", "/"),
        lambda s: s.replace(" ", "\t\n"),
        lambda s: s.replace("<", "\x00<"),
        lambda s: f"'\"`>{s}<`\"'",
        lambda s: f"--!>{s}<!--",
        lambda s: f"</textarea></option></select></summary></title>{s}",
        lambda s: f"javascript:/*{s}*/window.pwned=1",
        lambda s: f"https://a.example/?q={s}",
        lambda s: f"mailto:a@a.example?body={s}",
        lambda s: s * 40,
        lambda s: f"<![CDATA[{s}]]>",
        lambda s: f"<svg><foreignObject>{s}</foreignObject></svg>",
        lambda s: f"[link]({s}) ![image]({s})",
    ]


if __name__ == "__main__":
    sys.exit(proved(__doc__, _found))
