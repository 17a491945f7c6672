"""Where an outlet is at home, as its web address and name tell."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from sayso.detect.lexicon import rows
from sayso.detect.places.words import words
from sayso.gazetteer import DEMONYM, UNIT, Gazetteer
from sayso.records import Document

_TOP = {"uk": "GB"}
_GENERIC = frozenset({"io", "co", "tv", "me", "ai", "fm", "cc", "ws", "to", "ly", "gg", "so", "eu"})


def home(document: Document, gazetteer: Gazetteer) -> frozenset[int]:
    """Units at which the outlet is at home: the country of its domain, the town or state in its name."""
    found: set[int] = set()
    if document.url:
        found |= _of_host((urlsplit(document.url.value).hostname or "").removeprefix("www."), gazetteer)
    if document.publisher:
        found |= _of_words(re.findall(r"[A-Za-z.]+", document.publisher.value), gazetteer)
    return frozenset(found)


def _of_host(host: str, gazetteer: Gazetteer) -> set[int]:
    labels = host.split(".")
    for cut in range(len(labels) - 1):
        if row := _outlets().get(".".join(labels[cut:])):
            return _listed(row, gazetteer)
    if len(labels) < 2:
        return set()
    top = labels[-1]
    found: set[int] = set()
    if len(top) == 2 and top not in _GENERIC:
        found |= _country(_TOP.get(top, top.upper()), gazetteer)
    second = labels[-3] if len(labels) > 2 and labels[-2] in ("co", "com", "org", "net", "gov", "ac") else labels[-2]
    return found | _of_label(second, gazetteer)


def _of_label(label: str, gazetteer: Gazetteer) -> set[int]:
    """The place that a newspaper word leaves of a domain: "springfieldnews" or "thespringfieldnews"."""
    rest = label.lower().removeprefix("the")
    for word in sorted(words("medium"), key=len, reverse=True):
        for tail in (word, "-" + word):
            if rest.endswith(tail) and len(rest) - len(tail) > 3:
                return _named(rest[: -len(tail)].strip("-"), gazetteer) or _of_label(rest[: -len(tail)], gazetteer)
    return _named(rest, gazetteer)


def _of_words(parts: list[str], gazetteer: Gazetteer) -> set[int]:
    kept = [p for p in parts if p.lower() not in words("medium") and p.lower() != "the"]
    return _named(" ".join(kept), gazetteer) if kept else set()


def _named(name: str, gazetteer: Gazetteer) -> set[int]:
    """The few most populous places of a name, for it may be any of them."""
    if len(name) < 4:
        return set()
    units = gazetteer.find(name) or gazetteer.joined(name)
    return {unit & UNIT for unit in units[:4] if not unit & DEMONYM}


@cache
def _outlets() -> dict[str, dict[str, str]]:
    return {row["host"]: row for row in rows("places_outlets.tsv")}


def _listed(row: dict[str, str], gazetteer: Gazetteer) -> set[int]:
    """The most populous place of that name in the division or country."""
    units = (unit & UNIT for unit in gazetteer.find(row["place"]))
    column = gazetteer.state if "." in row["inside"] else gazetteer.country
    towns = (u for u in units if gazetteer.kind_of(u) in ("city", "capital"))
    return set([u for u in towns if gazetteer.code(column[u]) == row["inside"]][:1])


@cache
def _isos(gazetteer: Gazetteer) -> dict[str, int]:
    return {gazetteer.code(unit): unit for unit in gazetteer.countries()}


def _country(iso: str, gazetteer: Gazetteer) -> set[int]:
    unit = _isos(gazetteer).get(iso)
    return {unit} if unit else set()
