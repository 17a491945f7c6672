"""Checks: what cannot be true as it stands, what could not be told, and what was found right."""

from __future__ import annotations

from typing import Any

from sayso.records import CheckOutcome
from sayso.web.screen import PAGE, Ask, Param, Screen, pages
from sayso.web.screens.shared import decoded, ruling

OUTCOMES = tuple(CheckOutcome)


def rows(ask: Ask) -> dict[str, Any]:
    """The checks that ended so, hard before soft, with the words on both sides and the arithmetic."""
    case = ask.shelf.case
    counts = {str(one): _count(case, one) for one in OUTCOMES}
    outcome = _key(CheckOutcome(ask["outcome"]))
    where, values = ("", (outcome,)) if not ask["rule"] else (" AND rule = ?", (outcome, ask["rule"]))
    total = case.rows(f"SELECT count(*) FROM shown_check WHERE outcome = ?{where}", *values)[0][0]
    cut = pages(total, ask["page"], 40)
    sql = f"""SELECT row FROM shown_check WHERE outcome = ?{where} ORDER BY level, rule, record LIMIT ? OFFSET ?"""
    found = [decoded(row[0]) for row in case.rows(sql, *values, cut.size, cut.skip)]
    return {
        "checks": [{**row, "ruling": ruling(ask.shelf, row["id"])} for row in found],
        "counts": counts,
        "rules": [list(row) for row in case.rows(
            "SELECT rule, count(*) FROM shown_check WHERE outcome = ? GROUP BY rule ORDER BY rule", outcome)],
        "pages": cut,
    }  # fmt: skip


def _count(case: Any, outcome: CheckOutcome) -> int:
    return int(case.rows("SELECT count(*) FROM shown_check WHERE outcome = ?", _key(outcome))[0][0])


def _key(outcome: CheckOutcome) -> str:
    return f"{OUTCOMES.index(outcome)} {outcome}"


SCREENS = (
    Screen("checks", "/checks", "Checks", rows, (
        Param("outcome", "how they ended", "failed", tuple(str(one) for one in OUTCOMES)),
        Param("rule", "one rule's"), PAGE)),
)  # fmt: skip
