"""Loaded words: epithets, scare quotes, words of distance and contested labels, each with whose words they are."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.case import Page
from sayso.detect import lexicon
from sayso.detect.lexicon import Loaded
from sayso.records import (
    LoadedKind,
    LoadedVoice,
    LoadedWord,
    PartKind,
    Quotation,
    Span,
    Statement,
    Why,
    Wording,
    loaded_word_id,
)
from sayso.text import Tokens

FEW = 3  # words: a longer quotation is a passage, not a word held at a distance
PAIR = 2  # quotations in a sentence: more are a row of samples
NEAR = 4  # tokens before a quotation in which "the word", "called" or "the film" make it a name
HYPHENS = frozenset({"-", "\u2010", "\u2011"})
MARKS = "\"'“”‘’„‟«»‹›`‚「」『』＂"
TITLE_CASE = 0.6  # share of capitalised words from which a headline's capitals say nothing


@dataclass(frozen=True, slots=True)
class Found:
    """A loaded word before it is known whose it is."""

    span: Span
    kind: LoadedKind
    why: Why


def loaded_words(page: Page) -> Iterator[LoadedWord]:
    """Words that take a side, or hold what they name at a distance, with the guide that says so and whose they are.

    They are quoted where they stand in the quotation marks of somebody's direct or mixed speech, paraphrased
    where the writer puts them into a source's mouth, and own elsewhere, in the names of sources too. Only the
    words decide, never whom they are used of. Example: "The regime called the “martyrs” bandits" has
    "regime", own. Blind spots: irony without marks; a plain word used as a slur; a neutral sense of a listed
    word that its row does not know; inside a quotation "quoted" is whoever is quoted there, even where that
    speaker reports another.
    """
    quoted = sorted(page.of(Quotation), key=lambda one: one.span.start)
    words = list(listed(page))
    scared = list(scare_quotes(page, quoted, words))
    # A listed word in scare quotes is one find: the marks say more than the list.
    words = [one for one in words if not any(_within(one.span, other.span) for other in _near(scared, one.span))]
    found = sorted([*words, *scared], key=lambda one: (one.span.start, one.span.end))
    for one, held in zip(found, _innermost(page, found), strict=True):
        voice = _voice(one, held, _around(quoted, one.span))
        id = loaded_word_id(one.span, one.kind)
        yield LoadedWord(id, one.span, one.kind, voice, held.id if held else None, one.why)


# --- words of the list --------------------------------------------------------------------------------------------


def listed(page: Page) -> Iterator[Found]:
    """A word of the list, in any inflected form, that is no part of a proper name and not cleared by its neighbour.

    The list (`data/loaded_words.tsv`) names for every word a published style guide, dictionary or study that calls
    it loaded or contested. A modifier such as "so-called" or "alleged" counts only before a noun.
    """
    parse, table = page.parse, lexicon.loaded()
    names = _Names(page)
    token = 0
    while token < len(parse):
        rows = table.get(parse.text[token].lower(), ())
        after, row = next(((after, row) for row in rows if (after := _match(page, token, row))), (token + 1, None))
        if row is not None and _counts(page, token, after, row) and not names.holds(token, after):
            span = page.span(token, after)
            yield Found(span, row.kind, Why("wording.listed", (span,), note=f"called so by {row.source}"))
        token = after if row is not None else token + 1


def _match(page: Page, token: int, row: Loaded) -> int:
    """The token after the row's words where they stand at `token`, 0 where they do not; hyphens are passed over."""
    parse, at = page.parse, token
    for n, word in enumerate(row.words):
        if n and at < len(parse) and parse.text[at] in HYPHENS:
            at += 1
        if at >= len(parse) or parse.sent[at] != parse.sent[token] or parse.text[at].lower() != word.lower():
            return 0
        if word != word.lower() and parse.text[at][0].islower():
            return 0
        at += 1
    return at


def _counts(page: Page, token: int, after: int, row: Loaded) -> bool:
    """Whether the words have their loaded sense here: as a noun or modifier, with no neighbour that clears them."""
    parse = page.parse
    if len(row.words) == 1 and parse.pos[token] == "VERB" and row.kind is not LoadedKind.DISTANCING:
        return False
    if row.kind is LoadedKind.DISTANCING and not _modifies(page, token, after):
        return False
    return not row.unless & {*_beside(page, token - 1, -1), *_beside(page, after, 1)}


def _beside(page: Page, token: int, step: int) -> tuple[str, ...]:
    """The word at `token` or behind a hyphen there, as it stands and in its dictionary form."""
    parse = page.parse
    if 0 <= token < len(parse) and parse.text[token] in HYPHENS:
        token += step
    return (parse.text[token].lower(), parse.lemma[token]) if 0 <= token < len(parse) else ()


def _modifies(page: Page, token: int, after: int) -> bool:
    """Whether a noun follows, behind adjectives, a hyphen or a quotation mark; "is supposed to" has none."""
    parse = page.parse
    for at in range(after, min(after + 5, len(parse))):
        if parse.sent[at] != parse.sent[token]:
            return False
        if parse.pos[at] in ("NOUN", "PROPN"):
            return True
        if parse.pos[at] not in ("ADJ", "ADV", "NUM") and parse.text[at] not in (*HYPHENS, *MARKS, "''", "``"):
            return False
    return False


class _Names:
    """Which listed words belong to proper names: those with a capital that the sentence does not ask for.

    A lower-case word inside an entity is no part of its name ("the Sarrow regime"). At the start of a sentence and
    in a headline that capitalises every word, it is a name where the same word has its capital elsewhere too, or
    where an entity goes on beside it.
    """

    def __init__(self, page: Page) -> None:
        self.page, self.shouting = page, _title_case(page)
        table = lexicon.loaded()
        # Words that are always written with a capital (Islamist).
        self.proper = frozenset(row.words[0] for rows in table.values() for row in rows if row.words[0][0].isupper())
        texts = page.parse.text
        capital = [t for t in range(len(texts)) if texts[t][0].isupper() and texts[t].lower() in table]
        self.known = frozenset(texts[t] for t in capital if not self._asked(t))

    def holds(self, token: int, after: int) -> bool:
        """Whether the words at `[token, after)` are part of a name."""
        parse = self.page.parse
        if not parse.text[token][0].isupper():
            return False
        if self._asked(token):
            beside = ((after - 1, after), (token, token - 1))
            known = parse.text[token] in self.known and parse.text[token] not in self.proper
            return known or any(_same_entity(self.page, one, other) for one, other in beside)
        return True

    def _asked(self, token: int) -> bool:
        """Whether a word has a capital here whatever it is."""
        parse = self.page.parse
        return parse.text[token] in self.proper or parse.part[token] in self.shouting or _starts(self.page, token)


def _same_entity(page: Page, token: int, other: int) -> bool:
    parse = page.parse
    if not 0 <= other < len(parse) or parse.sent[token] != parse.sent[other] or not parse.ent[token]:
        return False
    return parse.ent[token] == parse.ent[other] and parse.text[other][:1].isupper()


def _starts(page: Page, token: int) -> bool:
    """Whether a sentence, or speech within one, starts at `token`: only marks stand before it."""
    parse = page.parse
    first = parse.sentences[parse.sent[token]][0]
    before = parse.text[token - 1] if token > first else ""
    return token == first or before in (":", *MARKS, "''", "``", "(", "—", "–")


def _title_case(page: Page) -> frozenset[int]:
    """The headlines that capitalise most of their longer words."""
    parts = [(n, part) for n, part in enumerate(page.document.parts) if part.kind is PartKind.HEADLINE]
    found = set()
    for number, part in parts:
        words = [word for word in page.quote(part.span).split() if len(word) > 3 and word[0].isalpha()]
        if words and sum(word[0].isupper() for word in words) >= TITLE_CASE * len(words):
            found.add(number)
    return frozenset(found)


# --- scare quotes -------------------------------------------------------------------------------------------------


def scare_quotes(page: Page, quoted: list[Quotation], words: Iterable[Found] = ()) -> Iterator[Found]:
    """One to three words in quotation marks inside a sentence of the writer's, which nobody is cited for.

    Not where a cue takes them or other marks of their sentence, where a reporting verb governs them, in headlines
    (there the marks quote), or behind a word of distance (which says the same); nor for a name or title, a nickname
    between first and last name, an explanation in brackets, a word named as a word ("the term", "called", "known
    as") or a number. Example: The army opened the “safe” road again.
    """
    cited = _Cover((span, one) for one in page.of(Statement) if one.chain for span in one.content)
    tokens = Tokens(page.parse.start, page.parse.end)
    distant = {one.span.end for one in words if one.kind is LoadedKind.DISTANCING}
    places = [(one, tokens.within(one.span.start, one.span.end)) for one in quoted]
    sentences = Counter(page.parse.sent[inside.start] for one, inside in places if inside)
    # Marks of one sentence are of one sort: others there that are cited, or a whole row of them, quote.
    citing = {page.parse.sent[inside.start] for one, inside in places if inside and cited.meets(one.span)}
    citing |= {sentence for sentence, times in sentences.items() if times > PAIR}
    for one, inside in places:
        if not inside or not _few(page, one.span) or page.parse.sent[inside.start] in citing:
            continue
        if inside.start and page.parse.end[inside.start - 1] in distant:
            continue
        if page.document.text[one.span.start - 1 : one.span.start] == "=":  # an attribute of markup
            continue
        if _in_sentence(page, inside) and not (_titled(page, inside) or _named(page, inside) or _cued(page, inside)):
            note = "quotation marks around a word that nobody is cited for"
            yield Found(one.span, LoadedKind.SCARE_QUOTES, Why("wording.scare_quotes", (one.span,), note=note))


def _bare(page: Page, inside: range) -> list[int]:
    """The words of a quotation without its marks and commas."""
    return [t for t in inside if any(c.isalnum() for c in page.parse.text[t])]


def _few(page: Page, span: Span) -> bool:
    """Whether one to three words stand between the marks, the first of them no number."""
    words = page.quote(span).strip(MARKS).split()
    return 1 <= len(words) <= FEW and words[0][:1].isalpha()


def _in_sentence(page: Page, inside: range) -> bool:
    """Whether the sentence has words of its own around the quotation, in a part that is no headline."""
    parse = page.parse
    if page.document.parts and page.document.parts[parse.part[inside.start]].kind is PartKind.HEADLINE:
        return False
    if parse.sent[inside.start] != parse.sent[inside.stop - 1] or parse.text[inside.stop - 2] in ("?", "!"):
        return False
    first, after = parse.sentences[parse.sent[inside.start]]
    rest = [t for t in (*range(first, inside.start), *range(inside.stop, after)) if parse.pos[t] != "PUNCT"]
    return len(rest) >= 2


def _titled(page: Page, inside: range) -> bool:
    """A name: every word but small ones capitalised where the sentence does not ask for it; or between two names."""
    parse = page.parse
    bare = _bare(page, inside)
    capital = [parse.text[t][0].isupper() for t in bare if len(parse.text[t]) > 3 or t == bare[0]]
    starts = _starts_before(page, inside)
    if all(capital) and not (starts and len(bare) == 1):
        return True
    before, behind = inside.start - 1, inside.stop
    if not (before >= 0 and behind < len(parse) and parse.sent[before] == parse.sent[inside.start]):
        return False
    return parse.sent[behind] == parse.sent[before] and all(parse.text[t][0].isupper() for t in (before, behind))


def _starts_before(page: Page, inside: range) -> bool:
    return inside.start == page.parse.sentences[page.parse.sent[inside.start]][0]


def _named(page: Page, inside: range) -> bool:
    """A word named as a word, a title of a work, or an explanation in brackets."""
    parse = page.parse
    first = parse.sentences[parse.sent[inside.start]][0]
    before = [parse.text[t].lower() for t in range(max(first, inside.start - NEAR), inside.start)]
    behind = parse.text[inside.stop].lower() if inside.stop < len(parse) else ""
    if before[-1:] in (["("], [":"]) or "as" in before[-2:] or {*before[-1:], behind} & lexicon.beside("work"):
        return True
    return bool(set(before) & (lexicon.beside("naming") | lexicon.beside("word")))


def _cued(page: Page, inside: range) -> bool:
    """Whether a reporting verb governs the quotation: then it is somebody's word, found or not."""
    parse = page.parse
    token = next((t for t in _bare(page, inside) if parse.head[t] not in inside), inside.start)
    for _ in range(12):
        if parse.dep[token] in ("nsubj", "nsubjpass", "relcl", "ROOT", "advcl"):
            return False
        up = parse.head[token]
        if parse.pos[up] == "VERB" and parse.lemma[up] in lexicon.verbs():
            return True
        if up == token:
            return False
        token = up
    return False


# --- whose they are -----------------------------------------------------------------------------------------------


class _Cover:
    """Spans, to be asked whether one of them shares a character with another."""

    def __init__(self, spans: Iterable[tuple[Span, Statement]]) -> None:
        ordered = sorted((span.start, span.end) for span, _ in spans)
        self._starts = [start for start, _ in ordered]
        self._ends: list[int] = []
        for _, end in ordered:
            self._ends.append(max(end, self._ends[-1]) if self._ends else end)

    def meets(self, span: Span) -> bool:
        at = bisect.bisect_left(self._starts, span.end)
        return at > 0 and self._ends[at - 1] > span.start


def _innermost(page: Page, found: list[Found]) -> Iterator[Statement | None]:
    """For each find, in order of place, the innermost statement whose content holds it."""
    spans = sorted(
        ((span, statement) for statement in page.of(Statement) for span in statement.content),
        key=lambda pair: (pair[0].start, -pair[0].end, len(pair[1].chain), pair[1].id),
    )
    at, open_now = 0, list[tuple[Span, Statement]]()
    for one in found:
        while at < len(spans) and spans[at][0].start <= one.span.start:
            open_now.append(spans[at])
            at += 1
        open_now = [pair for pair in open_now if pair[0].end > one.span.start]
        holding = [pair for pair in open_now if _within(one.span, pair[0])]
        yield max(holding, key=_depth)[1] if holding else None


def _depth(pair: tuple[Span, Statement]) -> tuple[int, int, str]:
    span, statement = pair
    return len(statement.chain), span.start - span.end, statement.id


def _voice(one: Found, held: Statement | None, mark: Quotation | None) -> LoadedVoice:
    """Whose the word is; speech in marks that nobody is found for is still somebody's, not the writer's."""
    if one.kind is LoadedKind.SCARE_QUOTES:
        return LoadedVoice.OWN
    if mark is not None or (held is not None and held.wording is Wording.DIRECT):
        return LoadedVoice.QUOTED
    return LoadedVoice.PARAPHRASED if held is not None and held.chain else LoadedVoice.OWN


def _around(quoted: list[Quotation], span: Span) -> Quotation | None:
    """The quotation that a span stands in."""
    at = bisect.bisect_right(quoted, span.start, key=lambda one: one.span.start) - 1
    return quoted[at] if at >= 0 and _within(span, quoted[at].span) else None


def _near(scared: list[Found], span: Span) -> list[Found]:
    at = bisect.bisect_right(scared, span.start, key=lambda one: one.span.start)
    return scared[max(at - 1, 0) : at]


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
