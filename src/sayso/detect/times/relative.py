"""Times counted from a reference: "yesterday", "last week", "the next day", "three days later", "that year"."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.detect.times.reading import Reading, dated, unresolved
from sayso.detect.times.rule import Rule
from sayso.detect.times.scene import Reference, Scene
from sayso.detect.times.stamp import UNITS, Stamp
from sayso.detect.times.words import number, period, table, unit

_UNKNOWN = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "season": "XXXX-XX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
    "millennium": "X",
}
_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}
_BACK = frozenset({"last", "past", "previous", "preceding", "before", "ago", "earlier", "previously", "prior"})
_ON = frozenset({"next", "coming", "following", "subsequent", "after", "later", "afterward", "afterwards", "hence"})


def counted(reference: Reference | None, steps: int, name: str, note: str) -> Reading:
    """The stretch of unit `name` that lies `steps` from the reference; unresolved without one fine enough."""
    if reference is None:
        return unresolved(_UNKNOWN[name])
    here = reference.stamp.within(name)
    moved = here.shift(steps) if here else None
    if moved is None:
        return unresolved(_UNKNOWN[name], note=f"{reference.stamp.value()} is too coarse to count from")
    return dated(moved, reference.name, f"{note}, counted from {reference.stamp.value()}")


def deictic(m: re.Match[str], scene: Scene) -> Reading | None:
    """"today", "yesterday", "tomorrow night", "the day before yesterday"; in a history "today" is the reader's present."""
    word = m["word"].lower()
    if word == "today" and scene.word(scene.token(m.start()) - 1) in _friends("today_before"):
        return None
    if word == "today" and scene.history:
        return Reading("DATE", "PRESENT_REF", note="today, in a history: its writer's present")
    steps = _DAYS[word] + (-1 if m["before"] else 1 if m["after"] else 0)
    reading = counted(scene.now(m.start()), steps, "day", f"“{m[0]}”")
    part = "night" if word == "tonight" else m["part"]
    return with_part(reading, part) if part else reading


def with_part(reading: Reading, part: str) -> Reading:
    """A day's reading with a part of that day."""
    code = "T" + table("dayparts")[" ".join(part.lower().split()).removesuffix("s")]
    if reading.stamp is None or reading.stamp.unit != "day":
        return replace(reading, kind="TIME", value=reading.value + code) if reading.value.startswith("X") else reading
    stamp = replace(reading.stamp, clock=code)
    return replace(reading, kind="TIME", value=stamp.value(), stamp=stamp)


def day_part(m: re.Match[str], scene: Scene) -> Reading | None:
    """"this morning", "last night", "that afternoon", "the next morning"."""
    which = re.sub(r"\s+", " ", m["which"].lower())
    near = which in ("this", "last")
    reference = scene.now(m.start()) if near and not scene.history else scene.story("day")
    steps = _direction(which.split()[-1])
    if which == "this" and m["part"].lower() in ("night",):
        steps = 0
    return with_part(counted(reference, steps, "day", f"“{m[0]}”"), m["part"])


def _direction(word: str) -> int:
    return -1 if word in _BACK else 1 if word in _ON else 0


def neighbour(m: re.Match[str], scene: Scene) -> Reading | None:
    """"last week", "this year", "next month" from the reference date; "the previous year", "the next day", "that
    month", "the same day" from the last time told."""
    which = re.sub(r"\s+", " ", m["which"].lower())
    name = unit(m["unit"])
    if m["unit"][0].isupper() and not m[0].isupper():
        return None
    if which in ("this", "last", "next", "the last", "this past", "the current", "current", "this coming", "the coming", "coming"):
        reference = scene.now(m.start())
        if which == "next" and scene.history or name == "quarter" and scene.base is None:
            reference = scene.story(name)
    else:
        reference = scene.story(name)
    return counted(reference, _direction(which.split()[-1]), _calendar(name), f"“{m[0]}”")


def the_unit(m: re.Match[str], scene: Scene) -> Reading | None:
    """"the day", "the year", "the quarter": the one told last."""
    name = unit(m["unit"])
    if name == "quarter":
        return quarter_told(scene)
    if name == "weekend":
        return weekend(m, scene)
    return counted(scene.story(name), 0, name, f"“{m[0]}”")


def weekend(m: re.Match[str], scene: Scene) -> Reading | None:
    """"the weekend": until Wednesday, and in the past tense, the one before; else the one of this week."""
    reference = scene.now(m.start())
    here = reference.stamp.date() if reference and reference.stamp.unit == "day" else None
    back = here is not None and here.isoweekday() < 4 and scene.tense(*m.span()) != "future"
    return counted(reference, -1 if back else 0, "weekend", f"“{m[0]}”")


def quarter_told(scene: Scene, years: int = 0) -> Reading:
    """The quarter that a report is about: the last one told, else the one before the reference's; `years` from it."""
    stamp, anchor = scene.quarter, "narrative"
    if stamp is None and scene.base:
        here = scene.base.stamp.within("quarter")
        stamp, anchor = (here.shift(-1) if here else None), scene.base.name
    moved = stamp.shift(years, "year") if stamp else None
    return dated(moved, anchor, "the quarter that the report is about") if moved else unresolved("XXXX-QX")


def report_period(m: re.Match[str], scene: Scene) -> Reading | None:
    """"the latest period", "the year-earlier quarter", "the 1988 period": in a report that tells of a quarter."""
    if scene.quarter is None and "latest" not in m[0].lower():
        return None
    if m["year"] and scene.quarter:
        stamp = replace(scene.quarter, year=int(m["year"]))
        return replace(dated(stamp, "narrative", "the same quarter of that year"), aside=True)
    ago = m["ago"] is not None or (m["last"] is not None)
    return replace(quarter_told(scene, -1 if ago else 0), aside=True)


def year_ago(m: re.Match[str], scene: Scene) -> Reading | None:
    """"a year ago", "a year earlier", "year-earlier": the same quarter of the year before where a quarter is told of."""
    told = scene.quarter
    if told:
        moved = told.shift(-1, "year")
        note = f"a year before {told.value()}"
        return replace(dated(moved, "narrative", note), aside=True) if moved else None
    reference = scene.now(m.start()) if "ago" in m[0].lower() else scene.story("year")
    return counted(reference, -1, "year", f"“{m[0]}”")


def ending(m: re.Match[str], scene: Scene) -> Reading | None:
    """"the year ended March 31": a length that the date behind it closes."""
    return Reading("DURATION", period("1", unit(m["unit"])))


def year_end(m: re.Match[str], scene: Scene) -> Reading | None:
    """"year-end", "the end of year": the last month, or the last third, of the year at the reference."""
    reference = scene.now(m.start())
    here = reference.stamp.within("year") if reference else None
    if reference is None or here is None:
        return unresolved("XXXX")
    if m["end"]:
        return dated(here, reference.name, "its last third", edge=3)
    return dated(Stamp("month", here.year, 12), reference.name, "its last month")


def away(m: re.Match[str], scene: Scene) -> Reading | None:
    """"three days ago", "two years later", "a month earlier": "ago" and "from now" count from the reference, the others
    from the last time told. The unit counted is the unit given, a day for weeks; a vague number is only past or future."""
    word = re.sub(r"\s+", " ", m["how"].lower())
    name = unit(m["unit"])
    back = word.split()[0] in _BACK
    if m["vague"] or m["num"] is None:
        if word != "ago" and not scene.history:
            return Reading("DURATION", period("X", name), note=f"an unknown number of {name}s {word}")
        value = "PAST_REF" if back else "FUTURE_REF"
        return Reading("DATE", value, note="a vague number of " + name + "s")
    count = 1.0 if m["num"].lower() in ("a", "an", "the", "just a") else number(m["num"])
    if name not in UNITS and name != "fortnight":
        return None
    if count != int(count):
        return None
    steps, name = (int(count) * 2, "week") if name == "fortnight" else (int(count), name)
    reference = scene.now(m.start()) if word in ("ago", "from now", "hence", "from today") else scene.story("day" if name == "week" else name)
    steps = -steps if back else steps
    if name == "week":
        steps, name = 7 * steps, "day"
    return counted(reference, steps, _calendar(name), f"“{m[0]}”")


def _calendar(name: str) -> str:
    """The unit of the calendar for a unit of speech."""
    return {"night": "day", "morning": "day", "fortnight": "week", "summer": "season"}.get(name, name)


def _friends(key: str) -> frozenset[str]:
    return frozenset(table("other_friends")[key])


def part_of_weekday(m: re.Match[str], scene: Scene) -> Reading | None:
    """Never alone: "the morning of" gives its part of the day to the date behind it."""
    return Reading("", m["part"], role="part")


def edge(m: re.Match[str], scene: Scene) -> Reading | None:
    """Never alone: "early", "the end of" narrow the time behind them."""
    return Reading("", re.sub(r"[\s-]+", " ", m["edge"].lower()).strip(), role="edge")


def around(m: re.Match[str], scene: Scene) -> Reading | None:
    """"the day before the election" is no time by the calendar; "the day before", "the day after" alone is."""
    return counted(scene.story(unit(m["unit"])), -1 if m["how"].lower() in _BACK else 1, unit(m["unit"]), f"“{m[0]}”")


_NEAR = r"(?P<which>this_(?:past|coming)|this|last|next|(?:the_)?current|(?:the_)?coming|the_last)"
_TOLD = r"(?P<which>(?:the_|that_|this_)?(?:very_)?(?:previous|preceding|following|next|same|prior|subsequent)|that(?:_same)?)"
_SIZES = r"(?P<unit>day|week|weekend|month|quarter|year|decade|century|millennium)"
RULES = (
    Rule(
        "today yesterday tomorrow tonight the",
        r"(?:the_day_(?:(?P<before>before)|(?P<after>after))_)?(?P<word>today|yesterday|tomorrow|tonight)(?:_(?P<part>{part}))?",
        deictic,
    ),
    Rule("this last that the next", r"(?P<which>this|last|that(?:_same)?|the_(?:next|following|same|previous))_(?P<part>{part})", day_part),
    Rule("this last next current coming the", _NEAR + "_" + _SIZES, neighbour),
    Rule("the that this previous following same", _TOLD + "_" + _SIZES, neighbour),
    Rule("the", r"the_(?P<unit>year|quarter|month|week)(?=_end(?:ed|ing)\b)", ending),
    Rule("the", r"the_(?:latest_|whole_|full_|entire_)?(?P<unit>day|week|weekend|month|quarter|year|decade)", the_unit),
    Rule(
        "the this last current year",
        r"(?:the_)?(?:(?P<ago>year-ago|year-earlier|prior-year|year_earlier)|(?P<year>{yr})|latest|(?P<last>corresponding|same|comparable))_"
        r"(?:first_|second_|third_|fourth_)?(?:quarter|period)(?:_(?:last_year|a_year_(?:ago|earlier)|of_last_year|the_previous_year))?",
        report_period,
    ),
    Rule("a year the", r"a_year_(?:ago|earlier)(?!_than)|(?:the_|a_)?year-(?:ago|earlier)", year_ago),
    Rule("year the", r"(?:the_)?year[- ]end|(?:the_)?(?P<end>end)_of_year", year_end),
    Rule(
        "NUMBER # a an some several many few about around nearly almost more less just only UNIT roughly over at exactly the barely approximately scores dozens hundreds",
        r"(?:{hedge}_)*(?:(?:(?P<num>{num}|an?|the)|(?P<vague>{vague}?))[-_]?(?<=[-\s])|)(?:(?:long|full|short|more|trading|business|whole)_)?"
        r"(?P<unit>{unit})s?(?:_or_so)?_(?P<how>ago|earlier|later|before(?=[.,;]|_(?:and|but)\b)|previously|from_(?:now|today)|hence|after(?=[.,;])|afterwards?|prior)(?!_than)",
        away,
    ),
    Rule("the", r"the_(?P<unit>day|week|month|year)_(?P<how>before|after|following|previous|prior)(?=[,.;:)]|_(?:and|when|but|as|he|she|they|it)\b)", around),
    Rule(
        "the early late mid middle earlier later EDGE",
        r"(?:the_)?(?:very_)?(?P<edge>(?:early|earlier|late|later|middle)_in|early|mid|late|middle|later|earlier"
        r"|(?:early|mid|late|latter|last|first|second)[-_](?:part|half)_of"
        r"|(?:opening|start|beginning|turn|height|end|close|middle|rest|remainder|whole|course)_of)",
        edge,
    ),
    Rule("the week", r"(?:the_)?(?P<part>week)_of", part_of_weekday),
    Rule("the day", r"(?:the_)?day_(?P<part>before|after)", part_of_weekday),
    Rule("the early late in PART", r"(?:in_)?(?:the_)?(?:(?:early|late)_)?(?P<part>{part})(?:_hours)?_of", part_of_weekday),
)
