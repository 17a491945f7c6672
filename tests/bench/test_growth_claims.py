"""Documents of the growth measure stand in a case as if they had been analysed, and copies in them are found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.growth_claims import Maker, fill
from sayso.link.claims import claims
from sayso.linking import relate
from sayso.records import ClaimCluster, Document, Statement
from tests import factory as f

OWN = "Ferries to Lunn carried more travellers this spring than in any year before."
TOLD = "The harbour office said 45 boats were damaged in the storm at Tolle."
LONE = "A choir of Vell rehearses in the old granary on Sundays."


def written(folder: Path, *texts: tuple[str, ...]) -> Path:
    docs, gold, told = list[Any](), list[Any](), list[Any]()
    numbers: dict[str, int] = {}
    for n, sentences in enumerate(texts):
        id, text = f"d{n}", " ".join(sentences)
        docs.append({"id": id, "outlet": "The Post", "title": "Lunn", "text": text, "published": "2026-03-04"})
        spans = [
            {"b": (b := text.index(s)), "e": b + len(s), "o": numbers.setdefault(s, len(numbers))} for s in sentences
        ]
        gold.append({"id": id, "segments": spans})
        told += [{"doc": id, "b": text.index(s)} for s in sentences if s == TOLD]
    for name, rows in (("docs", docs), ("gold", gold), ("claims", [{"assertions": told}])):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return folder / "docs.jsonl"


def test_sentences_become_statements_and_copies_of_one_a_claim(tmp_path: Path) -> None:
    texts = written(tmp_path, (OWN, TOLD), (TOLD, OWN), (LONE,))
    case = f.filed()
    assert fill(case, Maker(texts), 0, 2) == 4
    assert fill(case, Maker(texts), 2, 3) == 1
    assert (case.count(Document), case.count(Statement)) == (3, 5)
    relate(case, [claims], checks=[])
    words = [{case.quote(case.get(id).content[0]) for id in one.statements} for one in case.of(ClaimCluster)]
    assert sorted(words, key=len) == [{OWN}, {"45 boats were damaged in the storm at Tolle"}]
