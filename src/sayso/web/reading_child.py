"""Run as a child: trace files into a case and say how far it is, one JSON object a line on standard output."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import Any

from sayso import api
from sayso.errors import SaysoError


def main(case: str, paths: list[str]) -> int:
    """0 when all was read, 130 when stopped, 3 when it could not be done at all."""
    try:
        with api.trace(paths, case, progress=_tell):
            return 0
    except KeyboardInterrupt:
        return 130
    except SaysoError as error:
        _write({"error": str(error)})
        return 3


def _tell(progress: Any) -> None:
    _write(asdict(progress))


def _write(told: dict[str, Any]) -> None:
    # Whole lines, at once: the workbench reads them as they come.
    os.write(1, (json.dumps(told) + "\n").encode())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
