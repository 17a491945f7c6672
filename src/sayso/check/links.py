"""What hangs on what in a sentence: the verb that a time or place belongs to, its tense, its subject."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from sayso.case import Page
from sayso.records import Quotation, Span

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_FUTURE = ("will", "shall", "'ll", "’ll", "wo")


def tokens(page: Page, span: Span) -> range:
    """The tokens that a span touches; none where it lies outside the prose."""
    return range(bisect_right(page.parse.end, span.start), bisect_left(page.parse.start, span.end))


def head(page: Page, span: Span) -> int | None:
    """The token of a span on which its others hang: the first whose head lies outside it."""
    inside = tokens(page, span)
    heads = page.parse.head
    return next((t for t in inside if heads[t] not in inside or heads[t] == t), None)


def governor(page: Page, span: Span) -> tuple[int, str] | None:
    """The token that the words of a span belong to, and the preposition between them ("" for none).

    Example: "died on 3 May" gives ("died", "on"); "the 1997 raid" gives ("raid", "").
    """
    at = head(page, span)
    if at is None or page.parse.head[at] == at:
        return None
    parse, at = page.parse, out_of_time(page, at)
    if parse.dep[at] in ("pobj", "pcomp") and parse.head[at] != at:
        preposition = parse.head[at]
        return parse.head[preposition], parse.text[preposition].lower()
    return parse.head[at], ""


def out_of_time(page: Page, token: int) -> int:
    """From "May" in "the evening of 3 May" to "evening": out of the parts of one time."""
    parse = page.parse
    while parse.dep[token] in ("nummod", "compound", "npadvmod") and parse.ent[parse.head[token]] in ("DATE", "TIME"):
        if parse.head[token] == token:
            break
        token = parse.head[token]
    return token


def up_to_verb(page: Page, token: int) -> Iterator[int]:
    """A token and those above it up to the first verb, within its sentence."""
    parse = page.parse
    for _ in range(20):
        yield token
        if parse.pos[token] in ("VERB", "AUX") or parse.head[token] == token:
            return
        token = parse.head[token]


def auxiliaries(page: Page, token: int) -> list[str]:
    """The helping verbs of a verb in lower case; a verb joined by "and" has those of the first."""
    parse = page.parse
    while True:
        found = [parse.text[c].lower() for c in parse.children[token] if parse.dep[c] in ("aux", "auxpass")]
        if found or parse.dep[token] != "conj" or own_subject(page, token) is not None:
            return found
        token = parse.head[token]


def is_future(page: Page, token: int) -> bool:
    """Whether a verb is put in the future: "will open", "is going to open"."""
    parse = page.parse
    if any(word in _FUTURE for word in auxiliaries(page, token)):
        return parse.tag[token] != "VBD"
    above = parse.head[token]
    going = parse.dep[token] == "xcomp" and parse.text[above].lower() == "going"
    return going and any(word in ("is", "are", "'s", "’s", "am") for word in auxiliaries(page, above))


def is_past(page: Page, token: int) -> bool:
    """Whether a verb tells something as done: "sank", "was closed", "has opened"; not "would", "had to", "be"."""
    parse = page.parse
    helpers = auxiliaries(page, token)
    if any(parse.tag[c] == "MD" or parse.tag[c] == "TO" for c in parse.children[token] if parse.dep[c] == "aux"):
        return False
    if parse.tag[token] == "VBD":
        return True
    done = ("was", "were", "has", "have", "had", "did", "been")
    # The tagger takes "burned" in "Two warehouses burned down" for a participle.
    bare = not helpers and parse.dep[token] in ("ROOT", "conj") and own_subject(page, token) is not None
    return parse.tag[token] == "VBN" and (bare or any(word in done for word in helpers))


def is_negated(page: Page, token: int) -> bool:
    """Whether "not" or "never" hangs on a verb."""
    return any(page.parse.dep[child] == "neg" for child in page.parse.children[token])


def own_subject(page: Page, token: int) -> int | None:
    """The subject of a verb, where it has one of its own."""
    parse = page.parse
    return next((c for c in parse.children[token] if parse.dep[c] in _SUBJECTS), None)


def subject(page: Page, token: int) -> int | None:
    """The subject of a verb; a verb joined by "and" shares that of the first."""
    parse = page.parse
    for _ in range(8):
        if (found := own_subject(page, token)) is not None:
            return found
        if parse.dep[token] != "conj" or parse.head[token] == token:
            return None
        token = parse.head[token]
    return None


def below(page: Page, token: int) -> Iterator[int]:
    """A token and all that hangs on it."""
    waiting = [token]
    while waiting:
        at = waiting.pop()
        yield at
        waiting.extend(page.parse.children[at])


def sentence(page: Page, span: Span) -> Span | None:
    """The sentence that a span begins in."""
    inside = tokens(page, span)
    if not inside:
        return None
    first, after = page.parse.sentences[page.parse.sent[inside[0]]]
    return page.span(first, after)


def quoted(page: Page, span: Span) -> bool:
    """Whether a span stands between quotation marks."""
    return any(q.span.start <= span.start and span.end <= q.span.end for q in page.of(Quotation))
