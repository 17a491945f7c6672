"""What of an event is compared: its trigger, the words around it, and what vectors say of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.link.lexical import pairs, stems, words
from sayso.text import sentences

Floats = npt.NDArray[np.float32]
Place = tuple[int, int]
Encode = Callable[[Sequence[str]], Floats]
States = Callable[[str, Sequence[Place], Sequence[Place]], Floats]
BESIDE = 6  # words on either side of a trigger that its window holds
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_NAME = re.compile(r"\b[A-Z][\w'’-]+")
_NUMBER = re.compile(r"\b\d[\d.,]*\b")


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event, or whatever else is to be joined, as a text names it: its words, the stretch that covers them, and
    the word that says what it is ("" for the first that says something)."""

    id: str
    words: str
    start: int
    end: int
    head: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An event ready to be compared.

    `before` and `after` are stems of its window, `names` and `numbers` those of its sentence. `hollow`: its head says
    nothing by itself ("it"); `named`: it holds a capital. `sentence` is the number of its sentence; `crowd` counts the
    events there, `repeats` those of the document with the same stem. `vectors` [4, 384] are of length 1: the trigger
    alone, in its context, its window, its sentence.
    """

    id: str
    doc: str
    words: str
    stem: str
    stems: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    hollow: bool
    named: bool
    sentence: int
    start: int
    crowd: int
    repeats: int
    vectors: Floats


@dataclass(frozen=True, slots=True)
class Text:
    """A document ready to be compared: how often it has each stem, name, number and pair of stems, and the vectors of
    its sentences that tell an event [N, 384]."""

    doc: str
    stems: Counter[str]
    names: Counter[str]
    numbers: Counter[str]
    pairs: Counter[str]
    vectors: Floats


@dataclass(frozen=True, slots=True)
class Reader:
    """What turns words into vectors: of a text (`encode`), and of stretches of a text in their context (`states`)."""

    encode: Encode
    states: States

    def read(self, doc: str, text: str, prose: Sequence[Place], triggers: Sequence[Trigger]) -> tuple[Text, list[Told]]:
        """A document and its events, in the order of `triggers`; `prose` are the stretches that are read."""
        cut = [place for start, end in prose for place in sentences(text, start, end)] or [(0, len(text))]
        there = [_sentence(cut, one.start) for one in triggers]
        telling = sorted(set(there))  # only what tells an event is read: half of a text
        whole = self.encode([text[slice(*cut[n])] for n in telling])
        places = [_window(text, cut[n], one) for n, one in zip(there, triggers, strict=True)]
        given = [text[start:end] for start, end in places]
        windows, alone = self.encode(given), self.encode([one.words.lower() for one in triggers])
        inside = self.states(text, cut, [(one.start, one.end) for one in triggers])
        around = whole[[telling.index(n) for n in there]]
        vectors = _scaled(np.stack([alone, inside, windows, around], axis=1)) if triggers else whole
        heads = [_stem(one.head or one.words) for one in triggers]
        found = []
        for n, one in enumerate(triggers):
            start, end = cut[there[n]]
            low, high = places[n]
            found.append(
                Told(
                    id=one.id,
                    doc=doc,
                    words=one.words,
                    stem=heads[n],
                    stems=frozenset(stems(one.words)),
                    before=_telling(text[low : one.start]),
                    after=_telling(text[one.end : high]),
                    names=_names(text[start:end]),
                    numbers=frozenset(_NUMBER.findall(text[start:end])),
                    hollow=heads[n] in _empty(),
                    named=bool(_NAME.search(one.words)),
                    sentence=there[n],
                    start=one.start,
                    crowd=there.count(there[n]),
                    repeats=heads.count(heads[n]),
                    vectors=vectors[n],
                )
            )
        return _text(doc, " \n".join(text[start:end] for start, end in cut), whole), found


def _text(doc: str, prose: str, vectors: Floats) -> Text:
    held = stems(prose)
    names = Counter(stem for name in _NAME.findall(prose) for stem in stems(name) if stem not in _empty())
    return Text(doc, Counter(held), names, Counter(_NUMBER.findall(prose)), Counter(pairs(held)), vectors)


def _sentence(cut: Sequence[Place], at: int) -> int:
    return max((n for n, (start, _) in enumerate(cut) if start <= at), default=0)


def _window(text: str, sentence: Place, one: Trigger) -> Place:
    start, end = sentence
    end = max(end, one.end)
    left = [m.start() + start for m in re.finditer(r"\S+", text[start : one.start])][-BESIDE:]
    right = [m.end() + one.end for m in re.finditer(r"\S+", text[one.end : end])][:BESIDE]
    return min([one.start, *left]), max([one.end, *right])


def _stem(words: str) -> str:
    """The stem of the first word of a trigger that says something, else of its first."""
    held = stems(words)
    return next((stem for stem in held if stem not in _empty()), held[0] if held else words.lower())


def _telling(text: str) -> frozenset[str]:
    return frozenset(stem for stem in stems(text) if stem not in _empty())


def _names(text: str) -> frozenset[str]:
    return frozenset(stem for name in _NAME.findall(text) for stem in stems(name) if stem not in _empty())


def _empty() -> frozenset[str]:
    return frozenset(words()["words"]["empty"])


def _scaled(vectors: Floats) -> Floats:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Floats = (vectors / np.maximum(length, 1e-6)).astype(np.float16).astype(np.float32)
    return scaled
