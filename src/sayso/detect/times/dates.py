"""Dates as written: days, months, years, seasons, quarters, decades, centuries, feasts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from sayso.detect.times.feasts import days, exact
from sayso.detect.times.friends import is_listing, is_month_name, is_season, is_weekday_name, is_year
from sayso.detect.times.reading import Found, Reading, dated, unresolved
from sayso.detect.times.relative import with_part
from sayso.detect.times.scene import Reference, Scene
from sayso.detect.times.stamp import SEASONS, Stamp, before_christ, of_date, of_day
from sayso.detect.times.words import feasts, listed, month, number, ordinal, table

ITSELF = "itself"
_EDGE = {"early": 1, "mid": 2, "late": 3}


def year_of(m: re.Match[str]) -> int | None:
    """The astronomical year that a match of YEAR gives; None where it was left out. "'98" is in 1930 to 2029."""
    found = m.groupdict()
    if found.get("year"):
        return int(found["year"])
    if found.get("bc"):
        return 1 - int(found["bc"])
    if found.get("short"):
        short = int(found["short"])
        return short + (2000 if short < 30 else 1900)
    return None


def nearest(options: list[Stamp], at: tuple[int, int], scene: Scene) -> Reading | None:
    """The one of `options` (one a year) that the reference, the tense and the nearness choose; None without one.

    In a history the next one told is the likelier, a little way back still likelier than a year on. In news the
    tense of the words about it weighs three to one against the nearer.
    """
    reference = scene.now(at[0])
    if reference is None or not options:
        return None
    tense = "history" if reference.name == "narrative" else scene.tense(*at)
    best = min(options, key=lambda s: _cost(s, reference.stamp, tense))
    words = {"past": "past tense about it", "future": "future tense about it", "history": "next in the story"}
    return dated(
        best, reference.name, f"nearest to {reference.stamp.value()} ({words.get(tense, 'no tense')})", bare=True
    )


def _cost(option: Stamp, reference: Stamp, tense: str) -> float:
    here = reference.within(option.unit) or reference
    gap = _days(option) - _days(here)
    if tense == "history":
        return gap if gap >= 0 else -2 * gap
    against = (tense == "past" and gap > 0) or (tense == "future" and gap < 0)
    return abs(gap) * (3 if against else 1.5 if gap > 0 and not tense else 1)


def _days(stamp: Stamp) -> int:
    year, month_, day = stamp.bounds()[0]
    return year * 365 + month_ * 30 + day


def years_about(scene: Scene, at: int) -> range:
    """The years in which a date without its year may lie: those about the reference."""
    reference = scene.now(at)
    return range(reference.stamp.year - 1, reference.stamp.year + 2) if reference else range(0)


def iso(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "2004-05-03", "2004-05-03T10:00Z": a whole date."""
    day = of_day(int(m["y"]), int(m["m"]), int(m["d"]))
    if day is None:
        return None
    clock = f"T{m['c']}{m['z'] or ''}" if m["c"] else ""
    return dated(replace(day, clock=clock), ITSELF)


def slashed(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "5/13/2004", "13.5.2004": month first with slashes, day first with stops, if the calendar allows."""
    a, b, year = int(m["a"]), int(m["b"]), int(m["y"])
    year += 0 if year > 99 else 2000 if year < 30 else 1900
    first, second = ((a, b), (b, a)) if m["s"] == "/" else ((b, a), (a, b))
    day = of_day(year, *first) or of_day(year, *second)
    return dated(day, ITSELF, "month first" if m["s"] == "/" else "day first") if day else None


def month_day(m: re.Match[str], scene: Scene) -> Reading | list[Found] | None:
    """Reads "Friday, May 3", "Oct. 23, 1999", "May 3 to 5": without a year the nearest, by tense."""
    if not m["month"][0].isupper():
        return None
    return _of_month(m, scene, _range(m, "day", "to"))


def day_month(m: re.Match[str], scene: Scene) -> Reading | list[Found] | None:
    """Reads "13 April 1904", "the 3rd of May", "3-5 May": without a year the nearest, by tense."""
    if not m["month"][0].isupper():
        return None
    return _of_month(m, scene, _range(m, "from", "day"))


def _range(m: re.Match[str], first: str, last: str) -> list[tuple[int, int, int]]:
    """The days of a match with their places; the first begins, and the last ends, with the match."""
    named = [name for name in (first, last) if m[name]]
    out = []
    for name in named:
        start = m.start() if name == named[0] else m.start(name)
        end = m.end() if name == named[-1] else m.end(name)
        out.append((start, end, ordinal(m[name])))
    return out


def _of_month(m: re.Match[str], scene: Scene, places: list[tuple[int, int, int]]) -> Reading | list[Found] | None:
    founds = []
    for start, end, day in places:
        reading = _day(m, scene, day)
        if reading is None:
            return None
        founds.append(Found(start, end, reading))
    if len(founds) == 1:
        return founds[0].reading
    founds[0].until = founds[1]
    return founds


def _day(m: re.Match[str], scene: Scene, day: int) -> Reading | None:
    number_ = month(m["month"])
    year = year_of(m)
    if year is not None:
        stamp = of_day(year, number_, day)
        return dated(stamp, ITSELF) if stamp else None
    options = [s for y in years_about(scene, m.start()) if (s := of_day(y, number_, day))]
    options = [s for s in options if _is_weekday(s, m["weekday"])] or options
    fits = of_day(2000, number_, day)
    return nearest(options, m.span(), scene) or (unresolved(f"XXXX-{number_:02d}-{day:02d}") if fits else None)


def _is_weekday(stamp: Stamp, name: str | None) -> bool:
    """Whether a day is the weekday that is written beside it, if any."""
    here = stamp.date()
    numbers = {**table("weekdays"), **table("weekday_short")}
    return name is not None and here is not None and numbers.get(name.lower().rstrip(".")) == here.isoweekday()


def month_year(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "January 1998", "September 480 BC", "August of '98"."""
    year = year_of(m)
    if year is None or not m["month"][0].isupper():
        return None
    return dated(Stamp("month", year, month(m["month"])), ITSELF)


def bare_month(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "in October", "last May", "this September": the nearest by tense; "last" before now, "next" after."""
    if not m["month"][0].isupper() or is_month_name(m, scene):
        return None
    number_, which = month(m["month"]), (m["which"] or "").lower().split()
    reference = scene.now(m.start())
    if reference is None:
        return unresolved(f"XXXX-{number_:02d}")
    options = [Stamp("month", y, number_) for y in years_about(scene, m.start())]
    here = reference.stamp.within("month")
    if which and here:
        return _directed(which[-1], options, here, reference)
    return nearest(options, m.span(), scene)


def _directed(which: str, options: list[Stamp], here: Stamp, reference: Reference) -> Reading | None:
    """The option that "last", "next" or "this" picks beside `here`, in whose unit the options are."""
    gaps = [(_days(o) - _days(here), o) for o in options]
    if which in listed("lists", "back"):
        chosen = [o for gap, o in gaps if gap < 0][-1:]
    elif which in listed("lists", "on"):
        chosen = [o for gap, o in gaps if gap > 0][:1]
    else:
        chosen = [o for gap, o in gaps if o.year == here.year]
    note = f"“{which}” beside {reference.stamp.value()}"
    return dated(chosen[0], reference.name, note) if chosen else None


def year(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "1998", "the year 2000", "fiscal 1989": four digits that count nothing."""
    if is_listing(m, scene) or (m["sure"] is None and not is_year(m, scene)):
        return None
    return dated(Stamp("year", int(m["year"])), ITSELF)


def year_range(m: re.Match[str], scene: Scene) -> list[Found] | None:
    """Reads "2010-2014", "1987-89", "1955/56": two years, the second ends the range."""
    first, tail = int(m["year"]), m["to"]
    last = int(tail) if len(tail) == 4 else first - first % 100 + int(tail)
    if not first < last <= first + 300 or is_listing(m, scene):
        return None
    low = Found(m.start(), m.end("year"), dated(Stamp("year", first), ITSELF))
    high = Found(m.start("to"), m.end("to"), dated(Stamp("year", last), ITSELF))
    low.until = high
    return [low, high]


def year_bc(m: re.Match[str], scene: Scene) -> Reading | list[Found] | None:
    """Reads "480 BC", "499-493 BC": years before Christ; a text that has them may leave the letters out later."""
    scene.era = True
    last = dated(before_christ(int(m["n"])), ITSELF)
    if m["from"] is None:
        return last
    low = Found(m.start(), m.end("from"), dated(before_christ(int(m["from"])), ITSELF))
    low.until = Found(m.start("n"), m.end(), last)
    return [low, low.until]


def year_ad(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "AD 70", "476 CE"."""
    number_ = int(m["a"] or m["b"])
    return dated(Stamp("year", number_), ITSELF) if number_ else None


def year_short(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "In 490" in a text that has written years BC: three digits behind a preposition."""
    if not scene.era or scene.word(scene.token(m.start()) - 1) not in listed("lists", "before_year_bc"):
        return None
    following = scene.word(scene.token(m.end()))
    if following.isalpha() and following not in listed("lists", "behind_year_bc"):
        return None
    return dated(before_christ(int(m["n"])), ITSELF, "before Christ, as the years told before")


def spoken_year(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "nineteen ninety-four", "the year two thousand"."""
    if m["exact"]:
        return dated(Stamp("year", int(number(m["exact"]))), ITSELF)
    return dated(Stamp("year", int(number(m["hundreds"])) * 100 + int(number(m["rest"]))), ITSELF)


def decade(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "the early 1990s", "the '80s", "the nineties", "the 470s BC"; two digits are of the twentieth century."""
    if m["bc"]:
        return dated(before_christ(int(m["y"] or m["yy"]), "decade"), ITSELF, edge=_edge(m))
    if m["y"]:
        if len(m["y"]) != 4 or not 1 <= int(m["y"][:2]) <= 20:
            return None
        return dated(Stamp("decade", int(m["y"])), ITSELF, edge=_edge(m))
    short = int(m["yy"]) if m["yy"] else int(table("decades")[m["w"].lower()])
    if scene.word(scene.token(m.start()) - 1) in ("his", "her", "their", "my", "our", "mid", "your"):
        return None
    return dated(Stamp("decade", 1900 + short), ITSELF, "of the twentieth century", edge=_edge(m))


def century(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "the 20th century", "the late nineteenth century", "the 4th century BC"."""
    number_ = ordinal(m["o"])
    if not 0 < number_ <= 30:
        return None
    stamp = before_christ((number_ - 1) * 100, "century") if m["bc"] else Stamp("century", (number_ - 1) * 100)
    if number_ == 1 and not m["bc"]:
        stamp = Stamp("century", 0)
    return dated(stamp, ITSELF, edge=_edge(m))


def _edge(m: re.Match[str]) -> int:
    return _EDGE.get((m["edge"] or "").lower().strip("- \n"), 0)


def week_of_month(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "the first week of March", "the last week of May 1999": the ISO week that holds that day of the month."""
    word = m["o"].lower()
    count = 0 if word in ("last", "final") else ordinal(word)
    reference = scene.now(m.start())
    year_ = year_of(m)
    if count > 5 or not m["month"][0].isupper():
        return None
    options = [year_] if year_ is not None else [*years_about(scene, m.start())]
    months = [Stamp("month", y, month(m["month"])) for y in options if y > 0]
    if not months:
        return unresolved("XXXX-WXX")
    chosen = dated(months[0], ITSELF) if year_ is not None else nearest(months, m.span(), scene)
    if chosen is None or chosen.stamp is None:
        return None
    first, last = chosen.stamp.bounds()
    day = date(*last) if count == 0 else date(*first) + timedelta(7 * (count - 1))
    return dated(of_date(day, "week"), chosen.anchor or (reference.name if reference else ""), chosen.note)


def season_year(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "the summer of 1963", "Spring 2004", "autumn of 481 BC"."""
    year_ = year_of(m)
    return dated(Stamp("season", year_, _season(m)), ITSELF) if year_ is not None else None


def bare_season(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "last fall", "this summer", "the winter": the nearest by tense; the nearest by tense."""
    which = (m["which"] or "").lower().split()
    if which in ([], ["the"]) and not is_season(m, scene):
        return None
    reference = scene.now(m.start())
    if reference is None:
        return unresolved(f"XXXX-{SEASONS[_season(m) - 1]}")
    options = [Stamp("season", y, _season(m)) for y in years_about(scene, m.start())]
    here = reference.stamp.within("season") if reference.stamp.unit in ("day", "week", "month", "season") else None
    if which and which[-1] not in ("the", "that", "same") and here:
        return _directed(which[-1], options, here, reference)
    if here is None:
        return dated(Stamp("season", reference.stamp.year, _season(m)), reference.name, bare=True)
    return nearest(options, m.span(), scene)


def _season(m: re.Match[str]) -> int:
    return SEASONS.index(table("seasons")[m["season"].lower()]) + 1


def quarter(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "the third quarter", "fourth-quarter", "Q3 2009": without a year the nearest by tense."""
    word = (m["o"] or m["q"] or m["q2"]).lower()
    part = 4 if word in ("final", "last") else int(word) if word.isdigit() else ordinal(word)
    if not 1 <= part <= 4:
        return None
    year_ = year_of(m)
    if year_ is None and m["before"]:
        year_ = int(m["before"])
    if year_ is not None:
        return dated(Stamp("quarter", year_, part), ITSELF)
    options = [Stamp("quarter", y, part) for y in years_about(scene, m.start())]
    return nearest(options, m.span(), scene) or unresolved(f"XXXX-Q{part}")


def half(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "the first half of 2008", "H1 2009"."""
    year_ = year_of(m)
    word = (m["o"] or m["h"]).lower()
    part = 1 if word in ("first", "1") else 2
    return dated(Stamp("half", year_, part), ITSELF) if year_ is not None else None


def weekday(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "Friday", "last Friday", "next Monday": the latest, the day itself included; in a future tense the next."""
    name = m["weekday"]
    if not name[0].isupper() or is_weekday_name(m, scene):
        return None
    number_, which = int(table("weekdays")[name.lower()]), (m["which"] or "").lower().split()
    word = which[-1] if which else ""
    reference = scene.story("day") if word in ("previous", "following") else scene.now(m.start())
    here = reference.stamp.date() if reference and reference.stamp.unit == "day" else None
    if reference is None or here is None:
        return unresolved(f"XXXX-WXX-{number_}")
    ahead = (number_ - here.isoweekday()) % 7
    tense = scene.tense(*m.span())
    if word in listed("lists", "back"):
        step, note = (ahead - 7), f"“{word}” before"
    elif word in ("next", "following"):
        step, note = number_ - here.isoweekday() + 7, f"“{word}”, in the week after that of"
    elif word in ("this", "coming") or tense == "future":
        step, note = ahead, "future tense: the next from"
    else:
        step, note = (ahead - 7 if ahead else 0), "the latest until"
    day = of_date(here + timedelta(step))
    reading = dated(day, reference.name, f"{note} {reference.stamp.value()}")
    return with_part(reading, m["part"]) if m["part"] else reading


def feast(m: re.Match[str], scene: Scene) -> Reading | None:
    """Reads "Christmas 1963", "Orthodox Easter", "Ramadan 2021": by its calendar, a day wider where that is unsure."""
    name = re.sub(r"\s+", " ", m["feast"].lower().replace("’", "'"))
    rule = feasts()[name]
    if not (m["feast"][0].isupper() or m["feast"][0].isdigit() or name.startswith("the ")):
        return None
    if scene.word(scene.token(m.end())) in listed("other_friends", "feast_behind"):
        return None
    written = year_of(m)
    years = (
        [written]
        if written is not None
        else [int(rule.split()[1][:4])]
        if rule.startswith("on ")
        else [*years_about(scene, m.start())]
    )
    spans = [s for y in years if (s := days(rule, y))]
    if not spans:
        return unresolved(
            f"XXXX-{rule.split()[1]}" if rule.startswith("fixed") else "XXXX", note="a feast without its year"
        )
    reading = nearest([of_date(s[0]) for s in spans], m.span(), scene) if written is None and len(spans) > 1 else None
    chosen = next(s for s in spans if reading is None or of_date(s[0]) == reading.stamp)
    anchor, note = (reading.anchor, reading.note) if reading else (ITSELF, "")
    if m["week"]:
        return dated(of_date(chosen[0], "week"), anchor, f"{note}; {rule}".strip("; "))
    whole = of_date(chosen[0]) if chosen[0] == chosen[1] and exact(rule) else Stamp("year", chosen[0].year)
    made = dated(whole, anchor, f"{note}; {rule}".strip("; "))
    return replace(made, first=chosen[0].isoformat(), last=chosen[1].isoformat())


READERS = (
    iso,
    slashed,
    month_day,
    day_month,
    month_year,
    week_of_month,
    bare_month,
    year,
    year_range,
    year_bc,
    year_ad,
    year_short,
    spoken_year,
    decade,
    century,
    season_year,
    bare_season,
    quarter,
    half,
    weekday,
    feast,
)
