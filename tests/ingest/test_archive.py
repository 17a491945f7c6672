"""Archives are read in memory, one member at a time, and stop at their limits."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest

from sayso import ingest
from sayso.ingest import Raw, archive
from sayso.records import Problem
from sayso.settings import Limits

TEXT = b"The harbour was closed on Monday, two officials said."


def zipped(**members: bytes) -> bytes:
    """A zip file; in a name "__" stands for "/" and "_" for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name if "." in name else name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def tarred(mode: str, *members: tuple[str, bytes]) -> bytes:
    """A tar file."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as file:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    return out.getvalue()


def find(path: Path, data: bytes, limits: Limits | None = None) -> tuple[dict[str, bytes], dict[str, str]]:
    """The members found in a file with these bytes, and the messages of Problems, both by name."""
    path.write_bytes(data)
    found = list(ingest.find([str(path)], limits=limits or Limits()))
    raws = {one.name: one.data for one in found if isinstance(one, Raw)}
    return raws, {one.doc: one.message for one in found if isinstance(one, Problem)}


def test_members_of_a_zip_are_found_under_their_names(tmp_path: Path) -> None:
    raws, problems = find(tmp_path / "pile.zip", zipped(b_txt=TEXT, a__c_txt=TEXT, **{"__macosx/a.txt": TEXT}))
    assert list(raws) == ["pile.zip!a/c.txt", "pile.zip!b.txt"]
    assert not problems


@pytest.mark.parametrize(
    ("mode", "name"), [("w", "p.tar"), ("w:gz", "p.tgz"), ("w:bz2", "p.tar.bz2"), ("w:xz", "p.tar.xz")]
)
def test_members_of_every_tar_are_found(tmp_path: Path, mode: str, name: str) -> None:
    assert find(tmp_path / name, tarred(mode, ("a/b.txt", TEXT)))[0] == {f"{name}!a/b.txt": TEXT}


@pytest.mark.parametrize(
    ("pack", "name"), [(gzip.compress, "a.txt.gz"), (bz2.compress, "a.txt.bz2"), (lzma.compress, "a.txt.xz")]
)
def test_a_packed_file_is_unpacked(tmp_path: Path, pack: object, name: str) -> None:
    assert find(tmp_path / name, pack(TEXT))[0] == {f"{name}!a.txt": TEXT}  # type: ignore[operator]


def test_archives_in_archives_are_opened_to_a_depth(tmp_path: Path) -> None:
    data = zipped(a_txt=TEXT)
    for _ in range(2):
        data = zipped(in_zip=data)
    assert list(find(tmp_path / "p.zip", data)[0]) == ["p.zip!in.zip!in.zip!a.txt"]
    raws, problems = find(tmp_path / "p.zip", data, Limits(archive_depth=2))
    assert not raws
    assert "2 archives" in problems["p.zip!in.zip!in.zip"]


def test_names_that_climb_out_are_made_harmless() -> None:
    assert archive.safe("../../etc/passwd") == "etc/passwd"
    assert archive.safe("C:\\news\\a.txt") == "news/a.txt"
    assert archive.safe("/a/\x00b.txt") == "a/_b.txt"
    assert archive.safe("..") == "unnamed"


def test_links_are_not_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as file:
        info = tarfile.TarInfo("passwd")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.addfile(info)
    raws, problems = find(tmp_path / "p.tar", out.getvalue())
    assert not raws
    assert "link" in problems["p.tar!passwd"]


def test_a_sidecar_in_a_zip_describes_its_neighbour(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(zipped(d__a_txt=TEXT, d__a_json=json.dumps({"publisher": "Bay Herald"}).encode()))
    (raw,) = ingest.find([str(path)], limits=Limits())
    assert isinstance(raw, Raw)
    assert raw.given == {"publisher": ("Bay Herald", "sidecar a.json")}


def test_limits_name_their_options_and_the_rest_goes_on(tmp_path: Path) -> None:
    data = zipped(a_txt=b"x" * 5000, b_txt=TEXT)
    raws, problems = find(tmp_path / "p.zip", data, Limits(file_bytes=1000))
    assert list(raws) == ["p.zip!b.txt"]
    assert "--max-file" in problems["p.zip!a.txt"]
    assert "--max-members" in find(tmp_path / "p.zip", data, Limits(members=1))[1]["p.zip"]
    assert "--max-archive" in find(tmp_path / "p.zip", data, Limits(archive_bytes=100))[1]["p.zip"]


def test_a_member_with_a_password_is_a_problem(tmp_path: Path) -> None:
    data = bytearray(zipped(a_txt=TEXT))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    assert "password" in find(tmp_path / "p.zip", bytes(data))[1]["p.zip!a.txt"]


def test_a_gzip_that_unpacks_without_end_is_stopped(tmp_path: Path) -> None:
    data = gzip.compress(bytes(30_000_000))
    assert "--max-file" in find(tmp_path / "a.txt.gz", data, Limits(file_bytes=1_000_000))[1]["a.txt.gz!a.txt"]


def test_a_tar_that_announces_gigabytes_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a.txt")
    info.size = 10 * 2**30
    assert "--max-archive" in find(tmp_path / "p.tar", info.tobuf() + bytes(10240))[1]["p.tar"]
    info.size, info.type = 3 * 2**30, tarfile.XHDTYPE
    assert "header" in find(tmp_path / "p.tar", info.tobuf() + bytes(10240))[1]["p.tar"]


@pytest.mark.parametrize("name", ["p.zip", "p.tgz", "p.txt.gz"])
def test_a_cut_off_archive_is_a_problem(tmp_path: Path, name: str) -> None:
    data = {"p.zip": zipped(a_txt=TEXT), "p.tgz": tarred("w:gz", ("a.txt", TEXT)), "p.txt.gz": gzip.compress(TEXT)}[
        name
    ]
    raws, problems = find(tmp_path / name, data[:-12])
    assert not raws
    assert "damaged" in " ".join(problems.values())
