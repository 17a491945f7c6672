"""Which words attribute what to whom: one function a construction, tokens in, Finds out."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.detect import lexicon
from sayso.detect.attribution import sources
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import NOMINAL, Tree
from sayso.detect.lexicon import Cue
from sayso.records import Manner, Stance

QUESTION = frozenset({"who", "what", "where", "when", "why", "how", "whether", "if", "which"})
ADDRESSED = frozenset({"tell", "inform", "remind", "assure", "notify", "warn", "ask", "advise", "brief", "reassure",
                       "convince", "caution", "promise"})
# What "I" and "you" want, support or call somebody is talk, not sourcing; nor is it without a source.
CLAUSAL = frozenset({"clause", "parenthetical", "speech"})
SPEAKING = frozenset({"i", "we", "you", "me", "us", "my", "our", "your"})
FALSELY = frozenset({"falsely", "wrongly", "incorrectly", "untruthfully"})


def find(tree: Tree) -> list[Find]:
    """All cues of a document in text order."""
    verbs, adverbs = lexicon.verbs(), lexicon.words("adverb")
    adjectives, nouns, deverbal = lexicon.words("adjective"), lexicon.words("noun"), lexicon.words("deverbal")
    out: list[Find] = []
    for token, lemma in enumerate(tree.lemma):
        pos = tree.pos[token]
        if lemma in ("cite", "quote") and (cited := list(citing(tree, token))):
            out += cited
        elif lemma in verbs and pos in ("VERB", "AUX") and tree.dep[token] != "amod":
            out += verb(tree, token, verbs[lemma])
        elif lemma in ("accord", "according") and pos in ("VERB", "ADP", "SCONJ", "ADV"):
            out += according(tree, token)
        elif pos == "NOUN" and (lemma in nouns or lemma in deverbal):
            out += noun(tree, token, nouns.get(lemma) or deverbal[lemma])
        elif lemma in adverbs and pos == "ADV":
            out += adverb(tree, token, adverbs[lemma])
        elif (word := tree.text[token].lower()) in adjectives and tree.dep[token] == "amod":
            out += adjective(tree, token, adjectives[word])
    return out


def verb(tree: Tree, token: int, row: Cue) -> Iterator[Find]:
    """A reporting verb with the complement that its row allows."""
    if tree.passive(token) or _reduced(tree, token, row):
        yield from passive(tree, token, row)
        return
    if tree.pos[token] == "AUX":
        return
    content, rule = _complement(tree, token, row)
    if not content and "q" not in row.frames:
        return
    found = _make(tree, token, row, rule)
    found.content = content - found.source - found.cue
    found.speech = "q" in row.frames
    _responsibility(tree, token, found)
    if not found.content and not found.speech:
        return
    if rule in CLAUSAL or _third_person(tree, found):
        yield found


def passive(tree: Tree, token: int, row: Cue) -> Iterator[Find]:
    """ "was accused of", "is believed to", "it is said that", "was described by observers as"."""
    agent = tree.kid(token, "agent")
    if agent is None and "s" not in row.frames and not tree.kids(token, "ccomp"):
        return
    parts = tree.kids(token, "xcomp", "ccomp", "oprd")
    parts += [k for k in tree.kids(token, "prep") if tree.text[k].lower() in ("of", "as", "for", "with") and k > token]
    parts += _as_of_agent(tree, agent)
    subject = tree.kid(token, "nsubjpass", "csubjpass") or (tree.kid(token, "nsubj") if agent is None else None)
    if not parts and (agent is None or subject is None):
        return
    found = _make(tree, token, row, "passive")
    if agent is None:
        found.sources = []
    content = set().union(*(tree.subtree(k) for k in parts))
    if subject is not None and tree.text[subject].lower() != "it":
        content |= tree.subtree(subject)
    elif subject is None and tree.dep[token] == "acl":
        content |= sources.phrase(tree, tree.head[token], token)
    elif subject is None and tree.dep[token] == "conj":
        shared = tree.kid(tree.head[token], "nsubjpass", "nsubj")
        content |= tree.subtree(shared) if shared is not None else set()
    found.sources = [who - set().union(*(tree.subtree(k) for k in _as_of_agent(tree, agent))) for who in found.sources]
    found.content = content - found.cue - found.source
    if found.content:
        yield found


def citing(tree: Tree, token: int) -> Iterator[Find]:
    """ "Citing the ministry, state TV said ...": what the outlet says is the ministry's word."""
    whom, teller = tree.kid(token, "dobj"), tree.head[token]
    if tree.dep[token] != "advcl" or tree.tag[token] != "VBG" or whom is None or tree.lemma[teller] not in lexicon.verbs():
        return
    clauses = tree.kids(teller, "ccomp")
    content = set().union(*(tree.subtree(k) for k in clauses)) if clauses else set()
    if content:
        yield Find(head=token, rule="citing", manner=Manner.SAID, stance=Stance.NEUTRAL, cue={token},
                   sources=sources.split(tree, tree.subtree(whom)), content=content, under=teller)


def according(tree: Tree, token: int) -> Iterator[Find]:
    """ "according to X": front, middle or end of what X is said to have said."""
    to = next((t for t in (token + 1,) if t < len(tree.text) and tree.text[t].lower() == "to"), None)
    if to is None:
        return
    noun_ = tree.kid(to, "pobj", "pcomp") or tree.kid(token, "pobj")
    if noun_ is None:
        return
    first, after = tree.sentence(token)
    inside = tree.subtree(token)
    place = tree.head[token]
    whole = place == token or _fringe(tree, inside, first, after)
    content = set(range(first, after)) if whole else tree.subtree(place)
    yield Find(
        head=token, rule="according_to", manner=Manner.SAID, stance=Stance.NEUTRAL, cue={token, to},
        sources=sources.split(tree, sources.phrase(tree, noun_, token)), content=content - inside,
        note="a parenthetical at the edge covers its sentence" if whole else "covers the clause it hangs on",
    )


def noun(tree: Tree, token: int, row: Cue) -> Iterator[Find]:
    """ "his claim that ...", "the group's denial of any role", "rumours that ..."."""
    clause = next((k for k in tree.kids(token, "acl", "ccomp", "relcl")
                   if any(tree.text[m].lower() == "that" and tree.dep[m] == "mark" for m in tree.children[k])), None)
    owner = tree.kid(token, "poss")
    if clause is None and not row.prepositions:
        return
    content = tree.subtree(clause) if clause is not None else set()
    cue = {token}
    if clause is None:
        place = next((k for k in tree.kids(token, "prep") if tree.lemma[k] in row.prepositions), None)
        if place is None or owner is None:
            return
        content, cue = tree.subtree(place) - {place}, {token, place}
    who = tree.subtree(owner) - set(tree.kids(owner, "case")) if owner is not None else _by(tree, token)
    light = tree.head[token] if tree.dep[token] == "dobj" and tree.lemma[tree.head[token]] in lexicon.words("light") else None
    if not who and light is not None and not tree.passive(light):
        who, cue = sources.of_verb(tree, light), cue | {light}
    yield Find(head=token, rule="noun_cue", manner=row.manner, stance=row.stance, cue=cue,
               sources=sources.split(tree, who), content=content - who - cue)


def adverb(tree: Tree, token: int, row: Cue) -> Iterator[Find]:
    """ "The shipment allegedly contained banned parts": the clause is somebody's word, nobody is named."""
    content = tree.subtree(tree.head[token], [token])
    yield Find(head=token, rule="adverb", manner=row.manner, stance=row.stance, cue={token}, sources=[],
               content=content - {token})


def adjective(tree: Tree, token: int, row: Cue) -> Iterator[Find]:
    """ "the alleged plot": that there was one is somebody's word, nobody is named."""
    content = tree.subtree(tree.head[token], [token, *tree.kids(tree.head[token], "det", "poss")])
    yield Find(head=token, rule="adjective", manner=row.manner, stance=row.stance, cue={token}, sources=[],
               content=content - {token})


def _responsibility(tree: Tree, token: int, found: Find) -> None:
    """ "claimed responsibility for the raid", "claimed the attack"."""
    thing = tree.kid(token, "dobj")
    if found.rule == "noun_phrase" and found.manner is Manner.CLAIMED and thing is not None \
            and tree.lemma[thing] in lexicon.words("deed"):
        found.manner = Manner.CLAIMED_RESPONSIBILITY


def _third_person(tree: Tree, found: Find) -> bool:
    return bool(found.sources) and not any(tree.text[t].lower() in SPEAKING for t in found.source)


def _make(tree: Tree, token: int, row: Cue, rule: str) -> Find:
    cue = {token, *tree.kids(token, "aux", "auxpass", "neg", "prt")}
    cue |= {k for k in tree.children[token] if tree.text[k].lower() in FALSELY}
    false = any(tree.text[k].lower() in FALSELY for k in cue)
    found = Find(
        head=token, rule=rule, manner=row.manner, stance=Stance.REJECTS if false else row.stance, cue=cue,
        sources=sources.split(tree, sources.of_verb(tree, token)), content=set(),
        negated=bool(tree.kids(token, "neg")),
    )
    _addressee(tree, token, found)
    return found


def _addressee(tree: Tree, token: int, found: Find) -> None:
    if tree.lemma[token] in ADDRESSED:
        whom = tree.kid(token, "dobj", "dative", "iobj", "nsubjpass")
        if whom is not None and tree.kid(whom, "aux") is None:
            found.addressee = tree.subtree(whom)


def _complement(tree: Tree, token: int, row: Cue) -> tuple[set[int], str]:
    """The content tokens that the verb's frames allow, and the rule's name; empty where there is none."""
    clause = tree.kids(token, "ccomp")
    if clause and row.frames & {"c", "q", "x"}:
        return set().union(*(tree.subtree(k) for k in clause)), "clause"
    around = _parenthetical(tree, token)
    if around and row.frames & {"c", "q"}:
        return around, "parenthetical"
    infinitive = tree.kids(token, "xcomp")
    if infinitive and "x" in row.frames:
        whom = [] if tree.lemma[token] in ADDRESSED else tree.kids(token, "dobj", "dative")
        return set().union(*(tree.subtree(k) for k in (*whom, *infinitive))), "infinitive"
    if "o" in row.frames and tree.kids(token, "oprd"):
        return set().union(*(tree.subtree(k) for k in tree.kids(token, "dobj", "oprd"))), "complement"
    if "o" in row.frames and row.manner is not Manner.BELIEVED and (named := [k for k in tree.kids(token, "dobj") if _quoted(tree, k)]):
        return set().union(*(tree.subtree(k) for k in named)), "complement"
    if "o" in row.frames and (as_ := [k for k in tree.kids(token, "prep") if tree.text[k].lower() == "as"]):
        return set().union(*(tree.subtree(k) for k in (*tree.kids(token, "dobj"), *as_))), "complement"
    for place in tree.kids(token, "prep"):
        if tree.lemma[place] in row.prepositions and place > token:
            return tree.subtree(place) - {place}, "preposition"
    objects = [k for k in tree.kids(token, "dobj") if k > token or tree.text[k].lower() in ("which", "what", "that")]
    if objects and "n" in row.frames:
        more = [k for k in tree.kids(token, "prep") if tree.text[k].lower() in ("for", "of", "as", "over", "to", "with")
                and k > objects[0]]
        return set().union(*(tree.subtree(k, _dated(tree, k)) for k in (*objects, *more))), "noun_phrase"
    return set(), "speech"


def _dated(tree: Tree, noun: int) -> list[int]:
    """When the saying was, though the parser hangs it on what was said: "claimed responsibility on Monday"."""
    return [k for k in tree.kids(noun, "prep", "npadvmod") if any(
        tree.parse.ent[t] in sources.TIME for t in ([k] if tree.dep[k] == "npadvmod" else tree.kids(k, "pobj")))]


def _parenthetical(tree: Tree, token: int) -> set[int]:
    """ "The hospital, he added, had no power": the clause around a cue that hangs on it between commas."""
    label, place = tree.dep[token], tree.head[token]
    if label not in ("parataxis", "advcl", "ccomp", "dep") or tree.kid(token, "mark") is not None and label != "advcl":
        return set()
    if label == "advcl" and not any(tree.text[k].lower() == "as" for k in tree.kids(token, "mark", "advmod")):
        return set()
    if label == "ccomp" and tree.kid(token, "nsubj") is None:
        return set()
    own = tree.subtree(token)
    first, after = min(own), max(own) + 1
    low, high = tree.sentence(token)
    commas = (first == low or tree.text[first - 1] in (",", "-", "–", "—") or tree.text[first] == ",",
              after == high or tree.text[after - 1] in (",", "-", "–", "—", ".") or tree.text[after] in (",", "-", "–", "—", "."))
    return tree.subtree(place, [token]) if all(commas) and label != "ccomp" else set()


def _fringe(tree: Tree, inside: set[int], first: int, after: int) -> bool:
    """Whether the tokens stand at an end of the sentence, set off by a comma."""
    low, high = min(inside), max(inside)
    start = low == first or (low == first + 1 and tree.pos[first] == "PUNCT")
    end = all(tree.pos[t] == "PUNCT" for t in range(high + 1, after))
    return start or (end and low > first and tree.text[low - 1] in (",", "—", "–", "-"))


def _reduced(tree: Tree, token: int, row: Cue) -> bool:
    """ "the virus - believed to have been built there": a verb that takes no infinitive of its own is passive."""
    bare = "s" in row.frames and "x" not in row.frames and tree.tag[token] in ("VBN", "VBD")
    return bare and bool(tree.kids(token, "xcomp")) and not tree.kids(token, "ccomp", "dobj")


def _as_of_agent(tree: Tree, agent: int | None) -> list[int]:
    """The "as orderly" that the parser hangs on the agent in "described by observers as orderly"."""
    who = tree.kid(agent, "pobj") if agent is not None else None
    return [] if who is None else [k for k in tree.kids(who, "prep") if tree.text[k].lower() == "as"]


def _quoted(tree: Tree, token: int) -> bool:
    """Whether a name or label stands in quotation marks: "branded the ruling 'absurd'"."""
    return any(tree.tag[k] in ("``", "''") for k in tree.children[token])


def _by(tree: Tree, token: int) -> set[int]:
    """The source of "claims by residents that", "a report from the ministry that"."""
    for place in tree.kids(token, "prep"):
        noun_ = tree.kid(place, "pobj")
        if tree.text[place].lower() in ("by", "from", "among") and noun_ is not None and tree.pos[noun_] in NOMINAL:
            return tree.subtree(noun_)
    return set()
