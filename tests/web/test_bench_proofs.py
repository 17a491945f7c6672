"""The proofs of the workbench in their short form; `bench/proofs/` has the long ones."""

from __future__ import annotations

import pytest


def test_a_killed_workbench_loses_no_acknowledged_word() -> None:
    from bench.proofs.bench_kill import prove

    outcome = prove(1)
    assert outcome.faults == [] and outcome.acknowledged > 0


def test_calls_made_up_from_the_description_meet_no_server_error() -> None:
    pytest.importorskip("schemathesis", reason="type `pip install schemathesis`")
    from bench.proofs.bench_calls import prove

    seen, faults = prove(60)
    assert faults == [] and seen[200] > 10
