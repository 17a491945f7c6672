"""Finding: files, folders, patterns and standard input, in one order, with sidecars and without junk."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from sayso import ingest
from sayso.errors import UsageError
from sayso.ingest import Raw
from sayso.records import Problem
from sayso.settings import Limits

TEXT = b"The harbour was closed on Monday, two officials said."


def find(*paths: Path | str, **options: object) -> tuple[list[Raw], list[Problem]]:
    """What is found, and the Problems."""
    found = list(ingest.find([str(path) for path in paths], **{"limits": Limits(), **options}))  # type: ignore[arg-type]
    return [one for one in found if isinstance(one, Raw)], [one for one in found if isinstance(one, Problem)]


def lay(folder: Path, *names: str) -> None:
    """Files with these names below `folder`."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(TEXT)


def test_a_folder_is_read_with_all_below_it_in_one_order(tmp_path: Path) -> None:
    lay(tmp_path, "b.txt", "a/z.txt", "a/B.txt", "c/d/e.txt")
    raws, problems = find(tmp_path)
    assert [raw.name for raw in raws] == ["a/B.txt", "a/z.txt", "b.txt", "c/d/e.txt"]
    assert raws[0].location == f"{tmp_path}/a/B.txt"
    assert not problems


def test_hidden_files_junk_cases_and_the_folders_of_saved_pages_are_skipped(tmp_path: Path) -> None:
    lay(tmp_path, ".x/a.txt", ".DS_Store", "Thumbs.db", "__MACOSX/a.txt", "~$a.docx", "x.sayso", "x.sayso-wal")
    lay(tmp_path, "page.html", "page_files/style.css", "note_files/a.txt")
    assert [raw.name for raw in find(tmp_path)[0]] == ["note_files/a.txt", "page.html"]


def test_a_pattern_that_the_shell_left_alone_is_matched(tmp_path: Path) -> None:
    lay(tmp_path, "a.txt", "b.txt", "c.md")
    assert [raw.name for raw in find(f"{tmp_path}/*.txt")[0]] == ["a.txt", "b.txt"]
    assert "nothing matches" in find(f"{tmp_path}/*.pdf")[1][0].message


def test_a_missing_path_is_a_problem_and_the_rest_goes_on(tmp_path: Path) -> None:
    lay(tmp_path, "a.txt")
    raws, problems = find(tmp_path / "none.txt", tmp_path / "a.txt")
    assert [raw.name for raw in raws] == ["a.txt"]
    assert "no such file" in problems[0].message


def test_an_address_is_not_fetched_and_says_how_to_save_the_page() -> None:
    message = find("https://example.org/a")[1][0].message
    assert "SingleFile" in message and "WACZ" in message


def test_standard_input_is_one_text() -> None:
    (raw,), _ = find("-", stdin=io.BytesIO(TEXT))
    assert (raw.name, raw.data, raw.location) == ("standard input", TEXT, "-")


def test_a_pipe_or_device_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not a file" in find(tmp_path)[1][0].message


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, "a.txt")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "permission denied" in find(tmp_path)[1][0].message


def test_a_file_that_is_too_large_names_the_option(tmp_path: Path) -> None:
    lay(tmp_path, "a.txt")
    assert "--max-file" in find(tmp_path, limits=Limits(file_bytes=10))[1][0].message


def test_sidecars_beside_a_file_describe_it_and_are_no_items(tmp_path: Path) -> None:
    lay(tmp_path, "a.html", "b.txt")
    (tmp_path / "a.json").write_text(
        json.dumps({"publisher": "The Vela Courier", "authors": ["Ana Ortiz", "Tom Bell"]})
    )
    (tmp_path / "b.txt.json").write_text(json.dumps({"url": "https://example.org/b", "published": "5 April 2031"}))
    raws, problems = find(tmp_path)
    assert not problems
    assert raws[0].given["authors"] == ("Ana Ortiz; Tom Bell", "sidecar a.json")
    assert raws[1].given["published"] == ("2031-04-05", "sidecar b.txt.json")
    assert raws[1].url == "https://example.org/b"
    assert find(tmp_path / "b.txt")[0][0].given == raws[1].given


def test_a_table_describes_the_files_of_a_folder(tmp_path: Path) -> None:
    lay(tmp_path, "a.txt", "deep/b.txt")
    rows = "file,publisher,published\na.txt,The Vela Courier,2031-04-05\ndeep/b.txt,Bay Herald,\n"
    (tmp_path / "sayso.csv").write_text(rows)
    raws, _ = find(tmp_path)
    assert [raw.given["publisher"][0] for raw in raws] == ["The Vela Courier", "Bay Herald"]


def test_options_go_before_sidecars_and_wrong_ones_are_usage_errors(tmp_path: Path) -> None:
    lay(tmp_path, "a.txt")
    (tmp_path / "a.json").write_text('{"publisher": "Bay Herald", "title": "Cracks"}')
    (raw,), _ = find(tmp_path, given={"publisher": "The Vela Courier"})
    assert (raw.given["publisher"], raw.given["title"][0]) == (("The Vela Courier", "option"), "Cracks")
    with pytest.raises(UsageError, match="no date"):
        find(tmp_path, given={"published": "soon"})
    with pytest.raises(UsageError, match="unknown"):
        find(tmp_path, given={"editor": "x"})


def test_a_damaged_sidecar_is_told_and_its_file_is_read(tmp_path: Path) -> None:
    lay(tmp_path, "a.txt")
    (tmp_path / "a.json").write_text('{"publisher": ')
    raws, problems = find(tmp_path)
    assert [raw.name for raw in raws] == ["a.txt"]
    assert "not JSON" in problems[0].message


def test_a_json_with_a_text_of_its_own_is_no_sidecar(tmp_path: Path) -> None:
    lay(tmp_path, "a.txt")
    (tmp_path / "a.json").write_text('{"text": "It rained."}')
    assert [raw.name for raw in find(tmp_path)[0]] == ["a.json", "a.txt"]


def test_names_are_composed_the_same_on_every_system(tmp_path: Path) -> None:
    lay(tmp_path, "cafe\u0301.txt")
    assert find(tmp_path)[0][0].name == "caf\u00e9.txt"


def test_the_count_is_exact_or_unknown(tmp_path: Path) -> None:
    lay(tmp_path, "a.txt", "b/c.txt", ".hidden")
    assert ingest.count([str(tmp_path)]) == 2
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as zipped:
        zipped.writestr("a.txt", TEXT)
    assert ingest.count([str(tmp_path)]) is None


def test_a_pattern_passes_sidecars_over_and_uses_them(tmp_path: Path) -> None:
    lay(tmp_path, "a.txt", "b.txt")
    (tmp_path / "a.json").write_text('{"title": "Cracks"}')
    (tmp_path / "sayso.csv").write_text("file,publisher\nb.txt,Bay Herald\n")
    raws, problems = find(f"{tmp_path}/*")
    assert not problems
    assert [(raw.name, sorted(raw.given)) for raw in raws] == [("a.txt", ["title"]), ("b.txt", ["publisher"])]
