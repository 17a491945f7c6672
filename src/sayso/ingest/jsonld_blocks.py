"""JSON-LD: the articles that a page describes for search engines, read with patience."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

LONGEST = 2_000_000  # characters of one block


def articles(tree: Any, types: list[str]) -> Iterator[dict[str, Any]]:
    """The articles that JSON-LD blocks describe, in lists and graphs too; those of the first of `types` come first."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            nodes += _nodes(_json(script.text or ""))
    ranked = [(min((types.index(t) for t in _types(node) if t in types), default=-1), node) for node in nodes]
    return (node for rank, node in sorted(ranked, key=lambda pair: pair[0]) if rank >= 0)


def _json(text: str) -> Any:
    """A JSON-LD block, None where it is broken; CDATA marks, comments and raw line breaks are let pass."""
    if len(text) > LONGEST:
        return None
    bare = re.sub(r"^\s*(?:<!\[CDATA\[|<!--|//\s*<!\[CDATA\[)|(?:\]\]>|-->|//\s*\]\]>)\s*;?\s*$", "", text.strip())
    try:
        return json.loads(bare.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> list[dict[str, Any]]:
    """The objects at the top of a JSON-LD block, in its lists and graphs."""
    found: list[dict[str, Any]] = []
    pending = deque([value])
    while pending:
        one = pending.popleft()
        if isinstance(one, list):
            pending += one
        elif isinstance(one, dict):
            found.append(one)
            pending += [one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in one]
    return found


def _types(node: dict[str, Any]) -> list[str]:
    value = node.get("@type")
    return [t.lower().rsplit("/", 1)[-1] for t in (value if isinstance(value, list) else [value]) if isinstance(t, str)]
