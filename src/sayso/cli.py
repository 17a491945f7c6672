"""The command `sayso`: each subcommand is one call of the library and printing; libraries load when needed.

Exit codes: 0 all well; 1 done, but there were problems (or findings of verify); 2 the command was not
understood; 3 the case file or the language model is at fault; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso import __version__
from sayso.errors import CaseError, SaysoError, UsageError
from sayso.settings import Limits, Settings

if TYPE_CHECKING:
    from rich.console import Console

    from sayso.store import CaseFile

PROBLEMS, MISUSED, FAILED, INTERRUPTED = 1, 2, 3, 130
DEMO = Path("sayso-demo") / "affair.sayso"
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}


class Failed(click.ClickException):
    """An error of sayso as click shows it: one message, no traceback."""

    exit_code = FAILED

    def __init__(self, error: SaysoError) -> None:
        super().__init__(str(error).encode("utf-8", "backslashreplace").decode())


class Misused(Failed):
    """An error of the call itself."""

    exit_code = MISUSED


class Shell(click.Group):
    """The group of commands; turns errors, Ctrl-C and a closed pipe into exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Raises click's own exceptions only."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except SaysoError as error:
            raise (Misused if isinstance(error, UsageError) else Failed)(error) from error
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # The reader (head, less) has seen enough; what is still buffered must not raise at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


def size(value: str) -> int:
    """A number of bytes: 500K, 50M, 2G, or plain."""
    unit = value[-1:].upper() if value[-1:].isalpha() else ""
    number = value[: len(value) - len(unit)]
    if unit not in _UNITS or not (number.isascii() and number.isdigit()):
        raise click.BadParameter(f"{value!r} is not a size: write it like 500K, 50M or 2G.")
    return int(number) * _UNITS[unit]


case_argument = click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
document_argument = click.argument("doc", required=False)


@click.group(cls=Shell, context_settings={"help_option_names": ["-h", "--help"]}, epilog="Start with: sayso demo")
@click.version_option(__version__, "--version", help="Print the version and stop.")
def main() -> None:
    """On whose say-so? Reads news and says, for every statement in it, who says so.

    \b
    Example:
      sayso trace articles/ -o affair.sayso
      sayso report affair.sayso -o report.html
    """


@main.command()
@click.argument("paths", metavar="PATH...", nargs=-1)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("case.sayso"),
    show_default=True,
    help="The case file: made where it is not there, added to where it is.",
)
@click.option("--model", metavar="FOLDER", help="Another spaCy pipeline than the one that is shipped.")
@click.option("--tagger", metavar="FOLDER", help="Another set of the tagger's files than the one that is shipped.")
@click.option("--rules", is_flag=True, help="Rules alone, without the learned tagger: faster, and finds less.")
@click.option("--workers", type=click.IntRange(0, 512), default=0, help="Processes that read and analyse; 0: this one.")
@click.option("--dask", metavar="ADDRESS", default="", help="A Dask scheduler, or local: its workers read and analyse.")
@click.option("--memory", type=size, default="0", help="Most that comparing texts may hold, such as 2G; 0: no bound.")
@click.option("--publisher", help="Publisher of everything read, where it does not say.")
@click.option("--published", metavar="DATE", help="Date of everything read: 2024-05-31, or with a time.")
@click.option("--url", help="Address of what is read: for a single page.")
@click.option("--language", metavar="CODE", help="Language of everything read: en, fr ...")
@click.option("--author", help="Author of everything read.")
@click.option("--max-file", type=size, default="50M", help="Largest file or member.", show_default=True)
@click.option("--max-text", default=Limits().text_chars, help="Longest text, in characters.", show_default=True)
@click.option("--max-members", default=Limits().members, help="Most items in an archive or feed.", show_default=True)
@click.option("--max-archive", type=size, default="2G", help="Largest archive, unpacked.", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")
@click.pass_context
def trace(ctx: click.Context, /, paths: tuple[str, ...], out: Path, quiet: bool, **options: Any) -> None:
    """Read files, folders, globs or archives (- is standard input) and write a case.

    Files that the case already holds and that have not changed are passed over: run it again to add
    what is new, or to go on after an interruption.

    \b
    Example:
      sayso trace articles/ feed.xml -o affair.sayso
      pbpaste | sayso trace - --publisher "The Example Post"
    """
    chosen = paths or (() if sys.stdin.isatty() else ("-",))
    ctx.exit(_trace(chosen, out, quiet=quiet, options=options))


@main.command()
@case_argument
@click.argument("doc", required=False)
def show(case_path: Path, doc: str | None) -> None:
    """Print a document with its statements and the chain of each; without DOC, the list of documents.

    DOC is a document's id, the beginning of one, or its name.

    \b
    Example:
      sayso show affair.sayso
      sayso show affair.sayso 3f2a
    """
    from sayso import terminal

    with _opened(case_path) as case:
        terminal.show(case, doc, _console())


@main.command()
@case_argument
@click.option("-o", "--out", type=click.Path(path_type=Path), default=Path("report.html"), show_default=True,
              help="The page to write.")  # fmt: skip
@click.option("--quotes/--full", "quotes", default=True, show_default=True,
              help="Only cited sentences with one either side, or the whole texts.")  # fmt: skip
def report(case_path: Path, out: Path, quotes: bool) -> None:
    """Write one page to send to a colleague: every statement by voice, with its chain and exact words.

    \b
    Example:
      sayso report affair.sayso -o report.html
      sayso report affair.sayso -o report.html --full
    """
    from sayso import api

    with _opened(case_path) as case:
        api.report(case, out, full=not quotes)
    click.echo(f"Wrote {click.format_filename(out)}")


@main.command()
@case_argument
@click.option("--format", "form", default="jsonl", show_default=True,
              type=click.Choice(["jsonl", "csv", "geojson", "timelinejs", "plover", "graphml", "dominoes"]),
              help="jsonl: one record a line; csv: one file a type, for spreadsheets; geojson: the places, for maps; "
              "timelinejs: the times, for TimelineJS; plover: the events; graphml, dominoes: what led to what, for "
              "graph programs or as JSON.")  # fmt: skip
@click.option("-o", "--out", type=click.Path(path_type=Path),
              help="File (default: standard output), or folder for csv.")  # fmt: skip
@click.option("--text/--no-text", default=True, show_default=True,
              help="Carry the documents' texts, or only the quoted words.")  # fmt: skip
def export(case_path: Path, form: str, out: Path | None, text: bool) -> None:
    """Write every record of a case for other programs; spans carry their words.

    \b
    Example:
      sayso export affair.sayso > affair.jsonl
      sayso export affair.sayso --format csv -o tables/
      sayso export affair.sayso --no-text -o quotes.jsonl
      sayso export affair.sayso --format geojson -o places.geojson
    """
    from sayso import api

    with _opened(case_path) as case:
        api.export_case(case, form, out, text=text)


@main.command()
@case_argument
@document_argument
def timeline(case_path: Path, doc: str | None) -> None:
    """Print what is said to have happened when and, apart from it, when it was said; of all documents or of DOC.

    \b
    Example:
      sayso timeline affair.sayso
      sayso timeline affair.sayso 3f2a
    """
    from sayso.terminal import lists

    with _opened(case_path) as case:
        lists.show_timeline(case, _document(case, doc), _console())


@main.command()
@case_argument
@document_argument
def places(case_path: Path, doc: str | None) -> None:
    """Print the places that are named, each with its point on the map, and the names that stay unresolved.

    \b
    Example:
      sayso places affair.sayso
    """
    from sayso.terminal import lists

    with _opened(case_path) as case:
        lists.show_places(case, _document(case, doc), _console())


@main.command()
@case_argument
@document_argument
@click.option("--all", "every", is_flag=True, help="Also those that passed and those that could not be told.")
def checks(case_path: Path, doc: str | None, every: bool) -> None:
    """Print what does not add up: weekday against date, distance against the map, order against dates ...

    \b
    Example:
      sayso checks affair.sayso
      sayso checks affair.sayso --all
    """
    from sayso.terminal import lists

    with _opened(case_path) as case:
        lists.show_checks(case, _document(case, doc), _console(), every=every)


@main.command()
@case_argument
@click.option("--single-origin", "only", flag_value="single-origin", help="Told by several texts, from one origin.")
@click.option("--contested", "only", flag_value="contested", help="That another statement contradicts.")
@click.option("--unnamed-origin", "only", flag_value="unnamed-origin", help="That go back to somebody not named.")
def claims(case_path: Path, only: str | None) -> None:
    """Print the claims that several statements make or that are contested, with how many origins each goes back to.

    \b
    Example:
      sayso claims affair.sayso
      sayso claims affair.sayso --single-origin
    """
    from sayso.terminal import across

    with _opened(case_path) as case:
        across.show_claims(case, only, _console())


@main.command()
@case_argument
@click.argument("id")
def claim(case_path: Path, id: str) -> None:
    """Print one claim: every wording in order of time, the way from each text to its origin, and who contradicts it.

    ID is a claim's, the beginning of one, or that of one of its statements.

    \b
    Example:
      sayso claim affair.sayso claim-3f2a
    """
    from sayso.terminal import across

    with _opened(case_path) as case:
        across.show_claim(case, id, _console())


@main.command()
@case_argument
@click.argument("left", metavar="[A", required=False)
@click.argument("right", metavar="B]", required=False)
def reuse(case_path: Path, left: str | None, right: str | None) -> None:
    """Print which texts hold words of which, or two texts with the runs that they share.

    A and B are documents: ids, beginnings of ids, or names.

    \b
    Example:
      sayso reuse affair.sayso
      sayso reuse affair.sayso 3f2a wire.html
    """
    from sayso.terminal import across

    with _opened(case_path) as case:
        across.show_reuse(case, (left, right), _console())


@main.command()
@case_argument
@click.argument("actor", required=False)
def actors(case_path: Path, actor: str | None) -> None:
    """Print who is who across the documents and what they are said to be to one another, with who says so; or ACTOR.

    ACTOR is an id, the beginning of one, or a name.

    \b
    Example:
      sayso actors affair.sayso
      sayso actors affair.sayso "Harrow Front"
    """
    from sayso.terminal.network import show_actors

    with _opened(case_path) as case:
        show_actors(case, actor, _console())


@main.command()
@case_argument
@document_argument
@click.option("--all", "every", is_flag=True, help="Also events that were too unsure for a code.")
def events(case_path: Path, doc: str | None, every: bool) -> None:
    """Print who did what to whom, by whose word: each happening once, with all its tellings; of all documents or DOC.

    \b
    Example:
      sayso events affair.sayso
      sayso events affair.sayso 3f2a --all
    """
    from sayso.terminal.network import show_events

    with _opened(case_path) as case:
        show_events(case, _document(case, doc), _console(), every=every)


@main.command()
@case_argument
@click.option("--from", "event", metavar="EVENT", help="Only the ways through one event: its id or words of it.")
@click.option("--all", "every", is_flag=True, help="Also the links that are less sure.")
def dominoes(case_path: Path, event: str | None, every: bool) -> None:
    """Print what is said to have led to what, and by whom: the longest chains, or the ways through one event.

    \b
    Example:
      sayso dominoes affair.sayso
      sayso dominoes affair.sayso --from "the flood"
    """
    from sayso.terminal.dominoes import show_dominoes

    with _opened(case_path) as case:
        show_dominoes(case, event, _console(), every=every)


@main.command()
@case_argument
@click.pass_context
def verify(ctx: click.Context, /, case_path: Path) -> None:
    """Check hashes, offsets, ids and links of a case and name what is off (exit code 1).

    \b
    Example:
      sayso verify affair.sayso
    """
    from sayso import api

    with _opened(case_path) as case:
        findings = api.verify_case(case)
        for finding in findings:
            click.echo(_shown(f"{finding.about}: {finding.message}"))
        if not findings:
            click.echo(f"All well: {_shown(repr(case)[1:-1])}.")
    ctx.exit(PROBLEMS if findings else 0)


@main.command(name="open")
@case_argument
@click.option("--port", default=0, show_default="a free one", help="The port to serve at.")
@click.option("--browser/--no-browser", default=True, show_default=True, help="Open the browser, or only say where.")
@click.option("--by", default="", help="Whose words the session's are; can be changed on every page.")
def open_(case_path: Path, port: int, browser: bool, by: str) -> None:
    """Open a case in the browser: question it, correct it, put a report together. Ctrl-C stops it.

    The pages come from this computer and go nowhere else. The address that is printed holds the key to
    the session; nobody without it can read the case.

    \b
    Example:
      sayso open affair.sayso
      sayso open affair.sayso --by Ada --no-browser
    """
    from sayso.web.serve import Service, serve

    def tell(address: str) -> None:
        click.echo(f"Open {address}\nCtrl-C stops it.")

    serve(case_path, Service(port, browser, by), tell)


@main.command()
@case_argument
@click.argument("id", required=False)
@click.argument("verdict", required=False, type=click.Choice(["accept", "reject", "edit"]))
@click.option("--set", "change", multiple=True, metavar="FIELD=VALUE", help="A corrected field of an edit; repeatable.")
@click.option("--by", default="", help="Who says so.")
@click.option("--note", default="", help="Why.")
@click.option("--list", "listing", is_flag=True, help="List all judgements; those that found no place are marked.")
def judge(case_path: Path, id: str | None, verdict: str | None, listing: bool, **options: Any) -> None:
    """Add your word on a statement or mention. It is kept for good and survives a new analysis.

    ID may be the beginning of one; `sayso export CASE` lists them all. A statement's wording, modality,
    polarity and chain can be corrected, a mention's kind and name.

    \b
    Example:
      sayso judge affair.sayso statement-1f0c reject --by Ada --note "He was quoting the mayor"
      sayso judge affair.sayso statement-1f0c edit --set modality=planned
      sayso judge affair.sayso --list
    """
    with _opened(case_path) as case:
        if listing:
            _list_judgements(case)
            return
        if id is None or verdict is None:
            raise click.UsageError("Name a record and a verdict (accept, reject, edit), or say --list.")
        _judge(case, id, verdict, options)


@main.command()
@case_argument
@click.argument("other_path", metavar="OTHER", type=click.Path(path_type=Path))
@click.pass_context
def merge(ctx: click.Context, /, case_path: Path, other_path: Path) -> None:
    """Take over into CASE the words of people, and the documents, that only OTHER holds.

    Nothing in CASE is altered, and OTHER is only read. Where two people's words differ, both are kept and
    named (exit code 1); the workbench's Review lets one be taken.

    \b
    Example:
      sayso merge affair.sayso from-bo.sayso
    """
    from sayso import api

    with _opened(case_path) as case, _opened(other_path) as other:
        joined = api.join(case, other)
        click.echo(f"Took over {joined.words} words and {joined.documents} documents from {other.name}.")
        for one in joined.conflicts:
            sides = "; ".join(f"{word.by or 'nobody named'}: {value}" for word, value in one.sides)
            click.echo(_shown(f"{one.about}: {one.aspect}: {sides}"))
    ctx.exit(PROBLEMS if joined.conflicts else 0)


@main.command()
@case_argument
def runs(case_path: Path) -> None:
    """List the runs that wrote a case: when, by which versions, how many documents and problems.

    \b
    Example:
      sayso runs affair.sayso
    """
    sql = "SELECT started, ended, outcome, documents, unchanged, problems, version FROM run ORDER BY id"
    with _opened(case_path) as case:
        for started, ended, outcome, documents, unchanged, problems, version in case.rows(sql):
            counts = f"{documents} documents, {unchanged} unchanged, {problems} problems"
            # A run that was killed, or that is going on, has not said what it did.
            told = f"to {ended}  {outcome}: {counts}" if ended else "cut off, or still going"
            click.echo(f"{started} {told}  ({version})")


@main.command()
@click.option("-o", "--out", type=click.Path(path_type=Path), default=DEMO, show_default=True, help="The case file.")
@click.option("-q", "--quiet", is_flag=True, help="Only the path of the report.")
@click.pass_context
def demo(ctx: click.Context, /, out: Path, quiet: bool) -> None:
    """Trace the example that ships with sayso, an invented affair, and write its report.

    \b
    Example:
      sayso demo
      sayso demo -o /some/folder/affair.sayso
    """
    from sayso import api
    from sayso.demo import articles

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CaseError(f"{out.parent} cannot be made ({error.strerror}): name another place with -o.") from error
    code = _trace((str(articles()),), out, quiet=quiet, options={})
    with _opened(out) as case:
        page = api.report(case, out.with_name("report.html"))
    click.echo(f"Open {click.format_filename(page)}" if not quiet else click.format_filename(page))
    ctx.exit(code)


def _trace(paths: tuple[str, ...], out: Path, *, quiet: bool, options: dict[str, Any]) -> int:
    """Trace with progress and summary; the exit code."""
    from sayso import api, terminal
    from sayso.meter import meter

    given = {field: options[option] for option, field in _GIVEN.items() if options.get(option)}
    stdin = sys.stdin.buffer if "-" in paths else None
    with meter(quiet=quiet) as tell:
        try:
            case = api.trace(paths, out, settings=_settings(options), given=given, stdin=stdin, progress=tell)
        except KeyboardInterrupt:
            done = f"{tell.last.documents} documents of this run are in {click.format_filename(out)}"
            click.echo(f"\nStopped: {done}. The same command goes on from there.", err=True)
            raise
    with case:
        if not quiet:
            _list_problems(case)
            terminal.summary(case, _console(), path=click.format_filename(out))
    return PROBLEMS if tell.last.problems else 0


def _list_problems(case: CaseFile) -> None:
    for problem in islice(case.problems, _PROBLEMS_SHOWN):
        named = problem.doc.startswith("doc-") or problem.message.startswith(problem.doc)
        click.echo(_shown(problem.message if named else f"{problem.doc}: {problem.message}"), err=True)
    if (more := len(case.problems) - _PROBLEMS_SHOWN) > 0:
        click.echo(f"... and {more} more problems; the report lists them all", err=True)


def _settings(options: dict[str, Any]) -> Settings:
    names = {"file_bytes": "max_file", "text_chars": "max_text", "members": "max_members",
             "archive_bytes": "max_archive"}  # fmt: skip
    limits = {field: options[option] for field, option in names.items() if option in options}
    return Settings(
        model=options.get("model"),
        tagger=options.get("tagger"),
        rules=bool(options.get("rules")),
        limits=Limits(**limits),
        workers=options.get("workers", 0),
        dask=options.get("dask", ""),
        memory=options.get("memory", 0),
    )


def _judge(case: CaseFile, id: str, verdict: str, options: dict[str, Any]) -> None:
    from sayso import api

    change = {}
    for pair in options["change"]:
        field, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"--set {pair} names no value: write it like --set modality=planned.")
        change[field] = value
    judgement = api.judge(case, id, verdict, change=change, by=options["by"], note=options["note"])
    click.echo(f"{judgement.id}: {verdict} {judgement.about}")


def _list_judgements(case: CaseFile) -> None:
    from sayso import api

    for one in api.judged(case):
        word = one.judgement
        place = one.record.id if one.record else "UNATTACHED: finds no place in this analysis"
        words = " ... ".join(word.anchor["words"])
        change = "".join(f" {field}={value}" for field, value in word.change.items())
        click.echo(_shown(f"{word.verdict}{change}  {place}  {word.anchor['doc']}: {words!r}  {word.by} {word.note}"))


@contextmanager
def _opened(path: Path) -> Iterator[CaseFile]:
    from sayso import api

    with api.open_case(path) as case:
        yield case


def _document(case: CaseFile, doc: str | None) -> str | None:
    """The id of the document meant, None for all."""
    from sayso import terminal

    return terminal.choose(case, doc).id if doc else None


def _console() -> Console:
    from rich.console import Console

    class Pipe(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # rich would exit with 1, which here means problems

    return Pipe(highlight=False)


def _shown(words: str) -> str:
    """Words of a case as a terminal may show them."""
    from sayso.terminal import clean

    return clean(words)


_GIVEN = {"publisher": "publisher", "published": "published", "url": "url", "language": "language", "author": "authors"}
_PROBLEMS_SHOWN = 10  # the report lists them all
