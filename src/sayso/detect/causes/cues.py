"""The table of causal cues, read once on first use, and how a cue is found at a token."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sayso.case import Parse
from sayso.detect import lexicon
from sayso.records import CausalKind

VERBAL = ("verb", "push", "back", "blame", "lay")  # forms whose first word is a verb, found by its dictionary form
EXPLICIT, WEAK = 0.6, 0.5  # least `sure` of a cue that leaves no doubt, and of a verb that is a cue by itself
REACH = 12  # tokens between a verb and the preposition of its second argument, at most


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of `causal_cues.tsv`."""

    form: str
    words: tuple[str, ...]
    kind: CausalKind
    denied: bool
    sure: float

    @property
    def explicit(self) -> bool:
        """Whether nobody who reads it doubts that a link is meant; where cause and effect end is another matter."""
        return self.sure >= EXPLICIT

    @property
    def weak(self) -> bool:
        """Whether it is a verb that says mostly something else: "brought his son"."""
        return self.form in ("verb", "push") and self.sure < WEAK


Hit = tuple[int, Cue, tuple[int, ...]]


@cache
def cues() -> Mapping[str, tuple[Cue, ...]]:
    """The cues by their first word, the longer ones first."""
    out: dict[str, list[Cue]] = {}
    for row in lexicon.rows("causal_cues.tsv"):
        words = tuple(row["words"].split())
        cue = Cue(row["form"], words, CausalKind(row["kind"]), row["not"] == "1", float(row["sure"]))
        out.setdefault(words[0], []).append(cue)
    return MappingProxyType({word: tuple(sorted(rows, key=lambda c: -len(c.words))) for word, rows in out.items()})


@cache
def pointers(kind: str) -> frozenset[str]:
    """Words that point back: `kind` pronoun ("this") or noun ("move")."""
    return frozenset(row["word"] for row in lexicon.rows("causal_pointers.tsv") if row["kind"] == kind)


def at(parse: Parse, token: int) -> Iterator[tuple[Cue, tuple[int, ...]]]:
    """The cues that begin at `token`, longest first, each with its tokens."""
    table, lemma, text = cues(), parse.lemma[token], parse.text[token].lower()
    for word in (lemma, text) if lemma != text else (lemma,):
        for cue in table.get(word, ()):
            verbal = cue.form in VERBAL
            tokens = _rest(parse, token, cue.words[1:], apart=verbal)
            fits = cue.form == "name" or not verbal or parse.pos[token] in ("VERB", "AUX")
            if tokens is not None and fits:
                yield cue, (token, *tokens)


def hits(parse: Parse) -> list[Hit]:
    """Every cue of a page with the token it begins at and all its tokens, in text order, the longest first."""
    return [(token, cue, tokens) for token in range(len(parse)) for cue, tokens in at(parse, token)]


def named(parse: Parse, tokens: tuple[int, ...]) -> Cue | None:
    """The cue that the tokens of a signal hold, the longest one; None where no row knows them."""
    held = set(tokens)
    matches = [cue for t in tokens for cue, found in at(parse, t) if held >= set(found) or found[0] in held]
    return max(matches, key=lambda cue: len(cue.words), default=None)


def _rest(parse: Parse, token: int, words: tuple[str, ...], *, apart: bool) -> tuple[int, ...] | None:
    """The tokens of the further words: right behind, or the last one a preposition or particle of the verb."""
    end = parse.sentences[parse.sent[token]][1]
    behind = tuple(range(token + 1, token + 1 + len(words)))
    if not words or (behind[-1] < end and all(_is(parse, i, w) for i, w in zip(behind, words, strict=True))):
        return behind
    if not apart or len(words) > 1:
        return None
    low, high = token + 1, min(end, token + REACH)
    near = (i for i in range(low, high) if parse.text[i].lower() == words[0])
    return next(((i,) for i in near if _hangs(parse, i, token)), None)


def _is(parse: Parse, token: int, word: str) -> bool:
    return word in (parse.text[token].lower(), parse.lemma[token])


def _hangs(parse: Parse, token: int, verb: int) -> bool:
    head = parse.head[token]
    return head == verb or parse.head[head] == verb
