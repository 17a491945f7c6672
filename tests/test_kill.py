"""A run killed with SIGKILL loses nothing acknowledged (short form of `bench/proofs/kill.py`)."""

from __future__ import annotations

from bench.proofs.kill import prove


def test_killed_runs_lose_nothing_acknowledged_and_end_with_the_same_bytes() -> None:
    found = prove(4, 60, seed=3)
    assert found.faults == []
    assert (found.kills, found.acknowledged > 0) == (4, True)
