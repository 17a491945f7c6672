"""Who claims a link, and how it is put: the innermost statement that holds it, its kind, negation and doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.case import Page, Parse
from sayso.detect import lexicon
from sayso.detect.causes.cues import Cue
from sayso.detect.causes.found import Found, Run
from sayso.detect.causes.walk import kids
from sayso.records import CausalKind, Modality, Span, Statement

MOST = 0.8  # of the characters of cause and effect that a content has to hold
OPEN = frozenset({Modality.POSSIBLE, Modality.CONDITIONAL, Modality.HYPOTHETICAL})
IF = frozenset({"if", "unless"})


@dataclass(frozen=True, slots=True)
class Put:
    """How a link is put: its kind, and whether it is denied or left open."""

    kind: CausalKind
    negated: bool
    hypothetical: bool


def holder(spans: Sequence[Span], statements: Sequence[Statement]) -> Statement | None:
    """The statement that claims the words: of those whose content holds nearly all of them the one with most hops.

    Where none does, the article's own voice beside them, since it is the article that joins what others said; at last
    whatever holds most. None where no statement holds any.
    """
    shares = [(_held(spans, statement), statement) for statement in statements]
    inside = [(len(one.chain), -_size(one), one) for share, one in shares if share >= MOST]
    if inside:
        return max(inside, key=lambda row: row[:2])[2]
    own = [(share, one) for share, one in shares if share > 0 and not one.chain]
    rest = own or [(share, one) for share, one in shares if share > 0]
    return max(rest, key=lambda row: row[0])[1] if rest else None


def put(page: Page, found: Found, statement: Statement) -> Put:
    """Kind by the cue, cause where there is none; negation and doubt by the words at the cue and the statement."""
    cue, parse = found.cue, page.parse
    words = list(found.signal) or [_top(parse, found.effect)]
    negated = any(_negated(parse, token) for token in words) != (cue is not None and cue.denied)
    open_ = statement.modality in OPEN or any(_doubted(parse, token, cue) for token in words)
    return Put(cue.kind if cue else CausalKind.CAUSES, negated, open_)


def _negated(parse: Parse, token: int) -> bool:
    before = parse.text[token - 1].lower() if token and parse.sent[token - 1] == parse.sent[token] else ""
    return bool(kids(parse, token, "neg")) or before in lexicon.modality("negative")


def _doubted(parse: Parse, token: int, cue: Cue | None) -> bool:
    """A modal of the open kind beside the verb, or a condition ("if", "unless")."""
    if cue is not None and cue.words[0] in IF:
        return True
    modals = (lexicon.modality("modal").get(parse.text[k].lower()) for k in kids(parse, token, "aux"))
    return any(value in ("possible", "capable") for value in modals)


def _top(parse: Parse, run: Run) -> int:
    """The token of a run that none of its others governs."""
    inside = range(*run)
    return next((t for t in inside if parse.head[t] not in inside or parse.head[t] == t), run[0])


def _held(spans: Sequence[Span], statement: Statement) -> float:
    total = sum(span.end - span.start for span in spans)
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in spans for b in statement.content)
    return both / total if total else 0.0


def _size(statement: Statement) -> int:
    return sum(span.end - span.start for span in statement.content)
