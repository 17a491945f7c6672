"""How a place's name is written as a key: folded for look-up, or letter by letter where it is short."""

from __future__ import annotations

import re
import unicodedata

_WORDS = {"st": "saint", "ft": "fort", "mt": "mount", "ste": "sainte"}
_DROP = re.compile(r"['’‘`ʼʻ´.]")
_GAP = re.compile(r"[\s\-–‐/,()]+")
_SHORT = 3  # letters up to which a name counts only as it is written: "LA", "US", "Ga.", "NSW"


def fold(name: str) -> str:
    """A name without accents, case, full stops and apostrophes; "St." as "saint"; hyphens as blanks."""
    flat = name if name.isascii() else _strip(name)
    words = _GAP.sub(" ", _DROP.sub("", flat)).casefold().split()
    return " ".join(_WORDS.get(word, word) for word in words)


def exact(name: str) -> bool:
    """Whether a name is an abbreviation or so short that it counts only letter by letter."""
    return len(name) <= _SHORT or name.endswith(".") or (name.isupper() and len(name) <= _SHORT + 2)


def key(name: str) -> str:
    """The key under which a name stands in the gazetteer."""
    return "=" + name if exact(name) else fold(name)


def latin(name: str) -> bool:
    """Whether a name is one that English news could print: Latin letters, and a capital at its start."""
    first = name[:1]
    if not (first.isupper() or first in "'’‘"):
        return False
    return name.isascii() or all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x2070 for c in name)


def _strip(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "ı": "i", "ß": "ss"})
