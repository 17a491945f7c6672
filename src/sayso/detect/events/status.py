"""What the words say of an event: happened, under way, ahead, threatened, demanded, open, denied, or history."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.case import Parse
from sayso.detect.events import words
from sayso.detect.events.frames import Frame, subject
from sayso.detect.events.walk import above, below, kid, kids, objects, passive
from sayso.records import EventStatus

REACH = 4  # words over the trigger that are asked
YEAR = re.compile(r"1\d{3}|20\d{2}")
AGE = re.compile(r"(1\d|20)\d0s")
HARMFUL = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE", "THREATEN"})
PRESENT = frozenset({"VBZ", "VBP"})
FAILS = frozenset({"xcomp", "dobj", "prep", "ccomp", "acl", "pcomp", "advcl"})
CARRIES = frozenset(
    {"xcomp", "ccomp", "acl", "dobj", "pobj", "pcomp", "prep", "nsubjpass", "nsubj", "conj", "appos", "oprd"}
)


@dataclass(frozen=True, slots=True)
class Around:
    """A trigger with what the rules ask: its verb or noun `top`, the words over it, the year that counts as now."""

    p: Parse
    top: int
    noun: bool
    over: tuple[int, ...]
    now: int | None
    headline: bool


def status(p: Parse, frame: Frame, *, now: int | None = None, headline: bool = False) -> tuple[EventStatus, str]:
    """The status of a trigger, and by which rule; tried in the order of docs/event-status-guide.md.

    `now` is the year of the text where it is known. Examples: "refused to leave" is negated, "threatened to burn it"
    threatened, "called for an inquiry" demanded, "may close" conditional, "agreed to pay" planned, "in 1961 it annexed"
    historical, "are shelling" ongoing. Blind spots: irony; a condition in the sentence before; a time that only the
    paragraph gives.
    """
    a = _around(p, frame, now, headline)
    rules = (
        (EventStatus.NEGATED, negated),
        (EventStatus.THREATENED, threatened),
        (EventStatus.DEMANDED, demanded),
        (EventStatus.CONDITIONAL, conditional),
        (EventStatus.PLANNED, planned),
        (EventStatus.HISTORICAL, historical),
        (EventStatus.ONGOING, ongoing),
    )
    for value, rule in rules:
        if rule(a):
            return value, rule.__name__
    return EventStatus.HAPPENED, "happened"


def negated(a: Around) -> bool:
    """Denied by its own words, by a verb of failing or cancelling over it, or by a subject that is nobody."""
    if _denied(a.p, a.top):
        return True
    before = a.top
    for up in a.over:
        word, dep = a.p.lemma[up], a.p.dep[before]
        if a.p.text[up].lower() == "without" or (dep in ("pcomp", "pobj") and word in ("without",)):
            return True
        if (
            word in words.around("failing")
            and dep in FAILS
            and (word not in ("keep", "stop") or a.p.tag[before] != "VBG")
        ):
            return not _denied(a.p, up)
        if word in words.around("cancelled") and _cancels(a.p, up, before):
            return not _denied(a.p, up)
        if word in ("have", "do") and dep in ("xcomp", "advcl") and _has(a.p, up, {"yet", "nothing"}):
            return True
        if word in ("decide", "vote", "choose", "promise", "agree") and dep == "xcomp" and _denied(a.p, before):
            return True
        if _denied(a.p, up) and dep in ("xcomp", "dobj", "attr", "nsubj", "nsubjpass", "conj") and _same(a, up):
            return True
        before = up
    return False


def threatened(a: Around) -> bool:
    """Under a threat: "threatened to", "the threat of", "warned that it would", a vow of harm."""
    before, harm = a.top, _harmful(a)
    for up in a.over:
        word, dep = a.p.lemma[up], a.p.dep[before]
        if word in ("threaten", "threat", "ultimatum") and dep != "nsubj":
            return True
        if word == "warn" and (_ahead(a) or dep in ("prep", "pobj")) and (harm or _own(a, up)):
            return True
        if (
            word in words.around("harsh")
            and harm
            and (word != "say" or not a.noun)
            and dep in ("xcomp", "ccomp", "dobj")
            and (_ahead(a) or a.noun or dep == "xcomp")
        ):
            return _own(a, up) or dep in ("xcomp", "dobj")
        before = up
    told = next(
        (u for u in (*a.over, *_siblings(a)) if a.p.lemma[u] in ("warn", "threaten", "tell", "ultimatum")), None
    )
    done = _aux(a.p, a.top) & {"have", "has", "had", "'ve", "’ve", "having"}
    return harm and not a.noun and told is not None and (_ahead(a) or (a.p.tag[a.top] == "VBN" and not done))


def demanded(a: Around) -> bool:
    """Another's wish or command: "called for", "ordered them to", "must", "should"; a bare command in a quotation."""
    if _aux(a.p, a.top) & {"must", "should", "ought", "shall"} and "have" not in _aux(a.p, a.top):
        return not _inverted(a.p, a.top)
    before = a.top
    for up in a.over:
        word, dep = a.p.lemma[up], a.p.dep[before]
        if dep in ("nsubj", "nsubjpass") or (dep == "advcl" and not _infinitive(a.p, before)):
            before = up
            continue
        if word in words.around("demand") and a.p.pos[up] in ("VERB", "NOUN", "AUX"):
            if dep == "xcomp" and _controls_self(a.p, up, before):
                before = up
                continue
            return word not in (
                "advise",
                "recommend",
                "want",
                "need",
                "order",
                "tell",
                "press",
                "shout",
                "oblige",
            ) or _asks(a.p, up, before)
        if dep == "acl" and word == "time":
            return True
        before = up
    return _imperative(a)


def conditional(a: Around) -> bool:
    """Hung on a condition, or open: "if", "unless", "may", "could", "would have", "considering"."""
    aux = _aux(a.p, a.top)
    if aux & {"may", "might", "could", "can"} or _has(a.p, a.top, {"perhaps", "possibly", "maybe"}):
        return True
    if _condition(a.p, a.top) or (aux & {"would", "'d", "’d"} and not _reported(a)):
        return True
    before = a.top
    for up in a.over:
        word, dep = a.p.lemma[up], a.p.dep[before]
        if (
            word == "be"
            and dep in ("nsubj", "ccomp")
            and any(a.p.lemma[k] in words.around("open") for k in kids(a.p, up, "acomp"))
        ):
            return True
        if (
            word in words.around("open")
            and (dep in ("dobj", "acl", "pobj", "pcomp", "prep", "ccomp", "xcomp", "nsubj"))
            and (
                word not in ("likely", "ready", "discuss", "debate")
                or _condition(a.p, up)
                or _condition(a.p, a.p.head[up])
            )
        ):
            return True
        if word == "rule" and _denied(a.p, up):
            return True
        if dep in ("nsubj", "nsubjpass", "xcomp", "pobj", "prep", "ccomp") and _open(a.p, up):
            return True
        before = up
    return any(a.p.lemma[u] == "case" for u in a.over[:2]) and any(a.p.text[k].lower() == "in" for k in a.over[:3])


def planned(a: Around) -> bool:
    """Ahead: "will", "is to", "plans to", "agreed to", "is set for"."""
    if _ahead(a) or _due(a.p, a.top):
        return True
    before = a.top
    for up in a.over:
        word, dep = a.p.lemma[up], a.p.dep[before]
        told = dep == "advcl" and _infinitive(a.p, before) and word != "announce"
        if (
            word in words.around("plan")
            and (told or dep in ("xcomp", "dobj", "nsubjpass", "ccomp", "acl", "pobj", "prep", "pcomp"))
            and (dep != "ccomp" or word in ("decide", "intend"))
        ):
            return word not in ("set", "commit", "determined") or dep != "dobj"
        if dep in ("nsubj", "nsubjpass", "dobj", "attr") and (
            _aux(a.p, up) & {"will", "shall", "'ll", "wo"} or _due(a.p, up)
        ):
            return True
        if a.noun and dep in ("nsubj", "nsubjpass") and "would" in _aux(a.p, up) and a.p.dep[up] == "ccomp":
            return True
        before = up
    return any(a.p.lemma[k] == "schedule" for k in kids(a.p, a.top, "acl"))


def historical(a: Around) -> bool:
    """Told as history: a year long before, "decades ago", "the anniversary of"."""
    if any(a.p.lemma[u] in words.around("memory") for u in a.over):
        return True
    scope = _scope(a)
    text = [a.p.text[t].lower() for t in scope]
    if any(_long_ago(word, a.now) for word in text):
        return True
    lemmas = {a.p.lemma[t] for t in scope}
    long = lemmas & {"year", "decade", "century", "generation", "ago"}
    return bool(
        long & {"decade", "century", "generation", "year", "ago"}
        and lemmas & {"ago", "earlier", "after", "nineteenth", "back"}
        and _far(a, lemmas)
    )


def ongoing(a: Around) -> bool:
    """Under way: progressive, "continues", "still", "goes on"; a plain present outside headlines."""
    p, top = a.p, a.top
    if not a.noun:
        aux = _aux(p, top)
        if (
            p.tag[top] == "VBG"
            and aux & {"be", "been", "is", "are", "being", "'s", "'re", "keep"}
            and "was" not in aux
            and "were" not in aux
        ):
            return True
        if p.tag[top] == "VBN" and "being" in aux:
            return True
        if p.tag[top] in PRESENT and not a.headline and p.text[a.p.sentences[p.sent[top]][1] - 1] in '.!?"”’':
            return not aux & {"have", "has"}
        if _has(p, top, words.around("now")) and p.tag[top] == "VBG":
            return True
    before = top
    for up in a.over[:2]:
        going = p.lemma[up] in words.around("going") and p.dep[before] in (
            "xcomp",
            "nsubj",
            "prep",
            "advcl",
            "pcomp",
            "ccomp",
            "dobj",
        )
        if going and p.tag[up] not in ("VBD",):
            return True
        under = p.lemma[up] == "be" and p.tag[up] in PRESENT and p.dep[before] == "nsubj" and a.noun
        if under or (p.text[up].lower() == "under" and p.dep[before] == "pobj" and p.lemma[p.head[up]] == "be"):
            return True
        before = up
    return False


def _around(p: Parse, frame: Frame, now: int | None, headline: bool) -> Around:
    top = frame.head if frame.verb is None else frame.verb
    noun = frame.verb is None
    over: list[int] = []
    before = top
    for up in above(p, top)[:REACH]:
        if p.dep[before] not in CARRIES and not (
            p.dep[before] in ("advcl", "relcl", "compound", "attr") and len(over) < 2
        ):
            break
        if p.dep[before] == "conj" and p.pos[before] == "VERB" and kid(p, before, "nsubj") is not None:
            break
        over.append(up)
        before = up
    return Around(p, top, noun, tuple(over), now, headline)


def _aux(p: Parse, verb: int) -> set[str]:
    """Auxiliaries of a verb, its own or, in a conjunct without any, the first verb's."""
    own = {p.text[k].lower() for k in kids(p, verb, "aux", "auxpass")}
    up = p.head[verb]
    if not own and p.dep[verb] == "conj" and kid(p, verb, "nsubj") is None and p.tag[verb] == p.tag[up]:
        return {p.text[k].lower() for k in kids(p, up, "aux", "auxpass")}
    return own


def _denied(p: Parse, token: int) -> bool:
    """Whether a negator stands at the word, at its subject or as its determiner."""
    near = [k for k in p.children[token] if p.dep[k] in ("neg", "advmod", "det", "preconj", "cc")]
    if any(p.text[k].lower() in words.around("negator") and p.text[k].lower() != "yet" for k in near):
        return True
    for who in kids(p, token, "nsubj", "nsubjpass", "dobj"):
        inside = [who, *(k for k in p.children[who] if p.dep[k] in ("det", "neg", "advmod", "preconj"))]
        if any(p.text[t].lower() in words.around("negator") for t in inside) and p.dep[who] != "dobj":
            return True
    return False


def _same(a: Around, up: int) -> bool:
    """Whether a negation at `up` reaches the trigger: an existential, or a verb that carries it."""
    return a.p.lemma[up] in ("be", "let", "allow", "seem", "do", "have") or (
        a.noun and a.p.lemma[up] in words.around("light")
    )


def _cancels(p: Parse, up: int, before: int) -> bool:
    if p.lemma[up] == "call":
        return any(p.text[k].lower() == "off" for k in kids(p, up, "prt", "advmod", "prep"))
    if p.lemma[up] == "rule":
        return any(p.text[k].lower() == "out" for k in kids(p, up, "prt", "advmod", "prep"))
    return p.dep[before] in ("dobj", "nsubjpass", "pobj", "prep", "nsubj") or p.dep[before] == "xcomp"


def _has(p: Parse, token: int, wanted: set[str] | frozenset[str]) -> bool:
    return any(p.text[k].lower() in wanted for k in p.children[token])


def _harmful(a: Around) -> bool:
    kind = "noun" if a.noun else "verb"
    known = set(words.priors(kind).get(a.p.lemma[a.top], ()))
    return bool(known & HARMFUL) or a.p.lemma[a.top] in words.around("harm")


def _ahead(a: Around) -> bool:
    aux = _aux(a.p, a.top)
    if aux & {"will", "shall", "'ll", "’ll", "wo"}:
        return True
    return bool(aux & {"would", "'d", "’d"}) and _reported(a)


def _reported(a: Around) -> bool:
    """Whether the trigger's clause hangs on a verb of saying, so that "would" is a future seen from the past."""
    p, verb = a.p, a.top
    while p.dep[verb] in ("conj", "xcomp") and p.head[verb] != verb:
        verb = p.head[verb]
    over = p.dep[verb] == "ccomp" or any(p.dep[k] == "parataxis" for k in p.children[verb])
    return over and not _condition(p, a.top) and p.lemma[p.head[verb]] not in ("suppose", "fear")


def _own(a: Around, up: int) -> bool:
    """Whether the one who says it is the one who would do it."""
    who = kid(a.p, up, "nsubj")
    does = subject(a.p, a.top) if not a.noun else None
    return does is None or who is None or a.p.pos[does.token] == "PRON" or does.token == who


def _siblings(a: Around) -> Iterator[int]:
    """Nouns of the sentence that name a threat."""
    first, after = a.p.sentences[a.p.sent[a.top]]
    yield from (t for t in range(first, after) if a.p.lemma[t] in ("ultimatum", "threat", "warn") and t != a.top)


def _controls_self(p: Parse, up: int, before: int) -> bool:
    """ "wants to ban", "asked to leave": the one who wishes is the one who would act."""
    whom = kid(p, up, "dobj", "dative") is not None or kid(p, before, "nsubj") is not None
    whom = whom or any(word in ("on", "upon", "with", "to") for word, _ in objects(p, up))
    return not whom and not passive(p, up)


def _asks(p: Parse, up: int, before: int) -> bool:
    if p.pos[up] == "NOUN":
        return p.dep[before] in ("acl", "prep", "pobj", "advcl")
    if p.lemma[up] in ("tell", "press", "shout") and p.dep[before] in ("xcomp", "ccomp", "advcl"):
        return _infinitive(p, before)
    return p.dep[before] in ("xcomp", "ccomp", "advcl") or p.lemma[up] in words.around("ask_noun")


def _infinitive(p: Parse, verb: int) -> bool:
    return any(p.text[k].lower() == "to" for k in kids(p, verb, "aux"))


def _imperative(a: Around) -> bool:
    p, top = a.p, a.top
    bare = p.tag[top] == "VB" and not kids(p, top, "aux", "nsubj", "mark") and not passive(p, top)
    return (
        not a.noun
        and bare
        and p.dep[top] in ("ROOT", "ccomp", "advcl")
        and top == p.sentences[p.sent[top]][0] + (p.pos[p.sentences[p.sent[top]][0]] == "PUNCT")
    )


def _inverted(p: Parse, verb: int) -> bool:
    who = kid(p, verb, "nsubj", "nsubjpass")
    aux = [k for k in kids(p, verb, "aux", "auxpass") if p.text[k].lower() in ("should", "had", "were")]
    return bool(aux) and who is not None and min(aux) < who and p.dep[verb] == "advcl"


def _condition(p: Parse, verb: int) -> bool:
    """Whether the verb stands in a condition, or has one hung on it."""
    return (
        _opens(p, verb)
        or any(_opens(p, k) for k in kids(p, verb, "advcl"))
        or (
            p.dep[verb] in ("ccomp", "xcomp", "conj")
            and any(_opens(p, k) for k in kids(p, p.head[verb], "advcl"))
            and p.lemma[p.head[verb]] not in words.around("empty")
        )
    )


def _opens(p: Parse, verb: int) -> bool:
    marks = {p.text[k].lower() for k in kids(p, verb, "mark", "advmod")}
    long = any(p.text[k].lower() == "long" for k in kids(p, verb, "advmod", "prep"))
    given = p.lemma[verb] in ("provide", "suppose") and p.dep[verb] in ("advcl", "prep")
    return bool(marks & {"if", "unless", "whether", "lest"}) or _inverted(p, verb) or given or ("as" in marks and long)


def _open(p: Parse, verb: int) -> bool:
    return bool(_aux(p, verb) & {"may", "might", "could", "would"}) and p.dep[verb] != "ccomp"


def _due(p: Parse, verb: int) -> bool:
    """ "is to meet", "is going to", "about to": a form of "be" over an infinitive."""
    up = p.head[verb]
    return (
        _infinitive(p, verb)
        and p.lemma[up] in ("be", "go", "about")
        and p.dep[verb] in ("xcomp", "acomp", "ccomp", "pcomp")
    )


def _scope(a: Around) -> list[int]:
    """The tokens that date the trigger: its own clause's, else its sentence's where it hangs on the main verb."""
    p, verb = a.p, a.top
    while a.p.pos[verb] not in ("VERB", "AUX") and p.head[verb] != verb:
        verb = p.head[verb]
    own = below(p, verb) if p.dep[verb] == "ROOT" else below(p, a.top if not a.noun else verb)
    other = [
        t for t in own if p.dep[t] in ("relcl", "ccomp", "advcl") and p.pos[t] == "VERB" and t not in (verb, a.top)
    ]
    cut = set().union(*(below(p, t) for t in other if a.top not in below(p, t))) if other else set()
    return sorted(own - cut)


def _long_ago(word: str, now: int | None) -> bool:
    if AGE.fullmatch(word):
        return now is None or int(word[:4]) + 10 < now
    if YEAR.fullmatch(word):
        return int(word) < 2000 if now is None else int(word) < now - 1
    return False


def _far(a: Around, lemmas: set[str]) -> bool:
    return "year" not in lemmas or bool(lemmas & {"ago", "earlier"}) or "anniversary" in lemmas
