"""Vague times: "now", "recently", "the future", and in histories "former"."""

from __future__ import annotations

import re

from sayso.detect.times.reading import Reading
from sayso.detect.times.scene import Scene
from sayso.detect.times.words import table


def vague(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "now" (PRESENT_REF), "recently" (PAST_REF), "the future" (FUTURE_REF): open towards that side."""
    words = " ".join(m[0].lower().split())
    behind = scene.word(scene.token(m.end()))
    if behind in table("vague_not_before").get(words.split()[-1], ()) or _inside_name(m, scene):
        return None
    value = table("vague")[words]
    reference = scene.now(m.start())
    here = reference.stamp.interval() if reference and not scene.history else (None, None)
    name = reference.name if reference and here[0] else ""
    if value == "PRESENT_REF":
        return Reading("DATE", value, here[0], here[1], name)
    return Reading(
        "DATE", value, here[0] if value == "FUTURE_REF" else None, here[1] if value == "PAST_REF" else None, name
    )


def old(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "former" and the like, which only a history uses as times."""
    return Reading("DATE", table("vague_history")[" ".join(m[0].lower().split())]) if scene.history else None


def opening(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "Previously" at the head of a sentence."""
    return Reading("DATE", "PAST_REF") if scene.opens(m.start()) and m[0][0].isupper() else None


def _inside_name(m: re.Match[str], scene: Scene) -> bool:
    """Whether it stands in a name or a compound: "Future Shock", "now-defunct"."""
    index = scene.token(m.end())
    raw = scene.words[index] if index < len(scene.words) else ""
    hyphen = scene.text[m.end() : m.end() + 1] == "-" or scene.text[max(0, m.start() - 1) : m.start()] == "-"
    return hyphen or (m[0][0].isupper() and raw[:1].isupper() and len(m[0].split()) == 1 and m[0].lower() != "now")


READERS = (vague, opening, old)
