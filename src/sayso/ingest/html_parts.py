"""What each line of a page is (headline, body, caption, ...): a table of rules, the first hit decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sayso.ingest import html_lines as line_of
from sayso.ingest.blocks import Block
from sayso.ingest.html_body import CLOSED, body_lines, shingles
from sayso.ingest.html_roles import Role
from sayso.ingest.html_walk import Line, Walk
from sayso.records import PartKind

CORE = 0.75  # of the body's words stand in the element taken for the article's column
NEAR = 15  # lines before the headline and after the last paragraph where a by-line or caption may stand
_OUTSIDE = (PartKind.BOILERPLATE, "outside the article")

_UNTOLD = frozenset({"outside the article", "not in the body", "heading outside the article"})

Verdict = tuple[PartKind, str]


@dataclass(slots=True)
class Article:
    """The shown lines of a page, the roles that hold for each, and where the article lies among them.

    `body` maps a line to the rule that takes it for the article's; `homes` are the elements that hold
    its paragraphs directly; `first` and `last` are its first and last paragraph.
    """

    lines: list[Line]
    roles: list[list[Role]]
    body: dict[int, str]
    authors: tuple[str, ...] = ()
    headline: int | None = None
    first: int = 0
    last: int = -1
    homes: set[Any] = field(default_factory=set)
    shingles: set[tuple[str, ...]] | None = None  # of the body's words, made when first asked for

    def closed(self, i: int) -> Role | None:
        """The outermost role that keeps line `i` out of the article."""
        return next((role for role in self.roles[i] if role.kind in CLOSED), None)

    def role(self, i: int, kind: PartKind) -> Role | None:
        """The innermost role of this kind over line `i`."""
        return next((role for role in reversed(self.roles[i]) if role.kind is kind), None)

    def at_home(self, i: int) -> bool:
        """Whether line `i` stands in an element that holds paragraphs of the article."""
        block = self.lines[i].block
        return block in self.homes or block.getparent() in self.homes

    @property
    def start(self) -> int:
        """The line the article begins with."""
        return self.first if self.headline is None else min(self.headline, self.first)

    def inside(self, i: int) -> bool:
        """Whether line `i` stands between the headline and the last paragraph."""
        return self.start <= i <= self.last

    def near(self, i: int) -> bool:
        """Whether line `i` stands inside the article or a few lines around it."""
        return self.start - NEAR <= i <= self.last + NEAR


def page_blocks(found: Walk, prose: str, title: str, authors: tuple[str, ...]) -> list[Block]:
    """The blocks of a page; `prose` is its body as trafilatura gives it, "" where it gives none.

    `title` and `authors` are what the page states of itself, "" and () where it states nothing.
    """
    body = body_lines(found, prose)
    lines, roles = _shown(found, _wrappers(found, body))
    at = {id(line): i for i, line in enumerate(lines)}
    article = Article(lines, roles, {at[key]: rule for key, rule in body.items() if key in at}, authors)
    _lay_out(article, title)
    verdicts = [_verdict(article, i) for i in range(len(lines))]
    _mark_related(article, verdicts)
    return [block for i, verdict in enumerate(verdicts) for block in _blocks(article, i, verdict)]


def fragment_blocks(found: Walk) -> list[Block]:
    """The blocks of HTML inside a feed or mail: all of it is article but for what its elements say otherwise."""
    everything = {id(line): "prose" for line in found.lines}
    lines, roles = _shown(found, _wrappers(found, everything))
    article = Article(lines, roles, dict.fromkeys(range(len(lines)), "prose"))
    article.last = len(lines) - 1
    article.homes = {line.block for line in lines}
    return [block for i in range(len(lines)) for block in _blocks(article, i, _verdict(article, i))]


# Rules: each looks at one line and gives its kind and what decided, or None.


def closed(article: Article, i: int) -> Verdict | None:
    """Menus, comments, share bars, advertisements, related boxes: by element or class; a by-line in one is kept."""
    role = article.closed(i)
    if role is None or role.kind is None:
        return None
    by = article.role(i, PartKind.BYLINE)
    if by and role.kind is PartKind.BOILERPLATE and by.rule != "time" and article.start <= i <= article.first:
        return PartKind.BYLINE, by.rule
    return role.kind, role.rule


def headline(article: Article, i: int) -> Verdict | None:
    """The headline of the article."""
    return (PartKind.HEADLINE, line_of.heading(article.lines[i]) or "title") if i == article.headline else None


def label(article: Article, i: int) -> Verdict | None:
    """Lines that are furniture wherever they stand ("Advertisement", "Read more")."""
    kind = line_of.label(article.lines[i].text)
    return (PartKind(kind), "label") if kind else None


def related(article: Article, i: int) -> Verdict | None:
    """Inside the article: a line that opens with "Read more:" or the like, or is nothing but a link."""
    line = article.lines[i]
    if line_of.points_elsewhere(line):
        return PartKind.RELATED, "opening"
    here = article.inside(i) or (article.near(i) and article.at_home(i))
    if here and line_of.linked(line) > 0.9 and not line_of.heading(line):
        return PartKind.RELATED, "nothing but a link"
    return None


def caption(article: Article, i: int) -> Verdict | None:
    """A caption or credit by its element or class, or by how it ends ("(NAME/AGENCY Photo)")."""
    role = article.role(i, PartKind.CAPTION)
    if role and role.rule in ("class:credit", "class:credits") and i > article.last:
        return (PartKind.BYLINE, role.rule) if article.near(i) else _OUTSIDE
    by_picture = article.start - NEAR <= i <= article.last + 2
    if role:
        return (PartKind.CAPTION, role.rule) if by_picture else _OUTSIDE
    if by_picture and line_of.photo_credit(article.lines[i].text):
        return PartKind.CAPTION, "photo credit"
    return None


def byline(article: Article, i: int) -> Verdict | None:
    """A by-line or date line by its element or class, by its words near the top, or an author's note at the end."""
    text = article.lines[i].text
    top = article.start - NEAR <= i <= article.first + 1
    edge = top or article.last <= i <= article.last + 5
    if top and line_of.place_and_date(text):
        return PartKind.DATELINE, "place and date"
    if role := article.role(i, PartKind.BYLINE):
        return (PartKind.BYLINE, role.rule) if article.near(i) else _OUTSIDE
    if top and (rule := line_of.byline(text)):
        return PartKind.BYLINE, rule
    if edge and line_of.opens_with(text, article.authors):
        return PartKind.BYLINE, "author's name"
    if article.last - 3 <= i <= article.last + NEAR and line_of.credit(text):
        return PartKind.BYLINE, "credit line"
    if article.last < i <= article.last + 3 and line_of.published(text):
        return PartKind.BYLINE, "date line"
    return None


def quote(article: Article, i: int) -> Verdict | None:
    """Block quotations and embedded posts; a pull-quote that repeats the body is furniture."""
    role = article.role(i, PartKind.QUOTE)
    if role is None:
        return None
    if not (article.inside(i) or i == article.last + 1):
        return _OUTSIDE
    if "pull" in role.rule and _repeats(article, i):
        return PartKind.BOILERPLATE, "pull-quote that repeats the body"
    return PartKind.QUOTE, role.rule


def subheading(article: Article, i: int) -> Verdict | None:
    """A heading inside the article; a short paragraph in bold type is one too."""
    tag = line_of.heading(article.lines[i])
    if not tag and i in article.body and article.inside(i) and line_of.bold(article.lines[i]):
        return PartKind.HEADLINE, "bold line"
    if not tag:
        return None
    told = i in article.body or article.at_home(i) or line_of.sentence(article.lines[i].text)
    ours = article.inside(i) and told and not _is_headline_again(article, i)
    return (PartKind.HEADLINE, tag) if ours else (PartKind.BOILERPLATE, "heading outside the article")


def item(article: Article, i: int) -> Verdict | None:
    """List items and table cells of the article; a cell that holds sentences is a layout table's paragraph."""
    role = article.role(i, PartKind.LIST)
    if role is None or i not in article.body:
        return None
    if role.rule in ("td", "th") and line_of.sentence(article.lines[i].text):
        return PartKind.BODY, article.body[i]
    if role.rule == "li" and line_of.below_picture(article.lines[i]):
        return PartKind.CAPTION, "list under a picture"
    return PartKind.LIST, role.rule


def body(article: Article, i: int) -> Verdict | None:
    """What was told to be the article's text, and the paragraph under the headline that sums it up."""
    if i in article.body and (article.inside(i)):
        return PartKind.BODY, article.body[i]
    role = article.role(i, PartKind.BODY)
    return (PartKind.BODY, role.rule) if role and article.inside(i) else None


def neighbour(article: Article, i: int) -> Verdict | None:
    """A sentence that stands among the article's paragraphs though it was not told to be one of them."""
    line = article.lines[i]
    within = article.start <= i <= article.last + NEAR
    if article.at_home(i) and within and line_of.sentence(line.text) and line_of.linked(line) < 0.5:
        return PartKind.BODY, "among the paragraphs"
    return None


def rest(article: Article, i: int) -> Verdict:
    """What nothing speaks for."""
    return (PartKind.BOILERPLATE, "not in the body") if article.inside(i) else _OUTSIDE


RULES: tuple[Callable[[Article, int], Verdict | None], ...] = (
    headline, closed, caption, byline, label, related, quote, subheading, item, body, neighbour, rest,
)  # fmt: skip


def _verdict(article: Article, i: int) -> Verdict:
    return next(verdict for rule in RULES if (verdict := rule(article, i)))


def _mark_related(article: Article, verdicts: list[Verdict]) -> None:
    """Links and lists that follow "Related posts", up to the article's next paragraph, are related lines."""
    going = False
    for i, (kind, rule) in enumerate(verdicts):
        if kind is PartKind.RELATED or line_of.opens_related(article.lines[i].text, rule):
            going = True
        elif kind is not PartKind.BOILERPLATE:
            going = False
        elif going and rule in _UNTOLD and (line_of.linked(article.lines[i]) > 0.5 or article.role(i, PartKind.LIST)):
            verdicts[i] = (PartKind.RELATED, "below a related line")


def _blocks(article: Article, i: int, verdict: Verdict) -> Iterable[Block]:
    (kind, rule), line = verdict, article.lines[i]
    cut = line_of.dateline(line.text) if kind is PartKind.BODY and i <= article.first + 1 else 0
    if not cut:
        return [Block(kind, line.text, rule, line.links)]
    before = tuple(link for link in line.links if link[1] <= cut)
    after = tuple((max(s - cut, 0), e - cut, href) for s, e, href in line.links if e > cut)
    return [
        Block(PartKind.DATELINE, line.text[:cut], "dateline", before),
        Block(kind, line.text[cut:], rule, after),
    ]


# Layout: which lines are the article, and where it begins and ends.


def _wrappers(found: Walk, body: dict[int, str]) -> set[int]:
    """Roles that hold more than half of the article's words: they are layout, and say nothing about its parts."""
    held: Counter[int] = Counter()
    total = 0
    for line in found.lines:
        if id(line) in body:
            size = len(line.text)
            total += size
            for role in line.roles:
                held[role] += size
    return {role for role, size in held.items() if size > total / 2}


def _shown(found: Walk, void: set[int]) -> tuple[list[Line], list[list[Role]]]:
    """The lines that a reader sees, and the roles that hold for each."""
    lines, roles = [], []
    for line in found.lines:
        valid = [found.roles[r] for r in line.roles if r not in void]
        if all(role.kind is not None for role in valid):
            lines.append(line)
            roles.append(valid)
    return lines, roles


def _lay_out(article: Article, title: str) -> None:
    """Find the headline and the first and last paragraph; forget body lines that lie in closed places."""
    article.body = {i: rule for i, rule in article.body.items() if article.closed(i) is None}
    paragraphs = [i for i in article.body if not line_of.heading(article.lines[i]) and line_of.prose(article.lines[i])]
    paragraphs = paragraphs or list(article.body)
    if not paragraphs:
        return
    article.last = paragraphs[-1]
    article.headline = _headline(article, paragraphs[0], title)
    below = [i for i in paragraphs if article.headline is None or i > article.headline] or paragraphs
    below = _main_column(article, below)
    article.first, article.last = below[0], below[-1]
    article.homes = {article.lines[i].block.getparent() for i in below} | _own_homes(article, below)


def _main_column(article: Article, paragraphs: list[int]) -> list[int]:
    """The paragraphs without those at either end that stand elsewhere, in elements of another make: teasers."""
    size = Counter({i: len(article.lines[i].text) for i in paragraphs})
    held: Counter[Any] = Counter()
    for i in paragraphs:
        for element in article.lines[i].block.iterancestors():
            held[element] += size[i]
    above = article.lines[max(size, key=size.__getitem__)].block.iterancestors()
    core = next((element for element in above if held[element] >= CORE * size.total()), None)
    inside = {i for i in paragraphs if core in article.lines[i].block.iterancestors()}
    makes = {_make(article, i) for i in inside}
    kept = [i for i in paragraphs if i in inside or _make(article, i) in makes]
    return [i for i in paragraphs if kept[0] <= i <= kept[-1]] if kept else paragraphs


def _make(article: Article, i: int) -> tuple[str, str]:
    home = article.lines[i].block.getparent()
    return (str(home.tag), home.get("class", "")) if home is not None else ("", "")


def _own_homes(article: Article, paragraphs: list[int]) -> set[Any]:
    """Blocks that hold several paragraphs themselves, parted by line breaks."""
    held = Counter(article.lines[i].block for i in paragraphs)
    return {block for block, count in held.items() if count > 1}


def _headline(article: Article, first: int, title: str) -> int | None:
    """The heading most like the page's title; without a title the last h1 above the body, else the first h1."""
    headings = [i for i in range(article.last) if line_of.heading(article.lines[i]) and not article.closed(i)]
    if title and headings:
        like = {i: line_of.likeness(article.lines[i].text, title) for i in headings}
        best = max(headings, key=lambda i: (round(like[i], 1), line_of.heading(article.lines[i]) == "h1", i <= first))
        if like[best] >= 0.5:
            return best
    tops = [i for i in headings if line_of.heading(article.lines[i]) == "h1"]
    above = [i for i in tops if i <= first]
    return above[-1] if above else (tops[0] if tops else None)


def _is_headline_again(article: Article, i: int) -> bool:
    top = article.headline
    return top is not None and line_of.words(article.lines[i].text) == line_of.words(article.lines[top].text)


def _repeats(article: Article, i: int) -> bool:
    if article.shingles is None:
        told = (article.lines[j] for j in article.body if not article.role(j, PartKind.QUOTE))
        article.shingles = {shingle for line in told for shingle in shingles(line_of.words(line.text))}
    own = set(shingles(line_of.words(article.lines[i].text)))
    return bool(own) and len(own - article.shingles) <= 0.2 * len(own)
