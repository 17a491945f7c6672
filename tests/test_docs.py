"""The reference cannot drift: every command, option, name, field and table stands in it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import sayso
from sayso.cli import main
from sayso.export.jsonl import TYPES
from sayso.records import Hop, When, Why
from sayso.schema import STEPS
from sayso.settings import Limits

DOCS = Path(__file__).parent.parent / "docs"
REFERENCE = (DOCS / "reference.md").read_text("utf-8")
CASE_FILE = (DOCS / "case-file.md").read_text("utf-8")
COMMANDS = sorted(main.commands)


def section(command: str) -> str:
    found = re.search(rf"^### sayso {command}\n(.*?)(?=^##)", REFERENCE, re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


def options(command: click.Command) -> Iterator[click.Option]:
    return (one for one in command.params if isinstance(one, click.Option))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    text = main.commands[name].help or ""
    assert f"sayso {name}" in text.partition("Example:")[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    assert [option.name for option in options(main.commands[name]) if not option.help] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_stands_in_the_reference(name: str) -> None:
    flags = [flag for one in options(main.commands[name]) for flag in (*one.opts, *one.secondary_opts)]
    assert section(name)
    assert [flag for flag in flags if flag not in re.findall(r"-{1,2}[a-z][a-z-]*", section(name))] == []


def test_the_reference_names_no_command_that_is_gone() -> None:
    assert sorted(re.findall(r"^### sayso (\w+)$", REFERENCE, re.MULTILINE)) == COMMANDS


def test_every_public_name_stands_in_the_reference() -> None:
    assert [name for name in sayso.__all__ if not re.search(rf"`{name}\b", REFERENCE)] == []


def test_every_public_name_can_be_reached() -> None:
    assert all(getattr(sayso, name) is not None for name in sayso.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = sayso.nothing


def test_every_exported_type_and_field_stands_in_the_reference() -> None:
    fields = {field.name for kind in (*TYPES.values(), Hop, When, Why) for field in dataclasses.fields(kind)}
    assert [name for name in sorted({*fields, *TYPES}) if f"`{name}`" not in REFERENCE] == []


def test_the_limits_in_the_reference_are_the_ones_in_use() -> None:
    limits = Limits()
    assert (limits.file_bytes, limits.archive_bytes) == (50 * 1024**2, 2 * 1024**3)
    assert f"default {limits.text_chars}" in REFERENCE and f"default {limits.members}" in REFERENCE


def test_every_table_and_view_stands_in_the_description_of_the_case_file() -> None:
    names = re.findall(r"CREATE (?:TABLE|VIEW) (\w+)", "".join(STEPS))
    assert [name for name in names if f"`{name}`" not in CASE_FILE] == []


def test_the_sql_in_the_description_runs() -> None:
    from tests import factory as f

    document = f.document("Two officials said it rained.")
    officials = f.mention(document, "Two officials", named=False)
    case = f.filed((document, [officials, f.statement(document, "it rained", f.hop(officials))]))
    (sql,) = re.findall(r"```sql\n(.*?)```", CASE_FILE, re.DOTALL)
    assert case.rows(sql) == [("article.txt", "Two officials", "it rained")]
