"""Direct speech meets cues: which quotation belongs to which Find."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree
from sayso.records import Manner, Quotation, Stance
from sayso.text import Tokens

FEW = 4  # words: a shorter quotation is a scare quote or a title unless a cue takes it as its content
MOST = 0.3  # of the words of a quotation: whoever said that much of it said it all
VERBS = frozenset({"VERB", "AUX"})
STOPS = frozenset(".,!?…—–-;:")
PAUSES = frozenset(",;:—–-")
BREAKS = frozenset(".!?")
MARKS = "\"'“”‘’«»`-–—…."
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


def whole(tree: Tree, found: Find, quoted: Sequence[Piece]) -> None:
    """Give a Find all of each quotation of which it has a good part; its cue must stand outside."""
    for piece in touched(quoted, found.content):
        if not found.cue & piece.tokens and _much(tree, piece, found.content):
            found.content |= piece.tokens - found.source


def turn(tree: Tree, found: Find, quoted: Sequence[Piece]) -> None:
    """Give a Find of a dialogue its own turn alone.

    A sentence between marks ("“Take it,” said Emma") ends where its marks do: what else the content has of the words
    right before or behind belongs to the story. Where one quotation closes and the next opens with no word between,
    another speaks: the turn nearest to the cue is the Find's.
    """
    mine = [p for p in touched(quoted, found.content) if p.tokens <= found.content | found.source]
    turns = _turns(mine)
    if len(turns) > 1:
        own = min(turns, key=lambda turn: (_away(found.head, turn), turn[0].first))
        found.content -= set().union(*(p.tokens for turn in turns if turn is not own for p in turn))
    for piece in mine:
        if piece.tokens <= found.content and _utters(tree, piece):
            found.content -= _beside(tree, piece, found.content)
    for piece in touched(quoted, found.content) if found.content else ():
        if found.head not in piece.tokens and _utters(tree, piece) and not _much(tree, piece, found.content):
            found.content -= piece.tokens  # a few words of what another says


def dialogue(quoted: Sequence[Piece]) -> list[Piece]:
    """The quotations of paragraphs in which one closes and the next opens with no word between: people in talk."""
    parts = {
        one.part for one, other in itertools.pairwise(quoted) if one.part == other.part and one.after == other.first
    }
    return [piece for piece in quoted if piece.part in parts]


def spoken(tree: Tree, finds: Sequence[Find], ruled: Sequence[Find], quoted: Sequence[Piece]) -> Iterator[Find]:
    """What the rules know of sentences between quotation marks that none of `finds` has.

    The speaker that a rule names for it, else who spoke before it in its paragraph, whose Find then grows.
    """
    for piece in left_over(tree, finds, [piece for piece in quoted if sentence(tree, piece)]):
        who = [r for r in ruled if piece.tokens <= r.content | r.cue | r.source and _speaks(r, piece)]
        by_head = {f.head: f for f in finds}
        for rule in who[:1]:
            if rule.head in by_head:
                by_head[rule.head].content |= piece.tokens - rule.cue - rule.source
            else:
                yield rule
        before = [f for f in finds if f.sources and f.head < piece.first and tree.parse.part[f.head] == piece.part]
        if not who and before:
            before[-1].content |= piece.tokens


def alone(tree: Tree, finds: Sequence[Find], quoted: Sequence[Piece]) -> Iterator[Find]:
    """Sentences between quotation marks that no Find has: somebody says them, and the text does not say who."""
    for piece in left_over(tree, finds, [piece for piece in quoted if _utters(tree, piece, goes_on=True)]):
        found = Find(piece.first, "speech_alone", Manner.SAID, Stance.NEUTRAL, set(), [], piece.tokens, speech=True)
        found.note = "between quotation marks; the text does not say here who speaks"
        yield found


def left_over(tree: Tree, finds: Sequence[Find], quoted: Sequence[Piece]) -> list[Piece]:
    """The quotations of which no Find from outside has a word."""
    out = []
    for piece in quoted:
        outer = [f for f in finds if f.head not in piece.tokens and touching(f, piece)]
        if not outer:
            out.append(piece)
    return out


def touching(found: Find, piece: Piece) -> bool:
    """Whether a Find has a word of a quotation."""
    return not piece.tokens.isdisjoint(found.content | found.cue | found.source)


def _speaks(rule: Find, piece: Piece) -> bool:
    return bool(rule.sources) and (rule.head not in piece.tokens or rule.rule == "transcript")


def sentence(tree: Tree, piece: Piece) -> bool:
    """Whether a quotation holds a sentence with a verb, no title and no scare quote."""
    words = [t for t in piece.tokens if tree.text[t].strip(MARKS)]
    return len(words) >= FEW and any(tree.pos[t] in VERBS for t in words) and _utters(tree, piece)


def _utters(tree: Tree, piece: Piece, *, goes_on: bool = False) -> bool:
    """Whether a quotation opens with a capital and ends with a mark, as what is called out does.

    One that may be the second half of a speech (`goes_on`: "“I am sure,” said Fred, “and we ...”") needs no capital
    behind a comma or dash, or where its paragraph opens.
    """
    inner = [t for t in range(piece.first + 1, piece.after - 1) if tree.text[t].strip(MARKS)]
    if not inner:
        return False
    first = piece.first == 0 or tree.parse.part[piece.first - 1] != piece.part
    halved = goes_on and (first or tree.text[piece.first - 1][-1:] in PAUSES)
    if not tree.text[inner[0]][:1].isupper() and not halved:
        return False
    return piece.whole or tree.text[piece.after - 2][-1:] in STOPS or tree.text[piece.after - 1][:1] in STOPS


def _much(tree: Tree, piece: Piece, content: set[int]) -> bool:
    words = {t for t in piece.tokens if tree.pos[t] != "PUNCT"}
    return bool(words) and len(content & words) >= MOST * len(words)


def _turns(mine: Sequence[Piece]) -> list[list[Piece]]:
    out: list[list[Piece]] = []
    for piece in mine:
        if out and out[-1][-1].after < piece.first:
            out[-1].append(piece)
        else:
            out.append([piece])
    return out


def _away(head: int, turn: Sequence[Piece]) -> int:
    return min(min(abs(head - piece.first), abs(head - piece.after)) for piece in turn)


def _beside(tree: Tree, piece: Piece, content: set[int]) -> set[int]:
    """The content that runs on from a quotation in its sentence, before and behind, with no word left out."""
    out: set[int] = set()
    for step, at in ((-1, piece.first - 1), (1, piece.after)):
        while 0 <= at < len(tree.text) and (at in content or tree.pos[at] == "PUNCT"):
            if tree.parse.part[at] != piece.part or tree.text[at] in BREAKS:
                break
            out.add(at)
            at += step
    return out & content


def touched(quoted: Sequence[Piece], tokens: set[int]) -> Sequence[Piece]:
    """The Pieces between the first and the last of some tokens."""
    low = bisect.bisect_right(quoted, min(tokens), key=lambda piece: piece.after)
    high = bisect.bisect_right(quoted, max(tokens), key=lambda piece: piece.first)
    return quoted[low:high]


_ENDS = frozenset({".", "!", "?", ":", "”", '"', "''", "…"})


def attach(tree: Tree, finds: list[Find], quoted: list[Piece], headings: set[int]) -> list[Find]:
    """Give every quotation that is speech to its cue; Finds that end without content are left out.

    `headings` are the parts that are headlines: a quotation there is nobody's running speech.
    """
    home = {t: n for n, piece in enumerate(quoted) for t in range(piece.first, piece.after)}
    for found in finds:
        _whole(found, quoted, home)
    for found in finds:
        if not found.content and found.speech and found.head not in home:
            _ = speech_before(tree, found, quoted) or speech_after(tree, found, quoted)
    kept = [f for f in finds if f.content]
    speakers = _speakers(kept, home)
    for n, piece in enumerate(quoted):
        if not piece.taken and piece.part not in headings:
            last = bisect.bisect_left(speakers, piece.first, key=lambda f: f.head) - 1
            if last >= 0:
                _ = _split(tree, piece, speakers[last]) or _continued(tree, piece, speakers[last], quoted[:n][-1:])
    return kept


def speech_before(tree: Tree, found: Find, quoted: list[Piece]) -> bool:
    """ "'We ran. Nobody helped,' Lina recalled": the quotation right before a cue that has no other content."""
    low = min(found.cue | found.source | found.addressee)
    n = bisect.bisect_right(quoted, low, key=lambda piece: piece.after) - 1
    if n < 0 or quoted[n].taken or low - quoted[n].after > 2:
        return False
    if any(tree.pos[t] != "PUNCT" for t in range(quoted[n].after, low)):
        return False
    return _take(found, quoted, n, "speech_before")


def speech_after(tree: Tree, found: Find, quoted: list[Piece]) -> bool:
    """ "Lina said on Tuesday: 'We ran.'": the quotation that a cue without other content leads to."""
    high = max(found.cue | found.source | found.addressee)
    n = bisect.bisect_right(quoted, high, key=lambda piece: piece.first)
    if n == len(quoted) or quoted[n].taken or quoted[n].first - high > NEAR or not _leads(tree, high, quoted[n]):
        return False
    return _take(found, quoted, n, "speech_after")


def _take(found: Find, quoted: list[Piece], n: int, rule: str) -> bool:
    quoted[n].taken = True
    found.content |= quoted[n].tokens
    found.rule = rule
    _earlier(found, quoted, n)
    return True


def _speakers(finds: list[Find], home: dict[int, int]) -> list[Find]:
    """Finds that running speech may go to, by place: with a source, outside quotations and others' contents."""
    held = {t: n for n, found in enumerate(finds) for t in found.content}
    return [
        f for n, f in enumerate(finds) if f.speech and f.sources and f.head not in home and held.get(f.head, n) == n
    ]


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


def _leads(tree: Tree, high: int, piece: Piece) -> bool:
    """Whether what stands between a cue and a quotation behind it lets the cue take it."""
    gap = range(high + 1, piece.first)
    part = tree.parse.part
    if part[high] != piece.part:
        return part[piece.first] == part[high] + 1 and piece.opens and any(tree.text[t] in (":", ",") for t in gap[-1:])
    same = tree.parse.sent[high] == tree.parse.sent[piece.first]
    return not gap or tree.text[gap[-1]] in (":", ",") or (same and not any(tree.pos[t] == "VERB" for t in gap))


def _split(tree: Tree, piece: Piece, found: Find) -> bool:
    """ "'We waited,' Amir said, 'but no one came.'": the second half right behind the cue."""
    last = max(found.cue | found.source)
    behind = last < piece.first and all(tree.pos[t] == "PUNCT" for t in range(last + 1, piece.first))
    if not behind or min(found.content) > found.head:
        return False
    piece.taken = True
    found.content |= piece.tokens
    return True


def _continued(tree: Tree, piece: Piece, found: Find, before: list[Piece]) -> bool:
    """Speech without a cue of its own goes to the speaker before it: same speech, paragraph, or the one before."""
    if not piece.opens or not piece.long:
        return False
    part = tree.parse.part
    first = piece.first == 0 or part[piece.first - 1] != piece.part
    near = part[found.head] == piece.part or (first and piece.first > 0 and part[found.head] == part[piece.first - 1])
    if not near and not any(b.speech == piece.speech and b.first in found.content for b in before):
        return False
    piece.taken = True
    found.content |= piece.tokens
    found.note = found.note or "speech without a cue of its own goes to the speaker before it"
    return True
