"""The report: one page that shows every statement in its text, by voice, with the chain it came by."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

import sayso
from sayso.case import Case
from sayso.export import report_dominoes, report_sections, whole
from sayso.judgements import latest
from sayso.records import Document, Modality, PartKind, Problem, Wording
from sayso.store import CaseFile
from sayso.views.chains import NOBODY, Chip, one_line, spoken, title
from sayso.views.dates import day, days, interval
from sayso.views.document import DocumentRow, PartRow, Segment, StatementRow, document_row, excerpt
from sayso.views.rules import explain
from sayso.views.sources import Voice, Voices, percent, voices

HUES = 8  # of the palette in report.css
LINES = 4  # kinds of underline there
OPEN = 24  # documents up to which all of them are unfolded at first
TOP = 8
AROUND = frozenset({PartKind.RELATED, PartKind.BOILERPLATE})
SAFE = frozenset({"http", "https", "mailto"})
# Characters that HTML forbids or that hide: shown as U+FFFD. Changes of direction are kept in by `unicode-bidi`.
_FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF], "\ufffd")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*")


@dataclass(frozen=True, slots=True)
class Look:
    """How a voice looks: its number in the page, a colour and a kind of underline."""

    number: int
    hue: int
    line: int
    anonymous: bool

    @property
    def classes(self) -> str:
        """Its CSS classes."""
        return f"h{self.hue} l{self.line}{' anon' if self.anonymous else ''}"


@dataclass(frozen=True, slots=True)
class Place:
    """A statement and where the page shows it."""

    document: DocumentRow
    number: int
    row: StatementRow

    @property
    def anchor(self) -> str:
        """The id of its note."""
        return f"d{self.number}-s{self.row.number}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A voice with its look and all that it is said to have said."""

    voice: Voice
    look: Look
    said: tuple[Place, ...]
    relayed: tuple[Place, ...]


def export(case: Case, out: Path, *, full: bool = False, figures: Mapping[str, Any] | None = None) -> None:
    """Write the case as one HTML page that needs nothing else: no network, no other file, no scripts to be read.

    Carries the cited sentences with one either side; `full` the whole texts. `figures` is how often sayso is
    wrong (`{"measures": [{"what", "value", "on"}]}`), by default what `data/figures.json` says, if it is there.
    The same case gives the same bytes. All rows are held in memory: beyond some thousand documents, a page is
    the wrong form. Raises CaseError where `out` cannot be written.
    """
    template, context = _template(), _context(case, full=full)
    context["figures"] = _figures() if figures is None else figures
    with whole(out) as file:
        for piece in template.generate(context):
            file.write(piece.translate(_FORBIDDEN))


def _context(case: Case, *, full: bool) -> dict[str, Any]:
    counted = voices(case)
    rows = [document_row(case, document) for document in _in_order(case)]
    looks = _looks(counted, rows)
    entries = _entries(counted, rows, looks)
    sections = report_sections.context(case, _anchors(rows))
    map_css, map_js = report_sections.assets() if sections["map_data"] else ("", "")
    css, js = map_css + _asset("report.css"), _asset("report.js")
    return sections | report_dominoes.context(case) | {
        "css": Markup(css),
        "js": Markup(js),
        "map_js": Markup(map_js),
        "policy": f"default-src 'none'; style-src {_hash(css)}; script-src {_hash(js)} {_hash(map_js)}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types default",
        "full": full,
        "counted": counted,
        "grounds": _grounds(counted),
        "documents": [row if full else excerpt(row) for row in map(_untitled, rows)],
        "entries": entries,
        "looks": looks,
        "most": [entry for entry in entries if entry.said and entry.voice.someone][:TOP],
        "deepest": _deepest(rows),
        "dates": days([row.published[:10] for row in rows if row.published]),
        "problems": list(case.of(Problem)),
        "names": {document.id: title(document) for document in case.of(Document)},
        "rules": _rules(rows),
        "verdicts": _verdicts(case),
        "versions": _versions(case),
        "open": len(rows) <= OPEN,
    }


def _template() -> Any:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, loader=FunctionLoader(_asset)
    )
    environment.filters |= {"spoken": spoken, "percent": percent, "href": href, "day": day, "groupwise": _groupwise}
    environment.filters |= {"interval": interval}
    environment.globals |= {"classes": _classes, "facets": _facets, "ids": _ids}
    environment.globals |= {"keys": keys_of, "wordings": list(Wording), "modalities": list(Modality)}
    return environment.from_string(_asset("report.html"))


def href(target: str) -> str:
    """The target where it is safe to follow (http, https, mailto), else ""; what cannot be read is not safe."""
    try:
        scheme = urlsplit(target.strip()).scheme
    except ValueError:
        return ""
    plain = _SCHEME.match(target)  # urlsplit drops tabs and line ends inside "java\tscript:"; this does not
    return target if scheme in SAFE and plain and plain.group().lower() == scheme else ""


# --- what the page is made from ------------------------------------------------------------------------------------


def _in_order(case: Case) -> Iterator[Document]:
    """Documents by date, those without one last; one text at a time is in memory."""
    keys = sorted((document.published.value if document.published else "~", title(document), document.id)
                  for document in case.of(Document))  # fmt: skip
    for *_, id in keys:
        yield next(case.of(Document, id))


def _untitled(row: DocumentRow) -> DocumentRow:
    """Without a first headline that only repeats the title above it and cites nobody."""
    at = next((n for n, part in enumerate(row.parts) if part.kind == PartKind.HEADLINE), None)
    if at is None or row.parts[at].cited(row) or one_line(row.parts[at].text) != row.title:
        return row
    return replace(row, parts=(*row.parts[:at], *row.parts[at + 1 :]))


def _looks(counted: Voices, rows: Sequence[DocumentRow]) -> dict[str, Look]:
    """A look for every voice: those of one text differ from one another as far as the palette goes."""
    together: dict[str, set[str]] = {voice.key: set() for voice in counted.rows}
    for row in rows:
        heard = {key for statement in row.attributed for chip in statement.chain for key in keys_of(chip)}
        for key in heard:
            together[key] |= heard
    looks: dict[str, Look] = {}
    for number, voice in enumerate(counted.rows, 1):
        near = Counter((looks[key].hue, looks[key].line) for key in together[voice.key] if key in looks)
        hue, line = _free(near, number) if voice.key != NOBODY else (HUES, 0)
        looks[voice.key] = Look(number, hue, line, voice.anonymous)
    return looks


def _free(near: Counter[tuple[int, int]], number: int) -> tuple[int, int]:
    """The colour and line least used nearby; colours are told apart before lines are."""
    hues = Counter(hue for hue, _ in near.elements())
    hue = min(range(HUES), key=lambda h: (hues[h], (h - number + 1) % HUES))
    return hue, min(range(LINES), key=lambda line: (near[hue, line], line))


def keys_of(chip: Chip) -> tuple[str, ...]:
    """The voices of one link of a chain."""
    return tuple(source.voice for source in chip.sources) or (NOBODY,)


def _entries(counted: Voices, rows: Sequence[DocumentRow], looks: Mapping[str, Look]) -> list[Entry]:
    places = {
        statement.id: Place(row, number, statement)
        for number, row in enumerate(rows, 1)
        for statement in row.attributed
    }
    order = {id: at for at, id in enumerate(places)}

    def shown(ids: tuple[str, ...]) -> tuple[Place, ...]:
        return tuple(places[id] for id in sorted(set(ids) & order.keys(), key=order.__getitem__))

    return [Entry(voice, looks[voice.key], shown(voice.origin), shown(voice.relay)) for voice in counted.rows]


def _anchors(rows: Sequence[DocumentRow]) -> dict[str, str]:
    """Where the page shows a document or a statement, by its id."""
    found = {row.id: f"d{number}" for number, row in enumerate(rows, 1)}
    for number, row in enumerate(rows, 1):
        found |= {said.id: _ids(row, number, [index]) for index, said in enumerate(row.statements)}
    return found


def _deepest(rows: Sequence[DocumentRow], most: int = 3) -> list[Place]:
    """The statements that passed through most hands, one for each different chain."""
    found: dict[tuple[str, ...], Place] = {}
    for number, row in enumerate(rows, 1):
        for statement in row.attributed:
            if len(statement.chain) > 1:
                hands = tuple(chip.label for chip in statement.chain)
                found.setdefault(hands, Place(row, number, statement))
    return sorted(found.values(), key=lambda place: -len(place.row.chain))[:most]


def _rules(rows: Sequence[DocumentRow]) -> dict[str, str]:
    """Every rule that found something, with its own words ("" where it has none)."""
    statements = [statement for row in rows for statement in row.statements]
    sources = [source for statement in statements for chip in statement.chain for source in chip.sources]
    used = {statement.rule for statement in statements} | {source.rule for source in sources}
    used |= {word.rule for row in rows for word in row.loaded}
    return {rule: explain(rule) for rule in sorted(used)}


def _verdicts(case: Case) -> dict[str, str]:
    """What a person last said of a statement, by its id."""
    if not isinstance(case, CaseFile):
        return {}
    return {id: str(judgement.verdict) for id, judgement in latest(case).items()}


def _versions(case: Case) -> list[str]:
    """What analysed the documents, as the case file recorded it."""
    if isinstance(case, CaseFile):
        sql = "SELECT DISTINCT version FROM document WHERE superseded IS NULL AND version IS NOT NULL ORDER BY version"
        return [str(row[0]) for row in case.rows(sql)]
    return [f"sayso {sayso.__version__}"]


def _figures() -> Mapping[str, Any]:
    file = files("sayso").joinpath("data", "figures.json")
    found: Mapping[str, Any] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return found


# --- what the template asks ----------------------------------------------------------------------------------------


def _groupwise(parts: Sequence[PartRow]) -> list[tuple[bool, list[PartRow]]]:
    """Parts in runs: those of the text, and those around it (menus, related lines), which are folded away."""
    filled = [part for part in parts if part.segments]
    return [(around, list(run)) for around, run in groupby(filled, key=lambda part: part.kind in AROUND)]


def _grounds(counted: Voices) -> list[tuple[str, str, int]]:
    """What the attributed statements rest on, for the bar: (class, label, how many), the firmest first."""
    return [
        ("named", "named", counted.named),
        ("described", "an institution or paper", counted.described),
        ("unresolved", "a pronoun, not resolved", counted.unresolved),
        ("anonymous", "people not named", counted.anonymous),
        ("nobody", "nobody at all", counted.nobody),
    ]


def _classes(row: DocumentRow, segment: Segment, looks: Mapping[str, Look]) -> str:
    """The CSS classes of a segment: the look of whose words it is, and whether it names a source or a cue."""
    cited = [row.statements[index] for index in segment.content if not row.statements[index].own]
    found = [f"seg {_look(cited[-1], looks).classes}"] if cited else ["own"] if segment.content else []
    if len(cited) > 1:
        found.append(f"nest o{_look(cited[-2], looks).hue}")
    found += ["src"] if segment.source else []
    return " ".join([*found, *(["cue"] if segment.cue else [])])


def _look(row: StatementRow, looks: Mapping[str, Look]) -> Look:
    return looks[keys_of(row.chain[-1])[0]]


def _facets(row: StatementRow, looks: Mapping[str, Look]) -> Markup:
    """The attributes that the filters read: voices, wording, modality, whether the origin is named."""
    heard = " ".join(str(looks[key].number) for chip in row.chain for key in keys_of(chip))
    return Markup(' data-v="{}" data-w="{}" data-m="{}"{}').format(
        heard, row.wording, row.modality, Markup(" data-a") if row.anonymous else ""
    )


def _ids(row: DocumentRow, number: int, indices: Sequence[int]) -> str:
    """The ids of the notes of these statements of document `number`."""
    named = ((index, row.statements[index]) for index in indices)
    return " ".join(f"d{number}-o{index}" if said.own else f"d{number}-s{said.number}" for index, said in named)


def _asset(name: str) -> str:
    return files("sayso.export").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
