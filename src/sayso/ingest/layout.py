"""Layout: what the paragraphs of a plain text are, read from their lines, their place and a few set phrases."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from sayso.ingest import dates
from sayso.ingest.blocks import Block
from sayso.ingest.paragraphs import Paragraph, as_paragraph, is_bullet, is_rule, is_speaker, paragraphs, stops
from sayso.records import Link, Part, PartKind, Span

_HEADING_WORDS = 14
_HEADLINE_WORDS = 30
_CAPTION_WORDS = 120
_PROSE_WORDS = 25
# An outlet's or a city's name before the day.
_PLACE_WORDS = 4
# A title of another page has fewer words, or no final stop.
_TITLE_WORDS = 18
# Longer paragraphs are prose without a look at their words; it also bounds the work of every pattern.
_PROSE_CHARS = 1500

_CLOSERS = "\"'”’»›)]*_ "
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_DATELINE = re.compile(
    r"(?:(?P<caps>[A-Z][A-Z.'’-]+(?:[ /-][A-Z][A-Z.'’-]*){0,4})|(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}))"
    r"(?:, (?:[A-Z][\w.'’]*\.?)(?: [A-Z][\w.'’]*){0,2}){0,2}"
    r"(?:,? (?P<day>(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?))?"
    r"(?: \((?P<agency>[A-Z][\w&./ -]{1,40})\))?"
    r"(?:,? (?P<day2>(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?))?"
    r" ?(?:—|–|--|(?<= )-)(?=\s)\s*"
)
_FULL_NAME = re.compile(r"(?:[A-Z][\w.'’-]*|[a-z]{1,3})(?:[ -](?:[A-Z][\w.'’-]*|[a-z]{1,5}))*")
_NUMBERED = re.compile(r"([a-z]+)\.? ?\d{1,3}[a-z]?[.:]\s")
_URL = re.compile(r"https?://[^\s<>\"“”\]]+[^\s<>\"“”\].,;:!?'’)]")
_MARKED_LINK = re.compile(r"(?<!!)\[([^\]\n]*)\]\((\S+?)(?:\s+\"[^\"]*\")?\)")


Rule = Callable[[Paragraph], bool]


def parts(doc: str, text: str) -> tuple[Part, ...]:
    """The parts of a plain text, in order, every character that is not white space in exactly one of them."""
    found = tuple(paragraphs(text))
    kinds = _kinds(found, [_BODY] * len(found))
    front = _front_matter(found)
    kinds[:front] = [(PartKind.BOILERPLATE, "layout.front_matter")] * front
    whole = (Part(kind, Span(doc, p.start, p.end), rule) for p, (kind, rule) in zip(found, kinds, strict=True))
    return cut_dateline(tuple(whole), text)


def refine(blocks: Iterable[Block]) -> list[Block]:
    """`blocks` with those of body told apart by their words and place, as the paragraphs of a plain text are."""
    listed = [block for block in blocks if block.text.strip()]
    found = [as_paragraph(block.text) for block in listed]
    kinds = _kinds(found, [(block.kind, block.rule) for block in listed])
    return [replace(block, kind=kind, rule=rule) for block, (kind, rule) in zip(listed, kinds, strict=True)]


def cut_dateline(parts: tuple[Part, ...], text: str) -> tuple[Part, ...]:
    """`parts` with the dateline of the first body part ("TESSEL CITY (TNS) —") as a part of its own."""
    first = next((at for at, part in enumerate(parts) if part.kind is PartKind.BODY), None)
    if first is None or any(part.kind is PartKind.DATELINE and part.rule == "layout.dateline_before" for part in parts):
        return parts
    return parts[:first] + _without_dateline(parts[first], text) + parts[first + 1 :]


def links(doc: str, text: str) -> tuple[Link, ...]:
    """The links of a plain text: Markdown's `[words](target)`, and addresses written out."""
    marked = [(m.start(1), m.end(1), m[2], m.span()) for m in _MARKED_LINK.finditer(text)]
    covered = [span for *_, span in marked]
    plain = [(m.start(), m.end(), m[0]) for m in _URL.finditer(text) if not _inside(m.start(), covered)]
    every = sorted([(start, end, href) for start, end, href, _ in marked] + plain)
    return tuple(Link(Span(doc, start, end), href) for start, end, href in every)


def names(line: str) -> tuple[str, ...]:
    """The people a by-line names: "By Ana Ortiz and Tom Bell, Staff Writers" gives both names."""
    words = _after_cue(line.strip().strip("*_#> "), _lists()["byline"]["start"])
    found = []
    for piece in re.split(r"\s*(?:,|;|\||\band\b|&| [–—-] |\bfor\b|\bin\b|\bof\b|\bat\b)\s*", words):
        if is_name(piece):
            found.append(piece)
        elif found:
            break
    return tuple(found)


def is_name(words: str) -> bool:
    """Whether `words` look like a person's full name: two to four capitalised words, particles between."""
    listed = words.split()
    lists = _lists()["byline"]
    inner = [word for word in listed if word.lower() not in lists["particles"]]
    return (
        2 <= len(inner) <= 4
        and len(listed) <= 6
        and all(re.fullmatch(r"[^\W\d_](?:[\w.'’-]*\w|\.)?", word) and word[0].isupper() for word in inner)
        and not (len(words) > 12 and words.isupper() and len(inner) > 3)
        and not any(word.strip(".").lower() in lists["not_names"] for word in inner)
    )


# --- what a paragraph is, by itself ---


def boilerplate(p: Paragraph) -> bool:
    """Furniture of a page: buttons, notices of rights, requests to subscribe, lines of signs only."""
    lists, line = _lists()["boilerplate"], _plain(p.line)
    return bool(
        is_rule(p.line)
        or line in lists["whole"]
        or (p.words <= 40 and _opens(line, lists["start"]))
        or (p.words <= _PROSE_WORDS and any(words in line for words in lists["inside"]))
    )


def related(p: Paragraph) -> bool:
    """A line that leads to another page in itself: "Read more: Harbour strike ends"."""
    line = _plain(p.line)
    return p.words <= _PROSE_WORDS and any(line.startswith(cue + ":") for cue in _lists()["related"]["start"])


def related_opens(p: Paragraph) -> bool:
    """A line that opens a list of other pages: "Related posts"."""
    return _plain(p.line) in _lists()["related"]["whole"]


def quote(p: Paragraph) -> bool:
    """A paragraph quoted as mail and Markdown do it, with ">" before it."""
    return p.line.startswith(">") and p.words > 1


def list_item(p: Paragraph) -> bool:
    """A paragraph that begins with a bullet, a number or a letter."""
    return bool(is_bullet(p.line)) and not p.line.startswith(("– ", "— ")) and not _dated_start(p.line)


def byline(p: Paragraph) -> bool:
    """A short line that says who wrote: "By Ana Ortiz"."""
    if p.words > 16 or p.lines > 2:
        return False
    line = p.line.strip("*_ ")
    return _opens(line.lower(), _lists()["byline"]["start"]) and bool(names(line)) and not stops(line)


def dateline(p: Paragraph) -> bool:
    """A line that says when: "Published 5 April 2031, 10:15", or where and when: "The Vela Courier, 5 April 2031"."""
    found = dates.find(p.line)
    if not found or p.words > 14:
        return False
    rest = p.line[: found[0]] + " " + p.line[found[1] :]
    words = [word for word in re.findall(r"[^\W\d_]{2,}", rest) if word.lower() not in _date_words()]
    named = len(words) <= _PLACE_WORDS and found[1] == len(p.line.rstrip(".")) and all(map(str.istitle, words))
    return not words or (named and p.line[: found[0]].rstrip().endswith((",", "|", "-", "–", "—", "·")))


def caption(p: Paragraph) -> bool:
    """The words beside a picture: they end with its credit, or begin as captions do; a cut off one too."""
    if p.words > _CAPTION_WORDS:
        return False
    line = p.line.lower()
    return bool(
        _IMAGE.fullmatch(p.line)
        or ((match := _NUMBERED.match(line)) and match[1] in _lists()["caption"]["numbered"])
        or line.startswith(tuple(_lists()["caption"]["start"]))
        or any(line.startswith((label + ":", label + " by ")) for label in _lists()["caption"]["labels"])
        or _credit_at_end(p.line)
    )


def short_line(p: Paragraph) -> bool:
    """A short line without a final stop, that begins with a capital, a figure or a quotation mark."""
    line = p.line.strip("*_ ")
    if _marked(p) and p.lines <= 2:
        return True
    bare = line.rstrip(_CLOSERS)
    return (
        p.lines <= 2
        and bool(bare)
        and p.words <= _HEADLINE_WORDS
        and len(p.line) <= _PROSE_CHARS
        and not _is_spoken(line)
        and (line[0].isupper() or line[0].isdigit() or line[0] in "\"'“‘«")
        and bare[-1] not in ".,;:…。"
    )


RULES: tuple[tuple[PartKind, Rule], ...] = (
    (PartKind.BOILERPLATE, boilerplate),
    (PartKind.RELATED, related_opens),
    (PartKind.RELATED, related),
    (PartKind.CAPTION, caption),
    (PartKind.QUOTE, quote),
    (PartKind.LIST, list_item),
    (PartKind.BYLINE, byline),
    (PartKind.DATELINE, dateline),
)


# --- what a paragraph is, by its place ---

Kind = tuple[PartKind, str]
_BODY: Kind = (PartKind.BODY, "layout.paragraph")
_FURNITURE = frozenset({PartKind.BOILERPLATE, PartKind.RELATED, PartKind.BYLINE, PartKind.DATELINE, PartKind.CAPTION})


def _kinds(found: Sequence[Paragraph], known: Sequence[Kind]) -> list[Kind]:
    """The kinds of paragraphs; `known` are those that their format tells, body where it does not."""
    kinds = [_among(p, kind) for p, kind in zip(found, known, strict=True)]
    _mark_related(found, kinds)
    _mark_headlines(found, kinds)
    _mark_names(found, kinds)
    _mark_signature(found, kinds)
    return kinds


def _among(p: Paragraph, known: Kind) -> Kind:
    """The kind of a paragraph whose format tells `known`; large letters may be a date or a by-line, too."""
    if known[0] is PartKind.BODY:
        own = _alone(p)
        return known if own == _BODY else own
    if known[0] is PartKind.HEADLINE and (found := _alone(p))[0] in (PartKind.BYLINE, PartKind.DATELINE):
        return found
    return known


def _alone(p: Paragraph) -> Kind:
    if len(p.line) > _PROSE_CHARS:
        return _BODY
    return next(((kind, f"layout.{rule.__name__}") for kind, rule in RULES if rule(p)), _BODY)


def _front_matter(found: Sequence[Paragraph]) -> int:
    """How many paragraphs the front matter of Markdown takes: from a line "---" to the next."""
    if not found or not re.match(r"---\s", found[0].line + " "):
        return 0
    closing = (at for at, p in enumerate(found[:40]) if re.search(r"(?:^|\s)---$", p.line) and (at or p.lines > 1))
    return next((at + 1 for at in closing), 0)


def _mark_related(found: Sequence[Paragraph], kinds: list[Kind]) -> None:
    """After "Related posts" every line up to the next paragraph of prose is a related line."""
    going = False
    for at, p in enumerate(found):
        if kinds[at][1] == "layout.related_opens":
            going = True
        elif going and _prose(p):
            going = False
        elif going and kinds[at][0] in (PartKind.BODY, PartKind.LIST, PartKind.DATELINE, PartKind.BYLINE):
            kinds[at] = (PartKind.RELATED, "layout.related_opens")


def _mark_headlines(found: Sequence[Paragraph], kinds: list[Kind]) -> None:
    """The first short line is the headline; later ones are headings where a paragraph of prose follows."""
    text = [at for at, (kind, _) in enumerate(kinds) if kind in (PartKind.BODY, PartKind.LIST, PartKind.QUOTE)]
    for at, after in zip(text, [*text[1:], None], strict=False):
        if kinds[at][0] is not PartKind.BODY or not short_line(found[at]):
            continue
        follows = found[after] if after is not None else None
        if _marked(found[at]) or (follows and (_leads(found[at], at == text[0]) or _heads(found[at], follows))):
            kinds[at] = (PartKind.HEADLINE, "layout.short_line")


def _mark_names(found: Sequence[Paragraph], kinds: list[Kind]) -> None:
    """A bare full name alone on a line, right after the headline or last of the article, is its by-line."""
    first = next((at for at, (kind, _) in enumerate(kinds) if kind is PartKind.HEADLINE), None)
    if first is not None and first + 2 < len(found):
        _name_at(found, kinds, first + 1)
    last = next((at for at in reversed(range(len(found))) if kinds[at][0] not in _FURNITURE), None)
    if last is not None and last > 1:
        _name_at(found, kinds, last)


def _name_at(found: Sequence[Paragraph], kinds: list[Kind], at: int) -> None:
    kind, line = kinds[at][0], found[at].line.strip("*_() ")
    alone = found[at].lines == 1 and found[at].words <= 8 and not stops(line) and is_name(line.split(",")[0].strip())
    if alone and kind in (PartKind.BODY, PartKind.HEADLINE):
        kinds[at] = (PartKind.BYLINE, "layout.bare_name")


def _mark_signature(found: Sequence[Paragraph], kinds: list[Kind]) -> None:
    """The name under a letter: the last short line of capitalised words of a text that opens with a salutation."""
    opens = _lists()["letter"]["salutation"]
    greeted = next((at for at, p in enumerate(found[:12]) if _opens(_plain(p.line), opens) and p.words <= 12), None)
    if greeted is None:
        return
    for at in range(len(found) - 1, max(greeted, len(found) - 6), -1):
        line = found[at].line.strip()
        signs = found[at].words <= 4 and line[-1:].isalpha() and all(word[:1].isupper() for word in line.split())
        if signs and kinds[at][0] in (PartKind.BODY, PartKind.HEADLINE, PartKind.BYLINE):
            kinds[at] = (PartKind.BYLINE, "layout.signature")
            return


def _without_dateline(part: Part, text: str) -> tuple[Part, ...]:
    span = part.span
    found = _DATELINE.match(text, span.start, span.end)
    # A capitalised name alone before a dash is a sentence's subject: only an agency or a day makes it a dateline.
    if not found or found.end() == span.end or not (found["caps"] or found["agency"] or found["day"] or found["day2"]):
        return (part,)
    if (found["caps"] or "").lower() in _lists()["byline"]["not_names"]:
        return (part,)  # "EXCLUSIVE –" is no place
    cut = span.start + len(found[0].rstrip())
    return (
        Part(PartKind.DATELINE, Span(span.doc, span.start, cut), "layout.dateline_before"),
        Part(part.kind, Span(span.doc, found.end(), span.end), part.rule),
    )


def _marked(p: Paragraph) -> bool:
    """Whether Markdown's sign says that this is a heading."""
    return bool(re.match(r"#{1,6}\s", p.line))


def _leads(p: Paragraph, first: bool) -> bool:
    """Whether `p` is the headline of the whole: the first of the text, and short."""
    return first and p.words <= _HEADLINE_WORDS


def _heads(p: Paragraph, follows: Paragraph) -> bool:
    """Whether `p` is a heading of what follows: one short line, and prose after it."""
    prose = stops(follows.line) or follows.words >= _PROSE_WORDS
    return p.words <= _HEADING_WORDS and p.lines == 1 and follows.words > p.words and prose


def _prose(p: Paragraph) -> bool:
    return p.words >= _TITLE_WORDS and stops(p.line)


def _credit_at_end(line: str) -> bool:
    """Whether a paragraph ends with a credit: "(Photo: Ana Ortiz)", "(Ana Ortiz/TNS)", "(map:", "Credit: TNS"."""
    labels = "|".join(re.escape(label) for label in sorted(_lists()["caption"]["labels"], key=len, reverse=True))
    bracket = re.search(r"[(\[]([^()\[\]]{1,80})[)\]]?\W*$", line)
    if bracket and re.search(rf"\b(?:{labels})\b(?=\s*(?:[/:]|by\b|of\b|$|(?-i:[A-Z])))", bracket[1], re.I):
        return True
    if bracket and re.fullmatch(r"[A-Z][\w.'’-]+(?: [\w.'’-]+){1,3} ?/ ?[A-Z][\w .&-]+", bracket[1]):
        return True
    return bool(re.search(rf"(?:^|[.!?…\"”’)\]]\s+|\|\s*)(?:{labels})(?:\s*:|\s+by)\s+[^.]{{2,60}}\.?$", line, re.I))


def _is_spoken(line: str) -> bool:
    """Whether a line is a speaker's in a transcript; "EXCLUSIVE: ..." is not."""
    return is_speaker(line) and line.partition(":")[0].lower() not in _lists()["byline"]["not_names"]


def _dated_start(line: str) -> bool:
    found = dates.find(line)
    return found is not None and found[0] == 0


def _date_words() -> frozenset[str]:
    """Words that stand in a line about the time of publication."""
    lists = _lists()["byline"]
    return frozenset([*" ".join(lists["date"]).split(), *lists["date_words"]])


def _plain(line: str) -> str:
    """A line in lower case without marks around it, for comparing with the lists."""
    return line.strip("*_#>| \t").rstrip(":….!→»>- ").replace("’", "'").lower()


def _opens(line: str, cues: Sequence[str]) -> bool:
    return any(line.startswith(cue) and not line[len(cue) : len(cue) + 1].isalnum() for cue in cues)


def _after_cue(line: str, cues: Sequence[str]) -> str:
    found = max((cue for cue in cues if _opens(line.lower(), [cue])), key=len, default="")
    return line[len(found) :].strip(": ")


def _inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


@cache
def _lists() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads((resources.files("sayso") / "data" / "layout.toml").read_text("utf-8"))
