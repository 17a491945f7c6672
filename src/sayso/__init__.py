"""On whose say-so? Reads news and says, for every statement in it, who says so, through which chain, in which words.

    import sayso
    case = sayso.trace(["articles/"])
    for statement in case.statements: ...

Nothing is loaded before it is used: see `sayso.api`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.api import export_case, judge, judged, open_case, report, trace, verify_case
    from sayso.errors import CaseError, ModelError, ReadError, SaysoError, UsageError
    from sayso.settings import Limits, Settings

__version__ = "0.1.0"

__all__ = [
    "CaseError",
    "Limits",
    "ModelError",
    "ReadError",
    "SaysoError",
    "Settings",
    "UsageError",
    "export_case",
    "judge",
    "judged",
    "open_case",
    "report",
    "trace",
    "verify_case",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    home = "sayso.errors" if name.endswith("Error") else "sayso.api"
    if name in ("Limits", "Settings"):
        home = "sayso.settings"
    return getattr(importlib.import_module(home), name)
