"""`python -m sayso.gazetteer build`: compile the gazetteer now rather than at first use."""

from __future__ import annotations

import sys
import time

from sayso.gazetteer import make, place_of


def main() -> None:
    """Build, and say where it lies, how large it is and how long it took."""
    if sys.argv[1:] != ["build"]:
        sys.exit("usage: python -m sayso.gazetteer build")
    path, begin = place_of(), time.monotonic()

    def tell(step: str) -> None:
        sys.stderr.write(f"{step} ({time.monotonic() - begin:.0f} s)\n")

    make(path, tell)
    sys.stdout.write(f"{path}: {path.stat().st_size / 1e6:.0f} MB in {time.monotonic() - begin:.0f} s\n")


if __name__ == "__main__":
    main()
