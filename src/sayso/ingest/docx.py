"""Word documents (docx): paragraphs in order, kinds by style, links with their targets."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from sayso.errors import ReadError
from sayso.ingest import archive, draft, layout
from sayso.ingest.blocks import Block, Item, Raw
from sayso.ingest.draft import Facts
from sayso.records import Meta, PartKind, Problem
from sayso.settings import Limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Word's own names of styles; it stores them in English whatever language it shows.
_STYLES = (
    (re.compile(r"title|subtitle|heading \d+|toc heading"), PartKind.HEADLINE),
    (re.compile(r"caption"), PartKind.CAPTION),
    (re.compile(r"(?:intense )?quote|block text"), PartKind.QUOTE),
    (re.compile(r"list.*"), PartKind.LIST),
    (re.compile(r"toc \d+|header|footer|page number|index.*|table of figures"), PartKind.BOILERPLATE),
)
# Words taken out or moved away under "track changes", and the second copy of a text box.
_UNSEEN = {_W + "del", _W + "moveFrom", _FALLBACK, _W + "instrText"}


def read(raw: Raw, limits: Limits) -> Iterator[Item | Problem]:
    """The one document of a Word file: text, tables and text boxes, without headers, footers and deleted words.

    Raises ReadError where it is damaged, too large when unpacked, or has no text.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        _check_sizes(raw.data, limits)
        document = Document(io.BytesIO(raw.data))
        facts = _facts(document.core_properties)
        blocks = list(_blocks(document))
    except (OpcError, LxmlError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, AttributeError, TypeError,
            EOFError, NotImplementedError, RuntimeError, OSError, IndexError, AssertionError) as error:  # fmt: skip
        # python-docx meets missing and malformed parts with whatever Python raises there.
        raise ReadError(f"damaged ({str(error) or type(error).__name__}); open it in Word and save it again") from error
    yield draft.from_blocks(raw, "docx", facts, layout.refine(blocks), limits)


def _check_sizes(data: bytes, limits: Limits) -> None:
    """Raises ReadError for a bomb, before anything is unpacked.

    The directory's sizes bind: zipfile reads no member beyond its size there.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        infos = zipped.infolist()
    if len(infos) > limits.members:
        raise ReadError(f"more than {limits.members:,} parts in it; raise the limit with --max-members")
    if sum(info.file_size for info in infos) > 4 * limits.file_bytes:
        raise ReadError(f"unpacks to more than {archive.size(4 * limits.file_bytes)}; raise the limit with --max-file")
    # Markup is a few times its text; more than that is a tree that would not fit into memory.
    marked = (info.file_size for info in infos if info.filename.endswith((".xml", ".rels")))
    if max(marked, default=0) > 5 * limits.text_chars:
        most = f"{limits.text_chars:,} characters"
        raise ReadError(f"its text may be longer than {most}; raise the limit with --max-text")


def _facts(properties: Any) -> Facts:
    created = properties.created
    names = [name for name in draft.split_names(properties.author or "") if name != "python-docx"]
    return Facts(
        title=draft.meta(properties.title, "docx property title"),
        authors=tuple(Meta(name, "docx property author") for name in names),
        made=Meta(created.date().isoformat(), "docx property created") if created else None,
        language=draft.meta(properties.language, "docx property language"),
    )


def _blocks(document: Any) -> Iterator[Block]:
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    targets = {key: relation.target_ref for key, relation in document.part.rels.items() if relation.is_external}
    for paragraph in document.element.body.iter(_W + "p"):
        if any(above.tag in _UNSEEN for above in paragraph.iterancestors()):
            continue
        kind, rule = _kind(paragraph, styles)
        words, links = _words(paragraph, targets)
        yield Block(kind, words, rule, links)


def _kind(paragraph: Any, styles: Mapping[str, str]) -> tuple[PartKind, str]:
    properties = paragraph.find(_W + "pPr")
    style = properties.find(_W + "pStyle") if properties is not None else None
    name = styles.get(style.get(_W + "val"), "") if style is not None else ""
    for pattern, kind in _STYLES:
        if pattern.fullmatch(name):
            return kind, f"style {name}"
    numbered = properties is not None and properties.find(_W + "numPr") is not None
    return (PartKind.LIST, "numbered paragraph") if numbered else (PartKind.BODY, "paragraph")


def _words(paragraph: Any, targets: Mapping[str, str]) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """The visible words of a paragraph and its links; those of text boxes in it are paragraphs of their own."""
    pieces: list[str] = []
    links: list[tuple[int, int, str]] = []
    length = 0
    for piece, href in _runs(paragraph, None, targets):
        if href and links and links[-1][1:] == (length, href):
            links[-1] = (links[-1][0], length + len(piece), href)
        elif href:
            links.append((length, length + len(piece), href))
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), tuple(links)


def _runs(element: Any, href: str | None, targets: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    for child in element:
        if child.tag == _W + "t":
            yield child.text or "", href
        elif child.tag == _W + "tab":
            yield "\t", href
        elif child.tag in (_W + "br", _W + "cr"):
            yield "\n", href
        elif child.tag == _W + "noBreakHyphen":
            yield "\u2011", href
        elif child.tag == _W + "hyperlink":
            yield from _runs(child, targets.get(child.get(_R + "id")), targets)
        elif child.tag not in _UNSEEN and child.tag not in (_W + "p", _W + "pPr", _W + "rPr", _W + "txbxContent"):
            yield from _runs(child, href, targets)
