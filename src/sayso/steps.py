"""What a run does with an item, by the options given: readers, detectors and model, and the version of them all."""

from __future__ import annotations

from functools import partial

import sayso
from sayso import ingest, nlp, pipeline
from sayso.run import Steps
from sayso.settings import Settings


def steps(settings: Settings) -> Steps:
    """Load the model and say how items are read and documents analysed. Raises ModelError."""
    model = nlp.load(settings.model, tagger=settings.tagger, rules=settings.rules)
    return Steps(
        read=partial(ingest.read, limits=settings.limits),
        analyse=lambda documents: pipeline.with_vectors(pipeline.analyse_many(documents, model)),
        version=f"sayso {sayso.__version__}, {model.name} {model.version}, rules {pipeline.rules_version()}",
    )
