"""The parse: how a text is cut into tokens."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso import nlp
from sayso.errors import ModelError
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


def test_a_model_is_named_without_loading_it_as_it_is_loaded() -> None:
    for rules in (False, True):
        loaded = nlp.load(rules=rules)
        assert nlp.named(rules=rules) == (loaded.name, loaded.version)
        assert loaded.tagger is None or loaded.tagger.version in loaded.version


def test_what_is_no_pipeline_has_no_name(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="not a spaCy pipeline"):
        nlp.named(str(tmp_path))
