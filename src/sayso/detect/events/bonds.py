"""Pairs of words that a verb, a noun or a participle ties to one another, by the table `relations.tsv`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sayso.case import Parse
from sayso.detect import lexicon
from sayso.detect.events.frames import Frame, speaker, subject, undergoer
from sayso.detect.events.status import status
from sayso.detect.events.walk import RELATIVE, conjuncts, kid, kids, objects, passive
from sayso.records import EventStatus, MentionKind, RelationKind

HELD = frozenset({EventStatus.HAPPENED, EventStatus.ONGOING, EventStatus.HISTORICAL})
NAMES = frozenset({"ORG", "GPE", "NORP", "PERSON", "LOC", "FAC"})
BEFORE = 2  # words before a verb or noun in which "once" and "former" are looked for


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the table: what it ties, how its other side hangs on it, and kinds that cannot stand on its sides."""

    kind: RelationKind
    preposition: str
    never: tuple[frozenset[MentionKind], frozenset[MentionKind]]
    past: bool


@dataclass(frozen=True, slots=True)
class Bond:
    """A tie in tokens: the heads of its two sides, the words that say it, and how they say it."""

    kind: RelationKind
    subject: int
    object: int
    cue: tuple[int, ...]
    status: EventStatus
    never: tuple[frozenset[MentionKind], frozenset[MentionKind]]
    note: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two sides and the word that the status is read from (a copula where a noun is said of somebody)."""

    subject: int
    object: int
    way: str
    verb: int | None = None


def bonds(p: Parse) -> Iterator[Bond]:
    """Every tie of a page, in text order; a side may be any noun or pronoun."""
    seen = set[tuple[int, int, RelationKind]]()
    for token in range(len(p)):
        for entry, cue, pair in _found(p, token):
            key = (pair.subject, pair.object, entry.kind)
            if key in seen or pair.subject == pair.object or not (_side(p, key[0]) and _side(p, key[1])):
                continue
            seen.add(key)
            state = _status(p, token, pair, entry)
            if state is not None:
                yield Bond(entry.kind, pair.subject, pair.object, cue, state, entry.never, pair.way)


def _found(p: Parse, token: int) -> Iterator[tuple[Entry, tuple[int, ...], _Pair]]:
    lemma = p.lemma[token].lower()
    if p.pos[token] == "VERB" or p.tag[token] in ("VBN", "VBD"):
        for entry in _table("hyphen").get(lemma, ()):
            yield from ((entry, (token,), pair) for pair in _hyphened(p, token))
        for entry in _table("verb").get(lemma, ()):
            yield from ((entry, (token,), pair) for pair in _verbal(p, token, entry))
        if lemma in _words("giver"):
            yield from _given(p, token)
    if p.pos[token] in ("NOUN", "PROPN", "VERB"):
        for entry in _table("deed").get(lemma, ()):
            yield from ((entry, (token,), pair) for pair in _deeds(p, token, entry))
    if p.pos[token] in ("NOUN", "PROPN", "ADJ"):
        for entry in _table("noun").get(_two(p, token), _table("noun").get(lemma, ())):
            yield from ((entry, (token,), pair) for pair in _described(p, token, entry))


def _verbal(p: Parse, verb: int, entry: Entry) -> Iterator[_Pair]:
    """ "X hosts Y", "Y, hosted by X", "X, which hosts Y", "X sided with Y"."""
    if p.dep[verb] == "amod" or _joins_in(p, verb, entry):
        return
    if entry.preposition:
        whom = [noun for _, noun in objects(p, verb, entry.preposition)]
        over = kid(p, verb, "nsubj", "nsubjpass")
        who = _antecedent(p, verb, over) if over is not None else _subject(p, verb)
    else:
        under = undergoer(p, verb)
        whom, who = [under] if under is not None else [], _subject(p, verb)
    if who is None:
        return
    way = "verb, passive" if passive(p, verb) else "verb"
    yield from (_Pair(a, b, way, verb) for a in _each(p, who) for one in whom for b in _each(p, one))


def _given(p: Parse, verb: int) -> Iterator[tuple[Entry, tuple[int, ...], _Pair]]:
    """ "X gave Y rifles", "X supplied Y with rifles", "X ships rifles to Y"."""
    under, who = undergoer(p, verb), _subject(p, verb)
    if under is None or who is None:
        return
    behind = (noun for one in (verb, under) for _, noun in objects(p, one, "to", "for"))
    whom = [*(k for k in kids(p, verb, "dative") if p.pos[k] != "ADP"), *behind]
    goods = [under]
    if not whom or p.lemma[under] not in _table("given"):
        whom, goods = [under], [noun for _, noun in objects(p, verb, "with")]
    for thing in goods:
        for entry in _table("given").get(p.lemma[thing], ()):
            for pair in (_Pair(a, b, "given", verb) for a in _each(p, who) for one in whom for b in _each(p, one)):
                yield entry, (verb, thing), pair


def _hyphened(p: Parse, token: int) -> Iterator[_Pair]:
    """ "the X-backed Y"."""
    first = token - 2
    if first >= 0 and p.text[token - 1] == "-" and p.end[token - 1] == p.start[token] and p.head[token] != token:
        yield _Pair(first, p.head[token], "hyphen")


def _deeds(p: Parse, token: int, entry: Entry) -> Iterator[_Pair]:
    """ "X's funding of Y"."""
    doers = [k for k in kids(p, token, "poss", "compound", "amod") if p.ent[k] in NAMES or p.dep[k] == "poss"]
    for who in doers:
        for _, noun in objects(p, token, entry.preposition):
            yield from (_Pair(a, b, "deed") for a in _each(p, who) for b in _each(p, noun))


def _described(p: Parse, noun: int, entry: Entry) -> Iterator[_Pair]:
    """ "X's ally Y", "Y, a member of X", "X leader Y", "Y is the head of X"; not "X's opposition leader Y"."""
    if _narrowed(p, noun, entry):
        return
    for who, verb, way in _bearers(p, noun):
        if p.ent[noun] and p.ent[noun] == p.ent[who]:  # a title inside a name: "Queen Mary Docks"
            continue
        for owner in _owners(p, noun, who, entry):
            yield from (_Pair(who, b, way, verb) for b in _each(p, owner) if b != who)


def _bearers(p: Parse, noun: int) -> Iterator[tuple[int, int | None, str]]:
    """Whom a noun describes, with the verb that says so."""
    up, dep = p.head[noun], p.dep[noun]
    if dep in ("appos", "compound", "nmod", "amod") and _proper(p, up) and (dep == "appos" or up > noun):
        yield up, None, "apposition" if dep == "appos" else "title"
    elif dep in ("attr", "oprd") and p.lemma[up] in ("be", "become", "remain", "stay"):
        who = kid(p, up, "nsubj")
        who = who if who is None else _antecedent(p, up, who)
        yield from ((a, up, "said of it") for a in (_each(p, who) if who is not None else ()))
    for behind in kids(p, noun, "appos"):
        yield from ((a, None, "apposition") for a in _each(p, behind) if _proper(p, a))
    behind = noun + 1
    # "Norvania's ally Talmera closed": both are parsed as subjects of the verb.
    if behind < len(p) and p.pos[behind] == "PROPN" and p.head[behind] != noun and dep in ("nsubj", "dobj", "pobj"):
        last = behind
        while p.head[last] > last and p.dep[last] == "compound":
            last = p.head[last]
        if p.head[last] == up and p.dep[last] == dep:
            yield last, None, "apposition"


def _owners(p: Parse, noun: int, who: int, entry: Entry) -> list[int]:
    """To whom the noun says that somebody is what it says: "of X", else "X leader" or "X's"; the nearest before it."""
    behind = [t for _, t in objects(p, noun, "of", *filter(None, (entry.preposition,)))]
    if p.head[noun] == who and p.dep[noun] in ("compound", "nmod", "amod") and not behind:
        behind = [t for _, t in objects(p, who, "of")]
    if behind:
        return behind
    over = (noun, who) if p.head[noun] == who else (noun,)
    before = [k for one in over for k in kids(p, one, "poss", "compound", "nmod", "amod") if k < noun]
    owned = [k for k in before if p.dep[k] == "poss"]  # "Sarrow's Talmeran rival" is Sarrow's
    named = owned or [k for k in before if p.ent[k] in NAMES and p.pos[k] != "NOUN"]
    near = max(named, default=None)
    return [] if near is None or any(p.pos[t] == "PUNCT" for t in range(near, noun)) else [near]


def _narrowed(p: Parse, noun: int, entry: Entry) -> bool:
    """Whether the noun is of a part only: "police chief", "Senate Minority Leader", "chief of staff"."""
    if entry.kind not in (RelationKind.LEADS, RelationKind.BELONGS_TO):
        return False
    before = noun - 1
    own = before >= 0 and p.dep[before] == "compound" and p.head[before] in (noun, p.head[noun])
    if own and p.ent[before] not in NAMES and _two(p, noun) not in _table("noun"):
        return True
    of = [t for _, t in objects(p, noun, "of")]
    return bool(of) and not any(p.pos[t] in ("PROPN", "PRON") or p.ent[t] in NAMES for t in of)


def _status(p: Parse, token: int, pair: _Pair, entry: Entry) -> EventStatus | None:
    """What the words say of a tie; None where it is only wished away ("urged it to stop arming them")."""
    verb = pair.verb
    if entry.past or _once(p, token) or (verb is not None and _once(p, verb)):
        return EventStatus.HISTORICAL
    if verb is None and pair.way != "deed":
        former = pair.way == "title" and any(p.text[k].lower() in _words("once") for k in kids(p, pair.subject, "amod"))
        return EventStatus.HISTORICAL if former else EventStatus.HAPPENED
    top = token if verb is None else verb
    noun = top if pair.way == "deed" and p.pos[top] != "VERB" else None
    up = p.head[top]
    if up != top and p.lemma[up] in _words("ended") and p.dep[top] in ("xcomp", "pcomp", "dobj", "nsubjpass"):
        ending, _ = status(p, Frame(up, (up,), up, None))
        return EventStatus.HISTORICAL if ending in HELD else None
    found, _ = status(p, Frame(top, (top,), top if noun is None else None, noun))
    return EventStatus.HAPPENED if found in HELD else found


def _once(p: Parse, token: int) -> bool:
    """Whether "former", "once" or "no longer" stands at a word, or right before it."""
    near = [*kids(p, token, "amod", "advmod", "compound", "neg", "npadvmod"), *range(max(token - BEFORE, 0), token)]
    near = [t for t in near if p.sent[t] == p.sent[token]]
    return any(p.text[t].lower() in _words("once") for t in near)


def _two(p: Parse, token: int) -> str:
    """The word with the one that it forms a title with: "prime-minister", "vice-president"."""
    return f"{p.lemma[token - 1].lower()}-{p.lemma[token].lower()}" if token else ""


def _joins_in(p: Parse, verb: int, entry: Entry) -> bool:
    """ "joined her in condemning", "left Vell for Dell", "leads them in the polls": another sense of the word."""
    if entry.kind is RelationKind.LEADS and not passive(p, verb):  # "leads them by a point", "in the polls"
        return any(True for _ in objects(p, verb, "by", "in", "with"))
    if verb and entry.kind is RelationKind.BELONGS_TO and p.tag[verb] == "VBG" and p.dep[verb] == "advcl":
        return True
    if entry.past:
        return any(True for _ in objects(p, verb, "for", "at"))
    return entry.kind is RelationKind.BELONGS_TO and any(
        p.text[k].lower() == "in" and kid(p, k, "pcomp") is not None for k in kids(p, verb, "prep")
    )


def _proper(p: Parse, token: int) -> bool:
    """Whether a word is a name's, also where the model took it for a common noun."""
    return p.pos[token] == "PROPN" or (p.pos[token] == "NOUN" and p.ent[token] in NAMES)


def _side(p: Parse, token: int) -> bool:
    """Whether a word can stand for an actor: no reflexive, no name of a thing, no number."""
    if p.ent[token] and p.ent[token] not in NAMES:
        return False
    return p.lemma[token].lower() not in _words("thing") and not p.text[token].lower().endswith(("self", "selves"))


def _subject(p: Parse, verb: int) -> int | None:
    side = subject(p, verb)
    if side is None:
        return None
    return speaker(p, side.token) or side.token


def _antecedent(p: Parse, verb: int, who: int) -> int:
    """The noun that a relative pronoun stands for, else the word itself."""
    return p.head[verb] if p.text[who].lower() in RELATIVE and p.dep[verb] == "relcl" else who


def _each(p: Parse, token: int) -> list[int]:
    """A side with those joined to it."""
    return conjuncts(p, token)


@cache
def _table(form: str) -> Mapping[str, tuple[Entry, ...]]:
    """The entries of one form by lemma."""
    out: dict[str, tuple[Entry, ...]] = {}
    for row in lexicon.rows("relations.tsv"):
        if row["form"] == form and row["kind"] != "-":
            for word in row["words"].split():
                lemma, _, preposition = word.partition("+")
                out[lemma] = (*out.get(lemma, ()), _entry(row, preposition))
    return MappingProxyType(out)


@cache
def _words(form: str) -> frozenset[str]:
    """The words of a form that ties nobody by itself."""
    rows = (row for row in lexicon.rows("relations.tsv") if row["kind"] == "-" and row["form"] == form)
    return frozenset().union(*(row["words"].split() for row in rows))


def _entry(row: Mapping[str, str], preposition: str) -> Entry:
    never = tuple(frozenset(MentionKind(k) for k in row[side].split() if k != "-") for side in ("subject", "object"))
    return Entry(RelationKind(row["kind"]), preposition, (never[0], never[1]), row["status"] == "historical")
