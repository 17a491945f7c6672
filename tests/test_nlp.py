"""The parse: how a text is cut into tokens."""

from __future__ import annotations

import pytest

from sayso import nlp
from sayso.records import Document, Part, PartKind, Span


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("muttered—“never mind”—and left", ["muttered", "—", "“", "never", "mind", "”", "—", "and", "left"]),
        ('"No"--he left', ['"', "No", '"', "--", "he", "left"]),
        ("so-called", ["so", "-", "called"]),
    ],
)
def test_a_quotation_mark_is_a_token_of_its_own_without_a_blank_beside_it(text: str, tokens: list[str]) -> None:
    document = Document("d", "d", "text", "", text, parts=(Part(PartKind.BODY, Span("d", 0, len(text)), "test"),))
    parsed = next(nlp.parse([document], nlp.load(rules=True)))
    assert parsed.text == tokens
    assert [text[a:b] for a, b in zip(parsed.start, parsed.end, strict=True)] == tokens
