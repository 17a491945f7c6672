"""Direct speech meets cues: which quotation belongs to which Find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree
from sayso.records import Quotation
from sayso.text import Tokens

FEW = 4  # words: a shorter quotation is a scare quote or a title unless a cue takes it as its content
NEAR = 14  # tokens between a cue and the quotation it takes ("said on Tuesday in the port of X:")


@dataclass(slots=True)
class Piece:
    """A quotation in tokens `[first, after)`, marks included."""

    first: int
    after: int
    speech: int
    part: int
    opens: bool  # stands at the start of a sentence, so it can be speech of its own
    whole: bool  # fills its paragraph
    taken: bool = False

    @property
    def tokens(self) -> set[int]:
        return set(range(self.first, self.after))

    @property
    def long(self) -> bool:
        return self.after - self.first - 2 >= FEW or self.whole


def pieces(tree: Tree, quotations: Sequence[Quotation]) -> list[Piece]:
    """The quotations that hold tokens, as Pieces in text order."""
    parse = tree.parse
    tokens = Tokens(parse.start, parse.end)
    out = []
    for quotation in quotations:
        inside = tokens.within(quotation.span.start, quotation.span.end)
        if inside:
            before = inside.start - 1
            opens = before < 0 or parse.part[before] != parse.part[inside.start] or tree.text[before] in _ENDS
            fills = (before < 0 or parse.part[before] != parse.part[inside.start]) and (
                inside.stop == len(parse) or parse.part[inside.stop] != parse.part[inside.start]
            )
            out.append(Piece(inside.start, inside.stop, quotation.speech, parse.part[inside.start], opens, fills))
    return out


_ENDS = frozenset({".", "!", "?", ":", "”", '"', "''", "…"})


def attach(tree: Tree, finds: list[Find], quoted: list[Piece], headings: set[int]) -> list[Find]:
    """Give every quotation that is speech to its cue; Finds that end without content are left out.

    `headings` are the parts that are headlines: a quotation there is nobody's running speech.
    """
    home = {t: n for n, piece in enumerate(quoted) for t in range(piece.first, piece.after)}
    for found in finds:
        _whole(found, quoted, home)
    for found in finds:
        if not found.content and found.speech:
            _adjacent(tree, found, quoted, home)
    kept = [f for f in finds if f.content]
    for n, piece in enumerate(quoted):
        if piece.part in headings:
            continue
        if not piece.taken and not _split(tree, piece, kept) and piece.opens and piece.long:
            _continued(tree, piece, kept, quoted[:n])
    return kept


def _split(tree: Tree, piece: Piece, finds: list[Find]) -> bool:
    """ "'We waited,' Amir said, 'but no one came.'": the second half right behind the cue."""
    for found in finds:
        last = max(found.cue | found.source)
        behind = last < piece.first and all(tree.pos[t] == "PUNCT" for t in range(last + 1, piece.first))
        if found.speech and behind and min(found.content) < found.head:
            piece.taken = True
            found.content |= piece.tokens
            return True
    return False


def _whole(found: Find, quoted: list[Piece], home: dict[int, int]) -> None:
    """Stretch content to the quotations it touches; what is cued inside a quotation stays inside."""
    at = home.get(found.head)
    if at is not None:
        found.content &= quoted[at].tokens
        return
    stray = {t for t in found.cue if t in home}  # "'Probably not,' she said": the parser gives her the "not"
    found.cue -= stray
    found.negated = found.negated and not stray
    for n in {home[t] for t in found.content if t in home}:
        piece = quoted[n]
        if not found.cue & piece.tokens:
            piece.taken = True
            found.content |= piece.tokens - found.source
            if found.speech:
                _earlier(found, quoted, n)


def _earlier(found: Find, quoted: list[Piece], n: int) -> None:
    """Pieces of the same speech in the paragraphs before belong to the cue that ends it."""
    while n > 0 and quoted[n - 1].speech == quoted[n].speech and not quoted[n - 1].taken:
        n -= 1
        quoted[n].taken = True
        found.content |= quoted[n].tokens


def _adjacent(tree: Tree, found: Find, quoted: list[Piece], home: dict[int, int]) -> None:
    """The quotation right before or right after a cue that has no other content."""
    own = found.cue | found.source | found.addressee
    low, high = min(own), max(own)
    for n, piece in enumerate(quoted):
        if found.head in piece.tokens:
            continue
        before = 0 <= low - piece.after <= 2 and all(tree.pos[t] == "PUNCT" for t in range(piece.after, low))
        behind = 0 <= piece.first - high - 1 <= NEAR and not any(t in home for t in range(high + 1, piece.first))
        behind = behind and _leads(tree, high, piece)
        if (before or behind) and not piece.taken:
            piece.taken = True
            found.content |= piece.tokens
            found.rule = "speech_before" if before else "speech_after"
            _earlier(found, quoted, n)
            return


def _leads(tree: Tree, high: int, piece: Piece) -> bool:
    """Whether what stands between a cue and a quotation behind it lets the cue take it."""
    gap = range(high + 1, piece.first)
    part = tree.parse.part
    if part[high] != piece.part:
        return part[piece.first] == part[high] + 1 and piece.opens and any(tree.text[t] in (":", ",") for t in gap[-1:])
    same = tree.parse.sent[high] == tree.parse.sent[piece.first]
    return not gap or tree.text[gap[-1]] in (":", ",") or (same and not any(tree.pos[t] == "VERB" for t in gap))


def _continued(tree: Tree, piece: Piece, finds: list[Find], before: list[Piece]) -> None:
    """Speech without a cue of its own goes to the speaker before it: same speech, paragraph, or the one before."""
    part = tree.parse.part
    heads = [
        f
        for f in finds
        if f.speech
        and f.head < piece.first
        and f.sources
        and not any(b.first <= f.head < b.after for b in before)
        and not any(f.head in other.content for other in finds if other is not f)
    ]
    if not heads:
        return
    last = max(heads, key=lambda f: f.head)
    opens_part = piece.first == 0 or part[piece.first - 1] != piece.part
    near = part[last.head] == piece.part or (opens_part and part[last.head] == _previous(tree, piece))
    same = any(b.speech == piece.speech and b.tokens <= last.content for b in before)
    if near or same:
        piece.taken = True
        last.content |= piece.tokens
        last.note = last.note or "speech without a cue of its own goes to the speaker before it"


def _previous(tree: Tree, piece: Piece) -> int:
    first = next((t for t in range(piece.first, -1, -1) if tree.parse.part[t] == piece.part), piece.first)
    while first > 0 and tree.parse.part[first - 1] == piece.part:
        first -= 1
    return tree.parse.part[first - 1] if first > 0 else -1
