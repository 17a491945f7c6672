"""Adding: what is being read now, how far it is, and what could not be read."""

from __future__ import annotations

from typing import Any

from sayso.web.screen import Ask, Screen, plain
from sayso.web.screens.case import problems, runs

NAMES = 30


def rows(ask: Ask) -> dict[str, Any]:
    """The job at work or the last one, the case's runs, and its problems."""
    job = ask.desk.jobs.job
    return {
        "job": {"state": str(job.state), "names": list(job.names[:NAMES]), "files": len(job.names), "error": job.error,
                "progress": plain(job.progress)},
        "runs": runs(ask.shelf.case),
        "problems": problems(ask.shelf.case),
    }  # fmt: skip


SCREENS = (Screen("adding", "/adding", "Adding documents", rows),)
