"""What a terminal shows: one text with its statements and their chains, and the summary of a case."""

from __future__ import annotations

import shlex
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sayso.case import Case
from sayso.errors import UsageError
from sayso.records import Document, Mention, PartKind, Problem, Statement
from sayso.views.chains import Standing, chips, publisher, spoken, title
from sayso.views.document import PROSE, DocumentRow, PartRow, Segment, StatementRow, document_row
from sayso.views.sources import Voice, Voices, percent, voices

TOP = 10
# Colours that both light and dark terminals show apart; the marker's number says the same without them.
COLOURS = ("dodger_blue2", "dark_orange3", "dark_cyan", "magenta3", "chartreuse4", "red3", "slate_blue1", "gold3")
LOADED = "°"  # behind a loaded word
QUIET = frozenset({PartKind.RELATED, PartKind.BOILERPLATE})


def clean(words: str) -> str:
    """Words of a document made safe for a terminal: no escape sequences, controls or changes of direction.

    Line ends stay, a tab becomes a space; every other control, format or surrogate character is shown as U+FFFD
    (zero-width joiners, which emoji and some scripts need, stay).
    """
    return "".join(_safe(c) for c in words.replace("\r\n", "\n"))


def show(case: Case, doc: str | None, console: Console) -> None:
    """Print one document with its statements, menus and related lines left out; without `doc`, the only one or a list.

    `doc` is an id, the beginning of one, or the document's name. Raises UsageError where it fits none or several.
    """
    found = choose(case, doc) if doc else _only(case)
    if found is None:
        _list(case, console)
    else:
        _document(document_row(case, found), console)


def summary(case: Case, console: Console, path: str = "affair.sayso") -> None:
    """Print what a case holds: documents, problems, statements, the voices most cited and what to type next.

    `path` is the case file as the user knows it, for the commands to type.
    """
    counted = voices(case)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for label, value in _figures(case, counted):
        table.add_row(Text(label, "bold"), Text(value))
    console.print(table)
    if counted.rows:
        console.print()
        console.print(_most_cited(counted))
    console.print()
    shown = shlex.quote(clean(path))
    for command, what in _NEXT:
        console.print(Text.assemble("  ", (f"sayso {command} {shown}", "bold"), f"   {what}"), soft_wrap=True)


_NEXT = (
    ("open", "shows it in the browser: question it, correct it"),
    ("report", "writes one page to read and to send"),
    ("show", "lists the documents here"),
)


def _safe(c: str) -> str:
    if c == "\n" or c in "\u200c\u200d":
        return c
    if c == "\t":
        return " "
    return "\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c


# --- choosing -----------------------------------------------------------------------------------------------------


def choose(case: Case, doc: str) -> Document:
    """The one document meant by an id, the beginning of one, or a name. Raises UsageError where none or several fit."""
    fitting = [d for d in case.of(Document) if doc in (d.id, d.name)]
    fitting = fitting or [d for d in case.of(Document) if d.id.startswith((doc, f"doc-{doc}")) or doc in d.name]
    if len(fitting) == 1:
        return fitting[0]
    said = f"{len(fitting)} documents fit {doc!r}" if fitting else f"no document fits {doc!r}"
    raise UsageError(f"{said}: type `sayso show CASE` for the list, then the id or the name of one")


def _only(case: Case) -> Document | None:
    """The only document of a case, None where there are more or none."""
    first = [document for _, document in zip(range(2), case.of(Document), strict=False)]
    return first[0] if len(first) == 1 else None


def _list(case: Case, console: Console) -> None:
    """One line a document, printed as it is read, so that a large case answers at once."""
    heading = f"{'id':<8}  {'cited':>5}  {'not named':>9}  publisher: title"
    for number, document in enumerate(case.of(Document)):
        if not number:
            console.print(Text(heading, "bold"))
        console.print(Text(_listed(case, document)), no_wrap=True, overflow="ellipsis", crop=False)
        heading = ""
    console.print("The case holds no documents." if heading else "\nTo read one: sayso show CASE ID")


def _listed(case: Case, document: Document) -> str:
    mentions = {mention.id: mention for mention in case.of(Mention, document.id)}
    origins = [chips(document, mentions, s.chain[-1:]) for s in case.of(Statement, document.id) if s.chain]
    unnamed = sum(chain[-1].anonymous for chain in origins)
    short = document.id.removeprefix("doc-")[:8]
    return clean(f"{short:<8}  {len(origins):>5}  {unnamed:>9}  {publisher(document)}: {title(document)}")


# --- one document -------------------------------------------------------------------------------------------------


def _document(row: DocumentRow, console: Console) -> None:
    colours = _colours(row)
    console.print(Text(clean(row.title), "bold"))
    facts = [fact for fact in row.facts if fact.label in ("Publisher", "Author", "Published")]
    told = [f"{fact.value} ({fact.origin})" if fact.origin else f"{fact.label}: {fact.value}" for fact in facts]
    console.print(Text(clean(" · ".join(told)), "dim"))
    for part in row.parts:
        if part.segments and part.kind not in QUIET:
            console.print()
            console.print(_marked(row, part, colours))
            for index in part.statements:
                _chain(row, row.statements[index], colours, console)
    console.print()
    quiet = sum(part.kind in QUIET for part in row.parts)
    if quiet:
        console.print(Text(f"({quiet} lines of menus and related texts are left out)", "dim"))
    own = len(row.statements) - len(row.attributed)
    console.print(Text(f"{len(row.attributed)} statements cited, {row.anonymous} from nobody named, {own} own voice."))
    if row.loaded:
        console.print(Text(f"{row.loaded_line}, each marked {LOADED}."))
    if row.attributed:
        console.print(Text("One is wrong? sayso judge CASE ID reject, with the id that stands behind it.", "dim"))


def _colours(row: DocumentRow) -> dict[str, str]:
    """A colour for each origin, the one cited most often first."""
    counts = Counter(_voice(statement) for statement in row.attributed)
    return {voice: COLOURS[at % len(COLOURS)] for at, (voice, _) in enumerate(counts.most_common())}


def _voice(row: StatementRow) -> str:
    return row.chain[-1].label


def _marked(row: DocumentRow, part: PartRow, colours: dict[str, str]) -> Text:
    """The text of a part with `[2: ` where statement 2 begins and `]` where it ends, coloured by its origin."""
    text = Text(style="bold" if part.kind == PartKind.HEADLINE else "")
    if part.kind not in PROSE:
        text.append(f"{part.kind}: ", "dim")
    before: tuple[int, ...] = ()
    segments = (*part.segments, Segment(""))
    for segment, behind in pairwise((*segments, Segment(""))):
        now = tuple(index for index in segment.content if not row.statements[index].own)
        text.append("]" * len(set(before) - set(now)), "bold")
        for index in now:
            if index not in before:
                text.append(f"[{row.statements[index].number}: ", "bold")
        style = f"{colours[_voice(row.statements[now[-1]])]} underline" if now else "italic" if segment.cue else ""
        text.append(clean(segment.text), style)
        text.append(LOADED if segment.loaded is not None and behind.loaded != segment.loaded else "", "dim")
        before = now
    return text


def _chain(row: DocumentRow, statement: StatementRow, colours: dict[str, str], console: Console) -> None:
    if statement.own:
        return
    text = Text()
    text.append(f"[{statement.number}] ", "bold")
    for name in (row.publisher, *(chip.label for chip in statement.chain[:-1])):
        text.append(f"{clean(name)} < ", "dim")
    last = statement.chain[-1]
    text.append(clean(last.label), f"bold {colours[_voice(statement)]}")
    tags = [spoken(last.manner), *(spoken(tag) for tag in statement.tags)]
    tags += ["not named"] if last.anonymous and last.sources else []
    text.append(f" ({', '.join(tags)})")
    text.append(f"  {statement.id.removeprefix('statement-')[:8]}", "dim")
    console.print(Padding(text, (0, 0, 0, 4), expand=False))


# --- the case -----------------------------------------------------------------------------------------------------


def _figures(case: Case, counted: Voices) -> Iterator[tuple[str, str]]:
    yield "Documents read", str(counted.documents)
    yield "Problems", str(sum(1 for _ in case.of(Problem)))
    yield "Statements", f"{counted.attributed} that somebody is cited for, {counted.own} in a text's own voice"
    yield "Voices", str(len(counted.rows))
    yield "From nobody named", f"{percent(counted.share)} of what is attributed"


def _most_cited(counted: Voices) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("Most cited")
    for heading in ("statements", "passed on", "documents"):
        table.add_column(heading, justify="right")
    for voice in counted.rows[:TOP]:
        table.add_row(Text(_told(voice)), str(len(voice.origin)), str(len(voice.relay)), str(voice.documents))
    return table


def _told(voice: Voice) -> str:
    """A voice's label; one without a name says what it is instead."""
    if voice.standing in (None, Standing.NAMED):
        return clean(voice.label)
    return f"{clean(voice.label)} ({voice.kind if voice.standing is Standing.DESCRIBED else voice.standing})"
