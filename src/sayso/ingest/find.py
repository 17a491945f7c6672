"""Finding: from what a user names (files, folders, patterns, archives, standard input) to single items."""

from __future__ import annotations

import glob
import io
import os
import re
import stat
import unicodedata
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from sayso.errors import ReadError, UsageError
from sayso.ingest import archive, sidecar, sniff, warc
from sayso.ingest.blocks import Raw
from sayso.ingest.sidecar import Given
from sayso.records import Problem, problem
from sayso.settings import Limits

STANDARD_INPUT = "-"
_URL = re.compile(r"(?:https?|ftp|gopher)://", re.I)
# What systems and programs leave in folders.
_JUNK = ("thumbs.db", "desktop.ini", "__macosx", "icon\r")
_CASES = (".sayso", ".sayso-wal", ".sayso-shm", ".sayso-journal")

Found = Iterator[Raw | Problem]
Told = tuple[Mapping[str, bytes], Collection[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item lies: its name for people, its location on this machine, what is known of it, how deep."""

    name: str
    location: str
    given: Given = field(default_factory=dict)
    depth: int = 0

    def inside(self, member: str) -> Place:
        """The place of a member of the archive at this place."""
        return replace(self, name=f"{self.name}!{member}", location=f"{self.location}!{member}", depth=self.depth + 1)


def find(
    paths: Sequence[str],
    *,
    limits: Limits,
    given: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
) -> Found:
    """The items that `paths` name, one at a time, in the same order on every machine.

    A path is a file, a folder (read with all below it), a pattern such as "pile/*.html", an archive, or "-"
    for text on `stdin`. `given` holds fields for all items (sidecar.FIELDS); they go before what sidecars
    say. What cannot be found or opened becomes a Problem and the rest goes on. Raises UsageError where
    `given` is wrong.
    """
    try:
        told = sidecar.checked(given or {}, "option")
    except ReadError as error:
        raise UsageError(str(error)) from error
    for path in paths:
        yield from _path(path, told, limits, stdin)


def count(paths: Sequence[str]) -> int | None:
    """How many items `find` will go through, for showing progress; None where only reading them tells."""
    total = 0
    for path in paths:
        here = Path(path)
        known = _known(here) if path != STANDARD_INPUT else 1
        if known is None:
            return None
        total += known
    return total


def contents(file: BinaryIO, kind: str, place: Place, limits: Limits) -> Found:
    """The items inside an archive of `kind` (zip, tar, gz, bz2, xz, warc, wacz), archives in it opened too."""
    try:
        if place.depth >= limits.archive_depth:
            raise ReadError(f"more than {limits.archive_depth} archives in one another; unpack it and give the folder")
        if kind in ("gz", "bz2", "xz") and _holds_warc(file, kind):
            file, kind = archive.unpack(file, kind), "warc"
        yield from (_captures if kind in ("warc", "wacz") else _members)(file, kind, place, limits)
    except ReadError as error:
        yield problem(place.name, "read", str(error))


def _path(path: str, given: Given, limits: Limits, stdin: BinaryIO | None) -> Found:
    here = Path(path)
    if path == STANDARD_INPUT:
        yield from _standard_input(given, limits, stdin)
    elif _URL.match(path):
        yield problem(path, "find", _fetch_yourself(path))
    elif here.is_dir():
        yield from _folder(here, "", given, limits, {})
    elif os.path.lexists(here):
        yield from _single(here, given, limits)
    elif matches := sorted(glob.glob(path, recursive=True)):  # noqa: PTH207 (absolute patterns too)
        for match in matches:
            yield from _path(match, given, limits, stdin)
    else:
        what = "nothing matches this pattern" if glob.has_magic(path) else "no such file or folder"
        yield problem(_text(path), "find", f"{what}; check its spelling")


def _single(path: Path, given: Given, limits: Limits) -> Found:
    """The item in a file that was named itself; a sidecar of another, caught by a pattern, is passed over."""
    beside = {name for name in _siblings(path) if not _skipped(name, ())}
    if sidecar.is_sidecar(path.name, beside) and _describes(path):
        return
    known: dict[str, Given] = {}
    tables = {name: name for name in sidecar.TABLES if name in beside}
    yield from _tables(path.parent, "", tables, known)
    yield from _file(path, _name(path.name), {**known.get(_name(path.name), {}), **given}, limits)


def _siblings(path: Path) -> list[str]:
    try:
        return [one.name for one in path.parent.iterdir()]
    except OSError:
        return []  # a folder that may be entered but not listed


def _standard_input(given: Given, limits: Limits, stdin: BinaryIO | None) -> Found:
    data = stdin.read(limits.file_bytes + 1) if stdin else b""
    if len(data) > limits.file_bytes:
        yield problem("standard input", "find", str(archive.too_large(limits)))
    else:
        yield Raw("standard input", data, STANDARD_INPUT, *_with_url(given))


def _fetch_yourself(url: str) -> str:
    return (
        f"{url} is an address, and sayso fetches nothing; save the page in a browser (the SingleFile extension "
        "keeps it in one file, ArchiveWeb.page as WACZ) and give the file"
    )


def _folder(folder: Path, prefix: str, given: Given, limits: Limits, known: Mapping[str, Given]) -> Found:
    """The items of a folder and of those below it; `prefix` is its path below the PATH given, with "/".

    `known` is what the tables of the folders above say of files, by their paths below the PATH given.
    """
    try:
        entries = {_name(entry.name): entry.name for entry in os.scandir(folder)}
    except OSError as error:
        yield problem(prefix or _text(str(folder)), "find", _cannot_open(error))
        return
    known = dict(known)
    yield from _tables(folder, prefix, entries, known)
    for name in sorted(entries):
        path = folder / entries[name]
        if _skipped(name, entries):
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _folder(path, f"{prefix}{name}/", given, limits, known)
        elif not sidecar.is_sidecar(name, entries) or not _describes(path):
            here = known.get(prefix + name, {})
            yield from _file(path, prefix + name, {**here, **given}, limits)


def _tables(folder: Path, prefix: str, entries: Mapping[str, str], known: dict[str, Given]) -> Found:
    """Add what the CSV files of this folder say to `known`, by path below the PATH given."""
    for table in sidecar.TABLES:
        if table in entries:
            try:
                rows = sidecar.from_table(table, (folder / entries[table]).read_bytes())
                known.update({prefix + _name(file): fields for file, fields in rows.items()})
            except (ReadError, OSError) as error:
                yield problem(prefix + table, "find", str(error))


def _file(path: Path, name: str, given: Given, limits: Limits) -> Found:
    location = _text(str(path.absolute()))
    try:
        told = _beside(path)
    except (ReadError, OSError) as error:
        yield problem(name, "find", str(error))
        told = {}
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ReadError("not a file (a pipe or a device); give a file, or text on standard input with -")
        with path.open("rb") as file:
            yield from _opened(file, Place(name, location, {**told, **given}), limits)
    except ReadError as error:
        yield problem(name, "find", str(error))
    except OSError as error:
        yield problem(name, "find", _cannot_open(error))


def _opened(file: BinaryIO, place: Place, limits: Limits) -> Found:
    """The item in a file, or the items where it is an archive."""
    kind = _container(file)
    if kind:
        yield from contents(file, kind, place, limits)
        return
    file.seek(0)
    data = file.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise archive.too_large(limits)
    yield Raw(place.name, data, place.location, *_with_url(place.given))


def _container(file: BinaryIO) -> str | None:
    """Which archive a file is, None where it is a document."""
    file.seek(0)
    kind = sniff.container(file.read(sniff.HEAD))
    file.seek(0)
    if kind == "zip":
        kind = sniff.of_zip(file)  # type: ignore[arg-type]
        file.seek(0)
    return None if kind == "docx" else kind


def _members(file: BinaryIO, kind: str, place: Place, limits: Limits) -> Found:
    told = archive.sidecars(file, kind)
    file.seek(0)
    names = _names(file, kind)
    file.seek(0)
    for member, data in archive.members(file, kind, place.name.rpartition("!")[2], limits):
        beside = names.get(member.rpartition("/")[0], ())
        if _skipped_member(member, beside, told):
            continue
        yield from _member(place.inside(member), data, (told, beside), limits)


def _member(place: Place, data: bytes | ReadError, told: Told, limits: Limits) -> Found:
    """The item in a member; `told` are the archive's sidecars by name, and the names in the member's folder."""
    if isinstance(data, ReadError):
        yield problem(place.name, "find", str(data))
        return
    folder, _, name = place.name.rpartition("!")[2].rpartition("/")
    try:
        said = sidecar.given(name, told[1], lambda other: told[0].get(f"{folder}/{other}" if folder else other))
        place = replace(place, given={**said, **place.given})
        yield from _opened(io.BytesIO(data), place, limits)
    except ReadError as error:
        yield problem(place.name, "find", str(error))


def _captures(file: BinaryIO, kind: str, place: Place, limits: Limits) -> Found:
    for capture in (warc.collection if kind == "wacz" else warc.captures)(file, limits):
        inside = place.inside(capture.url)
        if isinstance(capture.data, ReadError):
            yield problem(inside.name, "find", str(capture.data))
        elif capture.data.strip():
            fetched = {"fetched": (capture.fetched, "WARC-Date")} if capture.fetched else {}
            yield Raw(inside.name, capture.data, inside.location, capture.url, {**fetched, **place.given})


def _holds_warc(file: BinaryIO, kind: str) -> bool:
    try:
        return archive.unpack(file, kind).read(5) == b"WARC/"
    except archive.DAMAGED:
        return False  # told when its members are read
    finally:
        file.seek(0)


def _names(file: BinaryIO, kind: str) -> dict[str, set[str]]:
    """The file names in each folder of a zip; {} for streams, whose names are known only when read."""
    if kind != "zip":
        return {}
    found: dict[str, set[str]] = {}
    with zipfile.ZipFile(file) as zipped:
        for name in zipped.namelist():
            folder, _, last = archive.safe(name).rpartition("/")
            found.setdefault(folder, set()).add(last)
    return found


def _skipped_member(member: str, beside: Collection[str], told: Mapping[str, bytes]) -> bool:
    *folders, name = member.split("/")
    if any(_skipped(folder, ()) for folder in folders) or _skipped(name, ()):
        return True
    return member in told and sidecar.is_sidecar(name, beside) and sidecar.looks_like_one(name, told[member])


def _skipped(name: str, beside: Collection[str]) -> bool:
    """Whether a name is one to pass over: hidden, left by a system or program, a case, a page's own folder."""
    lower = name.lower()
    if name.startswith((".", "~$")) or lower in _JUNK or lower.endswith(_CASES):
        return True
    page = name.removesuffix("_files")
    return page != name and (f"{page}.html" in beside or f"{page}.htm" in beside)


def _beside(path: Path) -> Given:
    """What sidecars in the same folder say of one file. Raises ReadError and OSError."""
    names = [path.name, f"{path.name}.json", f"{path.stem}.json"]
    there = {name for name in names if (path.parent / name).is_file()}
    return sidecar.given(path.name, there, lambda name: (path.parent / name).read_bytes())


def _describes(path: Path) -> bool:
    """Whether a file with the name of a sidecar holds one, and not a text of its own."""
    try:
        return sidecar.looks_like_one(path.name, path.read_bytes()[: archive.SIDECAR])
    except OSError:
        return False


def _known(here: Path) -> int | None:
    if here.is_dir():
        files = (Path(folder) / name for folder, _, names in os.walk(here) for name in names if not _skipped(name, ()))
        counts = [_known(file) for file in files]
        return None if None in counts else sum(one or 0 for one in counts)
    if not here.is_file() or here.suffix.lower() in (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".warc", ".wacz"):
        return None
    return 1


def _with_url(given: Given) -> tuple[str | None, Given]:
    return (given["url"][0] if "url" in given else None), given


def _name(name: str) -> str:
    """A file name the same on every system: composed characters, no broken ones."""
    return unicodedata.normalize("NFC", _text(name)).replace(os.sep, "/")


def _text(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "replace")


def _cannot_open(error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return f"cannot be opened ({reason}); check its rights, or copy it to where you may read"
