"""What a source is: kind, named or not, how many, whom it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.case import Page
from sayso.detect import lexicon
from sayso.detect.attribution.tree import Tree
from sayso.records import Mention, MentionKind, Span, Why, mention_id

ENTITY = {
    "PERSON": MentionKind.PERSON,
    "ORG": MentionKind.ORGANISATION,
    "GPE": MentionKind.STATE,
    "NORP": MentionKind.GROUP,
    "FAC": MentionKind.ORGANISATION,
    "LOC": MentionKind.STATE,
}
KINDS = ("person", "group", "organisation", "state", "medium", "document", "poll")


def mention(page: Page, tree: Tree, tokens: set[int]) -> Mention:
    """The Mention that stands at `tokens`, with its kind by its head word, its name or its entity label."""
    spans = tuple(Span(page.document.id, a, b) for a, b in tree.spans(tokens)) or (_plain(page, tree, tokens),)
    head = head_of(tree, tokens)
    kind, sign = _kind(tree, head, tokens)
    owner = _owner(tree, head, tokens)
    name = name_of(page, tree, head, tokens)
    if not name and owner and kind in (MentionKind.DOCUMENT, MentionKind.POLL):  # who stands behind a paper
        name = name_of(page, tree, head_of(tree, owner), owner)
    of = mention(page, tree, owner).id if owner else None
    return Mention(
        mention_id(spans),
        spans,
        kind,
        bool(name),
        _number(tree, head, tokens, bool(name)),
        of,
        name,
        Why(
            "attribution.mention",
            (page.span(head, head + 1),),
            note=f"{kind} by its {sign}" if sign else "no sign of its kind",
        ),
    )


def owner_tokens(tree: Tree, tokens: set[int]) -> set[int]:
    """The tokens of whom a source belongs to ("the ministry" in "the ministry's report"), maybe none."""
    return _owner(tree, head_of(tree, tokens), tokens)


def head_of(tree: Tree, tokens: set[int]) -> int:
    """The token the phrase hangs on."""
    return next((t for t in sorted(tokens) if tree.head[t] not in tokens or tree.head[t] == t), min(tokens))


def is_medium(tree: Tree, tokens: set[int]) -> bool:
    """Whether a noun phrase names an outlet."""
    return bool(tokens) and _kind(tree, head_of(tree, tokens), tokens)[0] is MentionKind.MEDIUM


def name_of(page: Page, tree: Tree, head: int, tokens: set[int]) -> str:
    """The proper name in a phrase without its titles, "" where it has none of its own.

    The head's own name; a person's name that a title governs ("President of Talmera Odal Renn"); the name
    in an apposition ("the minister, Ana Ruiz") or given with "calling itself".
    """
    for run in _runs(tree, head, tokens):
        named = _untitled(tree, run)
        if named:
            return " ".join(page.quote(page.span(named[0], named[-1] + 1)).split())
    return ""


def _runs(tree: Tree, head: int, tokens: set[int]) -> Iterator[list[int]]:
    yield _name_run(tree, head, tokens)
    for kid in tree.children[head]:
        if kid in tokens and tree.dep[kid] == "appos":
            yield _name_run(tree, kid, tokens)
    calling = [k for k in tree.kids(head, "acl") if tree.lemma[k] == "call" and k in tokens]
    under = tree.subtrees(calling) if calling else set()
    direct = {t for t in tree.children[head] if t in tokens and tree.dep[t] not in ("relcl", "acl", "poss")}
    for token in sorted(tokens):
        person = tree.parse.ent[token] == "PERSON" and tree.head[token] in {head, *direct} and tree.pos[head] == "PROPN"
        if tree.pos[token] == "PROPN" and (token in under or person):
            yield _name_run(tree, token, tokens)


def _untitled(tree: Tree, run: list[int]) -> list[int]:
    """A name's tokens behind the last title among them: "Foreign Minister Jorun Calder" is Jorun Calder.

    The last word of a person's name is no title, whatever it is elsewhere ("Olin Porter").
    """
    titles = lexicon.terms("person") | lexicon.terms("title")
    checked = run[:-1] if run and tree.parse.ent[run[-1]] == "PERSON" else run
    last = max((n for n, t in enumerate(checked) if tree.text[t].lower().rstrip(".") in titles), default=-1)
    return run[last + 1 :]


def _name_run(tree: Tree, head: int, tokens: set[int]) -> list[int]:
    peoples = tree.parse.ent[head] == "NORP" and tree.tag[head] == "NNPS"  # "Tunisians" names nobody
    if tree.pos[head] != "PROPN" or peoples:
        return []
    first, last = head, head
    label = tree.parse.ent[head]
    while last + 1 in tokens and label and tree.parse.ent[last + 1] == label and tree.pos[last + 1] != "PUNCT":
        last += 1
    inside = tree.subtree(head)
    while first - 1 in tokens and first - 1 in inside and _belongs(tree, first - 1, label):
        first -= 1
    return list(range(first, last + 1))


def _belongs(tree: Tree, token: int, label: str) -> bool:
    if tree.text[token].lower() == "the" or tree.pos[token] == "PUNCT":
        return False
    if tree.text[token].lower() in ("and", "&") and label == "ORG":  # "Travel and Tourism Council"
        return token > 0 and tree.pos[token - 1] == "PROPN"
    return tree.pos[token] == "PROPN" or (bool(label) and tree.parse.ent[token] == label)


def _kind(tree: Tree, head: int, tokens: set[int]) -> tuple[MentionKind, str]:
    low, lemma = tree.text[head].lower(), tree.lemma[head]
    if low in lexicon.terms("he_or_she") or low in ("i", "me", "my", "you", "your"):
        return MentionKind.PERSON, "pronoun"
    proper = tree.pos[head] == "PROPN"
    if (
        proper
        and any(
            tree.text[t].lower() in lexicon.terms("medium") and tree.pos[t] == "PROPN"
            for t in tokens
            if abs(t - head) <= 4
        )
        and tree.parse.ent[head] != "PERSON"
    ):
        return MentionKind.MEDIUM, "outlet's word"
    described = [k for k in tree.kids(head, "appos") if k in tokens and tree.lemma[k] in lexicon.terms("group")]
    if described:
        return MentionKind.GROUP, "apposition"
    label = tree.parse.ent[head]
    if proper and label in ENTITY:
        return ENTITY[label], "entity label"
    for kind in KINDS:
        if lemma in lexicon.terms(kind) or tree.text[head].lower() in lexicon.terms(kind):
            return MentionKind(kind), "head word"
    if low in lexicon.numbers() or low in ("some", "many", "most", "others", "those", "few", "both"):
        of = [t for k in tree.kids(head, "prep") for t in tree.kids(k, "pobj") if t in tokens]
        return (_kind(tree, of[0], tokens)[0] if of else MentionKind.PERSON), "counted noun"
    if label in ENTITY:
        return ENTITY[label], "entity label"
    return MentionKind.UNKNOWN, ""


def _number(tree: Tree, head: int, tokens: set[int], named: bool) -> int | None:
    numbers = lexicon.numbers()
    for kid in tree.children[head]:
        if kid in tokens and tree.dep[kid] in ("nummod", "det", "preconj", "predet"):
            word = tree.text[kid].lower()
            if tree.text[head] == "%" or tree.lemma[head] in ("percent", "per"):
                return None
            if word in numbers or word.isdecimal():
                return numbers.get(word) or int(word)
    if tree.tag[head] in ("NNS", "NNPS") or tree.text[head].lower() in ("they", "we", "who", "which", "that"):
        return None
    if tree.text[head].lower() in numbers:
        return numbers[tree.text[head].lower()]
    return 1 if named or tree.pos[head] in ("NOUN", "PROPN", "PRON") else None


def _owner(tree: Tree, head: int, tokens: set[int]) -> set[int]:
    for kid in tree.children[head]:
        if kid in tokens and tree.dep[kid] == "poss":
            return (tree.subtree(kid) - set(tree.kids(kid, "case"))) & tokens
    if tree.pos[head] == "NOUN":
        for kid in tree.kids(head, "prep"):
            noun = tree.kid(kid, "pobj")
            if (
                noun is not None
                and noun in tokens
                and tree.text[kid].lower() in ("of", "by", "from", "at", "with", "for")
                and tree.pos[noun] == "PROPN"
            ):
                return tree.subtree(noun) & tokens
    return set()


def _plain(page: Page, tree: Tree, tokens: set[int]) -> Span:
    return page.span(min(tokens), max(tokens) + 1)
