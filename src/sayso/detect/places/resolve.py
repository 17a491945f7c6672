"""Which place a name stands for: what is likely at all, what stands beside it, and where the rest of the text plays.

A name's candidates are scored by kind and population (what a reader would think of first), by words beside it
(", Ohio", "County"), by country, division and neighbourhood of the text's other names, and by the home of the outlet.
One name has one sense a document, unless the words beside it say otherwise.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.case import Page
from sayso.detect.places.find import Name
from sayso.detect.places.words import words
from sayso.gazetteer import ALTERNATE, DEMONYM, UNIT, Gazetteer

_BESIDE = 30  # characters looked at in front of a name
_BEHIND = re.compile(r"[ \n]([A-Za-z]+)")
_BEFORE = re.compile(r"([A-Za-z]+) (?:of(?: the)?|the) $")
_BESIDE_IT = 12.0  # what ", Ohio" is worth: more than any capital's fame
MOST = 60  # candidates scored for one name
ROUNDS = 2
_KIND = {"country": 9.0, "continent": 8.5, "union": 8.0, "state": 6.5, "capital": 7.0, "region": 8.0, "sea": 8.0}
_KIND |= {"river": 5.5, "lake": 4.5, "range": 5.0, "island": 7.0, "desert": 5.0, "peak": 5.0, "site": 6.0, "seat": 8.0}
_KIND |= {"former": 8.2, "county": 4.2, "city": 2.6}
_TOP = 8  # candidates looked at when belief is shared out
_TOWN_FIRST = 2.5
_SPOT = 0.7  # degrees within which candidates are one spot
_KNOWN, _DWARFS, _OUTSTANDING = 20_000, 3, 2.5  # people, times the people of the next, score
_FAMOUS = frozenset({"country", "continent", "union", "region", "sea", "state", "river", "range", "former"})
_TYPED = ("county", "state", "city", "river", "sea", "lake", "range", "island")


Weights = dict[object, float]  # of a country, division or square degree: how much of the text plays there


@dataclass(slots=True)
class Choice:
    """A candidate with its score and what spoke for it."""

    unit: int
    fixed: float
    reasons: list[str]
    score: float = 0.0


@dataclass(slots=True)
class Group:
    """All mentions of one name in one sense, with its candidates."""

    names: list[Name]
    choices: list[Choice]
    shares: list[float] = field(default_factory=list)
    settled: bool = False


@dataclass(slots=True)
class Scene:
    """How much of the text plays in each country, division and square degree."""

    country: Weights = field(default_factory=lambda: defaultdict(float))
    state: Weights = field(default_factory=lambda: defaultdict(float))
    county: Weights = field(default_factory=lambda: defaultdict(float))
    cell: Weights = field(default_factory=lambda: defaultdict(float))


def resolve(found: Sequence[Name], page: Page, gazetteer: Gazetteer, home: frozenset[int]) -> list[Group]:
    """Groups of names, each with its candidates, best first; `home` are units where the outlet is at home."""
    groups = _groups(found, page, gazetteer)
    if len(groups) == 1 and not home:
        _best_known(groups[0], gazetteer)
    for group in groups:
        group.shares = _shares([c.fixed for c in group.choices])
    for _ in range(ROUNDS):
        scene = _scene(groups, gazetteer, home)
        for group in groups:
            own = _own(group, gazetteer)
            for choice in group.choices:
                choice.score = choice.fixed + _fits(choice.unit, gazetteer, scene, own)
            group.shares = _shares([c.score for c in group.choices])
    for group in groups:
        _explain(group, gazetteer, scene, home)
        _sort(group, gazetteer)
    return groups


def _best_known(group: Group, gazetteer: Gazetteer) -> None:
    """Where nothing else tells, a name means its bearer that dwarfs the others: Zaragoza without a word on Spain."""
    towns = (
        (n, c) for n, c in enumerate(group.choices) if _town(c.unit, gazetteer) and "further name" not in c.reasons
    )
    people = sorted((gazetteer.people[choice.unit], n) for n, choice in towns)
    if not people or people[-1][0] < _KNOWN or (len(people) > 1 and people[-1][0] < _DWARFS * people[-2][0]):
        return
    best = group.choices[people[-1][1]]
    best.fixed += _OUTSTANDING
    best.reasons.append("best known")


def _town(unit: int, gazetteer: Gazetteer) -> bool:
    return gazetteer.kind_of(unit) in ("city", "capital")


def _groups(found: Sequence[Name], page: Page, gazetteer: Gazetteer) -> list[Group]:
    """Names by their text and by the container, if any, that stands beside them; a bare one joins the first."""
    kept: dict[tuple[str, frozenset[int]], Group] = {}
    bare: dict[str, list[Name]] = defaultdict(list)
    for index, name in enumerate(found):
        outer = _outer(index, found, page, gazetteer)
        held = _held(index, found, page, gazetteer)
        if held:
            group = kept.setdefault((name.text, held), Group([], _holding(name, gazetteer, page, held), settled=True))
            group.names.append(name)
            continue
        if not outer or not name.units:
            bare[name.text].append(name)
            continue
        choices = _choices(name, gazetteer, page, outer)
        group = kept.setdefault((name.text, frozenset(outer)), Group([], choices, settled=True))
        group.names.append(name)
    told: dict[str, Group] = {}
    for (text, _), group in kept.items():
        if group.choices[0].fixed > _BESIDE_IT:
            told.setdefault(text, group)
    for text, some in bare.items():
        if text in told:
            told[text].names.extend(some)
        else:
            kept[text, frozenset()] = Group(some, _best_choices(some, gazetteer, page))
    return list(kept.values())


def _best_choices(some: list[Name], gazetteer: Gazetteer, page: Page) -> list[Choice]:
    """The candidates by the mention whose neighbourhood says most."""
    typed = next((n for n in some if _type(n, page)), some[0])
    return _choices(typed, gazetteer, page, set())


def _outer(index: int, found: Sequence[Name], page: Page, gazetteer: Gazetteer) -> set[int]:
    """The units of the name that follows behind a comma, in brackets, or behind "in" ("Springfield, Ohio")."""
    if index + 1 >= len(found):
        return set()
    name, follower = found[index], found[index + 1]
    between = page.document.text[name.end : follower.start].strip().lower()
    if follower.demonym or between not in (",", "(", ", in", "in", ", in the", "in the", "county,", ", the"):
        return set()
    outer = {unit & UNIT for unit in follower.units if not unit & DEMONYM}
    return set() if _peers(name, outer, gazetteer) else outer


def _peers(name: Name, outer: set[int], gazetteer: Gazetteer) -> bool:
    """Whether both are divisions or both countries: "Missouri, California and Oregon" is a list."""
    first = next((unit for unit in name.units if unit <= UNIT), 0)
    own = gazetteer.kind_of(first) if first else ""
    return own in ("country", "state") and any(gazetteer.kind_of(unit) == own for unit in outer)


def _held(index: int, found: Sequence[Name], page: Page, gazetteer: Gazetteer) -> frozenset[int]:
    """The units of this name that hold one of the name before the comma: "New York" in "Albany, New York"."""
    if index == 0 or page.document.text[found[index - 1].end : found[index].start].strip() != ",":
        return frozenset()
    own = {unit & UNIT for unit in found[index].units if not unit & DEMONYM}
    above: set[int] = set()
    for flagged in found[index - 1].units:
        unit = flagged & UNIT
        above |= {gazetteer.state[unit], gazetteer.county[unit], gazetteer.country[unit]} - {unit, 0}
    return frozenset(own & above)


def _holding(name: Name, gazetteer: Gazetteer, page: Page, held: frozenset[int]) -> list[Choice]:
    choices = _choices(name, gazetteer, page, set())
    for choice in choices:
        if choice.unit in held:
            choice.fixed += 5.0 if gazetteer.kind_of(choice.unit) != "county" else 1.0
            choice.reasons.append("holds the place before it")
    return sorted(choices, key=lambda c: -c.fixed)


def _type(name: Name, page: Page) -> str:
    """Which kind the words beside a name say it is: "Nile river", "the province of", "the city of"."""
    text = page.document.text
    behind = _BEHIND.match(text, name.end)
    before = _BEFORE.search(text[max(0, name.start - _BESIDE) : name.start])
    for kind in _TYPED:
        if behind and kind != "city" and behind[1].lower() in words(kind):
            return kind
        if before and before[1].lower() in words(kind):
            return kind
    return ""


def _choices(name: Name, gazetteer: Gazetteer, page: Page, outer: set[int]) -> list[Choice]:
    kind = _type(name, page)
    made = []
    for unit in name.units:
        choice = _choice(unit, gazetteer, kind)
        if outer and _within(unit & UNIT, gazetteer, outer):
            choice.fixed += _BESIDE_IT
            choice.reasons.append("container beside it")
        made.append(choice)
    made.sort(key=lambda c: -c.fixed)
    if not outer:
        _shade(made, gazetteer)
    return made[:MOST]


def _shade(made: list[Choice], gazetteer: Gazetteer) -> None:
    """A country, state, sea or capital of a name puts its small namesakes into the shade: no one means China, Texas."""
    top = gazetteer.kind_of(made[0].unit) if made else ""
    cost = 4.0 if top in _FAMOUS else 1.0 if top == "capital" else 0.0
    for choice in made[1:]:
        if gazetteer.kind_of(choice.unit) in ("city", "county") and gazetteer.people[choice.unit] < 3e5:
            choice.fixed -= cost if gazetteer.kind_of(choice.unit) == "city" else cost / 2


def _choice(flagged: int, gazetteer: Gazetteer, typed: str) -> Choice:
    unit, kind = flagged & UNIT, gazetteer.kind_of(flagged & UNIT)
    score = _KIND[kind]
    if kind in ("city", "capital", "county", "state", "country"):
        score += (0.9 if kind == "city" else 0.25) * math.log10(gazetteer.people[unit] + 10)
    reasons = [kind]
    if flagged & ALTERNATE:
        score -= (1.5 if kind == "city" else 2.2) if kind in ("city", "county") else 0.5
        reasons.append("further name")
    if typed:
        right = typed == kind or (typed == "city" and kind == "capital") or (typed == "state" and kind == "region")
        score += 3.0 if right else -1.0
        reasons += ["type word"] * right
    return Choice(unit, score, reasons)


def _within(unit: int, gazetteer: Gazetteer, outer: set[int]) -> bool:
    above = {gazetteer.state[unit], gazetteer.county[unit], gazetteer.country[unit]} - {unit, 0}
    return bool(above & outer)


def _shares(scores: list[float]) -> list[float]:
    """Scores as shares of belief."""
    if not scores:
        return []
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def _cell(unit: int, gazetteer: Gazetteer) -> tuple[int, int]:
    return math.floor(gazetteer.lat[unit]), math.floor(gazetteer.lon[unit])


def _scene(groups: list[Group], gazetteer: Gazetteer, home: frozenset[int]) -> Scene:
    """Where the text plays, by what is believed so far; a name counts once, however often it stands."""
    scene = Scene()
    for group in groups:
        weight = 1.0 + 0.3 * math.log(len(group.names))
        for column, votes in _votes(group, gazetteer).items():
            counter: Weights = getattr(scene, column)
            for place, share in votes.items():
                counter[place] += weight * share
    for unit in home:
        for column in ("country", "state", "county"):
            if above := getattr(gazetteer, column)[unit]:
                getattr(scene, column)[above] += 2.0
        if gazetteer.kind_of(unit) in ("city", "capital"):
            scene.cell[_cell(unit, gazetteer)] += 2.0
    return scene


def _votes(group: Group, gazetteer: Gazetteer) -> dict[str, Weights]:
    votes: dict[str, Weights] = {"country": {}, "state": {}, "county": {}, "cell": {}}
    for choice, share in zip(group.choices, group.shares, strict=True):
        if share < 0.005:
            continue
        unit = choice.unit
        for column in ("country", "state", "county"):
            if above := getattr(gazetteer, column)[unit]:
                votes[column][above] = votes[column].get(above, 0.0) + share
        if gazetteer.kind_of(unit) in ("city", "capital", "county", "site"):
            cell = _cell(unit, gazetteer)
            votes["cell"][cell] = votes["cell"].get(cell, 0.0) + share
    return votes


def _own(group: Group, gazetteer: Gazetteer) -> dict[str, Weights]:
    """What a group itself put into the scene, so that it does not speak for itself."""
    weight = 1.0 + 0.3 * math.log(len(group.names))
    return {c: {k: weight * v for k, v in votes.items()} for c, votes in _votes(group, gazetteer).items()}


def _fits(unit: int, gazetteer: Gazetteer, scene: Scene, own: dict[str, Weights]) -> float:
    """How well a candidate fits into the scene that the other names make."""
    kind = gazetteer.kind_of(unit)
    country, state, county = gazetteer.country[unit], gazetteer.state[unit], gazetteer.county[unit]
    value = 1.7 * math.log1p(2 * _rest(scene.country, own["country"], country))
    if kind != "country":
        value += 1.6 * math.log1p(2 * _rest(scene.state, own["state"], state))
    if kind in ("city", "county", "capital"):
        value += 0.8 * math.log1p(2 * _rest(scene.county, own["county"], county))
        lat, lon = _cell(unit, gazetteer)
        near = 0.0
        for y in (lat - 1, lat, lat + 1):
            for x in (lon - 1, lon, lon + 1):
                near += max(0.0, scene.cell.get((y, x), 0.0) - own["cell"].get((y, x), 0.0))
        value += 1.2 * math.log1p(near)
    return value


def _rest(counter: Weights, own: Weights, place: int) -> float:
    return max(0.0, counter.get(place, 0.0) - own.get(place, 0.0)) if place else 0.0


def _explain(group: Group, gazetteer: Gazetteer, scene: Scene, home: frozenset[int]) -> None:
    """Say of the best candidates what of the text spoke for them."""
    homes = {gazetteer.state[unit] for unit in home} | set(home)
    own = _own(group, gazetteer)
    for choice in sorted(group.choices, key=lambda c: -c.score)[:3]:
        unit = choice.unit
        if _rest(scene.state, own["state"], gazetteer.state[unit]) > 0.5:
            choice.reasons.append("division of other places")
        elif _rest(scene.country, own["country"], gazetteer.country[unit]) > 0.5:
            choice.reasons.append("country of other places")
        if gazetteer.state[unit] in homes - {0}:
            choice.reasons.append("home of the outlet")


def _sort(group: Group, gazetteer: Gazetteer) -> None:
    """Best first. Candidates at one spot (a town, its county and a further name of it) believe in one another."""
    order = sorted(range(len(group.choices)), key=lambda i: -group.choices[i].score)
    top = order[:_TOP]
    shares = {i: sum(group.shares[j] for j in top if _near(group, i, j, gazetteer)) for i in top}
    order.sort(key=lambda i: (-round(shares.get(i, 0.0), 6), -_rank(group.choices[i], gazetteer)))
    group.shares = [shares.get(i, group.shares[i]) for i in order]
    group.choices = [group.choices[i] for i in order]


def _rank(choice: Choice, gazetteer: Gazetteer) -> float:
    """The score; of a town and its division at one spot the bare name means the town."""
    typed = "type word" in choice.reasons
    return choice.score + (_TOWN_FIRST if gazetteer.kind_of(choice.unit) in ("city", "capital") and not typed else 0.0)


def _near(group: Group, one: int, other: int, gazetteer: Gazetteer) -> bool:
    a, b = group.choices[one].unit, group.choices[other].unit
    return a == b or (
        abs(gazetteer.lat[a] - gazetteer.lat[b]) < _SPOT and abs(gazetteer.lon[a] - gazetteer.lon[b]) < _SPOT
    )
