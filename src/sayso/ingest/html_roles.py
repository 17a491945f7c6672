"""What an element of a page says it is, by its tag, its attributes and the words of its class and id."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.records import PartKind

# Not shown by a browser, or no words of the page (controls); their text is left out altogether.
UNSEEN = frozenset({
    "head", "script", "style", "noscript", "noembed", "noframes", "template", "svg", "title", "meta", "link",
    "select", "option", "optgroup", "datalist", "textarea", "button", "input", "iframe", "frame", "frameset",
    "object", "applet", "embed", "audio", "video", "canvas", "rp", "map", "progress", "meter",
})  # fmt: skip
BLOCKS = frozenset({
    "html", "body", "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "search",
})  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TAGS = {
    "nav": PartKind.BOILERPLATE,
    "footer": PartKind.BOILERPLATE,
    "aside": PartKind.BOILERPLATE,
    "menu": PartKind.BOILERPLATE,
    "search": PartKind.BOILERPLATE,
    "label": PartKind.BOILERPLATE,
    "dialog": PartKind.BOILERPLATE,
    "figcaption": PartKind.CAPTION,
    "blockquote": PartKind.QUOTE,
    "li": PartKind.LIST,
    "dt": PartKind.LIST,
    "dd": PartKind.LIST,
    "td": PartKind.LIST,
    "th": PartKind.LIST,
    "caption": PartKind.CAPTION,
    "time": PartKind.BYLINE,
    "address": PartKind.BYLINE,
}
_ARIA = {"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog", "alert"}
# These hold whole pages or articles; their classes speak of layout and theme.
_CLASSLESS = frozenset({"html", "body", "main", "article", "form", "table", "tbody", "tr"})
_UNSEEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Role:
    """What an element is; kind None: not shown. `rule` names what says so."""

    kind: PartKind | None
    rule: str


@cache
def words() -> dict[str, Any]:
    """The word lists of `data/page_words.toml`."""
    return tomllib.loads((files("sayso") / "data" / "page_words.toml").read_text("utf-8"))


def role_of(tag: str, attributes: Mapping[str, str]) -> Role | None:
    """The role that an element claims, None where it claims none. Hidden comes first, then the tag, then classes."""
    return _hidden(tag, attributes) or _embed(tag, attributes) or _by_tag(tag, attributes) or _by_class(tag, attributes)


def class_words(attributes: Mapping[str, str]) -> str:
    """The class and id as lower-case words joined by hyphens, one hyphen at each end."""
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"[:1000]
    return f"-{_NOT_WORD.sub('-', _CAMEL.sub('-', named).lower())}-"


def _hidden(tag: str, attributes: Mapping[str, str]) -> Role | None:
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return Role(None, "hidden")
    if _UNSEEN_STYLE.search(attributes.get("style", "")[:2000]):
        return Role(None, "style:hidden")
    if tag == "dialog" and "open" not in attributes:
        return Role(None, "dialog")
    # Inline, aria-hidden is drawn all the same (drop caps, icons); whole blocks are menus and layers.
    if tag in BLOCKS and attributes.get("aria-hidden", "").lower() == "true":
        return Role(None, "aria-hidden")
    return _class_role("hidden", attributes) if tag not in _CLASSLESS else None


def _embed(tag: str, attributes: Mapping[str, str]) -> Role | None:
    return _class_role("quote", attributes) if tag not in _CLASSLESS else None


def _by_tag(tag: str, attributes: Mapping[str, str]) -> Role | None:
    if tag in _TAGS:
        # A list item or table cell says little; its class may say more ("social-item").
        finer = _by_class(tag, attributes) if _TAGS[tag] in (PartKind.LIST, PartKind.BOILERPLATE) else None
        return finer or Role(_TAGS[tag], tag)
    if attributes.get("role", "").lower() in _ARIA:
        return Role(PartKind.BOILERPLATE, f"role={attributes['role'].lower()}")
    if "author" in attributes.get("rel", "").lower().split():
        return Role(PartKind.BYLINE, "rel=author")
    item = attributes.get("itemprop", "").lower()
    if item in {"author", "creator", "datepublished", "datemodified"}:
        return Role(PartKind.BYLINE, f"itemprop={item}")
    return None


def _by_class(tag: str, attributes: Mapping[str, str]) -> Role | None:
    if tag in _CLASSLESS or not ("class" in attributes or "id" in attributes):
        return None
    for kind in ("standfirst", "caption", "byline", "related", "boilerplate"):
        if role := _class_role(kind, attributes):
            return role
    return None


def _class_role(kind: str, attributes: Mapping[str, str]) -> Role | None:
    if not ("class" in attributes or "id" in attributes):
        return None
    found = _pattern(kind).search(class_words(attributes))
    return Role(_KINDS[kind], f"class:{found[1]}") if found else None


_KINDS = {
    "hidden": None,
    "quote": PartKind.QUOTE,
    "standfirst": PartKind.BODY,
    "caption": PartKind.CAPTION,
    "byline": PartKind.BYLINE,
    "related": PartKind.RELATED,
    "boilerplate": PartKind.BOILERPLATE,
}


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    listed = sorted(words()["classes"][kind], key=len, reverse=True)
    # "no-caption", "has-sidebar" speak of what is missing, or of something inside.
    return re.compile(rf"(?<!-no)(?<!-has)(?<!-with)(?<!-without)-({'|'.join(map(re.escape, listed))})(?=-)")
