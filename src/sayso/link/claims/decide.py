"""Whether two statements make the same claim, contradict each other, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from sayso.link.claims.slots import FEW, Piece, Said, gap, quantity, telling
from sayso.records import ContradictionKind, Span

NEAREST = (
    0.5  # cosine below which two statements are not looked at: 99 % of the same claims of the tuning corpus lie above
)
SAME = 0.70  # what nearness, words, names and numbers must come to; see docs/how-we-decide.md
DIFFER = 0.63  # the same without the numbers, for two counts of one thing
LOOSE = 0.80  # where the unit is not shared, nor a name and what is told
TOLD = 0.40  # cosine without names and numbers: 95 % of other things told of one place lie below
DENY = 0.80  # a denial repeats the claim's words
ELSEWHERE = 0.90  # two days of one thing: nearly the same sentence
CITED, LIKE, REPEATED = 0.55, 0.4, 0.66  # of a text and the one it cites: the score, the cosine, the words in common
RETOLD = 0.93  # from here on it is the same sentence, whenever it was printed
FRESH, LASTING = 1, 14  # days between two reports of one thing, in documents akin and in documents alike
AKIN, ALIKE, SURE = 0.4, 0.6, 0.65  # nearness of documents: 94, 99 and 99.5 % of those about other affairs lie below
_NAMES, _NUMBER, _SMALL, _LONE, _WORDS, _UNIT = 0.10, 0.20, 0.05, -0.08, 0.25, 0.06
_UNNAMED = -0.15  # one side names somebody or some place: the frame, where no name is left, says nothing of it
_TYPICAL = 0.45  # share of words that half of the same claims have in common
ROUNDED = 0.001  # more than rounding moves a score
Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two statements lie to each other: `kind` None where they make the same claim; the spans that differ."""

    kind: ContradictionKind | None
    score: float
    left: Span
    right: Span
    note: str


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near two statements are: cosine of their words, of the words without names and numbers, of the texts around.

    The first says whether they are about one thing, the second whether they tell the same of it, the last whether
    their documents are about one affair: by their titles, or by all else that they state, whichever is nearer.
    """

    words: float
    frame: float
    context: float


def compare(left: Said, right: Said, near: Nearness) -> Verdict | None:
    """The verdict on two statements, None where they have nothing to do with each other.

    Score: the mean of both cosines, more for shared words, names and numbers. A claim and its denial, different
    moods, different numbers of one thing, names without any in common, and other days are never the same claim.
    """
    if near.words < NEAREST or left.mood != right.mood or unlike(left.names, right.names):
        return None
    overlap = share(left.stems - left.names, right.stems - right.names)
    plain = (near.words + near.frame) / 2 + _WORDS * (overlap - _TYPICAL) + _shared_names(left, right)
    fresh = together(left, right, near.context)
    if left.affirms != right.affirms:
        return _verdict(ContradictionKind.DENIAL, plain, DENY, (left, right)) if fresh else None
    differing = differ(left, right)
    if differing:
        return _count(plain, (left, right), differing, near) if fresh else None
    days = _other_days(left, right)
    if days:
        return _verdict(ContradictionKind.DAY, plain, ELSEWHERE, (left, right), days) if fresh else None
    score = plain + _numbers(left, right) + _UNNAMED * (bool(left.names) != bool(right.names))
    if score < SAME or not (fresh or _again(left, right, near)):
        return None
    return Verdict(None, score, left.content[0], right.content[0], _note(left, right, near))


def comparable(left: Marks, right: Marks, words: Floats, frames: Floats | float) -> npt.NDArray[np.bool_]:
    """Of which pairs `compare` may say anything, by the marks of both (`basis.MARKS`) and their cosines, [P] each.

    Nothing is lost: what cannot be known by marks is taken for the best that it can be, so that the score is never
    less than the real one. Where `frames` are not known 1 is the best.
    """
    shared = _most(left["names"], right["names"], left["named"], right["named"])
    names = _dice(shared, left["named"], right["named"])
    stems = _most(left["stems"], right["stems"], left["stemmed"], right["stemmed"])
    overlap = _dice(stems, left["stemmed"], right["stemmed"])
    plain = (words + frames) / 2 + _WORDS * (overlap - _TYPICAL) + _NAMES * names
    unnamed = _UNNAMED * ((left["named"] > 0) != (right["named"] > 0))
    # By how many of the two count anything: none, one, both.
    number = np.array([0.0, _LONE, _SMALL])[left["counts"] + right["counts"]]
    number = np.where(left["telling"] & right["telling"], _NUMBER, number)
    other = np.where(left["counts"] & right["counts"], DIFFER - _UNIT, ELSEWHERE)
    least = np.where(left["affirms"] == right["affirms"], np.minimum(other, SAME - number - unnamed), DENY)
    named = np.minimum(left["named"], right["named"])
    made: npt.NDArray[np.bool_] = (plain >= least - ROUNDED) & (2 * shared >= named)
    return made


def _most(left: npt.NDArray[np.uint64], right: npt.NDArray[np.uint64], *sizes: npt.NDArray[np.uint32]) -> Floats:
    """How many words two sets share at most, by their sketches: a bit that the other lacks is a word that it lacks."""
    ours, theirs = (
        size.astype(np.float64) - _ones(bits) for size, bits in zip(sizes, (left & ~right, right & ~left), strict=True)
    )
    return np.where(left & right, np.minimum(ours, theirs), 0.0)


def _ones(bits: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """How many bits are set in each."""
    made: npt.NDArray[np.int64] = _counted()[np.ascontiguousarray(bits).view(np.uint16).reshape(-1, 4)].sum(axis=1)
    return made


@cache
def _counted() -> npt.NDArray[np.int64]:
    """The set bits of all numbers of 16 bits; numpy counts them itself only from its second version on."""
    return np.array([value.bit_count() for value in range(1 << 16)], np.int64)


def _dice(shared: Floats, left: npt.NDArray[np.uint32], right: npt.NDArray[np.uint32]) -> Floats:
    made: Floats = 2 * shared / np.maximum(left.astype(np.float64) + right, 1)
    return made


def _count(plain: float, both: tuple[Said, Said], pieces: tuple[Piece, Piece], near: Nearness) -> Verdict | None:
    if both[0].names and both[1].names and not (both[0].names <= both[1].names or both[1].names <= both[0].names):
        return None
    if any(_several(one, piece) for one, piece in zip(both, pieces, strict=True)):
        return None
    unit = _UNIT * bool(_units(pieces[0]) & _units(pieces[1]))
    told = both[0].names & both[1].names and near.frame >= TOLD
    least = DIFFER if unit or told else LOOSE
    return _verdict(ContradictionKind.COUNT, plain + unit, least, both, pieces)


def cited(left: Said, right: Said, near: Nearness) -> float | None:
    """How near a statement is to one of the text that it cites, None where it says something else.

    That it is there is what the citation says; asked is only which of that text's statements it is. Two thirds of the
    words in common do where the names are others ("the Talmeran capital" for "Sarrow").
    """
    if near.words < LIKE or clash(left, right):
        return None
    overlap = share(left.stems - left.names, right.stems - right.names)
    score = (near.words + near.frame) / 2 + _WORDS * (overlap - _TYPICAL) + _shared_names(left, right)
    if unlike(left.names, right.names):
        return score if overlap >= REPEATED else None
    return score if score >= CITED else None


def clash(left: Said, right: Said) -> bool:
    """Whether two statements can never stand in one claim, however near they are to a third."""
    if left.affirms != right.affirms or left.mood != right.mood:
        return True
    return differ(left, right) is not None or _other_days(left, right) is not None


def together(left: Said, right: Said, context: float) -> bool:
    """Whether both speak of one affair: printed on neighbouring days in documents akin, or else in more alike ones."""
    return akin(gap(left, right), context)


def akin(apart: int | None, context: float) -> bool:
    """Whether two documents printed so many days apart (None unknown), and so near, are about one affair."""
    if apart is None:
        return context >= SURE
    return context >= (AKIN if apart <= FRESH else ALIKE) and apart <= LASTING


def _again(left: Said, right: Said, near: Nearness) -> bool:
    """Whether a statement can be the other's even if not of these days: the same words, or a telling number.

    A number that is the same by chance gives itself away by its time: of two texts a month apart it is another one.
    """
    apart = gap(left, right)
    if apart is None:
        return (near.words >= RETOLD or _telling(left, right)) and (near.context >= AKIN or not left.numbers)
    return near.words >= RETOLD and (near.context >= AKIN or not left.numbers)


def unlike(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether both name somebody or something, and not even half of the shorter list is shared."""
    return bool(left and right) and 2 * len(left & right) < min(len(left), len(right))


def share(left: frozenset[str], right: frozenset[str]) -> float:
    """Dice: twice what is shared over all there is."""
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0


def differ(left: Said, right: Said) -> tuple[Piece, Piece] | None:
    """The first two numbers that cannot be one count: of the same unit, else where each has one left over."""
    ours = [p for p in left.numbers if not any(quantity(p).meets(quantity(q)) for q in right.numbers)]
    theirs = [q for q in right.numbers if not any(quantity(p).meets(quantity(q)) for p in left.numbers)]
    for one in ours:
        for other in theirs:
            if _units(one) & _units(other):
                return one, other
    lone = len(ours) == len(theirs) == 1 and len(left.numbers) == len(right.numbers) == 1
    return (ours[0], theirs[0]) if lone else None


def _several(one: Said, piece: Piece) -> bool:
    """Whether a text counts the thing of a number twice: "three of the nine gates" does not differ from "four".

    Nor does "all nine gates were shut while three stood open", where the second number leaves its noun out: of two
    small numbers it is not known what they count.
    """
    others = [other for other in one.numbers if other is not piece]
    few = quantity(piece).first <= FEW
    return any(not _units(o) or _units(o) & _units(piece) or (few and quantity(o).first <= FEW) for o in others)


def _units(piece: Piece) -> frozenset[str]:
    return quantity(piece).unit


def _shared_names(left: Said, right: Said) -> float:
    return _NAMES * share(left.names, right.names) if left.names & right.names else 0.0


def _numbers(left: Said, right: Said) -> float:
    """More for a number in common, most for one that is rarely met by chance; less where only one side counts."""
    if bool(left.numbers) != bool(right.numbers):
        return _LONE
    if not left.numbers:
        return 0.0
    return _NUMBER if _telling(left, right) else _SMALL


def _telling(left: Said, right: Said) -> bool:
    """Whether both state one number of which there are many ("212"), not a small one ("two")."""
    return not set(telling(left)).isdisjoint(telling(right))


def _other_days(left: Said, right: Said) -> tuple[Piece, Piece] | None:
    """The days of both, where each names one day and they are not the same."""
    if len(left.days) != 1 or len(right.days) != 1 or left.days[0].value == right.days[0].value:
        return None
    return left.days[0], right.days[0]


def _verdict(
    kind: ContradictionKind,
    score: float,
    least: float,
    both: tuple[Said, Said],
    pieces: tuple[Piece, Piece] | None = None,
) -> Verdict | None:
    if score < least:
        return None
    left, right = (pieces[0].span, pieces[1].span) if pieces else (both[0].content[0], both[1].content[0])
    return Verdict(kind, score, left, right, "")


def _note(left: Said, right: Said, near: Nearness) -> str:
    shared = sorted(left.names & right.names)
    return f"cosine {near.words:.2f}, without names and numbers {near.frame:.2f}" + (
        f", names in common: {', '.join(shared)}" if shared else ""
    )
