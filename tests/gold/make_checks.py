"""Writes `checks.jsonl`, the planted-error set: each frame filled twice without an error and twice with one.

    python -m tests.gold.make_checks

A row is a case of one or more documents: `{id, set, frame, documents: [{id, text, published, publisher}], planted,
groups, reused}`. `planted` is null or `{rule, spans: [[document, start, end], ...]}`, the words in which the error
lies; `groups` are happenings told by several documents, with the words of each telling, `reused` pairs of documents
of which the first copies the second. The same seed gives the same bytes.
"""

from __future__ import annotations

import json
import math
import random
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FRAMES: dict[str, list[str]] = tomllib.loads((HERE / "checks_frames.toml").read_text("utf-8"))
FACTS: dict[str, Any] = tomllib.loads((HERE / "checks_facts.toml").read_text("utf-8"))
HELD = 3  # every third frame is kept for the end
VERSIONS = 2
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WAYS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
MARK = re.compile(r"\[\[(.*?)\]\]")

Slots = dict[str, Any]


def main() -> None:
    """Write the set beside this file."""
    lines = [json.dumps(row, ensure_ascii=False) for row in rows()]
    (HERE / "checks.jsonl").write_text("".join(line + "\n" for line in lines), "utf-8")


def rows() -> Iterator[dict[str, Any]]:
    """All rows: of each frame the clean ones, then those with an error; last the clean texts written by hand."""
    for rule, frames in FRAMES.items():
        for number, frame in enumerate(frames, 1):
            for version in range(VERSIONS):
                for wrong in (False, True):
                    yield row(rule, number, frame, (version, wrong))
    for number, (published, text) in enumerate(FACTS["clean"]["texts"], 1):
        id = f"written-{number}"
        filled = text.replace("{person}", FACTS["people"][0])
        one = {"id": f"{id}-1", "text": filled, "published": published, "publisher": FACTS["outlets"][0]}
        kept = "held" if number % HELD == 0 else "dev"
        yield {"id": id, "set": kept, "frame": id, "documents": [one], "planted": None, "groups": [], "reused": []}


def row(rule: str, number: int, frame: str, how: tuple[int, bool]) -> dict[str, Any]:
    """One frame filled: `how` is the version and whether with an error."""
    version, wrong = how
    # The same for the text with the error as for the clean one, so that both differ in the error alone.
    rng = random.Random(f"{rule} {number} {version}")
    published = date(rng.randint(2006, 2025), rng.randint(1, 12), rng.randint(1, 28))
    slots = common(rng) | SLOTS[rule](rng, published, wrong)
    id = f"{rule}-{number}-{version + 1}-{'wrong' if wrong else 'clean'}"
    parts = copies(frame, slots) if rule == "copied" else frame.split(" || ")
    documents, marked = [], []
    for place, part in enumerate(parts):
        told, spans = fill(part, slots)
        text = framed(told, rng, same=rule == "copied") if place == 0 or rule != "copied" else told
        shift = text.index(told)
        published_here = published + timedelta(slots.get("later", 0) if place else 0)
        outlet = FACTS["outlets"][(number + place) % len(FACTS["outlets"])]
        documents.append(
            {"id": f"{id}-{place + 1}", "text": text, "published": published_here.isoformat(), "publisher": outlet}
        )
        marked += [(place, start + shift, end + shift, role) for start, end, role in spans]
    errors = [[place, start, end] for place, start, end, role in marked if role != "trigger"]
    return {
        "id": id,
        "set": "held" if number % HELD == 0 else "dev",
        "frame": f"{rule}-{number}",
        "documents": documents,
        "planted": {"rule": rule, "spans": errors} if wrong else None,
        "groups": [tellings(marked)] if rule == "variants" else [],
        "reused": [[1, 0]] if rule == "copied" else [],
    }


def tellings(marked: list[tuple[int, int, int, str]]) -> list[dict[str, Any]]:
    """For each document of a happening where its trigger, time, place and count stand."""
    found: dict[int, dict[str, Any]] = {}
    for place, start, end, role in marked:
        found.setdefault(place, {"document": place})[role] = [start, end]
    return [found[place] for place in sorted(found)]


def copies(frame: str, slots: Slots) -> list[str]:
    """The text, and its copy with the words for the day that it has there."""
    again = frame.replace("{rel}", "{rel2}").replace("{Rel}", "{Rel2}")
    return [frame, again]


def fill(part: str, slots: Slots) -> tuple[str, list[tuple[int, int, str]]]:
    """The text of a frame without its marks, and where the marked words stand in it, with their role."""
    text = part.replace(" // ", "\n\n").format(**slots)
    out, spans, at = "", list[tuple[int, int, str]](), 0
    for found in MARK.finditer(text):
        words, _, role = found[1].partition("|")
        out += text[at : found.start()]
        spans.append((len(out), len(out) + len(words), role))
        out += words
        at = found.end()
    return out + text[at:], spans


def framed(told: str, rng: random.Random, *, same: bool) -> str:
    """The told words with a clean paragraph behind them, or before and behind; a copied text stands alone."""
    if same:
        return told
    one, other = (fill(text, common(rng))[0] for text in rng.sample(FACTS["clean"]["filler"], 2))
    return f"{told}\n\n{one}" if rng.random() < 0.6 else f"{other}\n\n{told}\n\n{one}"


def common(rng: random.Random) -> Slots:
    """Slots that any frame may have."""
    person = rng.choice(FACTS["people"])
    return {
        "person": person,
        "surname": person.split()[-1],
        "city": rng.choice(FACTS["cities"]),
    }


def day_month(day: date) -> str:
    return f"{day.day} {day:%B}"


def month_day(day: date) -> str:
    return f"{day:%B} {day.day}"


def with_year(day: date) -> tuple[str, str]:
    """A date as "3 May 2013" and "May 3, 2013"."""
    return f"{day_month(day)} {day.year}", f"{month_day(day)}, {day.year}"


def ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def weekday(rng: random.Random, published: date, wrong: bool) -> Slots:
    past, ahead = published - timedelta(rng.randint(2, 40)), published + timedelta(rng.randint(2, 40))
    shift = rng.choice([1, 2, 3, -1, -2]) if wrong else 0
    dMy, Mdy = with_year(past)
    fdMy, fMdy = with_year(ahead)
    slots: Slots = {"dM": day_month(past), "Md": month_day(past), "dMy": dMy, "Mdy": Mdy, "fdMy": fdMy, "fMdy": fMdy}
    slots |= {"y": past.year, "M": f"{past:%B}", "dth": ordinal(past.day)}
    return slots | {"wd": Weekday(past + timedelta(shift), ahead + timedelta(shift))}


class Weekday:
    """The weekday of the past date of a frame, or of its coming one where the frame tells of that."""

    def __init__(self, past: date, ahead: date) -> None:
        self.past, self.ahead = past, ahead

    def __format__(self, spec: str) -> str:
        return f"{self.ahead if spec == 'f' else self.past:%A}"


def exists(rng: random.Random, published: date, wrong: bool) -> Slots:
    year = published.year - rng.randint(1, 3)
    month, day = rng.choice([(6, 30), (9, 30), (11, 30), (4, 30), (2, 28)])
    good = date(year, month, day)
    bad = 31 if month != 2 else 30  # 29 February may be right
    if not wrong:
        dMy, Mdy = with_year(good)
        return {
            "x_dM": day_month(good), "x_Md": month_day(good), "x_dMy": dMy, "x_Mdy": Mdy, "x_iso": good.isoformat(),
        }  # fmt: skip
    name = f"{good:%B}"
    return {
        "x_dM": f"{bad} {name}",
        "x_Md": f"{name} {bad}",
        "x_dMy": f"{bad} {name} {year}",
        "x_Mdy": f"{name} {bad}, {year}",
        "x_iso": f"{year}-{rng.choice([13, 14, 17])}-{month:02d}",
    }


def tense(rng: random.Random, published: date, wrong: bool) -> Slots:
    back, ahead = published - timedelta(rng.randint(6, 300)), published + timedelta(rng.randint(6, 300))
    gone, coming = (back, ahead) if wrong else (ahead, back)
    return {
        "gone_dMy": with_year(gone)[0],
        "gone_Mdy": with_year(gone)[1],
        "ahead_dMy": with_year(coming)[0],
        "ahead_Mdy": with_year(coming)[1],
    }


def publication(rng: random.Random, published: date, wrong: bool) -> Slots:
    day = published + timedelta(rng.randint(4, 200) * (1 if wrong else -1))
    return {"late_dMy": with_year(day)[0], "late_Mdy": with_year(day)[1]}


def elapsed(rng: random.Random, published: date, wrong: bool) -> Slots:
    count = rng.choice([4, 6, 7, 8, 9, 11, 12])
    last = published.year - rng.randint(1, 4)
    first = last - count
    told = count + (rng.choice([3, 5, -3]) if count > 6 else rng.choice([4, 5])) * wrong
    since = published.year - first
    off = rng.choice([4, 6, 8]) * wrong
    return {
        "y1": first,
        "y2": last,
        "n": told,
        "nw": NUMBERS[told - 2] if 2 <= told <= 12 else told,
        "nth": ordinal(since + off),
        "ago": published.year - told + rng.choice([5, 6]) * wrong,
    }


def ages(rng: random.Random, published: date, wrong: bool) -> Slots:
    born = date(published.year - rng.randint(25, 80), rng.randint(1, 12), rng.randint(1, 28))
    age = published.year - born.year - ((published.month, published.day) < (born.month, born.day))
    off = rng.choice([4, 6, -5, 11]) * wrong
    died = published.year - rng.randint(1, 5)
    return {
        "born": born.year,
        "born_dMy": with_year(born)[0],
        "age": age + off,
        "age_again": age,
        "died": died,
        "aged": died - born.year + off,
    }


def duration(rng: random.Random, published: date, wrong: bool) -> Slots:
    days, first = rng.randint(4, 12), rng.randint(2, 14)
    years, start = rng.randint(4, 11), published.year - rng.randint(12, 30)
    told = days + rng.choice([4, 5, 7]) * wrong
    told_years = years + (rng.choice([-3, 3, 4]) if years > 5 else 4) * wrong
    return {
        "n": told,
        "a": first,
        "b": first + days - 1,
        "Mlong": rng.choice(["January", "April", "July", "October"]),
        "ny": told_years,
        "nyw": NUMBERS[told_years - 2] if told_years <= 12 else told_years,
        "y1": start,
        "y2": start + years,
    }


def order(rng: random.Random, published: date, wrong: bool) -> Slots:
    first = published - timedelta(rng.randint(20, 60))
    second = first + timedelta(rng.randint(2, 15))
    years = [published.year - 60, published.year - 20]
    one, two = (second, first) if wrong else (first, second)
    lapse = years[::-1] if wrong else years
    before = "preceded"
    a, b = ("the flood", "the audit") if wrong else ("the audit", "the flood")
    c, d = ("fire", "strike") if wrong else ("strike", "fire")
    return {
        "o1_dM": day_month(one),
        "o2_dM": day_month(two),
        "o1_dMy": with_year(one)[0],
        "o2_dMy": with_year(two)[0],
        "o1_Mdy": with_year(one)[1],
        "o2_Mdy": with_year(two)[1],
        "oy1": lapse[0],
        "oy2": lapse[1],
        "oa": a,
        "ob": b,
        "oc": c,
        "od": d,
        "verb": before,
        "verb2": "preceded",
    }


def distance(rng: random.Random, published: date, wrong: bool) -> Slots:
    town, lat, lon, anchor, lat2, lon2 = rng.choice(FACTS["pairs"])
    km, bearing = way_from((lat2, lon2), (lat, lon))
    km *= rng.uniform(0.97, 1.06)
    turn = rng.choice([0, 4, 4]) * wrong
    told = km * 2.8 if wrong and not turn else km
    return {
        "s": town,
        "a": anchor,
        "km": rounded(told),
        "km_alone": rounded(km * 2.8 if wrong else km),
        "miles": rounded(told / 1.609),
        "way": WAYS[(round(bearing / 45) + turn) % 8],
    }


def rounded(length: float) -> int:
    """As news gives a length: to the next five from 40 on."""
    return round(length / 5) * 5 if length > 40 else round(length)


def way_from(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Kilometres and bearing in degrees from a point to another."""
    p, q, turn = math.radians(one[0]), math.radians(other[0]), math.radians(other[1] - one[1])
    arc = math.acos(min(1.0, math.sin(p) * math.sin(q) + math.cos(p) * math.cos(q) * math.cos(turn)))
    east = math.sin(turn) * math.cos(q)
    north = math.cos(p) * math.sin(q) - math.sin(p) * math.cos(q) * math.cos(turn)
    return 6371 * arc, math.degrees(math.atan2(east, north)) % 360


def conversion(rng: random.Random, published: date, wrong: bool) -> Slots:
    slots: Slots = {}
    for name, choices in FACTS["units"].items():
        one, right, other = rng.choice(choices)
        slots |= {f"{name}1": one, f"{name}2": other if wrong else right}
    return slots


def containment(rng: random.Random, published: date, wrong: bool) -> Slots:
    town, country, adjective, other, wrong_adjective = rng.choice(FACTS["towns"])
    land, neighbour, far = rng.choice(FACTS["borders"])
    return {
        "c": town,
        "in": other if wrong else country,
        "adj": wrong_adjective if wrong else adjective,
        "n1": land,
        "n2": far if wrong else neighbour,
    }


def anachronism(rng: random.Random, published: date, wrong: bool) -> Slots:
    # Both years lie before publication, which else would contradict them too.
    name, year, other = rng.choice([row for row in FACTS["names"] if max(row[1:]) < published.year])
    return {"u": Name(name), "uy": other if wrong else year}


class Name(str):
    """A name that keeps its article."""


def travel(rng: random.Random, published: date, wrong: bool) -> Slots:
    one, at, far, then, near, later = rng.choice(FACTS["trips"])
    day = published - timedelta(rng.randint(1, 9))
    other, clock = (far, then) if wrong else (near, later)
    return {
        "p1": one,
        "p2": other,
        "h1c": twelve(at),
        "h2c": twelve(clock),
        "t_dMy": with_year(day)[0],
        "t_Mdy": with_year(day)[1],
    }


def twelve(hour: int) -> str:
    return f"{hour % 12 or 12} {'a.m.' if hour < 12 else 'p.m.'}"


def variants(rng: random.Random, published: date, wrong: bool) -> Slots:
    day = published - timedelta(rng.randint(2, 20))
    killed = rng.randint(3, 30)
    one, other = rng.sample(FACTS["cities"], 2)
    return {
        "va": with_year(day)[0],
        "vb": with_year(day + timedelta(rng.randint(1, 4) * wrong))[0],
        "p1": one,
        "vp": other if wrong else one,
        "k1": killed,
        "k2": killed + rng.randint(1, 5) * wrong,
    }


def copied(rng: random.Random, published: date, wrong: bool) -> Slots:
    later = rng.randint(2, 6)
    day = published - timedelta(1)
    rel = rng.choice(["yesterday", "yesterday", f"on {day:%A}"])
    # A weekday moves only with the week.
    later += 7 if rel != "yesterday" else 0
    again = rel if wrong else f"on {day_month(day)}"
    return {"rel": rel, "Rel": upper(rel), "rel2": again, "Rel2": upper(again), "later": later}


def upper(words: str) -> str:
    return words[0].upper() + words[1:]


SLOTS: dict[str, Callable[[random.Random, date, bool], Slots]] = {
    "weekday": weekday,
    "exists": exists,
    "tense": tense,
    "publication": publication,
    "elapsed": elapsed,
    "ages": ages,
    "duration": duration,
    "order": order,
    "distance": distance,
    "conversion": conversion,
    "containment": containment,
    "anachronism": anachronism,
    "travel": travel,
    "variants": variants,
    "copied": copied,
}

if __name__ == "__main__":
    main()
