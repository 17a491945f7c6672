"""The visible text of a page in reading order: one walk over the DOM, without recursion, gives its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from sayso.errors import ReadError
from sayso.ingest.html_roles import BLOCKS, UNSEEN, Role, role_of
from sayso.settings import Limits

ELEMENTS = 40_000  # more than any page seen (real ones: up to 7,000); jusText's work grows with their square
SLICE = 65_536  # characters of a text node taken at a time, so that a limit is met before memory is
# A browser collapses these; a no-break space stays.
_SPACE = re.compile(r"[ \t\n\r\f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
_ABSOLUTE = re.compile(r"(?i)\s*(?!https?:|mailto:)[a-z][a-z0-9+.-]*:")


# Without attributes these claim no role: most elements of a page are such.
_PLAIN = frozenset({"p", "div", "span", "a", "b", "i", "em", "strong", "br", "ul", "tr"})


@dataclass(slots=True)
class Line:
    """A run of text between two block boundaries.

    `owner` is the lowest element that holds all its words, `block` the block it stands in; `roles` are
    indices into `Walk.roles`, outermost first; `links` are (start, end, href) within `text`.
    """

    text: str
    links: tuple[tuple[int, int, str], ...]
    owner: Any
    block: Any
    roles: tuple[int, ...]


@dataclass(slots=True)
class Walk:
    """The lines of a page and the roles its elements claim."""

    lines: list[Line]
    roles: list[Role]


def walk(root: Any, base: str | None, limits: Limits) -> Walk:
    """All visible lines under `root`, links made absolute against `base`.

    Raises ReadError where elements nest deeper than `limits.html_depth` or the text is longer than
    `limits.text_chars`.
    """
    from lxml import etree

    walker = _Walker(base, limits)
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        if event == "end":
            walker.leave(element)
        elif not walker.enter(element):
            steps.skip_subtree()
    walker.flush()
    return Walk(walker.lines, walker.roles)


def absolute(base: str | None, href: str) -> str:
    """`href` against `base`; as written where it has another scheme, or cannot be joined."""
    href = _CONTROL.sub("", href)
    if _ABSOLUTE.match(href):
        return href
    try:
        return urljoin(base, href.strip()) if base else href.strip()
    except ValueError:
        return href


def crowded(root: Any) -> bool:
    """Whether a page has more elements than trafilatura and htmldate get through in seconds."""
    return sum(1 for _ in zip(root.iter(), range(ELEMENTS + 1), strict=False)) > ELEMENTS


class _Walker:
    """Collects chunks of text into lines; `enter` and `leave` are called once for each element."""

    def __init__(self, base: str | None, limits: Limits) -> None:
        self.base, self.limits = base, limits
        self.lines: list[Line] = []
        self.roles: list[Role] = []
        self.stack: list[Any] = []
        self.blocks: list[Any] = []
        self.marks: list[tuple[int, int]] = []  # (depth, index of the role), outermost first
        self.anchors: list[tuple[str, int | None]] = []  # (href, where its words begin in the line)
        self.total = self.pre = 0
        self.skipped = False
        self.begin()

    def begin(self) -> None:
        """Start an empty line."""
        self.pieces: list[str] = []
        self.at = 0
        self.gap = ""  # white space owed before the next word
        self.breaks = 0
        self.seam = False
        # The elements over the first word, and how many of them also hold every later word.
        self.over: tuple[Any, ...] = ()
        self.over_marks: tuple[tuple[int, int], ...] = ()
        self.low = self.floor = 0
        self.links: list[tuple[int, int, str]] = []

    def enter(self, element: Any) -> bool:
        """Take in an element's start; False: its inside is not to be walked."""
        tag, attributes = element.tag, element.attrib
        role = role_of(tag, attributes) if attributes or tag not in _PLAIN else None
        block = tag in BLOCKS
        self.skipped = self.unseen(tag, attributes) or (role is not None and role.kind is None and not block)
        if block:
            self.flush()
            self.blocks.append(element)
        self.stack.append(element)
        if len(self.stack) > self.limits.html_depth:
            raise ReadError(
                f"elements nest deeper than {self.limits.html_depth}: not a page as browsers show it; "
                "open it in a browser and save it again, or save its text as .txt"
            )
        if self.skipped:
            return False
        self.start_inside(element, role)
        return True

    def unseen(self, tag: str, attributes: Any) -> bool:
        """Whether nothing inside is ever shown. A declarative shadow root is shown (SingleFile writes them)."""
        return tag in UNSEEN and not (tag == "template" and "shadowrootmode" in attributes)

    def start_inside(self, element: Any, role: Role | None) -> None:
        """What the start of a shown element does to the line."""
        tag = element.tag
        if role:
            self.roles.append(role)
            self.marks.append((len(self.stack), len(self.roles) - 1))
            self.seam = True
        if tag == "a" and element.get("href") is not None:
            self.anchors.append((element.get("href"), None))
        elif tag == "br":
            self.line_break()
        elif tag == "pre":
            self.pre += 1
        self.add(element.text)

    def leave(self, element: Any) -> None:
        """Take in an element's end and the text after it."""
        tag, skipped = element.tag, self.skipped
        self.skipped = False
        if tag in BLOCKS:
            self.flush()
            self.blocks.pop()
        if not skipped:
            self.end_inside(element)
        self.stack.pop()
        self.floor = min(self.floor, len(self.stack))
        self.add(element.tail)

    def end_inside(self, element: Any) -> None:
        """Undo what the start of a shown element did."""
        if self.marks and self.marks[-1][0] == len(self.stack):
            self.marks.pop()
            self.seam = True
        if element.tag == "a" and element.get("href") is not None:
            self.close_link(*self.anchors.pop())
        elif element.tag == "pre":
            self.pre -= 1

    def line_break(self) -> None:
        """A <br>: a new line; two in a row: a new paragraph, as old pages write them."""
        self.breaks += 1
        if self.breaks > 1:
            self.flush()
        elif self.at:
            self.gap = "\n"

    def add(self, chunk: str | None) -> None:
        """Append a text node, its white space collapsed as a browser would."""
        for start in range(0, len(chunk or ""), SLICE):
            self.add_slice((chunk or "")[start : start + SLICE])

    def add_slice(self, chunk: str) -> None:
        """Append a piece of a text node."""
        chunk = _CONTROL.sub("", chunk)
        if not self.pre:
            chunk = _SPACE.sub(" ", chunk)
        words = chunk.strip(" \t\n\r\f")
        lead, trail = chunk[: len(chunk) - len(chunk.lstrip(" \t\n\r\f"))], chunk[len(chunk.rstrip(" \t\n\r\f")) :]
        self.owe(lead)
        if words:
            self.put(words)
            self.owe(trail)

    def owe(self, space: str) -> None:
        """Remember white space until a word follows it; a line break is not turned back into a space."""
        if space and self.at and (self.pre or not self.gap):
            self.gap += space

    def put(self, words: str) -> None:
        """Append words, after the white space owed; where parts of different roles touch, begin a new line."""
        if self.seam and self.at and not self.gap and self.pieces[-1][-1].isalnum() and words[0].isalnum():
            self.flush()
        if not self.at:
            self.low = self.floor = len(self.stack)
            self.over, self.over_marks = tuple(self.stack), tuple(self.marks)
        self.low = min(self.low, self.floor)
        self.pieces += [self.gap, words] if self.gap else [words]
        start = self.at + len(self.gap)
        self.at = start + len(words)
        self.gap, self.breaks, self.seam = "", 0, False
        self.anchors = [(href, start if begun is None else begun) for href, begun in self.anchors]
        self.floor = len(self.stack)
        self.count(len(words))

    def count(self, more: int) -> None:
        """Keep the text within its limit."""
        self.total += more
        if self.total > self.limits.text_chars:
            raise ReadError(f"more than {self.limits.text_chars:,} characters of text; raise the limit with --max-text")

    def close_link(self, href: str, start: int | None) -> None:
        """Keep a link that has words in this line."""
        if start is not None and self.at > start:
            self.links.append((start, self.at, absolute(self.base, href)))

    def flush(self) -> None:
        """End the line; links that are still open go on in the next one."""
        for href, start in self.anchors:
            self.close_link(href, start)
        self.anchors = [(href, None) for href, _ in self.anchors]
        if self.at:
            roles = tuple(role for depth, role in self.over_marks if depth <= self.low)
            owner = self.over[self.low - 1]
            block = self.blocks[-1] if self.blocks else owner
            self.lines.append(Line("".join(self.pieces), tuple(sorted(self.links)), owner, block, roles))
        self.begin()
