"""Run one task over an annotated file, from which only the fields that the task may read are kept."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from bench import (
    actor_links,
    attribution,
    causes,
    checks,
    event_links,
    event_status,
    events,
    origins,
    places,
    relations,
    relative,
    retrieval,
    reuse,
    timelines,
    times,
)

Row = dict[str, Any]
# What a task may read of its input: the gold cannot leak into a prediction.
READS: dict[str, tuple[str, ...]] = {
    "attribution": ("id", "text"),
    "attribution --rules": ("id", "text"),
    "causes": ("id", "text"),
    "causes --rules": ("id", "text"),
    "links": ("id", "text", "mentions"),
    "checks": ("id", "documents", "groups", "reused"),
    "events": ("id", "text"),
    "event-types": ("id", "text", "events"),
    "event-none": ("id", "text"),
    "event-status": ("id", "text", "trigger"),
    "event-links": ("id", "doc", "b", "e", "text", "kind", "type"),
    "actor-links": ("id", "doc", "b", "e", "text", "kind", "type"),
    "places": ("id", "title", "text", "url", "date"),
    "places --given-spans": ("id", "title", "text", "url", "date", "toponyms"),
    "relations": ("id", "text"),
    "relative": ("id", "text"),
    "reuse": ("id", "outlet", "title", "text", "published", "precision"),
    "claims": ("id", "text"),
    "origins": ("id", "outlet", "title", "text", "published", "precision"),
    "times": ("id", "title", "text", "dct"),
    "timelines": ("id", "target"),
}
FOLDERS = {"reuse": reuse.predict}  # tasks whose OUTPUT is a folder of files
BESIDE = {
    "actor-links",
    "claims",
    "event-links",
    "timelines",
}  # tasks that read more from the folder of their input: what is to be searched, never the gold
INSIDE = {
    "toponyms": ("start", "end"),
    "events": ("actor", "recipient"),
}  # of a field that is a list of objects, what of each object
FOLDED = ("events", "event-types", "event-none")  # tasks whose coder can be taught anew on the other folds
TASKS: dict[str, Callable[..., Iterator[Row]]] = {
    "attribution": attribution.predict,
    "attribution --rules": partial(attribution.predict, rules=True),
    "causes": causes.predict,
    "causes --rules": partial(causes.predict, rules=True),
    "links": causes.predict_links,
    "checks": checks.predict,
    "events": events.predict,
    "event-types": events.predict_types,
    "event-none": events.predict_quads,
    "event-status": event_status.predict,
    "event-links": event_links.predict,
    "actor-links": actor_links.predict,
    "claims": retrieval.predict,
    "origins": origins.predict,
    "places": places.predict,
    "places --given-spans": places.predict_given,
    "relations": relations.predict,
    "relative": relative.predict,
    "times": times.predict,
    "timelines": timelines.predict,
}


def rows(path: Path, fields: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a JSONL file with only `fields`."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                whole = json.loads(line)
                yield {field: _kept(field, whole[field]) for field in fields if field in whole}


def _kept(field: str, value: Any) -> Any:
    return [{name: one[name] for name in INSIDE[field]} for one in value] if field in INSIDE else value


def main() -> None:
    """Parse the command line and write OUTPUT."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("task", choices=sorted({task.split()[0] for task in (*TASKS, *FOLDERS)}))
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--given-spans", action="store_true", help="places: only say which place each span is")
    parser.add_argument("--rules", action="store_true", help="attribution: without the learned tagger")
    parser.add_argument("--tagger", metavar="FOLDER", help="attribution: with these files of the tagger")
    parser.add_argument("--folds", action="store_true", help="events: by coders that have not seen the row's fold")
    options = parser.parse_args()
    task = options.task + " --given-spans" * options.given_spans + " --rules" * options.rules
    if task in FOLDERS:
        _write_folder(FOLDERS[task](rows(options.input, READS[task]), options.output))
        return
    if task not in TASKS:
        parser.error(f"there is no {task}")
    beside = {"beside": options.input.parent} if task in BESIDE else {}
    run = TASKS[task]
    if options.tagger:
        if task != "attribution":
            parser.error("--tagger is for attribution")
        run = partial(attribution.predict, tagger=options.tagger)
    if options.folds:
        if task not in FOLDED:
            parser.error(f"{task} has no folds")
        run = partial(events.folded, run, folder=options.input.parent)
    with options.output.open("w", encoding="utf-8") as out:
        for row in run(rows(options.input, READS[task]), **beside):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_folder(found: Iterator[tuple[Path, Row]]) -> None:
    """Write rows, each with the file that it goes to, anew."""
    written: dict[Path, list[str]] = {}
    for path, row in found:
        written.setdefault(path, []).append(json.dumps(row, ensure_ascii=False) + "\n")
    for path, lines in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
