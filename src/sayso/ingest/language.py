"""The language of a text, by its words, and whom to believe where a page declares another."""

from __future__ import annotations

import math
import re

from sayso.records import Meta

SAMPLE = 4000  # characters; more changed no answer on news pages
SHORT = 30  # letters; below, names decide more than words
SURE = 0.9  # headlines of eight words reach it, lists of names and menus do not
_NOT_LETTERS = re.compile(r"https?://\S+|\S+@\S+|[\W\d_]+")


def detect(text: str) -> Meta | None:
    """The language of the words as a two-letter code, None where they are too few or it is unsure."""
    letters = _NOT_LETTERS.sub(" ", text[: 2 * SAMPLE])[:SAMPLE].strip()
    if sum(map(len, letters.split())) < SHORT:
        return None
    from py3langid import rank

    (code, best), *others = rank(letters)
    # The scores are log likelihoods of all bytes together; the root of their number keeps long texts from
    # looking certain whatever they hold (py3langid's own scaling, from version 0.4 on).
    scale = math.sqrt(len(letters.encode("utf-8", "replace")))
    share = 1 / (1 + sum(math.exp((score - best) / scale) for _, score in others))
    return Meta(str(code), "words (py3langid)") if share >= SURE else None


def of(declared: Meta | None, text: str) -> Meta | None:
    """The language of `text`: its words where they are sure, else what the page declares ("en-GB" gives "en")."""
    return detect(text) or (Meta(short(declared.value), declared.origin) if declared else None)


def short(tag: str) -> str:
    """The language of a tag: "en" of "en-GB" or "en_US"."""
    return re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]
