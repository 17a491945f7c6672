"""Short forms of the long proofs in `bench/proofs/`."""

from __future__ import annotations

from bench.proofs import spans


def test_every_exported_span_quotes_its_words() -> None:
    """The example and 25 nasty texts: nothing is off, and `verify` finds nothing."""
    outcome = spans.prove([], 25)
    assert outcome["spans"] > 1000
    assert (outcome["wrong"], outcome["findings"]) == ([], [])
