"""The pass over a text: at each word that can open a time the rules try, the longest match wins, neighbours join."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from sayso.detect.times import clock, dates, lengths, relative, vague
from sayso.detect.times.join import close, join
from sayso.detect.times.reading import Found, Reading
from sayso.detect.times.rule import Rule
from sayso.detect.times.scene import Scene
from sayso.detect.times.words import rules

_MODULES = {"clock": clock, "dates": dates, "lengths": lengths, "relative": relative, "vague": vague}


def find(scene: Scene, stretches: list[tuple[int, int]]) -> Iterator[Found]:
    """The times of a text in order, within the given stretches of it; none overlap."""
    found: list[Found] = []
    for start, end in stretches:
        at = scene.token(start)
        while at < len(scene.starts) and scene.starts[at] < end:
            new = _at(scene, at, end)
            if not new:
                at += 1
                continue
            for one in new:
                join(found, one, scene)
            at = max(at + 1, scene.token(new[-1].end))
    yield from close(found)


def _at(scene: Scene, index: int, end: int) -> list[Found]:
    """What the rules read at a token, [] where none does."""
    word = scene.words[index]
    key = "#" if word[0].isdigit() else word.lower()
    candidates = _index().get(key) or _index().get(_stem(key))
    if not candidates:
        return []
    start = scene.starts[index]
    if start and word[0].isdigit() and scene.text[start - 1] in "'’":
        start -= 1
    matches = [(m, rule) for rule in candidates if (m := _match(rule, scene.text, start, end)) is not None]
    matches.sort(key=lambda pair: -pair[0].end())
    for m, rule in matches:
        read = rule.read(m, scene)
        if read:
            return [Found(*m.span(), read)] if isinstance(read, Reading) else read
    return []


def _match(rule: Rule, text: str, start: int, end: int) -> re.Match[str] | None:
    m = rule.regex.match(text, start, end)
    if m is None and text[start] in "'’":
        m = rule.regex.match(text, start + 1, end)
    return m if m and m.end() > m.start() else None


def _stem(word: str) -> str:
    """A word's part before a hyphen or apostrophe: "three-month" opens as "three", "Friday's" as "friday"."""
    return re.split(r"[-'’]", word, maxsplit=1)[0]


@cache
def all_rules() -> tuple[Rule, ...]:
    """The rules of `times_rules.toml` with the functions that they name."""
    readers = {f"{name}.{read.__name__}": read for name, module in _MODULES.items() for read in module.READERS}
    return tuple(Rule(rule["opens"], rule["pattern"], readers[rule["reads"]]) for rule in rules())


@cache
def _index() -> Mapping[str, tuple[Rule, ...]]:
    """The rules by the first words of what they match."""
    out: dict[str, list[Rule]] = {}
    for rule in all_rules():
        for word in rule.first_words():
            out.setdefault(word, []).append(rule)
    return MappingProxyType({word: tuple(listed) for word, listed in out.items()})
