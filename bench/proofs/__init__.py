"""Proofs that take minutes: run each by hand, `python -m bench.proofs.NAME`."""
