"""The text of a PDF: lines joined to paragraphs over columns and pages, running heads told from headlines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sayso.ingest.blocks import Block
from sayso.ingest.paragraphs import is_bullet, is_speaker, stops
from sayso.ingest.pdf_page import Line, Run, line_numbers, lines
from sayso.records import PartKind

# Running heads and feet stand in these outer parts of a page.
_MARGIN = 0.12
# Letters this much higher than the text's are a heading's; this much lower a note's.
_HIGHER, _LOWER = 1.13, 0.9
_HEADING_WORDS = 40
# A longer one that ends with a stop is a sentence, not a heading.
_SENTENCE_WORDS = 12
# A line that begins this far in, in heights of its letters, opens a paragraph.
_INDENT = (0.6, 6.0)
_PIECE = 6
_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.)?\s*\d{1,5}(?:\s*(?:of|/)\s*\d{1,5})?\W*", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the child read it."""

    height: float
    runs: tuple[Run, ...]


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, and what they are."""

    lines: list[Line]
    kind: PartKind
    rule: str


def blocks(pages: Sequence[Page]) -> list[Block]:
    """The paragraphs of a document in reading order; furniture of a page stands behind a paragraph that crosses it."""
    flow: list[Paragraph] = []
    read = [_split_page(page, number) for number, page in enumerate(pages)]
    repeated = _repeated([(line, page) for (found, _), page in zip(read, pages, strict=True) for line in found])
    size = _text_size(line for found, _ in read for line in found)
    for (found, furniture), page in zip(read, pages, strict=True):
        kept = [line for line in found if not _is_running(line, page, repeated)]
        running = [line for line in found if _is_running(line, page, repeated)]
        for paragraph in _paragraphs(kept, size):
            _add(flow, paragraph, size)
        flow += [Paragraph([line], PartKind.BOILERPLATE, "running head or foot") for line in running]
        flow += furniture
    return [Block(p.kind, _text(p.lines), p.rule) for p in flow]


def _split_page(page: Page, number: int) -> tuple[list[Line], list[Paragraph]]:
    """The lines of a page, and what is no line of its text: numbers of lines, words that stand upright at its edge."""
    numbers = line_numbers(page.runs)
    counted = {id(run) for run in numbers}
    found = lines([run for run in page.runs if id(run) not in counted], number)
    odd = lines(numbers, number)
    turned = [run for run in page.runs if not run.upright and run.text.strip()]
    furniture = [Paragraph(odd, PartKind.BOILERPLATE, "line numbers")] if odd else []
    for run in turned:
        edge = Line(run.text, run.x0, run.y0, run.x1, run.y1, run.size, run.bold > 0.5, run.x0, run.x1, number, -1)
        furniture.append(Paragraph([edge], PartKind.BOILERPLATE, "turned words"))
    return found, furniture


def _text_size(found: Iterable[Line]) -> float:
    """The height of most letters."""
    sizes: Counter[float] = Counter()
    for line in found:
        sizes[round(line.size * 4) / 4] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _repeated(found: Sequence[tuple[Line, Page]]) -> set[str]:
    """Lines in the margins that come again on other pages, figures aside."""
    seen: dict[str, set[int]] = {}
    for line, page in found:
        if _in_margin(line, page):
            seen.setdefault(_shape(line), set()).add(line.page)
    return {shape for shape, pages in seen.items() if len(pages) > 1}


def _is_running(line: Line, page: Page, repeated: set[str]) -> bool:
    if not _in_margin(line, page):
        return False
    shape = _shape(line)
    # The first page often has the pieces of the running head, differently set.
    piece = line.page == 0 and len(shape) >= _PIECE and any(shape in other for other in repeated)
    return shape in repeated or piece or bool(_PAGE_NUMBER.fullmatch(line.text))


def _in_margin(line: Line, page: Page) -> bool:
    return line.y0 > page.height * (1 - _MARGIN) or line.y1 < page.height * _MARGIN


def _shape(line: Line) -> str:
    # The number of the page stands left on one page, right on the next.
    return re.sub(r"\s*\d+\s*", "#", line.text).strip("# ").lower() or "#"


def _paragraphs(found: Sequence[Line], size: float) -> Iterator[Paragraph]:
    """The lines of a page as paragraphs; columns are not joined yet."""
    pitches = _pitches(found)
    start = 0
    for at, line in enumerate(found):
        last = at + 1 == len(found)
        if last or _opens(found[at + 1], line, pitches.get(_setting(line), 1.2 * line.size)):
            group = list(found[start : at + 1])
            kind, rule = _kind(group, size)
            yield Paragraph(group, kind, rule)
            start = at + 1


def _pitches(found: Sequence[Line]) -> dict[tuple[int, int], float]:
    """The usual distance of lines in each column, for each height of letters in it."""
    steps: dict[tuple[int, int], list[float]] = {}
    for a, b in pairwise(found):
        if _setting(a) == _setting(b) and 0 < a.y0 - b.y0 < 3 * a.size:
            steps.setdefault(_setting(a), []).append(a.y0 - b.y0)
    # The lower half: distances between lines, not between paragraphs.
    return {key: median(sorted(all_)[: len(all_) // 2 + 1]) for key, all_ in steps.items()}


def _setting(line: Line) -> tuple[int, int]:
    return line.column, round(line.size)


def _opens(line: Line, before: Line, pitch: float) -> bool:
    """Whether `line` opens a paragraph after `before`."""
    if line.column != before.column or before.y0 - line.y0 > 1.35 * pitch or line.y0 > before.y0:
        return True
    if not 1 / _HIGHER < line.size / before.size < _HIGHER or line.bold != before.bold:
        return True
    if is_bullet(line.text) or is_speaker(line.text):
        return True
    ends = stops(before.text) or before.room > 1.5 or before.text.endswith(":")
    if ends and _INDENT[0] < line.indent < _INDENT[1] and before.indent < _INDENT[0] / 2:
        return True
    # A sentence that ends well before the column's edge: the next word would have fitted.
    return stops(before.text) and before.room > 1 + 0.6 * len(line.text.split()[0])


def _kind(group: Sequence[Line], size: float) -> tuple[PartKind, str]:
    words = sum(len(line.text.split()) for line in group)
    higher = median(line.size for line in group) / size
    sentence = words > _SENTENCE_WORDS and stops(group[-1].text)
    letters = any(char.isalpha() for line in group for char in line.text)
    if higher >= _HIGHER and words <= _HEADING_WORDS and letters and not sentence:
        return PartKind.HEADLINE, "larger letters"
    if letters and all(line.bold for line in group) and words <= _HEADING_WORDS // 2 and not stops(group[-1].text):
        return PartKind.HEADLINE, "bold letters"
    return (PartKind.BODY, "small letters") if higher <= _LOWER else (PartKind.BODY, "paragraph")


def _add(flow: list[Paragraph], paragraph: Paragraph, size: float) -> None:
    """Put a paragraph behind the others, or join it to the one that goes on in it."""
    before = _open_paragraph(flow, paragraph)
    if before is None:
        flow.append(paragraph)
    else:
        before.lines += paragraph.lines


def _open_paragraph(flow: Sequence[Paragraph], paragraph: Paragraph) -> Paragraph | None:
    """The last paragraph of the same letters, if it was broken off by the end of a column or page."""
    if paragraph.kind is not PartKind.BODY:
        return None
    first = paragraph.lines[0]
    for before in reversed(flow[-12:]):
        last = before.lines[-1]
        if before.rule != paragraph.rule:
            if before.kind is PartKind.HEADLINE:
                return None
            continue
        goes_on = last.room < 3 and first.indent < _INDENT[0] and not is_bullet(first.text)
        broken = (last.page, last.column) != (first.page, first.column) and not stops(last.text)
        return before if broken and (first.text[:1].islower() or (goes_on and not last.text.endswith(":"))) else None
    return None


def _text(found: Sequence[Line]) -> str:
    """The words of lines; a word that is broken at a hyphen keeps the hyphen and is not parted from its rest."""
    text = found[0].text
    for line in found[1:]:
        joined = re.search(r"\w[-–@]$|\S/$", text) and line.text[:1].isalnum()
        text += line.text if joined else " " + line.text
    return text
