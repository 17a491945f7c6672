"""The timeline: what is said to have happened when, and, apart from it, when it was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sayso.case import Case
from sayso.records import Document, Event, Mention, Span, Statement, TimexKind, When
from sayso.views.chains import chips, line, one_line, publisher, title

AROUND = 90  # characters shown either side of the words for a time


class Lane(StrEnum):
    """HAPPENED is the time of what is told, SAID that of the telling."""

    HAPPENED = "happened"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry. `first` and `last` are ISO dates, None where that end is open; never both None.

    `words` are those for the time, "" where the date is the publication's; `before`, `told` and `after` the text
    about it, `told` being the event's words where one is known. `chain` says who tells it, `reason` how the words
    were resolved. `by` says that `last` is only the latest that it can have been.
    """

    lane: Lane
    first: str | None
    last: str | None
    words: str
    told: str
    chain: str
    document: str
    title: str
    publisher: str
    statement: str | None
    span: Span | None
    anchor: str
    reason: str
    by: bool = False

    @property
    def key(self) -> tuple[str, str, str, int]:
        """Its place in the order: by its first day, then its last, then the text."""
        start = self.span.start if self.span else -1
        return (self.first or self.last or "", self.last or "9999", self.document, start)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries in order of time, and those whose words could not be resolved to days, in order of the texts."""

    moments: tuple[Moment, ...]
    undated: tuple[Moment, ...]

    def lane(self, lane: Lane) -> tuple[Moment, ...]:
        """The entries of one lane."""
        return tuple(moment for moment in self.moments if moment.lane is lane)


def timeline(case: Case, doc: str | None = None) -> Timeline:
    """The timeline of a case or of one document; holds one entry for every time in it, one document's text at once.

    A time that a statement's words of saying carry is in the lane `said`, as is each document's publication; every
    other date or time is in the lane `happened`, told by the innermost statement that holds it. Durations and sets
    ("for two days", "every Friday") are on no calendar and left out.
    """
    found = [moment for document in case.of(Document, doc) for moment in _moments(case, document)]
    dated = sorted((m for m in found if m.first or m.last), key=lambda moment: moment.key)
    return Timeline(tuple(dated), tuple(m for m in found if not (m.first or m.last)))


def _moments(case: Case, document: Document) -> Iterator[Moment]:
    mentions = {mention.id: mention for mention in case.of(Mention, document.id)}
    statements = list(case.of(Statement, document.id))
    events = {when: event for event in case.of(Event, document.id) for when in event.when}
    said = {hop.said: statement for statement in statements for hop in statement.chain if hop.said}
    if published := _published(document):
        yield published
    times = [when for when in case.of(When, document.id) if when.kind in (TimexKind.DATE, TimexKind.TIME)]
    ends = {when.id: when for when in times}
    taken = {when.until for when in times if when.until}
    for when in times:
        if when.id in taken:
            continue  # the end of a range is told with its beginning
        lane, statement = (Lane.SAID, said[when.id]) if when.id in said else (Lane.HAPPENED, _holder(statements, when))
        told = _told(document, when, events.get(when.id))
        yield _moment(document, when, ends.get(when.until or ""), (lane, statement, told, mentions))


def _published(document: Document) -> Moment | None:
    if document.published is None:
        return None
    day = document.published.value[:10]
    name, reason = title(document), f"published: {document.published.origin}"
    who = publisher(document)
    return Moment(Lane.SAID, day, day, "", name, who, document.id, name, who, None, None, "itself", reason)


def _moment(
    document: Document,
    when: When,
    until: When | None,
    at: tuple[Lane, Statement | None, str, Mapping[str, Mention]],
) -> Moment:
    lane, statement, told, mentions = at
    chain = chips(document, mentions, statement.chain) if statement else ()
    span = Span(when.doc, when.span.start, until.span.end) if until else when.span
    return Moment(
        lane=lane,
        first=when.first,
        last=until.last if until else when.last,
        words=one_line(document.text[span.start : span.end]),
        told=told,
        chain=line(publisher(document), chain),
        document=document.id,
        title=title(document),
        publisher=publisher(document),
        statement=statement.id if statement else None,
        span=span,
        anchor=when.anchor,
        reason=when.why.note or ("a whole date" if when.anchor == "itself" else ""),
        by=when.timex in ("PAST_REF", "PRESENT_REF"),
    )


def _holder(statements: list[Statement], when: When) -> Statement | None:
    """The innermost statement whose content holds the time."""
    holding = [
        (sum(span.end - span.start for span in one.content), one.id, one)
        for one in statements
        if any(span.start <= when.span.start and when.span.end <= span.end for span in one.content)
    ]
    return min(holding)[2] if holding else None


def _told(document: Document, when: When, event: Event | None) -> str:
    """The words about a time: the event's and the time's where it is known, else the sentence's nearest."""
    spans = (*event.trigger, when.span) if event else (when.span,)
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    text = document.text
    low, high = max(0, start - AROUND), min(len(text), end + AROUND)
    before = text[low:start].rpartition("\n")[2]
    after = text[end:high].partition("\n")[0]
    head = "" if low == 0 or text[low - 1].isspace() or before != text[low:start] else before.partition(" ")[0]
    tail = "" if high == len(text) or text[high].isspace() or after != text[end:high] else after.rpartition(" ")[2]
    before, after = before[len(head) :], after[: len(after) - len(tail)]
    return one_line(f"{'… ' if head else ''}{before}{text[start:end]}{after}{' …' if tail else ''}")
