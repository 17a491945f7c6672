"""What a post says and who signs it: links out, hashtags and handles as words, the signature of a quoted post apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

_ADDRESS = re.compile(r"https?://\S+|\b(?:pic\.twitter\.com|t\.co)/\S+")
_GLUED = re.compile(r"(?=https?://|pic\.twitter\.com/)")
# "... — Name (@handle) January 28, 2021", as pages quote a post
_SIGNED = re.compile(r"\s*[—–-]+\s*([^—]*?)\s*\(@\w+\)\s*((?:[A-Z][a-z]+ \d{1,2}, \d{4})?)\s*$")
_TAG = re.compile(r"[#@](\w+)")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|_")
_SIGN = re.compile(r"[^\w\s.,!?'\"“”‘’$%:;()/&+-]")
_DATES = ("%B %d, %Y", "%d %B %Y", "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Post:
    """Its words, who signed it ("" unknown), and the day it states, None where it states none."""

    words: str
    author: str
    day: date | None

    @property
    def signed(self) -> str:
        """The words with their author before them: "Said" and "wrote" in a claim are about him."""
        return f"{self.author}: {self.words}" if self.author else self.words


def read(text: str) -> Post:
    """A post as found on a page; a text that is none comes back with its blanks joined."""
    bare = _ADDRESS.sub(" ", _GLUED.sub(" ", text))
    signed = _SIGNED.search(bare)
    author, day = (signed[1], day_of(signed[2])) if signed else ("", None)
    words = _TAG.sub(lambda tag: _HUMP.sub(" ", tag[1]), bare[: signed.start()] if signed else bare)
    return Post(" ".join(_SIGN.sub(" ", words).split()), author, day)


def day_of(words: str) -> date | None:
    """The day that "January 28, 2021", "28 January 2021" or "2021-01-28" names, None for anything else."""
    for shape in _DATES:
        try:
            return datetime.strptime(words, shape).date()
        except ValueError:
            continue
    return None
