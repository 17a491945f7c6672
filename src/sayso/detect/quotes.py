"""Direct speech: stretches between quotation marks, one speech over several paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.case import Page
from sayso.nlp import PROSE
from sayso.records import Quotation, Span, Why, make_id
from sayso.text import quotations


def quotes(page: Page) -> Iterator[Quotation]:
    """Words between quotation marks, marks included, paragraph by paragraph.

    A state machine over all marks (“ ” „ « » ‘ ’ " '' ``): a speech whose paragraph ends unclosed goes on
    where the next paragraph opens with a mark; a mark that never closes costs its own paragraph only.
    Example: "“We ran. / “Nobody helped,” she said." is one speech in two pieces.
    Blind spots: scare quotes and titles are found too (what reads them decides); speech without marks
    (dialogue dashes) is not found; single marks count only outside double ones.
    """
    document = page.document
    paragraphs = [(p.span.start, p.span.end) for p in document.parts if p.kind in PROSE]
    for piece in quotations(document.text, paragraphs):
        span = Span(document.id, piece.start, piece.end)
        note = "" if piece.closed else "no closing mark: ends with its paragraph"
        yield Quotation(
            make_id("quotation", document.id, piece.start, piece.end),
            span,
            piece.speech,
            Why("quotes.quotes", (span,), note=note),
        )
