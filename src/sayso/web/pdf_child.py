"""Run as a child: the PDF on standard input, one of its pages as a PNG (or the number of pages) on standard output."""

from __future__ import annotations

import contextlib
import struct
import sys
import zlib

BYTES = 1024 * 1024 * 1024
WIDTH = 1100  # pixels of a page: sharp beside the text, and still printable
MOST = 20_000_000  # pixels of one picture


def main(number: int, seconds: int) -> bytes:
    """The picture of page `number`, from 1; for 0 how many pages there are."""
    _limit(seconds)
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(sys.stdin.buffer.read())
    if number == 0:
        return str(len(document)).encode()
    page = document[number - 1]
    scale = min(WIDTH / max(page.get_width(), 1), (MOST / max(page.get_width() * page.get_height(), 1)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
    rows = bytes(bitmap.buffer)
    return png((bitmap.width, bitmap.height, bitmap.n_channels), rows, bitmap.stride)


def png(size: tuple[int, int, int], data: bytes, stride: int) -> bytes:
    """A PNG of rows of pixels with 1, 3 or 4 channels."""
    width, height, channels = size
    colour = {1: 0, 3: 2, 4: 6}[channels]
    lines = b"".join(b"\0" + data[at * stride : at * stride + width * channels] for at in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _limit(seconds: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


if __name__ == "__main__":
    sys.stdout.buffer.write(main(int(sys.argv[1]), int(sys.argv[2])))
