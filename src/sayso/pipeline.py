"""The pipeline: a document through the detectors, one plain loop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from sayso import nlp
from sayso.case import Page, Parse
from sayso.check import CHECKS
from sayso.detect import DETECTORS, Detector
from sayso.gazetteer import edition
from sayso.records import FOUND, Document, Problem, Record, StatementVectors, problem
from sayso.settings import BATCH_CHARACTERS, BATCH_DOCUMENTS
from sayso.versions import room_version

STAGES: tuple[Detector, ...] = (*DETECTORS, *CHECKS)


def rules_version() -> str:
    """The version of the detectors, checks, their word lists and the gazetteer: another one re-analyses a case."""
    return f"{room_version('detect', 'check', 'data')}, gazetteer {edition()}"


def analyse(document: Document, model: nlp.Model, detectors: Sequence[Detector] = STAGES) -> list[Record]:
    """All that the detectors find in one document, and its problems."""
    return next(iter(analyse_many([document], model, detectors)))[1]


def analyse_many(
    documents: Iterable[Document], model: nlp.Model, detectors: Sequence[Detector] = STAGES
) -> Iterator[tuple[Document, list[Record]]]:
    """Each document with its records, in order; parsed in batches that bound memory.

    A document that is not English gets no statements and a Problem that says so; a detector that fails
    costs that document its records of that stage and becomes a Problem.
    """
    for batch in _batches(documents):
        english = [d for d in batch if _is_english(d)]
        parses = dict(zip((d.id for d in english), _parses(english, model), strict=True))
        for document in batch:
            parse = parses.get(document.id)
            if isinstance(parse, Parse):
                yield document, _detect(Page(document, parse, model.tagger), detectors)
            else:
                yield document, [parse or _not_english(document)]


def with_vectors(
    analysed: Iterable[tuple[Document, list[Record]]],
) -> Iterator[tuple[Document, list[Record | StatementVectors]]]:
    """Each document with its records and the vectors that its statements are compared by across documents.

    A stage of its own: half as dear again as all detectors, and `analyse` does without it. Where it fails the linker
    makes the vectors, and the document has a Problem.
    """
    from sayso.encoder.encoder import load
    from sayso.link.claims.basis import of_records

    encode = load().encode
    for document, records in analysed:
        try:
            yield document, [*records, of_records(document, records, encode)]
        except Exception as error:  # noqa: BLE001 - a text that the encoder cannot take must cost its vectors, not the run
            cause = f"{document.name}: its statements got no vectors ({type(error).__name__}: {error})."
            yield document, [*records, problem(document.id, "vectors", f"{cause} Please report it with the text.")]


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if len(batch) >= BATCH_DOCUMENTS or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _parses(documents: list[Document], model: nlp.Model) -> list[Parse | Problem]:
    try:
        return list(nlp.parse(documents, model))
    except Exception as error:  # noqa: BLE001 - whatever a model raises must cost one document, not the run
        if len(documents) == 1:
            return [
                problem(
                    documents[0].id,
                    "parse",
                    f"{documents[0].name}: {type(error).__name__}: {error}. "
                    "Its statements are left out; please report it with the text.",
                )
            ]
        return [one for document in documents for one in _parses([document], model)]


def _detect(page: Page, detectors: Sequence[Detector]) -> list[Record]:
    document, failures = page.document, list[Record]()
    for detector in detectors:
        try:
            page.add(list(detector(page)))
        except Exception as error:  # noqa: BLE001 - a detector's fault must cost its stage, not the run
            name = getattr(detector, "__name__", "detector")
            failures.append(
                problem(
                    document.id,
                    name,
                    f"{document.name}: {name} failed with {type(error).__name__}: "
                    f"{error}. Its findings are left out; please report it with the text.",
                )
            )
    return [cast(Record, r) for r in page.records() if isinstance(r, FOUND)] + failures


def _is_english(document: Document) -> bool:
    return document.language is None or document.language.value.lower().startswith("en")


def _not_english(document: Document) -> Problem:
    language = document.language.value if document.language else "unknown"
    return problem(
        document.id,
        "language",
        f"{document.name}: its language is {language}, not English. Text, parts, "
        "links and dates are kept; statements are left out. If it is English, say so with --language en.",
    )
