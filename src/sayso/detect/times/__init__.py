"""Times: dates, times of day, durations and sets, their TIMEX3 values and the days they stand for."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.case import Page
from sayso.detect.times.anchors import base, dated_quotations, is_history, stretches
from sayso.detect.times.reading import record
from sayso.detect.times.scan import find
from sayso.detect.times.scene import Scene
from sayso.nlp import PROSE
from sayso.records import Quotation, When

__all__ = ["times"]


def times(page: Page) -> Iterator[When]:
    """Words for a time, their TIMEX3 type and value, and the interval of days that they stand for.

    The rules of `data/times_rules.toml` are tried at every word that can open a time; the longest match wins and
    neighbours join. A relative time is counted from the date of the quotation it stands in, of the dateline or of
    publication, or from the time told last; `anchor` names which, and the tense about it gives the direction.
    Example: "met on Tuesday", published on Friday 22 March 2013, is 2013-03-19; "will meet on Tuesday" 2013-03-26.
    Without a publication date a relative time stays unresolved: no interval, X in its value.
    Blind spots: times named by events ("two days after the vote"), ages, anniversaries, southern seasons.
    """
    document = page.document
    reference = base(document)
    history = is_history(document.text, reference)
    parts = stretches(document, PROSE)
    found = list(find(Scene(document.text, reference, history), parts))
    quotes = [(q.span.start, q.span.end) for q in page.of(Quotation)]
    if said := dated_quotations(document.text, quotes, found):
        found = list(find(Scene(document.text, reference, history, said), parts))
    for one in found:
        yield record(document.id, one, "times.times")
