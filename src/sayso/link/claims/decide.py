"""Whether two statements make the same claim, contradict each other, or neither."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.link.claims.slots import Piece, Said, gap, quantity
from sayso.records import ContradictionKind, Span

NEAREST = (
    0.5  # cosine below which two statements are not looked at: 99 % of the same claims of the tuning corpus lie above
)
SAME = 0.72  # what cosine, words, names and numbers must come to; see docs/how-we-decide.md
DIFFER = 0.66  # the same without the numbers, for two counts of one thing
DENY = 0.78  # a denial repeats the claim's words
ELSEWHERE = 0.85  # two places or actors of one thing: nearly the same sentence but for the name
RETOLD = 0.93  # from here on it is the same sentence, whenever it was printed
FRESH = 3  # days in which two reports speak of one thing, unless they say otherwise
LASTING = 30  # days in which a telling number still stands for one thing
ALIKE, AKIN = (
    0.5,
    0.3,
)  # documents about one affair: 95 % of others lie below the first, 5 % of one affair below the second
_NAMES, _NUMBER, _SMALL, _LONE, _WORDS, _UNIT = 0.10, 0.12, 0.05, -0.08, 0.25, 0.06
_FEW = 12  # numbers up to here are met by chance
_TYPICAL = 0.45  # share of words that half of the same claims have in common


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two statements lie to each other: `kind` None where they make the same claim; the spans that differ."""

    kind: ContradictionKind | None
    score: float
    left: Span
    right: Span
    note: str


def compare(left: Said, right: Said, cosine: float, context: float) -> Verdict | None:
    """The verdict on two statements, None where they have nothing to do with each other.

    `cosine` is that of their vectors, `context` that of their documents (the mean of its statements). Score: cosine,
    more for shared words, names and numbers. A claim and its denial, different moods, different numbers of one thing,
    names without any in common, and other days are never the same claim.
    """
    if cosine < NEAREST or left.mood != right.mood or unlike(left.names, right.names):
        return None
    plain = cosine + _WORDS * (share(left.stems, right.stems) - _TYPICAL) + _shared_names(left, right)
    near = together(left, right, context)
    if left.affirms != right.affirms:
        return _verdict(ContradictionKind.DENIAL, plain, DENY, (left, right)) if near else None
    differing = differ(left, right)
    if differing:
        unit = _UNIT * bool(_units(differing[0]) & _units(differing[1]))
        return _verdict(ContradictionKind.COUNT, plain + unit, DIFFER, (left, right), differing) if near else None
    days = _other_days(left, right)
    if days:
        return _verdict(ContradictionKind.DAY, plain, ELSEWHERE, (left, right), days) if near else None
    score = plain + _numbers(left, right)
    if score < SAME or not (near or _again(left, right, cosine)):
        return None
    return Verdict(None, score, left.content[0], right.content[0], _note(left, right, cosine))


def clash(left: Said, right: Said) -> bool:
    """Whether two statements can never stand in one claim, however near they are to a third."""
    if left.affirms != right.affirms or left.mood != right.mood:
        return True
    return differ(left, right) is not None or _other_days(left, right) is not None


def together(left: Said, right: Said, context: float) -> bool:
    """Whether both speak of one affair: printed within days in documents akin; where a day is unknown, more alike."""
    apart = gap(left, right)
    return context >= ALIKE if apart is None else apart <= FRESH and context >= AKIN


def _again(left: Said, right: Said, cosine: float) -> bool:
    """Whether a statement can be the other's even if not of the same days: the same words, or a telling number."""
    apart = gap(left, right)
    return cosine >= RETOLD or (_telling(left, right) and (apart is None or apart <= LASTING))


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
    ours = {p.value[:2] for p in left.numbers if quantity(p).first > _FEW}
    return any(q.value[:2] in ours for q in right.numbers)


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


def _note(left: Said, right: Said, cosine: float) -> str:
    shared = sorted(left.names & right.names)
    return f"cosine {cosine:.2f}" + (f", names in common: {', '.join(shared)}" if shared else "")
