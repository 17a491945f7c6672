"""A document as it is read: its text cut at every statement's borders, each statement with its chain."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

from sayso.case import Case
from sayso.records import Document, LoadedVoice, LoadedWord, Mention, Part, PartKind, Polarity, Span, Statement
from sayso.text import sentences
from sayso.views.chains import Chip, chips, line, one_line, publisher, title

PROSE = frozenset({PartKind.HEADLINE, PartKind.BODY, PartKind.CAPTION, PartKind.QUOTE, PartKind.LIST})
FLOW = frozenset({PartKind.BODY, PartKind.QUOTE, PartKind.LIST})  # a caption or headline is no neighbour of these
GAP_KIND = "gap"
GAP_WORDS = "[...]"
WHOSE = {
    LoadedVoice.OWN: "the writer’s own word",
    LoadedVoice.PARAPHRASED: "put into a source’s mouth by the writer",
    LoadedVoice.QUOTED: "a source’s quoted word",
}
WHOSES = {
    LoadedVoice.OWN: "the writer’s own",
    LoadedVoice.PARAPHRASED: "put into a source’s mouth",
    LoadedVoice.QUOTED: "quoted from a source",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known about a document and where it was read; origin "" where the input does not say."""

    label: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement as shown. `number` counts the attributed ones from 1; the article's own voice has 0.

    `words` are the exact words of each content span; `inside` is the number of the statement that holds it, 0 none;
    `loaded` are the indices (in `DocumentRow.loaded`) of the loaded words that it holds and none inside it does.
    """

    id: str
    number: int
    words: tuple[str, ...]
    chain: tuple[Chip, ...]
    inside: int
    wording: str
    modality: str
    polarity: str
    rule: str
    note: str
    loaded: tuple[int, ...] = ()
    score: float | None = None

    @property
    def own(self) -> bool:
        """Whether it is the article's own voice."""
        return not self.chain

    @property
    def anonymous(self) -> bool:
        """Whether the origin is not named."""
        return bool(self.chain) and self.chain[-1].anonymous

    @property
    def tags(self) -> tuple[str, ...]:
        """What is out of the ordinary about it: its modality, a denial, a question."""
        odd = [] if self.modality == "asserted" else [self.modality]
        return (*odd, *(() if self.polarity == Polarity.POSITIVE else (self.polarity,)))


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """One loaded word as shown: the word, by what it is loaded, whose it is, and who calls it loaded."""

    words: str
    kind: str
    voice: LoadedVoice
    rule: str
    note: str

    @property
    def told(self) -> str:
        """By what it is loaded, and whose it is."""
        return f"{self.kind}, {WHOSE[self.voice]}"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text between two borders and the indices (in `DocumentRow.statements`) of what covers it.

    `content` runs from the outermost to the innermost; `source` and `cue` are those whose source or cue it is.
    `loaded` is the index, in `DocumentRow.loaded`, of the loaded word that it belongs to, None elsewhere.
    """

    text: str
    content: tuple[int, ...] = ()
    source: tuple[int, ...] = ()
    cue: tuple[int, ...] = ()
    href: str = ""
    ends: tuple[int, ...] = ()
    loaded: int | None = None


@dataclass(frozen=True, slots=True)
class PartRow:
    """One block of the text; kind "gap" stands for text that an excerpt leaves out."""

    kind: str
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The part's text."""
        return "".join(segment.text for segment in self.segments)

    @property
    def statements(self) -> tuple[int, ...]:
        """The statements that end here, in the order of the text: their chains are written beside it."""
        return tuple(sorted(index for segment in self.segments for index in segment.ends))

    def cited(self, row: DocumentRow) -> tuple[int, ...]:
        """Those of `statements` that somebody is cited for."""
        return tuple(index for index in self.statements if not row.statements[index].own)

    def own(self, row: DocumentRow) -> tuple[int, ...]:
        """Those of `statements` in the article's own voice."""
        return tuple(index for index in self.statements if row.statements[index].own)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document with its facts, its statements in the order of the text, and its parts; "" is unknown."""

    id: str
    title: str
    publisher: str
    published: str
    facts: tuple[Fact, ...]
    url: str
    statements: tuple[StatementRow, ...]
    parts: tuple[PartRow, ...]
    loaded: tuple[LoadedRow, ...] = ()

    @property
    def loaded_line(self) -> str:
        """How many loaded words there are and whose, in one line; "" where there are none."""
        counts = [(sum(word.voice is voice for word in self.loaded), WHOSES[voice]) for voice in WHOSES]
        told = ", ".join(f"{count} {whose}" for count, whose in counts if count)
        return f"{len(self.loaded)} loaded {'word' if len(self.loaded) == 1 else 'words'}: {told}" if told else ""

    @property
    def attributed(self) -> tuple[StatementRow, ...]:
        """The statements that somebody, named or not, is cited for."""
        return tuple(row for row in self.statements if not row.own)

    @property
    def anonymous(self) -> int:
        """How many of the attributed ones come from nobody named."""
        return sum(row.anonymous for row in self.statements)

    def line(self, row: StatementRow) -> str:
        """The chain of a statement in one line, the publisher first."""
        return line(self.publisher, row.chain)


def document_row(case: Case, document: Document) -> DocumentRow:
    """The document as rows; the text of its parts, joined, is the text of the document without the gaps between."""
    mentions = {mention.id: mention for mention in case.of(Mention, document.id)}
    found = sorted(case.of(Statement, document.id), key=_order)
    words = sorted(case.of(LoadedWord, document.id), key=lambda word: (word.span.start, word.span.end, word.id))
    return DocumentRow(
        id=document.id,
        title=title(document),
        publisher=publisher(document),
        published=document.published.value if document.published else "",
        facts=tuple(_facts(document)),
        url=document.url.value if document.url else "",
        statements=tuple(_statements(document, mentions, found, words)),
        parts=_parts(document, mentions, found, words),
        loaded=tuple(_loaded(document, words)),
    )


def excerpt(row: DocumentRow, around: int = 1) -> DocumentRow:
    """The same document with only the cited sentences and `around` sentences either side, "[...]" for the rest.

    Cited are the sentences that hold content, source or cue of an attributed statement.
    """
    prose = [number for number, part in enumerate(row.parts) if part.kind in PROSE]
    flow = [number for number in prose if row.parts[number].kind in FLOW]
    runs = [flow, *([number] for number in prose if row.parts[number].kind not in FLOW)]
    kept = sorted(place for run in runs for place in _near(row, run, around))
    windows = {number: [(a, b) for _, a, b in group] for number, group in groupby(kept, key=lambda place: place[0])}
    return replace(row, parts=tuple(_cut(row.parts, windows)))


def _order(statement: Statement) -> tuple[int, int, int, str]:
    first, last = statement.content[0].start, statement.content[-1].end
    return first, -last, len(statement.chain), statement.id


def _facts(document: Document) -> Iterator[Fact]:
    metas = [("Publisher", document.publisher), *(("Author", author) for author in document.authors)]
    metas += [("Published", document.published), ("Fetched", document.fetched), ("Language", document.language)]
    for label, meta in metas:
        if meta:
            yield Fact(label, one_line(meta.value), meta.origin)
    if not document.published:
        yield Fact("Published", "unknown", "")
    yield Fact("File", document.name, document.format)


def _statements(
    document: Document, mentions: dict[str, Mention], found: list[Statement], words: list[LoadedWord]
) -> Iterator[StatementRow]:
    held: dict[str | None, list[int]] = {}
    for index, word in enumerate(words):
        held.setdefault(word.statement, []).append(index)
    numbers: dict[str, int] = {}
    for statement in found:
        if statement.chain:
            numbers[statement.id] = len(numbers) + 1
    for statement in found:
        yield StatementRow(
            id=statement.id,
            number=numbers.get(statement.id, 0),
            words=tuple(one_line(document.text[span.start : span.end]) for span in statement.content),
            chain=chips(document, mentions, statement.chain),
            inside=numbers.get(statement.inside or "", 0),
            wording=str(statement.wording),
            modality=str(statement.modality),
            polarity=str(statement.polarity),
            rule=statement.why.rule,
            note=statement.why.note,
            score=statement.why.score,
            loaded=tuple(held.get(statement.id, ())),
        )


def _loaded(document: Document, words: list[LoadedWord]) -> Iterator[LoadedRow]:
    for word in words:
        yield LoadedRow(
            words=one_line(document.text[word.span.start : word.span.end]),
            kind=str(word.kind).replace("_", " "),
            voice=word.voice,
            rule=word.why.rule,
            note=word.why.note,
        )


# --- cutting the text ---------------------------------------------------------------------------------------------

Edge = tuple[int, str, object]  # where, role, statement index or href


def _parts(
    document: Document, mentions: dict[str, Mention], found: list[Statement], loaded: list[LoadedWord]
) -> tuple[PartRow, ...]:
    whole = Part(PartKind.BODY, Span(document.id, 0, len(document.text)), "")
    parts = document.parts or (whole,)
    opens, closes = _edges([*_roles(document, mentions, found), *_loaded_roles(loaded)])
    ends: dict[int, list[int]] = {}
    for index, statement in enumerate(found):
        ends.setdefault(statement.content[-1].end, []).append(index)
    borders = sorted({0, *opens, *closes, *(at for part in parts for at in (part.span.start, part.span.end))})
    active: dict[tuple[str, object], int] = {}
    pieces: list[tuple[int, Segment]] = []
    for start, end in pairwise(borders):
        _step(active, closes.get(start, ()), opens.get(start, ()))
        words = document.text[start:end]
        pieces.append((start, _segment(words, active, tuple(ends.get(end, ())))))
    return tuple(_fill(parts, pieces))


def _edges(
    roles: Iterable[tuple[Span, str, object]],
) -> tuple[dict[int, list[tuple[str, object]]], dict[int, list[tuple[str, object]]]]:
    opens: dict[int, list[tuple[str, object]]] = {}
    closes: dict[int, list[tuple[str, object]]] = {}
    for span, role, what in roles:
        if span.start < span.end:
            opens.setdefault(span.start, []).append((role, what))
            closes.setdefault(span.end, []).append((role, what))
    return opens, closes


def _roles(
    document: Document, mentions: dict[str, Mention], found: list[Statement]
) -> Iterator[tuple[Span, str, object]]:
    for index, statement in enumerate(found):
        yield from ((span, "content", index) for span in statement.content)
        for hop in statement.chain[-1:]:
            yield from ((span, "cue", index) for span in hop.cue)
            yield from (
                (span, "source", index) for id in hop.sources if id in mentions for span in mentions[id].spans
            )
    for link in document.links:
        yield link.span, "href", link.href


def _loaded_roles(words: list[LoadedWord]) -> Iterator[tuple[Span, str, object]]:
    for index, word in enumerate(words):
        yield word.span, "loaded", index


def _step(
    active: dict[tuple[str, object], int], closing: Iterable[tuple[str, object]], opening: Iterable[tuple[str, object]]
) -> None:
    for what in closing:
        active[what] = active.get(what, 0) - 1
        if not active[what]:
            del active[what]
    for what in opening:
        active[what] = active.get(what, 0) + 1


def _segment(words: str, active: dict[tuple[str, object], int], ends: tuple[int, ...]) -> Segment:
    def those(role: str) -> tuple[int, ...]:
        return tuple(sorted(what for kind, what in active if kind == role and isinstance(what, int)))

    href = next((str(what) for kind, what in active if kind == "href"), "")
    loaded = next(iter(those("loaded")), None)
    return Segment(words, those("content"), those("source"), those("cue"), href, ends, loaded)


def _fill(parts: tuple[Part, ...], pieces: list[tuple[int, Segment]]) -> Iterator[PartRow]:
    at = 0
    for part in parts:
        held: list[Segment] = []
        while at < len(pieces) and pieces[at][0] < part.span.end:
            if pieces[at][0] >= part.span.start:
                held.append(pieces[at][1])
            at += 1
        yield PartRow(str(part.kind), tuple(held))


# --- excerpts -----------------------------------------------------------------------------------------------------


def _near(row: DocumentRow, run: list[int], around: int) -> list[tuple[int, int, int]]:
    """The cited sentences of some parts and their neighbours there, each as (part, start, end in the part)."""
    places = [(number, *place) for number in run for place in sentences(row.parts[number].text)]
    marks = {number: _marked(row, row.parts[number]) for number in run}
    cited = [at for at, (number, start, end) in enumerate(places) if _meets(marks[number], start, end)]
    near = {at for hit in cited for at in range(hit - around, hit + around + 1)}
    return [places[at] for at in near if 0 <= at < len(places)]


def _meets(marks: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the sorted, disjoint `marks` shares a character with `[start, end)`."""
    at = bisect_right(marks, start, key=lambda mark: mark[1])
    return at < len(marks) and marks[at][0] < end


def _marked(row: DocumentRow, part: PartRow) -> list[tuple[int, int]]:
    """Where in a part's text attributed statements have their content, source or cue."""
    return [
        (at, at + len(segment.text))
        for at, segment in zip(_offsets(part), part.segments, strict=True)
        if any(not row.statements[i].own for i in (*segment.content, *segment.source, *segment.cue))
    ]


def _offsets(part: PartRow) -> list[int]:
    """Where in the part's text each of its segments begins."""
    return list(accumulate((len(segment.text) for segment in part.segments), initial=0))[:-1]


def _cut(parts: tuple[PartRow, ...], windows: dict[int, list[tuple[int, int]]]) -> Iterator[PartRow]:
    gap = PartRow(GAP_KIND, (Segment(GAP_WORDS),))
    left_out = False
    for number, part in enumerate(parts):
        if number in windows:
            if left_out:
                yield gap
            left_out = False
            yield replace(part, segments=tuple(_clip(part, _joined(windows[number]))))
        elif part.kind in PROSE:
            left_out = True
    if left_out:
        yield gap


def _joined(windows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Windows that touch but for white space become one."""
    joined: list[tuple[int, int]] = []
    for start, end in windows:
        if joined and start - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _clip(part: PartRow, windows: list[tuple[int, int]]) -> Iterator[Segment]:
    offsets = _offsets(part)
    if windows[0][0] > 0:
        yield Segment(GAP_WORDS + " ")
    for number, (start, end) in enumerate(windows):
        if number:
            yield Segment(f" {GAP_WORDS} ")
        yield from _within(part, offsets, start, end)
    if windows[-1][1] < len(part.text):
        yield Segment(" " + GAP_WORDS)


def _within(part: PartRow, offsets: list[int], start: int, end: int) -> Iterator[Segment]:
    for number in range(bisect_right(offsets, start) - 1, bisect_left(offsets, end)):
        segment, at = part.segments[number], offsets[number]
        words = segment.text[max(start - at, 0) : end - at]
        if words:
            # A statement's chain stands where its last word stands.
            whole = at + len(segment.text) <= end
            yield replace(segment, text=words, ends=segment.ends if whole else ())
