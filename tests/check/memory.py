"""A case in memory for the tests of checks over several documents: that of the bench."""

from bench.checks import Memory

__all__ = ["Memory"]
