"""Timelines as `score_timelines.py` reads them: what a target took part in, by the day it is said to have happened.

An event is a verb, or a noun made from one, in whose clause the target stands, or that shares its subject with such a
verb. It happened at the time that governs it; without one, in a headline or an opening sentence, on the day of
publication, if its tense is of that day. What has no day has no place in the order.
"""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from bench.attribution import documents
from sayso.case import Page
from sayso.detect.lexicon import verbs
from sayso.detect.quotes import quotes
from sayso.detect.times import times
from sayso.nlp import load, parse
from sayso.records import Manner, Meta, TimexKind, When

DOCUMENTS = "timeline_docs_corpus_1.json"
OPENING = 4  # sentences: headline, date line, lead and what follows it
TENSES = ("VBD",)  # of verbs that tell the news of the day further down
TOLD = (Manner.SAID, Manner.CLAIMED, Manner.CONFIRMED, Manner.DENIED, Manner.ASKED, Manner.WARNED)
_CARRIED = frozenset({"xcomp", "conj", "ccomp", "advcl"})  # clauses that may go on with the subject

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """A document with its parse, its times, and where its sentences begin."""

    id: str
    dct: str
    page: Page
    starts: list[int]
    whens: list[When]

    def sentence(self, token: int) -> int:
        """The number of the sentence that a token stands in."""
        return bisect_right(self.starts, self.page.parse.start[token]) - 1


def predict(rows: Iterable[Row], *, beside: Path) -> Iterator[Row]:
    """One line a target: its timeline over the documents that lie beside the input."""
    stories = list(read(beside / DOCUMENTS))
    for row in rows:
        names = aliases(row["target"])
        found = [entry for story in stories for entry in entries(story, names)]
        yield {"id": row["id"], "timeline": ordered(found)}


def read(path: Path) -> Iterator[Story]:
    """The documents, parsed, with their times."""
    whole = json.loads(path.read_text("utf-8"))
    texts = [{"id": id, "text": "\n\n".join(one["sentences"])} for id, one in whole.items()]
    made = [
        replace(document, published=Meta(whole[row["id"]]["dct"][:10], "dct"))
        for row, document in zip(texts, documents(texts), strict=True)
    ]
    for row, document, tree in zip(texts, made, parse(made, load(rules=True)), strict=True):
        page = Page(document, tree)
        page.add(quotes(page))
        one = whole[row["id"]]
        starts = list(accumulate((len(s) + 2 for s in one["sentences"][:-1]), initial=0))
        yield Story(row["id"], one["dct"][:10], page, starts, list(times(page)))


@cache
def words(kind: str) -> frozenset[str]:
    """A list of `timelines.toml`."""
    table = tomllib.loads((Path(__file__).parent / "timelines.toml").read_text("utf-8"))
    return frozenset(table[kind].split())


def aliases(target: str) -> frozenset[str]:
    """What a target is called in a text: in full, its parts with a number or its last one, by initials."""
    parts = target.split()
    found = {target.lower()}
    if _numbered(target):
        found |= {word.lower() for word in parts if _numbered(word)} | {parts[-1].lower()}
    elif len(parts) == 2 and parts[-1].lower() not in words("tail"):
        found.add(parts[-1].lower())
    elif len(parts) > 2:
        found |= {"".join(word[0] for word in parts).lower(), " ".join(parts[:-1]).lower()}
    return frozenset(name for name in found if len(name) > 2)


def entries(story: Story, names: frozenset[str]) -> Iterator[tuple[str, Row]]:
    """The day of each event that the target takes part in, with where it stands."""
    tree = story.page.parse
    for token in sorted(events(story, names)):
        if day := dated(story, token):
            yield day, {"doc": story.id, "sent": story.sentence(token), "word": tree.text[token]}


def events(story: Story, names: frozenset[str]) -> set[int]:
    """The tokens of the events in whose clause one of the names stands, or what goes for it."""
    tree = story.page.parse
    named = {token for first, after in tree.sentences for token in mentions(story, names, first, after)}
    found: set[int] = set()
    for token in named | stand_ins(story, names, named):
        found |= governing(story, token)
    return {token for token in found if tree.lemma[token] not in words("empty") and not unsure(story, token)}


def mentions(story: Story, names: frozenset[str], first: int, after: int) -> Iterator[int]:
    """The last tokens of the names in a sentence."""
    text, tree = story.page.document.text, story.page.parse
    ends = {tree.end[token]: token for token in range(first, after)}
    low = text[tree.start[first] : tree.end[after - 1]].lower()
    for name in names:
        for hit in re.finditer(rf"(?<!\w){re.escape(name)}s?(?!\w)", low):
            token = ends.get(tree.start[first] + hit.end())
            if token is not None and not _in_name(story, token):
                yield token


def _in_name(story: Story, token: int) -> bool:
    """ "Boeing" in "Boeing 787" or "orders for Boeing": a firm that only says whose something is takes no part."""
    tree = story.page.parse
    by = tree.dep[token] == "pobj" and tree.dep[tree.head[token]] == "agent"
    return tree.dep[token] in ("compound", "nmod", "pobj") and not by and not _numbered(tree.text[token])


def _numbered(word: str) -> bool:
    return any(c.isdigit() for c in word)


def stand_ins(story: Story, names: frozenset[str], named: set[int]) -> set[int]:
    """ "The aircraft", where the headline is about the target; "the company" and "it" right after its name."""
    tree = story.page.parse
    told = {story.sentence(token) for token in named}
    product = any(_numbered(name) for name in names)
    found: set[int] = set()
    for token in range(len(tree)):
        at = story.sentence(token)
        if at < 2 or not (0 in told if product else told & {at, at - 1}):
            continue
        word, subject = tree.lemma[token].lower(), tree.dep[token] in ("nsubj", "nsubjpass")
        generic = word in (words("product") if product else words("firm")) and (product or subject)
        if generic or (subject and tree.text[token].lower() == "it"):
            found.add(token)
    return found


def unsure(story: Story, token: int) -> bool:
    """Whether an event is denied or only possible."""
    tree = story.page.parse
    return any(tree.text[child].lower() in words("unsure") for child in tree.children[token])


def governing(story: Story, token: int) -> set[int]:
    """The verb over a mention, nouns of events on the way to it, and verbs that go on with its subject."""
    tree = story.page.parse
    found: set[int] = set()
    at, subject = token, tree.dep[token] in ("nsubj", "nsubjpass")
    while tree.pos[at] != "VERB" or at == token:
        above = tree.head[at]
        if above == at:
            return found
        subject = tree.dep[at] in ("nsubj", "nsubjpass")
        at = above
        if tree.lemma[at] in words("happenings") and tree.pos[at] == "NOUN":
            found.add(at)
    return found | happening(story, at) | (carried(story, at) if subject else set())


def happening(story: Story, verb: int) -> set[int]:
    """A verb and the eventive noun that is its object; the noun alone where the verb only carries it."""
    tree = story.page.parse
    nouns = {
        t for t in tree.children[verb] if tree.dep[t] in ("dobj", "nsubjpass") and tree.lemma[t] in words("happenings")
    }
    return nouns if nouns and tree.lemma[verb] in words("light") else nouns | {verb}


def carried(story: Story, verb: int) -> set[int]:
    """Verbs under a verb that have no subject of their own."""
    tree = story.page.parse
    found: set[int] = set()
    for child in tree.children[verb]:
        deps = {tree.dep[one] for one in tree.children[child]}
        if tree.pos[child] == "VERB" and tree.dep[child] in _CARRIED and not deps & {"nsubj", "nsubjpass"}:
            found |= happening(story, child) | carried(story, child)
    return found


def dated(story: Story, token: int) -> str:
    """The day, month or year of an event, "" unknown."""
    if when := governor(story, token):
        return written(when)
    tree = story.page.parse
    verb = clause(story, token)
    news = story.sentence(token) < OPENING or tree.tag[verb] in TENSES or telling(tree.lemma[token])
    return story.dct if news else ""


def telling(lemma: str) -> bool:
    """Whether a verb says, confirms, denies, asks or warns: news tells what is said that day."""
    cue = verbs().get(lemma)
    return cue is not None and cue.manner in TOLD


def governor(story: Story, token: int) -> When | None:
    """The time in the event's own clause, the nearest of several."""
    tree = story.page.parse
    best: tuple[int, When] | None = None
    for when in story.whens:
        if when.kind not in (TimexKind.DATE, TimexKind.TIME) or not when.first:
            continue
        at = next((t for t in range(len(tree)) if tree.start[t] <= when.span.start < tree.end[t]), None)
        if at is not None and tree.sent[at] == tree.sent[token] and clause(story, at) == clause(story, token):
            best = min(best or (abs(at - token), when), (abs(at - token), when), key=lambda pair: pair[0])
    return best[1] if best else None


def clause(story: Story, token: int) -> int:
    """The verb whose clause a token stands in; itself for a verb."""
    tree = story.page.parse
    while tree.pos[token] != "VERB" and tree.head[token] != token:
        token = tree.head[token]
    return token


def written(when: When) -> str:
    """The interval as the corpus writes it: whole years and months with XX."""
    first, last = when.first or "", when.last or ""
    if first[:4] != last[:4]:
        return ""
    if first[:7] != last[:7]:
        return f"{first[:4]}-XX-XX"
    return first[:10] if first[:10] == last[:10] else f"{first[:7]}-XX"


def ordered(found: list[tuple[str, Row]]) -> list[Row]:
    """Entries by day; a month stands before its days, a year before its months."""
    days: dict[str, list[Row]] = defaultdict(list)
    for day, event in found:
        if event not in days[day]:
            days[day].append(event)
    keys = sorted(days, key=lambda day: day.replace("XX", "00"))
    return [{"order": n, "date": day, "events": days[day]} for n, day in enumerate(keys, 1)]
