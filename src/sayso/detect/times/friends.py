"""False friends: words that look like a time and are none ("2019 troops", "March on Rome", "May said")."""

from __future__ import annotations

import re

from sayso.detect.times.scene import Scene
from sayso.detect.times.words import listed, table

_STREET_WORDS = 3  # of a street's name before "Road"


def is_year(m: re.Match[str], scene: Scene) -> bool:
    """Whether four digits are a year: nothing about them makes them a count, a sum, a name's number or a code."""
    start, end = m.span("year")
    before = scene.text[max(0, start - 1) : start]
    if before in tuple("$£€#¥/.,-–+=@_") and before and not scene.text[max(0, start - 2) : start - 1].isspace():
        return before in ("-", "–", "/") and scene.text[max(0, start - 2) : start - 1].isalpha()
    if before in tuple("$£€#¥"):
        return False
    index = scene.token(start)
    behind = scene.text[end : end + 2]
    if behind[:1] in ("%", "°", "€") or (behind[:1] in ("-", "/", ":") and behind[1:2].isalnum()):
        return False
    following = scene.word(index + 1) if behind[:1].isspace() else ""
    if following in listed("not_a_year", "behind_it") and following:
        return False
    return scene.word(index - 1) not in listed("not_a_year", "before_it") or _ends(scene, index - 1)


def is_listing(m: re.Match[str], scene: Scene) -> bool:
    """Whether a number is a house's ("1200 Harbour View Road", "1309 S. Mary Avenue") or a page's ("pp. 1735-1780")."""
    index = scene.token(m.start("year"))
    before = [word for word in scene.words[max(0, index - 2) : index] if word != "."]
    if before and before[-1].lower() in listed("not_a_year", "page"):
        return True
    named = [word for word in scene.words[index + 1 : index + 3 + _STREET_WORDS] if word != "."]
    for word in named:
        if word.lower() in listed("not_a_year", "street"):
            return True
        if not word[:1].isupper():
            return False
    return False


def _ends(scene: Scene, index: int) -> bool:
    """Whether a stop or comma stands behind the token, so that it does not govern the next."""
    at = scene.starts[index] + len(scene.words[index])
    return scene.text[at : at + 1] in (",", ";", ":", ")")


def is_month_name(m: re.Match[str], scene: Scene) -> bool:
    """Whether a month alone is a verb or a name: "May said", "March on Rome", "April Jones", "Mr. August"."""
    if m["which"]:
        return False
    index = scene.token(m.start("month"))
    before, behind = scene.word(index - 1), scene.word(index + 1)
    text_behind = scene.text[m.end() : m.end() + 1]
    raw = scene.words[index + 1] if index + 1 < len(scene.words) else ""
    if before in listed("bare_month", "titles"):
        return True
    word = m["month"].lower().rstrip(".")
    if before in listed("lists", "sure_month") and len(word) > 3:
        return False
    if len(word) == 3 and word != "may" and not m["month"].endswith("."):
        return True
    named = before in listed("bare_month", "before_it") or scene.text[max(0, m.start() - 1) : m.start()] in (
        "-",
        "–",
        "(",
    )
    if word in table("months") and word in listed("bare_month", "doubtful"):
        return not named or (behind in listed("bare_month", "not_behind_it") and behind not in ("on", "of"))
    if named or not text_behind.isspace():
        return False
    return raw[:1].isupper() and not table("months").get(behind)


def is_weekday_name(m: re.Match[str], scene: Scene) -> bool:
    """Whether a weekday is part of a name: "Sunday Times", "Black Friday", "Bloody Sunday"."""
    index = scene.token(m.start("weekday"))
    raw = scene.words[index + 1] if index + 1 < len(scene.words) else ""
    joined = scene.text[m.end("weekday") : m.end("weekday") + 1] == " "
    if joined and raw[:1].isupper() and raw.lower() in listed("not_a_weekday", "behind_it"):
        return True
    return scene.word(index - 1) in listed("not_a_weekday", "before_it") and scene.words[index - 1][:1].isupper()


def is_season(m: re.Match[str], scene: Scene) -> bool:
    """Whether "spring" or "fall" is the season: "in" or "the" before it, no "of" a city behind it."""
    index = scene.token(m.start("season"))
    before, behind = scene.word(index - 1), scene.word(index + 1)
    word = m["season"].lower()
    if scene.opens(m.start()) and word != "fall":
        return True
    if before == "the":
        before = scene.word(index - 2) if word in ("fall", "spring") else "the"
    if word in ("fall", "spring"):
        if behind == "of" or (word == "fall" and behind in listed("other_friends", "fall_behind")):
            return False
        if word == "fall":
            return before in listed("other_friends", "fall_before")
    return before in listed("other_friends", "spring_before")
