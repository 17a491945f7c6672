"""Archives: the files inside zip, tar, gz, bz2 and xz, in memory, one at a time, within limits."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from sayso.errors import ReadError
from sayso.settings import MIB, Limits

# No pile of texts packs this well: past the first 100 MB it is a bomb, whatever the limits say.
_RATIO, _RATIO_FROM = 250, 100 * MIB
# What the libraries raise on damaged files.
DAMAGED = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError,
           ValueError, OverflowError)  # fmt: skip
_OPENERS: dict[str, Callable[[BinaryIO], object]] = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open}
SIDECAR = MIB
_LONG_HEADERS = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME,
                 tarfile.GNUTYPE_LONGLINK)  # fmt: skip

Member = tuple[str, bytes | ReadError]


def members(file: BinaryIO, kind: str, name: str, limits: Limits) -> Iterator[Member]:
    """The members of an archive in its own order: name and bytes, or name and why it could not be read.

    `kind` is zip, tar, gz, bz2 or xz; a packed tar gives the tar's members. Raises ReadError where the
    archive itself is damaged or too large; members read before that stand.
    """
    try:
        if kind == "zip":
            yield from _zip(file, limits)
        elif kind == "tar":
            yield from _tar(file, limits)
        else:
            yield from _packed(file, kind, name, limits)
    except DAMAGED as error:
        raise ReadError(f"damaged or cut off ({_reason(error)}); fetch or pack it again") from error


def sidecars(file: BinaryIO, kind: str) -> dict[str, bytes]:
    """The small JSON and CSV members of a zip by their names; {} for streams, which are read only once."""
    if kind != "zip":
        return {}
    found = {}
    try:
        with zipfile.ZipFile(file) as zipped:
            for info in zipped.infolist():
                if info.filename.lower().endswith((".json", ".csv")) and info.file_size <= SIDECAR:
                    with zipped.open(info) as member:
                        found[safe(info.filename)] = member.read(SIDECAR)
    except (*DAMAGED, RuntimeError):
        return found  # what is damaged is told where the members are read
    return found


def safe(name: str) -> str:
    """A member's name for display: forward slashes, no drive, no dots that climb, no control characters."""
    name = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8")).replace("\\", "/")
    name = "".join(char if char.isprintable() else "_" for char in name)
    pieces = [piece for piece in name.split("/") if piece not in ("", ".", "..") and not piece.endswith(":")]
    return "/".join(pieces) or "unnamed"


def unpack(file: BinaryIO, kind: str) -> BinaryIO:
    """The bytes that a gz, bz2 or xz file holds, refused where they grow as only a bomb's do."""
    packed = file.seek(0, io.SEEK_END)
    file.seek(0)
    return cast(BinaryIO, io.BufferedReader(_Metered(cast(BinaryIO, _OPENERS[kind](file)), packed), 64 * 1024))


def too_large(limits: Limits, what: str = "it") -> ReadError:
    """The error for a file or member beyond the limit of one file."""
    return ReadError(f"{what} is larger than {size(limits.file_bytes)}; raise the limit with --max-file")


def size(count: int) -> str:
    """A number of bytes for reading: "50 MiB"."""
    return f"{count / MIB:,.0f} MiB" if count >= MIB else f"{count:,} bytes"


class _Metered(io.RawIOBase):
    """A stream that counts what was unpacked and stops a bomb."""

    def __init__(self, inner: BinaryIO, packed: int) -> None:
        self._inner, self._packed, self._seen = inner, packed, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._inner.read(len(buffer))
        buffer[: len(data)] = data
        self._seen += len(data)
        if self._seen > max(_RATIO_FROM, _RATIO * self._packed):
            raise ReadError(
                f"unpacks to more than {_RATIO} times its size, as only a bomb does; if it is none, unpack it yourself"
            )
        return len(data)


class _Header(tarfile.TarInfo):
    """A member's header; one that announces megabytes of further header is refused before they are read."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        info = super().frombuf(buf, encoding, errors)
        if info.type in _LONG_HEADERS and info.size > MIB:
            raise ReadError("a header of more than 1 MiB in it, as only a bomb has; pack it again")
        return info


class _Budget:
    """What one archive may still unpack; `take` raises ReadError where it is used up."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._count, self._bytes = limits, 0, 0

    def take(self, count: int) -> None:
        self._count += 1
        self._bytes += count
        if self._count > self._limits.members:
            raise ReadError(f"more than {self._limits.members:,} files in it; raise the limit with --max-members")
        if self._bytes > self._limits.archive_bytes:
            raise ReadError(
                f"unpacks to more than {size(self._limits.archive_bytes)}; raise the limit with --max-archive"
            )


def _zip(file: BinaryIO, limits: Limits) -> Iterator[Member]:
    budget = _Budget(limits)
    with zipfile.ZipFile(file) as zipped:
        for info in sorted(zipped.infolist(), key=lambda info: info.filename):
            if info.is_dir():
                continue
            if (info.external_attr >> 16) & 0o170000 == 0o120000:
                yield safe(info.filename), ReadError("a link inside an archive; give the file it points to")
                continue
            found = _zip_member(zipped, info, limits)
            budget.take(len(found) if isinstance(found, bytes) else 0)
            yield safe(info.filename), found


def _zip_member(zipped: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes | ReadError:
    if info.flag_bits & 1:
        return ReadError("locked with a password; unpack it and give the folder")
    if info.file_size > limits.file_bytes:
        return too_large(limits)
    try:
        with zipped.open(info) as member:
            # The directory may lie about sizes: one byte more than allowed tells.
            data = member.read(limits.file_bytes + 1)
    except (*DAMAGED, RuntimeError) as error:
        return ReadError(f"damaged in the archive ({_reason(error)}); fetch or pack the archive again")
    return data if len(data) <= limits.file_bytes else too_large(limits)


def _tar(file: BinaryIO, limits: Limits) -> Iterator[Member]:
    budget = _Budget(limits)
    # As a stream: nothing is sought, so that each byte of a packed tar is unpacked once.
    with tarfile.open(fileobj=file, mode="r|", bufsize=64 * 1024, tarinfo=_Header) as tar:
        for info in tar:
            tar.members = []  # type: ignore[attr-defined]  # a stream of 20,000 files would keep their headers
            budget.take(info.size)
            if info.islnk() or info.issym():
                yield safe(info.name), ReadError("a link inside an archive; give the file it points to")
            elif info.isfile() and info.size > limits.file_bytes:
                yield safe(info.name), too_large(limits)
            elif info.isfile():
                member = tar.extractfile(info)
                yield safe(info.name), member.read() if member else b""


def _packed(file: BinaryIO, kind: str, name: str, limits: Limits) -> Iterator[Member]:
    stream = unpack(file, kind)
    head = cast(io.BufferedReader, stream).peek(512)[:512]
    if head[257:262] == b"ustar":
        yield from _tar(stream, limits)
        return
    data = stream.read(limits.file_bytes + 1)
    inner = name.rsplit("/", 1)[-1].rpartition(".")[0] or name
    yield safe(inner), data if len(data) <= limits.file_bytes else too_large(limits, "what it unpacks to")


def _reason(error: BaseException) -> str:
    return str(error) or type(error).__name__
