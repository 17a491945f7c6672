"""The checks that need no opinion: what failed first, then what could not be told, then what passed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sayso.case import Case
from sayso.records import Check, CheckLevel, CheckOutcome, Document, Span
from sayso.views.chains import one_line, publisher, title

OUTCOMES = (CheckOutcome.FAILED, CheckOutcome.CANT_TELL, CheckOutcome.PASSED)
LEVELS = tuple(CheckLevel)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check as shown: the words at both places, each with its document, the arithmetic, what would be true."""

    id: str
    rule: str
    level: str
    outcome: str
    message: str
    nearest: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    document: str
    title: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All checks in order of weight; `counts` is how many ended how, by rule: (rule, failed, can't tell, passed)."""

    rows: tuple[Finding, ...]
    counts: tuple[tuple[str, int, int, int], ...]

    def of(self, outcome: CheckOutcome) -> tuple[Finding, ...]:
        """The checks that ended so."""
        return tuple(row for row in self.rows if row.outcome == outcome)


def findings(case: Case, doc: str | None = None) -> Findings:
    """The checks of a case or of one document: failed before undecided before passed, hard before soft."""
    documents = {document.id: (title(document), publisher(document)) for document in case.of(Document, doc)}
    rows = [_row(case, check, documents[check.doc]) for check in case.of(Check, doc) if check.doc in documents]
    rows.sort(key=lambda row: (OUTCOMES.index(CheckOutcome(row.outcome)), LEVELS.index(CheckLevel(row.level))))
    tally = Counter((row.rule, row.outcome) for row in rows)
    rules = sorted({row.rule for row in rows})
    return Findings(tuple(rows), tuple(_count(rule, tally) for rule in rules))


def _count(rule: str, tally: Counter[tuple[str, str]]) -> tuple[str, int, int, int]:
    failed, undecided, passed = (tally[rule, str(outcome)] for outcome in OUTCOMES)
    return rule, failed, undecided, passed


def _row(case: Case, check: Check, named: tuple[str, str]) -> Finding:
    words = tuple(one_line(case.quote(span)) for span in check.spans)
    outcome, level = str(check.outcome), str(check.level)
    return Finding(
        check.id, check.rule, level, outcome, check.message, check.nearest, words, check.spans, check.doc, *named
    )
