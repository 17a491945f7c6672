"""The command line: each command does its job in one call, and errors say what to type next."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sayso import api
from sayso.cli import main
from sayso.filing import begin_run
from sayso.run import Progress
from sayso.store import create_case, open_case
from tests import factory as f

ARTICLE = 'The gates failed, two officials told Talpress. "We were warned," said Orla Venn, the minister.\n'


def sayso(*args: object, input: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input=input)


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "one.txt").write_text(ARTICLE)
    return folder


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A case with a statement, made by hand."""
    document = f.document(ARTICLE, publisher="Talpress")
    officials = f.mention(document, "two officials", named=False, number=2)
    said = f.statement(document, "The gates failed", f.hop(officials, cue=(f.span(document, "told"),)))
    f.filed((document, [officials, said]), path=tmp_path / "made.sayso").close()
    return tmp_path / "made.sayso"


def statement(path: Path) -> str:
    with open_case(path) as case:
        return next(iter(case.statements)).id


def test_help_starts_in_under_three_tenths_of_a_second() -> None:
    def seconds() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "sayso", "--help"], check=True, capture_output=True)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(3)) < 0.3


def test_trace_writes_a_case_and_a_summary(pile: Path, tmp_path: Path) -> None:
    done = sayso("trace", pile, "-o", tmp_path / "a.sayso")
    assert done.exit_code == 0, done.output
    assert "Documents read" in done.output
    with open_case(tmp_path / "a.sayso") as case:
        assert len(case.statements) > 0


def test_trace_quietly_says_nothing(pile: Path, tmp_path: Path) -> None:
    assert sayso("trace", pile, "-q", "-o", tmp_path / "a.sayso").output == ""


def test_trace_reads_standard_input(tmp_path: Path) -> None:
    done = sayso("trace", "-", "--publisher", "Talpress", "--author", "Ada", "-o", tmp_path / "a.sayso", input=ARTICLE)
    assert done.exit_code == 0, done.output
    with open_case(tmp_path / "a.sayso") as case:
        (document,) = case.documents
    assert document.publisher is not None and document.publisher.value == "Talpress"
    assert [author.value for author in document.authors] == ["Ada"]


def test_trace_with_a_broken_file_goes_on_and_exits_1(pile: Path, tmp_path: Path) -> None:
    (pile / "empty.html").write_bytes(b"")
    done = sayso("trace", pile, tmp_path / "missing.txt", "-o", tmp_path / "a.sayso")
    assert done.exit_code == 1, done.output
    assert "missing.txt: no such file" in done.output
    with open_case(tmp_path / "a.sayso") as case:
        assert {problem.doc.rpartition("/")[2] for problem in case.problems} >= {"empty.html", "missing.txt"}
        assert len(case.documents) == 1


def test_trace_of_an_address_says_how_to_save_the_page(tmp_path: Path) -> None:
    assert sayso("trace", "https://a.example/", "-o", tmp_path / "a.sayso").exit_code == 1
    with open_case(tmp_path / "a.sayso") as case:
        assert "SingleFile" in next(iter(case.problems)).message


def test_trace_of_its_own_folder_leaves_the_case_out(pile: Path) -> None:
    for _ in range(2):
        done = sayso("trace", pile, "-o", pile / "odd-name.db")
        assert done.exit_code == 0, done.output


def test_trace_of_nothing_is_a_usage_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(api.UsageError, match="Nothing to read"):
        api.trace([], tmp_path / "a.sayso")


def test_trace_with_a_model_that_is_none_exits_3_and_says_what_to_give(pile: Path, tmp_path: Path) -> None:
    done = sayso("trace", pile, "--model", tmp_path, "-o", tmp_path / "a.sayso")
    assert (done.exit_code, "Traceback" in done.output) == (3, False)
    assert "--model" in done.output
    assert not (tmp_path / "a.sayso").exists()


@pytest.mark.parametrize(("size", "code"), [("10K", 0), ("10", 1), ("1g", 0), ("x", 2), ("10KB", 2), ("-1", 2)])
def test_sizes_have_units(size: str, code: int, pile: Path, tmp_path: Path) -> None:
    assert sayso("trace", pile, "-q", "--max-file", size, "-o", tmp_path / "a.sayso").exit_code == code


def test_an_interrupted_trace_exits_130_and_says_that_it_can_go_on(
    pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(self: object, progress: Progress) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sayso.meter.Meter.__call__", stop)
    done = sayso("trace", pile, "-o", tmp_path / "a.sayso")
    assert (done.exit_code, "same command" in done.output) == (130, True)


def test_show_prints_the_words_and_lists_documents(made: Path) -> None:
    assert "The gates failed" in sayso("show", made).output
    assert sayso("show", made, "nothing").exit_code == 2


def test_report_writes_one_page(made: Path, tmp_path: Path) -> None:
    done = sayso("report", made, "-o", tmp_path / "r.html")
    assert done.exit_code == 0, done.output
    assert "gates failed" in (tmp_path / "r.html").read_text("utf-8")


def test_export_prints_lines_and_writes_tables(made: Path, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in sayso("export", made).output.splitlines()]
    assert [line["type"] for line in lines] == ["document", "mention", "statement"]
    assert "text" not in json.loads(sayso("export", made, "--no-text").output.splitlines()[0])
    assert sayso("export", made, "--format", "csv", "-o", tmp_path / "t").exit_code == 0
    assert (tmp_path / "t" / "statement.csv").exists()


def test_export_of_csv_without_a_folder_is_a_usage_error(made: Path) -> None:
    done = sayso("export", made, "--format", "csv")
    assert (done.exit_code, "-o tables/" in done.output) == (2, True)


def test_export_into_a_pipe_that_closes_early_is_quiet(tmp_path: Path) -> None:
    document = f.document("\n\n".join(f"Line {n}." for n in range(5_000)))
    f.filed(*((f.replace(document, id=f"{document.id}{n}", parts=()), []) for n in range(9)), path=tmp_path / "a.sayso")
    command = f"{sys.executable} -m sayso export {tmp_path / 'a.sayso'}"
    done = subprocess.run(f"{command} | head -c 10", shell=True, capture_output=True, text=True, check=True)
    assert (len(done.stdout), done.stderr) == (10, "")


def test_show_into_a_pipe_that_closes_early_is_quiet(tmp_path: Path) -> None:
    f.filed((f.document("\n\n".join(f"Line {n}." for n in range(50_000))), []), path=tmp_path / "a.sayso").close()
    command = f"set -o pipefail; {sys.executable} -m sayso show {tmp_path / 'a.sayso'}"
    done = subprocess.run(["bash", "-c", f"{command} | head -c 10"], capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stdout), done.stderr) == (0, 10, "")


def test_verify_is_content_with_a_good_case_and_names_what_is_off(made: Path) -> None:
    assert sayso("verify", made).exit_code == 0
    with open_case(made) as case:
        case.rows("UPDATE mention SET number = 7")
    done = sayso("verify", made)
    assert (done.exit_code, "changed after it was written" in done.output) == (1, True)


def test_judge_adds_a_word_and_lists_them(made: Path) -> None:
    id = statement(made)
    assert sayso("judge", made, id, "edit", "--set", "modality=planned", "--by", "Ada", "--note", "n").exit_code == 0
    listed = sayso("judge", made, "--list").output
    assert "edit modality=planned" in listed and id in listed and "Ada n" in listed


def test_judge_lists_what_found_no_place(made: Path) -> None:
    sayso("judge", made, statement(made), "reject")
    with open_case(made) as case:
        f.file(case, next(iter(case.documents)), [], version="2")
    assert "UNATTACHED" in sayso("judge", made, "--list").output


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((), "--list"),
        (("statement-x", "accept"), "holds no record"),
        (("statement-x", "maybe"), "accept"),
        (("statement-x", "edit", "--set", "modality"), "names no value"),
    ],
)
def test_a_wrong_judge_exits_2_and_says_what_is_right(made: Path, args: tuple[str, ...], says: str) -> None:
    done = sayso("judge", made, *args)
    assert (done.exit_code, says in done.output, "Traceback" in done.output) == (2, True, False)


def test_runs_are_listed_with_versions_and_counts(pile: Path, tmp_path: Path) -> None:
    sayso("trace", pile, "-o", tmp_path / "a.sayso")
    sayso("trace", pile, "-o", tmp_path / "a.sayso")
    first, second = sayso("runs", tmp_path / "a.sayso").output.splitlines()
    assert "finished: 1 documents, 0 unchanged, 0 problems  (sayso " in first
    assert "finished: 0 documents, 1 unchanged" in second


def test_a_run_that_was_killed_is_listed_without_counts(tmp_path: Path) -> None:
    with create_case(tmp_path / "a.sayso") as case:
        begin_run(case, "2031-04-05T06:07:08+00:00", "v1")
    assert sayso("runs", tmp_path / "a.sayso").output == "2031-04-05T06:07:08+00:00 cut off, or still going  (v1)\n"


@pytest.mark.parametrize("command", ["show", "report", "export", "verify", "runs"])
def test_a_missing_case_exits_3_and_names_the_command_that_makes_one(command: str, tmp_path: Path) -> None:
    done = sayso(command, tmp_path / "none.sayso")
    assert (done.exit_code, "sayso trace" in done.output, "Traceback" in done.output) == (3, True, False)


def test_demo_ends_with_the_path_of_its_report(tmp_path: Path) -> None:
    done = sayso("demo", "-o", tmp_path / "new" / "affair.sayso")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1] == f"Open {tmp_path / 'new' / 'report.html'}"
    assert (tmp_path / "new" / "report.html").exists()
