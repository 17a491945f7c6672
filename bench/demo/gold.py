"""The example case's gold: its lines, and where in a document's text their words stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

Place = tuple[int, int]


def lines(kind: str) -> list[dict[str, Any]]:
    """The gold lines of one type: covered, statement or planted."""
    text = (files("sayso.demo") / "gold.jsonl").read_text(encoding="utf-8")
    return [line for line in map(json.loads, text.splitlines()) if line["type"] == kind]


def occurrences(words: str, text: str) -> list[Place]:
    """Where the words stand as whole words; a line break in the text counts as a blank."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    before, after = r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else ""
    return [m.span() for m in re.finditer(before + pattern + after, text)]


def content(line: dict[str, Any], text: str) -> list[Place]:
    """The places of a statement's content.

    Words that stand more than once are meant where "nth" says, counted from 1 in the text; without it, the first
    place after the fragment before, and for a first fragment the place nearest to the chain's words.
    """
    found: list[Place] = []
    for words in line["content"]:
        places = _numbered(words, text)
        if len(places) > 1 and found:
            places = [p for p in places if p[0] >= found[-1][1]]
        elif len(places) > 1:
            places = [min(places, key=lambda p: _distance(p, _anchor(line, text)))]
        found.append(places[0])
    return found


def role(words: dict[str, Any], text: str, near: Place, besides: list[Place]) -> Place:
    """The place of a source's or cue's words: where "nth" says, else nearest to `near`.

    A place outside `besides` goes before one within, and one in the same paragraph before one in another.
    """

    def rank(place: Place) -> tuple[bool, bool, int]:
        between = text[min(place[1], near[1]) : max(place[0], near[0])]
        return any(_distance(place, other) == 0 for other in besides), "\n\n" in between, _distance(place, near)

    return min(_numbered(words, text), key=rank)


def chain(line: dict[str, Any], text: str) -> Iterator[tuple[list[Place], list[Place]]]:
    """For each hop the places of its sources, nearest to the content, and of its cue, nearest to the source."""
    said = content(line, text)
    for hop in line["chain"]:
        sources = [role(s, text, said[0], said) for s in hop["sources"]]
        yield sources, [role(c, text, (sources or said)[0], said) for c in hop["cue"]]


def _numbered(words: dict[str, Any], text: str) -> list[Place]:
    places = occurrences(words["words"], text)
    if not places:
        raise ValueError(f"not in the text: {words['words']!r}")
    return [places[words["nth"] - 1]] if "nth" in words else places


def _anchor(line: dict[str, Any], text: str) -> Place:
    """The place of the rarest words of the chain, which tells repeated content apart."""
    roles = [w for hop in line["chain"] for w in (*hop["sources"], *hop["cue"])] or line["content"]
    return min((_numbered(w, text) for w in roles), key=len)[0]


def _distance(one: Place, other: Place) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)
