"""Publisher, authors, date, address, title and language of a page, each with where it was read."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urljoin, urlsplit

from sayso.ingest import dates, jsonld_blocks, layout
from sayso.ingest.blocks import Raw
from sayso.ingest.draft import meta, split_names
from sayso.ingest.html_walk import crowded
from sayso.records import Meta

LONG = 300  # characters; a longer title, name or publisher is something else that went wrong
HEAD = 65536  # bytes at whose start browsers note where a page was saved from
LAST = "2200-01-01"  # for htmldate, which else looks at the clock
# Elements that tell of a change of the page.
_CHANGED = " | ".join(
    f"//{tag}[contains(translate(concat(@name, @property, @itemprop, @class), 'MUR', 'mur'), '{word}')]"
    for tag in ("meta", "time", "span", "p", "div")
    for word in ("modif", "update", "revis")
) + " | //meta[@http-equiv]"
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)\s*(\S+?)\s*-->", re.I)
_SINGLE_FILE = re.compile(rb"<!--\s*Page saved with SingleFile(.{0,4000}?)-->", re.I | re.S)
_SAVED_AT = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{4}) (\S+) GMT([+-]\d{4})")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s[\w.'’-]+){1,3}")
_BY = re.compile(r"(?:by|par|written by|story by)[:\s]\s*", re.I)
_SIGNED = re.compile(r"(?:by|par|written by|story by)[:\s]\s*([^\d@|•·]{3,150})", re.I)
_WITH = re.compile(r"\((?:avec|with)\s([^()]*)\)", re.I)
_AND = re.compile(r"\s*(?:;|\||,?\s+(?:and|et)\s|\s&\s)\s*")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_UNIX = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}:\d{2}(?::\d{2})?) (?:[A-Z]{1,5} )?(\d{4})")
_IN_URL = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?:/|-|$)")


def page_meta(tree: Any, data: bytes, raw: Raw) -> dict[str, Any]:
    """The fields `url, title, publisher, authors, published, fetched, language` of a Document, None where unknown.

    `data` are the page's bytes, where browsers note in a comment where they saved it from. What `raw.given`
    states wins over the page.
    """
    articles = list(_articles(tree))
    url = page_url(tree, data, raw)
    fetched = _given(raw, "fetched") or _fetched(data)
    return {
        "url": url,
        "title": _given(raw, "title") or page_title(tree, articles),
        "publisher": _given(raw, "publisher") or _publisher(tree, articles, url),
        "authors": _given_authors(raw) or _authors(tree, articles),
        "published": _given(raw, "published") or _published(tree, articles, url, fetched),
        "fetched": fetched,
        "language": _given(raw, "language") or _language(tree, articles),
    }


def page_url(tree: Any, data: bytes, raw: Raw) -> Meta | None:
    """The page's address: what the input states, its canonical link, meta tags, or the browser's note on saving."""
    if stated := _given(raw, "url"):
        return stated
    saved = _saved_from(data)
    near = raw.url or (saved.value if saved else None)
    for link in tree.iter("link"):
        if "canonical" in link.get("rel", "").lower().split() and (found := _http(near, link.get("href", ""))):
            return Meta(found, "link rel=canonical")
    told = _first_meta(tree, "url", lambda value: _http(near, value))
    return told or (Meta(raw.url, "address of the record") if raw.url else saved)


def page_title(tree: Any, articles: Iterable[dict[str, Any]] | None = None) -> Meta | None:
    """The title as the page states it, its <title> last."""
    stated = _from_json(_articles(tree) if articles is None else articles, "title")
    told = stated or _first_meta(tree, "title", lambda value: value)
    if told:
        return told
    title = next(tree.iter("title"), None)
    return _short(title.text_content() if title is not None else "", "title element")


def signed(line: str) -> tuple[str, ...]:
    """The people a visible by-line names: "By Ana Ortiz and Tom Bell, 3 May" gives both; () if it opens otherwise."""
    found = _SIGNED.match(" ".join(line.split()))
    listed = found[1].split() if found else []
    while listed and listed[-1].strip(".,").lower() in _dates_words():
        listed.pop()
    return tuple(name for name in _split(" ".join(listed)) if layout.is_name(name))


def speaks_of_change(line: str) -> bool:
    """Whether a visible line may tell when the page was changed rather than when it appeared."""
    return any(word in line.lower() for word in _table()["bylines"]["change"])


def _publisher(tree: Any, articles: list[dict[str, Any]], url: Meta | None) -> Meta | None:
    if told := _first_meta(tree, "publisher", _not_url):
        return told
    stated = [name for article in articles for name in _names(article.get("publisher"))]
    if stated:
        return Meta(stated[0], "JSON-LD publisher")
    if outlet := _outlet_in_title(tree):
        return Meta(outlet, "title element")
    host = urlsplit(url.value).hostname if url else None
    return Meta(host.removeprefix("www."), "host of URL") if host else None


def _outlet_in_title(tree: Any) -> str | None:
    """What the <title> adds to the headline: "Bridge closed - The Tessel Courier"."""
    stated = _first_meta(tree, "title", lambda value: value)
    whole = next(tree.iter("title"), None)
    text = " ".join(whole.text_content().split()) if whole is not None else ""
    added = text.removeprefix(stated.value) if stated else text
    found = re.fullmatch(r"\s[-–—|]\s([^|–—]{3,40})", added)
    return found[1] if found and added != text else None


def _authors(tree: Any, articles: list[dict[str, Any]]) -> tuple[Meta, ...]:
    for field in _table()["jsonld"]["authors"]:
        for article in articles:
            if names := [name for value in _names(article.get(field)) for name in _split(value)]:
                return tuple(Meta(name, f"JSON-LD {field}") for name in dict.fromkeys(names))
    for wanted in _table()["meta"]["authors"]:
        values = [value for name, value in _tags(tree) if name == wanted and _not_url(value)]
        if names := [name for value in values for name in _split(value)]:
            return tuple(Meta(name, f"meta tag {wanted}") for name in dict.fromkeys(names))
    return _marked_authors(tree)


def _marked_authors(tree: Any) -> tuple[Meta, ...]:
    """Elements marked as the author, where no metadata names one."""
    marks = (("rel", "author"), ("itemprop", "author"), ("itemprop", "creator"))
    for attribute, value in marks:
        found = tree.xpath(f"//body//*[contains(concat(' ', @{attribute}, ' '), ' {value} ')]")[:10]
        names = [name for element in found for name in _split(_name_in(element))]
        if names:
            return tuple(Meta(name, f"{attribute}={value}") for name in dict.fromkeys(names))
    return ()


def _name_in(element: Any) -> str:
    inner = element.xpath(".//*[@itemprop='name']")
    return str(inner[0].get("content") or inner[0].text_content() if inner else element.text_content())[:LONG]


def _published(tree: Any, articles: list[dict[str, Any]], url: Meta | None, fetched: Meta | None) -> Meta | None:
    stated = _from_json(articles, "published", _iso) or _first_meta(tree, "published", _iso)
    return stated or _time_element(tree) or _date_in_url(url) or _htmldate(tree, url, fetched)


def _time_element(tree: Any) -> Meta | None:
    """The first element that says it holds the day of publication."""
    for element in tree.iter("time", "span", "div", "p", "abbr", "meta"):
        marked = "datepublished" in element.get("itemprop", "").lower() or "pubdate" in element.attrib
        if marked or "published" in element.get("class", "").lower().split():
            value = element.get("datetime") or element.get("content") or element.get("title")
            if found := _iso((value or element.text_content())[:LONG]):
                return Meta(found, f"{element.tag} element of publication")
    return None


def _date_in_url(url: Meta | None) -> Meta | None:
    found = _IN_URL.search(url.value) if url else None
    if not found:
        return None
    year, month, day = found.groups()
    value = f"{year}-{month:0>2}-{day:0>2}" if month.isdigit() else f"{day} {month} {year}"
    return _dated(dates.iso(value), "URL")


def _htmldate(tree: Any, url: Meta | None, fetched: Meta | None) -> Meta | None:
    """What htmldate reads off the markup alone; its wider search of the text would guess.

    It takes the day of a change where it finds no other, and 03/04 for the third of April: such tags are
    taken away before, and a day that is nowhere written out is not believed.
    """
    from htmldate import find_date

    if crowded(tree):
        return None
    bare = copy.deepcopy(tree)
    for element in bare.xpath(_CHANGED):
        element.drop_tree()
    try:
        found = find_date(
            copy.deepcopy(bare), extensive_search=False, original_date=True, url=url.value if url else None,
            max_date=fetched.value[:10] if fetched else LAST,
        )  # fmt: skip
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError, RecursionError):
        return None
    return Meta(found, "htmldate") if found and _states(bare, found) else None


def _states(tree: Any, day: str) -> bool:
    """Whether the page writes this day out, in figures with the year first or in words."""
    year = day[:4]
    values = (value for e in tree.iter() for value in (*e.attrib.values(), e.text or "", e.tail or ""))
    forms = (day, day.replace("-", "/"), day.replace("-", ""))
    near = (value for value in values if year in value and len(value) < 2 * LONG)
    return any(any(form in value for form in forms) or (dates.iso(value) or "").startswith(day) for value in near)


def _language(tree: Any, articles: list[dict[str, Any]]) -> Meta | None:
    declared = tree.get("lang") or tree.get("xml:lang") if tree.tag == "html" else None
    if declared and declared.strip():
        return meta(declared, "html lang")
    return _from_json(articles, "language") or _first_meta(tree, "language", lambda value: value)


# --- what the input and the browser state ---


def _given(raw: Raw, field: str) -> Meta | None:
    return Meta(*raw.given[field]) if field in raw.given else None


def _given_authors(raw: Raw) -> tuple[Meta, ...]:
    value, origin = raw.given.get("authors", ("", ""))
    return tuple(Meta(name, origin) for name in split_names(value))


def _saved_from(data: bytes) -> Meta | None:
    if found := _SAVED_FROM.search(data[:HEAD]):
        address = _http(None, found[1].decode("utf-8", "replace"))
        return Meta(address, "browser's note on saving") if address else None
    address = _http(None, _single_file(data, "url"))
    return Meta(address, "SingleFile's note") if address else None


def _fetched(data: bytes) -> Meta | None:
    """When SingleFile says it saved the page."""
    found = _SAVED_AT.match(_single_file(data, "saved date"))
    value = f"{found[2]} {found[1]} {found[3]} {found[4]} {found[5]}" if found else ""
    return _dated(dates.iso(value), "SingleFile's note")


def _single_file(data: bytes, field: str) -> str:
    note = _SINGLE_FILE.search(data[:HEAD])
    found = re.search(rf"(?m)^\s*{field}:\s*(.+?)\s*$", note[1].decode("utf-8", "replace")) if note else None
    return found[1] if found else ""


# --- meta tags and JSON-LD ---


def _tags(tree: Any) -> Iterator[tuple[str, str]]:
    """All meta tags: name in lower case, content."""
    for tag in tree.iter("meta"):
        value = tag.get("content", "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            if value and tag.get(key):
                yield tag.get(key).strip().lower(), value


def _first_meta(tree: Any, field: str, fit: Any) -> Meta | None:
    """The most believed meta tag whose value fits; `fit` gives the value to keep, None for none."""
    found: dict[str, str] = {}
    for name, value in _tags(tree):
        fitted = fit(value) if name not in found else None
        if fitted and len(fitted) <= LONG * 2:
            found[name] = fitted
    wanted = next((name for name in _table()["meta"][field] if name in found), None)
    return meta(found[wanted], f"meta tag {wanted}") if wanted else None


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    return jsonld_blocks.articles(tree, _table()["jsonld"]["types"])


def _from_json(articles: Iterable[dict[str, Any]], field: str, fit: Any = None) -> Meta | None:
    listed = list(articles)
    for key in _table()["jsonld"][field]:
        for article in listed:
            value = article.get(key)
            value = value[0] if isinstance(value, list) and value else value
            if isinstance(value, str) and (kept := fit(value) if fit else value):
                return _short(kept, f"JSON-LD {key}")
    return None


def _names(value: Any) -> list[str]:
    """The names in a JSON-LD author or publisher: text, an object, or a list of both."""
    if isinstance(value, list):
        return [name for one in value for name in _names(one)]
    name = value.get("name") if isinstance(value, dict) else value
    if isinstance(name, list):
        return _names(name)
    short = _short(name, "") if isinstance(name, str) and _not_url(name) else None
    return [short.value] if short else []


# --- values ---


def _split(value: str) -> list[str]:
    """The names of a by-line; words after a comma are a post ("Jane Roe, Chief Reporter") unless all are names."""
    bare = _WITH.sub(r"; \1", " ".join(value.split()))
    bare = bare[found.end() :] if (found := _BY.match(bare)) else bare
    names = [name.strip(" ,.") for name in _AND.split(bare)]
    return [name for part in names for name in _commas(part) if 1 < len(name) <= 100 and any(map(str.isalpha, name))]


def _commas(part: str) -> list[str]:
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    return pieces[:1] if len(pieces) > 1 and any(_post(piece) for piece in pieces[1:]) else pieces


def _post(piece: str) -> bool:
    """Whether a piece of a by-line is a post or place rather than a person's name."""
    return not _NAME.fullmatch(piece) or not _posts().isdisjoint(piece.lower().split())


@cache
def _dates_words() -> frozenset[str]:
    """Names of months and days, which may follow a name without a mark."""
    months = tomllib.loads((resources.files("sayso") / "data" / "months.toml").read_text("utf-8"))["months"]
    return frozenset(months) | frozenset(_table()["bylines"]["days"])


@cache
def _posts() -> frozenset[str]:
    return frozenset(_table()["bylines"]["posts"])


def _iso(value: str) -> str | None:
    """A date as pages write it in attributes, ISO 8601 with the precision given."""
    value = value.strip()
    if found := _COMPACT.fullmatch(value):
        year, month, day, hour, minute, second = found.groups()
        value = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}" if hour else "")
    elif found := _UNIX.fullmatch(value):
        value = f"{found[2]} {found[1]} {found[4]} {found[3]}"
    return dates.iso(value)


def _dated(value: str | None, origin: str) -> Meta | None:
    return Meta(value, origin) if value else None


def _short(value: str, origin: str) -> Meta | None:
    found = meta(value, origin)
    return found if found and len(found.value) <= LONG * 2 else None


def _not_url(value: str) -> str | None:
    return None if re.match(r"(?i)\s*(?:https?:)?//|\s*www\.|\s*@", value) else value


def _http(base: str | None, href: str) -> str | None:
    """An http address, absolute; None for anything else."""
    try:
        found = urljoin(base or "", href.strip())
        return found if urlsplit(found).scheme in ("http", "https") and urlsplit(found).hostname else None
    except ValueError:
        return None


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((resources.files("sayso") / "data" / "page_meta.toml").read_text("utf-8"))
