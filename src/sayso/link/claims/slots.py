"""What of a statement is compared: its words, numbers, names, days, whether it affirms, and how it is put."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sayso.link.claims.quantities import Quantity, quantities
from sayso.link.lexical import stems, words
from sayso.records import Document, Manner, Modality, Polarity, Span, Statement, TimexKind, When

FEW = 12  # numbers up to here are met by chance
LEAST = 3  # stems and numbers that a statement must have: "it acted alone" could be said of anybody
# What may be the same claim, more or less hedged, has one mood; a plan, a demand and a condition are others.
_MOODS: Mapping[Modality, str] = {
    Modality.ASSERTED: "fact",
    Modality.POSSIBLE: "fact",
    Modality.CAPABLE: "fact",
    Modality.PLANNED: "plan",
    Modality.RECOMMENDED: "demand",
    Modality.REQUIRED: "demand",
    Modality.CONDITIONAL: "condition",
    Modality.HYPOTHETICAL: "condition",
}
# To order, offer or praise a thing is not to say that it is so: what is ordered is a demand, whatever its mood.
_NO_CLAIM = frozenset(
    {
        Manner.ASKED,
        Manner.ORDERED,
        Manner.RECOMMENDED,
        Manner.OFFERED,
        Manner.PROMISED,
        Manner.THREATENED,
        Manner.PRAISED,
        Manner.CRITICISED,
    }
)
_FIRM = ("itself", "published", "dateline")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NAME = re.compile(r"\b[^\W\d_a-z][\w’'-]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A slot of a statement: a number, a name or a day, and where it stands."""

    value: tuple[str | float | None, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Said:
    """A statement ready to be compared.

    `frame` is the text without names and numbers; `numbers` hold (first, last, *stems of the unit), `days` an ISO
    date; `names` are stems of words with a capital; `affirms` is turned by a denial in the chain; `published` is the
    day of its document, "" unknown.
    """

    id: str
    doc: str
    text: str
    frame: str
    content: tuple[Span, ...]
    stems: frozenset[str]
    names: frozenset[str]
    numbers: tuple[Piece, ...]
    days: tuple[Piece, ...]
    affirms: bool
    mood: str
    hedged: bool
    published: str

    @property
    def thick(self) -> bool:
        """Whether it says enough to be told from others."""
        return len(self.stems) + len(self.numbers) >= LEAST


def said(document: Document, statements: Iterable[Statement], whens: Iterable[When]) -> Iterator[Said]:
    """The statements of a document that can be claims.

    Left out are questions, what is too thin, and the outer of two layers where the inner is there: of "A says that
    B claimed P" the claim is P.
    """
    times = sorted((when.span.start, when.span.end, when) for when in whens)
    made = [(one, read(document, one, [when for *_, when in times])) for one in statements]
    kept = {s.id: (s, held) for s, held in made if held.thick and s.polarity is not Polarity.QUESTION}
    outer = {s.inside for s, _ in kept.values() if not _demanded(s)}
    yield from (held for id, (_, held) in kept.items() if id not in outer)


def read(document: Document, one: Statement, whens: Sequence[When]) -> Said:
    """The slots of one statement."""
    inside = [w for w in whens if any(s.start <= w.span.start and w.span.end <= s.end for s in one.content)]
    counts = [piece for span in one.content for piece in _numbers(document.text, span, inside)]
    text = " ".join(document.text[s.start : s.end] for s in one.content)
    return Said(
        id=one.id,
        doc=one.doc,
        text=text,
        frame=" ".join(_frame(document.text, one.content, counts).split()),
        content=one.content,
        stems=_content(text),
        names=frozenset(n for span in one.content for n in names(document.text, span)),
        numbers=tuple(counts),
        days=tuple(_days(inside)),
        affirms=not denies(one),
        mood="demand" if _demanded(one) else _MOODS[one.modality],
        hedged=one.modality in (Modality.POSSIBLE, Modality.CAPABLE),
        published=(document.published.value[:10] if document.published else ""),
    )


def denies(one: Statement) -> bool:
    """Whether a statement says that something is not so: by its verb or by a denial in its chain, and not by both."""
    return (one.polarity is Polarity.NEGATIVE) != any(h.manner is Manner.DENIED for h in one.chain)


def firm(one: Statement) -> bool:
    """Whether a statement says that something is so or not: no hedge, plan, demand or condition."""
    return one.modality is Modality.ASSERTED and not _demanded(one)


def _demanded(one: Statement) -> bool:
    return bool(one.chain) and one.chain[-1].manner in _NO_CLAIM


def gap(one: Said, other: Said) -> int | None:
    """Days between the publication of two statements, None where one is unknown."""
    if len(one.published) < 10 or len(other.published) < 10:
        return None
    return abs((date.fromisoformat(one.published) - date.fromisoformat(other.published)).days)


def _numbers(text: str, span: Span, whens: Sequence[When]) -> Iterator[Piece]:
    shift = span.start
    times = frozenset((w.span.start - shift, w.span.end - shift) for w in whens)
    for one in quantities(text[span.start : span.end], times):
        yield Piece((one.first, one.last, *sorted(one.unit)), Span(span.doc, one.start + shift, one.end + shift))


def quantity(piece: Piece) -> Quantity:
    """The number of a slot."""
    first, last, *unit = piece.value
    return Quantity(float(first or 0), float(last or 0), frozenset(map(str, unit)), piece.span.start, piece.span.end)


def telling(one: Said) -> Iterator[tuple[float, float]]:
    """The numbers of a statement that are rarely met by chance: first and last."""
    found = map(quantity, one.numbers)
    return ((number.first, number.last) for number in found if number.first > FEW)


def _content(text: str) -> frozenset[str]:
    return frozenset(stem for stem in stems(text) if stem not in _empty() and not stem[0].isdigit())


def names(text: str, span: Span) -> Iterator[str]:
    """Stems of the names within a span."""
    for start, end in _named(text, span):
        yield from (stem for stem in stems(text[start:end]) if stem not in _empty())


def _named(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Words with a capital, but for one that only opens the content or a sentence."""
    for found in _NAME.finditer(text, span.start, span.end):
        before = text[: found.start()].rstrip(" \n\"'“‘(")[-1:]
        if found.start() > span.start and before not in (".", "!", "?", ":", "") and len(found.group()) > 1:
            yield found.span()


def _frame(text: str, content: Iterable[Span], counts: Iterable[Piece]) -> str:
    left_out = {(piece.span.start, piece.span.end) for piece in counts}
    kept = []
    for span in content:
        at = span.start
        for start, end in sorted(left_out | set(_named(text, span))):
            if at <= start < span.end:
                kept.append(text[at:start])
                at = end
        kept.append(text[at : span.end])
    return " ".join(kept)


def _days(whens: Iterable[When]) -> Iterator[Piece]:
    """Times that name one day by themselves or from the text's own: "two days earlier" is counted from who knows what.

    A month or a year says less than two texts need to disagree.
    """
    for when in whens:
        if when.anchor in _FIRM and when.kind in (TimexKind.DATE, TimexKind.TIME) and when.first and when.last:
            first, last = _DAY.match(when.first), _DAY.match(when.last)
            if first and last and first[0] == last[0]:
                yield Piece((first[0],), when.span)


@cache
def _empty() -> frozenset[str]:
    """Stems of the words without content, number words among them."""
    table = words()
    plain = [*table["words"]["empty"], *table["words"]["not"], *table["numbers"], *table["scales"], *table["vague"]]
    return frozenset(stem for word in plain for stem in stems(word)) | frozenset(plain)
