"""Proof: a thousand random words, taken back and given again at random, restore the exact case at every step.

    python -m bench.proofs.bench_undo --actions 1000

`tests/test_reviewed.py` does the same with few actions and many cases.
"""

from __future__ import annotations

import argparse
import random
import sys

from tests.test_reviewed import restores


def main() -> int:
    """Run the proof; it ends with an AssertionError where a state was not met again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--actions", type=int, default=1000)
    actions = parser.parse_args().actions
    restores(random.Random(1), actions)
    sys.stdout.write(f"{actions} actions, {2 * actions} steps back and forth, and all the way back: the same case\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
