"""`python -m sayso.gazetteer build`, or `import FILE...`: compile the gazetteer now, add files of one's own to it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from sayso.errors import SaysoError
from sayso.gazetteer import imported, make, place_of
from sayso.gazetteer.build import Progress
from sayso.gazetteer.extend import extend

USAGE = "usage: python -m sayso.gazetteer build | import FILE..."


def main() -> None:
    """Build or import, and say where the gazetteer lies, how large it is and how long it took."""
    begin = time.monotonic()

    def tell(step: str) -> None:
        sys.stderr.write(f"{step} ({time.monotonic() - begin:.0f} s)\n")

    try:
        path = run(sys.argv[1:], tell)
    except (SaysoError, OSError) as error:
        sys.exit(str(error))
    sys.stdout.write(f"{path}: {path.stat().st_size / 1e6:.0f} MB in {time.monotonic() - begin:.0f} s\n")


def run(arguments: list[str], tell: Progress) -> Path:
    """The file made. Exits with the usage where the arguments are others."""
    if arguments == ["build"]:
        make(place_of(), tell)
        return place_of()
    if len(arguments) < 2 or arguments[0] != "import":
        sys.exit(USAGE)
    if not place_of().exists():
        make(place_of(), tell)
    extend(place_of(), [Path(name) for name in arguments[1:]], imported(), tell)
    return imported()


if __name__ == "__main__":
    main()
