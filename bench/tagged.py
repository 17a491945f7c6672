"""Attributions as the tagger would give them: `python -m bench.tagged MODEL INPUT OUTPUT [--mode MODE]`.

Modes: outer, clausal (one guideline of the tagger alone), nested (outer with nested ones, as the product
would), merged (nested, with the rules' Finds inside contents), plain rules for comparison.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.__main__ import READS, rows
from bench.attribution import _attributions, _author, documents
from sayso.case import Page
from sayso.detect.attribution import _Builder, _finds, attribution, chains, learned, mentions
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.relays import relays
from sayso.detect.attribution.speech import Piece, pieces
from sayso.detect.attribution.tagger import Tagger
from sayso.detect.attribution.tree import Tree
from sayso.detect.attribution.verdicts import verdicts
from sayso.detect.quotes import quotes
from sayso.nlp import load
from sayso.pipeline import analyse_many
from sayso.records import Mention, Quotation, Statement

MODES = ("rules", "outer", "clausal", "nested", "merged", "clausal_merged")


def detector(model: Tagger, mode: str) -> Callable[[Page], Iterator[Mention | Statement]]:
    """An attribution detector that takes its Finds from the tagger."""

    def detect(page: Page) -> Iterator[Mention | Statement]:
        tree = Tree(page.parse)
        quoted = pieces(tree, list(page.of(Quotation)))
        finds = _tagged(page, tree, quoted, model, mode)
        outer = chains.parents(tree, finds, lambda f: mentions.is_medium(tree, f.source) or bool(f.relay))
        builder = _Builder(page, tree, quoted, finds, outer)
        yield from builder.attributed()
        yield from builder.own()

    return detect


def _tagged(page: Page, tree: Tree, quoted: list[Piece], model: Tagger, mode: str) -> list[Find]:
    if mode in ("outer", "clausal", "clausal_merged"):
        found = learned.single(tree, page, model, mode.removesuffix("_merged"))
    else:
        found = learned.finds(tree, page, model)
    if mode.endswith("merged"):
        return learned.merge(found, _finds(page, tree, quoted))
    for one in found:
        relays(tree, one)
    verdicts(tree, found)
    return found


def main() -> None:
    """Parse the command line and write OUTPUT; CPU seconds go to standard error."""
    parser = argparse.ArgumentParser(prog="python -m bench.tagged", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--mode", choices=MODES, default="nested")
    options = parser.parse_args()
    english, model = load(), Tagger.load(options.model)
    found = attribution if options.mode == "rules" else detector(model, options.mode)
    began = time.process_time()
    with options.output.open("w", encoding="utf-8") as out:
        read = documents(rows(options.input, READS["attribution"]))
        for document, records in analyse_many(read, english, (quotes, found)):
            lines = list(_attributions(records, {r.id: r for r in records if isinstance(r, Mention)}))
            lines += list(_author(document, lines))
            out.write(json.dumps({"id": document.id, "attributions": lines}, ensure_ascii=False) + "\n")
    sys.stderr.write(f"{time.process_time() - began:.1f} CPU seconds\n")


if __name__ == "__main__":
    main()
