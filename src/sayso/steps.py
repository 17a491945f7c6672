"""What a run does with an item, by the options given: readers, detectors and model, and the version of them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import sayso
from sayso import ingest, nlp, pipeline
from sayso.errors import ModelError
from sayso.records import Document
from sayso.run import Steps
from sayso.settings import Settings


def steps(settings: Settings) -> Steps:
    """Load the model and say how items are read and documents analysed. Raises ModelError."""
    model = nlp.load(settings.model, tagger=settings.tagger, rules=settings.rules)
    return replace(
        named(settings), analyse=lambda documents: pipeline.with_vectors(pipeline.analyse_many(documents, model))
    )


def named(settings: Settings) -> Steps:
    """The same without the model, which takes seconds and memory: for a run whose workers analyse."""
    name, version = nlp.named(settings.model, tagger=settings.tagger, rules=settings.rules)
    return Steps(
        read=partial(ingest.read, limits=settings.limits),
        analyse=_not_here,
        version=f"sayso {sayso.__version__}, {name} {version}, rules {pipeline.rules_version()}",
    )


def _not_here(documents: Iterable[Document]) -> Iterator[tuple[Document, list[Any]]]:
    raise ModelError("This run has no model: its workers analyse.")
